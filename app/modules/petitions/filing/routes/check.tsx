import { isRefusal } from '../../../../core/errors.ts'
import { unseal } from '../../../../core/personal-data/index.ts'
import { type Language, languages } from '../../../../core/web/language.ts'
import { get, type PageRequest, post, redirect, type Reply, type Route } from '../../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../../ui/components/button.tsx'
import { Card } from '../../../../ui/components/card.tsx'
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx'
import { fileSize } from '../../../../ui/components/file-upload.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { Letter } from '../../../../ui/components/law.tsx'
import { ChangeLink, SummaryList } from '../../../../ui/components/summary-list.tsx'
import { draftTokenOf, noDraftCookie } from '../draft-cookie.ts'
import { type Draft, findDraft } from '../drafts.ts'
import { fileLetter } from '../file.ts'
import { openFollow } from '../../../../core/filing/follow-session.ts'
import { filedCookie } from '../filed-cookie.ts'
import { checkFiling, type Filing } from '../letter.ts'
import { residentPage } from '../page.tsx'
import { checkPath, filedPath, newPath, sendPath } from '../paths.ts'
import { categoryName, townshipName } from '../words/lists.ts'
import { wordsOf } from '../words/index.ts'

async function show(request: PageRequest, language: Language, failed?: string): Promise<Reply> {
  const token = draftTokenOf(request)
  const draft = await findDraft(request.db, token, request.now)
  const filing = draft && checkFiling(draft.fields, wordsOf[language]).filing
  if (!token || !draft || !filing) return redirect(draft ? editPath(language) : newPath(language))
  return page(request, language, { token, draft, filing, ...(failed ? { failed } : {}) })
}

const editPath = (language: Language, field = '') => `${newPath(language)}?edit${field && `#${field}`}`

function page(request: PageRequest, language: Language, { token, draft, filing, failed }: { token: string; draft: Draft; filing: Filing; failed?: string }): Reply {
  const words = wordsOf[language]
  const { check: w, filing: f } = words
  const row = (key: string, value: string | null, field: string) => ({ key, value: value ?? <span class="muted">{words.none}</span>, action: <ChangeLink href={editPath(language, field)} what={key}>{words.change}</ChangeLink> })
  return residentPage(request, language, {
    title: w.title,
    current: newPath(language),
    status: failed ? 422 : 200,
    children: (
      <>
        {failed && <ErrorSummary errors={[{ text: failed }]} />}
        {/* Not taken yet: the browser's own way back finds the form as it was typed. */}
        <h1 data-not-taken>{w.title}</h1>
        <p class="lead">{w.lead}</p>
        <Card title={w.letter} plain>
          <SummaryList rows={[
            row(f.titleLabel, filing.title, 'title'),
            { key: f.bodyLabel, value: <Letter text={filing.body} />, action: <ChangeLink href={editPath(language, 'body')} what={f.bodyLabel}>{words.change}</ChangeLink> },
            row(f.categoryLabel, filing.category && categoryName(language, filing.category), 'category'),
            row(f.townshipLabel, filing.township && townshipName(language, filing.township), 'township'),
            row(f.placeLabel, filing.place, 'place'),
            ...(filing.latitude !== null && filing.longitude !== null ? [row(w.point, `${filing.latitude}, ${filing.longitude}`, 'place')] : []),
            row(w.files, draft.files.map((file) => `${file.name}（${fileSize(file.bytes)}）`).join(words.and) || w.noFiles, 'files'),
          ]} />
        </Card>
        <Card title={w.sender} plain>
          <SummaryList rows={[
            row(f.nameLabel, filing.name, 'name'), row(f.emailLabel, filing.email, 'email'), row(f.phoneLabel, filing.phone, 'phone'), row(f.addressLabel, filing.address, 'address'),
            row(f.answerByLabel, f.answerBy[filing.answerBy]!, 'answerBy'),
          ]} />
        </Card>
        <Card title={w.choices} plain>
          <SummaryList rows={[
            row(f.consentLabel, filing.publishConsent ? f.consentYes : f.consentNo, 'publishConsent'),
            row(f.confidentialLabel, filing.confidential ? w.confidentialYes : w.confidentialNo, 'confidential'),
          ]} />
        </Card>
        <Form action={sendPath(language)} formKey={token} clearKept>
          <input type="hidden" name="token" value={token} />
          <ButtonGroup>
            <Button>{w.send}</Button>
            <ButtonLink href={editPath(language)} kind="secondary">{w.edit}</ButtonLink>
          </ButtonGroup>
        </Form>
      </>
    ),
  })
}

/** Files the letter. The draft's own token is the form's key, so that the same letter sent twice is one petition. */
async function send(request: PageRequest, language: Language): Promise<Reply> {
  const token = request.form.token ?? ''
  const filed = await fileLetter(request.caller, { token, origin: request.origin, _key: token })
  if (isRefusal(filed)) {
    if (filed.code === 'input.invalid') return redirect(editPath(language))
    const draft = await findDraft(request.db, token, request.now)
    if (!draft) return residentPage(request, language, { title: filed.message, status: 422, children: <><h1>{wordsOf[language].filing.title}</h1><p>{filed.message}</p><ButtonLink href={newPath(language)}>{wordsOf[language].confirm.again}</ButtonLink></> })
    return show(request, language, filed.message)
  }
  const { id, followNo, untilOn, sealed } = filed.value
  const { code, email } = JSON.parse(unseal(Buffer.from(sealed, 'base64'))!) as { code: string; email: string }
  return { kind: 'redirect', to: filedPath(language), cookies: [filedCookie({ id, followNo, code, email, untilOn }), noDraftCookie, openFollow(request, id)] }
}

export const routes: Route[] = languages.flatMap((language) => [
  get(checkPath(language), 'public', (request) => show(request, language)),
  post(sendPath(language), 'public', (request) => send(request, language), { limit: 30 }),
])
