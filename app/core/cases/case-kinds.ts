import { type RawBuilder, sql } from 'kysely'
import type { ActContext } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import type { Person } from '../identity/permissions.ts'

/** One kind of case as its module declares it, so that what spans all kinds needs no knowledge of any. */
export type CaseKind = {
  /** the value of cases.kind */
  kind: string
  /** 人民陳情 */
  label: string
  /** where the console shows a case, by 案號 or by follow number before it has one */
  path(name: string): string
  /** SQL condition "this person may see the case" over an alias of cases */
  visibleTo(person: Person, alias: string): RawBuilder<boolean>
  /** the permission that whoever has such a case in hand works it with: a case is handed over to nobody who lacks it */
  works: string
  /** what goes along when a case gets another officer, as letters joined to it */
  carry?(tx: Tx, ctx: ActContext, caseId: number, to: { unitId: number; officerId: number }): Promise<void>
  /** how a case of this kind is made of one of others: offered on their pages, so that they need not know it */
  madeFrom?: { kinds: readonly string[]; permission: string; label: string; path(number: string): string }
  /** what a case of this kind says in its own words, for one that is made of it */
  told?(reader: Reader, caseId: number): Promise<string | null>
}

let kinds: readonly CaseKind[] = []

/** Called once at start with what the modules declare. */
export function useCaseKinds(of: readonly CaseKind[]): void {
  kinds = of
}

/** Every kind of case of this office, in the order of its modules. */
export function caseKinds(): readonly CaseKind[] {
  return kinds
}

/** SQL condition over cases under `alias`: this person may see it, by what each kind of case says of its own. */
export function seenBy(person: Person, alias: string): RawBuilder<boolean> {
  const each = kinds.map((one) => sql<boolean>`(${sql.ref(`${alias}.kind`)} = ${one.kind} and ${one.visibleTo(person, alias)})`)
  return each.length ? sql<boolean>`(${sql.join(each, sql` or `)})` : sql<boolean>`false`
}

/** Where the console shows a case; null for a kind without pages. */
export function casePath(kind: string, name: string): string | null {
  return kinds.find((each) => each.kind === kind)?.path(name) ?? null
}

/** Whether it reads as a 案號 of any kind: 訴115-000013, 訴會115-2; blanks and full-width signs do not matter. Null when it does not. */
export function caseNumberOf(typed: string): string | null {
  const found = /^(\p{Script=Han}{1,4})(\d{2,3})-(\d{1,6})$/u.exec(typed.normalize('NFKC').replace(/\s/g, ''))
  return found && `${found[1]}${Number(found[2])}-${found[3]!.padStart(6, '0')}`
}

/** Where the case of that number stands, whatever its kind; null when there is none that this person may see. */
export async function pathOfNumber(reader: Reader, person: Person, number: string): Promise<string | null> {
  const { rows } = await sql<{ kind: string }>`select c.kind from cases c where c.number = ${number} and ${seenBy(person, 'c')}`.execute(reader)
  return rows[0] ? casePath(rows[0].kind, number) : null
}
