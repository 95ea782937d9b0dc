import type { Generated } from 'kysely'
import { z } from 'zod'
import { act } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { done, refusal, type Refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { enterMember, findMember, type Member, memberKind } from './members.ts'
import { askToMake, checkAnswer, checkMade, passkeyAnswer, Site } from './passkey-ceremony.ts'
import { type PasskeyLine, passkeyLabel, passkeyNotAdded } from './passkeys.ts'
import { tokenHash } from './sessions.ts'
import { tellSignInChange } from './sign-in-changes.ts'

declare module '../db.ts' {
  interface Tables {
    member_passkeys: { id: Generated<number>; member_id: number; credential_id: string; public_key: Buffer; counter: number; transports: string[]; label: string; added_at: Generated<Date>; used_at: Date | null }
  }
}

/** A key that stays good for good is added only soon after signing in, not from a session somebody left open. */
const freshMinutes = 30
const session = { session: z.string().max(100) }
const ownerOf = (member: Member) => ({ purpose: 'member-passkey-enrolment' as const, handle: `member-${member.id}` })

async function freshMember(tx: Tx, now: Date, token: string): Promise<Member | Refusal> {
  const member = await findMember(tx, token)
  if (!member) return refusal('members.signed-out', '您的登入已經結束，請重新登入')
  const { at } = await tx.selectFrom('member_sessions').select('created_at as at').where('token_hash', '=', tokenHash(token)).executeTakeFirstOrThrow()
  return now.getTime() - at.getTime() < freshMinutes * 60_000 ? member : refusal('members.sign-in-again', `登入已超過 ${freshMinutes} 分鐘，請登出、再登入一次，然後加通行金鑰`, { field: 'label' })
}

/** Begins to add a passkey to the membership of this session. */
export const beginMemberPasskey = act('members.begin-passkey', Site.extend(session), async (tx, ctx, input) => {
  const member = await freshMember(tx, ctx.now, input.session)
  if ('refused' in member) return member
  const held = await tx.selectFrom('member_passkeys').select(['credential_id', 'transports']).where('member_id', '=', member.id).execute()
  return done(await askToMake(tx, ctx.now, input, { ...ownerOf(member), login: member.email, name: member.email, held }))
}, { by: 'public' })

export const addMemberPasskey = act('members.add-passkey', z.object({ ...passkeyAnswer, ...session, label: passkeyLabel }), async (tx, ctx, input): Promise<Result<undefined>> => {
  const member = await freshMember(tx, ctx.now, input.session)
  if ('refused' in member) return member
  const made = await checkMade(tx, ctx.now, input, ownerOf(member))
  if (!made) return passkeyNotAdded
  await tx.insertInto('member_passkeys').values({ member_id: member.id, ...made, label: input.label, used_at: null }).execute()
  await tellSignInChange(tx, ctx.now, member.email, `您的會員帳號加上了一支通行金鑰「${input.label}」。`)
  await record(tx, ctx, 'member.passkey-added', { payload: { member: member.id } })
  return done()
}, { by: 'public' })

export const removeMemberPasskey = act('members.remove-passkey', z.object({ ...session, id: z.coerce.number().int() }), async (tx, ctx, input) => {
  const member = await findMember(tx, input.session)
  if (!member) return refusal('members.signed-out', '您的登入已經結束，請重新登入')
  const removed = await tx.deleteFrom('member_passkeys').where('id', '=', input.id).where('member_id', '=', member.id).returning('id').executeTakeFirst()
  if (!removed) return refusal('identity.no-passkey', '這支通行金鑰已經移除')
  await tellSignInChange(tx, ctx.now, member.email, '您的會員帳號移除了一支通行金鑰。')
  await record(tx, ctx, 'member.passkey-removed', { payload: { member: member.id, passkey: input.id } })
  return done()
}, { by: 'public' })

/** A passkey of a member of this kind opens a session; one of a colleague, or of the other kind, opens none. */
export const enterByPasskey = act('members.enter-by-passkey', z.object({ kind: memberKind, ...passkeyAnswer }), async (tx, ctx, input): Promise<Result<{ token: string }>> => {
  const shown = await checkAnswer(tx, ctx.now, input, (id) => tx.selectFrom('member_passkeys').innerJoin('members', 'members.id', 'member_id').selectAll('member_passkeys')
    .where('credential_id', '=', id).where('members.kind', '=', input.kind).forUpdate('member_passkeys').executeTakeFirst())
  if (!shown) return refusal('members.passkey-failed', '這支通行金鑰沒有成功，請再試一次，或用電子郵件登入')
  await tx.updateTable('member_passkeys').set({ counter: shown.counter, used_at: ctx.now }).where('id', '=', shown.key.id).execute()
  return done({ token: await enterMember(tx, ctx, shown.key.member_id) })
}, { by: 'public' })

export function findMemberPasskeys(reader: Reader, memberId: number): Promise<PasskeyLine[]> {
  return reader.selectFrom('member_passkeys').select(['id', 'label', 'added_at', 'used_at']).where('member_id', '=', memberId).orderBy('added_at').execute()
}
