import { z } from 'zod'
import type { Db, Reader } from '../../core/db.ts'
import { holds, type Person } from '../../core/identity/permissions.ts'
import { findReport, type Report } from '../../core/reports/drafts.ts'
import { publicReportPath } from '../../core/reports/paths.ts'
import { findPublished, listPublished, type PublishedLine } from '../../core/reports/published.ts'
import { listReports, type ReportLine } from '../../core/reports/queries.ts'
import { findSections } from '../../core/reports/sections.ts'
import { isoInstant } from '../../core/time.ts'
import { apiRoute } from '../../core/web/api.ts'
import { reportPath } from './paths.ts'
import { councilReport } from './report.ts'
import { issueJson, reportJson } from './report-json.ts'

const Line = z.object({
  id: z.number(),
  period: z.object({ from: z.string(), to: z.string() }),
  statusOn: z.string(),
  title: z.string(),
  session: z.string().describe('會期'),
  state: z.enum(['draft', 'issued']),
  asOf: z.string().nullable().describe('定稿的資料時點；草稿是 null'),
  sections: z.number().optional().describe('共幾章，登入者'),
  confirmed: z.number().optional().describe('已確認幾章，登入者'),
  url: z.string(),
})
const Figure = z.object({
  title: z.string().optional(),
  value: z.union([z.number(), z.string(), z.array(z.object({ label: z.string(), value: z.number().nullable() }).loose())]).nullable(),
  kind: z.string(),
  unit: z.string(),
  numerator: z.number().nullable().optional(),
  denominator: z.number().nullable().optional(),
  source: z.enum(['cases', 'balance', 'typed', 'none']),
  typed: z.object({ by: z.string(), at: z.string(), note: z.string() }).optional(),
  url: z.string().nullable(),
  parts: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))).optional(),
})
const Section = z.object({ key: z.string(), no: z.string(), title: z.string(), unit: z.string(), state: z.enum(['drafting', 'confirmed', 'locked']), confirmedBy: z.string().nullable(), confirmedBecause: z.string().nullable().describe('由報告彙編代為確認的理由；單位自己確認是 null') })
const Answer = z.object({
  period: z.object({ from: z.string(), to: z.string() }),
  statusOn: z.string(),
  asOf: z.string(),
  report: z.object({ id: z.number(), council: z.string(), session: z.string(), title: z.string(), state: z.enum(['draft', 'issued']), digest: z.string().optional() }),
  figures: z.record(z.string(), Figure).describe('和 windlion report --format json 相同'),
  checkpoint: z.string().nullable(),
  sections: z.array(Section).optional().describe('登入者'),
})

const maySee = (person: Person | null): boolean => person !== null && holds(person, 'reports.see')

export const api = [
  apiRoute({
    method: 'GET',
    path: '/reports',
    permission: 'public',
    summary: '議會業務報告；未登入時只有已定稿的',
    response: z.object({ items: z.array(Line) }),
    handle: async ({ db, publicDb, caller }) => ({
      items: maySee(caller.person) ? (await listReports(db, councilReport.kind)).map(staffLine) : (await listPublished(publicDb, councilReport.kind)).map(publicLine),
    }),
  }),
  apiRoute({
    method: 'GET',
    path: '/reports/:id',
    permission: 'public',
    summary: '一份報告的每個數字，和 windlion report --format json 相同；草稿依現在的資料計算，只給可以看報告的同仁',
    params: z.object({ id: z.string().max(15) }),
    response: Answer,
    handle: async ({ db, publicDb, caller, params }) => {
      if (!/^\d+$/.test(params.id)) return null
      const id = Number(params.id)
      if (maySee(caller.person)) return staffAnswer(db, publicDb, id)
      return (await findPublished(publicDb, id)) ? issuedAnswer(publicDb, id) : null
    },
  }),
]

function publicLine({ id, from_day: from, to_day: to, status_on: statusOn, title, session, as_of: asOf }: PublishedLine) {
  return { id, period: { from, to }, statusOn, title, session, state: 'issued', asOf: isoInstant(asOf), url: publicReportPath(id) }
}

function staffLine({ id, from_day: from, to_day: to, status_on: statusOn, title, session, state, as_of: asOf, sections, confirmed }: ReportLine) {
  return { id, period: { from, to }, statusOn, title, session, state, asOf: asOf && isoInstant(asOf), sections, confirmed, url: reportPath(id) }
}

async function issuedAnswer(publicDb: Reader, id: number) {
  const { report, ...rest } = await issueJson(publicDb, id, '')
  return { ...rest, report: { ...report, state: 'issued' } }
}

async function staffAnswer(db: Db, publicDb: Reader, id: number) {
  const report = await findReport(db, id)
  if (!report || report.kind !== councilReport.kind) return null
  const sections = (await findSections(db, id)).map(({ key, no, title, unit, state, confirmed_by: confirmedBy, confirmed_because: confirmedBecause }) => ({ key, no, title, unit, state, confirmedBy, confirmedBecause }))
  return { ...(report.state === 'issued' ? await issuedAnswer(publicDb, id) : await draftAnswer(db, report)), sections }
}

async function draftAnswer(db: Db, { id, from_day: from, to_day: to, status_on: statusOn, council, session, title }: Report) {
  const answer = await reportJson(db, { from, to, statusOn, asOf: null }, new Date(), '')
  return { ...answer, report: { id, council, session, title, state: 'draft' } }
}
