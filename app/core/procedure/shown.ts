import { sql } from 'kysely'
import type { Day } from '../time.ts'
import type { Answers } from './tables.ts'

export type ShownStep = { step: string; on: Day; documentNo: string | null; note: string | null; answers: Answers; by: string | null }
export type ShownClock = { rule: string; dueOn: Day | null; metAt: string | Date | null; /** the day of what it counts from */ from: Day; because: string | null; explanation: string[]; main: boolean }

/** Columns of a query over cases `c`: every clock of the case, and its steps. */
export const clocksOf = sql`coalesce((select jsonb_agg(jsonb_build_object('rule', k.rule, 'dueOn', k.due_on, 'metAt', k.met_at, 'from', (k.trigger_at at time zone 'Asia/Taipei')::date, 'because', k.because, 'explanation', k.explanation, 'main', k.main) order by k.id) from case_clocks k where k.case_id = c.id), '[]') as clocks`
export const stepsOfCase = sql`coalesce((select jsonb_agg(jsonb_build_object('step', s.step, 'on', s.happened_on, 'documentNo', s.document_no, 'note', s.note, 'answers', s.answers, 'by', w.name) order by s.happened_on, s.id)
  from case_steps s left join people w on w.id = s.person_id where s.case_id = c.id), '[]') as steps`
