import { z } from 'zod'
import { act, type ActContext } from '../act.ts'
import type { Tx } from '../db.ts'
import { done, refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { countAttempt, forgetAttempts, waitSentence } from './attempts.ts'
import { findDevice, type From, knowDevice, nowhere, deviceLabel } from './devices.ts'
import { passwordMatches } from './password.ts'
import { passkeyAnswer } from './passkey-ceremony.ts'
import { checkPasskey } from './passkeys.ts'
import { checkSecondFactor, secondFactorAnswer } from './second-factor-check.ts'
import { findSecondFactors, mustSetUpSecondFactor } from './second-factor.ts'
import { openSession, sessionHours, type SignInMethod } from './sessions.ts'
import { closeStep, failStep, lockStep, openStep } from './steps.ts'

/** From where it is tried; the web fills it in, never the form. */
export const fromWhere = z.object({ address: z.string(), agent: z.string().max(1000), device: z.string().max(100).nullable() }).default(nowhere)

export const SignIn = z.object({
  login: z.string().trim().toLowerCase().min(1, '請輸入帳號').max(100),
  password: z.string().min(1, '請輸入密碼').max(500),
  from: fromWhere,
})

/** What signing in leads to: a wrong attempt, a second factor to show, or a session. `device` is the token the browser keeps. */
export type SignedIn =
  | { failed: string; step?: never; token?: never }
  | { step: string; failed?: never; token?: never }
  | { token: string; device: string; hours: number; restricted: boolean; /** the password is somebody else's: first they choose their own */ given: boolean; dueOn: string | null; failed?: never; step?: never }

/** A password that an administrator gave is taken for so many days. */
export const givenDays = 3

/** A wrong password is an outcome, not a refusal: its count must be kept. */
export const signIn = act(
  'identity.sign-in',
  SignIn,
  async (tx, ctx, input): Promise<Result<SignedIn>> => {
    const { login, from } = input
    const attempt = { login, address: from.address, deviceId: await findDevice(tx, login, from.device) }
    const wait = await countAttempt(tx, attempt, ctx.now)
    if (wait) return done({ failed: waitSentence(wait) })
    const person = await tx.selectFrom('people').select(['id', 'password_hash', 'password_given_at', 'locked_at']).where('login', '=', login).executeTakeFirst()
    const matches = await passwordMatches(person?.password_hash ?? null, input.password)
    if (!person || !matches) {
      if (person) await record(tx, { ...ctx, person: null }, 'identity.sign-in-failed', { payload: { person: person.id, by: 'password' } })
      return done({ failed: '帳號或密碼不正確' })
    }
    if (person.locked_at) return refusal('identity.locked', '這個帳號已停用，請洽系統管理人員')
    if (person.password_given_at && ctx.now.getTime() - person.password_given_at.getTime() > givenDays * 86_400_000) return done({ failed: `這組密碼給了超過 ${givenDays} 天，已經失效，請系統管理人員再給一組` })
    if ((await findSecondFactors(tx, person.id)).any) return done({ step: await openStep(tx, ctx.now, 'second-factor', { personId: person.id, state: { method: 'password' } }) })
    return done(await enter(tx, ctx, person.id, 'password', from))
  },
  { by: 'public' },
)

/** The second factor after a password: a code, a recovery code or a passkey. Wrong ones count like wrong passwords. */
export const finishSignIn = act(
  'identity.finish-sign-in',
  z.object({ step: z.string().max(100), from: fromWhere, ...secondFactorAnswer }),
  async (tx, ctx, input): Promise<Result<SignedIn>> => {
    const step = await lockStep(tx, ctx.now, 'second-factor', input.step)
    const person = step && (await tx.selectFrom('people').select(['id', 'login', 'locked_at']).where('id', '=', step.person_id).executeTakeFirst())
    if (!step || !person || person.locked_at) return refusal('identity.step-over', '這次登入等太久或錯太多次，請從帳號和密碼重新開始')
    const attempt = { login: person.login, address: input.from.address, deviceId: await findDevice(tx, person.login, input.from.device) }
    const wait = await countAttempt(tx, attempt, ctx.now)
    if (wait) return done({ failed: waitSentence(wait) })
    const shown = await checkSecondFactor(tx, ctx.now, person.id, input)
    if ('failed' in shown) {
      await failStep(tx, step)
      await record(tx, { ...ctx, person: null }, 'identity.sign-in-failed', { payload: { person: person.id, by: 'second-factor' } })
      return done({ failed: shown.failed })
    }
    await closeStep(tx, step)
    return done(await enter(tx, ctx, person.id, `${String(step.state.method)}+${shown.by}` as SignInMethod, input.from))
  },
  { by: 'public' },
)

/** A passkey alone: it is held and unlocked by its owner, so it is two factors in one. */
export const signInWithPasskey = act(
  'identity.sign-in-with-passkey',
  z.object({ from: fromWhere, ...passkeyAnswer }),
  async (tx, ctx, input): Promise<Result<SignedIn>> => {
    const personId = await checkPasskey(tx, ctx.now, input)
    const person = personId === null ? null : await tx.selectFrom('people').select('locked_at').where('id', '=', personId).executeTakeFirst()
    if (personId === null || !person) return done({ failed: '這支通行金鑰沒有成功，請再試一次，或用帳號和密碼登入' })
    if (person.locked_at) return refusal('identity.locked', '這個帳號已停用，請洽系統管理人員')
    return done(await enter(tx, ctx, personId, 'passkey', input.from))
  },
  { by: 'public' },
)

/** Signs somebody in who has shown all that is asked of them. Call it only then. `strong`: elsewhere, with a second factor. */
export async function enter(tx: Tx, ctx: ActContext, personId: number, method: SignInMethod, from: From, strong = false): Promise<SignedIn & { token: string }> {
  const { login, password_given_at: givenAt } = await tx.selectFrom('people').select(['login', 'password_given_at']).where('id', '=', personId).executeTakeFirstOrThrow()
  await forgetAttempts(tx, { login, address: from.address, deviceId: await findDevice(tx, login, from.device) })
  const due = strong ? null : await mustSetUpSecondFactor(tx, ctx, personId)
  const device = await knowDevice(tx, personId, from, ctx.now)
  const given = givenAt !== null && method.startsWith('password')
  const restricted = given || (due !== null && due < ctx.today)
  const token = await openSession(tx, ctx.now, { personId, deviceId: device.id, address: from.address, label: deviceLabel(from.agent), method, restricted })
  await record(tx, { ...ctx, person: null }, 'identity.signed-in', { payload: { person: personId, method, device: device.id } })
  return { token, device: device.token, hours: sessionHours, restricted, given, dueOn: due }
}
