import { sql } from 'kysely'
import type { Reader } from '../../core/db.ts'
import { NotFound } from '../../core/errors.ts'
import type { Person } from '../../core/identity/permissions.ts'
import { clocksOf, type ShownClock, type ShownStep, stepsOfCase } from '../../core/procedure/shown.ts'
import type { Day } from '../../core/time.ts'
import type { MoneyLine } from './money.ts'
import { visibleTo } from './programme.ts'
import { findKnown, type Known } from './projects.ts'
import type { OpinionResult } from './schema.ts'
import type { ProjectFacts } from './tables.ts'

export type ListedForum = { number: string; subject: string; heldOn: Day; township: string | null; place: string; attendance: number; opinions: number; open: number; publishedAt: string | null }
export type ListedProject = { id: number; heading: number; title: string; unit: string; unitId: number; township: string | null; proposal: string | null; /** the year of that proposal and what became of it */ handedOver: { year: number; outcome: string | null } | null; /** how often it was changed */ changes: number; removedOn: Day | null; money: MoneyLine[] }
export type Edition = { id: number; edition: number; label: string; madeAt: string; headings: number; publishedAt: string | null }
export type ProgrammeFile = {
  aim: string; unit: string | null; texts: { heading: number; text: string }[]; editions: Edition[]; forums: ListedForum[]; projects: ListedProject[]; clocks: ShownClock[]; steps: ShownStep[]
}

const forumColumns = sql`'number', f.number, 'subject', d.subject, 'heldOn', d.held_on, 'township', f.township, 'place', d.place, 'attendance', d.attendance, 'publishedAt', d.published_at,
  'opinions', (select count(*) from programme_opinions o where o.case_id = f.id), 'open', (select count(*) from programme_opinions o where o.case_id = f.id and o.result = 'open')`

/** A programme whole. Ask only for one that the person may see. */
export async function findProgrammeFile(reader: Reader, caseId: number): Promise<ProgrammeFile> {
  const { rows } = await sql<ProgrammeFile>`
    select m.aim, u.name as unit, ${clocksOf}, ${stepsOfCase},
      coalesce((select jsonb_agg(jsonb_build_object('heading', t.heading, 'text', t.text) order by t.heading) from programme_texts t where t.case_id = c.id), '[]') as texts,
      coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'edition', e.edition, 'label', e.label, 'madeAt', e.made_at, 'headings', jsonb_array_length(e.texts), 'publishedAt', e.published_at) order by e.edition desc) from programme_editions e where e.case_id = c.id), '[]') as editions,
      coalesce((select jsonb_agg(jsonb_build_object(${forumColumns}) order by d.held_on, f.id) from programme_forums d join cases f on f.id = d.id where d.programme_id = c.id), '[]') as forums,
      coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'heading', p.heading, 'title', p.title, 'unit', w.name, 'unitId', p.unit_id, 'township', p.township, 'proposal', a.number, 'handedOver', (select jsonb_build_object('year', r.roc_year, 'outcome', a.outcome) from plan_proposals o join plan_rounds r on r.id = o.round_id where o.id = a.id), 'removedOn', p.removed_on, 'changes', (select count(*) from programme_money_changes h where h.project_id = p.id),
        'money', (select jsonb_agg(jsonb_build_object('year', y.roc_year, 'source', y.source, 'twd', y.twd) order by y.roc_year, y.source) from programme_money y where y.project_id = p.id)) order by p.heading, p.id)
        from programme_projects p join units w on w.id = p.unit_id left join cases a on a.id = p.proposal_id where p.case_id = c.id), '[]') as projects
    from programmes m join cases c on c.id = m.id left join units u on u.id = c.unit_id where m.id = ${caseId}`.execute(reader)
  return rows[0]!
}

export type ForumFile = { id: number; number: string; subject: string; stage: string; outcome: string | null; heldOn: Day; township: string | null; place: string; attendance: number; publishedAt: Date | null; programme: string; programmeTitle: string; opinions: { id: number; heading: number | null; text: string; result: OpinionResult; reply: string }[] }

export async function findForum(reader: Reader, person: Person, number: string): Promise<ForumFile> {
  const { rows } = await sql<ForumFile>`
    select c.id, c.number, d.subject, c.stage, c.outcome, d.held_on as "heldOn", c.township, d.place, d.attendance, d.published_at as "publishedAt", t.number as programme, t.title as "programmeTitle",
      coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'heading', o.heading, 'text', o.text, 'result', o.result, 'reply', o.reply) order by o.id) from programme_opinions o where o.case_id = c.id), '[]') as opinions
    from programme_forums d join cases c on c.id = d.id join cases t on t.id = d.programme_id where c.number = ${number} and ${visibleTo(person)}`.execute(reader)
  if (!rows[0]) throw new NotFound('找不到這場座談會')
  return rows[0]
}

/** One change of a project: what it was before. `before.facts` is null where only its money changed. */
export type ProjectChange = { changedOn: Day; reason: string; by: string | null; before: { money: MoneyLine[]; facts: ProjectFacts | null } }
export type ProjectFile = Known & { unit: string; proposal: string | null; history: ProjectChange[] }

/** One project of a programme that the person may see, with what it was before, the newest change first. */
export async function findProject(reader: Reader, caseId: number, projectId: number): Promise<ProjectFile> {
  const [known] = await findKnown(reader, caseId, projectId)
  if (!known) throw new NotFound('找不到這件計畫')
  const { rows } = await sql<Omit<ProjectFile, keyof Known>>`
    select u.name as unit, a.number as proposal,
      coalesce((select jsonb_agg(jsonb_build_object('changedOn', h.changed_on, 'reason', h.reason, 'by', w.name, 'before', jsonb_build_object('money', h.before_money, 'facts', h.before_project)) order by h.id desc) from programme_money_changes h left join people w on w.id = h.person_id where h.project_id = p.id), '[]') as history
    from programme_projects p join units u on u.id = p.unit_id left join cases a on a.id = p.proposal_id where p.id = ${known.id}`.execute(reader)
  return { ...known, ...rows[0]! }
}
