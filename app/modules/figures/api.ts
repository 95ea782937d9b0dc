import { z } from 'zod'
import { read } from '../../core/db.ts'
import { figureSet, figureSplitSet } from '../../core/figures/cache.ts'
import { figureCases } from '../../core/figures/compute.ts'
import { type FigureDefinition, type FigurePart, type FigureSpan, type SplitBy, splits, toldValue } from '../../core/figures/figure.ts'
import { figureCasesPath } from '../../core/figures/paths.ts'
import { findPublications, readPublished } from '../../core/figures/published.ts'
import { allFigures, findFigure } from '../../core/figures/registry.ts'
import { holds } from '../../core/identity/permissions.ts'
import { done, refusal } from '../../core/errors.ts'
import { type Day, dayFromNumber, isoInstant, parseDay, parseInstantEnd } from '../../core/time.ts'
import { apiRoute } from '../../core/web/api.ts'
import { readAfter, writeAfter } from './after.ts'
import { titleOf } from './routes/cases.tsx'

const splitNames = Object.keys(splits) as [SplitBy, ...SplitBy[]]
const aDay = z.string().max(20).transform((text, context) => parseDay(text) ?? (context.addIssue({ code: 'custom', message: '請寫成 2021-04-01 或 110-04-01' }), z.NEVER))
const anInstant = z.string().max(40).transform((text, context) => parseInstantEnd(text) ?? (context.addIssue({ code: 'custom', message: '請寫成 2021-10-31 或 2021-10-31T17:00+08:00' }), z.NEVER))

const spanQuery = z.object({
  from: aDay.describe('期間第一天'),
  to: aDay.describe('期間最後一天'),
  statusOn: aDay.optional().describe('資料截止日；不填是期間最後一天'),
  asOf: anInstant.optional().describe('依何時所知；不填是現在'),
})
const id = z.object({ id: z.string().max(100) })

const Definition = z.object({ id: z.string(), title: z.string(), definition: z.string(), kind: z.string(), unit: z.string(), splits: z.array(z.enum(splitNames)), public: z.boolean() })
const partValue = z.object({ key: z.string(), label: z.string(), value: z.number().nullable() })
const Value = z.object({ value: z.union([z.number(), z.string(), z.array(partValue)]).nullable().describe('金額是整數元；日期是 2021-09-27；分項與平衡是各項'), numerator: z.number().nullable().optional(), denominator: z.number().nullable().optional(), few: z.boolean().optional().describe('件數太少，不公開') })
const Answer = Value.extend({
  id: z.string(),
  kind: z.string(),
  unit: z.string(),
  period: z.object({ from: z.string(), to: z.string() }),
  statusOn: z.string(),
  asOf: z.string().nullable().describe('依何時所知；null 是現在'),
  source: z.string(),
  url: z.string().nullable(),
  parts: z.array(Value.extend({ key: z.string().nullable(), label: z.string() })).optional(),
})

export const api = [
  apiRoute({
    method: 'GET',
    path: '/figures',
    permission: 'public',
    summary: '所有統計數字的定義；未登入時只有公開的',
    response: z.object({ items: z.array(Definition) }),
    handle: async ({ caller }) => {
      const mayRead = caller.person !== null && holds(caller.person, 'figures.read')
      return { items: allFigures().filter((figure) => mayRead || figure.public).map(describe) }
    },
  }),
  apiRoute({
    method: 'GET',
    path: '/figures/:id',
    permission: 'public',
    summary: '一個統計數字，可依單位、鄉鎮、月份、管道、類別、種類區分；未登入時給已公布的半年',
    params: id,
    query: spanQuery.extend({ by: z.enum(splitNames).optional() }).refine((query) => query.to >= query.from, { message: '迄日不能早於起日', path: ['to'] }),
    response: Answer,
    handle: async ({ db, publicDb, caller, params, query }) => {
      const figure = findFigure(params.id)
      if (!figure) return null
      if (query.by && !figure.splits.includes(query.by)) return refusal('figure.no-split', `這個統計數字不能依${splits[query.by]}區分`, { field: 'by' })
      if (caller.person && holds(caller.person, 'figures.read')) {
        const span: FigureSpan = { from: query.from, to: query.to, statusOn: query.statusOn ?? query.to, asOf: query.asOf ?? null }
        const value = (await figureSet(db, [figure.id], span))[figure.id]!
        const parts = query.by && (await figureSplitSet(db, [figure.id], span, [query.by]))[figure.id]?.[query.by]
        return done({ ...about(figure, span), ...value, value: toldValue(value), url: figureCasesPath(figure.id, span), ...(query.by ? { parts: (parts ?? []).map(partOf) } : {}) })
      }
      if (!figure.public || query.asOf || query.statusOn) return refusal('figure.sign-in', '未登入只能查已公布的半年；要自訂資料截止日或依何時所知，請先登入')
      return publishedAnswer(publicDb, figure, query)
    },
  }),
  apiRoute({
    method: 'GET',
    path: '/figures/:id/cases',
    permission: 'figures.read',
    summary: '計入的案件，依收件先後，每頁 50 件；只列您的職務可以檢視的',
    params: id,
    query: spanQuery.extend({ after: z.string().max(60).optional() }),
    response: z.object({ items: z.array(z.record(z.string(), z.unknown())), next: z.string().nullable() }),
    handle: async ({ db, person, params, query }) => {
      const figure = findFigure(params.id)
      if (!figure) return null
      const span: FigureSpan = { from: query.from, to: query.to, statusOn: query.statusOn ?? query.to, asOf: query.asOf ?? null }
      const rows = await read(db, (reader) => figureCases(reader, figure, span, { seenBy: person, after: readAfter(query.after), limit: 51 }), span.asOf)
      const page = rows.slice(0, 50)
      return {
        items: page.map(({ case_id: _case, ...row }) => ({ ...row, value: figure.adds === 'date' ? dayFromNumber(row.value) : row.value, title: titleOf(row), received_at: isoInstant(row.received_at), closed_at: row.closed_at && isoInstant(row.closed_at) })),
        next: rows.length > 50 ? writeAfter(page.at(-1)!) : null,
      }
    },
  }),
]

function describe({ id, title, definition, kind, unit, splits, public: isPublic }: FigureDefinition) {
  return { id, title, definition, kind, unit, splits, public: isPublic }
}

const about = (figure: FigureDefinition, span: { from: Day; to: Day; statusOn: Day; asOf: Date | null }) => ({
  id: figure.id, kind: figure.kind, unit: figure.unit, period: { from: span.from, to: span.to }, statusOn: span.statusOn, asOf: span.asOf && isoInstant(span.asOf), source: 'cases',
})

const partOf = ({ key, label, value, kind, numerator, denominator }: FigurePart) => ({
  key, label, value: toldValue({ value, kind }), ...(denominator === undefined ? {} : { numerator, denominator }),
})

async function publishedAnswer(publicDb: Parameters<typeof findPublications>[0], figure: FigureDefinition, query: { from: Day; to: Day; by?: SplitBy | undefined }) {
  const publication = (await findPublications(publicDb)).find(({ from, to }) => from === query.from && to === query.to)
  if (!publication) return refusal('figure.not-published', '這段期間沒有公布統計；已公布的期間在 /statistics/petitions')
  const published = await readPublished(publicDb, publication)
  const whole = published.whole(figure.id)
  if (!whole) return null
  const told = (value: number | null) => toldValue({ value, kind: figure.kind })
  const parts = query.by ? published.parts(figure.id, query.by).map(({ label, ...part }) => ({ key: label, label, ...part, value: told(part.value) })) : undefined
  const own = figure.splits.includes('part') ? published.parts(figure.id, 'part').map(({ label, value }) => ({ key: label, label, value })) : null
  return done({ ...about(figure, publication), ...whole, value: own ?? told(whole.value), url: null, ...(parts ? { parts } : {}) })
}
