import { type RawBuilder, sql } from 'kysely'
import type { ActContext } from '../act.ts'
import type { Tx } from '../db.ts'
import { record } from '../events/record.ts'
import { personalFiles } from './declare.ts'
import { retentionClasses } from './retention.ts'
import './tables.ts'

/** SQL condition: a suit, an audit or an inquiry needs this case, so it is not destroyed. `id`: an expression of its id. */
export const isCaseHeld = (id: RawBuilder<unknown>) => sql<boolean>`exists (select from legal_holds h where h.case_id = ${id} and h.released_at is null)`

/** The same for a record that belongs to no case. `table`: an expression of the table's name. */
export const isRecordHeld = (table: RawBuilder<unknown>, id: RawBuilder<unknown>) => sql<boolean>`exists (select from legal_holds h where h.record_table = ${table} and h.record_id = ${id} and h.released_at is null)`

/** How a record of no case is named on lists and screens: 來信-000012. Only for tables of a retention class with `records`. */
export function recordName(table: string, id: number): string {
  const { prefix } = retentionClasses().find(({ records }) => records?.table === table)!.records!
  return `${prefix}-${String(id).padStart(6, '0')}`
}

/** The column that names the case of a record, once it has become one. */
export const caseColumnOf = (table: string): string => personalFiles().flatMap((file) => Object.entries(file.tables)).find(([one]) => one === table)![1].case!

/** The record of that name (zeros may be left out), locked, and whether it belongs to a case meanwhile. Null: no class names its records so, or there is none. */
export async function lockNamedRecord(tx: Tx, name: string): Promise<{ table: string; id: number; ofCase: boolean } | null> {
  for (const { records } of retentionClasses()) {
    if (!records || !name.startsWith(records.prefix)) continue
    const number = /^-?(\d{1,15})$/.exec(name.slice(records.prefix.length))?.[1]
    if (!number) continue
    const { table } = records
    const found = await sql<{ id: number; ofCase: boolean }>`select id, ${sql.ref(caseColumnOf(table))} is not null as "ofCase" from ${sql.table(table)} where id = ${Number(number)} for update`.execute(tx)
    return found.rows[0] ? { table, ...found.rows[0] } : null
  }
  return null
}

/** A record that is held became part of a case: the case is held from now on, for the same reason, and the record goes with it. Nothing where it is not held. */
export async function passHoldOn(tx: Tx, ctx: ActContext, table: string, id: number, caseId: number): Promise<void> {
  const hold = await tx.selectFrom('legal_holds').select(['id', 'reason', 'placed_by']).where('record_table', '=', table).where('record_id', '=', id).where('released_at', 'is', null).forUpdate().executeTakeFirst()
  if (!hold) return
  await tx.updateTable('legal_holds').set({ released_by: ctx.person?.id ?? hold.placed_by, released_at: ctx.now, released_why: '已成為案件的一部分，改為保留案件' }).where('id', '=', hold.id).execute()
  await record(tx, ctx, 'record.released', { payload: { hold: hold.id, table, record: id, case: caseId } })
  const placed = await tx.insertInto('legal_holds').values({ case_id: caseId, reason: hold.reason, placed_by: hold.placed_by, released_by: null, released_at: null, released_why: null })
    .onConflict((conflict) => conflict.column('case_id').where('released_at', 'is', null).doNothing()).returning('id').executeTakeFirst()
  if (placed) await record(tx, ctx, 'case.held', { caseId, payload: { hold: placed.id, instead: hold.id } })
}
