import { computeDeadline } from '../../../core/clocks/index.ts'
import { meetingPath } from '../../../core/committees/hearing.ts'
import { MeetingsCard } from '../../../core/committees/pages/meetings-card.tsx'
import { type CaseMeeting, findMeetingsOf } from '../../../core/committees/queries.ts'
import { isRefusal } from '../../../core/errors.ts'
import { holds, may, type Person } from '../../../core/identity/permissions.ts'
import { CitedLines } from '../../../core/laws/cited.tsx'
import { caseFileRoute } from '../../../core/procedure/case-files.ts'
import { type CasePage, casePage } from '../../../core/procedure/case-page.tsx'
import { letterRoutes } from '../../../core/procedure/letters/routes.tsx'
import { findOpinions, opinionRoutes, OpinionsCard } from '../../../core/procedure/manage/opinions.tsx'
import { manageRoutes } from '../../../core/procedure/manage/routes.tsx'
import { openPartiesRoute } from '../../../core/procedure/parties-card.tsx'
import { stepRoutes } from '../../../core/procedure/step-page.tsx'
import { stepActs } from '../../../core/procedure/take-step.ts'
import { addDays, dayOf, rocDay } from '../../../core/time.ts'
import { get, post, redirect, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { type ClaimState, maySueSince, noticeWarning, prescribedOn, visibleTo } from '../claim.ts'
import { hearing } from '../council/hearing.ts'
import { letters } from '../letters/kinds.ts'
import { managed, opinions } from '../managed.ts'
import { hearing as negotiation } from '../negotiation/hearing.ts'
import { claimPath, listPath } from '../paths.ts'
import { type ClaimFile, findClaimFile } from '../queries.ts'
import { takeClaim } from '../register.ts'
import { bases, channels, grounds, recourses, suitResults } from '../schema.ts'
import { procedure } from '../steps.ts'

/** A claim: what is claimed, whose turn it is, by when and why, what can be done, and what happened. */
const page: CasePage<ClaimState, ClaimFile> = {
  letters,
  managed,
  register: 'compensations.register',
  findFile: ({ db }, state) => findClaimFile(db, state.id),
  about: (state) => ({ key: '賠償義務機關', value: state.agency ?? '還沒有認定' }),
  notice: ({ state, today }) => {
    const since = maySueSince(state, today)
    return since === null ? noticeWarning(state, today) : `自 ${rocDay(since)} 起，請求權人得提起損害賠償之訴（國家賠償法 §11 I：${state.openDueOn && since <= addDays(state.openDueOn, 1) ? '提出請求逾三十日不開始協議' : '開始協議逾六十日協議不成立'}）；案件仍未結。`
  },
  began: '收到請求',
  actions: ({ state, request }) => state.negotiation && may(request.person, negotiation.manage, state) && <ButtonLink href={meetingPath(negotiation, state.negotiation)} kind={state.meetingOn && state.meetingOn <= request.today ? 'primary' : 'secondary'}>協議期日與紀錄</ButtonLink>,
  side: async ({ state, request }) => <><OpinionsCard of={opinions} state={state} person={request.person} opinions={await findOpinions(request.db, state.id)} /><Meetings person={request.person} meetings={await findMeetingsOf(request.db, state.id)} /></>,
  main: ({ state, file }) => (
    <>
      <Card title="請求的事實與理由"><Letter text={file.facts} />{file.evidence && <><h3>證據</h3><Letter text={file.evidence} /></>}</Card>
      <Card title="請求內容"><SummaryList rows={claimRows(state, file)} /></Card>
      <Results state={state} file={file} />
    </>
  ),
}
/** Days of negotiation, and the council's meetings, for who may open them. */
const Meetings = ({ person, meetings }: { person: Person; meetings: readonly CaseMeeting[] }) => <>{[negotiation, hearing].map((each) => holds(person, each.read) && <MeetingsCard key={each.kind} hearing={each} meetings={meetings} />)}</>

const show = (request: StaffRequest, failed?: string) => casePage(page, request, failed)

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
  if (answer.kind !== 'due') return <>到 <DayText day={prescribedOn(file)!} />；那一年的辦公日曆還沒有公布，遇休息日再順延。請求在時效內</>
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
    ...(state.meetingOn ? [{ key: '最近通知的期日', value: <><DayText day={state.meetingOn} />{state.noticeServedOn && <>，通知 <DayText day={state.noticeServedOn} /> 送達</>}</> }] : []),
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
  openPartiesRoute(procedure, letters.open, show),
  ...manageRoutes(managed),
  ...opinionRoutes(opinions),
  ...letterRoutes(letters, (person) => visibleTo(person)),
  get(`${listPath}/:name`, 'compensations.read', (request) => show(request)),
  post(`${listPath}/:name/take`, 'compensations.register', async (request) => {
    const result = await takeClaim(request.caller, { ...request.form, name: request.params.name! })
    return isRefusal(result) ? show(request, result.message) : redirect(claimPath(result.value.name), `已收案，案號 ${result.value.name}`)
  }),
]
