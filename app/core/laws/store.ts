import { sql } from 'kysely'
import type { Reader, Tx } from '../db.ts'
import { searchText } from '../search/text.ts'
import type { Day } from '../time.ts'
import { articleSpans, type Change, promulgatedBy } from './dated.ts'
import { operationsBetween } from './difference.ts'
import type { NationalLaw } from './parse-moj.ts'
import { emptyText, type LawText } from './text.ts'
import type { ChangeKind, LawKind } from './tables.ts'
import type { Operation } from './operations.ts'

export type NewLaw = { code?: string; name: string; kind: LawKind; category: string | null; unitId: number | null; public: boolean; /** when it was recorded, for what came from elsewhere */ recordedAt?: Date }

/** A law without any text yet; its code is drawn when none is given: R0001. */
export async function createLaw(tx: Tx, law: NewLaw): Promise<{ id: number; code: string }> {
  const id = (await sql<{ id: number }>`select nextval(pg_get_serial_sequence('windlion.laws', 'id')) as id`.execute(tx)).rows[0]!.id
  const code = law.code ?? `R${String(id).padStart(4, '0')}`
  await tx.insertInto('laws').values({ id, code, name: law.name, kind: law.kind, category: law.category, unit_id: law.unitId, public: law.public, ...(law.recordedAt ? { sys_from: law.recordedAt } : {}) }).execute()
  return { id, code }
}

export type NewChange = {
  lawId: number
  kind: ChangeKind
  promulgatedOn: Day
  effectiveOn: Day | null
  operations: Operation[]
  documentNo?: string | null
  note?: string | null
  caseId?: number | null
  importId?: number | null
}

/** Writes a promulgation after those of its day, and makes the search rows of its law anew. */
export async function recordChange(tx: Tx, change: NewChange): Promise<number> {
  const { rows } = await sql<{ seq: number }>`select coalesce(max(seq), 0) + 1 as seq from law_changes where law_id = ${change.lawId} and promulgated_on = ${change.promulgatedOn}`.execute(tx)
  const { id } = await tx
    .insertInto('law_changes')
    .values({
      law_id: change.lawId, seq: rows[0]!.seq, kind: change.kind, promulgated_on: change.promulgatedOn, effective_on: change.effectiveOn, document_no: change.documentNo ?? null,
      note: change.note ?? null, operations: JSON.stringify(change.operations) as never, case_id: change.caseId ?? null, import_id: change.importId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await indexLaw(tx, change.lawId)
  return id
}

/** Every promulgation of a law, in their order. */
export async function findChanges(reader: Reader, lawId: number): Promise<Change[]> {
  const rows = await reader.selectFrom('law_changes').select(['id', 'promulgated_on', 'effective_on', 'seq', 'operations']).where('law_id', '=', lawId).orderBy('promulgated_on').orderBy('seq').execute()
  return rows.map((row) => ({ id: row.id, promulgatedOn: row.promulgated_on, effectiveOn: row.effective_on, seq: row.seq, operations: row.operations }))
}

/** The law as the next amendment finds it: with everything promulgated by that day, in force or not. */
export async function textForAmendment(reader: Reader, lawId: number, on: Day, name = ''): Promise<LawText> {
  return promulgatedBy(await findChanges(reader, lawId), on, name).text
}

/** The law's name, its last day and its search rows follow from its changes. */
export async function indexLaw(tx: Tx, lawId: number): Promise<void> {
  const changes = await findChanges(tx, lawId)
  const { text, endsOn } = promulgatedBy(changes, '9999-12-31' as Day)
  if (text.name) await tx.updateTable('laws').set({ name: text.name }).where('id', '=', lawId).where('name', '<>', text.name).execute()
  await tx.updateTable('laws').set({ ends_on: endsOn }).where('id', '=', lawId).where('ends_on', 'is distinct from', endsOn).execute()
  const rows = [...articleSpans(changes)].flatMap(([no, spans]) =>
    spans.map(({ from, until, article, position }) => ({ law_id: lawId, no, position, valid_from: from, valid_until: until, body: article.text, text: searchText(`${article.caption ?? ''}\n${article.text}`) })),
  )
  await tx.deleteFrom('law_articles').where('law_id', '=', lawId).execute()
  for (let at = 0; at < rows.length; at += 1000) await tx.insertInto('law_articles').values(rows.slice(at, at + 1000)).execute()
}

/**
 * Takes over a law of the national database: its text as of the day of its last change; what was before that day is not known here.
 * The same text again changes nothing; a later one is an amendment. Gives what was done.
 */
export async function saveNationalLaw(tx: Tx, law: NationalLaw): Promise<'added' | 'changed' | 'unchanged'> {
  const known = await tx.selectFrom('laws').select('id').where('code', '=', law.code).executeTakeFirst()
  const changes = known ? await findChanges(tx, known.id) : []
  const last = changes.at(-1)
  if (last && last.promulgatedOn >= law.lastChangedOn) return 'unchanged'
  const id = known?.id ?? (await createLaw(tx, { code: law.code, name: law.text.name, kind: 'national', category: law.category || null, unitId: null, public: true })).id
  const before = promulgatedBy(changes, law.lastChangedOn).text
  const operations: Operation[] = [...operationsBetween(last ? before : emptyText(''), law.text), ...(law.repealed ? [{ do: 'repeal' } as const] : [])]
  await recordChange(tx, { lawId: id, kind: last ? 'amend' : 'consolidated', promulgatedOn: law.lastChangedOn, effectiveOn: law.lastChangedOn, operations, note: law.history })
  return known ? 'changed' : 'added'
}
