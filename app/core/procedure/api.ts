import { sql } from 'kysely'
import { z } from 'zod'
import { orNull } from '../errors.ts'
import { dayOf } from '../time.ts'
import { apiRoute, type ApiRoute } from '../web/api.ts'
import { type CaseList, findCaseList } from './case-list.tsx'
import { clocksOf, type ShownClock, type ShownStep, stepsOfCase } from './shown.ts'
import { nameOf, type Procedure, type StepState } from './step.ts'

const Listed = z.object({
  number: z.string().describe('案號；還沒有收案的是追蹤號碼'), title: z.string(), stage: z.string(), stageLabel: z.string(), outcome: z.string().nullable(), waitsFor: z.string().nullable().describe('等誰'),
  receivedOn: z.iso.date().nullable(), closedOn: z.iso.date().nullable(), dueOn: z.iso.date().nullable(),
})
const Whole = Listed.extend({
  steps: z.array(z.object({ step: z.string(), label: z.string(), on: z.iso.date(), documentNo: z.string().nullable() })),
  clocks: z.array(z.object({ rule: z.string(), main: z.boolean(), dueOn: z.iso.date().nullable(), met: z.boolean(), because: z.string().nullable(), explanation: z.array(z.string()) })),
})

type Row = Pick<StepState, 'number' | 'followNo' | 'title' | 'stage' | 'outcome' | 'receivedAt' | 'closedAt' | 'dueOn'>

/** Cases of a procedure for programs of the office: what the console shows this person, without parties and without what was written. */
export function procedureApi<State extends StepState>(procedure: Procedure<State>, list: CaseList, path: string): ApiRoute[] {
  const told = (row: Row) => ({
    number: nameOf(row), title: row.title, stage: row.stage, stageLabel: procedure.stages[row.stage] ?? row.stage, outcome: row.outcome, waitsFor: row.outcome ? null : (procedure.turns[row.stage] ?? null),
    receivedOn: row.receivedAt && dayOf(row.receivedAt), closedOn: row.closedAt && dayOf(row.closedAt), dueOn: row.dueOn,
  })
  return [
    apiRoute({
      method: 'GET', path, permission: procedure.read, summary: `${procedure.title}清單：新的在前，每頁 50 件；不含已結案，除非 all=yes`,
      query: z.object({ stage: z.string().max(40).optional(), q: z.string().max(100).optional(), overdue: z.literal('yes').optional(), all: z.literal('yes').optional(), after: z.string().max(20).optional() }),
      response: z.object({ items: z.array(Listed), count: z.number(), next: z.string().nullable() }),
      handle: async ({ db, person, caller, query }) => {
        const filter = { stage: query.stage, query: query.q, all: query.all === 'yes', overdue: query.overdue === 'yes' }
        const page = await findCaseList(db, person, procedure, list, filter, dayOf(caller.now ?? new Date()), query.after)
        return { items: page.rows.map(told), count: Number(page.count), next: page.next }
      },
    }),
    apiRoute({
      method: 'GET', path: `${path}/:name`, permission: procedure.read, summary: `一件${procedure.title}：以案號或追蹤號碼`,
      params: z.object({ name: z.string().min(3).max(40) }),
      response: Whole,
      handle: async ({ db, person, params }) => {
        const state = await orNull(procedure.find(db, person, params.name))
        if (!state) return null
        const { rows } = await sql<{ clocks: ShownClock[]; steps: ShownStep[] }>`select ${clocksOf}, ${stepsOfCase} from cases c where c.id = ${state.id}`.execute(db)
        return {
          ...told(state),
          steps: rows[0]!.steps.map(({ step, on, documentNo }) => ({ step, label: procedure.steps[step]?.label ?? step, on, documentNo })),
          clocks: rows[0]!.clocks.map(({ rule, main, dueOn, metAt, because, explanation }) => ({ rule, main, dueOn, met: metAt !== null, because, explanation })),
        }
      },
    }),
  ]
}
