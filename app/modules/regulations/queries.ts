import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../core/db.ts'
import { actedBy } from '../../core/events/acted-by.ts'
import { NotFound } from '../../core/errors.ts'
import type { Person } from '../../core/identity/permissions.ts'
import { matches } from '../../core/search/search.ts'
import type { Day } from '../../core/time.ts'
import { visibleTo } from './regulation.ts'
import { caseKind, type Change, type Instrument, instruments, type Outcome, type Stage, stages } from './schema.ts'

export type ListedRegulation = { id: number; number: string; title: string; name: string; instrument: Instrument; change: Change; stage: Stage; outcome: Outcome | null; unit: string | null; officer: string | null; dueOn: Day | null; promulgatedOn: Day | null }
export type RegulationFilter = { stage?: string | undefined; instrument?: string | undefined; query?: string | undefined; all?: boolean }

export const pageSize = 50

/** Proposals a person may see, what is due first, then the newest; open ones unless `all`. Paged by id. */
export async function findRegulations(reader: Reader, person: Person, filter: RegulationFilter, after?: string): Promise<{ rows: ListedRegulation[]; count: number; next: string | null }> {
  const where = conditions(person, filter)
  const cursor = after && /^\d{1,15}$/.test(after) ? sql`and c.id < ${Number(after)}` : sql``
  const from = sql`from cases c join regulations r on r.id = c.id left join units u on u.id = c.unit_id left join people p on p.id = c.officer_id left join case_texts on case_texts.case_id = c.id`
  const { rows } = await sql<ListedRegulation & { count: number }>`
    select c.id, c.number, c.title, r.name, r.instrument, r.change, c.stage, c.outcome, u.name as unit, p.name as officer, c.due_on as "dueOn", r.promulgated_on as "promulgatedOn",
      (select count(*) ${from} where ${where}) as count
    ${from} where ${where} ${cursor} order by c.id desc limit ${pageSize + 1}`.execute(reader)
  const page = rows.slice(0, pageSize)
  return { rows: page, count: rows[0]?.count ?? 0, next: rows.length > pageSize ? String(page.at(-1)!.id) : null }
}

function conditions(person: Person, { stage, instrument, query, all }: RegulationFilter): RawBuilder<boolean> {
  const parts: RawBuilder<unknown>[] = [sql`c.kind = ${caseKind}`, visibleTo(person)]
  if (stage && stage in stages) parts.push(sql`c.stage = ${stage}`)
  else if (!all) parts.push(sql`c.closed_at is null`)
  if (instrument && instrument in instruments) parts.push(sql`r.instrument = ${instrument}`)
  if (query?.trim()) parts.push(matches(query))
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

export type RegulationFile = {
  id: number; number: string; title: string; stage: Stage; outcome: Outcome | null; unitId: number | null; unit: string | null; officerId: number | null; officer: string | null
  receivedAt: Date; closedAt: Date | null; dueOn: Day | null; importId: number | null
  lawId: number | null; lawCode: string | null; instrument: Instrument; change: Change; name: string; category: string | null; reason: string; draft: string | null
  penalty: boolean; gazetted: boolean; public: boolean; noticeFrom: Day | null; noticeUntil: Day | null; promulgationDue: Day | null; promulgatedOn: Day | null; effectiveOn: Day | null
  deemedApproved: boolean; deemedEffective: boolean; documentNo: string | null; articleReasons: Record<string, string> | null; endsOn: Day | null; articles: string[] | null; droppedAttachments: string[]; lawEndsOn: Day | null
  clocks: { rule: string; dueOn: Day | null; metAt: Date | null; because: string | null; explanation: string[]; main: boolean }[]
  steps: { step: string; on: Day; documentNo: string | null; note: string | null; by: string | null; recordedAt: Date }[]
  comments: { id: number; text: string; filedAt: Date; answer: string | null; answeredAt: Date | null; published: boolean }[]
  meetings: { kind: string; number: string; heldOn: Day; decision: string | null; note: string; outcome: string | null }[]
}

/** A proposal whole. Not found when the person may not see it. */
export async function findRegulation(reader: Reader, person: Person, name: string): Promise<RegulationFile> {
  const { rows } = await sql<RegulationFile>`
    select c.id, c.number, c.title, c.stage, c.outcome, c.unit_id as "unitId", u.name as unit, c.officer_id as "officerId", p.name as officer, c.received_at as "receivedAt", c.closed_at as "closedAt",
      c.due_on as "dueOn", c.import_id as "importId", r.law_id as "lawId", l.code as "lawCode", r.instrument, r.change, r.name, r.category, r.reason, r.draft, r.penalty, r.gazetted, r.public,
      r.notice_from as "noticeFrom", r.notice_until as "noticeUntil", r.promulgation_due as "promulgationDue", r.promulgated_on as "promulgatedOn", r.effective_on as "effectiveOn",
      r.deemed_approved as "deemedApproved", r.deemed_effective as "deemedEffective", r.document_no as "documentNo", r.article_reasons as "articleReasons", r.ends_on as "endsOn", r.articles, r.dropped_attachments as "droppedAttachments", l.ends_on as "lawEndsOn",
      coalesce((select jsonb_agg(jsonb_build_object('rule', k.rule, 'dueOn', k.due_on, 'metAt', k.met_at, 'because', k.because, 'explanation', k.explanation, 'main', k.main) order by k.id) from case_clocks k where k.case_id = c.id), '[]') as clocks,
      coalesce((select jsonb_agg(jsonb_build_object('step', s.step, 'on', s.happened_on, 'documentNo', s.document_no, 'note', s.note, 'by', ${actedBy('w', sql`e.case_id = s.case_id and e.kind = 'regulation.' || s.step and abs(extract(epoch from e.recorded_at - s.recorded_at)) < 60`)}, 'recordedAt', s.recorded_at) order by s.happened_on, s.id)
        from regulation_steps s left join people w on w.id = s.person_id where s.case_id = c.id), '[]') as steps,
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'text', m.text, 'filedAt', m.filed_at, 'answer', m.answer, 'answeredAt', m.answered_at, 'published', m.published) order by m.id)
        from regulation_comments m where m.case_id = c.id and m.confirmed_at is not null), '[]') as comments,
      coalesce((select jsonb_agg(jsonb_build_object('kind', mc.kind, 'number', mc.number, 'heldOn', g.held_on, 'decision', i.decision, 'note', i.decision_text, 'outcome', mc.outcome) order by g.held_on)
        from committee_items i join committee_meetings g on g.id = i.meeting_id join cases mc on mc.id = g.id where i.case_id = c.id), '[]') as meetings
    from cases c join regulations r on r.id = c.id left join units u on u.id = c.unit_id left join people p on p.id = c.officer_id left join laws l on l.id = r.law_id
    where c.kind = ${caseKind} and c.number = ${name} and ${visibleTo(person)}`.execute(reader)
  const file = rows[0]
  if (!file) throw new NotFound('找不到這件法規案')
  return file
}
