import { randomUUID } from 'node:crypto'
import type { Act } from '../../../core/act.ts'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { holds as mayDo } from '../../../core/identity/permissions.ts'
import { findRetention, type Retention } from '../../../core/personal-data/retention.ts'
import type { DestructionState } from '../../../core/personal-data/tables.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { file, get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { rocDay } from '../../../core/time.ts'
import { Button, Card, Details, EmptyState, ErrorSummary, Form, InstantText, Pagination, Radios, Select, SummaryList, Table, Tag, TextArea, TextInput, type Tone, Toolbar, WarningText } from '../../../ui/index.ts'
import { destructionPath, holdsPath, releasePath, retentionPath, withQuery } from '../paths.ts'
import { decideList, excludeCase, makeList, placeHold, releaseHold, setRetention, submitList } from '../retention/acts.ts'
import { destructionOdt } from '../retention/list-odt.ts'
import { allItems, type DestructionList, getList, type HoldLine, type ItemLine, listHolds, listItems, type ListLine, listLists } from '../retention/queries.ts'

const states: Record<DestructionState, { text: string; tone: Tone }> = {
  draft: { text: '編製中', tone: 'plain' }, submitted: { text: '等待核准', tone: 'waiting' }, approved: { text: '已核准，銷毀中', tone: 'active' }, rejected: { text: '退回', tone: 'ended' }, done: { text: '已銷毀', tone: 'done' },
}

type Failed = { form: string; refused: Refusal }
const errorsOf = (failed: Failed | undefined) => (failed ? <ErrorSummary title="沒有完成" errors={Object.entries(failed.refused.fields ?? { [failed.refused.field ?? '']: failed.refused.message }).map(([field, text]) => ({ text, ...(field && field !== '_' ? { field: `${failed.form}-${field}` } : {}) }))} /> : null)

/** How long cases are kept, the lists of destruction, and what is held back. */
async function overview(request: StaffRequest, failed?: Failed): Promise<Reply> {
  const { db, person } = request
  const [retention, lists, holds] = await Promise.all([findRetention(db), listLists(db), listHolds(db)])
  const keeps = mayDo(person, 'personal-data.keep-retention')
  return consolePage(request, {
    title: '保存與銷毀',
    current: retentionPath,
    children: (
      <>
        {errorsOf(failed)}
        <p>案件的個人資料在保存年限屆滿後，列入年度銷毀目錄，由另一位核准，並取得檔案主管機關核准後銷毀（檔案法 §12；個人資料保護法 §11 III）。案號、日期、單位和結果永久保留，統計數字不變。沒有成案的來信整封銷毀，只留序號和日期。</p>
        <h2>保存年限</h2>
        <Table<Retention> caption="保存年限" captionHidden rows={retention} rowKey={(row) => row.id} columns={[
          { heading: '類別', rowHeader: true, cell: (row) => row.title },
          { heading: '年限', width: 'fit', cell: (row) => yearsText(row) },
          { heading: '依據', width: 'grow', cell: (row) => <>{row.basis}{row.status === 'U' && !row.county && <><br /><strong>待法制單位確認</strong>：沒有核定年限以前，一件都不銷毀。</>}</> },
        ]} />
        {keeps && <SetRetention retention={retention} failed={failed} form={request.form} />}
        <h2>銷毀目錄</h2>
        <Table<ListLine> caption="銷毀目錄" captionHidden rows={lists} rowKey={(row) => row.id} rowHref={(row) => destructionPath(row.id)} empty={<EmptyState title="還沒有銷毀目錄">核定保存年限以後，每年編製一次。目錄和計畫永久保存。</EmptyState>} columns={[
          { heading: '目錄', rowHeader: true, width: 'grow', cell: (row) => <a href={destructionPath(row.id)}>{row.title}</a> },
          { heading: '狀態', width: 'fit', cell: (row) => <Tag tone={states[row.state].tone}>{states[row.state].text}</Tag> },
          { heading: '件', numeric: true, width: 'fit', cell: (row) => (row.count - row.excluded).toLocaleString('en') },
          { heading: '編製', width: 'fit', wideOnly: true, cell: (row) => <>{row.madeBy}　<InstantText at={row.madeAt} /></> },
        ]} />
        {keeps && <MakeList retention={retention} failed={failed} form={request.form} />}
        <h2 id="holds">保留中的案件和來信</h2>
        <p>訴訟、稽核或調查還要用的案件，或沒有成案的來信，可以登錄保留：解除以前不會銷毀，也不列入目錄；已在目錄上、還沒有決定的，會留下來。來信後來成案的，改為保留那個案件。</p>
        <Holds holds={holds} failed={failed} form={request.form} />
      </>
    ),
  }, failed ? 422 : 200)
}

const yearsText = (row: Retention) => (row.county?.years === 'permanent' || (!row.county && row.years === 'permanent') ? '永久' : row.effective === null ? '未核定' : `${row.effective} 年`)

const fieldsOf = (failed: Failed | undefined, form: string, values: Record<string, string>) => (name: string) => ({
  name, id: `${form}-${name}`, value: failed?.form === form ? (values[name] ?? '') : '',
  error: failed?.form === form ? (failed.refused.fields?.[name] ?? (failed.refused.field === name ? failed.refused.message : undefined)) : undefined,
})

type FormProps = { retention: Retention[]; failed: Failed | undefined; form: Record<string, string> }

function SetRetention({ retention, failed, form }: FormProps) {
  const field = fieldsOf(failed, 'set', form)
  return (
    <Details summary="登錄核定的保存年限" open={failed?.form === 'set'}>
      <Form action={`${retentionPath}/set`} formKey={randomUUID()}>
        <Select {...field('class')} label="類別" options={retention.map((one) => ({ value: one.id, text: one.title }))} />
        <TextInput {...field('years')} label="保存年限" hint="1、3、5、10、15、20、25、30 年或永久（機關檔案保存年限及銷毀辦法）" width={4} suffix="年" autocomplete="off" />
        <TextInput {...field('basis')} label="核定文號或依據" autocomplete="off" />
        <Button kind="secondary">登錄</Button>
      </Form>
    </Details>
  )
}

function MakeList({ retention, failed, form }: FormProps) {
  const field = fieldsOf(failed, 'make', form)
  const ready = retention.filter((one) => one.effective !== null)
  if (!ready.length) return null
  return (
    <Details summary="編製今年的銷毀目錄" open={failed?.form === 'make'}>
      <Form action={`${retentionPath}/make`} formKey={randomUUID()}>
        <Select {...field('class')} label="類別" options={ready.map((one) => ({ value: one.id, text: one.title }))} />
        <TextArea {...field('plan')} label="銷毀計畫" hint="為什麼銷毀、怎麼做、預定什麼時候" rows={4} maxLength={2000} />
        <Button kind="secondary">編製</Button>
      </Form>
    </Details>
  )
}

function Holds({ holds, failed, form }: { holds: HoldLine[]; failed: Failed | undefined; form: Record<string, string> }) {
  const field = fieldsOf(failed, 'hold', form)
  return (
    <>
      <Table<HoldLine> caption="保留" captionHidden rows={holds} rowKey={(row) => row.id} empty={<p class="muted">沒有保留中的案件或來信。</p>} columns={[
        { heading: '案號或來信', rowHeader: true, width: 'fit', cell: (row) => <span class="nowrap number">{row.name}</span> },
        { heading: '理由', width: 'grow', cell: (row) => <>{row.reason}{row.releasedAt && <div class="muted small">已解除：{row.releasedWhy}</div>}</> },
        { heading: '登錄', width: 'fit', wideOnly: true, cell: (row) => <>{row.placedBy}　<InstantText at={row.placedAt} /></> },
        { heading: '解除', width: 'fit', cell: (row) => (row.releasedAt ? <InstantText at={row.releasedAt} /> : (
          <Form action={releasePath(row.id)} formKey={randomUUID()}><TextInput name="reason" id={`release-${row.id}`} label={`解除 ${row.name} 的理由`} labelSize="hidden" placeholder="理由" width={10} autocomplete="off" /><Button kind="quiet" small>解除</Button></Form>
        )) },
      ]} />
      <Details summary="登錄要保留的案件或來信" open={failed?.form === 'hold'}>
        <Form action={holdsPath} formKey={randomUUID()}>
          <TextInput {...field('case')} label="案號、追蹤號碼或來信序號" hint="來信序號在「收到的信」每一封的頁面上，例：來信-000012" width={20} autocomplete="off" />
          <TextInput {...field('reason')} label="理由" hint="寫案號或文號，不寫姓名" autocomplete="off" />
          <Button kind="secondary">登錄</Button>
        </Form>
      </Details>
    </>
  )
}

async function show(request: StaffRequest, failed?: Failed): Promise<Reply> {
  const { db, person, query } = request
  const list = await getList(db, request.params.id!)
  const items = await listItems(db, list.id, query.after ?? '')
  return consolePage(request, {
    title: list.title,
    heading: `銷毀目錄：${list.title}`,
    current: retentionPath,
    breadcrumbs: [{ text: '保存與銷毀', href: retentionPath }, { text: list.title }],
    headingNote: <Tag tone={states[list.state].tone}>{states[list.state].text}</Tag>,
    children: (
      <>
        {errorsOf(failed)}
        <SummaryList columns={2} rows={factsOf(list)} />
        <Next list={list} failed={failed} form={request.form} isMaker={list.makerId === person.id} keeps={mayDo(person, 'personal-data.keep-retention')} decides={mayDo(person, 'personal-data.approve-destruction')} />
        <p><a href={destructionPath(list.id, 'list.odt')} data-turbo="false">下載檔案銷毀目錄（ODT）</a></p>
        <Toolbar count={list.count} />
        <Table<ItemLine> caption="案件" captionHidden rows={items.rows} rowKey={(row) => row.name} rowTone={(row) => (row.excludedWhy ? 'quiet' : undefined)} columns={[
          { heading: '案號或來信', rowHeader: true, width: 'fit', cell: (row) => <span class="nowrap number">{row.name}</span> },
          { heading: '結案', width: 'fit', cell: (row) => <span class="nowrap">{rocDay(row.closedOn)}</span> },
          { heading: '保存到', width: 'fit', cell: (row) => <span class="nowrap">{rocDay(row.keptUntil)}</span> },
          { heading: '主辦', width: 'grow', wideOnly: true, cell: (row) => row.unitName ?? '—' },
          { heading: '情形', width: 'fit', cell: (row) => (row.destroyedAt ? <>已銷毀　<InstantText at={row.destroyedAt} /></> : row.excludedWhy ? `留下：${row.excludedWhy}` : list.state === 'done' ? '保留或已成案，未銷毀' : '列入') },
        ]} />
        <Pagination previous={query.after ? destructionPath(list.id) : null} next={items.next ? withQuery(destructionPath(list.id), { after: items.next }) : null} />
      </>
    ),
  }, failed ? 422 : 200)
}

function factsOf(list: DestructionList) {
  return [
    { key: '截至', value: rocDay(list.cutoffOn) },
    { key: '年限與依據', value: `${list.years === null ? '' : `${list.years} 年，`}${list.basis}` },
    { key: '銷毀計畫', value: <span class="letter">{list.plan}</span> },
    { key: '件數', value: `共 ${list.count} 件，留下 ${list.excluded} 件，已銷毀 ${list.destroyed} 件` },
    { key: '編製', value: <>{list.madeBy}　<InstantText at={list.madeAt} /></> },
    { key: '決定', value: list.decidedAt ? <>{list.decidedBy}　<InstantText at={list.decidedAt} />{list.authorityNo && `　${list.authorityNo}`}{list.note && <div>{list.note}</div>}</> : '—' },
  ]
}

type NextProps = { list: DestructionList; failed: Failed | undefined; form: Record<string, string>; isMaker: boolean; keeps: boolean; decides: boolean }

/** What can be done now, and why not. */
function Next({ list, failed, form, isMaker, keeps, decides }: NextProps) {
  if (list.state !== 'draft' && list.state !== 'submitted') return null
  const exclude = fieldsOf(failed, 'exclude', form)
  const decide = fieldsOf(failed, 'decide', form)
  return (
    <Card title="下一步">
      {list.state === 'draft' && keeps && <Form action={destructionPath(list.id, 'submit')} formKey={randomUUID()}><Button>送請核准</Button></Form>}
      {list.state === 'submitted' && isMaker && <p>等待另一位核准：編製的人不能核准自己的目錄。</p>}
      {list.state === 'submitted' && !isMaker && decides && (
        <Form action={destructionPath(list.id, 'decide')} formKey={randomUUID()}>
          <WarningText>核准後，所列各件的姓名、聯絡方式、來信、附件和檢索文字就會刪除，不能復原。</WarningText>
          <Radios {...decide('decision')} label="決定" options={[{ value: 'approved', text: '核准', reveals: <TextInput {...decide('authorityNo')} label="檔案主管機關核准文號" autocomplete="off" /> }, { value: 'rejected', text: '退回' }]} />
          <TextArea {...decide('note')} label="說明" required={false} rows={3} maxLength={500} />
          <Button kind="danger" confirm={`核准「${list.title}」後，${list.count - list.excluded} 件的個人資料會刪除，不能復原。`} confirmAction="送出決定">送出決定</Button>
        </Form>
      )}
      <Details summary="把一件留下來" open={failed?.form === 'exclude'}>
        <Form action={destructionPath(list.id, 'exclude')} formKey={randomUUID()}>
          <TextInput {...exclude('name')} label="案號或來信序號" width={20} autocomplete="off" />
          <TextInput {...exclude('reason')} label="留下來的理由" autocomplete="off" />
          <Button kind="secondary" small>留下</Button>
        </Form>
      </Details>
    </Card>
  )
}

const onList: { name: string; permission: string; act: Act<never, any>; said: string }[] = [
  { name: 'submit', permission: 'personal-data.keep-retention', act: submitList, said: '已送請核准' },
  { name: 'exclude', permission: 'personal-data.retention', act: excludeCase, said: '已留下這一件' },
  { name: 'decide', permission: 'personal-data.approve-destruction', act: decideList, said: '已決定' },
]
const onOverview: { path: string; form: string; permission: string; act: Act<never, any>; said: string }[] = [
  { path: `${retentionPath}/set`, form: 'set', permission: 'personal-data.keep-retention', act: setRetention, said: '已登錄保存年限' },
  { path: holdsPath, form: 'hold', permission: 'personal-data.retention', act: placeHold, said: '已保留' },
  { path: releasePath(':id'), form: 'release', permission: 'personal-data.retention', act: releaseHold, said: '已解除保留' },
]

export const routes = [
  get(retentionPath, 'personal-data.retention', (request) => overview(request)),
  post(`${retentionPath}/make`, 'personal-data.keep-retention', async (request) => {
    const result = await makeList(request.caller, request.form)
    return isRefusal(result) ? overview(request, { form: 'make', refused: result }) : redirect(destructionPath(result.value.list), `已編製，共 ${result.value.count} 件`)
  }),
  ...onOverview.map(({ path, form, permission, act, said }) => post(path, permission, async (request) => {
    const result = await act(request.caller, { ...request.form, ...request.params })
    return isRefusal(result) ? overview(request, { form, refused: result }) : redirect(retentionPath, said)
  })),
  get(destructionPath(':id'), 'personal-data.retention', (request) => show(request)),
  get(destructionPath(':id', 'list.odt'), 'personal-data.retention', async ({ db, params }) => {
    const list = await getList(db, params.id!)
    return file(destructionOdt(list, await allItems(db, list.id)), 'application/vnd.oasis.opendocument.text', `檔案銷毀目錄 ${list.title}.odt`)
  }),
  ...onList.map(({ name, permission, act, said }) => post(destructionPath(':id', name), permission, async (request) => {
    const result = await act(request.caller, { ...request.form, id: request.params.id })
    return isRefusal(result) ? show(request, { form: name, refused: result }) : redirect(destructionPath(request.params.id!), said)
  })),
]
