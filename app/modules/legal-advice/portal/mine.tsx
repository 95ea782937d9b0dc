import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { writeCalendar } from '../../../core/ical.ts'
import { dayOf } from '../../../core/time.ts'
import { type Language, languages } from '../../../core/web/language.ts'
import { file, get, type PageRequest, post, redirect, type Reply, type Route } from '../../../core/web/route.ts'
import { Button, ButtonLink } from '../../../ui/components/button.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { acceptOffer, cancelOwn, confirmBooking, findMine, type Mine } from '../booking/mine.ts'
import { minePath, startPath } from '../paths.ts'
import { refuseCancel } from '../rules.ts'
import { advicePage, Written } from './page.tsx'
import { inLanguage, wordsOf } from './words/index.ts'

/** One's own booking as a link opens it, in the language of the page. */
type Shown = { mine: Mine; token: string; now: Date; language: Language }

/** What a mailed link opens. Opening changes nothing (mail scanners open links too): the buttons do. */
async function show(request: PageRequest, language: Language, failed?: Refusal): Promise<Reply> {
  const token = request.params.token!
  const mine = await findMine(request.db, token, language)
  const w = wordsOf[language].mine
  if (!mine) return said(request, language, w.unknown, 404)
  if (!mine.stage && (mine.sessionStage !== 'planned' || request.now >= mine.holdUntil!)) return said(request, language, w.expired, 410)
  const shown = { mine, token, now: request.now, language }
  const { title, body } = view(shown)
  return advicePage(request, language, {
    title, crumb: w.crumb, status: failed ? 422 : 200, other: (other) => minePath(other, token),
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} />}
        <h1>{title}</h1>
        {body}
        {mine.stage && <Facts mine={mine} language={language} />}
        <Cancel {...shown} />
      </>
    ),
  })
}

function said(request: PageRequest, language: Language, [title, text]: string[], status: number): Reply {
  const w = wordsOf[language].mine
  return advicePage(request, language, { title: title!, crumb: w.crumb, status, other: (other) => minePath(other, request.params.token!), children: <><h1>{title}</h1><p>{text}</p><p><ButtonLink href={startPath(language)}>{w.again}</ButtonLink></p></> })
}

function view({ mine, token, now, language }: Shown) {
  const words = wordsOf[language]
  const w = words.mine
  const when = mine.slotAt ? words.time(mine.slotAt) : words.day(mine.heldOn)
  const where = <p class="lead">{w.at(when, <Written text={mine.place} language={language} />)}</p>
  const act = (what: string, text: string) => <Form action={minePath(language, token, what)} formKey={randomUUID()} id={what}><Button>{text}</Button></Form>
  switch (mine.stage) {
    case null: {
      const confirm = w.confirm(!mine.slotAt)
      return { title: confirm, body: <>{where}<p>{w.confirmText(!mine.slotAt, words.time(mine.holdUntil!))}</p>{act('confirm', confirm)}<p class="muted">{w.notMe}</p></> }
    }
    case 'waiting': return { title: w.waiting, body: <p class="lead">{w.waitingText(mine.ahead)}</p> }
    case 'offered': return now < mine.holdUntil!
      ? { title: w.offered, body: <>{where}<p>{w.offeredText(words.time(mine.holdUntil!))}</p>{act('accept', w.accept)}</> }
      : { title: w.offerOver, body: <p>{w.offerOverText}</p> }
    case 'booked': return { title: w.booked, body: <><p class="lead">{when}</p><p>{w.bookedText}</p><p><ButtonLink kind="secondary" href={minePath(language, token, 'visit.ics')} download={w.file}>{w.calendar}</ButtonLink></p></> }
    case 'arrived': return { title: w.ticket(mine.ticket), body: <p class="lead">{w.ticketText}</p> }
    case 'called': return { title: w.toDesk(mine.desk), body: <p class="lead">{w.toDeskText(mine.ticket)}</p> }
    case 'closed': return { title: w.endings[mine.outcome!], body: <p>{w.anew((text) => <a href={startPath(language)}>{text}</a>)}</p> }
  }
}

function Facts({ mine, language }: { mine: Mine; language: Language }) {
  const words = wordsOf[language]
  const { rows, atDesk } = words.mine
  const tone = mine.stage === 'closed' ? 'ended' : mine.stage === 'waiting' || mine.stage === 'offered' ? 'waiting' : 'done'
  return (
    <SummaryList rows={[
      { key: rows.number, value: <span class="nowrap number"><Written text={mine.number!} language={language} /></span> },
      { key: rows.state, value: <Tag tone={tone}>{mine.stage === 'closed' ? words.outcomes[mine.outcome!] : words.stages[mine.stage!]}</Tag> },
      { key: rows.time, value: mine.slotAt ? words.time(mine.slotAt) : `${words.day(mine.heldOn)} ${mine.startsAt}–${mine.endsAt}` },
      { key: rows.place, value: <Written text={mine.place} language={language} /> },
      ...(mine.speciality ? [{ key: rows.matter, value: mine.speciality }] : []),
      ...(mine.lawyer && mine.stage !== 'waiting' ? [{ key: rows.lawyer, value: atDesk(<Written text={mine.lawyer} language={language} />, mine.desk) }] : []),
      ...(mine.note ? [{ key: rows.note, value: <Written text={mine.note} language={language} /> }] : []),
    ]} />
  )
}

function Cancel({ mine, token, now, language }: Shown) {
  if (!mine.stage) return null
  const why = refuseCancel(mine.stage, mine.slotAt, now)
  if (why) return mine.stage === 'booked' ? <InsetText><p>{inLanguage(language, why).message}</p></InsetText> : null
  const w = wordsOf[language].mine
  const waiting = mine.stage === 'waiting'
  return (
    <Details summary={w.cancel(waiting)} id="cancel-it">
      <WarningText>{w.cancelText(waiting)}</WarningText>
      <Form action={minePath(language, token, 'cancel')} formKey={randomUUID()} id="cancel"><Button kind="danger">{w.cancelButton(waiting)}</Button></Form>
    </Details>
  )
}

async function calendar(request: PageRequest, language: Language): Promise<Reply> {
  const mine = await findMine(request.db, request.params.token!)
  if (mine?.stage !== 'booked' || !mine.slotAt) throw new NotFound('這個預約沒有可以加入行事曆的時間')
  const { title, mine: w } = wordsOf[language]
  const text = writeCalendar(title, [{
    uid: `legal-advice-${mine.id}@${new URL(request.origin).hostname}`, day: dayOf(mine.slotAt), at: { from: mine.slotAt, to: new Date(mine.slotAt.getTime() + mine.minutes * 60_000) },
    title, text: w.fileText, place: mine.place, url: `${request.origin}${minePath(language, request.params.token!)}`, changedAt: mine.changedAt,
  }])
  return file(text, 'text/calendar; charset=utf-8', w.file)
}

const acts = { confirm: confirmBooking, accept: acceptOffer, cancel: cancelOwn } as const

export const routes: Route[] = languages.flatMap((language) => [
  get(minePath(language, ':token'), 'public', (request) => show(request, language), { limit: 60 }),
  get(minePath(language, ':token', 'visit.ics'), 'public', (request) => calendar(request, language), { limit: 30 }),
  ...(['confirm', 'accept', 'cancel'] as const).map((what) => post(minePath(language, ':token', what), 'public', async (request) => {
    const result = await acts[what](request.caller, { ...request.form, token: request.params.token })
    return isRefusal(result) ? show(request, language, inLanguage(language, result)) : redirect(minePath(language, request.params.token!), wordsOf[language].mine.done[what])
  }, { limit: 30 })),
])
