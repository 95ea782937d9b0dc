import { Cited, CitedLines } from '../../../core/laws/cited.tsx'
import { rocDateTime, rocDay, dayOf } from '../../../core/time.ts'
import { Card } from '../../../ui/components/card.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { Steps, type Step } from '../../../ui/components/steps.tsx'
import { noActionGrounds, type NoActionGround, type OtherProcedure, otherProcedures } from '../schema.ts'
import { submissionNames } from '../handling/submissions.ts'
import type { CaseFile, Submission } from './case-file.ts'

/** What the office did so far: contributions, the draft and its versions, approvals, the answer. */
export function Work({ file }: { file: CaseFile }) {
  const nothing = !file.contributions.length && !file.joint.length && !file.drafts.length && !file.submissions.length && !file.answer && !file.requests.length && !file.closedAt
  return (
    <Card title="辦理" id="work">
      <div class="stack">
        {nothing && <p class="muted">還沒有辦理的紀錄。</p>}
        <Outcome file={file} />
        <Contributions file={file} />
        <SupplementRequests file={file} />
        <Drafts file={file} />
        {file.submissions.map((submission) => <Approval key={submission.id} submission={submission} />)}
      </div>
    </Card>
  )
}

function Outcome({ file }: { file: CaseFile }) {
  return (
    <>
      {file.answer && (
        <section class="stack">
          <h3>答復</h3>
          <Letter serif><Cited text={file.answer} on={file.closedAt && dayOf(file.closedAt)} /></Letter>
          {file.remedyAdvice && <InsetText><strong>救濟方法</strong><br /><Cited text={file.remedyAdvice} on={file.closedAt && dayOf(file.closedAt)} /></InsetText>}
        </section>
      )}
      {file.ground && <p>不予處理：{noActionGrounds[file.ground as NoActionGround] ?? file.ground}</p>}
      {file.transferredTo && <p>移轉：{file.transferredTo}（行政程序法 §172 I）</p>}
      {file.otherProcedure && (
        <>
          <p>改依{otherProcedures[file.otherProcedure as OtherProcedure] ?? file.otherProcedure}辦理。</p>
          {file.otherClocks.map((clock) => (
            <Details key={clock.rule} summary={clock.dueOn ? `該程序的期限 ${rocDay(clock.dueOn)}（自原收件日起算）` : '該程序的期限'}>
              <CitedLines lines={clock.explanation} on={file.receivedAt && dayOf(file.receivedAt)} />
            </Details>
          ))}
        </>
      )}
      {file.satisfaction && <p>滿意度：{file.satisfaction} 分{file.satisfactionNote && `，「${file.satisfactionNote}」`}</p>}
    </>
  )
}

function Contributions({ file }: { file: CaseFile }) {
  const given = new Set(file.contributions.map((one) => one.unitId))
  const silent = file.joint.filter((one) => !given.has(one.unitId))
  if (!file.contributions.length && !silent.length) return null
  return (
    <section class="stack">
      <h3>會辦意見</h3>
      {file.contributions.map((one) => (
        <div key={`${one.unitId}${one.at.getTime()}`}>
          <p class="small muted">{one.unitName} {one.personName}，{rocDateTime(one.at)}</p>
          <Letter text={one.text} />
        </div>
      ))}
      {silent.map((one) => (
        <p key={one.unitId}>
          {one.unitName}：{one.endedAs === 'waived' ? <>免會，{one.note}</> : one.untilAt ? '沒有提供' : <Tag tone="waiting">等意見</Tag>}
        </p>
      ))}
    </section>
  )
}

function SupplementRequests({ file }: { file: CaseFile }) {
  if (!file.requests.length) return null
  return (
    <section class="stack">
      <h3>通知補陳</h3>
      {file.requests.map((request) => (
        <div key={request.askedAt.getTime()}>
          <p class="small muted">{rocDateTime(request.askedAt)} 通知，期限 {rocDay(request.untilOn)}；{request.answeredAt ? `${rocDateTime(request.answeredAt)} 補到` : request.endedAt ? '期限內沒有補' : '等待中'}</p>
          <Letter text={request.asked} />
        </div>
      ))}
    </section>
  )
}

function Drafts({ file }: { file: CaseFile }) {
  const [latest, ...earlier] = file.drafts
  if (!latest || file.answer) {
    return latest ? <Details summary={`${file.drafts.length} 版草稿`} id="drafts"><Versions drafts={file.drafts} /></Details> : null
  }
  return (
    <section class="stack">
      <h3>答復草稿（第 {latest.version} 版）</h3>
      <p class="small muted">{latest.authorName}，{rocDateTime(latest.savedAt)}；救濟教示：{{ undecided: '還沒有確認', none: '無涉', given: '有' }[latest.remedy]}</p>
      <Letter text={latest.text} serif />
      {latest.remedyAdvice && <InsetText><strong>救濟方法</strong><br />{latest.remedyAdvice}</InsetText>}
      {earlier.length > 0 && <Details summary={`之前的 ${earlier.length} 版`} id="drafts"><Versions drafts={earlier} /></Details>}
    </section>
  )
}

function Versions({ drafts }: { drafts: CaseFile['drafts'] }) {
  return (
    <>
      {drafts.map((draft) => (
        <section key={draft.version}>
          <p class="small muted">第 {draft.version} 版，{draft.authorName}，{rocDateTime(draft.savedAt)}</p>
          <Letter text={draft.text} serif />
        </section>
      ))}
    </>
  )
}

function Approval({ submission }: { submission: Submission }) {
  return (
    <section class="stack">
      <h3>陳核：{submissionNames[submission.what]} {submission.state === 'cancelled' && <Tag tone="ended">已抽回</Tag>}</h3>
      <AskedText submission={submission} />
      <Steps label={`${submissionNames[submission.what]}的陳核`} steps={approvalSteps(submission)} />
      {submission.decisions.filter((one) => one.comment).map((one) => (
        <InsetText key={one.at.getTime()}>{one.personName}{one.onBehalfOfName && `（代${one.onBehalfOfName}）`}：{one.comment}</InsetText>
      ))}
    </section>
  )
}

/** What was asked for, in words, where it is not the draft itself. */
export function AskedText({ submission }: { submission: Submission }) {
  const { what, asked } = submission
  if (what === 'extension') return <p>展期 {String(asked.officeDays)} 個工作日。理由：{String(asked.reason)}</p>
  if (what === 'no-action') return <p>{noActionGrounds[asked.ground as NoActionGround]}。{String(asked.reason)}</p>
  if (what === 'transfer') return <p>移轉{String(asked.agency)}。{asked.note ? String(asked.note) : ''}</p>
  if (what === 'other-procedure') return <p>改依{otherProcedures[asked.procedure as OtherProcedure]}辦理。{asked.note ? String(asked.note) : ''}</p>
  return null
}

function approvalSteps(submission: Submission): Step[] {
  const decided = (step: string) => submission.decisions.find((one) => one.step === step)
  const chief = decided('section-chief')
  const head = decided('head')
  const detailOf = (one: typeof chief) => one && `${one.personName}${one.onBehalfOfName ? `（代${one.onBehalfOfName}）` : ''} ${rocDateTime(one.at)}`
  const state = (step: 'section-chief' | 'head', one: typeof chief): Step['state'] => {
    if (one) return one.decision === 'approved' ? 'done' : 'returned'
    if (submission.state === 'pending') return submission.step === step ? 'current' : submission.step === 'head' ? 'skipped' : 'todo'
    return submission.state === 'approved' ? 'skipped' : 'todo'
  }
  return [
    { text: '承辦人陳核', state: 'done', detail: `${submission.submitterName} ${rocDateTime(submission.submittedAt)}` },
    { text: '科長', state: state('section-chief', chief), detail: detailOf(chief) },
    { text: '單位主管', state: state('head', head), detail: detailOf(head) },
  ]
}
