import { CitedLines } from '../../../../core/laws/cited.tsx'
import { randomUUID } from 'node:crypto'
import { isRefusal } from '../../../../core/errors.ts'
import { dayOf, type Day } from '../../../../core/time.ts'
import { type Language, languages } from '../../../../core/web/language.ts'
import { get, type PageRequest, post, redirect, type Reply, type Route } from '../../../../core/web/route.ts'
import { Button, ButtonLink } from '../../../../ui/components/button.tsx'
import { Details } from '../../../../ui/components/details.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { Panel } from '../../../../ui/components/notes.tsx'
import { SummaryList } from '../../../../ui/components/summary-list.tsx'
import { type Awaited, confirmFiling, findAwaited } from '../confirm.ts'
import { residentPage, type Words } from '../page.tsx'
import { confirmPath, followPath, newPath } from '../paths.ts'
import { wordsOf } from '../words/index.ts'

/** Opening the link changes nothing: mail scanners open links too. The button does. */
async function show(request: PageRequest, language: Language): Promise<Reply> {
  const words = wordsOf[language]
  const w = words.confirm
  const token = request.params.token!
  const found = await findAwaited(request.db, token, request.now)
  if (!found) return said(request, language, w.unknownTitle, w.unknownText, <ButtonLink href={followPath(language)} kind="secondary">{words.follow.title}</ButtonLink>)
  switch (found.state) {
    case 'waiting': return ask(request, language, token, found)
    case 'confirmed': return confirmed(request, language, found)
    case 'expired': return said(request, language, w.expiredTitle, w.expiredText, <ButtonLink href={newPath(language)}>{w.again}</ButtonLink>)
  }
}

function said(request: PageRequest, language: Language, title: string, text: string, action: preact.ComponentChildren): Reply {
  return residentPage(request, language, { title, children: <><h1>{title}</h1><p>{text}</p>{action}</> })
}

function ask(request: PageRequest, language: Language, token: string, found: Awaited): Reply {
  const words = wordsOf[language]
  const w = words.confirm
  return residentPage(request, language, {
    title: w.title,
    other: confirmPath(language === 'en' ? 'zh' : 'en', token),
    children: (
      <>
        <h1>{w.title}</h1>
        <p class="lead">{w.ask}</p>
        <SummaryList rows={[
          { key: w.subject, value: found.title },
          { key: words.follow.facts.followNo, value: <span class="number nowrap">{found.followNo}</span> },
          { key: w.filedOn, value: words.day(dayOf(found.filedAt)) },
          { key: w.until, value: words.day(lastDay(found)) },
        ]} />
        <Form action={confirmPath(language, token)} formKey={randomUUID()}>
          <Button>{w.button}</Button>
        </Form>
        <p>{w.notMe}</p>
        <p class="muted">{w.why}</p>
      </>
    ),
  })
}

/** `until` is the first instant after the last day. */
const lastDay = (found: Awaited) => dayOf(new Date(found.until.getTime() - 1))

function confirmed(request: PageRequest, language: Language, found: Awaited): Reply {
  const words = wordsOf[language]
  const w = words.confirm
  return residentPage(request, language, {
    title: w.doneTitle,
    children: (
      <>
        <Panel title={w.doneTitle}><p>{words.follow.facts.followNo} <strong class="number nowrap">{found.followNo}</strong></p></Panel>
        <p>{request.query.done === undefined ? w.already : w.doneText}</p>
        {found.dueOn && <p>{w.due(words.day(found.dueOn))}</p>}
        <WhyDue words={words} explanation={found.explanation} on={dayOf(found.filedAt)} />
        <ButtonLink href={followPath(language)}>{w.follow}</ButtonLink>
      </>
    ),
  })
}

/** How the due day came about, line by line as the clock wrote it. */
export function WhyDue({ words, explanation, on }: { words: Words; explanation: string[]; /** from when it runs */ on: Day | null }) {
  if (!explanation.length) return null
  return <Details summary={words.confirm.dueWhy}><CitedLines lines={explanation} on={on} /></Details>
}

async function confirm(request: PageRequest, language: Language): Promise<Reply> {
  const token = request.params.token!
  const result = await confirmFiling(request.caller, { token, _key: request.form._key })
  // expired and unknown links are told by the page itself
  return redirect(confirmPath(language, token) + (isRefusal(result) || result.value.again ? '' : '?done'))
}

export const routes: Route[] = languages.flatMap((language) => [
  get(confirmPath(language, ':token'), 'public', (request) => show(request, language)),
  post(confirmPath(language, ':token'), 'public', (request) => confirm(request, language), { limit: 20 }),
])
