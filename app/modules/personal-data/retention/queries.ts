import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import { NotFound } from '../../../core/errors.ts'
import { actedBy, payloadOf } from '../../../core/events/acted-by.ts'
import { recordName } from '../../../core/personal-data/legal-holds.ts'
import type { DestructionState } from '../../../core/personal-data/tables.ts'
import type { Day } from '../../../core/time.ts'

export type ListLine = { id: number; title: string; state: DestructionState; cutoffOn: Day; madeBy: string; madeAt: Date; count: number; excluded: number; destroyed: number }

const counts = sql`(select count(*) from destruction_items i where i.list_id = l.id) as count,
  (select count(*) from destruction_items i where i.list_id = l.id and i.excluded_why is not null) as excluded,
  (select count(*) from destruction_items i where i.list_id = l.id and i.destroyed_at is not null) as destroyed`

const madeBy = actedBy('p', payloadOf('destruction.listed', 'list', sql`l.id`))
const decidedBy = actedBy('d', sql`e.kind in ('destruction.approved', 'destruction.rejected') and e.payload->>'list' = l.id::text`)

/** Every list there ever was, the newest first: they are kept for good. */
export async function listLists(reader: Reader): Promise<ListLine[]> {
  const found = await sql<ListLine>`select l.id, l.title, l.state, l.cutoff_on as "cutoffOn", ${madeBy} as "madeBy", l.made_at as "madeAt", ${counts} from destruction_lists l join people p on p.id = l.made_by order by l.id desc limit 200`.execute(reader)
  return found.rows
}

export type DestructionList = ListLine & { class: string; makerId: number; years: number | null; basis: string; plan: string; submittedAt: Date | null; decidedBy: string | null; decidedAt: Date | null; note: string | null; authorityNo: string | null; doneAt: Date | null }

export async function getList(reader: Reader, id: string): Promise<DestructionList> {
  if (!/^\d{1,15}$/.test(id)) throw new NotFound('找不到這份銷毀目錄')
  const found = await sql<DestructionList>`
    select l.id, l.title, l.state, l.class, l.cutoff_on as "cutoffOn", l.years, l.basis, l.plan, l.made_by as "makerId", ${madeBy} as "madeBy", l.made_at as "madeAt", l.submitted_at as "submittedAt", ${decidedBy} as "decidedBy",
      l.decided_at as "decidedAt", l.decision_note as note, l.authority_no as "authorityNo", l.done_at as "doneAt", ${counts}
    from destruction_lists l join people p on p.id = l.made_by left join people d on d.id = l.decided_by where l.id = ${Number(id)}`.execute(reader)
  if (!found.rows[0]) throw new NotFound('找不到這份銷毀目錄')
  return found.rows[0]
}

export type ItemLine = { name: string; receivedOn: Day | null; closedOn: Day; keptUntil: Day; unitName: string | null; outcome: string | null; excludedWhy: string | null; destroyedAt: Date | null }

export const itemsPageSize = 100
/** more than a county closes in a year; a list of more is read in the console */
const itemsOfFileMax = 100_000

/** All of them, as the file lists them. */
export const allItems = async (reader: Reader, list: number): Promise<ItemLine[]> => (await itemsOf(reader, list, '', itemsOfFileMax)).rows

export async function listItems(reader: Reader, list: number, after: string): Promise<{ rows: ItemLine[]; next: string | null }> {
  const found = await itemsOf(reader, list, after, itemsPageSize + 1)
  const rows = found.rows.slice(0, itemsPageSize)
  return { rows, next: found.rows.length > itemsPageSize ? rows.at(-1)!.name : null }
}

function itemsOf(reader: Reader, list: number, after: string, most: number) {
  return sql<ItemLine>`
    select name, received_on as "receivedOn", closed_on as "closedOn", kept_until as "keptUntil", unit_name as "unitName", outcome, excluded_why as "excludedWhy", destroyed_at as "destroyedAt"
    from destruction_items where list_id = ${list} and name > ${after} order by name limit ${sql.lit(most)}`.execute(reader)
}

/** `name`: of the case, or of the letter that became none */
export type HoldLine = { id: number; name: string; reason: string; placedBy: string; placedAt: Date; releasedAt: Date | null; releasedWhy: string | null }

/** What is held, the newest first, then what was. */
export async function listHolds(reader: Reader): Promise<HoldLine[]> {
  const placedBy = actedBy('p', sql`e.kind in ('case.held', 'record.held') and e.payload->>'hold' = h.id::text`)
  const { rows } = await sql<Omit<HoldLine, 'name'> & { caseName: string | null; table: string; record: number }>`
    select h.id, coalesce(c.number, c.follow_no) as "caseName", h.record_table as table, h.record_id as record, h.reason, ${placedBy} as "placedBy", h.placed_at as "placedAt", h.released_at as "releasedAt", h.released_why as "releasedWhy"
    from legal_holds h left join cases c on c.id = h.case_id join people p on p.id = h.placed_by order by h.released_at is not null, h.id desc limit 200`.execute(reader)
  return rows.map(({ caseName, table, record, ...row }) => ({ ...row, name: caseName ?? recordName(table, record) }))
}
