import { Cited } from '../../../../core/laws/cited.tsx'
import type { ComponentChildren } from 'preact'
import { uploadLimits } from '../../../../core/documents/accept.ts'
import type { Refusal } from '../../../../core/errors.ts'
import { type Day, dayOf, isoInstant } from '../../../../core/time.ts'
import type { Language } from '../../../../core/web/language.ts'
import { Attachments } from '../../../../ui/components/attachments.tsx'
import { Button, ButtonLink } from '../../../../ui/components/button.tsx'
import { Card } from '../../../../ui/components/card.tsx'
import { Radios } from '../../../../ui/components/choices.tsx'
import { Details } from '../../../../ui/components/details.tsx'
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx'
import { fileSize, FileUpload } from '../../../../ui/components/file-upload.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { InsetText, WarningText } from '../../../../ui/components/notes.tsx'
import { Letter } from '../../../../ui/components/law.tsx'
import { SummaryList } from '../../../../ui/components/summary-list.tsx'
import { Tag, type Tone } from '../../../../ui/components/tag.tsx'
import { TextArea } from '../../../../ui/components/text-area.tsx'
import { Timeline } from '../../../../ui/components/timeline.tsx'
import { stagesOfActs, type PetitionAct } from '../../rules.ts'
import { letterLimits, type Stage } from '../../schema.ts'
import type { FollowedCase, FollowedFile } from '../follow.ts'
import { errorsOf, summaryOf, type Words } from '../page.tsx'
import { filePath, followedPath, leavePath, newPath } from '../paths.ts'
import { lastRatingDay } from '../resident-acts.ts'
import { wordsOf } from '../words/index.ts'
import { WhyDue } from './confirm.tsx'

type Shown = { language: Language; petition: FollowedCase; today: Day; officeDaysLeft: number | null; typed: Record<string, string>; failed: Refusal | undefined; formKey: string }

/** From the top: where it stands, by when and why, the answer, what one can do; then the letter and the history. */
export function FollowedPage(shown: Shown) {
  const { language, petition, failed } = shown
  const words = wordsOf[language]
  const w = words.follow
  const errors = errorsOf(failed)
  return (
    <>
      <ErrorSummary errors={summaryOf(errors)} />
      <p class="muted">{petition.number ?? `${w.facts.followNo} ${petition.followNo}`}</p>
      <h1>{petition.title}</h1>
      <Standing {...shown} words={words} />
      {petition.asked && <AskedFor words={words} asked={petition.asked} />}
      {petition.answer && <Answer {...shown} words={words} />}
      <Supplement {...shown} words={words} errors={errors} />
      {petition.stage === 'closed' && <Rating {...shown} words={words} errors={errors} />}
      <Written {...shown} words={words} />
      <Card title={w.history} plain><Timeline items={history(petition, words)} label={w.history} /></Card>
      <Further {...shown} words={words} />
      <Form action={leavePath(language)}><Button kind="quiet">{w.leave}</Button></Form>
    </>
  )
}

type Part = Shown & { words: Words; errors?: Record<string, string> }

const can = (act: PetitionAct, stage: Stage) => (stagesOfActs[act] as readonly Stage[]).includes(stage)

const tones: Partial<Record<Stage, Tone>> = { unconfirmed: 'waiting', 'awaiting-supplement': 'waiting', closed: 'done', lapsed: 'ended' }

function Standing({ petition, words, today, officeDaysLeft, language }: Part) {
  const w = words.follow
  const open = petition.stage !== 'closed' && petition.receivedAt !== null
  const late = open && petition.dueOn !== null && petition.dueOn < today
  const row = (key: string, value: ComponentChildren) => (value ? [{ key, value }] : [])
  const day = (of: Day) => <span class="nowrap">{words.day(of)}</span>
  return (
    <>
      <SummaryList rows={[
        { key: w.stageNow, value: <Tag tone={late ? 'danger' : (tones[petition.stage] ?? 'active')}>{w.stage[petition.stage]}</Tag> },
        ...row(w.facts.outcome, petition.outcome && w.outcome[petition.outcome]),
        ...row(w.facts.transferredTo, petition.transferredTo),
        ...row(w.facts.confirmUntil, petition.stage === 'unconfirmed' && petition.confirmUntil && day(dayOf(new Date(petition.confirmUntil.getTime() - 1)))),
        ...row(w.facts.due, open && (petition.dueOn
          ? <>{day(petition.dueOn)}{officeDaysLeft !== null && <span class="muted">{language === 'en' ? ', ' : '，'}{w.left_(officeDaysLeft)}</span>}</>
          : petition.pausedOn && w.paused)),
        ...row(w.facts.extended, petition.extendedTo && day(petition.extendedTo)),
        ...row(w.facts.unit, petition.stage === 'unconfirmed' || petition.stage === 'lapsed' ? null : (petition.unit ?? w.notYetUnit)),
        ...row(w.facts.joint, petition.joint.join(words.and)),
        ...row(w.facts.received, petition.receivedAt && day(dayOf(petition.receivedAt))),
        ...row(w.facts.closed, petition.closedAt && day(dayOf(petition.closedAt))),
        ...row(w.facts.previous, petition.previous),
        ...(petition.number ? [{ key: w.facts.followNo, value: <span class="number">{petition.followNo}</span> }] : []),
      ]} />
      {open && <WhyDue words={words} explanation={petition.explanation} on={petition.receivedAt && dayOf(petition.receivedAt)} />}
      {late && <WarningText>{w.late}</WarningText>}
      {petition.merged && petition.stage !== 'closed' && <InsetText>{w.merged}</InsetText>}
      {petition.leads && <InsetText>{w.leads}</InsetText>}
      {open && !petition.answer && !petition.asked && <p class="muted">{w.noAnswerYet}</p>}
    </>
  )
}

function AskedFor({ words, asked }: { words: Words; asked: { asked: string; untilOn: Day } }) {
  return (
    <InsetText>
      <h2>{words.follow.asked}</h2>
      <Letter text={asked.asked} />
      <p><strong>{words.follow.askedUntil(words.day(asked.untilOn))}</strong></p>
    </InsetText>
  )
}

function Answer({ petition, words, language }: Part) {
  const w = words.follow
  const on = petition.answeredAt && dayOf(petition.answeredAt)
  return (
    <Card title={w.answer} id="answer">
      <Letter serif><Cited text={petition.answer!} on={on} /></Letter>
      {petition.remedyAdvice && <><h3>{w.remedy}</h3><Letter serif><Cited text={petition.remedyAdvice} on={on} /></Letter></>}
      <Files files={petition.files.filter((one) => one.kind === 'answer')} petition={petition} language={language} label={w.answerFiles} />
    </Card>
  )
}

function Files({ files, petition, language, label }: { files: FollowedFile[]; petition: FollowedCase; language: Language; label: string }) {
  if (!files.length) return null
  return <><h3>{label}</h3><Attachments label={label} files={files.map((one) => ({ name: one.name, href: filePath(language, petition.followNo, one.id), bytes: one.bytes }))} /></>
}

function Supplement({ petition, words, language, typed, errors = {}, formKey }: Part) {
  const w = words.follow
  if (!can('supplement', petition.stage)) return null
  const failed = errors.text ?? errors.files
  const form = (
    <Form action={followedPath(language, petition.followNo, 'supplement')} id="supplement" multipart keep formKey={`s-${formKey}`}>
      <TextArea name="text" label={w.supplementText} hint={w.supplementHint} value={failed ? typed.text : ''} error={errors.text} rows={5} maxLength={letterLimits.bodyMax} />
      <FileUpload name="files" label={words.filing.filesLabel} multiple required={false} error={errors.files} maxBytes={uploadLimits.fileBytes} maxFiles={uploadLimits.files} hint={words.filing.filesHint(uploadLimits.files, fileSize(uploadLimits.fileBytes), fileSize(uploadLimits.totalBytes))} />
      <Button kind={petition.asked ? 'primary' : 'secondary'}>{w.supplementSend}</Button>
    </Form>
  )
  return petition.asked ? <Card title={w.supplement}>{form}</Card> : <Details summary={w.supplement} open={Boolean(failed)}>{form}</Details>
}

function Rating({ petition, words, language, today, typed, errors = {}, formKey }: Part) {
  const w = words.follow
  if (petition.outcome === 'withdrawn') return null
  const until = petition.satisfiedAt && lastRatingDay(new Date(petition.satisfiedAt))
  const given = petition.satisfaction !== null && <p>{w.ratedAs(w.scores[petition.satisfaction] ?? '')}{until && today <= until && <span class="muted">{language === 'en' ? '. ' : '，'}{w.rateChange(words.shortDay(until))}</span>}</p>
  if (until && today > until) return <Card title={w.rate}>{given}</Card>
  const form = (
    <Form action={followedPath(language, petition.followNo, 'rating')} formKey={`r-${formKey}`}>
      <Radios name="score" label={w.rate} labelSize={given ? 's' : 'm'} hint={w.rateHint} value={typed.score ?? (petition.satisfaction ? String(petition.satisfaction) : null)} error={errors.score} options={['5', '4', '3', '2', '1'].map((value) => ({ value, text: w.scores[value]! }))} />
      <TextArea name="note" label={w.rateNote} value={typed.note ?? petition.satisfactionNote} rows={3} required={false} />
      <Button kind={given ? 'secondary' : 'primary'}>{w.rateSend}</Button>
    </Form>
  )
  return given && !errors.score ? <Card title={w.rate}>{given}<Details summary={words.change}>{form}</Details></Card> : <Card title={w.rate}>{form}</Card>
}

function Written({ petition, words, language }: Part) {
  const w = words.follow
  const [first, ...later] = petition.letters
  const files = petition.files.filter((one) => one.kind !== 'answer')
  return (
    <Card title={w.letter} plain>
      {first && <Letter text={first.text} />}
      {later.length > 0 && <h3>{w.supplements}</h3>}
      {later.map((one) => <div key={one.at.toISOString()}><p class="muted">{words.instant(one.at)}</p><Letter text={one.text} /></div>)}
      <Files files={files} petition={petition} language={language} label={w.files} />
    </Card>
  )
}

/** Only what has words for residents is shown, in the order it happened; the same thing twice in a row once. */
function history(petition: FollowedCase, words: Words) {
  return petition.events
    .filter((event) => words.events[event.kind])
    .filter((event, at, all) => event.kind !== all[at - 1]?.kind || event.kind === 'petition.supplemented')
    .map((event) => ({ when: words.instant(event.at), datetime: isoInstant(event.at), title: words.events[event.kind]! }))
    .reverse()
}

function Further({ petition, words, language }: Part) {
  const w = words.follow
  return (
    <Card title={w.acts} plain>
      {can('ask-again', petition.stage) && (
        <>
          <p>{w.askAgainText}</p>
          <p><ButtonLink kind="secondary" href={`${newPath(language)}?again=${petition.followNo}`}>{w.askAgain}</ButtonLink></p>
        </>
      )}
      {petition.stage !== 'lapsed' && !petition.confidential && (
        <Form action={followedPath(language, petition.followNo, 'consent')}>
          <p><strong>{w.consent}</strong>{language === 'en' ? ': ' : '：'}{w.consentNow(petition.publishConsent)}</p>
          <input type="hidden" name="consent" value={petition.publishConsent ? 'no' : 'yes'} />
          <Button kind="secondary">{petition.publishConsent ? w.consentTake : w.consentGive}</Button>
        </Form>
      )}
      {can('withdraw', petition.stage) && <p><ButtonLink kind="quiet" href={followedPath(language, petition.followNo, 'withdraw')}>{w.withdraw}</ButtonLink></p>}
    </Card>
  )
}
