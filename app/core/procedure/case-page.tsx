import { randomUUID } from 'node:crypto'
import type { ComponentChildren } from 'preact'
import { findCommonEvents } from '../cases/common-history.ts'
import { linkedCard } from '../cases/linked-card.tsx'
import { holds, may } from '../identity/permissions.ts'
import { type Day, dayOf } from '../time.ts'
import { consolePage } from '../web/pages.tsx'
import type { Reply, StaffRequest } from '../web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../ui/components/button.tsx'
import { Card } from '../../ui/components/card.tsx'
import { ErrorSummary } from '../../ui/components/error-summary.tsx'
import { Form } from '../../ui/components/form.tsx'
import { InsetText, WarningText } from '../../ui/components/notes.tsx'
import { SummaryList } from '../../ui/components/summary-list.tsx'
import { DayText } from '../../ui/components/time.tsx'
import type { CaseFileRow } from './case-files.ts'
import { CaseTag } from './case-list.tsx'
import { Clocks, NextSteps, StepHistory } from './case-parts.tsx'
import { FilesCard } from './files-card.tsx'
import type { Letters } from './letters/letter.ts'
import { LettersCard } from './letters/letters-card.tsx'
import { findLetters } from './letters/queries.ts'
import type { Managed } from './manage/managed.ts'
import { managePath } from './manage/page.tsx'
import type { KnownParty } from './parties.ts'
import { partiesFor, PartiesCard } from './parties-card.tsx'
import type { ShownClock, ShownStep } from './shown.ts'
import { nameOf, type StepState } from './step.ts'

/** What every kind of case shows of itself besides its state. */
export type CaseFile = { unit: string | null; officer: string | null; importId: number | null; clocks: ShownClock[]; steps: ShownStep[]; files: CaseFileRow[] }

type Row = { key: string; value: ComponentChildren }

export type CasePage<State extends StepState, File extends CaseFile> = {
  letters: Letters<State>
  managed: Managed<State>
  /** permission to take in what came from the portal */
  register: string
  findFile(request: StaffRequest, state: State): Promise<File>
  /** whom or what the case is about, at the head: 賠償義務機關 */
  about(state: State, file: File, parties: readonly KnownParty[]): Row
  main(of: { state: State; file: File; request: StaffRequest }): ComponentChildren
  /** what else can be done, beside the steps */
  actions?(of: { state: State; file: File; request: StaffRequest }): ComponentChildren
  side?(of: { state: State; file: File; request: StaffRequest }): Promise<ComponentChildren>
  /** what the day of today means for this case, said on top: the claimant may sue */
  notice?(of: { state: State; today: Day }): string | null
  /** where one rule runs for several parties: whose clock this is */
  whose?(clock: ShownClock, file: File): string | null
  /** the first line of the history: 收到請求 */
  began: string
}

/** A case on one page: whose turn it is, by when and why, what can be done, its papers, its parties and what happened. */
export async function casePage<State extends StepState, File extends CaseFile>(of: CasePage<State, File>, request: StaffRequest, failed?: string): Promise<Reply> {
  const { letters, register, managed } = of
  const { procedure } = letters
  const { db, person, today } = request
  const state = await procedure.find(db, person, request.params.name!)
  const [file, { parties, opened }, papers] = await Promise.all([of.findFile(request, state), partiesFor(request, state.id), findLetters(db, state.id)])
  const side = await of.side?.({ state, file, request })
  const linked = await linkedCard(db, person, { id: state.id, number: state.number, kind: procedure.kind })
  const name = nameOf(state)
  const notice = of.notice?.({ state, today })
  return consolePage(request, {
    title: `${name} ${state.title}`, heading: state.title, current: procedure.listPath, breadcrumbs: [{ text: procedure.title, href: procedure.listPath }, { text: name }],
    headingNote: <><span class="nowrap number">{name}</span><CaseTag procedure={procedure} stage={state.stage} outcome={state.outcome} /></>,
    children: (
      <>
        {failed && <ErrorSummary title="沒有完成" errors={[{ text: failed }]} />}
        <SummaryList
          columns={4}
          rows={[
            { key: '輪到誰', value: state.outcome ? '已結案' : <strong>{procedure.turns[state.stage]}</strong> }, { key: '期限', value: state.dueOn ? <DayText day={state.dueOn} weekday /> : '沒有起算中的期限' },
            of.about(state, file, parties), { key: '承辦', value: [file.unit, file.officer].filter(Boolean).join(' ') || '—' },
          ]}
        />
        {file.importId !== null && <InsetText><p>這件由匯入資料而來，之前的歷程不在本系統。</p></InsetText>}
        {notice && <WarningText>{notice}</WarningText>}
        {state.confidential && <InsetText><p>這件列為保密，只有承辦人和指名的人看得到。</p></InsetText>}
        {state.number === null && holds(person, register) && <Form action={procedure.path(name, 'take')} formKey={randomUUID()}><ButtonGroup><Button>收案，取案號</Button></ButtonGroup></Form>}
        {state.number !== null && <NextSteps procedure={procedure} state={state} person={person}>{of.actions?.({ state, file, request })}{(may(person, managed.assign, state) || may(person, managed.confide, state)) && <ButtonLink href={managePath(managed, state)} kind="secondary">承辦人與保密</ButtonLink>}</NextSteps>}
        <div class="columns">
          <div class="columns__main">
            {of.main({ state, file, request })}
            <FilesCard procedure={procedure} state={state} files={file.files} />
          </div>
          <div class="columns__side">
            <Card title="期限"><Clocks clocks={file.clocks} today={today} closed={state.closedAt !== null} whose={of.whose && ((clock) => of.whose!(clock, file))} /></Card>
            <LettersCard letters={letters} state={state} person={person} all={papers} />
            {side}
            {linked}
            <PartiesCard procedure={procedure} state={state} request={request} permission={letters.open} change={may(person, managed.correct, state) ? procedure.path(name, 'parties') : undefined} roles={letters.partyRoles} parties={parties} opened={opened} />
            <Card title="歷程" id="history"><StepHistory procedure={procedure} state={state} steps={file.steps} common={await findCommonEvents(db, state.id)} first={{ on: dayOf(state.receivedAt!), title: of.began }} /></Card>
          </div>
        </div>
      </>
    ),
  }, failed ? 422 : 200)
}
