import { randomUUID } from 'node:crypto'
import { commonCard } from '../../../core/cases/common-card.tsx'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { may, type Person } from '../../../core/identity/permissions.ts'
import { dayOf } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Radios } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { projectPath } from '../../control/index.ts'
import { checkProposal } from '../check.ts'
import { pinProposal } from '../cut.ts'
import { NeedsTable, Of, ProposalTag, Thousands } from '../parts.tsx'
import { proposalPath, proposalsBase, roundPath, roundsPath } from '../paths.ts'
import { withdrawProposal } from '../propose.ts'
import { findProposal, type HistoryYear, type ProposalFile } from '../queries.ts'
import { adviseProposal } from '../review.ts'
import { findRole, findVerdicts, type Pin } from '../review-queries.ts'
import { categories, kinds, pinDecisions, turns } from '../schema.ts'
import { findProject } from '../track.ts'
import { Decisions, Reviews } from '../verdict.tsx'

async function show(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { person } = request
  const file = await findProposal(request.db, person, request.params.number!)
  const verdict = (await findVerdicts(request.db, [file.id])).get(file.id)!
  const [role, project] = [await findRole(request.db, file.roundId, person.id), await findProject(request.db, file.id)]
  return consolePage(request, {
    title: `${file.number} ${file.title}`, heading: file.title, current: roundsPath,
    breadcrumbs: [{ text: '施政計畫先期作業', href: roundsPath }, { text: `${file.year} 年度`, href: roundPath(file.year) }, { text: file.number }],
    headingNote: <><span class="nowrap number">{file.number}</span><ProposalTag stage={file.stage} outcome={file.outcome} /></>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Facts file={file} project={project?.number} />
        {file.stage === 'returned' && <WarningText>退回補正：{file.returnedNote}</WarningText>}
        <Next file={file} person={person} reviews={role !== null} tracked={project !== null} />
        <div class="columns">
          <div class="columns__main">
            <Card title="經費"><NeedsTable needs={file.needs} years={[...new Set(file.needs.map(({ year }) => year))].toSorted((a, b) => a - b)} /></Card>
            <Decisions pin={verdict.pin} decisions={verdict.decisions} />
            <Reviews reviews={verdict.reviews} criteria={file.criteria} />
            <History rows={file.history} />
            <Card title="計畫緣起與內容"><Letter text={file.content} /></Card>
            <Card title="預期效益"><Letter text={file.benefit} /></Card>
            {file.results && <Card title="前期執行成果"><Letter text={file.results} /></Card>}
          </div>
          <div class="columns__side">
            <Meeting file={file} request={request} failed={failed} pin={verdict.pin} />
            <Check file={file} request={request} failed={failed} />
            {await commonCard(request.db, file.id)}
          </div>
        </div>
      </>
    ),
  }, failed ? 422 : 200)
}

export function Facts({ file, project }: { file: ProposalFile; project?: string | undefined }) {
  return (
    <SummaryList columns={4} rows={[
      { key: '等誰', value: turns[file.stage] },
      { key: '主辦', value: [file.unit, file.officer].filter(Boolean).join(' ') || '—' },
      ...(file.joint.length ? [{ key: '協辦', value: file.joint.map(({ name }) => name).join('、') }] : []),
      { key: `${file.year} 年度需求`, value: <Money twd={file.askedTwd} rounded /> },
      { key: '建議數', value: file.advisedTwd === null ? '—' : <Money twd={file.advisedTwd} rounded /> },
      { key: '全期需求', value: <Money twd={file.totalTwd} rounded /> },
      { key: '類別', value: `${categories[file.category]}．${kinds[file.kind]}` },
      { key: '計畫期間', value: file.fromYear === file.toYear ? `${file.fromYear} 年度` : `${file.fromYear} 至 ${file.toYear} 年度` },
      { key: '單位內順序', value: String(file.priority) },
      ...(file.account ? [{ key: '預算科目', value: file.account }] : []),
      ...(project ? [{ key: '列管', value: <a href={projectPath(project)}>{project}</a> }] : []),
      { key: '提報', value: <DayText day={dayOf(file.receivedAt)} /> },
      ...(file.closedAt ? [{ key: '審定', value: <><DayText day={dayOf(file.closedAt)} />{file.ended && `　${file.ended}`}</> }] : []),
    ]} />
  )
}

function Next({ file, person, reviews, tracked }: { file: ProposalFile; person: Person; reviews: boolean; tracked: boolean }) {
  const proposes = file.stage !== 'closed' && may(person, 'annual-plans.propose', file)
  const amendable = file.stage === 'submitted' || file.stage === 'returned'
  const links = [
    ...(reviews && file.stage === 'complete' ? [<ButtonLink key="review" href={proposalPath(file.number, 'review')}>評分</ButtonLink>] : []),
    ...(proposes ? [<ButtonLink key="edit" href={proposalPath(file.number, 'edit')} {...(amendable ? {} : { reason: '已檢查完成；要改請研考單位退回' })}>{file.stage === 'returned' ? '補正' : '修改'}</ButtonLink>, <ButtonLink key="withdraw" href={proposalPath(file.number, 'withdraw')} kind="secondary">撤回</ButtonLink>] : []),
    ...(file.outcome === 'admitted' && !tracked && may(person, 'control.manage', file) ? [<ButtonLink key="track" href={proposalPath(file.number, 'track')}>列為管考計畫</ButtonLink>] : []),
    ...(file.outcome === 'not-admitted' && may(person, 'annual-plans.decide', file) ? [<ButtonLink key="admit" href={proposalPath(file.number, 'admit')} kind="secondary">補列納入</ButtonLink>] : []),
  ]
  return links.length ? <nav class="cluster cluster--end no-print" aria-label="可以做的事">{links}</nav> : null
}

/** 建議數 and what the meeting decides over the order. */
function Meeting({ file, request, failed, pin }: { file: ProposalFile; request: StaffRequest; failed: Refusal | undefined; pin: Pin | null }) {
  if (file.stage !== 'complete' || !may(request.person, 'annual-plans.decide', file)) return null
  const error = errorOf(failed)
  return (
    <Card title="會議調整">
      <Form action={proposalPath(file.number, 'advise')} formKey={randomUUID()} id={`advise-${file.number}`}>
        <TextInput name="advised" label="建議數" hint="留白就是照需求" required={false} suffix="元" value={request.form.advised ?? file.advisedTwd?.toLocaleString('en')} error={error('advised')} width={20} />
        <ButtonGroup><Button kind="secondary">存建議數</Button></ButtonGroup>
      </Form>
      <Form action={proposalPath(file.number, 'pin')} formKey={randomUUID()} id={`pin-${file.number}`}>
        <Radios name="pin" label="不照排序" value={request.form.pin ?? pin?.decision ?? 'none'} error={error('pin')} options={[{ value: 'none', text: '照排序' }, ...Object.entries(pinDecisions).map(([value, text]) => ({ value, text: `調整為${text}` }))]} />
        <TextArea name="why" label="調整理由" required={false} value={request.form.why ?? pin?.reason} error={error('why')} rows={3} />
        <ButtonGroup><Button kind="secondary">存調整</Button></ButtonGroup>
      </Form>
    </Card>
  )
}

function Check({ file, request, failed }: { file: ProposalFile; request: StaffRequest; failed: Refusal | undefined }) {
  if (!may(request.person, 'annual-plans.manage', file) || (file.stage !== 'submitted' && file.stage !== 'complete')) return null
  const error = errorOf(failed)
  return (
    <Card title={file.stage === 'submitted' ? '檢查是否齊備' : '已檢查完成；要更正可以退回'}>
      <Form action={proposalPath(file.number, 'check')} formKey={randomUUID()} id={`check-${file.number}`}>
        <Radios name="decision" label="結果" value={request.form.decision} error={error('decision')} options={[...(file.stage === 'submitted' ? [{ value: 'complete', text: '齊備，進入審查' }] : []), { value: 'returned', text: '退回補正' }]} />
        <TextArea name="note" label="要補正什麼" required={false} value={request.form.note} error={error('note')} rows={3} />
        <ButtonGroup><Button>送出</Button></ButtonGroup>
      </Form>
    </Card>
  )
}

export function History({ rows, of }: { rows: readonly HistoryYear[]; of?: string }) {
  if (!rows.length) return null
  return (
    <Card title={<>同一計畫的其他年度<Of number={of} /></>}>
      <Table<HistoryYear>
        caption={`歷年需求與核列　${of ?? ''}`} captionHidden rows={rows} rowKey={(row) => row.number}
        columns={[
          { heading: '年度', cell: (row) => <a href={proposalPath(row.number)}>{row.year}</a>, rowHeader: true, width: 'fit' },
          { heading: '需求（千元）', cell: (row) => <Thousands twd={row.askedTwd} />, numeric: true },
          { heading: '核列（千元）', cell: (row) => (row.outcome === 'admitted' ? <Thousands twd={row.advisedTwd ?? row.askedTwd} /> : '—'), numeric: true },
          { heading: '結果', cell: (row) => <ProposalTag stage={row.stage} outcome={row.outcome} />, width: 'fit' },
        ]}
      />
    </Card>
  )
}

async function withdraw(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const file = await findProposal(request.db, request.person, request.params.number!)
  return consolePage(request, {
    title: `撤回：${file.title}`, heading: '撤回提報', current: roundsPath, breadcrumbs: [{ text: `${file.year} 年度`, href: roundPath(file.year) }, { text: file.number, href: proposalPath(file.number) }, { text: '撤回' }],
    headingNote: <a href={proposalPath(file.number)}>{file.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Form action={proposalPath(file.number, 'withdraw')} formKey={randomUUID()} id={`withdraw-${file.number}`}>
          <p>撤回後不再審查，也不算在提報件數裡；要再提就重新提報。</p>
          <TextArea name="why" label="理由" value={request.form.why} error={errorOf(failed)('why')} rows={3} />
          <ButtonGroup><Button kind="danger">撤回</Button><a href={proposalPath(file.number)}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

export const routes: Route[] = [
  get(`${proposalsBase}/:number`, 'annual-plans.read', (request) => show(request)),
  post(`${proposalsBase}/:number/check`, 'annual-plans.manage', async (request) => {
    const number = request.params.number!
    const result = await checkProposal(request.caller, { ...request.form, name: number })
    return isRefusal(result) ? show(request, result) : redirect(proposalPath(number), request.form.decision === 'complete' ? '已檢查，進入審查' : '已退回補正')
  }),
  post(`${proposalsBase}/:number/advise`, 'annual-plans.manage', async (request) => {
    const number = request.params.number!
    const result = await adviseProposal(request.caller, { ...request.form, name: number })
    return isRefusal(result) ? show(request, result) : redirect(proposalPath(number), '建議數已存')
  }),
  post(`${proposalsBase}/:number/pin`, 'annual-plans.decide', async (request) => {
    const number = request.params.number!
    const result = await pinProposal(request.caller, { ...request.form, name: number })
    return isRefusal(result) ? show(request, result) : redirect(proposalPath(number), '調整已存')
  }),
  get(`${proposalsBase}/:number/withdraw`, 'annual-plans.propose', (request) => withdraw(request)),
  post(`${proposalsBase}/:number/withdraw`, 'annual-plans.propose', async (request) => {
    const number = request.params.number!
    const result = await withdrawProposal(request.caller, { ...request.form, name: number })
    return isRefusal(result) ? withdraw(request, result) : redirect(proposalPath(number), '已撤回')
  }),
]
