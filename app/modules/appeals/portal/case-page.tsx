import type { Refusal } from '../../../core/errors.ts'
import { rocDay } from '../../../core/time.ts'
import { Attachments } from '../../../ui/components/attachments.tsx'
import { Button } from '../../../ui/components/button.tsx'
import { Radios } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { FileUpload } from '../../../ui/components/file-upload.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { AuthorityDecisions } from '../after/for-party.tsx'
import { DecisionOfCase } from '../decision/for-party.tsx'
import { followedPath, followPath } from '../paths.ts'
import { claimOutcomes, letterKinds, paperKinds, type Stage } from '../schema.ts'
import { endsWithoutDecision, StageTag } from '../stage-tag.tsx'
import { isLate } from '../steps.ts'
import { type Followed, sendable, sendableNow } from './follow.ts'

/** Where an appeal stands, in words for who filed it. */
const words: Record<Stage, string> = {
  filed: '已經收到，法制人員登錄後會給您案號。',
  statement: '我們收到您不服的表示，請補送訴願書。',
  received: '正在看訴願書合不合規定、由誰受理。',
  correction: '請依通知補正。',
  agency: '已請原處分機關重新審查或答辯，二十日內會有結果。',
  review: '正在研析雙方的主張。',
  committee: '由訴願審議委員會審議。',
  suspended: '等另一件訴訟或救濟的結果，期間暫停。',
  decided: '已經作成決定，決定書會寄給您。',
  closed: '已經結案。',
}

/** An appeal against the county itself goes on elsewhere when it is closed here (訴願法 §4 ③, §58 III). */
function saidOf({ stage, outcome, agencyKind, ours, authority, byAuthority }: Followed): string {
  if (stage !== 'closed' || outcome !== 'transferred' || ours || agencyKind !== 'county') return words[stage]
  return byAuthority.length ? `${byAuthority.at(-1)!.authority}已經作成決定。` : `已經送${authority}，由該機關決定；本府收到決定後會登錄在這裡。`
}

/** An appeal as its appellant sees it: where it stands, what is due from whom, what was sent, and what they may send. */
export function FollowedPage({ appeal, typed, failed, formKey }: { appeal: Followed; typed: Record<string, string>; failed: Refusal | undefined; formKey: string }) {
  const error = errorOf(failed)
  const kinds = sendableNow(appeal.stage, { corrects: appeal.letters.some(({ kind }) => kind === 'correction'), late: isLate(appeal) && appeal.restitution !== 'granted' })
  const fallback = appeal.stage === 'statement' ? 'appeal' : appeal.stage === 'correction' ? 'correction' : 'reasons'
  return (
    <>
      {failed && <ErrorSummary errors={errorsOf(failed)} intro="您寫的都還在；附件要再選一次。" />}
      <h1>{appeal.title}</h1>
      <p class="cluster"><span class="number nowrap">{appeal.number ?? appeal.followNo}</span><StageTag stage={appeal.stage} outcome={appeal.dispatchedOn || endsWithoutDecision(appeal.outcome) ? appeal.outcome : null} /></p>
      <p class="lead">{saidOf(appeal)}</p>
      {appeal.stage === 'statement' && appeal.supplementUntil && <InsetText><p>訴願書請在 {rocDay(appeal.supplementUntil)} 以前送到，逾期會不受理（訴願法第 57 條、第 77 條）。</p></InsetText>}
      {appeal.stage === 'correction' && <InsetText><p>{appeal.correctionUntil ? `請在 ${rocDay(appeal.correctionUntil)} 以前補正。` : '補正的期間從您收到通知書的次日起算二十日。'}</p>{appeal.papers.some(({ kind }) => kind === 'correction') && <p>您送來的補正已經收到，承辦人看過以後會登錄。</p>}</InsetText>}
      {isLate(appeal) && !appeal.decidedOn && appeal.stage !== 'closed' && <InsetText><p>{appeal.restitution === 'granted' ? '這件已准回復原狀，視同在期間內提起。' : appeal.restitution === 'asked' ? '已經收到您回復原狀的申請，正在審查。' : `依現有資料，訴願期間到 ${rocDay(appeal.filingDueOn!)} 為止，這件晚了。因天災或其他不應歸責於您的事由而遲誤的，原因消滅後十日內可以申請回復原狀（訴願法第 15 條）：在下面選「申請回復原狀」，寫明事由和原因消滅的日期。`}</p></InsetText>}
      <SummaryList rows={[
        { key: '提起日期', value: <DayText day={appeal.filedOn} /> },
        { key: '原處分機關', value: appeal.agency },
        { key: '受理機關', value: appeal.authority },
        ...(appeal.decidedOn ? [{ key: '決定日期', value: <DayText day={appeal.decidedOn} /> }] : appeal.ours ? [{ key: '最晚決定', value: appeal.dueOn ? <DayText day={appeal.dueOn} weekday /> : (appeal.because ?? '—') }] : []),
      ]} />
      {appeal.filingDueOn && appeal.ground === 'disposition' && !appeal.decidedOn && <Details summary={`提起訴願的期間到 ${rocDay(appeal.filingDueOn)}，怎麼算的`}><ul>{appeal.filingReasons.map((line) => <li key={line}>{line}</li>)}</ul></Details>}
      {appeal.explanation.length > 0 && !appeal.decidedOn && <Details summary="最晚決定的日期怎麼算的"><ul>{appeal.explanation.map((line) => <li key={line}>{line}</li>)}</ul></Details>}
      <h2>請求事項</h2>
      {appeal.claims.length ? <ol>{appeal.claims.map((claim) => <li key={claim.text}>{claim.text}{claim.outcome && <> <Tag tone="done">{claimOutcomes[claim.outcome]}</Tag></>}</li>)}</ol> : <p class="muted">還沒有載明。</p>}
      {appeal.decision && <DecisionOfCase decided={appeal.decision} />}
      {appeal.byAuthority.length > 0 && <AuthorityDecisions decided={appeal.byAuthority} agency={appeal.agency} />}
      {appeal.letters.length > 0 && <><h2>我們寄給您的</h2>{appeal.letters.map((letter, i) => <Details key={i} summary={`${letterKinds[letter.kind]}${letter.on ? `（${rocDay(letter.on)}）` : ''}`}><Letter text={letter.text} /></Details>)}</>}
      <h2>書狀</h2>
      {appeal.papers.map((paper, i) => <Details key={i} summary={`${paperKinds[paper.kind]}（${rocDay(paper.on)}）`}><Letter text={paper.text} /></Details>)}
      {appeal.files.length > 0 && <Attachments files={appeal.files.map((one) => ({ name: one.name, href: followedPath(appeal.followNo, `files/${one.id}`), bytes: one.bytes }))} />}
      {kinds.length > 0 && (
        <>
          <h2>再送資料</h2>
          <Form action={followedPath(appeal.followNo, 'papers')} formKey={formKey} id="send-paper" multipart keep>
            <Radios name="kind" label="送什麼" value={typed.kind ?? fallback} error={error('kind')} options={kinds.map((kind) => ({ value: kind, text: sendable[kind].label, ...(kind === 'correction' ? { hint: '承辦人看過、事項齊備才算補正。要簽名或蓋章的，請寄或送簽好的書面來，打字不能代替（訴願法第 56 條）。' } : kind === 'withdraw' ? { hint: '撤回後不能再提同一件訴願（訴願法第 60 條）。法制人員會先和您確認。' } : kind === 'reasons' ? { hint: '決定期間會從收到的次日重新計算（審議規則第 27 條）。' } : {}) }))} />
            <TextArea name="text" label="內容" rows={8} value={typed.text} error={error('text')} />
            <FileUpload name="files" label="附件" required={false} multiple error={error('files')} />
            <Button>送出</Button>
          </Form>
        </>
      )}
      <Form action={`${followPath}/leave`}><Button kind="secondary">離開</Button></Form>
    </>
  )
}
