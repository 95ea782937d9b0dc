import { isRefusal, type Refusal, type Result } from '../errors.ts'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../web/route.ts'
import { type Hearing, itemPath, meetingPath, membersPath, newMeetingPath } from './hearing.ts'
import { holdActs, itemActs } from './hold.ts'
import { memberActs } from './committee.ts'
import { itemPage } from './pages/item.tsx'
import { listPage } from './pages/list.tsx'
import { membersPage } from './pages/members.tsx'
import { noticePage } from './pages/notice.tsx'
import { planPage } from './pages/plan.tsx'
import { showPage } from './pages/show.tsx'
import { callingActs, planActs } from './plan.ts'

/** Everything that may be done with meetings of one kind. Make it once a kind: tests and demonstrations use the same acts. */
export const hearingActs = (hearing: Hearing) => ({ ...planActs(hearing), ...holdActs(hearing), ...commonActs(hearing), ...memberActs(hearing) })
/** What is done alike with every kind of meeting, also where a module calls and records it in its own way. */
export const commonActs = (hearing: Hearing) => ({ ...callingActs(hearing), ...itemActs(hearing) })
export type CommonActs = ReturnType<typeof commonActs>
export type HearingActs = ReturnType<typeof hearingActs>

/** The console pages of one kind of meeting. */
export function hearingRoutes(hearing: Hearing, acts: HearingActs): Route[] {
  const { path, read, manage } = hearing
  const show = (request: StaffRequest, no?: Refusal) => showPage(hearing, request, no)
  return [
    get(path, read, (request) => listPage(hearing, request)),
    ...(hearing.parties ? [] : [...newRoutes(hearing, acts), ...(hearing.committee ? memberRoutes(hearing, acts) : [])]),
    get(`${path}/:name`, read, (request) => show(request)),
    post(`${path}/:name/record`, manage, async (request) => {
      const result = await acts.recordMeeting(request.caller, { _key: request.form._key, name: request.params.name, ...recordOf(request.form, (hearing.asks ?? []).map((ask) => ask.name)) })
      if (isRefusal(result)) return show(request, result)
      return redirect(meetingPath(hearing, request.params.name!), request.form.next !== 'finish' ? '已存檔' : hearing.parties ? `紀錄已完成，案件已依${hearing.parties.decision}往下走` : '會議已結束，各案已依決議往下走')
    }),
    ...(hearing.parties ? [post(`${path}/:name/cancel`, manage, answer((request) => acts.cancelMeeting(request.caller, named(request)), show, meetingOf(hearing), '會議已取消'))] : calledHere(hearing, acts, show)),
  ]
}

/** The form by which a meeting is called. */
function newRoutes(hearing: Hearing, acts: HearingActs): Route[] {
  const { manage } = hearing
  return [
    get(newMeetingPath(hearing), manage, (request) => planPage(hearing, request)),
    post(newMeetingPath(hearing), manage, async (request) => {
      const result = await acts.planMeeting(request.caller, { ...request.form, items: request.all('items') })
      return isRefusal(result) ? planPage(hearing, request, result) : redirect(meetingPath(hearing, result.value.number), '會議已排定')
    }),
  ]
}

/** Where a meeting is called from its own pages: its agenda, its invitation, one item apart. */
function calledHere(hearing: Hearing, acts: HearingActs, show: (request: StaffRequest, no: Refusal) => Promise<Reply>): Route[] {
  const { path, manage } = hearing
  return [
    post(`${path}/:name/agenda`, manage, answer((request) => acts.changeAgenda(request.caller, { ...named(request), items: request.all('items') }), show, meetingOf(hearing), '議程已變更')),
    ...commonRoutes(hearing, acts, show),
  ]
}

const named = (request: StaffRequest) => ({ ...request.form, name: request.params.name })
const withOrigin = (request: StaffRequest) => ({ ...named(request), origin: request.site.publicUrl ?? request.origin })
const told = (hearing: Hearing, show: (request: StaffRequest, no: Refusal) => Promise<Reply>, run: (request: StaffRequest) => Promise<Result<{ count: number }>>, what: string) => async (request: StaffRequest): Promise<Reply> => {
  const result = await run(request)
  return isRefusal(result) ? show(request, result) : redirect(meetingPath(hearing, request.params.name!), result.value.count ? `${what}，已寄信通知 ${result.value.count} 個地址` : what)
}
const meetingOf = (hearing: Hearing) => (request: StaffRequest) => meetingPath(hearing, request.params.name!)

/** Invitation, moving, approval, cancelling, and one item apart. `show`: the module's page of a meeting, which a refusal goes back to. */
export function commonRoutes(hearing: Hearing, acts: CommonActs, show: (request: StaffRequest, no: Refusal) => Promise<Reply>): Route[] {
  const { path, read, manage } = hearing
  const on = (what: string, run: (request: StaffRequest) => Promise<Result<unknown>>, told: string) => post(`${path}/:name/${what}`, manage, answer(run, show, meetingOf(hearing), told))
  const onItem = (what: string, run: (request: StaffRequest) => Promise<Result<unknown>>, told: string) =>
    post(`${path}/:name/items/:item/${what}`, manage, answer(run, (request, no) => itemPage(hearing, request, no), (request) => itemPath(hearing, request.params.name!, request.params.item!), told))
  return [
    get(`${path}/:name/notice`, read, (request) => noticePage(hearing, request)),
    get(`${path}/:name/items/:item`, read, (request) => itemPage(hearing, request)),
    on('invite', (request) => acts.inviteToMeeting(request.caller, named(request)), '開會通知已登錄'),
    post(`${path}/:name/invite-by-mail`, manage, async (request) => {
      const result = await acts.inviteByMail(request.caller, { ...withOrigin(request), units: request.all('invite-units') })
      return isRefusal(result) ? show(request, result) : redirect(meetingPath(hearing, request.params.name!), `開會通知已寄出 ${result.value.count} 封`)
    }),
    on('approve', (request) => acts.approveMinutes(request.caller, named(request)), '紀錄已確認'),
    post(`${path}/:name/move`, manage, told(hearing, show, (request) => acts.moveMeeting(request.caller, withOrigin(request)), '會議已改期')),
    post(`${path}/:name/cancel`, manage, told(hearing, show, (request) => acts.cancelMeeting(request.caller, withOrigin(request)), '會議已取消')),
    onItem('recusal', (request) => acts.recuseMember(request.caller, { ...named(request), item: request.params.item }), '迴避已登錄'),
    onItem('votes', (request) => acts.recordBallots(request.caller, { _key: request.form._key, name: request.params.name, item: request.params.item, votes: gathered(request.form, 'vote'), dissents: gathered(request.form, 'dissent') }), '已存檔'),
  ]
}

function memberRoutes(hearing: Hearing, acts: HearingActs): Route[] {
  const back = (request: StaffRequest, no: Refusal) => membersPage(hearing, request, no)
  return [
    get(membersPath(hearing), hearing.read, (request) => membersPage(hearing, request)),
    post(membersPath(hearing), hearing.manage, answer((request) => acts.addMember(request.caller, request.form), back, () => membersPath(hearing), '委員已登錄')),
    post(`${membersPath(hearing)}/end`, hearing.manage, answer((request) => acts.endMember(request.caller, request.form), back, () => membersPath(hearing), '卸任已登錄')),
  ]
}

export const answer = (run: (request: StaffRequest) => Promise<Result<unknown>>, again: (request: StaffRequest, no: Refusal) => Promise<Reply>, to: (request: StaffRequest) => string, told: string) => async (request: StaffRequest): Promise<Reply> => {
  const result = await run(request)
  return isRefusal(result) ? again(request, result) : redirect(to(request), told)
}

/** The form's fields `attendance-12`, `decision-7` … as one record each. */
function recordOf(form: Record<string, string>, asked: readonly string[]) {
  const { remarks, endsAt, next } = form
  return {
    remarks, endsAt, next, attendance: gathered(form, 'attendance'), deputies: gathered(form, 'deputy'), decisions: gathered(form, 'decision'), texts: gathered(form, 'text'),
    answers: Object.fromEntries(asked.map((name) => [name, gathered(form, name)])),
    for: gathered(form, 'for'), against: gathered(form, 'against'), abstain: gathered(form, 'abstain'),
  }
}

export function gathered(form: Record<string, string>, prefix: string): Record<string, string> {
  return Object.fromEntries(Object.entries(form).filter(([name, value]) => name.startsWith(`${prefix}-`) && value !== '').map(([name, value]) => [name.slice(prefix.length + 1), value]))
}
