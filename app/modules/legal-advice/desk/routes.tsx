import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { maskName, unseal } from '../../../core/personal-data/index.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { EmptyState, InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { hourOf, timeWords } from '../booking/words.ts'
import { findOpened, openNames } from '../counter/opening.ts'
import { ConflictTag, StageTag } from '../parts.tsx'
import { adviceRecordPath, deskPath, deskSessionPath } from '../paths.ts'
import { SessionTag } from '../sessions/list-page.tsx'
import { callNext, endConsultation, resultNames, writeRecord } from './acts.ts'
import { countWaiting, findDesk, findOwnSessions, findOwnTurn, findTurns, type OwnSession, type OwnTurn } from './queries.ts'
import { findOpenedRecord, openRecord } from './record.ts'

async function list(request: StaffRequest): Promise<Reply> {
  const rows = await findOwnSessions(request.db, request.person, request.today)
  return consolePage(request, {
    title: '我的諮詢', heading: '我的諮詢', current: deskPath,
    children: (
      <Table<OwnSession>
        caption="我的場次" captionHidden rows={rows} rowKey={(row) => row.number} rowHref={(row) => deskSessionPath(row.number)}
        empty={<EmptyState title="還沒有排您的場次">縣府排定以後會列在這裡。名冊上的帳號不是您的時，請告訴法制科。</EmptyState>}
        columns={[
          { heading: '編號', cell: (row) => <a class="nowrap number" href={deskSessionPath(row.number)}>{row.number}</a>, width: 'fit' },
          { heading: '日期', cell: (row) => <><DayText day={row.heldOn} weekday /> <span class="nowrap">{row.startsAt}–{row.endsAt}</span></>, rowHeader: true },
          { heading: '地點', cell: (row) => row.place, width: 'grow', wideOnly: true },
          { heading: '桌', cell: (row) => row.desk, numeric: true },
          { heading: '預約', cell: (row) => row.taken, numeric: true },
          { heading: '已諮詢', cell: (row) => row.served, numeric: true },
          { heading: '狀態', cell: (row) => <SessionTag session={row} today={request.today} />, width: 'fit' },
        ]}
      />
    ),
  })
}

/** The lawyer's desk on the day: who sits here, who comes next. */
async function desk(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const file = await findDesk(request.db, request.person, request.params.number!)
  const turns = await findTurns(request.db, file)
  const [walkIns, opened] = [await countWaiting(request.db, file.sessionId), await findOpened(request.db, request.person, turns.map(({ caseId }) => caseId), request.now)]
  const now = turns.find(({ stage }) => stage === 'called')
  const arrived = turns.filter(({ stage }) => stage === 'arrived').length
  const name = (turn: OwnTurn) => { const text = unseal(turn.name) ?? ''; return opened.has(turn.caseId) ? text : maskName(text) }
  return consolePage(request, {
    title: `${file.number} ${file.title}`, heading: `第 ${file.desk} 桌`, current: deskPath, breadcrumbs: [{ text: '我的諮詢', href: deskPath }, { text: file.number }],
    headingNote: <><span><DayText day={file.heldOn} weekday /> {file.startsAt}–{file.endsAt}</span><SessionTag session={file} today={request.today} /></>,
    children: (
      <>
        {failed && <ErrorSummary title="沒有完成" errors={errorsOf(failed)} />}
        {now && (
          <Card title={`諮詢中：${now.ticket} 號`}>
            {now.conflict && <WarningText>姓名比對：本人或對方是縣府案件的當事人。是不是迴避，由您判斷。</WarningText>}
            <SummaryList columns={3} rows={[{ key: '姓名', value: name(now) }, { key: '類別', value: matterOf(now) }, { key: '對方', value: now.opponent ? (opened.has(now.caseId) ? unseal(now.opponent) : maskName(unseal(now.opponent) ?? '')) : '沒有填' }]} />
            <ButtonGroup>
              {Object.entries(resultNames).map(([result, text]) => (
                <form key={result} action={deskSessionPath(file.number, 'end')} method="post" class="inline-form">
                  <input type="hidden" name="name" value={now.number} />
                  <input type="hidden" name="result" value={result} />
                  <Button kind={result === 'served' ? 'primary' : 'secondary'}>{text}</Button>
                </form>
              ))}
              <ButtonLink href={adviceRecordPath(now.number)} kind="secondary">寫紀錄</ButtonLink>
            </ButtonGroup>
          </Card>
        )}
        {!now && file.stage === 'planned' && (
          <Card title="叫號">
            <Form action={deskSessionPath(file.number, 'call')} id="call">
              <p>{arrived + walkIns > 0 ? `已報到 ${arrived} 位${walkIns ? `，現場候位 ${walkIns} 位` : ''}。` : '目前沒有人報到。'}</p>
              <Button>叫下一位</Button>
            </Form>
          </Card>
        )}
        <Table<OwnTurn>
          caption="這一桌" rows={turns} rowKey={(row) => row.number}
          empty={<EmptyState title="還沒有人預約這一桌">有人預約或叫號以後會列在這裡。</EmptyState>}
          columns={[
            { heading: '時間', cell: (row) => (row.slotAt ? <span class="number">{hourOf(row.slotAt)}</span> : '現場'), width: 'fit' },
            { heading: '號碼', cell: (row) => row.ticket ?? '—', numeric: true },
            { heading: '姓名', cell: name, rowHeader: true, width: 'grow' },
            { heading: '類別', cell: matterOf },
            { heading: '利益衝突', cell: (row) => <ConflictTag conflict={row.conflict} />, width: 'fit' },
            { heading: '狀態', cell: (row) => <StageTag stage={row.stage} outcome={row.outcome} />, width: 'fit' },
            { heading: '我的紀錄', cell: (row) => (row.stage === 'called' || row.outcome === 'served' ? <a href={adviceRecordPath(row.number)}>{row.hasRecord ? '已寫' : '寫紀錄'}<span class="govuk-visually-hidden"> {row.number}</span></a> : '—'), width: 'fit' },
          ]}
        />
        {turns.length > 0 && (
          <Details summary="顯示姓名" id="open-names">
            <Form action={deskSessionPath(file.number, 'names')} id="names">
              <p>為了諮詢前檢核利益衝突，顯示這一桌每一位和對方的姓名 10 分鐘，會留下紀錄。</p>
              <Button kind="secondary">顯示</Button>
            </Form>
          </Details>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

/** Writing is open; what was written before is shown only on asking, and asking is recorded. */
async function recordPage(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const turn = await findOwnTurn(request.db, request.person, request.params.name!)
  const shown = await findOpenedRecord(request.db, request.person, turn.number, request.now)
  const error = errorOf(failed)
  return consolePage(request, {
    title: `諮詢紀錄 ${turn.number}`, heading: '諮詢紀錄', current: deskPath, breadcrumbs: [{ text: '我的諮詢', href: deskPath }, { text: turn.title, href: deskSessionPath(turn.session) }, { text: turn.number }],
    headingNote: <><span class="nowrap number">{turn.number}</span><StageTag stage={turn.stage} outcome={turn.outcome} /></>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您寫的還在。" />}
        <InsetText><p>紀錄是您的：加密保存，縣府同仁和系統管理員在這裡都看不到，代理人也看不到。</p></InsetText>
        {shown && <Card title={`${timeWords(shown.writtenAt)}寫的`}><Letter text={shown.text ?? '（已依規定銷毀）'} /></Card>}
        {turn.hasRecord && !shown && (
          <Form action={adviceRecordPath(turn.number, 'open')} id="open"><p>這一次已經寫過紀錄。打開會留下時間。</p><Button kind="secondary">打開我的紀錄</Button></Form>
        )}
        <Form action={adviceRecordPath(turn.number)} formKey={randomUUID()} id="record">
          <TextArea name="text" label={turn.hasRecord ? '改寫紀錄' : '紀錄'} hint={turn.hasRecord ? '存檔後取代先前的；先前的仍加密保存在歷史裡。' : '事實、建議、轉介。'} rows={12} value={failed ? request.form.text : (shown?.text ?? '')} error={error('text')} maxLength={20_000} />
          <ButtonGroup><Button>存檔</Button><a href={deskSessionPath(turn.session)}>回到我的桌</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

/** That somebody asked in English, the lawyer should know before they sit down. */
const matterOf = ({ speciality, language }: OwnTurn): string => `${speciality ?? '—'}${language === 'en' ? '（英文）' : ''}`

export const routes: Route[] = [
  get(deskPath, 'legal-advice.advise', list),
  get(deskSessionPath(':number'), 'legal-advice.advise', (request) => desk(request)),
  post(deskSessionPath(':number', 'call'), 'legal-advice.advise', async (request) => {
    const result = await callNext(request.caller, { number: request.params.number })
    return isRefusal(result) ? desk(request, result) : redirect(deskSessionPath(request.params.number!), `請 ${result.value.ticket} 號`)
  }),
  post(deskSessionPath(':number', 'end'), 'legal-advice.advise', async (request) => {
    const result = await endConsultation(request.caller, request.form)
    return isRefusal(result) ? desk(request, result) : redirect(deskSessionPath(request.params.number!), result.value.moved ? '已轉給另一桌' : '已登錄')
  }),
  post(deskSessionPath(':number', 'names'), 'legal-advice.advise', async (request) => {
    const file = await findDesk(request.db, request.person, request.params.number!)
    const names = (await findTurns(request.db, file)).map(({ number }) => number)
    const result = await openNames(request.caller, { names, purpose: '諮詢前檢核利益衝突' })
    return isRefusal(result) ? desk(request, result) : redirect(deskSessionPath(file.number), '姓名顯示 10 分鐘')
  }),
  get(adviceRecordPath(':name'), 'legal-advice.advise', (request) => recordPage(request)),
  post(adviceRecordPath(':name'), 'legal-advice.advise', async (request) => {
    const result = await writeRecord(request.caller, { ...request.form, name: request.params.name })
    return isRefusal(result) ? recordPage(request, result) : redirect(adviceRecordPath(request.params.name!), '紀錄已存')
  }),
  post(adviceRecordPath(':name', 'open'), 'legal-advice.advise', async (request) => {
    const result = await openRecord(request.caller, { name: request.params.name })
    return isRefusal(result) ? recordPage(request, result) : redirect(adviceRecordPath(request.params.name!), '紀錄顯示 10 分鐘')
  }),
]
