import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Reader, Tx } from '../db.ts'
import type { Day } from '../time.ts'
import { operationsBetween } from './difference.ts'
import { apply, type Operation, type Standing, standingOf } from './operations.ts'
import { indexLaw } from './store.ts'
import type { ChangeKind } from './tables.ts'
import { emptyText, type LawText } from './text.ts'

/** A promulgation with the whole text it led to: how records of another system tell it, and how a wrong one is put right. */
export type Entry = {
  /** null: not written yet */
  id: number | null
  kind: ChangeKind
  promulgatedOn: Day
  effectiveOn: Day | null
  documentNo: string | null
  note: string | null
  caseId: number | null
  importId: number | null
  /** the text with it; null where it changes no words (repeal, suspension) */
  text: LawText | null
  /** what it does besides: repeal, suspend, resume, declare void, set the last day */
  rest: Operation[]
  recordedAt?: Date
}

const isRest = ({ do: what }: Operation): boolean => what === 'repeal' || what === 'suspend' || what === 'resume' || what === 'void' || what === 'end-on'
const start: Standing = standingOf(emptyText(''))

/** A law's promulgations, each with its whole text. */
export async function findEntries(reader: Reader, lawId: number): Promise<Entry[]> {
  const rows = await reader.selectFrom('law_changes').selectAll().where('law_id', '=', lawId).orderBy('promulgated_on').orderBy('seq').execute()
  let standing = start
  return rows.map((row): Entry => {
    standing = apply(standing, row.operations)
    const wording = row.operations.some((operation) => !isRest(operation))
    return {
      id: row.id, kind: row.kind, promulgatedOn: row.promulgated_on, effectiveOn: row.effective_on, documentNo: row.document_no, note: row.note, caseId: row.case_id, importId: row.import_id,
      text: wording || row.kind === 'enact' ? standing.text : null, rest: row.operations.filter(isRest),
    }
  })
}

/**
 * Writes a law's promulgations: by day, those of one day in the order given. Operations are computed anew between each text and the
 * one before, so that an entry put in between, or a corrected text, leaves every other text as it was.
 */
export async function saveEntries(tx: Tx, lawId: number, entries: Entry[]): Promise<void> {
  const rows = rowsOf(lawId, entries)
  const before = new Map((await tx.selectFrom('law_changes').selectAll().where('law_id', '=', lawId).execute()).map((row) => [row.id, row]))
  const changed = rows.filter(({ id, row }) => id === null || !isDeepStrictEqual(row, pick(before.get(id)!, row)))
  const moved = changed.flatMap(({ id }) => (id === null ? [] : [id]))
  // out of the way first: two of a day may change places
  if (moved.length) await sql`update law_changes set seq = seq + 1000 where id = any(${moved}::bigint[])`.execute(tx)
  for (const { id, row, recordedAt } of changed) {
    const values = { ...row, operations: JSON.stringify(row.operations) as never }
    if (id === null) await tx.insertInto('law_changes').values({ ...values, ...(recordedAt ? { sys_from: recordedAt } : {}) }).execute()
    else await tx.updateTable('law_changes').set(values).where('id', '=', id).execute()
  }
  await indexLaw(tx, lawId)
}

function rowsOf(lawId: number, entries: readonly Entry[]) {
  const seqs = new Map<Day, number>()
  let standing = start
  return entries.toSorted((a, b) => (a.promulgatedOn < b.promulgatedOn ? -1 : a.promulgatedOn > b.promulgatedOn ? 1 : 0)).map((entry) => {
    const operations = [...(entry.text ? operationsBetween(standing.text, entry.text) : []), ...entry.rest]
    standing = apply(standing, operations)
    const seq = (seqs.get(entry.promulgatedOn) ?? 0) + 1
    seqs.set(entry.promulgatedOn, seq)
    const row = {
      law_id: lawId, seq, kind: entry.kind, promulgated_on: entry.promulgatedOn, effective_on: entry.effectiveOn, document_no: entry.documentNo, note: entry.note, operations, case_id: entry.caseId, import_id: entry.importId,
    }
    return { id: entry.id, row, recordedAt: entry.recordedAt }
  })
}

const pick = (from: object, like: object): object => Object.fromEntries(Object.keys(like).map((key) => [key, from[key as keyof typeof from]]))
