import { z } from 'zod'
import { read } from '../../core/db.ts'
import { orNull } from '../../core/errors.ts'
import { dayOf, endOf, parseDay } from '../../core/time.ts'
import { apiRoute } from '../../core/web/api.ts'
import { findDirective } from './directive.ts'
import { findDirectiveFile, findDirectives, type ListedDirective } from './queries.ts'
import { decisions, grades, outcomes, reportAsks, stages } from './schema.ts'

const names = <K extends string>(of: Record<K, unknown>) => Object.keys(of) as [K, ...K[]]
const aDay = z.string().max(20).transform((text, context) => parseDay(text) ?? (context.addIssue({ code: 'custom', message: '請寫成 2021-05-04 或 110-05-04' }), z.NEVER))

const Listed = z.object({
  number: z.string().describe('案號'), title: z.string(), sentence: z.string().describe('會議紀錄裡的那一句'), body: z.string().describe('會議'), meeting: z.string().describe('會議案號'), orderedOn: z.iso.date(),
  stage: z.enum(names(stages)), outcome: z.enum(names(outcomes)).nullable(), grade: z.enum(names(grades)), unit: z.string().nullable().describe('主辦單位'), joint: z.array(z.string()).describe('協辦單位'),
  dueOn: z.iso.date().nullable(), delistedOn: z.iso.date().nullable(), asks: z.enum(names(reportAsks)).nullable().describe('最近一次填報的請求'), reportedOn: z.iso.date().nullable(),
})
const Whole = z.object({
  number: z.string(), title: z.string(), sentence: z.string(), body: z.string(), meeting: z.string(), orderedOn: z.iso.date(), stage: z.enum(names(stages)), outcome: z.enum(names(outcomes)).nullable(), grade: z.enum(names(grades)),
  unit: z.string().nullable(), joint: z.array(z.string()), dueOn: z.iso.date().nullable(), finishedOn: z.iso.date().nullable(), delistedOn: z.iso.date().nullable(), about: z.string().nullable().describe('相關案號'),
  steps: z.array(z.object({ step: z.string(), on: z.iso.date() })),
  decided: z.array(z.object({ meeting: z.string(), heldOn: z.iso.date(), decision: z.enum(names(decisions)), dueOn: z.iso.date().nullable(), unit: z.string().nullable(), pending: z.boolean().describe('會議還沒有結束，尚未生效') })).describe('之後的會議怎麼決定'),
})

const told = ({ number, title, sentence, body, meeting, orderedOn, stage, outcome, grade, unit, joint, dueOn, delistedOn, asks, reportedOn }: ListedDirective) => ({ number, title, sentence, body, meeting, orderedOn, stage, outcome, grade, unit, joint, dueOn, delistedOn, asks, reportedOn })

/** Directives for programs of the office: the list of a day as it was known on its evening, and one whole; what the console shows this person, without what units wrote. */
export const api = [
  apiRoute({
    method: 'GET', path: '/directives', permission: 'directives.read', summary: '指裁示事項：那一天列管中的，期限近的在前，每頁 50 案；all=yes 連同已離開列管的',
    query: z.object({ on: aDay.optional().describe('哪一天晚上所知道的；不填是現在'), body: z.string().max(40).optional().describe('會議體代碼'), stage: z.enum(names(stages)).optional(), q: z.string().max(100).optional(), overdue: z.literal('yes').optional(), all: z.literal('yes').optional(), after: z.string().max(40).optional() }),
    response: z.object({ items: z.array(Listed), count: z.number(), next: z.string().nullable() }),
    handle: async ({ db, person, caller, query }) => {
      const today = dayOf(caller.now ?? new Date())
      const on = query.on && query.on < today ? query.on : today
      const filter = { body: query.body, stage: query.stage, query: query.q, overdue: query.overdue === 'yes', all: query.all === 'yes', newest: query.all === 'yes' || query.stage === 'closed' }
      const page = await read(db, (reader) => findDirectives(reader, person, on, filter, query.after), on === today ? null : new Date(endOf(on).getTime() - 1))
      return { items: page.rows.map(told), count: page.count, next: page.next }
    },
  }),
  apiRoute({
    method: 'GET', path: '/directives/:name', permission: 'directives.read', summary: '一件指裁示事項，和之後各次會議的決定：以案號',
    params: z.object({ name: z.string().min(3).max(40) }),
    response: Whole,
    handle: async ({ db, person, params }) => {
      const state = await orNull(findDirective(db, person, params.name))
      if (!state) return null
      const { unit, joint, steps, decided } = await findDirectiveFile(db, state.id)
      return {
        number: state.number!, title: state.title, sentence: state.sentence, body: state.bodyName, meeting: state.meeting, orderedOn: state.orderedOn, stage: state.stage, outcome: state.outcome, grade: state.grade,
        unit, joint, dueOn: state.dueOn, finishedOn: state.finishedOn, delistedOn: state.delistedOn, about: state.about,
        steps: steps.map(({ step, on }) => ({ step, on })), decided: decided.map(({ meeting, heldOn, decision, dueOn, unit: to, pending }) => ({ meeting, heldOn, decision, dueOn, unit: to, pending })),
      }
    },
  }),
]
