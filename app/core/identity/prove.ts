import { z } from 'zod'
import { act } from '../act.ts'
import type { Reader } from '../db.ts'
import { done, refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { countAttempt, forgetAttempts, waitSentence } from './attempts.ts'
import { findDevice } from './devices.ts'
import { passwordMatches } from './password.ts'
import { checkSecondFactor, secondFactorAnswer } from './second-factor-check.ts'
import { findSecondFactors } from './second-factor.ts'
import { forgetAll } from './sessions.ts'
import { fromWhere } from './sign-in.ts'

/** How a person can show who they are: with a second factor where they have one, else with the password. */
export type ProofWays = { password: boolean; code: boolean; passkey: boolean; /** a password is set at all */ hasPassword: boolean }

export async function findProofWays(reader: Reader, personId: number): Promise<ProofWays> {
  const factors = await findSecondFactors(reader, personId)
  const { hash } = await reader.selectFrom('people').select('password_hash as hash').where('id', '=', personId).executeTakeFirstOrThrow()
  return { password: !factors.any && hash !== null, code: factors.totp || factors.recoveryCodes > 0, passkey: factors.passkeys > 0, hasPassword: hash !== null }
}

/** Shows again who sits there, before a sensitive act. A wrong answer is an outcome, not a refusal: it counts like a wrong sign-in. */
export const prove = act(
  'identity.prove',
  z.object({ password: z.string().max(500).default(''), from: fromWhere, ...secondFactorAnswer }),
  async (tx, ctx, input): Promise<Result<{ failed: string | null }>> => {
    if (ctx.sessionId === undefined) return refusal('identity.no-session', '這個登入已經結束，請重新登入')
    const attempt = { login: ctx.person.login, address: input.from.address, deviceId: await findDevice(tx, ctx.person.login, input.from.device) }
    const wait = await countAttempt(tx, attempt, ctx.now)
    if (wait) return done({ failed: waitSentence(wait) })
    const ways = await findProofWays(tx, ctx.person.id)
    const failed = await why()
    if (failed !== null) {
      await record(tx, ctx, 'identity.proof-failed', { payload: { person: ctx.person.id } })
      return done({ failed })
    }
    await forgetAttempts(tx, attempt)
    await tx.updateTable('sessions').set({ proved_at: new Date() }).where('id', '=', ctx.sessionId).execute()
    forgetAll()
    await record(tx, ctx, 'identity.proved', { payload: { person: ctx.person.id } })
    return done({ failed: null })

    async function why(): Promise<string | null> {
      if (ways.code || ways.passkey) {
        const shown = await checkSecondFactor(tx, ctx.now, ctx.person.id, input)
        return 'failed' in shown ? shown.failed : null
      }
      const { hash } = await tx.selectFrom('people').select('password_hash as hash').where('id', '=', ctx.person.id).executeTakeFirstOrThrow()
      return (await passwordMatches(hash, input.password)) ? null : '密碼不正確'
    }
  },
  { permission: 'signed-in' },
)
