import { randomUUID } from 'node:crypto'
import { computeDeadline } from '../../../core/clocks/index.ts'
import { isRefusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { CitedLines } from '../../../core/laws/cited.tsx'
import { CaseTag } from '../../../core/procedure/case-list.tsx'
import { caseFileRoute } from '../../../core/procedure/case-files.ts'
import { FilesCard } from '../../../core/procedure/files-card.tsx'
import { Clocks, NextSteps, StepHistory } from '../../../core/procedure/case-parts.tsx'
import { openPartiesRoute, partiesFor, PartiesCard } from '../../../core/procedure/parties-card.tsx'
import { nameOf } from '../../../core/procedure/step.ts'
import { stepRoutes } from '../../../core/procedure/step-page.tsx'
import { stepActs } from '../../../core/procedure/take-step.ts'
import { dayOf, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { type ClaimState, visibleTo } from '../claim.ts'
import { claimPath, listPath } from '../paths.ts'
import { type ClaimFile, findClaimFile } from '../queries.ts'
import { takeClaim } from '../register.ts'
import { bases, channels, grounds, partyRoles, recourses, suitResults } from '../schema.ts'
import { procedure } from '../steps.ts'

const open = 'compensations.open-personal-data'

/** A claim: what is claimed, whose turn it is, by when and why, what can be done, and what happened. */
async function show(request: StaffRequest, failed?: string): Promise<Reply> {
  const { db, person, today } = request
  const state = await procedure.find(db, person, request.params.name!)
  const [file, { parties, opened }] = await Promise.all([findClaimFile(db, state.id), partiesFor(request, state.id)])
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
          <SummaryList columns={4} rows={headRows(state, file)} />
          {file.importId !== null && <InsetText><p>這件由匯入資料而來，之前的歷程不在本系統。</p></InsetText>}
          {state.number === null && holds(person, 'compensations.register') && (
            <Form action={claimPath(name, 'take')} formKey={randomUUID()}><ButtonGroup><Button>收案，取案號</Button></ButtonGroup></Form>
          )}
          {state.number !== null && <NextSteps procedure={procedure} state={state} person={person} />}
          <div class="columns">
            <div class="columns__main">
              <Card title="請求的事實與理由"><Letter text={file.facts} />{file.evidence && <><h3>證據</h3><Letter text={file.evidence} /></>}</Card>
              <Card title="請求內容"><SummaryList rows={claimRows(state, file)} /></Card>
              <FilesCard procedure={procedure} state={state} files={file.files} />
              <Results state={state} file={file} />
            </div>
            <div class="columns__side">
              <Card title="期限"><Clocks clocks={file.clocks} today={today} closed={state.closedAt !== null} /></Card>
              <PartiesCard procedure={procedure} state={state} request={request} permission={open} roles={partyRoles} parties={parties} opened={opened} />
              <Card title="歷程" id="history"><StepHistory procedure={procedure} state={state} steps={file.steps} first={{ on: dayOf(state.receivedAt!), title: '收到請求' }} /></Card>
            </div>
          </div>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

function headRows(state: ClaimState, file: ClaimFile) {
  return [
    { key: '輪到誰', value: state.outcome ? '已結案' : <strong>{procedure.turns[state.stage]}</strong> },
    { key: '期限', value: state.dueOn ? <DayText day={state.dueOn} weekday /> : '沒有起算中的期限' },
    { key: '賠償義務機關', value: state.agency ?? '還沒有認定' },
    { key: '承辦', value: [file.unit, file.officer].filter(Boolean).join(' ') || '—' },
  ]
}

function claimRows(state: ClaimState, file: ClaimFile) {
  return [
    { key: '請求金額', value: state.requestedTwd === null ? '沒有請求金錢' : <Money twd={state.requestedTwd} /> },
    ...(state.restoration ? [{ key: '回復原狀', value: state.restoration }] : []),
    ...(file.otherAgencies ? [{ key: '向其他機關請求', value: file.otherAgencies }] : []),
    { key: '依據', value: file.basis ? bases[file.basis] : '還沒有認定' },
    { key: '發生', value: [file.damageOn && rocDay(file.damageOn), file.place].filter(Boolean).join('　') || '未填' },
    { key: '請求權時效', value: <Prescription state={state} file={file} /> },
    { key: '收到', value: <><DayText day={dayOf(state.receivedAt!)} />　{channels[state.channel]}</> },
  ]
}

/** 國家賠償法 §8 I: two years from knowledge, five from the damage; what it means is for the agency to plead. */
function Prescription({ state, file }: { state: ClaimState; file: ClaimFile }) {
  const from = file.knownOn ?? file.damageOn
  if (!from) return <>沒有填知道或發生的日期，算不出來</>
  const answer = computeDeadline('sc-prescription', from, file.knownOn ? (file.damageOn ? { damageOn: file.damageOn } : {}) : { clock: 'damage' })
  if (answer.kind !== 'due') return <>{answer.because}</>
  const late = dayOf(state.receivedAt!) > answer.day
  return (
    <>
      到 <DayText day={answer.day} />，{late ? <strong>請求已逾時效（要由機關主張）</strong> : '請求在時效內'}
      <Details summary="怎麼算"><CitedLines lines={answer.explanation} on={from} /></Details>
    </>
  )
}

function Results({ state, file }: { state: ClaimState; file: ClaimFile }) {
  const rows = [
    ...(state.firstMeetingOn ? [{ key: '開始協議', value: <DayText day={state.firstMeetingOn} /> }] : []),
    ...(state.decision ? [{ key: '結果', value: <>{procedure.outcomes[state.decision]}　<DayText day={state.decidedOn!} />{file.ground && `　${grounds[file.ground]}`}{file.byCommittee && '（國家賠償審議委員會決議）'}{file.transferredTo && `　${file.transferredTo}`}</> }] : []),
    ...(state.agreedTwd !== null ? [{ key: '協議金額', value: <Money twd={state.agreedTwd} /> }] : []),
    ...(state.provisionalTwd ? [{ key: '先行墊付', value: <Money twd={state.provisionalTwd} /> }] : []),
    ...(state.paidOn ? [{ key: '支付', value: <><Money twd={file.paidTwd!} />　<DayText day={state.paidOn} /></> }] : []),
    ...(state.certificateOn ? [{ key: '不成立證明書', value: <DayText day={state.certificateOn} /> }] : []),
    ...(state.suitOn ? [{ key: '訴訟', value: <>{[file.suitCourt, file.suitNo].filter(Boolean).join(' ')}　<DayText day={state.suitOn} />{state.suitResult && `　${suitResults[state.suitResult]}${state.suitFinal ? '（確定）' : ''}`}{state.suitTwd !== null && <>　<Money twd={state.suitTwd} /></>}</> }] : []),
    ...(state.recourse ? [{ key: '求償', value: <>{recourses[state.recourse]}{file.recourseTwd !== null && <>　<Money twd={file.recourseTwd} />，已收回 <Money twd={file.recoveredTwd} /></>}</> }] : []),
  ]
  return rows.length ? <Card title="協議、賠償與求償"><SummaryList rows={rows} /></Card> : null
}

export const routes: Route[] = [
  ...stepRoutes(procedure, stepActs(procedure)),
  caseFileRoute(procedure, (person) => visibleTo(person)),
  openPartiesRoute(procedure, open, show),
  get(`${listPath}/:name`, 'compensations.read', (request) => show(request)),
  post(`${listPath}/:name/take`, 'compensations.register', async (request) => {
    const result = await takeClaim(request.caller, { ...request.form, name: request.params.name! })
    return isRefusal(result) ? show(request, result.message) : redirect(claimPath(result.value.name), `已收案，案號 ${result.value.name}`)
  }),
]
