import { sql } from 'kysely'
import type { Reader, Tx } from '../db.ts'
import { personalColumns, type PersonalKind, personalFiles } from './declare.ts'
import { type HashedKind, personalHash, personalHashes } from './hash.ts'
import { seal, unseal } from './seal.ts'

/** Who asks, by what was proved or shown. */
export type Identity = { name?: string | null; email?: string | null; phone?: string | null }
export type Held = { caseId: number; kind: string; caseName: string; title: string; foundBy: string[] }

const kindNames: Partial<Record<PersonalKind, string>> = { name: '姓名', email: '電子郵件', phone: '電話' }

/** Cases in which somebody of this name, mail or telephone stands in a sealed column, and by what each was found. A name alone proves nothing. */
export async function findHeld(reader: Reader, identity: Identity): Promise<Held[]> {
  const found = new Map<number, Set<string>>()
  for (const { table, field, case: caseColumn } of personalColumns()) {
    if (field.how !== 'sealed' || !field.hash || !caseColumn) continue
    const hashes = personalHashes(field.kind as HashedKind, identity[field.kind as keyof Identity])
    if (!hashes.length) continue
    const rows = await sql<{ id: number | null }>`select distinct ${sql.ref(caseColumn)} as id from ${sql.table(table)} where ${sql.ref(field.hash)} = any(${hashes}::bytea[])`.execute(reader)
    for (const { id } of rows.rows) if (id !== null) found.set(id, (found.get(id) ?? new Set()).add(kindNames[field.kind] ?? field.label))
  }
  if (!found.size) return []
  const cases = await sql<Omit<Held, 'foundBy'>>`select id as "caseId", kind, coalesce(number, follow_no) as "caseName", title from cases where id = any(${[...found.keys()]}::bigint[]) and stage <> 'lapsed' order by id`.execute(reader)
  return cases.rows.map((one) => ({ ...one, foundBy: [...found.get(one.caseId)!] }))
}

export type HeldTable = { file: string; /** each row of a table, its fields with their names */ rows: { label: string; value: string }[][] }

/** Everything declared of one case that the person concerned may have: no drafts and notes inside the office (政府資訊公開法 §18 I ③). */
export async function readHeld(reader: Reader, caseId: number): Promise<HeldTable[]> {
  const tables: HeldTable[] = []
  for (const file of personalFiles()) {
    for (const [table, of] of Object.entries(file.tables)) {
      const fields = Object.entries(of.fields).flatMap(([column, field]) => (field.how === 'hash' ? [] : [{ column, field }]))
      if (!of.case || of.internal || !fields.length) continue
      const found = await sql<Record<string, unknown>>`select ${sql.join(fields.map(({ column }) => sql.ref(column)))} from ${sql.table(table)} where ${sql.ref(of.case)} = ${caseId}`.execute(reader)
      const rows = found.rows.map((row) => fields.flatMap(({ column, field }) => valueOf(field.label, field.how === 'sealed', row[column]))).filter((row) => row.length)
      if (!rows.length) continue
      const before = tables.at(-1)
      if (before?.file === file.title) before.rows.push(...rows)
      else tables.push({ file: file.title, rows })
    }
  }
  return tables
}

function valueOf(label: string, sealed: boolean, value: unknown): { label: string; value: string }[] {
  if (value === null || value === undefined) return []
  const text = sealed ? unseal(value as Buffer) : typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text && text !== '[]' && text !== '{}' ? [{ label, value: text }] : []
}

export type Correctable = { key: string; label: string; table: string; column: string; value: string | null }

/** The sealed fields of a case, as they can be corrected: one row each. */
export async function findCorrectable(reader: Reader, caseId: number): Promise<Correctable[]> {
  const fields: Correctable[] = []
  for (const { table, column, field, case: caseColumn } of personalColumns()) {
    if (field.how !== 'sealed' || caseColumn !== 'id') continue // a table with one row a case
    const found = await sql<{ value: Buffer | null }>`select ${sql.ref(column)} as value from ${sql.table(table)} where id = ${caseId}`.execute(reader)
    if (found.rows[0]) fields.push({ key: `${table}.${column}`, label: field.label, table, column, value: unseal(found.rows[0].value) })
  }
  return fields
}

/** Puts the right value in the place of the wrong one; what was believed before stays in the history of the table. */
export async function correctField(tx: Tx, caseId: number, key: string, value: string): Promise<boolean> {
  const found = personalColumns().find(({ table, column, field, case: caseColumn }) => `${table}.${column}` === key && field.how === 'sealed' && caseColumn === 'id')
  if (!found || found.field.how !== 'sealed') return false
  const { table, column, field } = found
  await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${seal(value)} ${field.hash ? sql`, ${sql.ref(field.hash)} = ${personalHash(field.kind as HashedKind, value)}` : sql``} where id = ${caseId}`.execute(tx)
  return true
}
