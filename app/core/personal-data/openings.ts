import { sql } from 'kysely'
import type { StaffContext } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { ProofNeeded } from '../errors.ts'
import { record } from '../events/record.ts'
import type { Person } from '../identity/permissions.ts'
import './tables.ts'

/** An opening shows the data for this long; after that it is asked and recorded again. */
export const openingMinutes = 10
/** Cases in an hour whose data one person opens in the course of work; for more they show again who they are. */
const openingsUnasked = 20

/**
 * Puts on record that this person opens personal data of a case, for whom and what for; the caller has checked that they may.
 * `event`: the module's noun, e.g. `petition` for `petition.personal-data-opened`. Gives the opening's id for `isOpened`.
 */
export async function recordOpening(tx: Tx, ctx: StaffContext, of: { event: string; caseId: number; purpose: string; fields: string[] }): Promise<number> {
  if (!ctx.proved && (await openedLately(tx, ctx)) >= openingsUnasked) throw new ProofNeeded()
  const { id } = await tx
    .insertInto('personal_data_reads')
    .values({ case_id: of.caseId, person_id: ctx.person.id, on_behalf_of: ctx.onBehalfOf, fields: of.fields, purpose: of.purpose, at: ctx.now })
    .returning('id')
    .executeTakeFirstOrThrow()
  await record(tx, ctx, `${of.event}.personal-data-opened`, { caseId: of.caseId, payload: { read: id } })
  return id
}

/** Cases whose data this person opened within the last hour. */
async function openedLately(tx: Tx, ctx: StaffContext): Promise<number> {
  const { rows } = await sql<{ cases: number }>`select count(distinct case_id) as cases from personal_data_reads where person_id = ${ctx.person.id} and at > ${ctx.now}::timestamptz - interval '1 hour'`.execute(tx)
  return rows[0]!.cases
}

/** Whether this very person opened this case by that opening a moment ago. */
export async function isOpened(reader: Reader, person: Person, caseId: number, openingId: string | undefined, now: Date): Promise<boolean> {
  if (!openingId || !/^\d{1,15}$/.test(openingId)) return false
  const found = await sql<{ at: Date }>`select at from personal_data_reads where id = ${Number(openingId)} and case_id = ${caseId} and person_id = ${person.id}`.execute(reader)
  const at = found.rows[0]?.at
  return at !== undefined && now.getTime() - at.getTime() <= openingMinutes * 60_000
}
