import { randomUUID } from 'node:crypto'
import { NotFound, type Refusal } from '../../errors.ts'
import { may } from '../../identity/permissions.ts'
import { isOpened } from '../../personal-data/openings.ts'
import { dayOf, rocDay } from '../../time.ts'
import { consolePage } from '../../web/pages.tsx'
import type { Reply, StaffRequest } from '../../web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { purposes } from '../parties-card.tsx'
import { findParties, type KnownParty, maskParty } from '../parties.ts'
import { nameOf, type StepState } from '../step.ts'
import { letterPath, type Letters, serviceKinds } from './letter.ts'
import { LetterTag } from './letters-card.tsx'
import { type CaseLetter, type Copy, findLetters } from './queries.ts'
import { keptRecipients, RecipientFields } from './recipients.tsx'

type Of<State extends StepState> = { letters: Letters<State>; request: StaffRequest; state: State; letter: CaseLetter; parties: KnownParty[]; failed: Refusal | undefined }

/** One letter: the draft to be changed and issued, or what was issued with its files and the proof of its service. */
export async function letterPage<State extends StepState>(letters: Letters<State>, request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { procedure } = letters
  const state = await procedure.find(request.db, request.person, request.params.name!)
  const letter = (await findLetters(request.db, state.id)).find(({ id }) => String(id) === request.params.letter)
  const [drafts, issues] = [may(request.person, letters.draft, state), may(request.person, letters.issue, state)]
  if (!letter || (!letter.issuedOn && !drafts && !issues)) throw new NotFound('找不到這份文書')
  const of = { letters, request, state, letter, parties: await findParties(request.db, state.id), failed }
  const name = nameOf(state)
  return consolePage(request, {
    title: `${letter.title}：${state.title}`, heading: letter.title, current: procedure.listPath,
    breadcrumbs: [{ text: procedure.title, href: procedure.listPath }, { text: name, href: procedure.path(name) }, { text: letter.title }],
    headingNote: <><a href={procedure.path(name)}>{state.title}</a><LetterTag letter={letter} /></>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <SummaryList columns={3} rows={letter.issuedOn
          ? [{ key: '文號', value: letter.documentNo }, { key: '發文日期', value: <DayText day={letter.issuedOn} weekday /> }, { key: '核發', value: letter.issuedBy ?? '—' }]
          : [{ key: '擬稿', value: letter.draftedBy ?? '—' }, { key: '擬稿日期', value: <DayText day={dayOf(new Date(letter.draftedAt))} /> }, { key: '文號', value: '核發時取' }]} />
        {!letter.issuedOn && drafts ? <Draft {...of} /> : <Card title="內容">{letter.sections.map(({ title, text }) => <section key={title}><h3>{title}</h3><Letter text={text} serif /></section>)}</Card>}
        {!letter.issuedOn && issues && (letter.draftedById === request.person.id ? <InsetText><p>等另一位同仁核對後核發；擬稿的人不能核發自己的文書。</p></InsetText> : <Issue {...of} />)}
        {(letter.issuedOn || !drafts) && <Copies {...of} mayServe={drafts} />}
        <Files {...of} opened={await isOpened(request.db, request.person, state.id, request.query.opened, request.now)} />
        {!letter.issuedOn && drafts && <Discard {...of} />}
      </>
    ),
  }, failed ? 422 : 200)
}

function Issue<State extends StepState>({ letters, request, state, letter, failed }: Of<State>) {
  const error = errorOf(failed)
  return (
    <Card title="核發" plain>
      <Form action={letterPath(letters, state, letter.id, 'issue')} formKey={randomUUID()} id="issue-letter">
        <p class="muted">由擬稿以外的同仁核對後核發；核發以後不能再改。</p>
        <TextInput name="on" label="發文日期" value={request.form.on ?? rocDay(request.today)} error={error('on')} width={10} />
        <TextInput name="documentNo" label="文號" value={request.form.documentNo} error={error('documentNo')} width={20} />
        <Button confirm="核發以後不能再改。">核發</Button>
      </Form>
    </Card>
  )
}

function Draft<State extends StepState>({ letters, request, state, letter, parties, failed }: Of<State>) {
  const kept = keptRecipients(letter)
  const usual = failed && request.form.others !== undefined ? { parties: Object.fromEntries(parties.map(({ id }) => [id, request.form[`party-${id}`] ?? ''])), others: request.form.others, othersCc: request.form.othersCc ?? '' } : kept
  return (
    <Card title="草稿">
      <Form action={letterPath(letters, state, letter.id)} formKey={randomUUID()} id="save-letter" keep>
        <p class="muted small">姓名、證號和地址由當事人資料帶到文書的開頭，內文請稱請求權人、消費者等，不寫姓名。</p>
        {letter.sections.map(({ title, text }, i) => <TextArea key={title} name={`text-${i}`} label={title} rows={Math.min(18, text.split('\n').reduce((sum, line) => sum + Math.ceil([...line].length / 38), 1))} serif value={request.form[`text-${i}`] ?? text} error={errorOf(failed)(`text-${i}`)} />)}
        <RecipientFields letters={letters} parties={parties} usual={usual} error={errorOf(failed)('others')} />
        <ButtonGroup><Button>存檔</Button><a href={letters.procedure.path(nameOf(state))}>回案件</a></ButtonGroup>
      </Form>
    </Card>
  )
}

function Discard<State extends StepState>({ letters, state, letter }: Of<State>) {
  return <Form action={letterPath(letters, state, letter.id, 'discard')} formKey={randomUUID()} id="discard-letter"><Button kind="danger" small confirm="草稿捨棄以後不能復原。">捨棄草稿</Button></Form>
}

const called = <State extends StepState>({ letters, parties }: Of<State>, copy: Copy): string => {
  const party = parties.find(({ id }) => id === Number(copy.partyId))
  return copy.addressee ?? (party ? `${letters.partyRoles[party.role] ?? party.role} ${maskParty(party).called}` : '當事人')
}

function Copies<State extends StepState>(of: Of<State> & { mayServe: boolean }) {
  const { letter, mayServe } = of
  const waiting = letter.copies.filter(({ original, servedOn }) => letter.issuedOn && original && servedOn === null)
  return (
    <Card title="正本、副本與送達">
      <Table<Copy>
        caption="各份文書" captionHidden rows={letter.copies} rowKey={({ id }) => id}
        columns={[
          { heading: '給誰', cell: (copy) => called(of, copy), rowHeader: true, width: 'grow' },
          { heading: '份別', cell: (copy) => (copy.original ? '正本' : '副本'), width: 'fit' },
          { heading: '送達', cell: (copy) => (copy.servedOn ? <>{copy.serviceKind}　<DayText day={copy.servedOn} />{copy.effectiveOn !== copy.servedOn && `（${rocDay(copy.effectiveOn!)} 生效）`}</> : copy.waits ? '待登錄' : '—'), width: 'fit' },
          { heading: '證明', cell: (copy) => copy.proof ?? '—', wideOnly: true },
        ]}
      />
      {mayServe && waiting.length > 0 && <Serve {...of} waiting={waiting} />}
    </Card>
  )
}

function Serve<State extends StepState>(of: Of<State> & { waiting: Copy[] }) {
  const { letters, request, state, letter, failed, waiting } = of
  const [value, error] = [(field: string) => request.form[field], errorOf(failed)]
  const late = Object.entries(letters.delays).filter(([kind]) => serviceKinds.some((one) => one === kind)).map(([, { citation }]) => citation)
  return (
    <Details summary="登錄送達" open={waiting.some(({ waits }) => waits) || failed !== undefined} id="serve">
      <Form action={letterPath(letters, state, letter.id, 'served')} formKey={randomUUID()} id="serve-letter">
        <Select name="copy" label="哪一份" value={value('copy') ?? String(waiting[0]!.id)} error={error('copy')} options={waiting.map((copy) => ({ value: String(copy.id), text: called(of, copy) }))} />
        <Select name="kind" label="怎麼送達" hint={late.join('；')} value={value('kind') ?? '送達'} error={error('kind')} options={serviceKinds.map((kind) => ({ value: kind, text: kind }))} />
        <TextInput name="on" label="送達、寄存或公告的日期" value={value('on')} error={error('on')} width={10} />
        <TextInput name="proof" label="送達證書或掛號號碼" required={false} value={value('proof')} error={error('proof')} width={20} />
        <Button kind="secondary">登錄送達</Button>
      </Form>
    </Details>
  )
}

/** The files: whole after an opening with a purpose, masked for everybody who sees the case. */
function Files<State extends StepState>({ letters, request, state, letter, opened }: Of<State> & { opened: boolean }) {
  const file = (form: string) => letterPath(letters, state, letter.id, `paper.${form}`)
  const whole = (form: string) => `${file(form)}?opened=${request.query.opened}`
  return (
    <Card title="列印與下載">
      {opened ? (
        <><p>印有當事人的姓名、證號和地址；這次查看已留下紀錄，10 分鐘內有效。</p><ButtonGroup><ButtonLink href={whole('pdf')} download>PDF</ButtonLink><ButtonLink href={whole('odt')} kind="secondary" download>ODT</ButtonLink></ButtonGroup></>
      ) : may(request.person, letters.open, state) && (
        <Form action={letters.procedure.path(nameOf(state), 'personal-data')} formKey={randomUUID()} id="open-letter">
          <input type="hidden" name="back" value={`letters/${letter.id}`} />
          <Select name="reason" label="為了什麼開啟正本" hint="正本有個人資料，開啟會留下紀錄。" options={purposes.map((text) => ({ value: text, text }))} empty="請選擇" />
          <Button kind="secondary">開啟正本</Button>
        </Form>
      )}
      <p><a href={file('masked.pdf')} download>去識別化的 PDF</a>　<a href={file('masked.odt')} download>ODT</a>　<span class="muted small">遮去姓名、證號、地址等；交給別人以前請再看一次。</span></p>
    </Card>
  )
}
