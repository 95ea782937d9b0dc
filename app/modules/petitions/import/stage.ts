import { type RawBuilder, sql } from 'kysely'
import { newFollowNo } from '../../../core/cases/numbers.ts'
import type { Tx } from '../../../core/db.ts'
import { personalHash, seal } from '../../../core/personal-data/index.ts'
import { searchText } from '../../../core/search/text.ts'
import { findQuestions } from '../questions.ts'
import { type ImportedDue, dueOfImported } from './due.ts'
import type { PetitionImportRow } from './check.ts'

/** Rows a statement: enough that the round trip does not count, few enough that one statement stays below some megabytes. */
const rowsPerStatement = 1_000

/**
 * Carries the rows over into temporary tables of this transaction, from which spreadRows() writes the real ones. r, d, x, c
 * are the recorded instants of receipt, dispatch, extension and closing: when they happened, but never before the receipt was
 * recorded, and in this order.
 */
export async function stageRows(tx: Tx, rows: readonly PetitionImportRow[]): Promise<void> {
  await sql`create temp table staged (
    case_id bigint primary key default nextval(pg_get_serial_sequence('windlion.cases', 'id')),
    clock_id bigint not null default nextval(pg_get_serial_sequence('windlion.case_clocks', 'id')),
    ${sql.join(columns.map(({ name, type }) => sql`${sql.ref(name)} ${sql.raw(type)}`))}
  ) on commit drop`.execute(tx)
  await sql`create temp table staged_joint (number text, unit_id bigint) on commit drop`.execute(tx)
  await sql`create temp table staged_questions (number text, no int, text text) on commit drop`.execute(tx)
  for (let from = 0; from < rows.length; from += rowsPerStatement) await stageSome(tx, rows.slice(from, from + rowsPerStatement))
  await sql`create unique index on staged (number)`.execute(tx)
  await sql`analyze staged (case_id, number, merged_into)`.execute(tx)
}

async function stageSome(tx: Tx, rows: readonly PetitionImportRow[]): Promise<void> {
  const withDue = rows.map((row) => ({ row, due: dueOfImported(row) }))
  const arrays = columns.map(({ type, value }) => sql`${withDue.map(value)}::${sql.raw(type)}[]`)
  await sql`insert into staged (${sql.join(columns.map(({ name }) => sql.ref(name)))}) select * from unnest(${sql.join(arrays)})`.execute(tx)
  await stageList(tx, 'staged_joint', rows.flatMap((row) => row.jointUnitIds.map((id) => [row.number, id])), ['text', 'bigint'])
  // A closed letter's questions were answered in the old system.
  const open = rows.filter(({ closedAt }) => closedAt === null)
  const questions = open.flatMap((row) => findQuestions(row.body).map((text, i) => [row.number, i + 1, text]))
  await stageList(tx, 'staged_questions', questions, ['text', 'int', 'text'])
}

async function stageList(tx: Tx, table: string, list: (string | number)[][], types: string[]): Promise<void> {
  if (list.length === 0) return
  const arrays: RawBuilder<unknown>[] = types.map((type, i) => sql`${list.map((item) => item[i])}::${sql.raw(type)}[]`)
  await sql`insert into ${sql.table(table)} select * from unnest(${sql.join(arrays)})`.execute(tx)
}

type WithDue = { row: PetitionImportRow; due: ImportedDue }
type StagedColumn = { name: string; type: string; value: (it: WithDue) => unknown }

const columns: StagedColumn[] = [
  { name: 'number', type: 'text', value: ({ row }) => row.number },
  { name: 'follow_no', type: 'text', value: () => newFollowNo() },
  { name: 'channel', type: 'text', value: ({ row }) => row.channel },
  { name: 'title', type: 'text', value: ({ row }) => row.subject },
  { name: 'body', type: 'text', value: ({ row }) => row.body },
  { name: 'search', type: 'text', value: ({ row }) => searchText([row.subject, row.body, row.answer].filter(Boolean).join('\n')) },
  { name: 'sender_name', type: 'bytea', value: ({ row }) => seal(row.senderName) },
  { name: 'sender_email', type: 'bytea', value: ({ row }) => seal(row.senderEmail) },
  { name: 'sender_phone', type: 'bytea', value: ({ row }) => seal(row.senderPhone) },
  { name: 'sender_address', type: 'bytea', value: ({ row }) => seal(row.senderAddress) },
  { name: 'name_hash', type: 'bytea', value: ({ row }) => personalHash('name', row.senderName) },
  { name: 'email_hash', type: 'bytea', value: ({ row }) => personalHash('email', row.senderEmail) },
  { name: 'phone_hash', type: 'bytea', value: ({ row }) => personalHash('phone', row.senderPhone) },
  { name: 'answer_by', type: 'text', value: ({ row }) => (row.senderEmail ? 'mail' : row.senderAddress ? 'post' : row.senderPhone ? 'telephone' : 'none') },
  { name: 'township', type: 'text', value: ({ row }) => row.township },
  { name: 'category', type: 'text', value: ({ row }) => row.category },
  { name: 'unit_id', type: 'bigint', value: ({ row }) => row.unitId },
  { name: 'received_at', type: 'timestamptz', value: ({ row }) => row.receivedAt },
  { name: 'registered_at', type: 'timestamptz', value: ({ row }) => row.registeredAt },
  { name: 'dispatched_at', type: 'timestamptz', value: ({ row }) => row.dispatchedAt ?? row.registeredAt },
  { name: 'closed_at', type: 'timestamptz', value: ({ row }) => row.closedAt },
  { name: 'r', type: 'timestamptz', value: ({ row }) => row.registeredAt },
  { name: 'd', type: 'timestamptz', value: (it) => recordedDispatch(it) },
  { name: 'x', type: 'timestamptz', value: ({ row, due }) => due.extendedAt && latest(due.extendedAt, row.registeredAt) },
  { name: 'c', type: 'timestamptz', value: ({ row }) => row.closedAt && latest(row.closedAt, row.registeredAt) },
  { name: 'first_due_on', type: 'date', value: ({ due }) => due.first },
  { name: 'last_due_on', type: 'date', value: ({ due }) => due.last },
  { name: 'computed_due_on', type: 'date', value: ({ due }) => due.computed },
  // the day of an extension, or one kept against the rule, is the old system's: its facts are not known
  { name: 'params', type: 'jsonb', value: ({ row, due }) => (due.differs || row.extendedTo ? null : '{}') },
  { name: 'imported_due_on', type: 'date', value: ({ row, due }) => (due.differs ? row.dueOn : null) },
  { name: 'extended_to', type: 'date', value: ({ row }) => row.extendedTo },
  { name: 'extended_at', type: 'timestamptz', value: ({ due }) => due.extendedAt },
  { name: 'because', type: 'text', value: ({ due }) => due.because },
  { name: 'explanation', type: 'text', value: ({ due }) => due.explanation.join('\n') },
  { name: 'outcome', type: 'text', value: ({ row }) => row.outcome },
  { name: 'answer', type: 'text', value: ({ row }) => row.answer },
  { name: 'satisfaction', type: 'int', value: ({ row }) => row.satisfaction },
  { name: 'publish_consent', type: 'boolean', value: ({ row }) => row.publishConsent },
  { name: 'merged_into', type: 'text', value: ({ row }) => row.mergedInto },
]

// A dispatch after the closing (odd, but kept as written) was not believed before it.
function recordedDispatch({ row }: WithDue): Date {
  const dispatched = latest(row.dispatchedAt ?? row.registeredAt, row.registeredAt)
  return row.closedAt && row.closedAt < dispatched ? latest(row.closedAt, row.registeredAt) : dispatched
}

const latest = (a: Date, b: Date): Date => (a > b ? a : b)
