import { randomUUID } from 'node:crypto'
import { acceptedExtensions, uploadLimits } from '../../../../core/documents/accept.ts'
import { valueOf } from '../../../../core/errors.ts'
import { type Language, languages } from '../../../../core/web/language.ts'
import { get, type PageRequest, post, type Reply, type Route } from '../../../../core/web/route.ts'
import { Button } from '../../../../ui/components/button.tsx'
import { Details } from '../../../../ui/components/details.tsx'
import { Checkboxes, Radios, Select } from '../../../../ui/components/choices.tsx'
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx'
import { Fieldset } from '../../../../ui/components/fieldset.tsx'
import { fileSize, FileUpload } from '../../../../ui/components/file-upload.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { InsetText } from '../../../../ui/components/notes.tsx'
import { TextArea } from '../../../../ui/components/text-area.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { categories, letterLimits, outsideCounty, townships } from '../../schema.ts'
import { draftCookie, draftTokenOf } from '../draft-cookie.ts'
import { type Draft, findDraft, keepDraft, type KeptFile, newDraftToken } from '../drafts.ts'
import { findPreviousCase, type PreviousCase } from '../follow.ts'
import { answerWays, checkFiling, fieldNames, lineLimits } from '../letter.ts'
import { residentPage, summaryOf } from '../page.tsx'
import { PointField } from '../point-field.tsx'
import { checkPath, newPath } from '../paths.ts'
import { PrivacyNotice } from '../privacy-notice.tsx'
import { categoryName, townshipName } from '../words/lists.ts'
import { type Words, wordsOf } from '../words/index.ts'

type Shown = { token: string; fields: Record<string, string>; files: KeptFile[]; errors?: Record<string, string>; previous?: PreviousCase | null }

/** Fields a machine fills in and nobody sees. */
const honeypot = 'website'

async function show(request: PageRequest, language: Language): Promise<Reply> {
  const previous = request.query.again ? await findPreviousCase(request, request.query.again) : null
  if (previous) return form(request, language, { token: newDraftToken(), fields: fieldsOfPrevious(previous), files: [], previous })
  const token = draftTokenOf(request)
  const draft = request.query.edit === undefined ? null : await findDraft(request.db, token, request.now)
  if (token && draft) return form(request, language, { token, fields: draft.fields, files: draft.files, previous: await previousOf(request, draft) })
  return form(request, language, { token: newDraftToken(), fields: {}, files: [] })
}

function fieldsOfPrevious(previous: PreviousCase): Record<string, string> {
  return { title: previous.title, category: previous.category ?? '', township: previous.township ?? '', place: previous.place ?? '', ...previous.sender, answerBy: previous.answerBy, publishConsent: 'no' }
}

async function previousOf(request: PageRequest, draft: Draft): Promise<PreviousCase | null> {
  return draft.previousId ? findPreviousCase(request, draft.previousId) : null
}

/** Keeps what was typed, whatever is wrong with it; then shows it again with what to change, or goes on to the check page. */
async function keep(request: PageRequest, language: Language): Promise<Reply> {
  const words = wordsOf[language]
  const { form: typed } = request
  const fields = Object.fromEntries(fieldNames.map((name) => [name, typed[name] ?? '']))
  if (typed.withoutPoint) fields.latitude = fields.longitude = ''
  const token = /^[\w-]{32}$/.test(typed.draft ?? '') ? typed.draft! : newDraftToken()
  const previous = typed.again ? await findPreviousCase(request, typed.again) : null
  const kept = valueOf(await keepDraft(request.caller, {
    token, language, fields, files: request.files.filter((file) => file.field === 'files'), without: request.all('without'), ...(previous ? { previousId: previous.id } : {}),
  }))
  const errors = checkFiling(fields, words).errors ?? {}
  if (kept.refused.length) errors.files = kept.refused.map((one) => words.errors.file?.(one.code, one.name) ?? one.message).join(language === 'en' ? '. ' : '；')
  if (typed[honeypot]?.trim()) errors._ = words.errors.honeypot
  if (Object.keys(errors).length) return form(request, language, { token, fields, files: kept.draft.files, errors, previous })
  return { kind: 'redirect', to: checkPath(language), cookies: [draftCookie(token)] }
}

function form(request: PageRequest, language: Language, shown: Shown): Reply {
  const words = wordsOf[language]
  const w = words.filing
  const { token, fields, files, errors = {}, previous } = shown
  return residentPage(request, language, {
    title: w.title,
    current: newPath(language),
    other: newPath(language === 'en' ? 'zh' : 'en'),
    status: Object.keys(errors).length ? 422 : 200,
    children: (
      <>
        <ErrorSummary errors={summaryOf(errors, fieldNames)} intro={w.keptNote} />
        <h1>{w.title}</h1>
        <p class="lead">{w.lead}</p>
        {previous && <InsetText>{w.again(previous.name)}</InsetText>}
        <p>{w.before}</p>
        <p class="muted">{w.urgent}</p>
        <Form action={newPath(language)} id={`petition-${language}`} multipart keep formKey={randomUUID()}>
          <input type="hidden" name="draft" value={token} />
          {previous && <input type="hidden" name="again" value={previous.followNo} />}
          <Honeypot label={w.honeypotLabel} />
          <LetterPart words={words} language={language} fields={fields} files={files} errors={errors} />
          <SenderPart words={words} fields={fields} errors={errors} />
          <ChoicesPart words={words} fields={fields} errors={errors} />
          <p>{w.privacyShort}</p>
          <Details summary={w.privacyMore}><PrivacyNotice language={language} county={(language === 'en' && request.site.countyEnglish) || request.site.county} /></Details>
          <Button>{w.continue}</Button>
        </Form>
      </>
    ),
  })
}

type Part = { words: Words; fields: Record<string, string>; errors: Record<string, string> }

function LetterPart({ words, language, fields, files, errors }: Part & { language: Language; files: KeptFile[] }) {
  const w = words.filing
  const size = (bytes: number) => fileSize(bytes)
  return (
    <Fieldset legend={w.letterPart} size="m">
      <TextInput name="title" label={w.titleLabel} hint={w.titleHint} value={fields.title} error={errors.title} required />
      <TextArea name="body" label={w.bodyLabel} hint={w.bodyHint} value={fields.body} error={errors.body} rows={10} maxLength={letterLimits.bodyMax} required />
      <Select name="category" label={w.categoryLabel} value={fields.category} error={errors.category} required={false} empty={w.categoryEmpty} options={categories.map((value) => ({ value, text: categoryName(language, value) }))} />
      <Select name="township" label={w.townshipLabel} value={fields.township} error={errors.township} required={false} empty={w.townshipEmpty} options={[...townships, outsideCounty].map((value) => ({ value, text: townshipName(language, value) }))} />
      <TextInput name="place" label={w.placeLabel} hint={w.placeHint} value={fields.place} error={errors.place} required={false} maxLength={lineLimits.place} />
      <PointField words={words} fields={fields} />
      <FileUpload
        name="files" label={w.filesLabel} multiple required={false} error={errors.files} maxBytes={uploadLimits.fileBytes} maxFiles={uploadLimits.files}
        accept={acceptedExtensions.map((extension) => `.${extension}`).join(',')}
        hint={w.filesHint(uploadLimits.files, size(uploadLimits.fileBytes), size(uploadLimits.totalBytes))}
      />
      {files.length > 0 && (
        <Checkboxes name="without" label={w.filesKept} labelSize="s" options={files.map((file) => ({ value: String(file.id), text: w.fileRemove(file.name), hint: size(file.bytes) }))} />
      )}
    </Fieldset>
  )
}

function SenderPart({ words, fields, errors }: Part) {
  const w = words.filing
  return (
    <Fieldset legend={w.senderPart} size="m" hint={w.senderHint}>
      <TextInput name="name" label={w.nameLabel} value={fields.name} error={errors.name} autocomplete="name" width={20} required spellcheck={false} />
      <TextInput name="email" type="email" label={w.emailLabel} hint={w.emailHint} value={fields.email} error={errors.email} autocomplete="email" required spellcheck={false} />
      <TextInput name="phone" type="tel" label={w.phoneLabel} hint={w.phoneHint} value={fields.phone} error={errors.phone} autocomplete="tel" width={20} required={false} />
      <TextInput name="address" label={w.addressLabel} hint={w.addressHint} value={fields.address} error={errors.address} autocomplete="street-address" required={false} />
      <Radios name="answerBy" label={w.answerByLabel} labelSize="s" hint={w.answerByHint} value={fields.answerBy || 'mail'} error={errors.answerBy} options={answerWays.map((value) => ({ value, text: w.answerBy[value]! }))} />
    </Fieldset>
  )
}

function ChoicesPart({ words, fields, errors }: Part) {
  const w = words.filing
  return (
    <Fieldset legend={w.choicesPart} size="m">
      <Radios
        name="publishConsent" label={w.consentLabel} labelSize="s" hint={w.consentHint} value={fields.publishConsent || 'no'} error={errors.publishConsent}
        options={[{ value: 'no', text: w.consentNo }, { value: 'yes', text: w.consentYes }]}
      />
      <Checkboxes name="confidential" label={w.confidentialLabel} labelSize="s" hint={w.confidentialHint} values={fields.confidential === 'yes' ? ['yes'] : []} options={[{ value: 'yes', text: w.confidentialOption }]} />
    </Fieldset>
  )
}

/** Out of sight, out of the tab order, and told to those who hear the page that it stays empty. */
function Honeypot({ label }: { label: string }) {
  return (
    <div class="govuk-visually-hidden" aria-hidden="true">
      <label for={honeypot}>{label}</label>
      <input id={honeypot} name={honeypot} type="text" tabIndex={-1} autocomplete="off" value="" />
    </div>
  )
}

export const routes: Route[] = languages.flatMap((language) => [
  get(newPath(language), 'public', (request) => show(request, language)),
  post(newPath(language), 'public', (request) => keep(request, language), { upload: true, limit: 60 }),
])
