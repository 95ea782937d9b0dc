import { sql } from 'kysely'
import type { Caller } from '../../core/act.ts'
import { valueOf } from '../../core/errors.ts'
import { addDays, type Day, dayOf, rocDay, startOf } from '../../core/time.ts'
import { issueDirective } from './issue.ts'
import { findMeeting, sentencesOf } from './meeting.ts'
import { reportDirective } from './report.ts'
import { acts } from './routes/show.tsx'
import { executive } from './schema.ts'

/**
 * What the newest executive meeting ordered: one is late already, one was reported with evidence and waits to be checked, one was checked and waits for the
 * next meeting. Done once; without such a meeting, or without sentences that name a bureau, nothing happens.
 */
export async function giveSome({ control, officer }: { control: Caller; officer: Caller }, now: Date): Promise<void> {
  const { db } = control
  const today = dayOf(now)
  const { rows } = await sql<{ number: string }>`select c.number from committee_meetings m join cases c on c.id = m.id where c.outcome = 'held' and m.held_on between ${addDays(today, -30)}::date and ${addDays(today, -4)}::date order by m.held_on desc`.execute(db)
  const meetings = await Promise.all(rows.map(({ number }) => findMeeting(db, number)))
  const meeting = meetings.find(({ body }) => body.code === executive)
  if (!meeting || (await db.selectFrom('directives').select('id').where('meeting_id', '=', meeting.id).executeTakeFirst())) return
  const units = await db.selectFrom('units').select(['id', 'name']).whereRef('id', '=', 'bureau_id').where('valid_until', 'is', null).execute()
  const own = officer.person!.posts[0]!.bureauId
  const at = (caller: Caller, on: Day, hour: number): Caller => ({ ...caller, now: new Date(Math.min(startOf(on).getTime() + hour * 3_600_000, now.getTime())) })
  for (const [i, { text, item }] of sentencesOf(meeting).entries()) {
    const [lead, ...others] = units.filter(({ name }) => text.includes(name)).toSorted((a, b) => text.indexOf(a.name) - text.indexOf(b.name))
    if (!lead) continue
    const late = lead.id !== own && i % 2 === 1
    const { number } = valueOf(await issueDirective(at(control, addDays(meeting.heldOn, 1), 10), { meeting: meeting.number, sentence: text, item, unitId: lead.id, jointIds: others.map(({ id }) => id), due: 'day', dueOn: rocDay(addDays(meeting.heldOn, late ? 2 : 30)), proof: i === 0 ? '辦理結果與照片' : '' }))
    if (lead.id !== own) continue
    const on = addDays(today, -1)
    valueOf(await reportDirective(at(officer, on, 14), { name: number, work: '已逐案檢討並提出趕工計畫，各標案的要徑與加派工班如附件。', asks: 'done', finishedOn: rocDay(on), files: [{ filename: '趕工計畫.pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF') }] }))
    if (i % 2 === 1) valueOf(await acts.accept!(at(control, on, 16), { name: number, on: rocDay(on), opinion: '佐證齊備，建議解除列管。' }))
  }
}
