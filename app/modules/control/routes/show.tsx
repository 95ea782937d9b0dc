import { commonCard } from '../../../core/cases/common-card.tsx'
import { NotFound } from '../../../core/errors.ts'
import { holds, may, type Person } from '../../../core/identity/permissions.ts'
import { type Day, rocMonth } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { EmptyState, InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { DayText, InstantText } from '../../../ui/components/time.tsx'
import { AskedCard, findAsked } from '../../directives/index.ts'
import { findOrigin, type Origin } from '../origin.ts'
import type { LightRule } from '../judge.ts'
import { findLightRules } from '../light-rules.ts'
import { firstPlan, judgedThen, withMonthsBeyond } from '../months.ts'
import { MilestoneChart, MoneySlip, percent, ProgressCurve, slipText, SpendingCurve, StateTag } from '../parts.tsx'
import { lightRulesPath, listPath, monthPath, projectPath } from '../paths.ts'
import { findProject, type MonthFile, type ProjectFile } from '../queries.ts'
import { reportable } from '../report.ts'
import { grades, levels, outcomes, reportStates, type State, states } from '../schema.ts'
import type { ReplacedMonth } from '../tables.ts'

async function show(request: StaffRequest): Promise<Reply> {
  const { db, person, today } = request
  const file = withMonthsBeyond(await findProject(db, person, request.params.number!), today)
  const asked = await findAsked(db, person, file.id, today)
  const origin = await findOrigin(db, person, file.id)
  const reported = file.months.filter(({ actual }) => actual !== null)
  const last = reported.at(-1)
  const override = file.overrides.find(({ fromOn, untilOn }) => fromOn <= today && untilOn >= today)
  return consolePage(request, {
    title: `${file.number} ${file.title}`,
    heading: file.title,
    current: listPath,
    breadcrumbs: [{ text: '列管計畫', href: listPath }, { text: file.number }],
    headingNote: <><span class="nowrap number">{file.number}</span>{file.stage === 'closed' ? <Tag tone="ended">{outcomes[file.outcome!]}</Tag> : <StateTag state={override?.state ?? last?.state ?? 'unreported'} overridden={override !== undefined} />}</>,
    children: (
      <>
        <Facts file={file} origin={origin} last={last} />
        {last?.warning && file.stage === 'controlled' && <WarningText>{last.warning}。</WarningText>}
        {override && <InsetText><p>燈號由人工調整到 <DayText day={override.untilOn} />：{override.reason.replace(/。$/, '')}（{override.by}）。系統計算的是<StateTag state={last?.state ?? 'unreported'} />。</p></InsetText>}
        <Next file={file} person={person} today={today} overridden={override !== undefined} />
        <div class="columns">
          <div class="columns__main">
            <Card title="進度">
              {file.months.length > 0 && <><ProgressCurve months={file.months} baseline={firstPlan(file)} /><SpendingCurve months={file.months} /></>}
              {last && <Why file={file} month={last} rules={await findLightRules(db)} />}
            </Card>
            <Card title="每月填報"><Months file={file} person={person} today={today} /></Card>
          </div>
          <div class="columns__side">
            <AskedCard found={asked} about={file.number} mayIssue={holds(person, 'directives.issue')} today={today} />
            {file.milestones.length > 0 && <Card title="查核點"><MilestoneChart startOn={file.startOn} finishOn={file.finishOn} milestones={file.milestones} today={today} /></Card>}
            {file.summary && <Card title="計畫概要"><Letter text={file.summary} /></Card>}
            {file.replans.length > 0 && <Card title="計畫修正"><ul>{file.replans.map((one) => <li key={one.changedOn + one.reason}><DayText day={one.changedOn} />　{one.reason}<br /><span class="muted">原期限 <DayText day={one.finishOn} />，原經費 <Money twd={one.budgetTwd} rounded />（{one.by ?? '—'}）</span></li>)}</ul></Card>}
            {file.overrides.length > 0 && <Card title="人工調整燈號"><ul>{file.overrides.map((one) => <li key={one.fromOn + one.reason}><DayText day={one.fromOn} /> 至 <DayText day={one.untilOn} />　<StateTag state={one.state} /><br />{one.reason}<span class="muted">（{one.by ?? '—'}）</span></li>)}</ul></Card>}
            {await commonCard(db, file.id)}
          </div>
        </div>
      </>
    ),
  })
}

function Facts({ file, origin, last }: { file: ProjectFile; origin: Origin | null; last: MonthFile | undefined }) {
  const rows = [
    ...(last ? [
      { key: `進度（${rocMonth(last.month)}底）`, value: <>預定 {percent(last.planned)}，實際 {percent(last.actual)}，{slipText(last.slip)}{last.slipDays !== null && last.slipDays > 0 && `（${last.slipDays} 日）`}</> },
      { key: `支用（${rocMonth(last.month)}底）`, value: last.actualTwd === null ? '沒有填報' : <>預定 <Money twd={last.plannedTwd} rounded />，實際 <Money twd={last.actualTwd} rounded />，<MoneySlip twd={last.slipTwd} /></> },
    ] : []),
    { key: '類別', value: `${levels[file.level]}．${grades[file.grade]}` },
    { key: '主辦', value: [file.unit, file.officer].filter(Boolean).join(' ') || '—' },
    { key: '總經費', value: <Money twd={file.budgetTwd} rounded /> },
    ...(file.funding ? [{ key: '經費來源', value: file.funding }] : []),
    { key: '計畫期間', value: <><DayText day={file.startOn} /> 至 <DayText day={file.finishOn} /></> },
    ...(file.finishedOn ? [{ key: '完成', value: <DayText day={file.finishedOn} /> }] : []),
    { key: '列管', value: <DayText day={file.listedOn} /> },
    ...(file.delistedOn ? [{ key: '撤管', value: <><DayText day={file.delistedOn} />{file.ended && `　${file.ended}`}</> }] : []),
    ...(origin ? [{ key: '由來', value: <a href={origin.path}>{origin.number}　{origin.title}</a> }] : []),
    { key: '公開', value: file.public ? '是' : '否，僅供內部管考' },
  ]
  return <SummaryList rows={rows} columns={4} />
}

function Next({ file, person, today, overridden }: { file: ProjectFile; person: Person; today: Day; overridden: boolean }) {
  const it = { unitId: file.unitId, officerId: file.officerId }
  const manages = may(person, 'control.manage', it)
  const months = may(person, 'control.report', it) && file.stage === 'controlled' ? reportable(file.months, today) : []
  const waiting = may(person, 'control.check', it) ? file.months.filter(({ reportState }) => reportState === 'reported') : []
  if (!manages && !months.length && !waiting.length) return null
  const month = months.at(-1)
  return (
    <nav class="cluster cluster--end no-print" aria-label="可以做的事">
      {month && <ButtonLink href={monthPath(file.number, month)}>{`填報${rocMonth(month)}`}</ButtonLink>}
      {waiting.map((one) => <ButtonLink key={one.month} href={monthPath(file.number, one.month)}>{`檢核${rocMonth(one.month)}`}</ButtonLink>)}
      {manages && file.stage === 'controlled' && <ButtonLink href={projectPath(file.number, 'plan')} kind="secondary">修正計畫</ButtonLink>}
      {manages && file.stage === 'controlled' && <ButtonLink href={projectPath(file.number, 'override')} kind="secondary">{overridden ? '改人工燈號' : '調整燈號'}</ButtonLink>}
      {manages && <ButtonLink href={projectPath(file.number, file.stage === 'controlled' ? 'delist' : 'relist')} kind="secondary">{file.stage === 'controlled' ? '撤管' : '恢復列管'}</ButtonLink>}
    </nav>
  )
}

/** By which version of the light rule a month was judged, and where that stands. */
export const RuleOf = ({ month, rules }: { month: Pick<MonthFile, 'rule'>; rules: readonly LightRule[] }) => (month.rule === null ? null : <p class="muted"><a href={lightRulesPath}>規則 {month.rule}</a>　{rules.find(({ version }) => version === month.rule)?.source}</p>)

/** Why the light is what it is. */
function Why({ file, month, rules }: { file: ProjectFile; month: MonthFile; rules: readonly LightRule[] }) {
  const then = judgedThen(file, month)
  return (
    <>
      <Details summary={`${rocMonth(month.month)}的燈號怎麼來的`}>
        <ul>{month.explanation.map((line) => <li key={line}>{line}</li>)}</ul>
        <RuleOf month={month} rules={rules} />
      </Details>
      {then && <p class="muted">修正計畫以前，{rocMonth(month.month)}判為{states[then.state!]}（{slipText(then.slip)}）{month.reason && '；以下是那時填的'}。</p>}
      {month.reason && <p><strong>落後原因</strong>　{month.reason}</p>}
      {month.measure && <p><strong>因應對策</strong>　{month.measure}</p>}
    </>
  )
}

function Months({ file, person, today }: { file: ProjectFile; person: Person; today: Day }) {
  const it = { unitId: file.unitId, officerId: file.officerId }
  const open = new Set(may(person, 'control.report', it) && file.stage === 'controlled' ? reportable(file.months, today) : [])
  const rows = file.months.filter(({ month, actual }) => actual !== null || open.has(month) || month <= today.slice(0, 7)).toReversed()
  const tag = ({ reportState: of }: MonthFile, then: ReplacedMonth | null) => of && <p class="muted small">{of === 'checked' ? reportStates[of] : <Tag tone={of === 'returned' ? 'soon' : 'waiting'}>{reportStates[of]}</Tag>}{then && <><br />修正前：{states[then.state!]}</>}</p>
  return (
    <Table<MonthFile>
      caption="各月進度與填報" captionHidden rows={rows} rowKey={(row) => row.month} rowHref={(row) => monthPath(file.number, row.month)} empty={<EmptyState title="計畫還沒有開始">開始後每個月填報一次。</EmptyState>}
      rowTone={(row) => (row.state === 'severe' ? 'danger' : row.state === 'behind' ? 'soon' : undefined)}
      columns={[
        { heading: '月份', cell: (row) => <a class="nowrap" href={monthPath(file.number, row.month)}>{rocMonth(row.month)}</a>, rowHeader: true, width: 'fit' },
        { heading: '實際進度', cell: (row) => <>{percent(row.actual)}<p class="muted small nowrap">預定 {percent(row.planned)}</p></>, numeric: true },
        { heading: '比預定', cell: (row) => slipText(row.slip), numeric: true, wideOnly: true },
        { heading: '實際支用', cell: (row) => <>{row.actualTwd === null ? '—' : <Money twd={row.actualTwd} rounded />}<p class="muted small nowrap">預定 <Money twd={row.plannedTwd} rounded /></p></>, numeric: true, wideOnly: true },
        { heading: '情形', cell: (row) => (row.state ? <><StateTag state={row.state as State} />{tag(row, judgedThen(file, row))}</> : '—'), width: 'fit' },
      ]}
    />
  )
}

/** One month whole, or the form to report or check it: month.tsx. */
export async function findMonth(request: StaffRequest): Promise<{ file: ProjectFile; month: MonthFile }> {
  const file = withMonthsBeyond(await findProject(request.db, request.person, request.params.number!), request.today)
  const month = file.months.find((each) => each.month === request.params.month)
  if (!month) throw new NotFound('這個月不在計畫期間')
  return { file, month }
}

export function reportedBy(month: MonthFile) {
  return month.reportedAt ? <>{month.by ?? '匯入'}　<InstantText at={new Date(month.reportedAt)} /></> : '—'
}

export const routes = [get(`${listPath}/:number`, 'control.read', show)]
