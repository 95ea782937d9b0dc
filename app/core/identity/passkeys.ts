import { z } from 'zod'
import { act } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { done, refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { askForAny, askToMake, checkAnswer, checkMade, type PasskeyAnswer, passkeyAnswer, Site } from './passkey-ceremony.ts'
import { refuseBeforeOwnPassword, refuseWithoutSecondFactor, secondFactorAdded } from './second-factor.ts'
import { tellColleague } from './sign-in-changes.ts'

/** Asks for any passkey of this site, a colleague's or a member's. For signing in and for proving who one is. */
export const askForPasskey = act('identity.ask-for-passkey', Site, async (tx, ctx, site) => done(await askForAny(tx, ctx.now, site)), { by: 'public' })

/** Whose passkey it is when the answer holds: the step is used up either way. `personId`: it must be theirs. */
export async function checkPasskey(tx: Tx, now: Date, answer: PasskeyAnswer, personId?: number): Promise<number | null> {
  const shown = await checkAnswer(tx, now, answer, (id) => tx.selectFrom('passkeys').selectAll().where('credential_id', '=', id)
    .$if(personId !== undefined, (query) => query.where('person_id', '=', personId!)).forUpdate().executeTakeFirst())
  if (!shown) return null
  await tx.updateTable('passkeys').set({ counter: shown.counter, used_at: now }).where('id', '=', shown.key.id).execute()
  return shown.key.person_id
}

const ownerOf = (personId: number) => ({ purpose: 'passkey-enrolment' as const, handle: `person-${personId}`, personId })

/** Begins to add a passkey: what the browser's authenticator is asked to make. */
export const beginPasskey = act('office.begin-passkey', Site, async (tx, ctx, site) => {
  const own = await refuseBeforeOwnPassword(tx, ctx)
  if (own) return own
  const held = await tx.selectFrom('passkeys').select(['credential_id', 'transports']).where('person_id', '=', ctx.person.id).execute()
  return done(await askToMake(tx, ctx.now, site, { ...ownerOf(ctx.person.id), login: ctx.person.login, name: ctx.person.name, held }))
}, { permission: 'signed-in', stepUp: true })

export const passkeyLabel = z.string().trim().min(1, '請取個名字').max(50, '名字最多 50 個字')
export const passkeyNotAdded = refusal('identity.passkey-failed', '通行金鑰沒有加上，請再試一次', { field: 'label' })

export const addPasskey = act('office.add-passkey', z.object({ ...passkeyAnswer, label: passkeyLabel }), async (tx, ctx, input): Promise<Result<undefined>> => {
  const own = await refuseBeforeOwnPassword(tx, ctx)
  if (own) return own
  const made = await checkMade(tx, ctx.now, input, ownerOf(ctx.person.id))
  if (!made) return passkeyNotAdded
  await tx.insertInto('passkeys').values({ person_id: ctx.person.id, ...made, label: input.label, used_at: null }).execute()
  await secondFactorAdded(tx, ctx)
  await tellColleague(tx, ctx.now, ctx.person.id, `您的帳號加上了一支通行金鑰「${input.label}」。`)
  await record(tx, ctx, 'identity.passkey-added', { payload: { person: ctx.person.id } })
  return done()
}, { permission: 'signed-in' })

export const removePasskey = act('office.remove-passkey', z.object({ id: z.coerce.number().int() }), async (tx, ctx, input) => {
  const removed = await tx.deleteFrom('passkeys').where('id', '=', input.id).where('person_id', '=', ctx.person.id).returning('id').executeTakeFirst()
  if (!removed) return refusal('identity.no-passkey', '這支通行金鑰已經移除')
  const refused = await refuseWithoutSecondFactor(tx, ctx)
  if (refused) return refused
  await tellColleague(tx, ctx.now, ctx.person.id, '您的帳號移除了一支通行金鑰。')
  await record(tx, ctx, 'identity.passkey-removed', { payload: { person: ctx.person.id, passkey: input.id } })
  return done()
}, { permission: 'signed-in', stepUp: true })

export type PasskeyLine = { id: number; label: string; added_at: Date; used_at: Date | null }

export function findPasskeys(reader: Reader, personId: number): Promise<PasskeyLine[]> {
  return reader.selectFrom('passkeys').select(['id', 'label', 'added_at', 'used_at']).where('person_id', '=', personId).orderBy('added_at').execute()
}
