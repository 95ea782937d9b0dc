import type { HashedKind } from './hash.ts'

/**
 * Which columns hold personal data, of whom and of what kind: a module says it once, beside its tables, and from this one
 * place come sealing again, the search by hash, the export for the person concerned, destruction, the public list
 * of files (個資法 §17) and the test that looks for columns nobody declared.
 */
export type PersonalFile = {
  /** `petitions`; unique */
  id: string
  /** name of the file of personal data on the public list */
  title: string
  /** 特定目的, in words of the office */
  purpose: string
  /** 個人資料之類別: codes with names */
  categories: string[]
  /** 保有之依據: articles */
  basis: string
  /** whose data: 陳情人, 同仁 … */
  of: string
  /** how long, in one sentence; the rule itself is the module's retention */
  kept: string
  tables: Record<string, PersonalTable>
}

export type PersonalTable = {
  /** column with the case's id, where a row belongs to a case */
  case?: string
  fields: Record<string, PersonalField>
  /** column with documents that belong to the case: their files go with it */
  documents?: string
  /** destruction takes whole rows away: they are nothing but content */
  rowsGo?: true
  /** destruction leaves them: masked before they were written, or part of an issued document */
  stays?: true
  /** drafts and notes inside the office: no part of a copy for the person concerned (政府資訊公開法 §18 I ③) */
  internal?: true
  /** columns about somebody else than the row is about: no part of a copy for the person concerned, nor theirs to correct */
  others?: string[]
  /** columns with keyed hashes of the names of a case's parties: looked through for conflicts of interest, while the case is open or as long as it is kept */
  parties?: { hashes: string[]; while: 'open' | 'kept' }
  /** column with the key version of keyed hashes that cannot be made again (nothing else tells it) */
  keyVersion?: string
}

export type PersonalKind = 'name' | 'email' | 'phone' | 'address' | 'id-number' | 'content' | 'code' | 'file-name' | 'place' | 'login'

export type PersonalField =
  /** encrypted; `hash`: column with its keyed hash */
  | { how: 'sealed'; kind: PersonalKind; label: string; hash?: string }
  /** keyed hash of something kept elsewhere or nowhere: `of` names the sealed column it is made from */
  | { how: 'hash'; kind: HashedKind | 'content'; of?: string }
  /** readable, since it is searched or shown: letters, answers; may name anybody */
  | { how: 'plain'; kind: PersonalKind; label: string }

export const sealed = (kind: PersonalKind, label: string, hash?: string): PersonalField => ({ how: 'sealed', kind, label, ...(hash ? { hash } : {}) })
export const plain = (kind: PersonalKind, label: string): PersonalField => ({ how: 'plain', kind, label })
export const hashed = (kind: HashedKind | 'content', of?: string): PersonalField => ({ how: 'hash', kind, ...(of ? { of } : {}) })

const files = new Map<string, PersonalFile>()

/** Filled once at start from core and modules. */
export function declarePersonalData(...given: PersonalFile[]): void {
  for (const file of given) files.set(file.id, file)
}

export function personalFiles(): PersonalFile[] {
  return [...files.values()]
}

export type PersonalColumn = { file: PersonalFile; table: string; column: string; field: PersonalField; case: string | null }

export function personalColumns(): PersonalColumn[] {
  return personalFiles().flatMap((file) =>
    Object.entries(file.tables).flatMap(([table, { fields, case: caseColumn }]) => Object.entries(fields).map(([column, field]) => ({ file, table, column, field, case: caseColumn ?? null }))),
  )
}

/** The sealed and hashed columns of one table: what the proof of a case treats apart. */
export function sealedColumnsOf(table: string): { sealed: string[]; hashes: string[] } {
  const columns = personalColumns().filter((one) => one.table === table)
  return { sealed: columns.filter((one) => one.field.how === 'sealed').map((one) => one.column), hashes: columns.filter((one) => one.field.how === 'hash').map((one) => one.column) }
}
