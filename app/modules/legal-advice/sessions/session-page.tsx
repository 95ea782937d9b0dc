import { commonCard } from '../../../core/cases/common-card.tsx'
import { officeCalendar } from '../../../core/clocks/calendar.ts'
import { type Act } from '../../../core/act.ts'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { maskName, maskPhone, unseal } from '../../../core/personal-data/index.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState, WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { hourOf } from '../booking/words.ts'
import { checkIn, endWithout, undoArrival } from '../counter/acts.ts'
import { findOpened, openNames, purposes } from '../counter/opening.ts'
import { ConflictTag, StageTag } from '../parts.tsx'
import { consultationPath, displayPath, listPath, sessionPath } from '../paths.ts'
import { ways } from '../schema.ts'
import { cancelSession, endSession } from './acts.ts'
import { SessionTag } from './list-page.tsx'
import { findSession, findSheet, type SessionFile, type SheetRow } from './queries.ts'

/** One session: the sheet of the day with everybody in time, and what the counter does. It prints as the day's sheet. */
export async function sessionView(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person, now, today } = request
  const file = await findSession(db, person, request.params.number!)
  const rows = await findSheet(db, person, file.id)
  const opened = await findOpened(db, person, rows.flatMap(({ caseId }) => caseId ?? []), now)
  const counter = holds(person, 'legal-advice.counter') && file.stage === 'planned'
  const plans = holds(person, 'legal-advice.plan') && file.stage === 'planned'
  return consolePage(request, {
    title: `${file.number} ${file.title}`, heading: file.title, current: listPath, breadcrumbs: [{ text: '法律諮詢場次', href: listPath }, { text: file.number }],
    headingNote: <><span class="nowrap number">{file.number}</span><SessionTag session={file} today={today} /></>,
    actions: counter ? <ButtonGroup><ButtonLink href={sessionPath(file.number, 'book')} kind="secondary">代為預約</ButtonLink>{file.heldOn === today && <ButtonLink href={sessionPath(file.number, 'walk-in')}>現場候位</ButtonLink>}</ButtonGroup> : undefined,
    children: (
      <>
        {failed && <ErrorSummary title="沒有完成" errors={errorsOf(failed)} />}
        {file.stage === 'planned' && officeCalendar.isOpen(file.heldOn) === false && <WarningText>這一天依辦公日曆不辦公。不辦理的話，請取消場次，系統會通知每一位預約的人。</WarningText>}
        <SummaryList columns={2} rows={[
          { key: '時間', value: <><DayText day={file.heldOn} weekday /> {file.startsAt}–{file.endsAt}，每次 {file.minutes} 分鐘</> },
          { key: '地點', value: file.place },
          { key: '律師', value: file.desks.map((desk) => `第 ${desk.no} 桌 ${desk.lawyer}`).join('、') },
          { key: '叫號螢幕', value: <a href={displayPath(file.number)} data-turbo="false">開啟</a> },
          ...(file.note ? [{ key: '說明', value: file.note }] : []),
        ]} />
        <Sheet rows={rows} file={file} opened={opened} counter={counter} today={file.heldOn === today} now={now} />
        {await commonCard(db, file.id)}
        <div class="no-print">
          {rows.some(({ caseId }) => caseId) && holds(person, 'legal-advice.open-personal-data') && <AskNames file={file} />}
          {counter && file.heldOn <= today && <EndIt file={file} />}
          {plans && <CancelIt file={file} failed={failed} />}
        </div>
      </>
    ),
  }, failed ? 422 : 200)
}

function Sheet({ rows, file, opened, counter, today, now }: { rows: SheetRow[]; file: SessionFile; opened: Set<number>; counter: boolean; today: boolean; now: Date }) {
  const isOpen = (row: SheetRow) => row.caseId !== null && opened.has(row.caseId)
  return (
    <Table<SheetRow>
      caption="當日名單" rows={rows} rowKey={(row) => row.id}
      empty={<EmptyState title="還沒有人預約">{file.stage === 'planned' ? '預約、候補和現場的人都會列在這裡。' : '這個場次沒有人預約。'}</EmptyState>}
      columns={[
        { heading: '時間', cell: (row) => (row.slotAt ? <span class="number">{hourOf(row.slotAt)}</span> : row.way === 'walk-in' ? '現場' : '候補'), width: 'fit' },
        { heading: '桌', cell: (row) => row.desk ?? '—', width: 'fit' },
        { heading: '號碼', cell: (row) => row.ticket ?? '—', numeric: true },
        { heading: '姓名', cell: (row) => <Who row={row} open={isOpen(row)} />, rowHeader: true, width: 'fit' },
        { heading: '電話', cell: (row) => (row.caseId ? phoneOf(row, isOpen(row)) : '—'), width: 'fit' },
        { heading: '方式', cell: (row) => ways[row.way], wideOnly: true },
        { heading: '類別', cell: (row) => row.speciality ?? '—' },
        { heading: '利益衝突', cell: (row) => <ConflictTag conflict={row.conflict} />, width: 'fit' },
        { heading: '狀態', cell: (row) => <StageTag stage={row.stage} outcome={row.outcome} />, width: 'fit' },
        ...(counter ? [{ heading: '辦理', cell: (row: SheetRow) => <RowActs row={row} session={file.number} today={today} now={now} /> }] : []),
      ]}
    />
  )
}

/** Masked until opened with a purpose; an unconfirmed hold is nobody yet. */
function Who({ row, open }: { row: SheetRow; open: boolean }) {
  if (!row.caseId) return <span class="muted">尚未確認</span>
  const name = unseal(row.name)
  return <a class="nowrap" href={consultationPath(row.number!)}>{open ? (name ?? '（已銷毀）') : maskName(name ?? '')}</a>
}

function phoneOf(row: SheetRow, open: boolean) {
  const phone = unseal(row.phone)
  return phone ? <span class="nowrap number">{open ? phone : maskPhone(phone)}</span> : '—'
}

function RowActs({ row, session, today, now }: { row: SheetRow; session: string; today: boolean; now: Date }) {
  if (!row.number || row.stage === 'closed' || row.stage === 'called') return null
  const act = (what: string, text: string, more: Record<string, string> = {}, confirm?: string) => (
    <form action={sessionPath(session, what)} method="post" key={text} class="inline-form">
      <input type="hidden" name="name" value={row.number!} />
      {Object.entries(more).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <Button small kind={what === 'check-in' ? 'primary' : 'secondary'} {...(confirm ? { confirm, confirmAction: text } : {})}>{text}<span class="govuk-visually-hidden"> {row.number}</span></Button>
    </form>
  )
  return (
    <div class="row-acts">
      {row.stage === 'booked' && today && act('check-in', '報到')}
      {row.stage === 'arrived' && act('undo-arrival', '取消報到')}
      {(row.stage === 'booked' || row.stage === 'arrived') && (!row.slotAt || row.slotAt <= now) && act('end-without', '未到', { outcome: 'no-show' })}
      {row.stage !== 'arrived' && act('end-without', '取消', { outcome: 'cancelled' }, `取消 ${row.number}？時間會讓給候補的人。`)}
    </div>
  )
}

function AskNames({ file }: { file: SessionFile }) {
  return (
    <Details summary="顯示姓名和電話、列印名單" id="open-names">
      <Form action={sessionPath(file.number, 'names')} id="names">
        <Select name="purpose" label="為了什麼" options={purposes.map((text) => ({ value: text, text }))} />
        <p class="muted">顯示 10 分鐘；每一件都會留下誰在什麼時候看過的紀錄。顯示以後再列印，名單上才有姓名。</p>
        <Button kind="secondary">顯示</Button>
      </Form>
    </Details>
  )
}

function EndIt({ file }: { file: SessionFile }) {
  return (
    <Card title="場次結束">
      <p>已預約沒有來的，會登錄為「未到」；還在候補的，會登錄為「候補未遞補」。結束以後，這個場次才計入統計。</p>
      <Form action={sessionPath(file.number, 'end')} id="end"><Button>結束這個場次</Button></Form>
    </Card>
  )
}

function CancelIt({ file, failed }: { file: SessionFile; failed: Refusal | undefined }) {
  return (
    <Details summary="取消整個場次" id="cancel-session" open={failed?.field === 'reason'}>
      <Form action={sessionPath(file.number, 'cancel')} id="cancel" keep>
        <TextInput name="reason" label="取消的理由" hint="會寫在給每一位預約和候補的人的信裡，例如：颱風停止上班。" error={failed?.fields?.reason} width={30} />
        <Button kind="danger">取消場次並通知</Button>
      </Form>
    </Details>
  )
}

/** An act on somebody of the session, then back to its sheet. */
const onSheet = (what: string, permission: string, act: Act<any, unknown>, words: (value: any) => string): Route =>
  post(sessionPath(':number', what), permission, async (request) => {
    const result = await act(request.caller, { ...request.form, number: request.params.number })
    return isRefusal(result) ? sessionView(request, result) : redirect(sessionPath(request.params.number!), words(result.value))
  })

const at = (what?: string) => sessionPath(':number', what)

export const routes: Route[] = [
  get(at(), 'legal-advice.read', (request) => sessionView(request)),
  onSheet('check-in', 'legal-advice.counter', checkIn, ({ ticket }) => `已報到，號碼 ${ticket}`),
  onSheet('undo-arrival', 'legal-advice.counter', undoArrival, () => '已取消報到'),
  onSheet('end-without', 'legal-advice.counter', endWithout, () => '已登錄'),
  onSheet('end', 'legal-advice.counter', endSession, () => '場次已結束'),
  onSheet('cancel', 'legal-advice.plan', cancelSession, ({ told, untold }) => `場次已取消，已寄信通知 ${told} 位${untold ? `；另有 ${untold} 位沒有留信箱，請打電話通知` : ''}`),
  post(at('names'), 'legal-advice.open-personal-data', async (request) => {
    const file = await findSession(request.db, request.person, request.params.number!)
    const names = (await findSheet(request.db, request.person, file.id)).flatMap(({ number }) => number ?? [])
    const result = await openNames(request.caller, { names, purpose: request.form.purpose })
    return isRefusal(result) ? sessionView(request, result) : redirect(sessionPath(file.number), '姓名和電話顯示 10 分鐘')
  }),
]
