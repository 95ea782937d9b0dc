import { z } from 'zod'
import { act, type StaffContext } from '../act.ts'
import { assignLead } from '../cases/assign.ts'
import { drawCaseNumber, newFollowNo } from '../cases/numbers.ts'
import type { Tx } from '../db.ts'
import { done, isRefusal, refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { type Day, parseDay, rocDay } from '../time.ts'
import { ensureCommittee, findCommittee, seatedOn } from './committee.ts'
import type { Hearing } from './hearing.ts'
import { closeMeeting, lockMeeting, requirePlanned } from './lock.ts'
import { refuseComposition } from './rules.ts'
import { modes } from './words.ts'
import './tables.ts'

const lines = z.string().max(10_000).default('').transform((text) => [...new Set(text.split('\n').map((line) => line.trim()).filter(Boolean))]).refine((all) => all.every((line) => line.length <= 200), '每一行最多 200 個字')
const several = z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.string().max(40)))
const clock = z.string().trim().regex(/^([01]?\d|2[0-3]):[0-5]\d$/, '時間請寫成 09:30')
const heldOn = z.string().trim().transform((text, check) => parseDay(text) ?? (check.addIssue({ code: 'custom', message: '請填開會日期，例如 110/4/1' }), '' as Day))

const Agenda = { items: several, others: lines }
const Plan = z.object({
  on: heldOn, startsAt: clock,
  place: z.string().trim().min(1, '請填地點').max(100),
  mode: z.enum(Object.keys(modes) as [keyof typeof modes]).default('on-site'),
  chair: z.string().trim().max(50).default(''),
  sitting: z.preprocess((value) => (value === '' ? undefined : value), z.coerce.number().int().min(1).max(9999).optional()),
  /** who comes besides the members; where there is no committee, who comes at all */
  people: lines,
  ...Agenda,
})

/** Calling a meeting, its agenda in versions, its invitation. */
export function planActs(hearing: Hearing) {
  return {
    planMeeting: act(`${hearing.kind}.plan`, Plan, async (tx, ctx, input) => {
      const committee = await findCommittee(tx, hearing)
      const members = committee ? seatedOn(committee.members, input.on) : []
      if (committee && !members.length) return refusal('meeting.no-members', `${committee.name}在 ${rocDay(input.on)} 沒有委員，請先登錄委員`, { field: 'on' })
      if (!committee && !input.people.length) return refusal('meeting.no-people', '請填出席人員，一行一位', { field: 'people' })
      const wrong = committee && refuseComposition(committee.rules, members)
      if (wrong) return wrong
      const chair = input.chair || (members.find(({ seat }) => seat === 'chair')?.name ?? '')
      if (!chair) return refusal('meeting.chair', '請填主席', { field: 'chair' })
      const items = await agendaItems(tx, ctx, hearing, input)
      if (isRefusal(items)) return items

      const number = await drawCaseNumber(tx, hearing.kind, hearing.prefix, ctx.today)
      const { id } = await tx
        .insertInto('cases')
        .values({ kind: hearing.kind, follow_no: newFollowNo(), number, title: `${rocDay(input.on)} ${hearing.label}`, stage: 'planned', unit_id: null, officer_id: null, township: null, received_at: ctx.now, registered_at: ctx.now, due_on: null, closed_at: null, outcome: null, merged_into: null, previous_id: null, import_id: null })
        .returning('id').executeTakeFirstOrThrow()
      await tx
        .insertInto('committee_meetings')
        .values({ id, committee_id: hearing.committee && members.length ? (await ensureCommittee(tx, hearing.committee)).id : null, sitting: input.sitting ?? null, held_on: input.on, starts_at: input.startsAt, ends_at: null, place: input.place, mode: input.mode, chair, invited_on: null, approved_on: null })
        .execute()
      const seated = members.map((one) => ({ meeting_id: id, member_id: one.id, name: one.name, title: one.title, seat: one.seat, outside: one.outside, attendance: null }))
      const others = input.people.map((line) => ({ meeting_id: id, member_id: null, ...nameAndTitle(line), seat: 'other' as const, outside: false, attendance: null }))
      if (seated.length + others.length) await tx.insertInto('committee_attendance').values([...seated, ...others]).execute()
      await writeAgenda(tx, hearing, ctx, id, input.on, items.value)
      await assignLead(tx, { caseId: id, unitId: ctx.person.posts[0]?.unitId ?? null, officerId: ctx.person.id, at: ctx.now, endedAs: 'reassigned' })
      await record(tx, ctx, `${hearing.kind}.planned`, { caseId: id, toStage: 'planned', payload: { on: input.on, items: items.value.length } })
      await record(tx, ctx, `${hearing.kind}.registered`, { caseId: id, payload: { number } })
      return done({ number })
    }, { permission: hearing.manage }),

    /** Another agenda: the earlier one stays to be compared. */
    changeAgenda: act(`${hearing.kind}.change-agenda`, z.object({ name: z.string().max(40), ...Agenda }), async (tx, ctx, input) => {
      const meeting = await lockMeeting(tx, hearing, input.name)
      const no = requirePlanned(meeting)
      if (no) return no
      const kept = await tx.selectFrom('committee_items as i').leftJoin('cases as c', 'c.id', 'i.case_id').select(['i.id', 'i.case_id', 'i.subject', 'c.number']).where('meeting_id', '=', meeting.id).execute()
      const known = new Map(kept.flatMap((one) => (one.number ? [[one.number, one] as const] : [])))
      const added = input.items.filter((number) => !known.has(number))
      const items = await agendaItems(tx, ctx, hearing, { items: added, others: input.others, mayBeEmpty: input.items.length > added.length })
      if (isRefusal(items)) return items
      const gone = kept.filter((one) => (one.number ? !input.items.includes(one.number) : !input.others.includes(one.subject)))
      for (const one of gone) {
        await tx.deleteFrom('committee_ballots').where('item_id', '=', one.id).execute()
        await tx.deleteFrom('committee_recusals').where('item_id', '=', one.id).execute()
        await tx.deleteFrom('committee_items').where('id', '=', one.id).execute()
        if (one.case_id) await hearing.onAgenda?.(tx, ctx, one.case_id, null)
      }
      const still = kept.filter((one) => !gone.includes(one))
      const fresh = items.value.filter((one) => one.caseId !== null || !still.some(({ subject, case_id: caseId }) => caseId === null && subject === one.subject))
      await writeAgenda(tx, hearing, ctx, meeting.id, meeting.heldOn, fresh)
      const rank = [...input.items, ...input.others]
      const all = await tx.selectFrom('committee_items as i').leftJoin('cases as c', 'c.id', 'i.case_id').select(['i.id', 'i.subject', 'c.number']).where('meeting_id', '=', meeting.id).execute()
      const sorted = all.toSorted((a, b) => rank.indexOf(a.number ?? a.subject) - rank.indexOf(b.number ?? b.subject))
      for (const [i, one] of sorted.entries()) await tx.updateTable('committee_items').set({ position: i + 1 }).where('id', '=', one.id).execute()
      await keepVersion(tx, meeting.id)
      await record(tx, ctx, `${hearing.kind}.agenda-changed`, { caseId: meeting.id, payload: { items: all.length } })
      return done()
    }, { permission: hearing.manage }),

    /** 開會通知 was sent, with the agenda as it stands. */
    inviteToMeeting: act(`${hearing.kind}.invite`, z.object({ name: z.string().max(40), on: heldOn }), async (tx, ctx, input) => {
      const meeting = await lockMeeting(tx, hearing, input.name)
      const no = requirePlanned(meeting)
      if (no) return no
      if (input.on > ctx.today || input.on > meeting.heldOn) return refusal('meeting.invited', '開會通知的發文日不能晚於今天或開會日', { field: 'on' })
      await tx.updateTable('committee_meetings').set({ invited_on: input.on }).where('id', '=', meeting.id).execute()
      await tx.updateTable('committee_agendas').set({ sent_on: input.on }).where('meeting_id', '=', meeting.id).where('version', '=', (query) => query.selectFrom('committee_agendas as latest').select(({ fn }) => fn.max('version').as('v')).where('latest.meeting_id', '=', meeting.id)).execute()
      await record(tx, ctx, `${hearing.kind}.invited`, { caseId: meeting.id, payload: { on: input.on } })
      return done()
    }, { permission: hearing.manage }),

    /** A meeting that does not take place; its items are free for another. */
    cancelMeeting: act(`${hearing.kind}.cancel`, z.object({ name: z.string().max(40), reason: z.string().trim().min(2, '請寫下取消的理由').max(1000) }), async (tx, ctx, input) => {
      const meeting = await lockMeeting(tx, hearing, input.name)
      const no = requirePlanned(meeting)
      if (no) return no
      await tx.updateTable('committee_meetings').set({ minutes: `取消：${input.reason}` }).where('id', '=', meeting.id).execute()
      const items = await tx.selectFrom('committee_items').select('case_id').where('meeting_id', '=', meeting.id).execute()
      for (const { case_id: caseId } of items) if (caseId) await hearing.onAgenda?.(tx, ctx, caseId, null)
      await closeMeeting(tx, ctx, hearing, meeting, 'cancelled')
      return done()
    }, { permission: hearing.manage }),
  }
}

type Item = { caseId: number | null; subject: string }

async function agendaItems(tx: Tx, ctx: StaffContext, hearing: Hearing, input: { items: string[]; others: string[]; mayBeEmpty?: boolean }): Promise<Result<Item[]>> {
  const items: Item[] = []
  for (const number of input.items) {
    const found = await hearing.lockItem(tx, ctx, number)
    if (isRefusal(found)) return { ...found, field: 'items' }
    const elsewhere = await tx.selectFrom('committee_items as i').innerJoin('cases as m', 'm.id', 'i.meeting_id').select('m.number').where('i.case_id', '=', found.value.id).where('m.stage', '=', 'planned').executeTakeFirst()
    if (elsewhere) return refusal('meeting.on-another', `${number} 已經排在 ${elsewhere.number}`, { field: 'items' })
    items.push({ caseId: found.value.id, subject: found.value.title })
  }
  items.push(...input.others.map((subject) => ({ caseId: null, subject })))
  if (!items.length && !input.mayBeEmpty) return refusal('meeting.no-items', `請選擇要審議的${hearing.itemLabel}`, { field: 'items' })
  return done(items)
}

async function writeAgenda(tx: Tx, hearing: Hearing, ctx: StaffContext, meetingId: number, on: Day, items: Item[]): Promise<void> {
  const { last } = await tx.selectFrom('committee_items').select(({ fn }) => fn.coalesce(fn.max('position'), fn.countAll<number>()).as('last')).where('meeting_id', '=', meetingId).executeTakeFirstOrThrow()
  if (items.length) await tx.insertInto('committee_items').values(items.map((one, i) => ({ meeting_id: meetingId, case_id: one.caseId, subject: one.caseId === null ? one.subject : '', position: Number(last) + i + 1, decision: null, votes_for: null, votes_against: null, votes_abstain: null }))).execute()
  for (const { caseId } of items) if (caseId) await hearing.onAgenda?.(tx, ctx, caseId, on)
  if (Number(last) === 0) await keepVersion(tx, meetingId)
}

async function keepVersion(tx: Tx, meetingId: number): Promise<void> {
  const rows = await tx.selectFrom('committee_items as i').leftJoin('cases as c', 'c.id', 'i.case_id').select(['c.number', 'i.subject']).where('i.meeting_id', '=', meetingId).orderBy('i.position').execute()
  const { next } = await tx.selectFrom('committee_agendas').select(({ fn }) => fn.countAll<number>().as('next')).where('meeting_id', '=', meetingId).executeTakeFirstOrThrow()
  await tx.insertInto('committee_agendas').values({ meeting_id: meetingId, version: Number(next) + 1, items: JSON.stringify(rows.map(({ number, subject }) => ({ number, subject }))) as never, sent_on: null }).execute()
}

/** 「王示範，工務處處長」 → name and title. */
function nameAndTitle(line: string): { name: string; title: string } {
  const [name, ...rest] = line.split(/[，,、]/)
  return { name: name!.trim() || line, title: rest.join('，').trim() }
}
