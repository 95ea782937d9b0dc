import { periodName } from '../../../core/figures/periods.ts'
import { holds, may, type Person } from '../../../core/identity/permissions.ts'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { vocabularyOf } from '../../../core/reports/declared.ts'
import { chaseSections, findChases } from '../../../core/reports/chase.ts'
import { parseText } from '../../../core/reports/document/text/parse.ts'
import type { Report } from '../../../core/reports/drafts.ts'
import { mediaTypes, paperFormats } from '../../../core/reports/files.ts'
import { issueReport } from '../../../core/reports/issue.ts'
import { publicReportPath } from '../../../core/reports/paths.ts'
import { pictureCodes } from '../../../core/reports/pictures.ts'
import { listReports } from '../../../core/reports/queries.ts'
import { findSections, type SectionRow } from '../../../core/reports/sections.ts'
import { rocLongDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink, Card, Checkboxes, ErrorSummary, Form, InstantText, ProgressBar, SummaryList, Table, Tag, WarningText } from '../../../ui/index.ts'
import { chasePath, comparePath, coverPath, filePath, issuePath, numbersPath, picturesPath, previewPath, reportPath, reportsPath, sectionPath } from '../paths.ts'
import { councilReport } from '../report.ts'
import { nextMissing, SectionTag, sectionName } from '../section-state.tsx'
import { errorItems, numbers, reportOf } from './request.ts'

/** A report: how far it is, whose sections are missing, and issuing it. */
export const routes = [
  get(`${reportsPath}/:id`, 'reports.see', async (request) => page(request, await reportOf(request))),
  post(`${reportsPath}/:id/issue`, 'reports.edit', async (request) => {
    const report = await reportOf(request)
    const result = await issueReport({ ...request.caller, person: request.person }, { report: report.id, override: request.form.override === '1' ? '1' : '0', origin: request.origin })
    return isRefusal(result) ? page(request, await reportOf(request), result) : redirect(reportPath(report.id), '報告已定稿並公開；內容從此不再改變')
  }),
  post(`${reportsPath}/:id/chase`, 'reports.edit', async (request) => {
    const report = await reportOf(request)
    const result = await chaseSections(request.caller, { report: report.id, unit: request.form.unit, page: `${request.origin}${reportPath(report.id)}` })
    if (isRefusal(result)) return page(request, report, result)
    const { letters, units, unreachable } = result.value
    return redirect(reportPath(report.id), [letters ? `已寄出 ${letters} 封催請信給 ${units} 個單位` : '沒有寄出催請信', unreachable.length ? `${unreachable.join('、')}的主管沒有電子郵件，請用電話` : ''].filter(Boolean).join('；'))
  }),
]

async function page(request: StaffRequest, report: Report, failed?: Refusal): Promise<Reply> {
  const sections = await findSections(request.db, report.id)
  const isDraft = report.state === 'draft'
  const name = periodName({ from: report.from_day, to: report.to_day })
  const mayEdit = holds(request.person, 'reports.edit')
  const next = isDraft ? nextFor(request.person, sections) : null
  return consolePage(
    request,
    {
      title: `${name}　${report.title}`,
      current: reportsPath,
      breadcrumbs: [{ text: councilReport.name, href: reportsPath }, { text: name }],
      headingNote: isDraft ? <Tag tone="active">草稿</Tag> : <Tag tone="done">已定稿</Tag>,
      actions: (
        <div class="cluster">
          {next && <ButtonLink href={sectionPath(report.id, next.key)}>接著寫 {sectionName(next)}</ButtonLink>}
          {isDraft ? <ButtonLink href={previewPath(report.id)} kind={next ? 'secondary' : 'primary'}>預覽整份</ButtonLink> : <ButtonLink href={publicReportPath(report.id)}>開啟報告</ButtonLink>}
          {isDraft && <ButtonLink href={coverPath(report.id)} kind="secondary" reason={mayEdit ? null : '封面由報告彙編填寫'}>封面與期間</ButtonLink>}
        </div>
      ),
      children: (
        <>
          <ErrorSummary errors={errorItems(failed)} title={failed && !chaseRefusals.has(failed.code) ? '還不能定稿' : undefined} />
          <Facts report={report} />
          {isDraft && <Missing sections={sections} person={request.person} reportId={report.id} chases={await findChases(request.db, report.id)} />}
          <Chapters report={report} sections={sections} person={request.person} problems={isDraft ? await problemsOf(request, report, sections) : new Map()} />
          {isDraft ? <Beside request={request} report={report} sections={sections} numbersTyped={await typedCount(request, report)} /> : <Issued request={request} report={report} others={await otherIssues(request, report)} />}
          {isDraft && <IssueCard report={report} sections={sections} mayEdit={mayEdit} failed={failed} />}
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

function Facts({ report }: { report: Report }) {
  const people = report.participants.length ? `${report.participants[0]}${report.participants.length > 1 ? ` 等 ${report.participants.length} 人` : ''}` : '—'
  return (
    <SummaryList
      columns={3}
      rows={[
        { key: '資料期間', value: `${rocLongDay(report.from_day)}至${rocLongDay(report.to_day)}` },
        { key: '資料截止日', value: rocLongDay(report.status_on) },
        { key: '會期', value: [report.council, report.session].filter(Boolean).join(' ') || '—' },
        { key: '報告人', value: report.reporter || '—' },
        { key: '參加人員', value: people },
        { key: '資料時點', value: report.as_of ? <InstantText at={report.as_of} /> : '現在（定稿時固定）' },
      ]}
    />
  )
}

/** Which sections are missing, and whose they are. */
function Missing({ sections, person, reportId, chases }: { sections: SectionRow[]; person: Person; reportId: number; chases: Awaited<ReturnType<typeof findChases>> }) {
  const missing = sections.filter(({ state }) => state === 'drafting')
  const byUnit = Map.groupBy(missing, ({ unit }) => unit)
  const mayEdit = holds(person, 'reports.edit')
  const chaseAll = mayEdit && byUnit.size > 0 && <Form action={chasePath(reportId)}><Button kind="secondary" small>催請所有單位</Button></Form>
  return (
    <Card title={missing.length ? `還缺 ${missing.length} 章` : '各章都已確認'} actions={chaseAll}>
      <ProgressBar label="已確認" done={sections.length - missing.length} total={sections.length} unit="章" />
      {byUnit.size > 0 && (
        <Table
          caption="還沒有確認的單位"
          captionHidden
          rows={[...byUnit]}
          rowKey={([unit]) => unit}
          rowTone={([, own]) => (own.some((section) => isOwn(person, section)) ? 'soon' : undefined)}
          columns={[
            { heading: '單位', rowHeader: true, width: 'fit', cell: ([unit]) => unit },
            { heading: '還沒有確認的章', cell: ([, own]) => own.map((section, i) => <>{i > 0 && '、'}<a href={sectionPath(reportId, section.key)}>{sectionName(section)}</a></>) },
            { heading: '章數', numeric: true, wideOnly: true, cell: ([, own]) => own.length },
            { heading: '催請', width: 'fit', cell: ([unit, own]) => <Chase reportId={reportId} unit={unit} unitId={own[0]!.unit_id} last={chases.get(own[0]!.unit_id)} mayEdit={mayEdit} /> },
          ]}
        />
      )}
    </Card>
  )
}

const chaseRefusals = new Set(['report.nothing-missing', 'report.chased-today'])

/** When a unit was reminded, and reminding it: a letter to those who may confirm. */
function Chase({ reportId, unit, unitId, last, mayEdit }: { reportId: number; unit: string; unitId: number; last: { at: Date; letters: number } | undefined; mayEdit: boolean }) {
  if (last) return <><InstantText at={last.at} />{last.letters === 0 && <span class="muted">　沒有電子郵件</span>}</>
  if (!mayEdit) return <span class="muted">還沒有</span>
  return (
    <Form action={chasePath(reportId)}>
      <input type="hidden" name="unit" value={unitId} />
      <button class="link-button">催請<span class="govuk-visually-hidden">{unit}</span></button>
    </Form>
  )
}

/** Where to go on: the department at the first section that waits, a unit at its own first. */
function nextFor(person: Person, sections: SectionRow[]): SectionRow | null {
  return nextMissing(holds(person, 'reports.edit') ? sections : sections.filter((section) => isOwn(person, section)), null)
}

const isOwn = (person: Person, section: SectionRow): boolean => !holds(person, 'reports.edit') && may(person, 'reports.write', { unitId: section.unit_id, officerId: null })

function Chapters({ report, sections, person, problems }: { report: Report; sections: SectionRow[]; person: Person; problems: Map<string, number> }) {
  return (
    <Table<SectionRow>
      caption="各章"
      rows={sections}
      rowKey={({ key }) => key}
      rowHref={({ key }) => sectionPath(report.id, key)}
      rowTone={(section) => (section.state === 'drafting' && isOwn(person, section) ? 'soon' : undefined)}
      columns={[
        { heading: '章', rowHeader: true, width: 'grow', cell: (section) => <a href={sectionPath(report.id, section.key)}>{sectionName(section)}</a> },
        { heading: '負責單位', cell: ({ unit }) => unit },
        { heading: '狀態', width: 'fit', cell: ({ state, key, confirmed_because: because }) => <><SectionTag state={state} confirmedFor={because !== null} />{problems.get(key) ? <Tag tone="danger">{problems.get(key)} 處錯誤</Tag> : null}</> },
        { heading: '最近', wideOnly: true, cell: (section) => lastDone(section) },
      ]}
    />
  )
}

function lastDone({ state, unit, confirmed_because: because, confirmed_at: confirmedAt, confirmed_by: confirmedBy, saved_at: savedAt, saved_by: savedBy, reopened_because: reason, revision }: SectionRow) {
  if (state !== 'drafting' && confirmedAt) return <><InstantText at={confirmedAt} /> {confirmedBy} {because === null ? '確認' : `代${unit}確認：${because}`}</>
  if (reason) return <>重新開放：{reason}</>
  if (revision === 1) return <span class="muted">還沒有改過</span>
  return <><InstantText at={savedAt} /> {savedBy} 儲存</>
}

async function problemsOf(request: StaffRequest, report: Report, sections: SectionRow[]): Promise<Map<string, number>> {
  const vocabulary = vocabularyOf(councilReport, await pictureCodes(request.db, report.id))
  return new Map(sections.map(({ key, body }) => [key, parseText(body, vocabulary).problems.filter(({ severity }) => severity === 'error').length]))
}

async function typedCount(request: StaffRequest, report: Report): Promise<{ none: number; typed: number; cases: number }> {
  const { answers } = await numbers(request, report)
  const count = (source: string) => [...answers.values()].filter((each) => each.source === source).length
  return { none: count('none'), typed: count('typed'), cases: count('cases') }
}

function Beside({ report, numbersTyped }: { request: StaffRequest; report: Report; sections: SectionRow[]; numbersTyped: { none: number; typed: number; cases: number } }) {
  const { none, typed, cases } = numbersTyped
  return (
    <Card title="數字與圖片">
      <p>由案件計算 {cases} 項，人工登打 {typed} 項，還沒有紀錄 {none} 項。沒有紀錄的數字，報告會在那個地方說明，不會留白。</p>
      <ButtonGroup>
        <ButtonLink href={numbersPath(report.id)} kind="secondary">登打數字</ButtonLink>
        <ButtonLink href={picturesPath(report.id)} kind="secondary">圖片</ButtonLink>
      </ButtonGroup>
    </Card>
  )
}

function IssueCard({ report, sections, mayEdit, failed }: { report: Report; sections: SectionRow[]; mayEdit: boolean; failed: Refusal | undefined }) {
  const missing = sections.filter(({ state }) => state === 'drafting')
  return (
    <Card title="定稿" id="issue">
      <p>定稿時，文字、每個數字和它所計的案件、檔案與查核點都固定在同一個時點並對外公開，以後不再改變。要更正時另出一份，兩份可以比較。</p>
      <Form action={issuePath(report.id)}>
        {missing.length > 0 && (
          <>
            <WarningText>還有 {missing.length} 章沒有確認：{missing.map(sectionName).join('、')}</WarningText>
            <Checkboxes name="override" label="仍要定稿" labelSize="hidden" options={[{ value: '1', text: '仍要定稿，報告會印出哪些章未經單位確認' }]} values={[]} error={failed?.code === 'report.unconfirmed' ? '請先催請確認，或勾選仍要定稿' : undefined} />
          </>
        )}
        <Button reason={mayEdit ? null : '只有報告彙編可以定稿'} confirm="定稿之後內容不能再改，並會對外公開。" confirmAction="定稿">定稿並公開</Button>
      </Form>
    </Card>
  )
}

async function otherIssues(request: StaffRequest, report: Report) {
  return (await listReports(request.db, councilReport.kind)).filter(({ id, state }) => state === 'issued' && id !== report.id)
}

function Issued({ report, others }: { request: StaffRequest; report: Report; others: Awaited<ReturnType<typeof otherIssues>> }) {
  return (
    <Card title="定稿">
      <SummaryList
        rows={[
          { key: '查核點', value: <code class="hash">{report.checkpoint}</code> },
          { key: '內容雜湊', value: <code class="hash">{report.digest?.toString('hex')}</code> },
          ...(report.unconfirmed.length ? [{ key: '未經單位確認', value: report.unconfirmed.join('、') }] : []),
          { key: '檔案', value: <span class="cluster">{[...paperFormats, 'json' as const].map((format) => <a key={format} href={filePath(report.id, format)} type={mediaTypes[format]}>{format.toUpperCase()}</a>)}</span> },
          { key: '比較', value: <span class="cluster"><a href={comparePath(report.id, 'now')}>和現在重算的數字比較</a>{others.map(({ id, from_day: from, to_day: to, session }) => <a key={id} href={comparePath(id, report.id)}>和{periodName({ from, to })}{session}比較</a>)}</span> },
        ]}
      />
    </Card>
  )
}
