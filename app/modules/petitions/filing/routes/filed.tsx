import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../../core/errors.ts'
import { unseal } from '../../../../core/personal-data/index.ts'
import { type Language, languages } from '../../../../core/web/language.ts'
import { get, type PageRequest, post, type Reply, type Route } from '../../../../core/web/route.ts'
import { Button, ButtonLink } from '../../../../ui/components/button.tsx'
import { Details } from '../../../../ui/components/details.tsx'
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { InsetText, Panel } from '../../../../ui/components/notes.tsx'
import { SummaryList } from '../../../../ui/components/summary-list.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { resendConfirmation } from '../confirm.ts'
import { filedCookie, filedOf } from '../filed-cookie.ts'
import { printedCode } from '../../../../core/filing/follow-code.ts'
import { errorsOf, residentPage, summaryOf } from '../page.tsx'
import { filedPath, followPath, newPath, resendPath } from '../paths.ts'
import { wordsOf } from '../words/index.ts'

/** After filing: what happens next, and the number and code to keep. */
async function show(request: PageRequest, language: Language, failed?: Refusal): Promise<Reply> {
  const words = wordsOf[language]
  const w = words.filed
  const filed = filedOf(request)
  const errors = errorsOf(failed)
  if (!filed)
    return residentPage(request, language, { title: w.gone, current: newPath(language), children: <><h1>{w.gone}</h1><p>{w.goneText}</p><ButtonLink href={followPath(language)}>{w.toFollow}</ButtonLink></> })
  return residentPage(request, language, {
    title: w.title,
    current: newPath(language),
    status: failed ? 422 : 200,
    children: (
      <>
        <ErrorSummary errors={summaryOf(errors)} />
        <Panel title={w.title}><p>{w.sentTo(filed.email)}</p></Panel>
        <p>{w.step(words.day(filed.untilOn))}</p>
        {request.site.demo && <InsetText>{w.demo}</InsetText>}
        <h2>{w.numbers}</h2>
        <SummaryList rows={[
          { key: w.followNo, value: <strong class="number nowrap">{filed.followNo}</strong> },
          { key: w.code, value: <strong class="number nowrap">{printedCode(filed.code)}</strong> },
        ]} />
        <p>{w.codeNote}{language === 'en' ? ' ' : ''}{w.print}</p>
        <Details summary={w.notArrived} open={Boolean(failed)}>
          <p>{w.notArrivedText}</p>
          <Form action={resendPath(language)} formKey={randomUUID()}>
            <TextInput name="email" type="email" label={words.filing.emailLabel} value={request.form.email ?? filed.email} error={errors.email} autocomplete="email" spellcheck={false} />
            <Button kind="secondary">{w.resend}</Button>
          </Form>
        </Details>
        <p><a href={followPath(language)}>{w.toFollow}</a></p>
      </>
    ),
  })
}

async function resend(request: PageRequest, language: Language): Promise<Reply> {
  const filed = filedOf(request)
  if (!filed) return show(request, language)
  const sent = await resendConfirmation(request.caller, { id: filed.id, email: request.form.email, origin: request.origin, _key: request.form._key })
  if (isRefusal(sent)) return show(request, language, sent)
  const { code, email } = JSON.parse(unseal(Buffer.from(sent.value.sealed, 'base64'))!) as { code: string; email: string }
  return { kind: 'redirect', to: filedPath(language), flash: wordsOf[language].filed.resent, cookies: [filedCookie({ ...filed, code, email, untilOn: sent.value.untilOn })] }
}

export const routes: Route[] = languages.flatMap((language) => [
  get(filedPath(language), 'public', (request) => show(request, language)),
  post(resendPath(language), 'public', (request) => resend(request, language), { limit: 5 }),
])
