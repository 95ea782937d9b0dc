import { type RawBuilder, sql } from 'kysely'
import type { Db, Reader } from '../../core/db.ts'
import type { Person } from '../../core/identity/permissions.ts'
import { type CaseFileRow, findCaseFiles } from '../../core/procedure/case-files.ts'
import { type ShownStep, stepsOfCase } from '../../core/procedure/shown.ts'
import type { Day } from '../../core/time.ts'
import { visibleTo } from './item.ts'
import { caseKind, type Outcome, outcomes, type Stage, stages, type TextState, textStates, wholeCounty } from './schema.ts'
import type { Achievement } from './tables.ts'
import './tables.ts'

export type ListedItem = { number: string; title: string; goal: string; stage: Stage; outcome: Outcome | null; unit: string | null; township: string | null; finishOn: Day | null; before: number; after: number; text: TextState | null; previousNumber: string | null }
export type ItemFilter = { year: number; state?: string | undefined; unitId?: number | undefined; township?: string | undefined; text?: string | undefined; query?: string | undefined }

/** Years that have items, the newest first. */
export async function findYears(reader: Reader): Promise<number[]> {
  return (await sql<{ year: number }>`select distinct roc_year as year from perceived_items order by 1 desc`.execute(reader)).rows.map(({ year }) => year)
}

/** Items of a year. A year has tens, so the whole list is one page. */
export async function findItems(reader: Reader, person: Person, filter: ItemFilter): Promise<ListedItem[]> {
  const parts: RawBuilder<unknown>[] = [sql`c.kind = ${caseKind}`, sql`i.roc_year = ${filter.year}`, visibleTo(person)]
  if (filter.state && Object.hasOwn(outcomes, filter.state)) parts.push(sql`c.outcome = ${filter.state}`)
  if (filter.state && filter.state !== 'closed' && Object.hasOwn(stages, filter.state)) parts.push(sql`c.stage = ${filter.state}`)
  if (filter.unitId) parts.push(sql`c.unit_id in (select id from units where id = ${filter.unitId} or bureau_id = ${filter.unitId})`)
  if (filter.township) parts.push(filter.township === wholeCounty ? sql`c.township is null` : sql`c.township = ${filter.township}`)
  if (filter.text === 'none') parts.push(sql`t.state is null`)
  else if (filter.text && Object.hasOwn(textStates, filter.text)) parts.push(sql`t.state = ${filter.text}`)
  for (const word of (filter.query ?? '').trim().split(/\s+/).filter(Boolean).slice(0, 5)) parts.push(sql`(c.title || ' ' || c.number || ' ' || i.goal) ilike ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`)
  return (await sql<ListedItem>`
    select c.number, c.title, i.goal, c.stage, c.outcome, u.name as unit, c.township, i.finish_on as "finishOn", t.state as text, p.number as "previousNumber",
      (select count(*)::int from case_documents d where d.case_id = c.id and d.kind = 'before') as before, (select count(*)::int from case_documents d where d.case_id = c.id and d.kind = 'after') as after
    from cases c join perceived_items i on i.id = c.id left join perceived_texts t on t.id = c.id left join units u on u.id = c.unit_id left join cases p on p.id = c.previous_id
    where ${sql.join(parts, sql` and `)} order by u.code, c.number`.execute(reader)).rows
}

export type PublicText = { title: string; text: string; state: TextState; beforeId: number | null; afterId: number | null; noBefore: string | null; noAfter: string | null; by: string | null; writtenAt: Date; note: string | null; publishedAt: Date | null }
export type ItemFile = { unit: string | null; goal: string; importId: number | null; previousNumber: string | null; nextNumber: string | null; steps: ShownStep[]; files: CaseFileRow[]; text: PublicText | null }

/** What an item's page shows besides its state. */
export async function findItemFile(reader: Reader, id: number): Promise<ItemFile> {
  const [{ rows }, texts, files] = await Promise.all([
    sql<Omit<ItemFile, 'files' | 'text'>>`select u.name as unit, i.goal, c.import_id as "importId", p.number as "previousNumber", (select n.number from cases n where n.previous_id = c.id and n.kind = c.kind limit 1) as "nextNumber", ${stepsOfCase}
      from cases c join perceived_items i on i.id = c.id left join units u on u.id = c.unit_id left join cases p on p.id = c.previous_id where c.id = ${id}`.execute(reader),
    sql<PublicText>`select t.title, t.text, t.state, t.before_id as "beforeId", t.after_id as "afterId", t.no_before as "noBefore", t.no_after as "noAfter", w.name as by, t.written_at as "writtenAt", t.note, t.published_at as "publishedAt" from perceived_texts t left join people w on w.id = t.written_by where t.id = ${id}`.execute(reader),
    findCaseFiles(reader, id),
  ])
  return { ...rows[0]!, files, text: texts.rows[0] ?? null }
}

/** Texts that wait for an approval by somebody else than this person. */
export async function countToApprove(reader: Reader, person: Person): Promise<number> {
  return (await sql<{ count: number }>`select count(*)::int as count from perceived_texts t join cases c on c.id = t.id where t.state = 'draft' and t.written_by is distinct from ${person.id} and c.outcome = 'done' and ${visibleTo(person)}`.execute(reader)).rows[0]!.count
}

// what the public reads

export async function publishedYears(publicDb: Db): Promise<{ year: number; count: number }[]> {
  return (await sql<{ year: number; count: number }>`select roc_year as year, count(*)::int as count from windlion_public.achievements group by 1 order by 1 desc`.execute(publicDb)).rows
}

export function findAchievements(publicDb: Db, year: number, township: string | null): Promise<Achievement[]> {
  let query = publicDb.selectFrom('windlion_public.achievements').selectAll().where('roc_year', '=', year)
  if (township) query = township === wholeCounty ? query.where('township', 'is', null) : query.where('township', '=', township)
  return query.orderBy('published_at', 'desc').orderBy('number').execute()
}

export function findAchievement(publicDb: Db, number: string): Promise<Achievement | undefined> {
  return publicDb.selectFrom('windlion_public.achievements').selectAll().where('number', '=', number).executeTakeFirst()
}
