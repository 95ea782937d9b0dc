import { sql } from 'kysely'
import { caseRow } from '../../../core/cases/open.ts'
import type { Tx } from '../../../core/db.ts'
import { findUnitsForImport, unitFinder } from '../../../core/identity/unit-finder.ts'
import { indexCase } from '../../../core/search/search.ts'
import { caseImporter, type CaseToChange, type KnownCase } from '../../../core/tabular/case-import.ts'
import type { CheckedRow } from '../../../core/tabular/schema.ts'
import { type Day, dayOf, startOf } from '../../../core/time.ts'
import { caseKind, numberPrefix, type ReviewRole } from '../schema.ts'
import '../tables.ts'
import { checkProposals, type ProposalRow } from './check.ts'
import { type ProposalCells, proposalColumnNames, proposalColumns } from './columns.ts'

/** plan-proposals.csv: proposals of a year with reviews and what became of them. */
export const proposalsImporter = caseImporter<ProposalCells, ProposalRow>({
  name: 'plan-proposals', title: '施政計畫提報', kind: caseKind, prefix: numberPrefix, columns: proposalColumns, columnNames: proposalColumnNames, alsoNames: ({ previous }) => [previous], textOf, check, add, change,
})

async function check(tx: Tx, rows: CheckedRow<ProposalCells>[], { known, now }: { known: ReadonlyMap<string, KnownCase>; now: Date }) {
  return { ...checkProposals(rows, unitFinder(await findUnitsForImport(tx)), { known, today: dayOf(now) }), notices: [] }
}

function textOf(row: ProposalRow, field: keyof ProposalCells & string): string {
  const value = field === 'unit' ? row.unitId : field === 'joint' ? row.jointIds.join(' ') : row[field]
  return value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const at = (day: Day, hour: number, now: Date): Date => new Date(Math.min(startOf(day).getTime() + hour * 3_600_000, now.getTime()))
const rowsPerStatement = 500
const inLots = <T>(all: readonly T[]): T[][] => Array.from({ length: Math.ceil(all.length / rowsPerStatement) }, (_, i) => all.slice(i * rowsPerStatement, (i + 1) * rowsPerStatement))

type Made = { row: ProposalRow; id: number; submittedAt: Date; decidedAt: Date | null }
const stageOf = ({ is }: ProposalRow) => (is === 'submitted' || is === 'complete' ? is : 'closed')

/** A proposal is known from the morning it was submitted; what became of it, from the evening of that day. */
async function add(tx: Tx, importId: number, rows: readonly ProposalRow[], now: Date): Promise<void> {
  for (const lot of inLots(rows)) {
    const rounds = await roundsOf(tx, lot, now)
    const made = await addCases(tx, importId, lot, now)
    await tx.insertInto('plan_proposals').values(made.map(({ row, id, submittedAt, decidedAt }) => ({ id, round_id: rounds.get(row.year)!, ...detailOf(row), returned_note: null, sys_from: decidedAt ?? submittedAt }))).execute()
    await tx.insertInto('plan_needs').values(made.flatMap((one) => needsOf(one))).execute()
    const reviews = made.flatMap((one) => reviewsOf(one))
    if (reviews.length) await tx.insertInto('plan_reviews').values(reviews).execute()
    await tx.insertInto('assignments').values(made.flatMap(({ row, id, submittedAt, decidedAt }) => [row.unitId, ...row.jointIds].map((unitId, i) => ({
      case_id: id, unit_id: unitId, role: i === 0 ? 'lead' as const : 'joint' as const, officer_id: null, from_at: submittedAt, until_at: decidedAt, ended_as: decidedAt && 'closed', note: decidedAt && i === 0 ? row.reason : null, sys_from: decidedAt ?? submittedAt,
    })))).execute()
    await keepOpenVersions(tx, made.filter(({ decidedAt, submittedAt }) => decidedAt && decidedAt > submittedAt).map(({ id, submittedAt }) => ({ id, at: submittedAt })))
    for (const { row, id } of made) await indexCase(tx, id, [row.title, row.content, row.benefit])
    await tx.insertInto('events').values(made.flatMap((one) => eventsOf(one, importId))).execute()
  }
  await linkPrevious(tx, rows)
}

async function addCases(tx: Tx, importId: number, lot: readonly ProposalRow[], now: Date): Promise<Made[]> {
  const rows = lot.map((row) => ({ row, submittedAt: at(row.submittedOn, 9, now), decidedAt: row.decidedOn && at(row.decidedOn, 17, now) }))
  const made = await tx
    .insertInto('cases')
    .values(rows.map(({ row, submittedAt, decidedAt }) => ({
      ...caseRow({ kind: caseKind, number: row.number, title: row.title, stage: stageOf(row), unitId: row.unitId, receivedAt: submittedAt, registeredAt: submittedAt, importId, closed: decidedAt && { at: decidedAt, outcome: row.is } }),
      sys_from: decidedAt ?? submittedAt,
    })))
    .returning(['id', 'number'])
    .execute()
  const ids = new Map(made.map(({ id, number }) => [number, id]))
  return rows.map((one) => ({ ...one, id: ids.get(one.row.number)! }))
}

/** A year that has no round yet gets one whose last day is that of the latest proposal in the file. */
async function roundsOf(tx: Tx, rows: readonly ProposalRow[], now: Date): Promise<Map<number, number>> {
  for (const [year, of] of Map.groupBy(rows, (row) => row.year)) {
    const days = of.map(({ submittedOn }) => submittedOn).toSorted()
    await tx.insertInto('plan_rounds').values({ roc_year: year, due_on: days.at(-1)!, opened_at: at(days[0]!, 8, now), sys_from: at(days[0]!, 8, now) }).onConflict((conflict) => conflict.column('roc_year').doNothing()).execute()
  }
  return new Map((await tx.selectFrom('plan_rounds').select(['id', 'roc_year']).execute()).map(({ id, roc_year: year }) => [year, id]))
}

/** What was believed from the day it came to the day it was decided: the case open. */
async function keepOpenVersions(tx: Tx, of: readonly { id: number; at: Date }[]): Promise<void> {
  if (!of.length) return
  const asked = sql`unnest(${of.map(({ id }) => id)}::bigint[], ${of.map((one) => one.at)}::timestamptz[]) as o (id, at)`
  await sql`insert into windlion_history.cases select (jsonb_populate_record(null::windlion_history.cases,
    to_jsonb(c) || jsonb_build_object('stage', 'complete', 'closed_at', null, 'outcome', null, 'sys_from', o.at, 'sys_to', c.sys_from))).* from cases c join ${asked} on o.id = c.id`.execute(tx)
  await sql`insert into windlion_history.plan_proposals select (jsonb_populate_record(null::windlion_history.plan_proposals,
    to_jsonb(p) || jsonb_build_object('advised_twd', null, 'sys_from', o.at, 'sys_to', p.sys_from))).* from plan_proposals p join ${asked} on o.id = p.id`.execute(tx)
}

/** The same project in an earlier year; part of what was always known of the case. */
async function linkPrevious(tx: Tx, rows: readonly ProposalRow[]): Promise<void> {
  const named = rows.filter(({ previous }) => previous !== null)
  if (!named.length) return
  await sql`update cases c set previous_id = b.id, sys_from = c.sys_from from unnest(${named.map(({ number }) => number)}::text[], ${named.map(({ previous }) => previous)}::text[]) as n (number, previous)
    join cases b on b.number = n.previous and b.kind = ${caseKind} where c.number = n.number and c.kind = ${caseKind}`.execute(tx)
}

const detailOf = (row: ProposalRow) => ({
  category: row.category, kind: row.kind ?? (row.previous ? 'continuing' as const : 'new' as const), priority: row.priority ?? 1, account: row.account ?? '', from_year: row.fromYear ?? row.year,
  to_year: row.toYear ?? Math.max(row.year, ...row.money.map(({ year }) => year)), content: row.content ?? '', benefit: row.benefit ?? '', results: row.results ?? '', asked_twd: row.askedTwd, total_twd: row.totalTwd, advised_twd: row.advisedTwd,
})
const needsOf = ({ row, id, submittedAt }: Made) => row.money.map(({ position, year, source, object, twd }) => ({ case_id: id, position, roc_year: year, source, object, twd, sys_from: submittedAt }))

function reviewsOf({ row, id, submittedAt, decidedAt }: Made) {
  const given: [ReviewRole, number | null, string | null][] = [['budget', row.budgetScore, row.budgetComment], ['research', row.researchScore, row.researchComment], ['business', row.businessScore, row.businessComment]]
  const when = decidedAt ?? submittedAt
  return given.flatMap(([role, score, comment]) => (score === null ? [] : [{ case_id: id, role, person_id: null, score, advised_twd: null, comment: comment ?? '', reviewed_at: when, sys_from: when }]))
}

function eventsOf({ row, id, submittedAt, decidedAt }: Made, importId: number) {
  const event = (kind: string, when: Date, from: string | null, to: string | null, payload: object = {}) => ({
    kind: `${caseKind}.${kind}`, happened_at: when, recorded_at: when, case_id: id, person_id: null, on_behalf_of: null, from_stage: from, to_stage: to, payload: JSON.stringify({ ...payload, import: importId }) as never,
  })
  return [
    event('submitted', submittedAt, null, 'submitted', { year: row.year }),
    event('registered', submittedAt, null, null, { number: row.number }),
    ...(row.is === 'submitted' ? [] : [event('checked', submittedAt, 'submitted', 'complete')]),
    ...(decidedAt ? [event(row.is === 'withdrawn' ? 'withdrawn' : 'decided', decidedAt, 'complete', 'closed', { outcome: row.is })] : []),
  ]
}

/** --update: put right, recorded now; what was believed before stays in the history. Reviews and needs are those of the file. */
async function change(tx: Tx, importId: number, { id, row, fields }: CaseToChange<ProposalRow, keyof ProposalCells>, now: Date): Promise<void> {
  const before = await tx.selectFrom('cases').select('stage').where('id', '=', id).executeTakeFirstOrThrow()
  const made: Made = { row, id, submittedAt: at(row.submittedOn, 9, now), decidedAt: row.decidedOn && at(row.decidedOn, 17, now) }
  const stage = stageOf(row)
  await tx.updateTable('plan_proposals').set(detailOf(row)).where('id', '=', id).execute()
  await tx.updateTable('cases').set({ title: row.title, unit_id: row.unitId, received_at: made.submittedAt, stage, closed_at: made.decidedAt, outcome: made.decidedAt ? row.is : null }).where('id', '=', id).execute()
  await tx.deleteFrom('plan_needs').where('case_id', '=', id).execute()
  await tx.insertInto('plan_needs').values(needsOf(made).map((need) => ({ ...need, sys_from: now }))).execute()
  await tx.deleteFrom('plan_reviews').where('case_id', '=', id).where('person_id', 'is', null).execute()
  const reviews = reviewsOf(made).map((review) => ({ ...review, sys_from: now }))
  if (reviews.length) await tx.insertInto('plan_reviews').values(reviews).execute()
  await linkPrevious(tx, [row])
  await indexCase(tx, id, [row.title, row.content, row.benefit])
  const moved = before.stage !== stage
  await tx.insertInto('events')
    .values({ kind: `${caseKind}.corrected`, happened_at: now, recorded_at: now, case_id: id, person_id: null, on_behalf_of: null, from_stage: moved ? before.stage : null, to_stage: moved ? stage : null, payload: JSON.stringify({ import: importId, fields }) as never })
    .execute()
}
