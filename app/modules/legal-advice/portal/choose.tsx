import { get, type PageRequest, redirect, type Reply, type Route } from '../../../core/web/route.ts'
import { Button, ButtonLink } from '../../../ui/components/button.tsx'
import { Radios } from '../../../ui/components/choices.tsx'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { EmptyState, InsetText } from '../../../ui/components/notes.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { askPath, bookPath, publicPath, publicStatisticsPath, timesPath } from '../paths.ts'
import { hourOf } from '../booking/words.ts'
import { advicePage } from './page.tsx'
import { findOpenSessions, findPublicRules, findQuestion, findSpecialities, freeTimes, type OpenSession } from './queries.ts'

/** What it is, whom it serves; then the way to a time. */
async function start(request: PageRequest): Promise<Reply> {
  const [specialities, sessions, { minutes }] = await Promise.all([findSpecialities(request.publicDb), findOpenSessions(request.publicDb, request.now), findPublicRules(request.publicDb)])
  return advicePage(request, {
    title: '法律諮詢',
    children: (
      <>
        <h1>法律諮詢</h1>
        <p class="lead">縣政府請執業律師當面為您說明法律問題，免費，不必註冊，也不看收入。</p>
        <InsetText><p>每次 {lengthWords(sessions, minutes)} 分鐘，以口頭說明為主，不代寫書狀、不代理訴訟。您說的內容保密，縣政府的同仁看不到律師的紀錄。</p></InsetText>
        {sessions.length === 0
          ? <EmptyState title="目前沒有開放預約的場次">排定新的場次後會公布在這裡。急的話可以打法律扶助基金會 412-8518（手機加 02）。</EmptyState>
          : (
            <>
              <p><ButtonLink href={askPath()}>開始預約</ButtonLink></p>
              <p>會先問您一兩個問題，找到適合的律師。已經知道是哪一類，可以直接選：</p>
              <ul class="results">{specialities.map(({ code, name, hint }) => <li key={code}><a href={timesPath(code)}>{name}</a>{hint && <span class="muted">　{hint}</span>}</li>)}</ul>
            </>
          )}
        <h2>近期場次</h2>
        {sessions.length === 0 ? <p class="muted">沒有。</p> : <ul class="results">{sessions.slice(0, 6).map((session) => <li key={session.number}><strong><DayText day={session.heldOn} weekday /> <span class="nowrap">{session.startsAt}–{session.endsAt}</span></strong><br />{session.place}<span class="muted">．{leftWords(session)}</span></li>)}</ul>}
        <p><a href={publicStatisticsPath}>諮詢統計</a></p>
        <h2>也可以直接到現場</h2>
        <p>沒有預約的人，在場次的時間內到櫃檯領號碼，有空檔就依號碼諮詢。不方便上網的人，也可以打電話或到櫃檯預約。</p>
      </>
    ),
  })
}

/** 20, or 20 到 30 where sessions differ; without any, what is usual. */
const lengthWords = (sessions: readonly OpenSession[], usual: number): string => {
  const all = sessions.map(({ minutes }) => minutes)
  const [least, most] = all.length ? [Math.min(...all), Math.max(...all)] : [usual, usual]
  return least === most ? String(least) : `${least} 到 ${most}`
}

const leftWords = (session: OpenSession): string => {
  const left = session.slots.filter(({ free }) => free).length
  return left ? `還有 ${left} 個時間` : '已經約滿，可以候補'
}

/** One question at a time, by links and a form that only asks: nothing of the answers is kept. */
async function ask(request: PageRequest): Promise<Reply> {
  const id = /^\d{1,9}$/.test(request.query.q ?? '') ? Number(request.query.q) : null
  const question = await findQuestion(request.publicDb, id)
  if (!question?.answers.length) return redirect(timesPath())
  const answer = question.answers.find((one) => String(one.id) === request.query.a)
  if (answer) return redirect(answer.speciality ? timesPath(answer.speciality) : answer.nextQuestionId ? askPath(answer.nextQuestionId) : timesPath())
  const wanting = request.query.go ? '請選一個最接近的答案' : undefined
  return advicePage(request, {
    title: question.text, crumb: '找適合的律師', status: wanting ? 422 : 200,
    children: (
      <>
        {wanting && <ErrorSummary errors={[{ text: wanting, field: 'a' }]} />}
        <form action={askPath()} method="get">
          <input type="hidden" name="q" value={question.id} />
          <input type="hidden" name="go" value="yes" />
          <h1 class="govuk-visually-hidden">{question.text}</h1>
          <Radios name="a" label={question.text} labelSize="l" hint={question.hint || undefined} error={wanting} options={question.answers.map((one) => ({ value: String(one.id), text: one.text }))} />
          <Button>下一步</Button>
        </form>
        <p class="muted">您的回答不會留下紀錄。<a href={publicPath}>回法律諮詢</a></p>
      </>
    ),
  })
}

/** Free times for one kind of matter; a session without any can be waited for. */
async function times(request: PageRequest): Promise<Reply> {
  const specialities = await findSpecialities(request.publicDb)
  const speciality = specialities.find(({ code }) => code === request.query.for)
  if (!speciality) return choose(request)
  const sessions = (await findOpenSessions(request.publicDb, request.now)).filter((session) => session.slots.some((slot) => slot.specialities.includes(speciality.id)))
  return advicePage(request, {
    title: `選時間：${speciality.name}`, crumb: '選時間',
    children: (
      <>
        <h1>選一個時間</h1>
        <p>您要問的是<strong>{speciality.name}</strong>。<a href={timesPath()}>換一類</a></p>
        {sessions.length === 0 && <EmptyState title="目前沒有這一類的場次" action={<a href={timesPath('other')}>看「行政與其他」的場次</a>}>可以改選相近的類別，或打法律扶助基金會 412-8518（手機加 02）。</EmptyState>}
        {sessions.map((session) => <SessionTimes key={session.number} session={session} speciality={speciality} />)}
      </>
    ),
  })
}

function SessionTimes({ session, speciality }: { session: OpenSession; speciality: { id: number; code: string } }) {
  const free = freeTimes(session, speciality.id)
  return (
    <section>
      <h2><DayText day={session.heldOn} weekday /></h2>
      <p class="muted">{session.startsAt}–{session.endsAt}．{session.place}．每次 {session.minutes} 分鐘{session.note && `．${session.note}`}</p>
      {free.length > 0
        ? <ul class="time-choice">{free.map((slot) => <li key={slot.id}><a href={bookPath({ slot: slot.id, for: speciality.code })}><span class="number">{hourOf(new Date(slot.at))}</span><span class="time-choice__who">{slot.lawyer}律師</span></a></li>)}</ul>
        : <p>約滿了。<a href={bookPath({ wait: session.number, for: speciality.code })}>登記候補</a>，有人取消時依順序寄信給您。</p>}
    </section>
  )
}

async function choose(request: PageRequest): Promise<Reply> {
  const specialities = await findSpecialities(request.publicDb)
  return advicePage(request, {
    title: '要問哪一類', crumb: '選類別',
    children: (
      <>
        <form action={timesPath()} method="get">
          <h1 class="govuk-visually-hidden">要問哪一類</h1>
          <Radios name="for" label="要問哪一類" labelSize="l" options={specialities.map(({ code, name, hint }) => ({ value: code, text: name, ...(hint ? { hint } : {}) }))} />
          <Button>看時間</Button>
        </form>
        <p><a href={askPath()}>不確定，回答幾個問題</a></p>
      </>
    ),
  })
}

export const routes: Route[] = [get(publicPath, 'public', start), get(askPath(), 'public', ask), get(timesPath(), 'public', times)]
