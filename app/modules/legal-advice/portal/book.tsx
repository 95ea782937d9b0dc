import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { parseInstant } from '../../../core/time.ts'
import { type Language, languages } from '../../../core/web/language.ts'
import { get, type PageRequest, post, redirect, type Reply, type Route } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { holdTime } from '../booking/hold.ts'
import { bookPath, sentPath, startPath, timesPath } from '../paths.ts'
import { advicePage, Written } from './page.tsx'
import { findOpenSessions, findPublicRules, findSlot, findSpecialities } from './queries.ts'
import { inLanguage, type Words, wordsOf } from './words/index.ts'

type Asked = { slot?: string | undefined; wait?: string | undefined; for?: string | undefined }

async function form(request: PageRequest, language: Language, asked: Asked, refused?: Refusal): Promise<Reply> {
  const speciality = (await findSpecialities(request.publicDb, language)).find(({ code }) => code === asked.for)
  const slot = /^\d{1,15}$/.test(asked.slot ?? '') ? await findSlot(request.publicDb, Number(asked.slot)) : null
  const session = asked.wait ? (await findOpenSessions(request.publicDb, request.now)).find(({ number }) => number === asked.wait) : null
  if (!speciality || (!slot && !session)) return gone(request, language, asked)
  if (slot && !slot.free && !refused) return gone(request, language, asked)
  const rules = await findPublicRules(request.publicDb)
  const failed = refused && inLanguage(language, refused, rules)
  const words = wordsOf[language]
  const w = words.book
  const title = slot ? w.title : w.waitTitle
  return advicePage(request, language, {
    title, crumb: slot ? w.crumb : w.waitCrumb, status: failed ? 422 : 200, other: (other) => bookPath(other, { ...(slot ? { slot: slot.id } : { wait: session!.number }), for: speciality.code }),
    children: (
      <>
        <h1>{title}</h1>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro={words.kept} />}
        <SummaryList rows={[
          { key: w.rows.time, value: slot ? words.time(slot.at) : w.whenFree(words.day(session!.heldOn)) },
          { key: w.rows.place, value: <Written text={slot?.place ?? session!.place} language={language} /> },
          { key: w.rows.matter, value: speciality.name, action: <a href={timesPath(language, speciality.code)}>{w.changeTime}</a> },
          ...(slot ? [{ key: w.rows.lawyer, value: words.lawyer(<Written text={slot.lawyer} language={language} />) }] : []),
        ]} />
        {(failed?.code === 'slot.taken' || failed?.code === 'advice.closed') && <p><ButtonLink href={timesPath(language, speciality.code)}>{words.chooseOther}</ButtonLink></p>}
        <Form action={bookPath(language)} formKey={randomUUID()} id="booking" keep>
          {slot ? <input type="hidden" name="slot" value={slot.id} /> : <input type="hidden" name="wait" value={session!.number} />}
          <input type="hidden" name="for" value={speciality.code} />
          <Fields request={request} words={words} failed={failed} />
          {rules.noShowMax > 0 && <p>{w.noShows(rules.noShowMax, rules.noShowDays)}</p>}
          <Details summary={w.notice}><Notice county={(language === 'en' && request.site.countyEnglish) || request.site.county} words={words} holdHours={rules.holdHours} /></Details>
          <ButtonGroup><Button>{w.send}</Button><a href={timesPath(language, speciality.code)}>{words.backStep}</a></ButtonGroup>
        </Form>
      </>
    ),
  })
}

function Fields({ request, words, failed }: { request: PageRequest; words: Words; failed: Refusal | undefined }) {
  const w = words.book
  const error = errorOf(failed)
  const value = (name: string) => request.form[name]
  return (
    <>
      <TextInput name="name" label={w.name} autocomplete="name" width={10} value={value('name')} error={error('name')} />
      <TextInput name="email" type="email" label={w.email} hint={w.emailHint} autocomplete="email" spellcheck={false} width={20} value={value('email')} error={error('email')} />
      <TextInput name="phone" type="tel" label={w.phone} hint={w.phoneHint} autocomplete="tel" required={false} width={10} value={value('phone')} error={error('phone')} />
      <TextInput name="opponent" label={w.opponent} hint={w.opponentHint} required={false} width={10} value={value('opponent')} error={error('opponent')} />
    </>
  )
}

/** 個人資料保護法 §8 I: what must be told before personal data are collected. */
function Notice({ county, words, holdHours }: { county: string; words: Words; holdHours: number }) {
  return <ol>{words.notice(county, holdHours).map(([what, how]) => <li key={what}><strong>{what}</strong>{words.colon}{how}</li>)}</ol>
}

function gone(request: PageRequest, language: Language, asked: Asked): Reply {
  const words = wordsOf[language]
  const w = words.book
  return advicePage(request, language, {
    title: w.gone, crumb: w.crumb, status: 409, other: (other) => bookPath(other, asked),
    children: <><h1>{w.gone}</h1><p>{w.goneText}</p><p><ButtonLink href={timesPath(language, asked.for)}>{words.chooseOther}</ButtonLink></p><p><a href={startPath(language)}>{words.back}</a></p></>,
  })
}

/** After the form; the address holds nothing of anybody. */
async function sent(request: PageRequest, language: Language): Promise<Reply> {
  const until = parseInstant(request.query.until ?? '')
  const waiting = request.query.waiting === 'yes'
  const words = wordsOf[language]
  const w = words.sent
  return advicePage(request, language, {
    title: w.title, crumb: w.title, other: (other) => sentPath(other, until, waiting),
    children: (
      <>
        <h1>{w.heading}</h1>
        <p class="lead">{w.lead(until && <strong>{words.time(until)}</strong>, waiting)}</p>
        <p>{w.notArrived}</p>
        <p><a href={startPath(language)}>{words.back}</a></p>
      </>
    ),
  })
}

async function send(request: PageRequest, language: Language): Promise<Reply> {
  const { slot, wait, for: code, ...rest } = request.form
  const result = await holdTime(request.caller, { ...rest, ...(slot ? { slot } : {}), ...(wait ? { wait } : {}), for: code, origin: request.origin, language })
  if (isRefusal(result)) return form(request, language, { slot, wait, for: code }, result)
  const { waiting, until } = result.value
  return redirect(sentPath(language, new Date(until), waiting))
}

export const routes: Route[] = languages.flatMap((language) => [
  get(bookPath(language), 'public', (request) => form(request, language, request.query)),
  get(sentPath(language), 'public', (request) => sent(request, language)),
  post(bookPath(language), 'public', (request) => send(request, language), { limit: 10 }),
])
