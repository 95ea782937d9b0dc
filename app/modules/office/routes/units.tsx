import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { unitKinds } from '../../../core/identity/tables.ts'
import { addUnit, changeUnit, closeUnit, mergeUnit } from '../../../core/identity/units.ts'
import { findUnitLine, listUnits, type UnitLine } from '../../../core/identity/units-queries.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink, Card, Checkboxes, DayText, Details, EmptyState, ErrorSummary, FilterBar, Form, Select, SummaryList, Table, Tag, TextInput, Toolbar } from '../../../ui/index.ts'
import { newUnitPath, peopleListPath, peoplePath, unitListPath, unitPath, unitsPath } from '../paths.ts'
import { errorItems, errorOf, unitOptions } from '../person-fields.ts'

const here = `${unitsPath}/:id`
const crumbs = (text: string) => [{ text: '人員與單位', href: peoplePath }, { text: '單位', href: unitsPath }, { text }]

export const routes = [
  get(unitsPath, 'office.people', (request) => listPage(request)),
  get(newUnitPath, 'office.people', (request) => newPage(request)),
  post(newUnitPath, 'office.people', async (request) => {
    const result = await addUnit(request.caller, request.form)
    return isRefusal(result) ? newPage(request, result) : redirect(unitPath(result.value.id), '單位已新增')
  }),
  get(here, 'office.people', (request) => page(request)),
  post(`${here}/change`, 'office.people', async (request) => {
    const result = await changeUnit(request.caller, { ...request.form, id: request.params.id })
    return isRefusal(result) ? page(request, { form: 'change', refused: result }) : redirect(unitPath(request.params.id!), '單位資料已儲存')
  }),
  post(`${here}/close`, 'office.people', async (request) => {
    const result = await closeUnit(request.caller, { ...request.form, id: request.params.id })
    return isRefusal(result) ? page(request, { form: 'close', refused: result }) : redirect(unitPath(request.params.id!), '裁撤已登記')
  }),
  post(`${here}/merge`, 'office.people', async (request) => {
    const result = await mergeUnit(request.caller, { ...request.form, id: request.params.id })
    return isRefusal(result) ? page(request, { form: 'merge', refused: result }) : redirect(unitPath(request.params.id!), `已整併：移出 ${[`${result.value.people} 人`, `${result.value.cases} 件未結案件`, ...result.value.others].join('、')}`)
  }),
]

async function listPage(request: StaffRequest): Promise<Reply> {
  const { q, closed } = request.query
  const units = await listUnits(request.db, { words: q, closed: closed === '1' }, request.today)
  const active = [...(q ? [{ label: `找「${q}」`, removeHref: unitListPath({ closed }) }] : []), ...(closed === '1' ? [{ label: '含已裁撤', removeHref: unitListPath({ q }) }] : [])]
  return consolePage(request, {
    title: '單位',
    current: peoplePath,
    breadcrumbs: [{ text: '人員與單位', href: peoplePath }, { text: '單位' }],
    actions: <ButtonLink href={newUnitPath}>新增單位</ButtonLink>,
    children: (
      <>
        <FilterBar action={unitsPath} active={active} clearHref={active.length > 1 ? unitsPath : undefined}>
          <TextInput name="q" label="名稱或代碼" required={undefined} value={q} width={20} autocomplete="off" />
          <Checkboxes name="closed" label="範圍" values={closed === '1' ? ['1'] : []} options={[{ value: '1', text: '含已裁撤的單位' }]} />
        </FilterBar>
        <Toolbar count={units.length} unit="個單位" />
        <Table<UnitLine>
          caption="單位"
          captionHidden
          rows={units}
          rowKey={({ code }) => code}
          rowHref={({ id }) => unitPath(id)}
          rowTone={({ valid_until: until }) => (until !== null && until < request.today ? 'quiet' : undefined)}
          empty={<EmptyState title="沒有符合的單位"><p>{active.length ? '放寬或移除篩選再找。' : '請先新增或匯入單位。'}</p></EmptyState>}
          columns={[
            { heading: '代碼', width: 'fit', cell: ({ code }) => code },
            { heading: '名稱', rowHeader: true, cell: ({ id, name }) => <a href={unitPath(id)}>{name}</a> },
            { heading: '類型', width: 'fit', wideOnly: true, cell: ({ kind }) => unitKinds[kind] },
            { heading: '上級', wideOnly: true, cell: ({ parent }) => parent ?? '—' },
            { heading: '人數', width: 'fit', numeric: true, cell: ({ people }) => people },
            { heading: '未結案件', width: 'fit', numeric: true, cell: ({ open_cases: cases }) => cases },
            { heading: '狀態', width: 'fit', cell: (unit) => <State unit={unit} today={request.today} /> },
          ]}
        />
        <p class="muted">也可以整批匯入：<code>bin/windlion import units.csv</code>（代碼、名稱、類型、上級、起、迄）。</p>
      </>
    ),
  })
}

function State({ unit: { valid_from: from, valid_until: until }, today }: { unit: UnitLine; today: string }) {
  if (until !== null && until < today) return <Tag tone="ended">已裁撤</Tag>
  return from > today ? <Tag tone="waiting">尚未開始</Tag> : <Tag tone="done">使用中</Tag>
}

async function newPage(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { form } = request
  const error = (field: string) => errorOf(failed, field)
  return consolePage(request, {
    title: '新增單位',
    current: peoplePath,
    breadcrumbs: crumbs('新增單位'),
    children: (
      <>
        <ErrorSummary errors={errorItems(failed)} />
        <Form action={newUnitPath} formKey={randomUUID()}>
          <TextInput name="code" label="代碼" hint="英文字母、數字和減號；以後不能改" value={form.code} error={error('code')} width={10} autocomplete="off" />
          <TextInput name="name" label="名稱" value={form.name} error={error('name')} width={20} autocomplete="off" />
          <Select name="kind" label="類型" empty="請選擇" options={Object.entries(unitKinds).map(([value, text]) => ({ value, text }))} value={form.kind} error={error('kind')} />
          <Select name="parentCode" label="上級單位" required={false} empty="沒有上級" options={await unitOptions(request.db)} value={form.parentCode} error={error('parentCode')} />
          <TextInput name="fromDay" label="從哪一天起" hint="例如 110/9/27" value={form.fromDay ?? rocDay(request.today)} error={error('fromDay')} width={10} />
          <ButtonGroup><Button>新增</Button><ButtonLink href={unitsPath} kind="quiet">取消</ButtonLink></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

type Failed = { form: 'change' | 'close' | 'merge'; refused: Refusal }

async function page(request: StaffRequest, failed?: Failed): Promise<Reply> {
  const { id } = request.params
  const unit = /^\d{1,15}$/.test(id ?? '') ? await findUnitLine(request.db, Number(id), request.today) : null
  if (!unit) throw new NotFound('沒有這個單位')
  const isClosed = unit.valid_until !== null && unit.valid_until < request.today
  const units = (await unitOptions(request.db)).filter(({ value }) => value !== unit.code)
  const value = (form: Failed['form'], field: string) => (failed?.form === form ? request.form[field] : undefined)
  const error = (form: Failed['form'], field: string) => (failed?.form === form ? errorOf(failed.refused, field) : undefined)
  return consolePage(request, {
    title: unit.name,
    current: peoplePath,
    breadcrumbs: crumbs(unit.name),
    headingNote: <State unit={unit} today={request.today} />,
    children: (
      <>
        <ErrorSummary errors={errorItems(failed?.refused, (field) => `${failed!.form}-${field}`)} />
        <SummaryList columns={3} rows={[
          { key: '代碼', value: unit.code },
          { key: '類型', value: unitKinds[unit.kind] },
          { key: '上級', value: unit.parent ?? '—' },
          { key: '期間', value: <><DayText day={unit.valid_from} />{unit.valid_until ? <>到 <DayText day={unit.valid_until} /></> : '起'}</> },
          { key: '人員', value: <a href={peopleListPath({ unit: unit.code })}>{unit.people} 人</a> },
          { key: '未結案件', value: `${unit.open_cases} 件` },
        ]} />
        {!isClosed && (
          <Card title="異動">
            <Details summary="更名或改隸" open={failed?.form === 'change'}>
              <Form action={unitPath(unit.id, 'change')} formKey={randomUUID()}>
                <TextInput name="name" id="change-name" label="名稱" hint="從現在起；以前的紀錄和已定稿的報告仍是當時的名稱" value={value('change', 'name') ?? unit.name} error={error('change', 'name')} width={20} autocomplete="off" />
                <Select name="parentCode" id="change-parentCode" label="上級單位" required={false} empty="沒有上級" options={units} value={value('change', 'parentCode') ?? unit.parent_code ?? ''} error={error('change', 'parentCode')} />
                <Button kind="secondary">儲存</Button>
              </Form>
            </Details>
            <Details summary="併入另一個單位" open={failed?.form === 'merge'}>
              <Form action={unitPath(unit.id, 'merge')} formKey={randomUUID()}>
                <Select name="intoCode" id="merge-intoCode" label="併入" hint="從今天起，人員的職務、下級單位和未結案件都移過去，案件歷程會記明；分文規則請另外檢查" empty="請選擇" options={units} value={value('merge', 'intoCode')} error={error('merge', 'intoCode')} />
                <Button kind="danger" confirm={`把${unit.name}併入所選的單位？它到昨天為止，${unit.people} 人和 ${unit.open_cases} 件未結案件今天起移過去，不能一次還原。`} confirmAction="整併">整併</Button>
              </Form>
            </Details>
            <Details summary="裁撤" open={failed?.form === 'close'}>
              <Form action={unitPath(unit.id, 'close')} formKey={randomUUID()}>
                <TextInput name="lastDay" id="close-lastDay" label="最後一天" hint="例如 110/9/27；不能還有人員、下級單位或未結案件" value={value('close', 'lastDay')} error={error('close', 'lastDay')} width={10} />
                <Button kind="danger" confirm={`登記${unit.name}裁撤？之後不能再分文給它。`} confirmAction="裁撤">裁撤</Button>
              </Form>
            </Details>
          </Card>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}
