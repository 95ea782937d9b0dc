import { type Language, languages } from '../../../core/web/language.ts'
import { get, type PageRequest, redirect, type Reply, type Route } from '../../../core/web/route.ts'
import { Button, ButtonLink } from '../../../ui/components/button.tsx'
import { Radios } from '../../../ui/components/choices.tsx'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { EmptyState, InsetText } from '../../../ui/components/notes.tsx'
import { askPath, bookPath, publicStatisticsPath, startPath, timesPath } from '../paths.ts'
import { hourOf } from '../booking/words.ts'
import { advicePage, SessionDay, Written } from './page.tsx'
import { findOpenSessions, findPublicRules, findQuestion, findSpecialities, freeTimes, type OpenSession } from './queries.ts'
import { wordsOf } from './words/index.ts'

/** What it is, whom it serves; then the way to a time. */
async function start(request: PageRequest, language: Language): Promise<Reply> {
  const [specialities, sessions, { minutes }] = await Promise.all([findSpecialities(request.publicDb, language), findOpenSessions(request.publicDb, request.now), findPublicRules(request.publicDb)])
  const words = wordsOf[language]
  const w = words.start
  return advicePage(request, language, {
    title: words.title, other: startPath,
    children: (
      <>
        <h1>{words.title}</h1>
        <p class="lead">{w.lead}</p>
        <InsetText><p>{w.what(...lengthsOf(sessions, minutes))}</p>{w.spoken && <p>{w.spoken}</p>}</InsetText>
        {sessions.length === 0
          ? <EmptyState title={w.none}>{w.noneText}</EmptyState>
          : (
            <>
              <p><ButtonLink href={askPath(language)}>{w.begin}</ButtonLink></p>
              <p>{w.orChoose}</p>
              <ul class="results">{specialities.map(({ code, name, hint }) => <li key={code}><a href={timesPath(language, code)}>{name}</a>{hint && <span class="muted">{language === 'en' ? ' ' : '　'}{hint}</span>}</li>)}</ul>
            </>
          )}
        <h2>{w.soon}</h2>
        {sessions.length === 0 ? <p class="muted">{w.noSoon}</p> : <ul class="results">{sessions.slice(0, 6).map((session) => <Soon key={session.number} session={session} language={language} />)}</ul>}
        {w.statistics && <p><a href={publicStatisticsPath}>{w.statistics}</a></p>}
        <h2>{w.walkIn}</h2>
        <p>{w.walkInText}</p>
      </>
    ),
  })
}

/** The least and the most minutes of the sessions; without any, what is usual. */
const lengthsOf = (sessions: readonly OpenSession[], usual: number): [least: number, most: number] => {
  const all = sessions.map(({ minutes }) => minutes)
  return all.length ? [Math.min(...all), Math.max(...all)] : [usual, usual]
}

const point = (language: Language) => (language === 'en' ? ' · ' : '．')

function Soon({ session, language }: { session: OpenSession; language: Language }) {
  const left = session.slots.filter(({ free }) => free).length
  return (
    <li>
      <strong><SessionDay day={session.heldOn} language={language} /> <span class="nowrap">{session.startsAt}–{session.endsAt}</span></strong><br />
      <Written text={session.place} language={language} /><span class="muted">{point(language)}{wordsOf[language].start.left(left)}</span>
    </li>
  )
}

/** One question at a time, by links and a form that only asks: nothing of the answers is kept. */
async function ask(request: PageRequest, language: Language): Promise<Reply> {
  const id = /^\d{1,9}$/.test(request.query.q ?? '') ? Number(request.query.q) : null
  const question = await findQuestion(request.publicDb, id, language)
  if (!question?.answers.length) return redirect(timesPath(language))
  const answer = question.answers.find((one) => String(one.id) === request.query.a)
  if (answer) return redirect(answer.speciality ? timesPath(language, answer.speciality) : answer.nextQuestionId ? askPath(language, answer.nextQuestionId) : timesPath(language))
  const w = wordsOf[language].ask
  const wanting = request.query.go ? w.missing : undefined
  return advicePage(request, language, {
    title: question.text, crumb: w.crumb, status: wanting ? 422 : 200, other: (other) => askPath(other, id ?? undefined),
    children: (
      <>
        {wanting && <ErrorSummary errors={[{ text: wanting, field: 'a' }]} />}
        <form action={askPath(language)} method="get">
          <input type="hidden" name="q" value={question.id} />
          <input type="hidden" name="go" value="yes" />
          <h1 class="govuk-visually-hidden">{question.text}</h1>
          <Radios name="a" label={question.text} labelSize="l" hint={question.hint || undefined} error={wanting} options={question.answers.map((one) => ({ value: String(one.id), text: one.text }))} />
          <Button>{w.next}</Button>
        </form>
        <p class="muted">{w.notKept}<a href={startPath(language)}>{wordsOf[language].back}</a></p>
      </>
    ),
  })
}

/** Free times for one kind of matter; a session without any can be waited for. */
async function times(request: PageRequest, language: Language): Promise<Reply> {
  const specialities = await findSpecialities(request.publicDb, language)
  const speciality = specialities.find(({ code }) => code === request.query.for)
  if (!speciality) return choose(request, language)
  const sessions = (await findOpenSessions(request.publicDb, request.now)).filter((session) => session.slots.some((slot) => slot.specialities.includes(speciality.id)))
  const w = wordsOf[language].times
  return advicePage(request, language, {
    title: w.title(speciality.name), crumb: w.crumb, other: (other) => timesPath(other, speciality.code),
    children: (
      <>
        <h1>{w.heading}</h1>
        <p>{w.matter(speciality.name)}<a href={timesPath(language)}>{w.change}</a></p>
        {sessions.length === 0 && <EmptyState title={w.none} action={<a href={timesPath(language, 'other')}>{w.others}</a>}>{w.noneText}</EmptyState>}
        {sessions.map((session) => <SessionTimes key={session.number} session={session} speciality={speciality} language={language} />)}
      </>
    ),
  })
}

function SessionTimes({ session, speciality, language }: { session: OpenSession; speciality: { id: number; code: string }; language: Language }) {
  const free = freeTimes(session, speciality.id)
  const words = wordsOf[language]
  const w = words.times
  return (
    <section>
      <h2><SessionDay day={session.heldOn} language={language} /></h2>
      <p class="muted">
        {session.startsAt}–{session.endsAt}{point(language)}<Written text={session.place} language={language} />{point(language)}{w.minutes(session.minutes)}
        {session.note && <>{point(language)}<Written text={session.note} language={language} /></>}
      </p>
      {free.length > 0
        ? <ul class="time-choice">{free.map((slot) => <li key={slot.id}><a href={bookPath(language, { slot: slot.id, for: speciality.code })}><span class="number">{hourOf(new Date(slot.at))}</span><span class="time-choice__who">{words.lawyer(<Written text={slot.lawyer} language={language} />)}</span></a></li>)}</ul>
        : <p>{w.full}<a href={bookPath(language, { wait: session.number, for: speciality.code })}>{w.wait}</a>{w.waitText}</p>}
    </section>
  )
}

async function choose(request: PageRequest, language: Language): Promise<Reply> {
  const specialities = await findSpecialities(request.publicDb, language)
  const w = wordsOf[language].times
  return advicePage(request, language, {
    title: w.choose, crumb: w.chooseCrumb, other: (other) => timesPath(other),
    children: (
      <>
        <form action={timesPath(language)} method="get">
          <h1 class="govuk-visually-hidden">{w.choose}</h1>
          <Radios name="for" label={w.choose} labelSize="l" options={specialities.map(({ code, name, hint }) => ({ value: code, text: name, ...(hint ? { hint } : {}) }))} />
          <Button>{w.show}</Button>
        </form>
        <p><a href={askPath(language)}>{w.unsure}</a></p>
      </>
    ),
  })
}

export const routes: Route[] = languages.flatMap((language) => [
  get(startPath(language), 'public', (request) => start(request, language)),
  get(askPath(language), 'public', (request) => ask(request, language)),
  get(timesPath(language), 'public', (request) => times(request, language)),
])
