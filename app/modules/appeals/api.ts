import { z } from 'zod'
import { NotFound } from '../../core/errors.ts'
import { apiRoute } from '../../core/web/api.ts'
import { nameOf } from './appeal.ts'
import { findAppeal, findAppeals } from './queries.ts'
import { channels, claimOutcomes, outcomes, stages } from './schema.ts'

const names = <K extends string>(of: Record<K, unknown>) => Object.keys(of) as [K, ...K[]]
const Listed = z.object({
  number: z.string().describe('案號；還沒有登錄的是追蹤號碼'),
  title: z.string(),
  agency: z.string().describe('原處分機關'),
  stage: z.enum(names(stages)),
  outcome: z.enum(names(outcomes)).nullable(),
  filedOn: z.iso.date().describe('提起之日'),
  dueOn: z.iso.date().nullable().describe('作成決定的最後一天'),
})
const Clock = z.object({ rule: z.string(), main: z.boolean(), dueOn: z.iso.date().nullable(), met: z.boolean(), because: z.string().nullable(), explanation: z.array(z.string()) })
const Appeal = Listed.extend({
  channel: z.enum(names(channels)),
  authority: z.string().describe('受理訴願機關'),
  ours: z.boolean().describe('由本府受理'),
  filingDueOn: z.iso.date().nullable().describe('提起訴願的最後一天'),
  filingReasons: z.array(z.string()),
  decidedOn: z.iso.date().nullable(),
  claims: z.array(z.object({ text: z.string(), outcome: z.enum(names(claimOutcomes)).nullable(), basis: z.string().nullable(), remandDays: z.number().nullable() })).describe('每一項請求各有結果'),
  clocks: z.array(Clock),
})

/** Appeals for programs of the office: what the console shows this person, without the parties. */
export const api = [
  apiRoute({
    method: 'GET', path: '/appeals', permission: 'appeals.read', summary: '訴願清單：依最近期限，每頁 50 件；不含已結案，除非 all=yes',
    query: z.object({ stage: z.enum(names(stages)).optional(), agency: z.string().max(60).optional(), q: z.string().max(100).optional(), all: z.literal('yes').optional(), after: z.string().max(40).optional() }),
    response: z.object({ items: z.array(Listed), count: z.number(), next: z.string().nullable() }),
    handle: async ({ db, person, query }) => {
      const page = await findAppeals(db, person, { stage: query.stage, agency: query.agency, query: query.q, all: query.all === 'yes' }, query.after)
      return { items: page.rows.map(({ name, title, agency, stage, outcome, filedOn, dueOn }) => ({ number: name, title, agency, stage, outcome, filedOn, dueOn })), count: Number(page.count), next: page.next }
    },
  }),
  apiRoute({
    method: 'GET', path: '/appeals/:name', permission: 'appeals.read', summary: '一件訴願：以案號或追蹤號碼',
    params: z.object({ name: z.string().min(3).max(40) }),
    response: Appeal,
    handle: async ({ db, person, params }) => {
      const file = await findAppeal(db, person, params.name).catch((error: unknown) => { if (error instanceof NotFound) return null; throw error })
      return file && {
        number: nameOf(file), title: file.title, agency: file.agency, stage: file.stage, outcome: file.outcome, filedOn: file.filedOn, dueOn: file.dueOn, channel: file.channel, authority: file.authority, ours: file.ours, filingDueOn: file.filingDueOn, filingReasons: file.filingReasons,
        decidedOn: file.decidedOn, claims: file.claims.map(({ text, outcome, basis, remandDays }) => ({ text, outcome, basis, remandDays })), clocks: file.clocks.map(({ rule, main, dueOn, metAt, because, explanation }) => ({ rule, main, dueOn, met: metAt !== null, because, explanation })),
      }
    },
  }),
]
