import { z } from 'zod'
import { act } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { done, refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import { lazily } from '../lazy.ts'
import { seal, unseal } from '../personal-data/index.ts'
import { refuseBeforeOwnPassword, refuseWithoutSecondFactor, secondFactorAdded } from './second-factor.ts'
import { tellColleague } from './sign-in-changes.ts'

const otplib = lazily<typeof import('otplib')>('otplib')

/** A clock that is half a minute wrong is common; a code is then good for a minute and a half (RFC 6238 §5.2). */
const toleranceSeconds = 30

/** Begins to set up an authenticator: a secret that counts only once a code of it was typed. Begun again, it is another one. */
export const beginTotp = act('office.begin-totp', z.object({}), async (tx, ctx) => {
  const own = await refuseBeforeOwnPassword(tx, ctx)
  if (own) return own
  if (await findConfirmed(tx, ctx.person.id)) return refusal('identity.totp-held', '已經設定了驗證程式；要換的話請先移除')
  const sealed = seal(otplib().generateSecret({ length: 20 }))!
  await tx.insertInto('totp_secrets').values({ person_id: ctx.person.id, secret: sealed, confirmed_at: null })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ secret: sealed, last_step: 0 })).execute()
  return done()
}, { permission: 'signed-in', stepUp: true })

/** The secret that waits for its first code, and as the address that a QR code holds; null when none waits. */
export async function findWaitingTotp(reader: Reader, personId: number, login: string, county: string): Promise<{ secret: string; address: string } | null> {
  const row = await reader.selectFrom('totp_secrets').select('secret').where('person_id', '=', personId).where('confirmed_at', 'is', null).executeTakeFirst()
  const secret = unseal(row?.secret)
  return secret === null ? null : { secret, address: otplib().generateURI({ issuer: county, label: login, secret }) }
}

/** The first code shows that the secret arrived. */
export const confirmTotp = act('office.confirm-totp', z.object({ code: z.string().trim().min(1, '請輸入驗證碼').max(20) }), async (tx, ctx, input) => {
  const good = await checkTotp(tx, ctx.now, ctx.person.id, input.code.normalize('NFKC').replace(/\s/g, ''), 'waiting')
  if (!good) return refusal('identity.wrong-code', '驗證碼不正確；請確認手機的時間正確，再輸入現在顯示的 6 位數字', { field: 'code' })
  await tx.updateTable('totp_secrets').set({ confirmed_at: ctx.now }).where('person_id', '=', ctx.person.id).execute()
  await secondFactorAdded(tx, ctx)
  await tellColleague(tx, ctx.now, ctx.person.id, '您的帳號設定了驗證程式。')
  await record(tx, ctx, 'identity.totp-added', { payload: { person: ctx.person.id } })
  return done()
}, { permission: 'signed-in' })

export const removeTotp = act('office.remove-totp', z.object({}), async (tx, ctx) => {
  const removed = await tx.deleteFrom('totp_secrets').where('person_id', '=', ctx.person.id).returning('person_id').executeTakeFirst()
  if (!removed) return refusal('identity.no-totp', '驗證程式已經移除')
  const refused = await refuseWithoutSecondFactor(tx, ctx)
  if (refused) return refused
  await tellColleague(tx, ctx.now, ctx.person.id, '您的帳號移除了驗證程式。')
  await record(tx, ctx, 'identity.totp-removed', { payload: { person: ctx.person.id } })
  return done()
}, { permission: 'signed-in', stepUp: true })

/** Whether the code is right now and was not used: its step, and those before it, are used up (RFC 6238 §5.2). */
export async function checkTotp(tx: Tx, now: Date, personId: number, code: string, which: 'confirmed' | 'waiting' = 'confirmed'): Promise<boolean> {
  const row = await tx.selectFrom('totp_secrets').select(['secret', 'last_step']).where('person_id', '=', personId)
    .where('confirmed_at', which === 'confirmed' ? 'is not' : 'is', null).forUpdate().executeTakeFirst()
  if (!row || !/^\d{6}$/.test(code)) return false
  const epoch = Math.floor(now.getTime() / 1000)
  const result = await otplib().verify({ secret: unseal(row.secret)!, token: code, epoch, epochTolerance: toleranceSeconds, afterTimeStep: row.last_step })
  if (!result.valid || !('timeStep' in result)) return false
  await tx.updateTable('totp_secrets').set({ last_step: result.timeStep }).where('person_id', '=', personId).execute()
  return true
}

async function findConfirmed(tx: Tx, personId: number): Promise<boolean> {
  return (await tx.selectFrom('totp_secrets').select('person_id').where('person_id', '=', personId).where('confirmed_at', 'is not', null).executeTakeFirst()) !== undefined
}
