import { type SqlBool, sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import { actedBy, payloadOf } from '../../../core/events/acted-by.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import { maskEmail, maskName, unseal } from '../../../core/personal-data/index.ts'
import { isRecordHeld } from '../../../core/personal-data/legal-holds.ts'
import { caseKind } from '../schema.ts'
import { visibleTo } from '../visible.ts'
import type { HandledAs, InboxKind } from './tables.ts'

export type InboxLine = {
  id: number
  mailbox: string
  kind: InboxKind
  fromProgram: boolean
  subject: string
  /** masked */
  sender: string
  receivedAt: Date
  caseName: string | null
  mailId: number | null
  note: string | null
  handledAs: HandledAs | null
  handledAt: Date | null
  handledBy: string | null
  reason: string | null
  sha256: string
  /** not destroyed while it is held back; of no case */
  held: boolean
}

export type InboxFilter = { waiting: boolean; kind?: InboxKind | undefined; before?: number | undefined; after?: number | undefined }

export const inboxPageSize = 50

/** Newest first, by key; `more` tells whether the list goes on in the direction one came from. */
export async function listInbox(reader: Reader, person: Person, filter: InboxFilter): Promise<{ rows: InboxLine[]; more: boolean }> {
  const conditions = [
    isSeen(person),
    filter.waiting ? sql<SqlBool>`i.handled_at is null` : sql<SqlBool>`i.handled_at is not null`,
    ...(filter.kind ? [sql<SqlBool>`i.kind = ${filter.kind}`] : []),
    ...(filter.before === undefined ? [] : [sql<SqlBool>`i.id < ${filter.before}`]),
    ...(filter.after === undefined ? [] : [sql<SqlBool>`i.id > ${filter.after}`]),
  ]
  const back = filter.after !== undefined
  const found = await sql<Row>`${columns} where ${sql.join(conditions, sql` and `)} order by i.id ${back ? sql`asc` : sql`desc`} limit ${sql.lit(inboxPageSize + 1)}`.execute(reader)
  const rows = found.rows.slice(0, inboxPageSize).map(toLine)
  return { rows: back ? rows.reverse() : rows, more: found.rows.length > inboxPageSize }
}

export async function findInboxLetter(reader: Reader, person: Person, id: number): Promise<InboxLine | null> {
  const found = await sql<Row>`${columns} where i.id = ${id} and ${isSeen(person)}`.execute(reader)
  return found.rows[0] ? toLine(found.rows[0]) : null
}

/** What waits is the desk's; what went to a confidential case is read there, by those named on it. */
const isSeen = (person: Person) => sql<SqlBool>`(i.handled_at is null or c.id is null or ${visibleTo(person)})`

/** How many letters wait for somebody; for the tab and the desk. */
export async function countWaiting(reader: Reader): Promise<number> {
  const found = await sql<{ waiting: number }>`select count(*) as waiting from petition_inbox where handled_at is null`.execute(reader)
  return found.rows[0]!.waiting
}

type Row = Omit<InboxLine, 'sender'> & { sender_name: Buffer | null; sender_email: Buffer | null }

const columns = sql`
  select i.id, i.mailbox, i.kind, i.from_program as "fromProgram", i.subject, i.sender_name, i.sender_email, i.received_at as "receivedAt", i.mail_id as "mailId",
    coalesce(c.number, c.follow_no) as "caseName", i.note, i.handled_as as "handledAs", i.handled_at as "handledAt", ${actedBy('p', payloadOf('petition.letter-dismissed', 'letter', sql`i.id`))} as "handledBy", i.reason, encode(i.sha256, 'hex') as sha256, ${isRecordHeld(sql`'petition_inbox'`, sql`i.id`)} as held
  from petition_inbox i left join cases c on c.id = i.case_id and c.kind = ${sql.lit(caseKind)} left join people p on p.id = i.handled_by`

function toLine({ sender_name, sender_email, ...row }: Row): InboxLine {
  const name = unseal(sender_name)
  const email = unseal(sender_email)
  return { ...row, sender: [name && maskName(name), email && maskEmail(email)].filter(Boolean).join(' ') || '看不出寄件人' }
}
