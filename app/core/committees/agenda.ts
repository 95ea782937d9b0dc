import type { StaffContext } from '../act.ts'
import type { Tx } from '../db.ts'
import { done, isRefusal, refusal, type Result } from '../errors.ts'
import type { Day } from '../time.ts'
import type { Called } from './hearing.ts'
import type { LockedMeeting } from './lock.ts'
import './tables.ts'

/** One place on an agenda: an item that is on it already, a case by its 案號, or words alone (報告事項, 確認前次紀錄). */
export type Wanted = { id: number } | { number: string } | { subject: string; section?: string | null }

type Fresh = { caseId: number | null; subject: string; section: string | null }
export type KeptItem = { id: number; caseId: number | null; number: string | null; subject: string; decidedAt: Date | null }

export const itemsOf = (tx: Tx, meetingId: number): Promise<KeptItem[]> =>
  tx.selectFrom('committee_items as i').leftJoin('cases as c', 'c.id', 'i.case_id').select(['i.id', 'i.case_id as caseId', 'i.subject', 'i.decided_at as decidedAt', 'c.number']).where('i.meeting_id', '=', meetingId).orderBy('i.position').execute()

/** Makes the agenda what is wanted, in that order, and keeps it as a version. What is left out is free again; what was decided stays. Gives how many items there are. */
export async function setAgenda(tx: Tx, ctx: StaffContext, hearing: Called, meeting: Pick<LockedMeeting, 'id' | 'heldOn'>, wanted: readonly Wanted[]): Promise<Result<number>> {
  if (!wanted.length) return refusal('meeting.no-items', `請選擇要審議的${hearing.itemLabel}`, { field: 'items' })
  const kept = await itemsOf(tx, meeting.id)
  const gone = kept.filter(({ id }) => !wanted.some((one) => 'id' in one && one.id === id))
  const decided = gone.find(({ decidedAt }) => decidedAt)
  if (decided) return refusal('meeting.decided', `「${decided.number ?? decided.subject}」已經有決議，不能移出議程`, { field: 'items' })
  const fresh: (Fresh & { position: number })[] = []
  for (const [i, one] of wanted.entries()) {
    if ('id' in one) continue
    const found = await freshItem(tx, ctx, hearing, one, meeting.id)
    if (isRefusal(found)) return found
    fresh.push({ ...found.value, position: i + 1 })
  }
  for (const one of gone) await takeOff(tx, ctx, hearing, one)
  for (const [i, one] of wanted.entries()) if ('id' in one) await tx.updateTable('committee_items').set({ position: i + 1 }).where('id', '=', one.id).where('meeting_id', '=', meeting.id).execute()
  await addItems(tx, ctx, hearing, meeting.id, meeting.heldOn, fresh)
  await keepVersion(tx, meeting.id)
  return done(wanted.length)
}

async function freshItem(tx: Tx, ctx: StaffContext, hearing: Called, one: Exclude<Wanted, { id: number }>, meetingId: number): Promise<Result<Fresh>> {
  if ('subject' in one) return done({ caseId: null, subject: one.subject, section: one.section ?? null })
  const found = await hearing.lockItem(tx, ctx, one.number)
  if (isRefusal(found)) return { ...found, field: 'items' }
  const elsewhere = await tx.selectFrom('committee_items as i').innerJoin('cases as m', 'm.id', 'i.meeting_id').select('m.number').where('i.case_id', '=', found.value.id).where('m.stage', '=', 'planned').where('m.kind', '=', hearing.kind).where('m.id', '!=', meetingId).executeTakeFirst()
  if (elsewhere) return refusal('meeting.on-another', `${one.number} 已經排在 ${elsewhere.number}`, { field: 'items' })
  return done({ caseId: found.value.id, subject: found.value.title, section: found.value.section ?? null })
}

async function takeOff(tx: Tx, ctx: StaffContext, hearing: Called, item: KeptItem): Promise<void> {
  await tx.deleteFrom('committee_ballots').where('item_id', '=', item.id).execute()
  await tx.deleteFrom('committee_recusals').where('item_id', '=', item.id).execute()
  await tx.deleteFrom('committee_items').where('id', '=', item.id).execute()
  if (item.caseId) await hearing.onAgenda?.(tx, ctx, item.caseId, null)
}

async function addItems(tx: Tx, ctx: StaffContext, hearing: Called, meetingId: number, on: Day, items: readonly (Fresh & { position: number })[]): Promise<void> {
  if (!items.length) return
  await tx.insertInto('committee_items').values(items.map((one) => ({ meeting_id: meetingId, case_id: one.caseId, subject: one.caseId === null ? one.subject : '', section: one.section, position: one.position, decision: null, votes_for: null, votes_against: null, votes_abstain: null }))).execute()
  for (const { caseId } of items) if (caseId) await hearing.onAgenda?.(tx, ctx, caseId, on)
}

async function keepVersion(tx: Tx, meetingId: number): Promise<void> {
  const rows = await tx.selectFrom('committee_items as i').leftJoin('cases as c', 'c.id', 'i.case_id').select(['c.number', 'i.subject', 'i.section']).where('i.meeting_id', '=', meetingId).orderBy('i.position').execute()
  const { next } = await tx.selectFrom('committee_agendas').select(({ fn }) => fn.countAll<number>().as('next')).where('meeting_id', '=', meetingId).executeTakeFirstOrThrow()
  const entries = rows.map(({ number, subject, section }) => ({ number, subject, ...(section ? { section } : {}) }))
  await tx.insertInto('committee_agendas').values({ meeting_id: meetingId, version: Number(next) + 1, items: JSON.stringify(entries) as never, sent_on: null }).execute()
}
