import { isRefusal } from '../../../../core/errors.ts'
import { type Language, languages } from '../../../../core/web/language.ts'
import { get, type PageRequest, post, redirect, type Reply, type Route } from '../../../../core/web/route.ts'
import { Button } from '../../../../ui/components/button.tsx'
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { InsetText } from '../../../../ui/components/notes.tsx'
import { Letter } from '../../../../ui/components/law.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { findByFollowCode } from '../follow-code.ts'
import { closeFollow, openFollow } from '../../../../core/filing/follow-session.ts'
import { residentPage, summaryOf } from '../page.tsx'
import { followPath, followedPath, leavePath, lostCodePath } from '../paths.ts'
import { sendNewCode } from '../resident-acts.ts'
import { wordsOf } from '../words/index.ts'

type Asked = { number?: string | undefined; errors?: Record<string, string>; /** the session ended while this was being written */ unsent?: string; ended?: boolean }

/** Number and code. The code is never in an address; a browser that has shown it gets a sealed cookie for two hours. */
export function askForCode(request: PageRequest, language: Language, { number, errors = {}, unsent, ended }: Asked = {}): Reply {
  const words = wordsOf[language]
  const w = words.follow
  return residentPage(request, language, {
    title: w.title,
    current: followPath(language),
    other: followPath(language === 'en' ? 'zh' : 'en'),
    status: Object.keys(errors).length || unsent ? 422 : 200,
    children: (
      <>
        <ErrorSummary errors={summaryOf(errors, ['number', 'code'])} />
        <h1>{w.title}</h1>
        {ended ? <InsetText>{w.ended}</InsetText> : <p class="lead">{w.lead}</p>}
        {unsent && <div data-not-taken><InsetText><p>{w.endedText}</p><Letter text={unsent} /></InsetText></div>}
        <Form action={followPath(language)}>
          <TextInput name="number" label={w.number} hint={w.numberHint} value={number} error={errors.number} width={20} autocomplete="off" spellcheck={false} required />
          <TextInput name="code" label={w.code} hint={w.codeHint} error={errors.code} width={10} autocomplete="off" spellcheck={false} required />
          <Button>{w.open}</Button>
        </Form>
        <p><a href={lostCodePath(language)}>{w.lost}</a></p>
      </>
    ),
  })
}

async function open(request: PageRequest, language: Language): Promise<Reply> {
  const w = wordsOf[language].follow
  const { number, code } = request.form
  const errors: Record<string, string> = {}
  if (!number?.trim()) errors.number = w.numberMissing
  if (!code?.trim()) errors.code = w.codeMissing
  const found = Object.keys(errors).length ? null : await findByFollowCode(request.db, number, code)
  if (!found) return askForCode(request, language, { number, errors: Object.keys(errors).length ? errors : { number: w.wrong } })
  return { kind: 'redirect', to: followedPath(language, found.followNo), cookies: [openFollow(request, found.id)] }
}

function lostCode(request: PageRequest, language: Language): Reply {
  const words = wordsOf[language]
  const w = words.follow
  return residentPage(request, language, {
    title: w.lostTitle,
    current: followPath(language),
    children: (
      <>
        <h1>{w.lostTitle}</h1>
        <p class="lead">{w.lostLead}</p>
        <Form action={lostCodePath(language)}>
          <TextInput name="number" label={w.number} hint={w.numberHint} width={20} autocomplete="off" spellcheck={false} />
          <TextInput name="email" type="email" label={words.filing.emailLabel} autocomplete="email" spellcheck={false} />
          <Button>{w.lostSend}</Button>
        </Form>
      </>
    ),
  })
}

async function sendCode(request: PageRequest, language: Language): Promise<Reply> {
  const { number, email } = request.form
  const sent = await sendNewCode(request.caller, { number, email })
  return isRefusal(sent) ? lostCode(request, language) : redirect(followPath(language), wordsOf[language].follow.lostSent)
}

export const routes: Route[] = languages.flatMap((language) => [
  get(followPath(language), 'public', async (request) => askForCode(request, language, { number: request.query.number })),
  post(followPath(language), 'public', (request) => open(request, language), { limit: 20 }),
  get(lostCodePath(language), 'public', async (request) => lostCode(request, language)),
  post(lostCodePath(language), 'public', (request) => sendCode(request, language), { limit: 3 }),
  post(leavePath(language), 'public', async () => ({ kind: 'redirect', to: followPath(language), flash: wordsOf[language].follow.left, cookies: [closeFollow] })),
])
