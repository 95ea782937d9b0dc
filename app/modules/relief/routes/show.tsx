import { findCommonEvents } from '../../../core/cases/common-history.ts'
import { FilesCard } from '../../../core/procedure/files-card.tsx'
import { caseFileRoute } from '../../../core/procedure/case-files.ts'
import { CaseTag } from '../../../core/procedure/case-list.tsx'
import { NextSteps, StepHistory } from '../../../core/procedure/case-parts.tsx'
import { evidencePath, evidenceRoutes } from '../../../core/procedure/evidence.tsx'
import type { ShownStep } from '../../../core/procedure/shown.ts'
import { stepRoutes } from '../../../core/procedure/step-page.tsx'
import { stepActs } from '../../../core/procedure/take-step.ts'
import { may } from '../../../core/identity/permissions.ts'
import { type Day, dayOf, daysBetween, rocDay, rocMonth } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { LineChart } from '../../../ui/components/line-chart.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { EmptyState, InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { type ItemState, type Joint, visibleTo, waitsFor } from '../item.ts'
import { filteredListPath, itemPath, listPath } from '../paths.ts'
import { findItemFile, type ItemFile, type MonthRow } from '../queries.ts'
import { addEvidence, evidence, procedure } from '../steps.ts'
import { evidenceKinds } from '../schema.ts'
import { SumCharts } from './sum-charts.tsx'

/** A work item: whom it waits for, what it has reached, what proves it, who agreed. */
async function show(request: StaffRequest): Promise<Reply> {
  const { db, person, today } = request
  const state = await procedure.find(db, person, request.params.name!)
  const file = await findItemFile(db, state.id)
  const add = !evidence.refuse!(state) && may(person, evidence.permission, state)
  return consolePage(request, {
    title: `${state.number} ${state.title}`, heading: state.title, current: listPath,
    breadcrumbs: [{ text: procedure.title, href: filteredListPath({ programme: file.programmeId }) }, { text: file.planTitle, href: filteredListPath({ plan: file.planNumber }) }, { text: state.number }],
    headingNote: <><span class="nowrap number">{state.number}</span><CaseTag procedure={procedure} stage={state.stage} outcome={state.outcome} /></>,
    children: (
      <>
        <SummaryList columns={4} rows={headRows(state, file, today)} />
        {state.objected && <WarningText>{state.objected.unit ?? state.objected.by ?? '協辦單位'}在 {rocDay(state.objected.on)} 不同意：{state.objected.note}。補佐證或填報以後，再送協辦單位。</WarningText>}
        {file.importId !== null && <InsetText><p>這項由匯入資料而來，之前的歷程以當時的紀錄為準。</p></InsetText>}
        <NextSteps procedure={procedure} state={state} person={person}>
          {add && <ButtonLink href={evidencePath(procedure, state.number)} kind="secondary">附上佐證</ButtonLink>}
          {state.stage === 'running' && may(person, 'relief.manage', state) && <ButtonLink href={itemPath(state.number, 'edit')} kind="secondary">修改項目</ButtonLink>}
        </NextSteps>
        <div class="columns">
          <div class="columns__main">
            <Card title="每月辦理情形"><Months months={file.months} /></Card>
            {(file.summary || file.target) && <Card title="內容與目標">{file.summary && <Letter text={file.summary} />}{file.target && <><h3>預期目標</h3><Letter text={file.target} /></>}</Card>}
            <FilesCard procedure={procedure} state={state} files={file.files} kinds={evidenceKinds} title="佐證檔案" />
          </div>
          <div class="columns__side">
            <Card title="協辦單位"><JointUnits state={state} /></Card>
            <Card title="歷程" id="history"><StepHistory procedure={procedure} state={state} steps={file.steps.map((step) => told(step, state.joint))} common={await findCommonEvents(db, state.id)} first={{ on: dayOf(state.receivedAt!), title: '列入方案' }} /></Card>
          </div>
        </div>
      </>
    ),
  })
}

/** A step as the history tells it: of a month only how far it was, since its numbers stand in the table; units by their names. */
function told(step: ShownStep, joint: readonly Joint[]): ShownStep {
  if (step.step === 'report') return { ...step, answers: { progress: step.answers.progress ?? null } }
  const unit = joint.find(({ unitId }) => String(unitId) === step.answers.unit)
  return unit ? { ...step, answers: { ...step.answers, unit: unit.name } } : step
}

function headRows(state: ItemState, file: ItemFile, today: Day) {
  const sum = (value: (month: MonthRow) => number) => file.months.reduce((total, month) => total + Number(value(month)), 0)
  const waits = waitsFor({ ...state, unit: file.unit })
  const applications = sum(({ applications }) => applications)
  return [
    { key: '等誰', value: waits ? <strong>{waits}</strong> : '已結束' },
    { key: '完成期限', value: <><DayText day={state.finishOn} weekday />{state.stage !== 'closed' && state.finishOn < today && <> <Tag tone="danger">逾期 {daysBetween(state.finishOn, today)} 日</Tag></>}</> },
    { key: '主辦', value: file.unit ?? '—' },
    { key: '佐證', value: state.evidence ? `${state.evidence} 項` : '還沒有' },
    { key: '申請', value: <>{applications.toLocaleString('en')} 件{file.targetCount !== null && <span class="muted">，目標 {file.targetCount.toLocaleString('en')} 件</span>}</> },
    { key: '支出', value: <><Money twd={sum(({ spentTwd }) => spentTwd)} rounded />{file.budgetTwd !== null && <span class="muted">，預算 <Money twd={file.budgetTwd} rounded /></span>}</> },
    { key: '減收（不再收）', value: <Money twd={sum(({ forgoneTwd }) => forgoneTwd)} rounded /> },
    { key: '緩收（以後仍收）', value: <Money twd={sum(({ deferredTwd }) => deferredTwd)} rounded /> },
  ]
}

function Months({ months }: { months: readonly MonthRow[] }) {
  if (!months.length) return <EmptyState title="還沒有填報">主辦單位每個月填一次申請、核定、支出、減收和緩收。</EmptyState>
  const last = months.at(-1)!
  const amount = (twd: number) => (twd ? <Money twd={twd} /> : '—')
  return (
    <>
      {months.length > 1 && <LineChart caption="累計進度" description={`到${rocMonth(last.month)}是 ${Number(last.progress)}%。`} heading="月份" unit="%" steps={months.map(({ month }) => `${Number(month.slice(0, 4)) - 1911}/${Number(month.slice(5))}`)} lines={[{ label: '進度', values: months.map(({ progress }) => Number(progress)) }]} />}
      <Table<MonthRow>
        caption="各月數字" captionHidden rows={months.toReversed()} rowKey={(row) => row.month}
        columns={[
          { heading: '月份', cell: (row) => rocMonth(row.month), rowHeader: true, width: 'fit' },
          { heading: '進度（%）', cell: (row) => Number(row.progress), numeric: true },
          { heading: '依據', cell: (row) => row.source ?? '—', wideOnly: true },
          { heading: '申請', cell: (row) => row.applications.toLocaleString('en'), numeric: true },
          { heading: '核定', cell: (row) => row.approved.toLocaleString('en'), numeric: true, wideOnly: true },
          { heading: '支出', cell: (row) => amount(row.spentTwd), numeric: true },
          { heading: '減收', cell: (row) => amount(row.forgoneTwd), numeric: true, wideOnly: true },
          { heading: '緩收', cell: (row) => amount(row.deferredTwd), numeric: true, wideOnly: true },
        ]}
      />
      <p class="muted small">各月是當月的數字，進度是累計。</p>
      <SumCharts by="月" rows={months.map((month) => ({ label: rocMonth(month.month), spentTwd: month.spentTwd, forgoneTwd: month.forgoneTwd, deferredTwd: month.deferredTwd }))} />
    </>
  )
}

function JointUnits({ state }: { state: ItemState }) {
  if (!state.joint.length) return <p class="muted">沒有協辦單位，主辦單位附了佐證就可以登錄完成。</p>
  const asked = state.stage !== 'running'
  return (
    <>
      <SummaryList rows={state.joint.map((one: Joint) => ({
        key: one.name,
        value: one.agreedOn ? <><Tag tone="done">同意</Tag> <DayText day={one.agreedOn} />{one.by && `　${one.by}`}</> : <Tag tone="waiting">{state.outcome === 'stopped' ? '未同意' : asked ? '等同意' : '還沒有送'}</Tag>,
      }))} />
      <p class="muted small">有佐證而且協辦單位都同意，才登錄完成：這是工作小組的作法，待法制單位確認。</p>
    </>
  )
}

export const routes: Route[] = [
  ...stepRoutes(procedure, stepActs(procedure)),
  ...evidenceRoutes(procedure, evidence, addEvidence),
  caseFileRoute(procedure, (person) => visibleTo(person)),
  get(`${listPath}/:name`, 'relief.read', show),
]
