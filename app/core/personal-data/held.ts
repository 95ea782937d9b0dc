import { sql } from 'kysely'
import type { Reader, Tx } from '../db.ts'
import { personalColumns, personalFiles, type PersonalKind, type PersonalTable } from './declare.ts'
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
/** `others`: somebody else is a party too, so what was written in the case stays out: it tells of both. */
export type HeldCase = { tables: HeldTable[]; others: boolean }

/**
 * What is declared of one case that this person may have: rows about people only where name, mail or telephone is theirs; no drafts and notes inside the
 * office (政府資訊公開法 §18 I ③); no texts of a case with other parties, which are read by inspection of the file (行政程序法 §46 II ④).
 */
export async function readHeld(reader: Reader, caseId: number, identity: Identity): Promise<HeldCase> {
  const own = await findOwnRows(reader, caseId, identity)
  const others = own.some(({ of, strangers }) => of.parties !== undefined && strangers > 0)
  const tables: HeldTable[] = []
  const add = (title: string, rows: HeldTable['rows']) => {
    const before = tables.at(-1)
    if (before?.file === title) before.rows.push(...rows)
    else if (rows.length) tables.push({ file: title, rows })
  }
  for (const file of personalFiles()) {
    for (const [table, of] of Object.entries(file.tables)) {
      const fields = shownFields(of)
      if (!of.case || of.internal || !fields.length) continue
      const mine = own.find((one) => one.table === table)
      if (!mine && (others && !isAboutCase(table))) continue
      const found = mine?.rows ?? (await rowsOf(reader, table, of.case, caseId))
      add(file.title, found.map((row) => fields.flatMap(({ column, field }) => (mine || field.how !== 'sealed' ? valueOf(field.label, field.how === 'sealed', row[column]) : []))).filter((row) => row.length))
    }
  }
  return { tables, others }
}

/** The case's own subject and files are the asker's to know of, whoever else is a party. */
const isAboutCase = (table: string): boolean => table === 'cases'

const shownFields = ({ fields, others }: PersonalTable) => Object.entries(fields).flatMap(([column, field]) => (field.how === 'hash' || others?.includes(column) ? [] : [{ column, field }]))

type Row = Record<string, unknown>
type OwnRows = { table: string; of: PersonalTable; rows: (Row & { row_name: string })[]; strangers: number }

async function rowsOf(reader: Reader, table: string, caseColumn: string, caseId: number): Promise<(Row & { row_name: string })[]> {
  return (await sql<Row & { row_name: string }>`select t.*, coalesce(to_jsonb(t)->>'id', '') as row_name from ${sql.table(table)} t where t.${sql.ref(caseColumn)} = ${caseId} order by 1`.execute(reader)).rows
}

/** The tables whose rows are each about one person, told by keyed hashes: those that are the asker's, and how many are somebody else's. */
async function findOwnRows(reader: Reader, caseId: number, identity: Identity): Promise<OwnRows[]> {
  const tables: { table: string; of: PersonalTable; found: (Row & { row_name: string })[] }[] = []
  for (const { tables: of } of personalFiles()) {
    for (const [table, one] of Object.entries(of)) {
      if (one.case && personHashes(one).length) tables.push({ table, of: one, found: await rowsOf(reader, table, one.case, caseId) })
    }
  }
  const known = new Set<string>()
  const learn = (kind: PersonalKind, text: string | null | undefined) => { for (const hash of personalHashes(kind as HashedKind, text)) known.add(`${kind} ${hash.toString('hex')}`) }
  for (const kind of ['name', 'email', 'phone'] as const) learn(kind, identity[kind])
  const isOwn = (of: PersonalTable, row: Row) => personHashes(of).some(({ kind, hash }) => Buffer.isBuffer(row[hash]) && known.has(`${kind} ${(row[hash] as Buffer).toString('hex')}`))
  // an address that stands beside their name is theirs, too: letters to it are letters to them
  for (const { of, found } of tables) {
    for (const row of found.filter((one) => isOwn(of, one))) for (const { column, kind } of personHashes(of)) if (kind !== 'name') learn(kind, unseal(row[column] as Buffer | null))
  }
  return tables.map(({ table, of, found }) => ({ table, of, rows: found.filter((row) => isOwn(of, row)), strangers: found.filter((row) => !isOwn(of, row)).length }))
}

const personHashes = ({ fields }: PersonalTable) => Object.entries(fields).flatMap(([column, field]) => (field.how === 'sealed' && field.hash && ['name', 'email', 'phone'].includes(field.kind) ? [{ column, kind: field.kind, hash: field.hash }] : []))

function valueOf(label: string, sealed: boolean, value: unknown): { label: string; value: string }[] {
  if (value === null || value === undefined) return []
  const text = sealed ? unseal(value as Buffer) : typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text && text !== '[]' && text !== '{}' ? [{ label, value: text }] : []
}

/** `key`: table, column and row. `row`: which of several, by the name or address in it. */
export type Correctable = { key: string; label: string; value: string | null; row: number }

/** The sealed fields of the asker's own rows in a case. */
export async function findCorrectable(reader: Reader, caseId: number, identity: Identity): Promise<Correctable[]> {
  const fields: Correctable[] = []
  let count = 0
  for (const { table, of, rows } of await findOwnRows(reader, caseId, identity)) {
    if (of.internal || table === 'mail_messages') continue // a letter that went out is a fact
    for (const row of rows) {
      count += 1
      for (const { column, field } of shownFields(of)) if (field.how === 'sealed') fields.push({ key: `${table}.${column}.${row.row_name}`, label: field.label, value: unseal(row[column] as Buffer | null), row: count })
    }
  }
  return fields
}

/** Puts the right value in the place of the wrong one, in a row of the asker's; what was believed before stays in the history of the table. False: no such field of theirs. */
export async function correctField(tx: Tx, caseId: number, identity: Identity, key: string, value: string): Promise<boolean> {
  if (!(await findCorrectable(tx, caseId, identity)).some((one) => one.key === key)) return false
  const [tableName, columnName, rowName] = key.split('.')
  const { table, column, field, case: caseColumn } = personalColumns().find((one) => one.table === tableName && one.column === columnName)!
  const hash = field.how === 'sealed' ? field.hash : undefined
  await sql`update ${sql.table(table)} t set ${sql.ref(column)} = ${seal(value)} ${hash ? sql`, ${sql.ref(hash)} = ${personalHash(field.kind as HashedKind, value)}` : sql``}
    where t.${sql.ref(caseColumn!)} = ${caseId} and coalesce(to_jsonb(t)->>'id', '') = ${rowName!}`.execute(tx)
  return true
}
