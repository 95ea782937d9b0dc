import { z } from 'zod'
import { articleOn, textOn } from '../../core/laws/dated.ts'
import { changeOf, findChangeRows, findLaw, findLaws } from '../../core/laws/queries.ts'
import { lawKinds } from '../../core/laws/tables.ts'
import { articleLabel } from '../../core/laws/text.ts'
import { dayOf, parseDay } from '../../core/time.ts'
import { apiRoute } from '../../core/web/api.ts'
import { articlePath, lawPath } from './paths.ts'
import { lawJson } from './portal/exports.ts'

const aDay = z.string().max(20).transform((text, context) => parseDay(text) ?? (context.addIssue({ code: 'custom', message: '請寫成 2021-05-04 或 110-05-04' }), z.NEVER)).optional().describe('哪一天有效的條文；不填是今天')
const code = z.string().max(20).describe('法規代號，例如 R0001；國家法規是全國法規資料庫的編號')

const Law = z.object({ code: z.string(), name: z.string(), kind: z.string(), category: z.string().nullable(), unit: z.string().nullable(), url: z.string() })
const Unit = z.union([
  z.object({ heading: z.string().describe('第一章'), title: z.string() }),
  z.object({ no: z.string().describe('1-1 是第一條之一'), label: z.string(), caption: z.string().nullable(), text: z.string() }),
])
const Text = Law.extend({
  on: z.string(),
  state: z.enum(['none', 'in-force', 'suspended', 'repealed', 'lapsed']).describe('none：這一天還沒有生效的條文；lapsed：施行期滿'),
  endsOn: z.string().nullable().describe('施行期限的最後一天'),
  suspended: z.union([z.literal('all'), z.array(z.string())]).describe('暫停適用的條號；all 是全部'),
  void: z.array(z.string()).describe('函告無效的條號'),
  preamble: z.string(),
  units: z.array(Unit).describe('編章節款目和條，依條文順序'),
  attachments: z.array(z.record(z.string(), z.unknown())),
  changes: z.array(z.record(z.string(), z.unknown())).describe('沿革，每次異動是一串對條文的操作'),
})

/** The public regulations for programs: what the site shows, nothing more. */
export const api = [
  apiRoute({
    method: 'GET',
    path: '/regulations',
    permission: 'public',
    summary: '公開的本縣法規，依名稱，每頁 30 部；中央法規填 kind=national',
    query: z.object({ q: z.string().max(100).optional().describe('名稱裡的字'), kind: z.enum(Object.keys(lawKinds) as [keyof typeof lawKinds, ...(keyof typeof lawKinds)[]]).optional(), state: z.enum(['in-force', 'repealed']).optional(), on: aDay, after: z.string().max(300).optional() }),
    response: z.object({ items: z.array(Law.extend({ lastChangedOn: z.string(), repealed: z.boolean() })), count: z.number(), next: z.string().nullable() }),
    handle: async ({ publicDb, caller, query }) => {
      const page = await findLaws(publicDb, { kind: query.kind, query: query.q, state: query.state, on: query.on ?? dayOf(caller.now ?? new Date()) }, query.after)
      const items = page.rows.map((row) => ({ code: row.code, name: row.name, kind: lawKinds[row.kind], category: row.category, unit: row.unit_name, url: lawPath(row.code), lastChangedOn: row.last_on, repealed: row.repealed }))
      return { items, count: page.count, next: page.next }
    },
  }),
  apiRoute({
    method: 'GET',
    path: '/regulations/:code',
    permission: 'public',
    summary: '一部法規在某一天有效的全部條文，和它的沿革',
    params: z.object({ code }),
    query: z.object({ on: aDay }),
    response: Text,
    handle: async ({ publicDb, caller, params, query }) => {
      const law = await findLaw(publicDb, params.code)
      if (!law) return null
      const on = query.on ?? dayOf(caller.now ?? new Date())
      const rows = await findChangeRows(publicDb, law.id)
      return lawJson({ law, rows, standing: textOn(rows.map(changeOf), on, law.name), on, county: '', origin: '' }, lawPath(law.code, on))
    },
  }),
  apiRoute({
    method: 'GET',
    path: '/regulations/:code/articles/:no',
    permission: 'public',
    summary: '一條條文在某一天的文字；那一天沒有這一條就是 404',
    params: z.object({ code, no: z.string().max(20).describe('4-1 是第四條之一') }),
    query: z.object({ on: aDay }),
    response: z.object({ code: z.string(), law: z.string(), on: z.string(), no: z.string(), label: z.string(), caption: z.string().nullable(), text: z.string(), suspended: z.boolean(), void: z.boolean().describe('函告無效'), url: z.string() }),
    handle: async ({ publicDb, caller, params, query }) => {
      const law = await findLaw(publicDb, params.code)
      const on = query.on ?? dayOf(caller.now ?? new Date())
      const found = law && articleOn((await findChangeRows(publicDb, law.id)).map(changeOf), params.no, on)
      if (!law || !found) return null
      const { article, text, silent } = found
      return { code: law.code, law: text.name, on, no: article.no, label: articleLabel(article.no, text.form), caption: article.caption ?? null, text: article.text, suspended: silent === 'suspended', void: silent === 'void', url: articlePath(law.code, article.no, on) }
    },
  }),
]
