import { createHash, randomInt } from 'node:crypto'
import { act } from '../act.ts'
import { z } from 'zod'
import type { Tx } from '../db.ts'
import { done, refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import { findSecondFactors } from './second-factor.ts'
import { tellColleague } from './sign-in-changes.ts'

const codesAtOnce = 10
/** Without signs that look alike. 16 of 31: 79 bits, so that a plain hash keeps them. */
const signs = '23456789abcdefghjkmnpqrstuvwxyz'
const length = 16

const hashOf = (code: string) => createHash('sha256').update(code.toLowerCase().replace(/[^a-z0-9]/g, '')).digest()

/** New codes for when the authenticator is lost; those of before end. Shown once: only hashes are kept. */
export const renewRecoveryCodes = act('office.renew-recovery-codes', z.object({}), async (tx, ctx) => {
  if (!(await findSecondFactors(tx, ctx.person.id)).any) return refusal('identity.no-second-factor', '請先設定通行金鑰或驗證程式')
  const codes = await replaceCodes(tx, ctx.person.id)
  await tellColleague(tx, ctx.now, ctx.person.id, '您的帳號產生了新的備援碼，舊的不能再用。')
  await record(tx, ctx, 'identity.recovery-codes-renewed', { payload: { person: ctx.person.id } })
  return done({ codes })
}, { permission: 'signed-in', stepUp: true })

async function replaceCodes(tx: Tx, personId: number): Promise<string[]> {
  const codes = Array.from({ length: codesAtOnce }, () => Array.from({ length }, () => signs[randomInt(signs.length)]).join(''))
  await tx.deleteFrom('recovery_codes').where('person_id', '=', personId).execute()
  await tx.insertInto('recovery_codes').values(codes.map((code) => ({ person_id: personId, code_hash: hashOf(code), used_at: null }))).execute()
  return codes.map((code) => code.match(/.{4}/g)!.join('-'))
}

/** Good once. */
export async function checkRecoveryCode(tx: Tx, now: Date, personId: number, code: string): Promise<boolean> {
  const used = await tx.updateTable('recovery_codes').set({ used_at: now }).where('person_id', '=', personId).where('code_hash', '=', hashOf(code)).where('used_at', 'is', null).returning('person_id').executeTakeFirst()
  return used !== undefined
}
