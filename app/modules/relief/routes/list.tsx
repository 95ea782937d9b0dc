import { sql } from 'kysely'
import { read } from '../../../core/db.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { procedureApi } from '../../../core/procedure/api.ts'
import { CaseTag } from '../../../core/procedure/case-list.tsx'
import { writeCsv } from '../../../core/tabular/write-csv.ts'
import { type Day, daysBetween, endOf, parseDay, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { file, get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { EmptyState, InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { MeetingsCard } from '../../meetings/index.ts'
import { unitsOf, visibleTo, waitsFor } from '../item.ts'
import { dataPath, filteredListPath, itemPath, listPath, newPath, plansPath } from '../paths.ts'
import { findItems, findPlans, findProgrammes, type ItemFilter, type ListedItem, type Only, onlys, type Plan, type Programme, programmeOfPlan, totalsOf } from '../queries.ts'
import { outcomes, stages } from '../schema.ts'
import { procedure } from '../steps.ts'
import { SumCharts, type SumRow } from './sum-charts.tsx'

type Asked = { on: Day; asOf: Date | null; wrong: string | null; programmes: Programme[]; programme: Programme | null; plans: Plan[]; rows: ListedItem[]; only: Only | null }

/** A past day shows what was known on its evening. */
async function asked({ db, person, query, today }: StaffRequest): Promise<Asked> {
  const text = query.on?.trim()
  const found = text ? parseDay(text) : today
  const on = found && found <= today ? found : today
  const wrong = text && on !== found ? `「${text}」${found ? '在今天以後' : '讀不出日期'}，先顯示今天` : null
  const asOf = on === today ? null : new Date(endOf(on).getTime() - 1)
  const only = query.only && Object.hasOwn(onlys, query.only) ? (query.only as Only) : null
  return read(db, async (reader) => {
    const programmes = await findProgrammes(reader)
    const wanted = query.plan ? await programmeOfPlan(reader, query.plan) : Number(query.programme)
    const programme = programmes.find(({ id }) => id === wanted) ?? programmes[0] ?? null
    const unitId = /^\d{1,9}$/.test(query.unit ?? '') ? Number(query.unit) : undefined
    const filter: ItemFilter = only
      ? { only: { what: only, unitIds: unitsOf(person, only === 'concur' ? 'relief.concur' : 'relief.report') } }
      : { programmeId: programme?.id ?? 0, plan: query.plan, stage: query.stage, unitId, query: query.q?.slice(0, 100) }
    const [plans, rows] = await Promise.all([programme ? findPlans(reader, programme.id) : [], findItems(reader, person, on, filter)])
    return { on, asOf, wrong, programmes, programme, plans, rows, only }
  }, asOf)
}

async function list(request: StaffRequest): Promise<Reply> {
  const { person, query } = request
  const { on, asOf, wrong, programmes, programme, plans, rows, only } = await asked(request)
  const kept = { programme: programme?.id, plan: query.plan, stage: query.stage, unit: query.unit, q: query.q, only, on: asOf ? on : undefined }
  const units = await request.db.selectFrom('units').select(['id', 'name']).where('valid_until', 'is', null).whereRef('id', '=', 'bureau_id').orderBy('code').execute()
  return consolePage(request, {
    title: '紓困振興', heading: only ? `紓困振興：${onlys[only]}` : (programme?.title ?? '紓困振興'), current: listPath,
    actions: holds(person, 'relief.manage') ? <>{programme && <ButtonLink href={newPath}>新增工作項目</ButtonLink>}<ButtonLink href={plansPath(programme?.id)} kind="secondary">方案與計畫</ButtonLink></> : undefined,
    children: (
      <>
        {wrong && <WarningText>{wrong}。</WarningText>}
        {asOf && <InsetText><p>這是 {rocDay(on)} 當天晚上所知道的樣子，之後的填報和更正不在裡面。<a href={filteredListPath({ ...kept, on: undefined })}>看現在</a></p></InsetText>}
        <FilterBar action={listPath} active={only ? [{ label: onlys[only], removeHref: listPath }] : []} clearHref={listPath}>
          <TextInput name="q" type="search" label="關鍵字" value={query.q} width={10} />
          <Select name="programme" label="方案" value={programme ? String(programme.id) : ''} options={programmes.map(({ id, title }) => ({ value: String(id), text: title }))} />
          <Select name="plan" label="計畫" value={query.plan} empty="全部" options={plans.map(({ number, title }) => ({ value: number, text: title }))} />
          <Select name="stage" label="情形" value={query.stage} empty="全部" options={Object.entries(stages).map(([value, text]) => ({ value, text }))} />
          <Select name="unit" label="單位" value={query.unit} empty="全部" options={units.map(({ id, name }) => ({ value: String(id), text: name }))} />
          <TextInput name="on" label="哪一天" hint="空白是今天" value={query.on} width={5} />
        </FilterBar>
        <Totals rows={rows} />
        <Toolbar count={rows.length} unit="項">{rows.length > 0 && <a href={dataPath(kept)}>下載 CSV</a>}</Toolbar>
        {rows.length > 0 ? <ItemTable rows={rows} on={on} /> : (
          <EmptyState title={programmes.length ? '沒有符合的工作項目' : '還沒有紓困振興方案'}>{programmes.length ? '少選一個條件，或換一個方案看看。' : '綜合規劃單位在「方案與計畫」建立方案和計畫後，各單位的工作項目會列在這裡。'}</EmptyState>
        )}
        <SumCharts by="計畫" rows={byPlan(rows)} />
        {await MeetingsCard(request.db, person, { body: 'relief', title: '工作小組會議' })}
      </>
    ),
  })
}

/** Three sums, each by itself: what is spent, what is never collected, what is collected later. */
function Totals({ rows }: { rows: readonly ListedItem[] }) {
  if (!rows.length) return null
  const sum = totalsOf(rows)
  return (
    <SummaryList columns={4} rows={[
      { key: '完成', value: <><strong class="number">{sum.done}</strong> 項，占 {Math.round((sum.done / sum.items) * 1000) / 10}%</> },
      { key: '支出', value: <Money twd={sum.spentTwd} rounded /> },
      { key: '減收（不再收）', value: <Money twd={sum.forgoneTwd} rounded /> },
      { key: '緩收（以後仍收）', value: <Money twd={sum.deferredTwd} rounded /> },
    ]} />
  )
}

/** The three sums of each plan in the list, in the order of the plans. */
const byPlan = (rows: ListedItem[]): SumRow[] => [...Map.groupBy(rows, ({ planId }) => planId).values()].map((own) => ({ label: own[0]!.planTitle, ...totalsOf(own) }))

function ItemTable({ rows, on }: { rows: ListedItem[]; on: Day }) {
  const heading = (row: ListedItem) => {
    const sum = totalsOf(rows.filter(({ planId }) => planId === row.planId))
    return <>{row.planTitle}<span class="muted small">　{sum.done}／{sum.items} 項完成</span></>
  }
  return (
    <Table<ListedItem>
      caption="工作項目" captionHidden rows={rows} rowKey={(row) => row.number} rowHref={(row) => itemPath(row.number)} group={(row) => ({ key: String(row.planId), heading: heading(row) })}
      rowTone={(row) => (row.stage !== 'closed' && row.finishOn < on ? 'danger' : undefined)}
      columns={[
        { heading: '案號', cell: (row) => <a class="nowrap number" href={itemPath(row.number)}>{row.number}</a>, width: 'fit' },
        { heading: '工作項目', cell: (row) => <>{row.title}<p class="muted small">{[row.unit, ...row.joint.map(({ name }) => name)].filter(Boolean).join('、')}</p></>, rowHeader: true, width: 'grow' },
        { heading: '情形', cell: (row) => <Standing row={row} on={on} /> },
        { heading: '進度（%）', cell: (row) => Number(row.progress.toFixed(2)), numeric: true },
        { heading: '申請（件）', cell: (row) => row.applications.toLocaleString('en'), numeric: true, wideOnly: true },
        { heading: '支出', cell: (row) => <Amount twd={row.spentTwd} />, numeric: true, wideOnly: true },
        { heading: '減收', cell: (row) => <Amount twd={row.forgoneTwd} />, numeric: true, wideOnly: true },
        { heading: '緩收', cell: (row) => <Amount twd={row.deferredTwd} />, numeric: true, wideOnly: true },
      ]}
    />
  )
}

const Amount = ({ twd }: { twd: number }) => (twd ? <Money twd={twd} rounded /> : <>—</>)

function Standing({ row, on }: { row: ListedItem; on: Day }) {
  const waits = waitsFor(row)
  return (
    <>
      <CaseTag procedure={procedure} stage={row.stage} outcome={row.outcome} />
      {waits ? <p class="muted small">等{waits}{row.finishOn < on && <>．期限 <DayText day={row.finishOn} />，逾期 {daysBetween(row.finishOn, on)} 日</>}</p> : row.finishedOn && <p class="muted small"><DayText day={row.finishedOn} /></p>}
    </>
  )
}

async function csv(request: StaffRequest): Promise<Reply> {
  const { on, rows } = await asked(request)
  const header = ['案號', '計畫', '工作項目', '主辦單位', '協辦單位', '目標', '申請件數', '核定件數', '支出（元）', '減收（元）', '緩收（元）', '累計進度（%）', '情形', '等誰', '佐證', '完成期限', '完成日期', '資料日期']
  const cells = rows.map((row) => [
    row.number, row.planTitle, row.title, row.unit ?? '', row.joint.map(({ name }) => name).join('、'), row.target, row.applications, row.approved, row.spentTwd, row.forgoneTwd, row.deferredTwd, row.progress,
    row.outcome ? outcomes[row.outcome] : stages[row.stage], waitsFor(row) ?? '', row.evidence, rocDay(row.finishOn), row.finishedOn ? rocDay(row.finishedOn) : '', rocDay(on),
  ])
  return file(writeCsv(header, cells), 'text/csv; charset=utf-8', `relief-items-${on}.csv`)
}

const caseList = { visibleTo: (person: StaffRequest['person']) => visibleTo(person), about: { heading: '計畫', table: 'relief_items', sql: sql`(select p.title from cases p where p.id = m.plan_id)` }, empty: '' }

export const routes = [get(listPath, 'relief.read', list), get(`${listPath}/items.csv`, 'relief.read', csv, { limit: 60 })]
/** /api/v1/relief-items */
export const api = procedureApi(procedure, caseList, '/relief-items')
