import { MeetingsCard } from '../../../core/committees/pages/meetings-card.tsx'
import { findMeetingsOf } from '../../../core/committees/queries.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { isRefusal } from '../../../core/errors.ts'
import { caseFileRoute } from '../../../core/procedure/case-files.ts'
import { type CasePage, casePage } from '../../../core/procedure/case-page.tsx'
import { letterRoutes } from '../../../core/procedure/letters/routes.tsx'
import { manageRoutes } from '../../../core/procedure/manage/routes.tsx'
import { openPartiesRoute } from '../../../core/procedure/parties-card.tsx'
import type { ShownClock } from '../../../core/procedure/shown.ts'
import { stepRoutes } from '../../../core/procedure/step-page.tsx'
import { stepActs } from '../../../core/procedure/take-step.ts'
import { dayOf } from '../../../core/time.ts'
import { get, post, redirect, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Card } from '../../../ui/components/card.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { type DisputeState, visibleTo } from '../dispute.ts'
import { letters } from '../letters/kinds.ts'
import { hearing } from '../mediation/hearing.ts'
import { managed } from '../managed.ts'
import { disputePath, listPath } from '../paths.ts'
import { type DisputeFile, findDisputeFile } from '../queries.ts'
import { takeDispute } from '../register.ts'
import { channels, complaintResults, grounds, isSmall, jurisdictions, results, sides, suits } from '../schema.ts'
import { procedure } from '../steps.ts'

/** A dispute: what it is about, whose turn it is, by when and why, what can be done, and what happened. */
const page: CasePage<DisputeState, DisputeFile> = {
  letters,
  managed,
  register: 'consumer-disputes.register',
  findFile: ({ db }, state) => findDisputeFile(db, state.id),
  about: (_state, _file, parties) => ({ key: '企業經營者', value: parties.find(({ role }) => role === 'business')?.called ?? '—' }),
  began: '收件',
  whose: whoseClock,
  side: async ({ state, request }) => (holds(request.person, hearing.read) ? <MeetingsCard hearing={hearing} meetings={await findMeetingsOf(request.db, state.id)} /> : null),
  main: ({ state, file }) => (
    <>
      <Card title="爭議的經過"><Letter text={file.facts} />{file.asked && <><h3>請求</h3><Letter text={file.asked} /></>}</Card>
      <Card title="申訴與調解"><SummaryList rows={factRows(state, file)} /></Card>
      {(state.planTerms || file.terms) && <Card title={file.terms ? '調解成立的內容' : '解決方案'}><Letter text={(file.terms ?? state.planTerms)!} serif /></Card>}
    </>
  ),
}
const show = (request: StaffRequest, failed?: string) => casePage(page, request, failed)

/** Each service on a side began one clock of these rules: from whose it counts (調解辦法 §32 II, 消保法 §45-3, §45-5). Of two on one day the first began the first. */
function whoseClock(clock: ShownClock, { clocks, steps }: DisputeFile): string | null {
  const step = clock.rule === 'cp-annul-30d' ? 'approved-served' : clock.rule === 'cp-objection-10d' || clock.rule === 'cp-small-objection-10d' ? 'plan-served' : null
  if (!step) return null
  const nth = clocks.filter(({ rule, from }) => rule === clock.rule && from === clock.from).indexOf(clock)
  const side = steps.filter((one) => one.step === step && one.on === clock.from)[nth]?.answers.side
  return side === 'consumer' || side === 'business' ? `從${sides[side]}收到起算` : null
}

function factRows(state: DisputeState, file: DisputeFile) {
  const row = (key: string, on: DisputeState['firstOn'], more: string | null = null) => (on ? [{ key, value: <><DayText day={on} />{more && `　${more}`}</> }] : [])
  return [
    { key: '收到', value: <><DayText day={dayOf(state.receivedAt!)} />　{channels[state.channel]}{file.category && `　${file.category}`}</> },
    { key: '爭議金額', value: state.disputedTwd === null ? '未填' : <><Money twd={state.disputedTwd} />{isSmall(state.disputedTwd) && '　小額（額度待法制單位確認）'}</> },
    ...row('第一次申訴', state.firstOn, state.firstResult && complaintResults[state.firstResult]), ...row('業者接獲', state.businessReceivedOn), ...row('第二次申訴', state.secondOn, state.secondResult && complaintResults[state.secondResult]),
    ...row('申請調解', state.appliedOn), ...row('重行調解', state.againConsentOn, '相對人同意（調解辦法 §5 I ⑥，以一次為限）'), ...row('受理', state.acceptedOn, file.jurisdiction && jurisdictions[file.jurisdiction as keyof typeof jurisdictions]), ...row('調解期日', state.meetingOn), ...row('提出方案', state.planOn),
    ...row('消費者異議期限', state.consumerDueOn), ...row('業者異議期限', state.businessDueOnObjection), ...row('異議', state.objectedOn, state.objector && sides[state.objector]),
    ...row('調解結果', state.resultOn, state.result && `${results[state.result]}${file.ground ? `　${grounds[file.ground as keyof typeof grounds] ?? file.ground}` : ''}`),
    ...(file.settledTwd === null ? [] : [{ key: '成立金額', value: <Money twd={file.settledTwd} /> }]),
    ...row('送法院', state.sentToCourtOn), ...row('法院核定', state.courtOn, state.courtResult === 'approved' ? '核定，與確定判決有同一效力' : state.courtResult ? '不予核定' : null), ...row('訴訟繫屬', state.courtOn, state.suitBy && suits[state.suitBy]).filter(() => state.suitBy), ...row('消費者收到核定調解書', state.consumerApprovedOn), ...row('業者收到核定調解書', state.businessApprovedOn), ...row('不成立證明書', state.certificateOn),
    ...(file.transferredTo ? [{ key: '移轉到', value: file.transferredTo }] : []),
  ]
}

export const routes: Route[] = [
  ...stepRoutes(procedure, stepActs(procedure)),
  caseFileRoute(procedure, (person) => visibleTo(person)),
  openPartiesRoute(procedure, letters.open, show),
  ...manageRoutes(managed),
  ...letterRoutes(letters, (person) => visibleTo(person)),
  get(`${listPath}/:name`, 'consumer-disputes.read', (request) => show(request)),
  post(`${listPath}/:name/take`, 'consumer-disputes.register', async (request) => {
    const result = await takeDispute(request.caller, { ...request.form, name: request.params.name! })
    return isRefusal(result) ? show(request, result.message) : redirect(disputePath(result.value.name), `已收案，案號 ${result.value.name}`)
  }),
]
