import { commonCard } from '../../../core/cases/common-card.tsx'
import { CitedLines } from '../../../core/laws/cited.tsx'
import { randomUUID } from 'node:crypto'
import type { Act } from '../../../core/act.ts'
import { officeCalendar } from '../../../core/clocks/index.ts'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { type Correctable, findCorrectable, findHeld, type Held } from '../../../core/personal-data/held.ts'
import { isOpened } from '../../../core/personal-data/openings.ts'
import { maskEmail, maskName, maskPhone } from '../../../core/personal-data/index.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { file, get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { relativeOfficeDays, rocDay, rocLongDay, dayOf } from '../../../core/time.ts'
import { Button, ButtonLink, Card, Checkboxes, Details, DueDate, EmptyState, ErrorSummary, Form, InsetText, InstantText, Pagination, Radios, Select, SubNav, SummaryList, Table, Tag, TextArea, TextInput } from '../../../ui/index.ts'
import { counterPath, requestPath, requestsPath, withQuery } from '../paths.ts'
import { readCopy, zipCopy } from '../requests/copy.ts'
import { registerAtCounter } from '../requests/file.ts'
import { chooseCases, correctData, decideRequest, extendRequest, previewCopy } from '../requests/handle.ts'
import { openRequester } from '../requests/open.ts'
import { getRequest, listRequests, pageSize, type Request, type RequestLine } from '../requests/request.ts'
import { lawOf } from '../rules.ts'
import { decisions, stages, whats } from '../schema.ts'

async function list(request: StaffRequest): Promise<Reply> {
  const show = request.query.show === 'closed' ? 'closed' : 'open'
  const page = Number(/^\d{1,4}$/.exec(request.query.page ?? '')?.[0] ?? 0)
  const { rows, more } = await listRequests(request.db, show, page)
  return consolePage(request, {
    title: '個資請求',
    current: requestsPath,
    actions: <ButtonLink kind="secondary" href={counterPath}>登錄臨櫃請求</ButtonLink>,
    children: (
      <>
        <SubNav label="狀態" current={withQuery(requestsPath, { show: show === 'closed' ? 'closed' : null })} items={[{ href: requestsPath, text: '待辦' }, { href: withQuery(requestsPath, { show: 'closed' }), text: '已答復' }]} />
        <Table<RequestLine>
          caption="個資請求" captionHidden rows={rows} rowKey={(row) => row.id} rowHref={(row) => requestPath(row.caseName)}
          empty={<EmptyState title={show === 'open' ? '沒有待辦的個資請求' : '還沒有答復過個資請求'} action={<a href={counterPath}>登錄臨櫃請求</a>}>民眾在網站提出、並以電子郵件確認之後，會出現在這裡。</EmptyState>}
          columns={[
            { heading: '案號', width: 'fit', rowHeader: true, cell: (row) => <a class="nowrap" href={requestPath(row.caseName)}>{row.caseName}</a> },
            { heading: '請求', width: 'grow', cell: (row) => whats[row.what].label },
            { heading: '收件', width: 'fit', wideOnly: true, cell: (row) => row.receivedAt && <InstantText at={row.receivedAt} /> },
            { heading: show === 'open' ? '期限' : '決定', width: 'fit', cell: (row) => (show === 'open' ? <Due of={row} today={request.today} /> : decisions[row.decision!]) },
          ]}
        />
        <Pagination previous={page > 0 ? withQuery(requestsPath, { show: request.query.show, page: page - 1 }) : null} next={more ? withQuery(requestsPath, { show: request.query.show, page: page + 1 }) : null} />
        {more && <p class="muted small">每頁 {pageSize} 件。</p>}
      </>
    ),
  })
}

function Due({ of, today }: { of: Pick<Request, 'dueOn' | 'closedAt'>; today: StaffRequest['today'] }) {
  if (!of.dueOn) return <>—</>
  const state = of.closedAt ? 'met' : of.dueOn < today ? 'overdue' : 'open'
  return <DueDate day={of.dueOn} state={state} {...(of.closedAt ? {} : { left: relativeOfficeDays(today, of.dueOn, (after, upTo) => officeCalendar.officeDaysBetween(after, upTo)) })} />
}

async function counter(request: StaffRequest, refused?: Refusal): Promise<Reply> {
  const value = (name: string) => request.form[name] ?? ''
  const error = (name: string) => refused?.fields?.[name] ?? (refused?.field === name ? refused.message : undefined)
  return consolePage(request, {
    title: '登錄臨櫃請求',
    current: requestsPath,
    breadcrumbs: [{ text: '個資請求', href: requestsPath }, { text: '登錄臨櫃請求' }],
    children: (
      <>
        <ErrorSummary errors={refused ? Object.entries(refused.fields ?? { [refused.field ?? 'what']: refused.message }).map(([field, text]) => ({ text, field })) : []} />
        <Form action={counterPath} formKey={randomUUID()}>
          <Radios name="what" label="請求什麼" value={value('what')} error={error('what')} options={Object.entries(whats).map(([key, { label, law }]) => ({ value: key, text: label, hint: law }))} />
          <TextArea name="wish" label="請求的內容" value={value('wish')} error={error('wish')} rows={4} maxLength={4000} />
          <TextInput name="name" label="姓名" value={value('name')} error={error('name')} width={20} autocomplete="off" />
          <TextInput name="identityShown" label="核對了什麼證件" hint="只寫證件種類，不要抄號碼，例如：國民身分證正本" value={value('identityShown')} error={error('identityShown')} width={20} autocomplete="off" />
          <TextInput name="email" label="電子郵件" required={false} value={value('email')} error={error('email')} autocomplete="off" />
          <TextInput name="phone" label="電話" required={false} value={value('phone')} error={error('phone')} width={20} autocomplete="off" />
          <Button>登錄</Button>
        </Form>
      </>
    ),
  }, refused ? 422 : 200)
}

type Failed = { form: string; refused: Refusal }

async function show(request: StaffRequest, failed?: Failed): Promise<Reply> {
  const { db, person, now, today, query } = request
  const one = await getRequest(db, request.params.name!)
  const opened = await isOpened(db, person, one.id, query.opened, now)
  const open = one.stage === 'received'
  const held = open ? (await findHeld(db, one)).filter((each) => each.caseId !== one.id) : []
  const fields = open && one.what === 'correct' ? await Promise.all(one.caseIds.map(async (caseId) => ({ caseId, fields: await findCorrectable(db, caseId, one) }))) : []
  return consolePage(request, {
    title: `${one.caseName} ${whats[one.what].label}`,
    heading: `個資請求：${whats[one.what].label}`,
    current: requestsPath,
    breadcrumbs: [{ text: '個資請求', href: requestsPath }, { text: one.caseName }],
    headingNote: <><span class="nowrap number">{one.caseName}</span><Tag tone={open ? 'active' : 'done'}>{stages[one.stage]}</Tag></>,
    children: (
      <>
        {failed && <ErrorSummary title="沒有完成" errors={[{ text: failed.refused.message }]} />}
        <SummaryList columns={3} rows={[
          { key: '限辦日期', value: <><Due of={one} today={today} />{one.explanation.length > 0 && <Details summary="為什麼是這一天"><CitedLines lines={one.explanation} on={one.receivedAt && dayOf(one.receivedAt)} /></Details>}</> },
          { key: '收件', value: one.receivedAt ? <InstantText at={one.receivedAt} /> : '等待請求人確認' },
          { key: '依據', value: lawOf(one) },
        ]} />
        <div class="columns">
          <div class="columns__main">
            <Card title="請求的內容"><p class="letter">{one.wish}</p></Card>
            {open && <Found request={one} held={held} copy={one.caseIds[0] !== undefined && (await isOpened(db, person, one.caseIds[0], query.copy, now)) ? query.copy : undefined} failed={failed} />}
            {open && one.what === 'correct' && fields.map(({ caseId, fields }) => <Correct key={caseId} request={one} caseId={caseId} caseName={held.find((each) => each.caseId === caseId)?.caseName ?? ''} fields={fields} />)}
            {open ? <Decide request={one} failed={failed} form={request.form} /> : <Decided request={one} />}
          </div>
          <div class="columns__side">
            <Card title="請求人" id="requester">
              <SummaryList rows={[
                { key: '姓名', value: opened ? one.name : maskName(one.name) },
                { key: '電子郵件', value: opened ? (one.email ?? '未填') : maskEmail(one.email) },
                { key: '電話', value: opened ? (one.phone ?? '未填') : maskPhone(one.phone) },
                { key: '證明', value: one.channel === 'web' ? '電子郵件已確認' : `臨櫃核對：${one.identityShown}` },
              ]} />
              {!opened && <Form action={requestPath(one.caseName, 'open')} formKey={randomUUID()}><Button kind="secondary" small>顯示（核對身分）</Button><p class="muted small">這次查看會留下紀錄。</p></Form>}
            </Card>
            {open && one.extensionDays === null && <Card title="延長"><Extend request={one} /></Card>}
            {await commonCard(db, one.id)}
            {one.extensionDays !== null && <Card title="延長"><p>已延長 {one.extensionDays} 日：{one.extensionReason}</p></Card>}
          </div>
        </div>
      </>
    ),
  }, failed ? 422 : 200)
}

function Found({ request, held, copy, failed }: { request: Request; held: Held[]; copy: string | undefined; failed: Failed | undefined }) {
  if (!held.length) return <Card title="找到的案件" id="found"><p>以這個人的姓名、電子郵件和電話，查無資料。</p></Card>
  const proved = (one: Held) => one.foundBy.includes('電子郵件') && request.channel === 'web'
  return (
    <Card title="找到的案件" id="found">
      <Form action={requestPath(request.caseName, 'cases')} formKey={randomUUID()}>
        <Checkboxes name="cases" label="哪些是請求人本人的" labelSize="hidden" error={failed?.form === 'cases' ? failed.refused.message : undefined} values={(request.caseIds.length ? request.caseIds : held.filter(proved).map((one) => one.caseId)).map(String)} options={held.map((one) => ({ value: String(one.caseId), text: `${one.caseName}　${one.title}`, hint: `以${one.foundBy.join('、')}找到${proved(one) ? '' : '；請核對是不是本人'}` }))} />
        <Button kind="secondary" small>儲存選擇</Button>
        <p class="muted small">已選 {request.caseIds.length} 件</p>
      </Form>
      {request.caseIds.length > 0 && request.what === 'access' && <CopyPreview request={request} opening={copy} />}
    </Card>
  )
}

/** The copy as it would be given, to look at before it is granted. */
function CopyPreview({ request, opening }: { request: Request; opening: string | undefined }) {
  if (opening) return <p><a href={withQuery(requestPath(request.caseName, 'copy.zip'), { opened: opening })} data-turbo="false" download>下載複本（ZIP），10 分鐘內有效</a></p>
  return <Form action={requestPath(request.caseName, 'preview')} formKey={randomUUID()}><Button kind="secondary" small>看複本</Button><p class="muted small">裡面是沒有遮蔽的資料，{request.caseIds.length} 件案件都會留下查看紀錄，當事人也看得到。</p></Form>
}

function Correct({ request, caseId, caseName, fields }: { request: Request; caseId: number; caseName: string; fields: Correctable[] }) {
  if (!fields.length) return <Card title={`更正 ${caseName}`}><p>這件沒有可以在這裡直接更正的欄位：找不到屬於請求人的姓名、電子郵件或電話。內容有誤，請承辦單位在案件裡更正，再在下方答復。</p></Card>
  const several = fields.some(({ row }) => row > 1)
  return (
    <Card title={`更正 ${caseName}`}>
      <Form action={requestPath(request.caseName, 'correct')} formKey={randomUUID()}>
        <input type="hidden" name="caseId" value={caseId} />
        <Select name="field" id={`field-${caseId}`} label="資料" empty="請選擇" options={fields.map((field) => ({ value: field.key, text: `${several ? `第 ${field.row} 筆　` : ''}${field.label}${field.value ? '' : '（未填）'}` }))} />
        <TextInput name="value" id={`value-${caseId}`} label="正確的內容" autocomplete="off" />
        <Button kind="secondary" small>更正</Button>
        <p class="muted small">原來的內容留在案件過去的版本裡。</p>
      </Form>
    </Card>
  )
}

function Decide({ request, failed, form }: { request: Request; failed: Failed | undefined; form: Record<string, string> }) {
  const own = failed?.form === 'decide' ? failed.refused : undefined
  return (
    <Card title="答復" id="decide">
      <Form action={requestPath(request.caseName, 'decide')} formKey={randomUUID()} id={`decide-${request.id}`} keep>
        <Radios name="decision" label="決定" value={form.decision ?? ''} error={own?.fields?.decision ?? (own?.field === 'decision' ? own.message : undefined)} options={Object.entries(decisions).map(([value, text]) => ({ value, text }))} />
        <TextArea name="reasons" label="說明或理由" hint="不准許或部分准許時一定要寫；會寄給請求人" required={false} value={form.reasons ?? ''} error={own?.field === 'reasons' ? own.message : undefined} rows={5} maxLength={4000} />
        <Button confirm={confirmWords(request)} confirmAction="答復">答復並結案</Button>
      </Form>
    </Card>
  )
}

function confirmWords(request: Request): string {
  const how = request.email ? '答復會以電子郵件寄出' : '請求人沒有電子郵件，請以書面或當面答復'
  if (request.what === 'access') return `${how}。准許時，請求人可以在 30 天內下載 ${request.caseIds.length} 件案件的複本。`
  if (request.what === 'delete') return `${how}。准許時會產生一份銷毀目錄，由另一位核准後才刪除；刪除不能復原。`
  return `${how}。答復後不能再改。`
}

function Decided({ request }: { request: Request }) {
  return (
    <Card title="答復">
      <SummaryList rows={[{ key: '決定', value: request.decision ? decisions[request.decision] : '—' }, ...(request.reasons ? [{ key: '說明', value: <span class="letter">{request.reasons}</span> }] : []), { key: '答復', value: request.answeredAt ? <InstantText at={request.answeredAt} /> : '—' }]} />
      {!request.email && request.answeredAt && <InsetText>請求人沒有電子郵件：請以書面或當面答復。</InsetText>}
      {request.what === 'stop' && request.decision !== 'refused' && request.decision && <InsetText>停止利用由各主辦單位執行；本系統不會自動撤下公開的內容，請通知主辦單位。</InsetText>}
    </Card>
  )
}

function Extend({ request }: { request: Request }) {
  const max = request.what === 'access' ? 15 : 30
  return (
    <Details summary={`延長答復期限（最多 ${max} 日，一次）`}>
      <Form action={requestPath(request.caseName, 'extend')} formKey={randomUUID()}>
        <TextInput name="days" label="延長幾日" width={3} inputmode="numeric" suffix="日" autocomplete="off" />
        <TextArea name="reason" label="原因" hint="會寄給請求人" rows={3} maxLength={500} />
        <Button kind="secondary" small>延長</Button>
        {request.dueOn && <p class="muted small">目前的期限是{rocLongDay(request.dueOn)}。</p>}
      </Form>
    </Details>
  )
}

/** The acts on the request of the page: its form's name, what it does, what is said when it is done. */
const acts: { name: string; act: Act<never, any>; said: (value: any) => string }[] = [
  { name: 'extend', act: extendRequest, said: ({ dueOn }) => `已延長到 ${rocDay(dueOn)}，並通知請求人` },
  { name: 'cases', act: chooseCases, said: ({ count }) => `已選 ${count} 件` },
  { name: 'correct', act: correctData, said: () => '已更正' },
  { name: 'decide', act: decideRequest, said: ({ mailed, list }) => `已答復${mailed ? '並寄出' : '；沒有電子郵件，請以書面或當面答復'}${list ? '。銷毀目錄等待另一位核准' : ''}` },
]

export const routes = [
  get(requestsPath, 'personal-data.requests', list),
  get(counterPath, 'personal-data.requests', (request) => counter(request)),
  post(counterPath, 'personal-data.requests', async (request) => {
    const result = await registerAtCounter(request.caller, request.form)
    return isRefusal(result) ? counter(request, result) : redirect(requestPath(result.value.number), '已登錄')
  }),
  get(requestPath(':name'), 'personal-data.requests', (request) => show(request)),
  post(requestPath(':name', 'preview'), 'personal-data.requests', async (request) => {
    const name = request.params.name!
    const result = await previewCopy(request.caller, { name })
    return isRefusal(result) ? show(request, { form: 'preview', refused: result }) : redirect(`${requestPath(name)}?copy=${result.value.opening}#found`)
  }),
  get(requestPath(':name', 'copy.zip'), 'personal-data.requests', async (request) => {
    const one = await getRequest(request.db, request.params.name!)
    const asked = one.caseIds[0] !== undefined && (await isOpened(request.db, request.person, one.caseIds[0], request.query.opened, request.now))
    if (!asked) return redirect(requestPath(one.caseName), '請先按「看複本」，留下查看紀錄後才能下載')
    const { name, email, phone, caseIds } = one
    return file(zipCopy(await readCopy(request.db, { name, email, phone, county: request.site.county, caseIds }, request.now)), 'application/zip', `${one.caseName}.zip`)
  }),
  post(requestPath(':name', 'open'), 'personal-data.requests', async (request) => {
    const name = request.params.name!
    const result = await openRequester(request.caller, { name })
    return isRefusal(result) ? show(request, { form: 'open', refused: result }) : redirect(`${requestPath(name)}?opened=${result.value.opening}#requester`)
  }),
  ...acts.map(({ name, act, said }) => post(requestPath(':name', name), 'personal-data.requests', async (request) => {
    const input = { ...request.form, name: request.params.name, cases: request.all('cases'), origin: request.site.publicUrl ?? request.origin }
    const result = await act(request.caller, input)
    return isRefusal(result) ? show(request, { form: name, refused: result }) : redirect(requestPath(request.params.name!), said(result.value))
  })),
]
