import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { done, NotFound, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { recordOpening } from '../../../core/personal-data/openings.ts'
import { lockForStaff } from '../appeal.ts'
import { bornOn, email } from '../filing/input.ts'
import { insertParty } from './insert.ts'
import { namedDay } from '../../../core/day-fields.ts'
import { optionalLine, ticked } from '../../../core/form-fields.ts'
import { writeLetters } from '../letters/write.ts'
import { type PartyRole, partyRoles } from '../schema.ts'

/** Why somebody needs to know who a party is; chosen, so that openings can be counted by purpose. */
export const purposes = ['聯絡當事人', '製作文書', '查證身分', '查證事實', '督導查核'] as const

/** Shows who the parties are; who looked and why stays on record. */
export const openParties = act('appeals.open-personal-data', z.object({ name: z.string().max(40), reason: z.enum(purposes, { error: '請選擇查看的目的' }) }), async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.open-personal-data')
  return done({ read: await recordOpening(tx, ctx, { event: 'appeal', caseId: appeal.id, purpose: input.reason, fields: ['name', 'id-number', 'email', 'phone', 'address'] }) })
})

const Party = z.object({
  name: z.string().max(40),
  role: z.enum(Object.keys(partyRoles) as [PartyRole, ...PartyRole[]], { error: '請選擇身分' }),
  isPerson: z.enum(['yes', 'no']).default('yes').transform((value) => value === 'yes'),
  partyName: z.string().trim().min(2, '請填姓名或名稱').max(100, '最多 100 個字'),
  actsFor: z.string().optional().transform((text) => (text && /^\d{1,15}$/.test(text) ? Number(text) : null)),
  bornOn, idNumber: optionalLine(40), address: optionalLine(200), email, phone: optionalLine(60),
  lawyer: ticked,
  on: namedDay('參加、委任或承受的日期'),
})

const agentsMax = 3

/** One more appellant, representative, agent or 參加人 (訴願法 §21, §22, §28, §32, §87). A 參加人 is told (§28). */
export const addParty = act('appeals.add-party', Party, async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.parties')
  if (appeal.stage === 'closed') return refusal('appeal.closed', '這件已經結案')
  if (input.on > ctx.today) return refusal('appeal.future', '日期在今天以後', { field: 'on' })
  const parties = await tx.selectFrom('appeal_parties').select(['id', 'role', 'acts_for']).where('case_id', '=', appeal.id).where('until', 'is', null).execute()
  if (input.actsFor && !parties.some(({ id }) => id === input.actsFor)) return refusal('party.unknown', '請選擇替誰', { field: 'actsFor' })
  if (input.role === 'agent' && parties.filter(({ role, acts_for: one }) => role === 'agent' && one === input.actsFor).length >= agentsMax) return refusal('party.agents', '每一位訴願人或參加人的代理人不得超過三人', { field: 'role', law: '訴願法 §32' })
  const party = await insertParty(tx, appeal.id, { role: input.role, isPerson: input.isPerson, lawyer: input.lawyer, name: input.partyName, bornOn: input.bornOn, idNumber: input.idNumber, address: input.address, email: input.email, phone: input.phone, actsFor: input.actsFor }, input.on)
  await record(tx, ctx, 'appeal.party-added', { caseId: appeal.id, payload: { party, role: input.role, on: input.on } })
  if (input.role === 'participant') await writeLetters(tx, ctx, appeal, 'participation', 'parties', {})
  return done({ party })
}, { permission: 'appeals.parties' })

/** A party that is one no more: an agent dismissed, an appellant succeeded by another (訴願法 §87). The last appellant stays. */
export const endParty = act('appeals.end-party', z.object({ name: z.string().max(40), party: z.coerce.number().int(), on: namedDay('終止的日期') }), async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.parties')
  const parties = await tx.selectFrom('appeal_parties').select(['id', 'role', 'since']).where('case_id', '=', appeal.id).where('until', 'is', null).execute()
  const party = parties.find(({ id }) => id === input.party)
  if (!party) throw new NotFound('找不到這位當事人')
  if (party.role === 'appellant' && parties.filter(({ role }) => role === 'appellant').length === 1) return refusal('party.last', '只剩這一位訴願人；由他人承受的，在案件登錄「承受訴願」', { law: '訴願法 §87' })
  if (input.on > ctx.today || input.on < party.since) return refusal('party.day', '日期要在加入之後、今天以前', { field: 'on' })
  await tx.updateTable('appeal_parties').set({ until: input.on }).where('id', '=', party.id).execute()
  await record(tx, ctx, 'appeal.party-ended', { caseId: appeal.id, payload: { party: party.id, on: input.on } })
  return done()
}, { permission: 'appeals.parties' })
