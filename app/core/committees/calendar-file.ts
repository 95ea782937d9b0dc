import type { StaffContext } from '../act.ts'
import type { Tx } from '../db.ts'
import { attachDocument, storeDocument } from '../documents/store.ts'
import { type DayEvent, writeCalendar } from '../ical.ts'
import type { MailAttachment } from '../mail/tables.ts'
import { type Day, parseInstant } from '../time.ts'
import type { HeldMeeting } from './queries.ts'

const twoHours = 7_200_000
type Timed = { number: string; heldOn: Day; startsAt: string; endsAt: string | null; place: string }

/** A meeting for a calendar. Without an end that was recorded it takes two hours. The same uid wherever it comes from, so that a calendar shows it once. */
export function eventOf({ number, heldOn, startsAt, endsAt, place }: Timed, name: string, url: string, changedAt: Date, more: Pick<DayEvent, 'sequence' | 'cancelled'> = {}): DayEvent {
  const from = parseInstant(`${heldOn} ${startsAt}`)!
  const ends = endsAt ? parseInstant(`${heldOn} ${endsAt}`)! : from
  return { uid: `${encodeURIComponent(number)}@windlion`, day: heldOn, at: { from, to: ends > from ? ends : new Date(from.getTime() + twoHours) }, title: name, text: number, place, url, category: '會議', changedAt, ...more }
}

/** 「110/6/15 主管會報」 → 主管會報 */
export const bodyOf = (title: string): string => title.replace(/^\S+ /, '')

/** The meeting as it stands, as a file that goes with a mail and stays with the case. Its sequence is higher than that of every file that went before. */
export async function makeCalendarFile(tx: Tx, ctx: StaffContext, meeting: { id: number; number: string }, held: HeldMeeting, url: string, cancelled?: true): Promise<MailAttachment> {
  const before = await tx.selectFrom('case_documents').select(({ fn }) => fn.countAll<number>().as('files')).where('case_id', '=', meeting.id).where('kind', '=', 'invitation').executeTakeFirstOrThrow()
  const agendas = await tx.selectFrom('committee_agendas').select(({ fn }) => fn.countAll<number>().as('versions')).where('meeting_id', '=', meeting.id).executeTakeFirstOrThrow()
  const label = bodyOf(held.title)
  const event = eventOf({ number: meeting.number, ...held, endsAt: null }, label, url, ctx.now, { sequence: Number(before.files) + Number(agendas.versions) - 1, ...(cancelled ? { cancelled } : {}) })
  const { id, sha256 } = await storeDocument(tx, Buffer.from(writeCalendar(label, [event])), 'text/calendar')
  const name = `${meeting.number}.ics`
  await attachDocument(tx, { caseId: meeting.id, documentId: id, name, kind: 'invitation', personId: ctx.person.id })
  return { name, mediaType: 'text/calendar', sha256 }
}
