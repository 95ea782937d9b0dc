import { type RawBuilder, sql } from 'kysely'
import { isWithinReach } from '../../core/cases/readers.ts'
import type { Reader } from '../../core/db.ts'
import { NotFound } from '../../core/errors.ts'
import { may, type Person, reach } from '../../core/identity/permissions.ts'
import { evidenceCount } from '../../core/procedure/evidence.tsx'
import type { StepState } from '../../core/procedure/step.ts'
import type { Day } from '../../core/time.ts'
import { itemKind, type Outcome, type Stage } from './schema.ts'
import './tables.ts'

/** SQL condition "this person may see the plan or item" over an alias of cases. Use it in every list, count and search. */
export const visibleTo = (person: Person, alias = 'c'): RawBuilder<boolean> => isWithinReach(person, 'relief.read', alias)

/** The units for which this person holds a permission; null: all. */
export function unitsOf(person: Person, permission: string): readonly number[] | null {
  const by = reach(person, permission)
  return by.all ? null : by.unitIds
}

/** A joint unit and whether it agreed; `mine`: this person may agree for it. */
export type Joint = { unitId: number; name: string; agreedOn: Day | null; by: string | null; mine: boolean }

/** The facts by which a step is open or not. */
export type ItemState = StepState & {
  number: string
  stage: Stage
  outcome: Outcome | null
  planId: number
  startOn: Day
  finishOn: Day
  evidence: number
  progress: number
  /** what a joint unit found missing, until it is sent anew */
  objected: { by: string | null; unit: string | null; on: Day; note: string } | null
  joint: Joint[]
  jointUnitIds: number[]
}

/** SQL over cases `c`: the joint units in order, with the day each agreed. */
export const jointOf = sql`coalesce((select jsonb_agg(jsonb_build_object('unitId', u.id, 'name', u.name, 'agreedOn', k.agreed_on, 'by', w.name) order by u.code)
  from assignments a join units u on u.id = a.unit_id left join relief_concurrences k on k.case_id = c.id and k.unit_id = u.id left join people w on w.id = k.person_id
  where a.case_id = c.id and a.role = 'joint' and (a.until_at is null or a.ended_as = 'closed')), '[]')`

/** Joint units that have not agreed yet. */
export const waiting = (joint: readonly Pick<Joint, 'name' | 'agreedOn'>[]): string[] => joint.filter(({ agreedOn }) => agreedOn === null).map(({ name }) => name)

type Standing = { stage: Stage; evidence: number; joint: readonly Pick<Joint, 'name' | 'agreedOn'>[]; unit: string | null }

/** Whom an item waits for, and for what, in words; null when it is over. */
export function waitsFor({ stage, evidence, joint, unit }: Standing): string | null {
  if (stage === 'closed') return null
  const lead = unit ?? '主辦單位'
  const open = waiting(joint)
  if (stage === 'concurring') return open.length ? `${open.join('、')}同意` : `${lead}登錄完成`
  return evidence === 0 ? `${lead}辦理並附佐證` : joint.length ? `${lead}送協辦單位` : `${lead}登錄完成`
}

/** SQL over cases `c`: the objection that stands, as jsonb; null once the item was sent anew. */
const objectedOf = sql`select jsonb_build_object('by', w.name, 'unit', u.name, 'on', o.happened_on, 'note', o.note) from case_steps o left join people w on w.id = o.person_id left join units u on u.id::text = o.answers ->> 'unit'
  where ${objectionStands(sql`o`)}`

/** SQL over cases `c`: a row of case_steps is an objection and nothing was sent, recalled or ended since. */
function objectionStands(o: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`${o}.case_id = c.id and ${o}.step = 'object' and c.stage = 'running' and not exists (select from case_steps l where l.case_id = c.id and l.id > ${o}.id and l.step in ('ask-concurrence', 'object', 'stop', 'reopen'))`
}
export const isObjected = sql<boolean>`exists (select from case_steps b where ${objectionStands(sql`b`)})`

/** By 案號. Throws NotFound where the person may not see it; null sees all. */
export async function findItemState(reader: Reader, person: Person | null, name: string, lock = false): Promise<ItemState> {
  const { rows } = await sql<ItemState>`
    select c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.outcome, c.unit_id as "unitId", c.officer_id as "officerId", c.confidential, c.received_at as "receivedAt", c.closed_at as "closedAt", c.due_on as "dueOn",
      i.plan_id as "planId", i.start_on as "startOn", i.finish_on as "finishOn", ${evidenceCount} as evidence, ${jointOf} as joint,
      coalesce((select m.progress from relief_months m where m.case_id = c.id order by m.month desc limit 1), 0)::float8 as progress,
      (${objectedOf}) as objected,
      array(select s.step from case_steps s where s.case_id = c.id order by s.id) as steps
    from cases c join relief_items i on i.id = c.id
    where c.kind = ${itemKind} and ${name} in (c.number, c.follow_no) and ${person ? visibleTo(person) : sql`true`} ${lock ? sql`for update of c` : sql``}`.execute(reader)
  const state = rows[0]
  if (!state) throw new NotFound('找不到這個工作項目')
  const joint = state.joint.map((one) => ({ ...one, mine: person === null || may(person, 'relief.concur', { unitId: one.unitId, officerId: null }) }))
  return { ...state, joint, jointUnitIds: joint.map(({ unitId }) => unitId) }
}
