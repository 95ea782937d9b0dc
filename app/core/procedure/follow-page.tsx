import type { ComponentChildren } from 'preact'
import type { Refusal } from '../errors.ts'
import { filingPage } from '../filing/pages.tsx'
import type { FilingKind } from '../filing/filing.ts'
import { Supplement } from '../filing/supplement.tsx'
import { type Day, dayOf, rocLongDay } from '../time.ts'
import type { PageRequest, Reply } from '../web/route.ts'
import { Deadline } from '../../ui/components/deadline.tsx'
import { Details } from '../../ui/components/details.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../ui/components/error-summary.tsx'
import { Letter } from '../../ui/components/law.tsx'
import { InsetText } from '../../ui/components/notes.tsx'
import { SummaryList } from '../../ui/components/summary-list.tsx'
import { DayText } from '../../ui/components/time.tsx'
import { ruleTitle } from './case-parts.tsx'
import type { CaseFile } from './case-page.tsx'
import { findFilerLetters, LettersForParty } from './letters/for-party.tsx'
import { dayIn, type StepState, textIn } from './step.ts'

export type FollowPage<State extends StepState, File extends CaseFile> = {
  of: FilingKind
  find(request: PageRequest, caseId: number, followNo: string): Promise<{ state: State; file: File }>
  /** what each stage means to the party, and how it ended */
  said: Readonly<Record<string, string>>
  outcomes: Readonly<Record<string, string>>
  /** until when they have to correct what is asked */
  correctionDueOn(state: State): Day | null
  rows(state: State, file: File): { key: string; value: ComponentChildren }[]
  /** 協議期日 */
  meetings: string
  more?(state: State, file: File, today: Day): ComponentChildren
}

/** The case as its party may see it: never a colleague's name or the office's own notes. */
export async function followPage<State extends StepState, File extends CaseFile>(page: FollowPage<State, File>, request: PageRequest, caseId: number, failed?: Refusal): Promise<Reply | null> {
  const followNo = request.params.followNo!
  const [{ state, file }, letters] = await Promise.all([page.find(request, caseId, followNo), findFilerLetters(request.db, caseId)])
  const clock = file.clocks.find(({ main, metAt, dueOn }) => main && metAt === null && dueOn !== null)
  const asked = state.stage === 'correcting' ? file.steps.findLast(({ step }) => step === 'ask-correction') : undefined
  const due = page.correctionDueOn(state)
  const meetings = file.steps.filter(({ step }) => step === 'notify').map(({ answers, on }) => ({ on, documentNo: null, note: null, answers }))
  return filingPage(request, page.of, {
    title: state.title, status: failed ? 422 : 200, current: `${page.of.base}/follow`,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} />}
        <h1>{state.title}</h1>
        <p class="lead">{state.outcome ? page.outcomes[state.outcome] : page.said[state.stage]}</p>
        {clock && <Deadline title={ruleTitle(clock.rule)} day={clock.dueOn} text={rocLongDay(clock.dueOn!)}><Details summary="為什麼是這一天"><ul>{clock.explanation.map((line) => <li key={line}>{line}</li>)}</ul></Details></Deadline>}
        {asked && <InsetText><p>請在{due && rocLongDay(due)}以前補正：</p><Letter text={String(asked.answers.asked ?? '')} /></InsetText>}
        <SummaryList rows={[{ key: '追蹤號碼', value: followNo }, ...(state.number ? [{ key: '案號', value: state.number }] : []), { key: '收到', value: <DayText day={dayOf(state.receivedAt!)} /> }, ...page.rows(state, file)]} />
        {meetings.length > 0 && <><h2>{page.meetings}</h2><ul>{meetings.map((one) => <li key={dayIn(one, 'meetingOn')}>{rocLongDay(dayIn(one, 'meetingOn')!)}　{textIn(one, 'startsAt')}　{textIn(one, 'place')}</li>)}</ul></>}
        <LettersForParty of={page.of} followNo={followNo} letters={letters} />
        {page.more?.(state, file, request.today)}
        <Supplement of={page.of} followNo={followNo} files={file.files} open={state.closedAt === null} text={failed ? request.form.text : undefined} error={errorOf(failed)('text')} />
      </>
    ),
  })
}
