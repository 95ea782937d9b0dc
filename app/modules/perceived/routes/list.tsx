import { sql } from 'kysely'
import { holds } from '../../../core/identity/permissions.ts'
import { procedureApi } from '../../../core/procedure/api.ts'
import { CaseTag } from '../../../core/procedure/case-list.tsx'
import { writeCsv } from '../../../core/tabular/write-csv.ts'
import { rocDay, rocYear } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { file, get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { MeetingsCard } from '../../meetings/index.ts'
import { visibleTo } from '../item.ts'
import { TextTag } from '../parts.tsx'
import { dataPath, filteredListPath, itemPath, listPath, newPath, publicPath } from '../paths.ts'
import { findItems, findYears, type ItemFilter, type ListedItem } from '../queries.ts'
import { outcomes, stages, textStates, townships, wholeCounty } from '../schema.ts'
import { procedure } from '../steps.ts'

/** Items of a year: the year in the address, else the one of today or the newest that has any. */
async function asked({ db, person, query, today }: StaffRequest): Promise<{ years: number[]; filter: ItemFilter; rows: ListedItem[] }> {
  const years = await findYears(db)
  const wanted = Number(query.year)
  const year = years.includes(wanted) ? wanted : years.includes(rocYear(today)) ? rocYear(today) : (years[0] ?? rocYear(today))
  const filter: ItemFilter = { year, state: query.state, unitId: /^\d{1,9}$/.test(query.unit ?? '') ? Number(query.unit) : undefined, township: query.township, text: query.text, query: query.q?.slice(0, 100) }
  return { years, filter, rows: await findItems(db, person, filter) }
}

async function list(request: StaffRequest): Promise<Reply> {
  const { db, person, query } = request
  const { years, filter, rows } = await asked(request)
  const units = await db.selectFrom('units').select(['id', 'name']).where('valid_until', 'is', null).whereRef('id', '=', 'bureau_id').orderBy('code').execute()
  const kept = { year: filter.year, state: query.state, unit: query.unit, township: query.township, text: query.text, q: query.q }
  const filtered = Boolean(query.state || query.unit || query.township || query.text || query.q)
  const states = { planned: stages.planned, running: stages.running, ...outcomes }
  const options = (labels: Record<string, string>) => Object.entries(labels).map(([value, text]) => ({ value, text }))
  return consolePage(request, {
    title: `${filter.year} 年有感施政`, heading: `${filter.year} 年有感施政`, current: listPath,
    actions: holds(person, 'perceived.manage') ? <ButtonLink href={newPath}>新增項目</ButtonLink> : undefined,
    children: (
      <>
        <FilterBar action={listPath}>
          <TextInput name="q" type="search" label="關鍵字" value={query.q} width={10} />
          <Select name="year" label="年度" value={String(filter.year)} options={(years.length ? years : [filter.year]).map((year) => ({ value: String(year), text: `${year} 年` }))} />
          <Select name="state" label="情形" value={query.state} empty="全部" options={options(states)} />
          <Select name="unit" label="主辦" value={query.unit} empty="全部" options={units.map(({ id, name }) => ({ value: String(id), text: name }))} />
          <Select name="township" label="鄉鎮" value={query.township} empty="全部" options={[...townships, wholeCounty].map((text) => ({ value: text, text }))} />
          <Select name="text" label="公開" value={query.text} empty="全部" options={[{ value: 'none', text: '還沒有寫' }, ...options(textStates)]} />
        </FilterBar>
        {rows.length > 0 && <Totals rows={rows} />}
        <Toolbar count={rows.length} unit="項">{rows.length > 0 && <a href={dataPath(kept)}>下載 CSV</a>}<a href={publicPath}>民眾看到的</a></Toolbar>
        {rows.length ? <ItemTable rows={rows} /> : (
          <EmptyState title={filtered ? '沒有符合的項目' : '還沒有有感施政項目'} action={filtered ? <a href={filteredListPath({ year: filter.year })}>看這一年全部</a> : undefined}>{filtered ? '少選一個條件看看。' : '綜合規劃單位新增或匯入後會列在這裡。'}</EmptyState>
        )}
        {await MeetingsCard(db, person, { body: 'perceived', title: '有感施政研商會議' })}
      </>
    ),
  })
}

function Totals({ rows }: { rows: readonly ListedItem[] }) {
  const count = (is: (row: ListedItem) => boolean) => <><strong class="number">{rows.filter(is).length}</strong> 項</>
  return (
    <SummaryList columns={4} rows={[
      { key: '辦理中', value: count(({ outcome }) => outcome === null) }, { key: '已完成', value: count(({ outcome }) => outcome === 'done') },
      { key: '轉入下年度、撤案', value: count(({ outcome }) => outcome === 'carried' || outcome === 'withdrawn') }, { key: '已公開', value: count(({ text }) => text === 'approved') },
    ]} />
  )
}

function ItemTable({ rows }: { rows: ListedItem[] }) {
  return (
    <Table<ListedItem>
      caption="有感施政項目" captionHidden rows={rows} rowKey={(row) => row.number} rowHref={(row) => itemPath(row.number)}
      columns={[
        { heading: '案號', cell: (row) => <a class="nowrap number" href={itemPath(row.number)}>{row.number}</a>, width: 'fit' },
        { heading: '項目', cell: (row) => <>{row.title}{row.goal && <p class="muted small">{row.goal}</p>}</>, rowHeader: true, width: 'grow' },
        { heading: '主辦', cell: (row) => row.unit ?? '—', width: 'fit', wideOnly: true },
        { heading: '鄉鎮', cell: (row) => row.township ?? wholeCounty, width: 'fit', wideOnly: true },
        { heading: '期限', cell: (row) => (row.finishOn ? <DayText day={row.finishOn} /> : '—'), width: 'fit', wideOnly: true },
        { heading: '照片', cell: (row) => (row.before || row.after ? `前 ${row.before}．後 ${row.after}` : '—'), width: 'fit', wideOnly: true },
        { heading: '情形', cell: (row) => <CaseTag procedure={procedure} stage={row.stage} outcome={row.outcome} />, width: 'fit' },
        { heading: '公開', cell: (row) => (row.text ? <TextTag state={row.text} /> : '—'), width: 'fit', wideOnly: true },
      ]}
    />
  )
}

async function csv(request: StaffRequest): Promise<Reply> {
  const { filter, rows } = await asked(request)
  const header = ['案號', '年度', '項目', '目標', '主辦單位', '鄉鎮', '完成期限', '情形', '改善前照片', '改善後照片', '公開', '轉自案號']
  const cells = rows.map((row) => [row.number, filter.year, row.title, row.goal, row.unit ?? '', row.township ?? wholeCounty, row.finishOn ? rocDay(row.finishOn) : '', row.outcome ? outcomes[row.outcome] : stages[row.stage], row.before, row.after, row.text ? textStates[row.text] : '', row.previousNumber ?? ''])
  return file(writeCsv(header, cells), 'text/csv; charset=utf-8', `perceived-items-${filter.year}.csv`)
}

const caseList = { visibleTo: (person: StaffRequest['person']) => visibleTo(person), about: { heading: '年度', table: 'perceived_items', sql: sql`m.roc_year || ' 年'` }, empty: '' }

export const routes = [get(listPath, 'perceived.read', list), get(`${listPath}/items.csv`, 'perceived.read', csv, { limit: 60 })]
/** /api/v1/perceived-items */
export const api = procedureApi(procedure, caseList, '/perceived-items')
