import { sql } from 'kysely'
import { findCommonEvents } from '../../../core/cases/common-history.ts'
import { may } from '../../../core/identity/permissions.ts'
import { CaseTag } from '../../../core/procedure/case-list.tsx'
import { caseFileRoute, findCaseFiles } from '../../../core/procedure/case-files.ts'
import { NextSteps, StepHistory } from '../../../core/procedure/case-parts.tsx'
import { evidencePath, evidenceRoutes } from '../../../core/procedure/evidence.tsx'
import { FilesCard } from '../../../core/procedure/files-card.tsx'
import { type ShownStep, stepsOfCase } from '../../../core/procedure/shown.ts'
import { nameOf } from '../../../core/procedure/step.ts'
import { stepRoutes } from '../../../core/procedure/step-page.tsx'
import { stepActs } from '../../../core/procedure/take-step.ts'
import { type Day, dayOf, daysBetween } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { appliedTwd, type FundedYear, grantedTwd, type ProposalState, visibleTo } from '../proposal.ts'
import { listPath, proposalPath } from '../paths.ts'
import { kinds, paperKinds } from '../schema.ts'
import { addPaper, papers, procedure } from '../steps.ts'

type File = { unit: string | null; joint: string[]; summary: string; importId: number | null; steps: ShownStep[] }

/** A proposal: who asks whom for what, where it lies, what was granted. */
async function show(request: StaffRequest): Promise<Reply> {
  const { db, person } = request
  const state = await procedure.find(db, person, request.params.name!)
  const [{ rows }, files] = await Promise.all([
    sql<File>`select u.name as unit, m.summary, c.import_id as "importId", ${stepsOfCase},
      array(select j.name from assignments a join units j on j.id = a.unit_id where a.case_id = c.id and a.role = 'joint' and (a.until_at is null or a.ended_as = 'closed') order by j.code) as joint
      from cases c join proposals m on m.id = c.id left join units u on u.id = c.unit_id where c.id = ${state.id}`.execute(db),
    findCaseFiles(db, state.id),
  ])
  const file = rows[0]!
  const name = nameOf(state)
  return consolePage(request, {
    title: `${name} ${state.title}`, heading: state.title, current: listPath, breadcrumbs: [{ text: procedure.title, href: listPath }, { text: name }],
    headingNote: <><span class="nowrap number">{name}</span><CaseTag procedure={procedure} stage={state.stage} outcome={state.outcome} /></>,
    children: (
      <>
        <SummaryList columns={4} rows={headRows(state, file, request.today)} />
        {file.importId !== null && <InsetText><p>這件由匯入資料而來，之前的歷程以當時的紀錄為準。</p></InsetText>}
        <NextSteps procedure={procedure} state={state} person={person}>
          {may(person, papers.permission, state) && <ButtonLink href={evidencePath(procedure, name)} kind="secondary">附上文件</ButtonLink>}
          {state.stage !== 'closed' && may(person, 'proposals.manage', state) && <ButtonLink href={proposalPath(name, 'edit')} kind="secondary">修改提案</ButtonLink>}
        </NextSteps>
        <div class="columns">
          <div class="columns__main">
            <Card title="經費"><Years years={state.years} /></Card>
            {file.summary && <Card title="計畫摘要"><Letter text={file.summary} /></Card>}
            <FilesCard procedure={procedure} state={state} files={files} kinds={paperKinds} title="文件" />
          </div>
          <div class="columns__side"><Card title="歷程" id="history"><StepHistory procedure={procedure} state={state} steps={file.steps} common={await findCommonEvents(db, state.id)} first={{ on: dayOf(state.receivedAt!), title: '開始研提' }} /></Card></div>
        </div>
      </>
    ),
  })
}

function headRows(state: ProposalState, file: File, today: Day) {
  return [
    { key: '輪到誰', value: state.outcome ? '已有結果' : <strong>{state.stage === 'reviewing' ? state.ministry : (file.unit ?? procedure.turns[state.stage])}</strong> },
    ...(state.stage === 'revising' && state.dueOn ? [{ key: '修正期限', value: <><DayText day={state.dueOn} weekday />{state.dueOn < today && <> <Tag tone="danger">逾期 {daysBetween(state.dueOn, today)} 日</Tag></>}</> }] : []),
    { key: '提案單位', value: file.unit ?? '—' },
    { key: '協助單位', value: file.joint.join('、') || '—' },
    { key: '種類', value: kinds[state.kind] },
    { key: '中央計畫', value: `${state.ministry} ${state.programme}` },
    { key: '提送', value: state.submittedOn ? <><DayText day={state.submittedOn} />{state.rounds > 1 && `，共 ${state.rounds} 次`}</> : '還沒有' },
    { key: '申請', value: state.years.length ? <Money twd={appliedTwd(state.years)} rounded /> : '還沒有填' },
    { key: '核定', value: state.outcome === 'granted' ? <><Money twd={grantedTwd(state.years)} rounded />{state.decidedOn && <>　<DayText day={state.decidedOn} /></>}</> : '—' },
  ]
}

function Years({ years }: { years: FundedYear[] }) {
  if (!years.length) return <p class="muted">提送時填各年度的申請經費和配合款。</p>
  return (
    <Table<FundedYear>
      caption="各年度經費" captionHidden rows={years} rowKey={(row) => row.year}
      columns={[
        { heading: '年度', cell: (row) => `${row.year} 年`, rowHeader: true, width: 'fit' },
        { heading: '申請', cell: (row) => <Money twd={row.appliedTwd} />, numeric: true },
        { heading: '核定', cell: (row) => (row.grantedTwd === null ? '—' : <Money twd={row.grantedTwd} />), numeric: true },
        { heading: '申請時配合款', cell: (row) => <Money twd={row.cofundingTwd} />, numeric: true },
        { heading: '核定配合款', cell: (row) => (row.grantedCofundingTwd === null ? '—' : <Money twd={row.grantedCofundingTwd} />), numeric: true },
      ]}
    />
  )
}

export const routes: Route[] = [
  ...stepRoutes(procedure, stepActs(procedure)),
  ...evidenceRoutes(procedure, papers, addPaper),
  caseFileRoute(procedure, (person) => visibleTo(person)),
  get(`${listPath}/:name`, 'proposals.read', show),
]
