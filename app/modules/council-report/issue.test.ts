import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { readDocument } from '../../core/documents/store.ts'
import { isRefusal, valueOf } from '../../core/errors.ts'
import { compareSides, explainCases, frozenSide, presentSide } from '../../core/reports/compare.ts'
import { findReport } from '../../core/reports/drafts.ts'
import { issueReport } from '../../core/reports/issue.ts'
import { publishedFigures } from '../../core/reports/published.ts'
import { saveSection } from '../../core/reports/sections.ts'
import { typeValue } from '../../core/reports/typed-values.ts'
import { importFiles } from '../../core/tabular/import.ts'
import { verifyAll } from '../../core/verify.ts'
import { modules } from '../../modules.ts'
import { change, confirmAll, makeLetter, makeReportOffice, type ReportOffice, startHalfYear } from './office-for-tests.ts'
import { testFolder } from '../../../test/support/folder.ts'

const { db } = await createTestDatabase()
let office: ReportOffice
let report = 0
let letters: { id: number; number: string }[] = []

beforeAll(async () => {
  office = await makeReportOffice(db)
  const { works } = office.units
  letters = [await makeLetter(db, works, '110/4/1 00:00', '110/4/20 10:00'), await makeLetter(db, works, '110/9/30 23:59', '110/10/31 23:59'), await makeLetter(db, works, '110/6/1 09:00', null)]
  report = await startHalfYear(office)
})

const differences = async () => (await verifyAll(db)).flatMap((proof) => proof.differences)
const frozen = async () => (await sql<{ text: string }>`select document::text || (select string_agg(f::text, '' order by f.id) from report_figures f where report_id = r.id) as text from reports r where id = ${report}`.execute(db)).rows[0]!.text

test('a report with missing sections is not issued, and the sentence names them', async () => {
  const refused = await issueReport(office.editor, { report })
  expect(isRefusal(refused) && refused.message).toMatch(/還有 16 章沒有確認：01 .*08 人民陳情與為民服務（為民服務科）/)
})

test('issuing freezes text, figures with their cases, files and checkpoint at one instant', async () => {
  valueOf(await typeValue(office.editor, { report, figure: 'assets.review_rounds', value: '5', note: '簽到表' }))
  await confirmAll(office, report)
  valueOf(await issueReport(office.editor, { report, origin: 'https://county.example' }))
  const issue = (await findReport(db, report))!
  expect(issue).toMatchObject({ state: 'issued', unconfirmed: [] })
  expect(issue.checkpoint).toMatch(/^\d+:[0-9a-f]{64}$/)
  const figures = new Map((await publishedFigures(db, report)).map((figure) => [figure.figure, figure]))
  expect(figures.get('petitions.received')).toMatchObject({ value: 3, source: 'cases', cases: 3 })
  expect(figures.get('petitions.closed')).toMatchObject({ value: 2, cases: 2, parts: { month: [{ key: '2021-04', value: 1 }, { key: '2021-09', value: 1 }] } })
  expect(figures.get('petitions.closed_rate')).toMatchObject({ value: 0.6667, numerator: 2, denominator: 3 })
  expect(figures.get('assets.review_rounds')).toMatchObject({ value: 5, source: 'typed', typed: { by: '蔡彙編', note: '簽到表' } })
  expect(figures.get('datacentre.hosts')).toMatchObject({ value: null, source: 'none' })
  const { rows } = await sql<{ case_ids: string[] }>`select case_ids from report_figures where report_id = ${report} and figure = 'petitions.closed'`.execute(db)
  expect(rows[0]!.case_ids.map(Number)).toEqual([letters[0]!.id, letters[1]!.id])
  const files = await sql<{ format: string; sha256: string }>`select format, encode(sha256, 'hex') as sha256 from report_files f join documents d on d.id = f.document_id where report_id = ${report} order by format`.execute(db)
  expect(files.rows.map(({ format }) => format)).toEqual(['html', 'odp', 'odt', 'pdf'])
  const html = (await readDocument(files.rows[0]!.sha256)).toString('utf8')
  expect(html).toContain(`https://county.example/reports/${report}/figures/petitions.closed`)
  expect(html).toContain('已定稿')
  expect(await differences()).toEqual([])
}, 60_000)

test('an issue is never changed, not even past the acts', async () => {
  expect(await saveSection(office.editor, { report, key: 's08', revision: 1, body: '改' })).toMatchObject({ refused: true, code: 'report.issued' })
  expect(await issueReport(office.editor, { report })).toMatchObject({ refused: true, code: 'report.issued' })
  for (const statement of [
    `update reports set title = 'x' where id = ${report}`, `delete from report_figures where report_id = ${report}`, `update report_figures set value = '9' where report_id = ${report}`,
    `update report_sections set body = '' where report_id = ${report}`, `delete from report_files`,
  ]) await expect(sql.raw(statement).execute(db), statement).rejects.toThrow('never changes')
})

test('later corrections change nothing in the issue; the comparison lists the very cases, what changed and when', async () => {
  const before = await frozen()
  const corrected = new Date()
  await change(db, letters[2]!.id, { closed_at: new Date('2021-10-30T10:00+08:00'), outcome: 'answered', stage: 'closed' })
  await change(db, letters[0]!.id, { received_at: new Date('2021-03-31T10:00+08:00') })
  expect(await frozen()).toBe(before)
  expect((await differences()).filter((line) => line.startsWith('報告'))).toEqual([])

  const issue = (await findReport(db, report))!
  const sides = [await frozenSide(db, issue), await presentSide(db, issue, new Date())] as const
  const { changed } = compareSides(...sides)
  const figure = (id: string) => changed.find((each) => each.id === id)!
  expect(figure('petitions.received')).toMatchObject({ before: 3, after: 2, cases: [{ id: letters[0]!.id, before: 1, after: null }] })
  expect(figure('petitions.closed')).toMatchObject({ before: 2, after: 2, cases: [{ id: letters[0]!.id, before: 1, after: null }, { id: letters[2]!.id, before: null, after: 1 }] })
  expect(figure('petitions.closed_rate')).toMatchObject({ before: 0.6667, after: 1 })
  expect(changed.map(({ id }) => id)).not.toContain('assets.review_rounds')

  const told = await explainCases(db, 'petitions.closed', ...sides, [letters[0]!.id, letters[2]!.id], office.editor.person)
  expect(told[0]).toMatchObject({ number: letters[0]!.number, path: null, title: null, appeared: 'out' })
  expect(told[1]!.changes).toEqual([{ what: '結案時間', before: '未填', after: '110/10/30 10:00' }, { what: '結案方式', before: '未填', after: '答復' }])
  expect(told[1]!.recordedAt[0]!.getTime()).toBeGreaterThanOrEqual(corrected.getTime() - 1000)
})

test('a correction is a new issue that starts from the text of the one before; both stay', async () => {
  const second = await startHalfYear(office)
  await change(db, letters[0]!.id, { received_at: new Date('2021-04-01T00:00+08:00') })
  valueOf(await saveSection(office.writer, { report: second, key: 's08', revision: 1, body: '收件 {{petitions.received}}，沒有確認。' }))
  const refused = await issueReport(office.editor, { report: second })
  expect(isRefusal(refused) && refused.code).toBe('report.unconfirmed')
  valueOf(await issueReport(office.editor, { report: second, override: '1' }))
  const issue = (await findReport(db, second))!
  expect(issue.based_on).toBe(report)
  expect(issue.unconfirmed).toHaveLength(16)
  const { rows } = await sql<{ sha256: string }>`select encode(sha256, 'hex') as sha256 from report_files f join documents d on d.id = f.document_id where report_id = ${second} and format = 'html'`.execute(db)
  const html = (await readDocument(rows[0]!.sha256)).toString('utf8')
  expect(html).toContain('未經單位確認')
  expect(html).toContain('08 人民陳情與為民服務（為民服務科）')
  const { changed } = compareSides(await frozenSide(db, (await findReport(db, report))!), await frozenSide(db, issue))
  expect(changed.find(({ id }) => id === 'petitions.closed')).toMatchObject({ before: 2, after: 3, cases: [{ id: letters[2]!.id, before: null, after: 1 }] })
}, 60_000)

/** As somebody with the database's own password could. */
async function behindTheBack(statement: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx)
    await sql.raw(statement).execute(tx)
  })
}

test('verify names a frozen number that was changed behind the service', async () => {
  await behindTheBack(`update report_figures set value = '404' where report_id = ${report} and figure = 'petitions.closed'`)
  expect(await differences()).toEqual([
    `報告 ${report}（第七屆第六次定期會行政處業務報告）的 petitions.closed 應為 404，現在算出 2`,
    `報告 ${report}（第七屆第六次定期會行政處業務報告）定稿時凍結的內容被改過，和定稿紀錄的雜湊不符`,
  ])
  await behindTheBack(`update report_figures set value = '2' where report_id = ${report} and figure = 'petitions.closed'`)
  await sql`insert into report_figures (report_id, position, figure, title, definition, kind, unit, value, source) values (${report}, 999, 'x.y', '', '', 'flow', '', '1', 'typed')`.execute(db)
  expect((await differences()).join()).toContain('凍結的內容被改過')
  await behindTheBack(`delete from report_figures where figure = 'x.y'`)
  expect(await differences()).toEqual([])
})

test('verify does not count old cases that came by an import after the issue, and says so', async () => {
  const folder = testFolder()
  const path = join(folder, 'petitions.csv')
  writeFileSync(path, '案號,管道,收件時間,主旨,主辦單位,結案時間\n舊-1,縣長電子信箱,110/5/3,舊系統的路燈案,工務處,110/5/20\n')
  expect(await importFiles(db, [path], modules.flatMap((module) => module.importers ?? []))).toMatchObject({ exitCode: 0 })
  const proofs = await verifyAll(db)
  expect(proofs.flatMap((proof) => proof.differences)).toEqual([])
  expect(proofs.flatMap((proof) => proof.remarks ?? [])).toContain(`報告 ${report}（第七屆第六次定期會行政處業務報告）定稿之後才匯入的舊案不計入比對：petitions.csv`)
})

test('verify names the figures when history itself was changed behind the service', async () => {
  await behindTheBack(`update windlion_history.cases set closed_at = null, outcome = null where id = ${letters[0]!.id}`)
  expect(await differences()).toContain(`報告 ${report}（第七屆第六次定期會行政處業務報告）的 petitions.closed 值相同，但所計的案件和定稿時不同`)
})

test('verify names a frozen text and a file that were exchanged', async () => {
  await behindTheBack(`update reports set document = jsonb_set(document, '{cover,title}', '"別的報告"') where id = ${report}`)
  await behindTheBack(`update report_files set document_id = (select document_id from report_files where report_id = ${report} and format = 'odt') where report_id = ${report} and format = 'pdf'`)
  const found = await differences()
  expect(found.some((line) => line.includes('凍結的內容被改過'))).toBe(true)
  expect(found.some((line) => line.includes('PDF 檔和定稿時的不同'))).toBe(true)
})
