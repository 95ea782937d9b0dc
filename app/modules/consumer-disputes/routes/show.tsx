import { randomUUID } from 'node:crypto'
import { isRefusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { CaseTag } from '../../../core/procedure/case-list.tsx'
import { caseFileRoute } from '../../../core/procedure/case-files.ts'
import { FilesCard } from '../../../core/procedure/files-card.tsx'
import { Clocks, NextSteps, StepHistory } from '../../../core/procedure/case-parts.tsx'
import { openPartiesRoute, partiesFor, PartiesCard } from '../../../core/procedure/parties-card.tsx'
import { nameOf } from '../../../core/procedure/step.ts'
import { stepRoutes } from '../../../core/procedure/step-page.tsx'
import { stepActs } from '../../../core/procedure/take-step.ts'
import { dayOf } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { type DisputeState, visibleTo } from '../dispute.ts'
import { disputePath, listPath } from '../paths.ts'
import { type DisputeFile, findDisputeFile } from '../queries.ts'
import { takeDispute } from '../register.ts'
import { channels, complaintResults, grounds, isSmall, jurisdictions, partyRoles, results, sides } from '../schema.ts'
import { procedure } from '../steps.ts'

const open = 'consumer-disputes.open-personal-data'

/** A dispute: what it is about, whose turn it is, by when and why, what can be done, and what happened. */
async function show(request: StaffRequest, failed?: string): Promise<Reply> {
  const { db, person, today } = request
  const state = await procedure.find(db, person, request.params.name!)
  const [file, { parties, opened }] = await Promise.all([findDisputeFile(db, state.id), partiesFor(request, state.id)])
  const name = nameOf(state)
  return consolePage(
    request,
    {
      title: `${name} ${state.title}`,
      heading: state.title,
      current: listPath,
      breadcrumbs: [{ text: procedure.title, href: listPath }, { text: name }],
      headingNote: <><span class="nowrap number">{name}</span><CaseTag procedure={procedure} stage={state.stage} outcome={state.outcome} /></>,
      children: (
        <>
          {failed && <ErrorSummary title="沒有完成" errors={[{ text: failed }]} />}
          <SummaryList
            columns={4}
            rows={[
              { key: '輪到誰', value: state.outcome ? '已結案' : <strong>{procedure.turns[state.stage]}</strong> }, { key: '期限', value: state.dueOn ? <DayText day={state.dueOn} weekday /> : '沒有起算中的期限' },
              { key: '企業經營者', value: parties.find(({ role }) => role === 'business')?.called ?? '—' }, { key: '承辦', value: [file.unit, file.officer].filter(Boolean).join(' ') || '—' },
            ]}
          />
          {file.importId !== null && <InsetText><p>這件由匯入資料而來，之前的歷程不在本系統。</p></InsetText>}
          {state.number === null && holds(person, 'consumer-disputes.register') && <Form action={disputePath(name, 'take')} formKey={randomUUID()}><ButtonGroup><Button>收案，取案號</Button></ButtonGroup></Form>}
          {state.number !== null && <NextSteps procedure={procedure} state={state} person={person} />}
          <div class="columns">
            <div class="columns__main">
              <Card title="爭議的經過"><Letter text={file.facts} />{file.asked && <><h3>請求</h3><Letter text={file.asked} /></>}</Card>
              <Card title="申訴與調解"><SummaryList rows={factRows(state, file)} /></Card>
              {(state.planTerms || file.terms) && <Card title={file.terms ? '調解成立的內容' : '解決方案'}><Letter text={(file.terms ?? state.planTerms)!} serif /></Card>}
              <FilesCard procedure={procedure} state={state} files={file.files} />
            </div>
            <div class="columns__side">
              <Card title="期限"><Clocks clocks={file.clocks} today={today} closed={state.closedAt !== null} /></Card>
              <PartiesCard procedure={procedure} state={state} request={request} permission={open} roles={partyRoles} parties={parties} opened={opened} />
              <Card title="歷程" id="history"><StepHistory procedure={procedure} state={state} steps={file.steps} first={{ on: dayOf(state.receivedAt!), title: '收件' }} /></Card>
            </div>
          </div>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

function factRows(state: DisputeState, file: DisputeFile) {
  const row = (key: string, on: DisputeState['firstOn'], more: string | null = null) => (on ? [{ key, value: <><DayText day={on} />{more && `　${more}`}</> }] : [])
  return [
    { key: '收到', value: <><DayText day={dayOf(state.receivedAt!)} />　{channels[state.channel]}{file.category && `　${file.category}`}</> },
    { key: '爭議金額', value: state.disputedTwd === null ? '未填' : <><Money twd={state.disputedTwd} />{isSmall(state.disputedTwd) && '　小額（額度待法制單位確認）'}</> },
    ...row('第一次申訴', state.firstOn, state.firstResult && complaintResults[state.firstResult]), ...row('業者接獲', state.businessReceivedOn), ...row('第二次申訴', state.secondOn, state.secondResult && complaintResults[state.secondResult]),
    ...row('申請調解', state.appliedOn), ...row('受理', state.acceptedOn, file.jurisdiction && jurisdictions[file.jurisdiction as keyof typeof jurisdictions]), ...row('調解期日', state.meetingOn), ...row('提出方案', state.planOn),
    ...row('消費者異議期限', state.consumerDueOn), ...row('業者異議期限', state.businessDueOnObjection), ...row('異議', state.objectedOn, state.objector && sides[state.objector]),
    ...row('調解結果', state.resultOn, state.result && `${results[state.result]}${file.ground ? `　${grounds[file.ground as keyof typeof grounds] ?? file.ground}` : ''}`),
    ...(file.settledTwd === null ? [] : [{ key: '成立金額', value: <Money twd={file.settledTwd} /> }]),
    ...row('送法院', state.sentToCourtOn), ...row('法院核定', state.courtOn, state.courtResult === 'approved' ? '核定，與確定判決有同一效力' : state.courtResult ? '不予核定' : null), ...row('不成立證明書', state.certificateOn),
    ...(file.transferredTo ? [{ key: '移轉到', value: file.transferredTo }] : []),
  ]
}

export const routes: Route[] = [
  ...stepRoutes(procedure, stepActs(procedure)),
  caseFileRoute(procedure, (person) => visibleTo(person)),
  openPartiesRoute(procedure, open, show),
  get(`${listPath}/:name`, 'consumer-disputes.read', (request) => show(request)),
  post(`${listPath}/:name/take`, 'consumer-disputes.register', async (request) => {
    const result = await takeDispute(request.caller, { ...request.form, name: request.params.name! })
    return isRefusal(result) ? show(request, result.message) : redirect(disputePath(result.value.name), `已收案，案號 ${result.value.name}`)
  }),
]
