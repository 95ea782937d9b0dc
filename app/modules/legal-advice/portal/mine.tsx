import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { writeCalendar } from '../../../core/ical.ts'
import { dayOf } from '../../../core/time.ts'
import { file, get, type PageRequest, post, redirect, type Reply, type Route } from '../../../core/web/route.ts'
import { Button, ButtonLink } from '../../../ui/components/button.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { acceptOffer, cancelOwn, confirmBooking, findMine, type Mine } from '../booking/mine.ts'
import { dayWords, timeWords } from '../booking/words.ts'
import { minePath, publicPath } from '../paths.ts'
import { refuseCancel } from '../rules.ts'
import { type Outcome, outcomes } from '../schema.ts'
import { advicePage } from './page.tsx'

/** What a mailed link opens. Opening changes nothing (mail scanners open links too): the buttons do. */
async function show(request: PageRequest, failed?: Refusal): Promise<Reply> {
  const token = request.params.token!
  const mine = await findMine(request.db, token)
  if (!mine) return said(request, '找不到這個預約', '連結不完整，或沒有在期限內確認、資料已經刪除。', 404)
  if (!mine.stage && (mine.sessionStage !== 'planned' || request.now >= mine.holdUntil!)) return said(request, '確認的期限過了', '這個預約沒有在期限內確認，或場次有變動。請再預約一次。', 410)
  const { title, body } = view(mine, token, request.now)
  return advicePage(request, {
    title, crumb: '我的預約', status: failed ? 422 : 200,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} />}
        <h1>{title}</h1>
        {body}
        {mine.stage && <Facts mine={mine} />}
        <Cancel mine={mine} token={token} now={request.now} />
      </>
    ),
  })
}

function said(request: PageRequest, title: string, text: string, status: number): Reply {
  return advicePage(request, { title, crumb: '我的預約', status, children: <><h1>{title}</h1><p>{text}</p><p><ButtonLink href={publicPath}>預約法律諮詢</ButtonLink></p></> })
}

function view(mine: Mine, token: string, now: Date) {
  const when = mine.slotAt ? timeWords(mine.slotAt) : dayWords(mine.heldOn)
  const act = (what: string, text: string) => <Form action={minePath(token, what)} formKey={randomUUID()} id={what}><Button>{text}</Button></Form>
  switch (mine.stage) {
    case null: return { title: mine.slotAt ? '確認預約' : '確認候補', body: <><p class="lead">{when}，{mine.place}</p><p>按下面的按鈕，{mine.slotAt ? '這個時間就是您的' : '就排入這個場次的候補'}。期限是{timeWords(mine.holdUntil!)}。</p>{act('confirm', mine.slotAt ? '確認預約' : '確認候補')}<p class="muted">不是您登記的，不必理會，過了期限資料會刪除。</p></> }
    case 'waiting': return { title: '候補中', body: <p class="lead">{mine.ahead === 0 ? '您排在第一位' : `前面還有 ${mine.ahead} 位`}。有時間空出來時，會寄信給您，請在信裡寫的期限內確認。</p> }
    case 'offered': return now < mine.holdUntil!
      ? { title: '有時間空出來了', body: <><p class="lead">{when}，{mine.place}</p><p>為您保留到<strong>{timeWords(mine.holdUntil!)}</strong>，過了就讓給下一位。</p>{act('accept', '我要這個時間')}</> }
      : { title: '這個時間已經讓給下一位', body: <p>為您保留的期限過了。</p> }
    case 'booked': return { title: '預約完成', body: <><p class="lead">{when}</p><p>請提早 10 分鐘到場報到，帶著和您的事情有關的文件。諮詢免費，以口頭說明為主，不代寫書狀。</p><p><ButtonLink kind="secondary" href={minePath(token, 'visit.ics')} download="法律諮詢.ics">加入行事曆</ButtonLink></p></> }
    case 'arrived': return { title: `您的號碼是 ${mine.ticket}`, body: <p class="lead">請在等候區看叫號螢幕。</p> }
    case 'called': return { title: `請到第 ${mine.desk} 桌`, body: <p class="lead">輪到您了，您的號碼是 {mine.ticket}。</p> }
    case 'closed': return { title: endings[mine.outcome!], body: <p>需要再諮詢時，<a href={publicPath}>可以再預約</a>。</p> }
  }
}

const endings: Record<Outcome, string> = { ...outcomes, served: '諮詢已經結束', 'no-show': '當天沒有等到您', cancelled: '預約已經取消', 'session-cancelled': '場次取消了', 'not-offered': '候補沒有遞補到', recused: '律師因利益衝突迴避' }

function Facts({ mine }: { mine: Mine }) {
  const tone = mine.stage === 'closed' ? 'ended' : mine.stage === 'waiting' || mine.stage === 'offered' ? 'waiting' : 'done'
  return (
    <SummaryList rows={[
      { key: '編號', value: <span class="nowrap number">{mine.number}</span> },
      { key: '狀態', value: <Tag tone={tone}>{mine.stage === 'closed' ? outcomes[mine.outcome!] : { waiting: '候補中', offered: '等您確認', booked: '已預約', arrived: '已報到', called: '諮詢中' }[mine.stage!]}</Tag> },
      { key: '時間', value: mine.slotAt ? timeWords(mine.slotAt) : `${dayWords(mine.heldOn)} ${mine.startsAt}–${mine.endsAt}` },
      { key: '地點', value: mine.place },
      ...(mine.speciality ? [{ key: '類別', value: mine.speciality }] : []),
      ...(mine.lawyer && mine.stage !== 'waiting' ? [{ key: '律師', value: `${mine.lawyer}律師（第 ${mine.desk} 桌）` }] : []),
      ...(mine.note ? [{ key: '說明', value: mine.note }] : []),
    ]} />
  )
}

function Cancel({ mine, token, now }: { mine: Mine; token: string; now: Date }) {
  if (!mine.stage) return null
  const why = refuseCancel(mine.stage, mine.slotAt, now)
  if (why) return mine.stage === 'booked' ? <InsetText><p>{why.message}</p></InsetText> : null
  return (
    <Details summary={mine.stage === 'waiting' ? '取消候補' : '不能來了，取消'} id="cancel-it">
      <WarningText>取消以後{mine.stage === 'waiting' ? '順位就沒有了' : '時間會讓給候補的人，要再約一次'}。</WarningText>
      <Form action={minePath(token, 'cancel')} formKey={randomUUID()} id="cancel"><Button kind="danger">{mine.stage === 'waiting' ? '取消候補' : '取消預約'}</Button></Form>
    </Details>
  )
}

async function calendar(request: PageRequest): Promise<Reply> {
  const mine = await findMine(request.db, request.params.token!)
  if (mine?.stage !== 'booked' || !mine.slotAt) throw new NotFound('這個預約沒有可以加入行事曆的時間')
  const text = writeCalendar('法律諮詢', [{
    uid: `legal-advice-${mine.id}@${new URL(request.origin).hostname}`, day: dayOf(mine.slotAt), at: { from: mine.slotAt, to: new Date(mine.slotAt.getTime() + mine.minutes * 60_000) },
    title: '法律諮詢', text: '請提早 10 分鐘報到，帶著有關的文件。', place: mine.place, url: `${request.origin}${minePath(request.params.token!)}`, changedAt: mine.changedAt,
  }])
  return file(text, 'text/calendar; charset=utf-8', '法律諮詢.ics')
}

const acts = { confirm: [confirmBooking, '預約已確認'], accept: [acceptOffer, '時間是您的了'], cancel: [cancelOwn, '已取消，謝謝您告訴我們'] } as const

export const routes: Route[] = [
  get(minePath(':token'), 'public', (request) => show(request), { limit: 60 }),
  get(minePath(':token', 'visit.ics'), 'public', calendar, { limit: 30 }),
  ...Object.entries(acts).map(([what, [act, words]]) => post(minePath(':token', what), 'public', async (request) => {
    const result = await act(request.caller, { ...request.form, token: request.params.token })
    return isRefusal(result) ? show(request, result) : redirect(minePath(request.params.token!), words)
  }, { limit: 30 })),
]
