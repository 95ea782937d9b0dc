import { sql } from 'kysely'
import { caseKinds } from '../../core/cases/case-kinds.ts'
import type { Reader } from '../../core/db.ts'
import { NotFound } from '../../core/errors.ts'
import type { Day } from '../../core/time.ts'
import './tables.ts'

export type Body = { code: string; name: string }

/** Whose meeting it is, as the module of meetings knows it; null: it does not know the meeting. */
type BodyOf = (reader: Reader, meetingId: number) => Promise<Body | null>
let bodyOf: BodyOf = async () => null

/** Called once at start by the module that keeps the bodies of the county's meetings. */
export function useBodyOf(find: BodyOf): void {
  bodyOf = find
}

export type Meeting = { id: number; kind: string; number: string; title: string; heldOn: Day; startsAt: string; outcome: string | null; minutes: string; remarks: string; items: { subject: string; text: string }[]; body: Body }

/** A meeting by its 案號, with all that was written of it. Who may act on directives at all may read the meetings that give them. */
export async function findMeeting(reader: Reader, number: string, lock = false): Promise<Meeting> {
  const { rows } = await sql<Omit<Meeting, 'body'>>`
    select c.id, c.kind, c.number, c.title, m.held_on as "heldOn", to_char(m.starts_at, 'HH24:MI') as "startsAt", c.outcome, m.minutes, m.remarks,
      coalesce((select jsonb_agg(jsonb_build_object('subject', coalesce(nullif(i.subject, ''), r.title, ''), 'text', i.decision_text) order by i.position) from committee_items i left join cases r on r.id = i.case_id where i.meeting_id = m.id), '[]') as items
    from cases c join committee_meetings m on m.id = c.id where c.number = ${number} ${lock ? sql`for share of c` : sql``}`.execute(reader)
  const meeting = rows[0]
  if (!meeting) throw new NotFound('找不到這次會議')
  return { ...meeting, body: await findBody(reader, meeting) }
}

/** The body of a meeting; where no module knows it, what its kind of case is called. */
export async function findBody(reader: Reader, { id, kind }: { id: number; kind: string }): Promise<Body> {
  return (await bodyOf(reader, id)) ?? { code: kind, name: caseKinds().find((one) => one.kind === kind)?.label ?? kind }
}

/** Whether a meeting comes after another: by day, hour, and of two at once the one that was called later. */
export const isLater = (one: Pick<Meeting, 'id' | 'heldOn' | 'startsAt'>, than: Pick<Meeting, 'id' | 'heldOn' | 'startsAt'>): boolean =>
  [one.heldOn, one.startsAt, String(one.id).padStart(15, '0')].join(' ') > [than.heldOn, than.startsAt, String(than.id).padStart(15, '0')].join(' ')

export type Sentence = { text: string; item: string }

/** The sentences of what was decided and said, each with its agenda item: decisions first, then remarks, then what only the minutes have. */
export function sentencesOf({ items, remarks, minutes }: Pick<Meeting, 'items' | 'remarks' | 'minutes'>): Sentence[] {
  const found: Sentence[] = []
  const add = (text: string, item: string) => {
    for (const sentence of splitSentences(text)) if (!found.some((one) => plain(one.text) === plain(sentence))) found.push({ text: sentence, item })
  }
  for (const { subject, text } of items) add(text, subject)
  add(remarks, '')
  if (!items.some(({ text }) => text.trim()) && !remarks.trim()) add(minutes, '')
  return found
}

/** Ends of sentences are 。；and line breaks; numbers of paragraphs (一、1.) stay with their sentence. */
export const splitSentences = (text: string): string[] => text.split(/(?<=[。；;！？])|\n/).map((one) => one.trim()).filter((one) => plain(one).length >= 4)

const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '')

/** Whether a sentence stands in what was written of a meeting, whatever the spaces and line breaks. */
export function isWritten(sentence: string, { items, remarks, minutes }: Pick<Meeting, 'items' | 'remarks' | 'minutes'>): boolean {
  return [...items.map(({ text }) => text), remarks, minutes].some((text) => plain(text).includes(plain(sentence)))
}
