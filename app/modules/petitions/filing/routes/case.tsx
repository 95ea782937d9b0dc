import { randomUUID } from 'node:crypto'
import type { ComponentChildren } from 'preact'
import { officeCalendar } from '../../../../core/clocks/calendar.ts'
import { readDocument } from '../../../../core/documents/store.ts'
import { isRefusal, NotFound, type Refusal } from '../../../../core/errors.ts'
import type { Day } from '../../../../core/time.ts'
import { type Language, languages } from '../../../../core/web/language.ts'
import { file, get, type PageRequest, post, redirect, type Reply, type Route } from '../../../../core/web/route.ts'
import { askForCode } from './follow.tsx'
import { findFollowed, type FollowedCase } from '../follow.ts'
import { isOpen } from '../../../../core/filing/follow-session.ts'
import { residentPage } from '../page.tsx'
import { filePath, followedPath, followPath } from '../paths.ts'
import { changeConsent, ratePetition, supplementPetition, withdrawOwn } from '../resident-acts.ts'
import { FollowedPage } from './case-page.tsx'
import { WithdrawPage } from './withdraw-page.tsx'
import { wordsOf } from '../words/index.ts'

type Opened = (request: PageRequest, language: Language, petition: FollowedCase) => Promise<Reply>

/** Only for a browser that has shown the code; any other is asked for it, and keeps what it was writing. */
async function opened(request: PageRequest, language: Language, then: Opened): Promise<Reply> {
  const petition = await findFollowed(request.db, request.params.followNo!)
  if (petition && isOpen(request, petition.id)) return then(request, language, petition)
  const unsent = request.form.text ?? request.form.note ?? request.form.reason
  return askForCode(request, language, { number: request.params.followNo, ended: true, ...(unsent?.trim() ? { unsent } : {}) })
}

async function show(request: PageRequest, language: Language, petition: FollowedCase, failed?: Refusal): Promise<Reply> {
  const words = wordsOf[language]
  return frame(request, language, petition, failed, words.follow.title, (
    <FollowedPage language={language} petition={petition} today={request.today} officeDaysLeft={officeDaysLeft(petition, request.today)} typed={request.form} failed={failed} formKey={randomUUID()} />
  ))
}

function frame(request: PageRequest, language: Language, petition: FollowedCase, failed: Refusal | undefined, title: string, children: ComponentChildren): Reply {
  return residentPage(request, language, {
    title: `${title} ${petition.number ?? petition.followNo}`,
    current: followPath(language),
    other: followedPath(language === 'en' ? 'zh' : 'en', petition.followNo),
    status: failed ? 422 : 200,
    children,
  })
}

/** Office days from today to the due day, negative when late; null where the calendar does not reach. */
function officeDaysLeft(petition: FollowedCase, today: Day): number | null {
  if (!petition.dueOn) return null
  const late = petition.dueOn < today
  const days = late ? officeCalendar.officeDaysBetween(petition.dueOn, today) : officeCalendar.officeDaysBetween(today, petition.dueOn)
  return days === null ? null : late ? -days : days
}

const supplement: Opened = async (request, language, petition) => {
  const sent = await supplementPetition(request.caller, { id: petition.id, text: request.form.text, files: request.files.filter((one) => one.field === 'files'), _key: request.form._key })
  if (isRefusal(sent)) return show(request, language, petition, { ...sent, field: sent.field ?? 'text' })
  return redirect(followedPath(language, petition.followNo), wordsOf[language].follow.supplemented)
}

const askToWithdraw = async (request: PageRequest, language: Language, petition: FollowedCase, failed?: Refusal): Promise<Reply> =>
  frame(request, language, petition, failed, wordsOf[language].follow.withdraw, <WithdrawPage language={language} petition={petition} failed={failed} reason={request.form.reason} formKey={randomUUID()} />)

const withdraw: Opened = async (request, language, petition) => {
  const result = await withdrawOwn(request.caller, { id: petition.id, reason: request.form.reason, _key: request.form._key })
  if (isRefusal(result)) return askToWithdraw(request, language, petition, result)
  const w = wordsOf[language].follow
  return result.value.erased ? redirect(followPath(language), w.withdrawnErased) : redirect(followedPath(language, petition.followNo), w.withdrawn)
}

const rate: Opened = async (request, language, petition) => {
  const result = await ratePetition(request.caller, { id: petition.id, score: request.form.score, note: request.form.note, _key: request.form._key })
  if (isRefusal(result)) return show(request, language, petition, { ...result, field: 'score' })
  return redirect(followedPath(language, petition.followNo), wordsOf[language].follow.rated)
}

const consent: Opened = async (request, language, petition) => {
  const result = await changeConsent(request.caller, { id: petition.id, consent: request.form.consent })
  if (isRefusal(result)) return show(request, language, petition, result)
  const w = wordsOf[language].follow
  return redirect(followedPath(language, petition.followNo), result.value.takenDown ? w.consentTaken : w.consentChanged)
}

/** A file of the petition, as a download: nothing anybody sent is run or shown in our own page. */
const download: Opened = async (request, _language, petition) => {
  const found = petition.files.find((one) => String(one.id) === request.params.file)
  if (!found) throw new NotFound()
  return file(await readDocument(found.sha256), found.mediaType, found.name)
}

export const routes: Route[] = languages.flatMap((language) => {
  const at = (what?: string) => followedPath(language, ':followNo', what)
  return [
    get(at(), 'public', (request) => opened(request, language, show)),
    get(filePath(language, ':followNo', ':file'), 'public', (request) => opened(request, language, download)),
    post(at('supplement'), 'public', (request) => opened(request, language, supplement), { upload: true, limit: 10 }),
    get(at('withdraw'), 'public', (request) => opened(request, language, askToWithdraw)),
    post(at('withdraw'), 'public', (request) => opened(request, language, withdraw), { limit: 10 }),
    post(at('rating'), 'public', (request) => opened(request, language, rate), { limit: 10 }),
    post(at('consent'), 'public', (request) => opened(request, language, consent), { limit: 10 }),
  ]
})

