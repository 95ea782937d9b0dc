import { read } from '../../../core/db.ts'
import { NotFound } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { writeCsv } from '../../../core/tabular/write-csv.ts'
import { writeOds } from '../../../core/tabular/write-ods.ts'
import { type Day, endOf, parseDay, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { file, get, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Checkboxes, Select } from '../../../ui/components/choices.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { EmptyState, InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { Pagination } from '../../../ui/components/pagination.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { Due, LastReport, NumberLink, StageTag, units } from '../parts.tsx'
import { directivePath, filteredListPath, listFilePath, listPath, statisticsPath } from '../paths.ts'
import { type DirectiveFilter, findBodies, findDirectives, type ListedDirective } from '../queries.ts'
import { grades, outcomes, reportAsks, stages } from '../schema.ts'

/** The day asked for, and as of when it was known: a past day shows what was known on its evening. */
export function dayAsked(request: StaffRequest): { on: Day; asOf: Date | null; wrong: string | null } {
  const text = request.query.on?.trim()
  const on = text ? parseDay(text) : request.today
  if (!on || on > request.today) return { on: request.today, asOf: null, wrong: `「${text}」${on ? '在今天以後' : '讀不出日期'}，先顯示今天` }
  return { on, asOf: on === request.today ? null : new Date(endOf(on).getTime() - 1), wrong: null }
}

function asked({ query }: StaffRequest, asOf: Date | null) {
  const id = (text: string | undefined) => (/^\d{1,9}$/.test(text ?? '') ? Number(text) : undefined)
  const filter: DirectiveFilter = { stage: query.stage, body: query.body?.slice(0, 40), unitId: id(query.unit), leadId: id(query.lead), query: query.q?.slice(0, 100), all: query.all === 'yes', overdue: query.overdue === 'yes', newest: query.all === 'yes' || query.stage === 'closed' }
  const kept = { q: query.q, stage: query.stage, body: query.body, unit: query.unit, lead: query.lead, overdue: query.overdue, all: query.all, on: asOf ? query.on : undefined }
  return { filter, kept }
}

/** 指裁示事項: the list on a day, and its printed form. */
async function list(request: StaffRequest): Promise<Reply> {
  const { db, person, query } = request
  const { on, asOf, wrong } = dayAsked(request)
  const { filter, kept } = asked(request, asOf)
  const whole = query.view === 'table'
  const [page, bodies, bureaus] = await Promise.all([
    read(db, (reader) => findDirectives(reader, person, on, filter, query.after, whole ? null : undefined), asOf), findBodies(db),
    db.selectFrom('units').select(['id', 'name']).whereRef('id', '=', 'bureau_id').where('valid_until', 'is', null).orderBy('code').execute(),
  ])
  const filtered = Object.values(kept).some(Boolean)
  return consolePage(request, {
    title: whole ? '指裁示事項列管表' : '指裁示事項', heading: whole ? `${request.site.county}指裁示事項列管表` : '指裁示事項', current: listPath,
    ...(whole ? { breadcrumbs: [{ text: '指裁示事項', href: filteredListPath(kept) }, { text: '列管表' }] } : {}),
    children: (
      <>
        {wrong && <WarningText>{wrong}。</WarningText>}
        {asOf && <InsetText><p>這是 {rocDay(on)} 當天晚上所知道的樣子，之後的填報和決定不在裡面。<a href={filteredListPath({ ...kept, on: undefined })}>看現在</a></p></InsetText>}
        <FilterBar action={listPath} clearHref={listPath} active={[]} keep={{ ...(whole ? { view: 'table' } : {}), ...(filter.leadId ? { lead: String(filter.leadId) } : {}) }}>
          <TextInput name="q" type="search" label="關鍵字" value={query.q} width={10} />
          <Select name="body" label="會議" value={query.body} empty="全部" options={bodies} />
          <Select name="stage" label="等誰" value={query.stage} empty="全部" options={Object.entries(stages).map(([value, text]) => ({ value, text }))} />
          <Select name="unit" label="主辦或協辦" value={query.unit} empty="全部" options={bureaus.map(({ id, name }) => ({ value: String(id), text: name }))} />
          <TextInput name="on" label="哪一天" hint="空白是今天" value={query.on} width={5} />
          <Checkboxes name="overdue" label="期限" labelSize="hidden" values={filter.overdue ? ['yes'] : []} options={[{ value: 'yes', text: '只看逾期的' }]} />
          <Checkboxes name="all" label="範圍" labelSize="hidden" values={filter.all ? ['yes'] : []} options={[{ value: 'yes', text: '含已離開列管的' }]} />
        </FilterBar>
        <Toolbar count={page.count} unit="案">
          <a href={filteredListPath({ ...kept, view: whole ? undefined : 'table' })}>{whole ? '看清單' : '列管表（可列印）'}</a>
          <a href={statisticsPath(asOf ? on : null)}>統計</a>
          <a href={listFilePath('csv', kept)}>CSV</a>
          <a href={listFilePath('ods', kept)}>ODS</a>
        </Toolbar>
        {page.rows.length === 0 ? <EmptyState title={filtered ? '沒有符合的指裁示事項' : '目前沒有列管中的指裁示事項'} action={filtered ? <a href={listPath}>看列管中的全部</a> : <a href={filteredListPath({ all: 'yes' })}>看已離開列管的</a>}>{filtered ? '少用一個條件看看。' : holds(person, 'directives.issue') ? '從會議的頁面，把紀錄裡的一句話列管給單位。' : '會議裁示給您單位的事會列在這裡。'}</EmptyState>
          : whole ? <WatchTable rows={page.rows} today={on} /> : <ListTable rows={page.rows} today={on} />}
        <Pagination previous={query.after ? filteredListPath(kept) : null} next={page.next && filteredListPath({ ...kept, after: page.next })} />
      </>
    ),
  })
}

function ListTable({ rows, today }: { rows: ListedDirective[]; today: Day }) {
  return (
    <Table<ListedDirective>
      caption="指裁示事項" captionHidden rows={rows} rowKey={(row) => row.number} rowHref={(row) => directivePath(row.number)} rowTone={(row) => (row.outcome === null && row.dueOn !== null && row.dueOn < today ? 'danger' : undefined)}
      columns={[
        { heading: '案號', cell: (row) => <NumberLink number={row.number} />, width: 'fit' },
        { heading: '指裁示事項', cell: (row) => <>{row.title}<p class="muted small">{row.body}．{rocDay(row.orderedOn)}{row.grade === 'own' && `．${grades.own}`}</p></>, rowHeader: true, width: 'grow' },
        { heading: '主辦', cell: (row) => <>{row.unit ?? '—'}{row.joint.length > 0 && <p class="muted small">協辦 {row.joint.join('、')}</p>}</>, wideOnly: true },
        { heading: '等誰', cell: (row) => <StageTag stage={row.stage} outcome={row.outcome} />, width: 'fit' },
        { heading: '期限', cell: (row) => <Due row={row} today={today} />, width: 'fit' },
      ]}
    />
  )
}

/** 列管表: what a meeting has before it, on paper. */
function WatchTable({ rows, today }: { rows: ListedDirective[]; today: Day }) {
  return (
    <Table<ListedDirective>
      caption={`${rocDay(today)}，${rows.length} 案`} rows={rows} rowKey={(row) => row.number}
      columns={[
        { heading: '案號', cell: (row) => <><NumberLink number={row.number} /><p class="muted small">{row.body}<br /><DayText day={row.orderedOn} /></p></>, width: 'fit' },
        { heading: '指裁示內容', cell: (row) => row.sentence, rowHeader: true, width: 'grow' },
        { heading: '主辦、協辦', cell: (row) => units(row) },
        { heading: '期限', cell: (row) => <Due row={row} today={today} />, width: 'fit' },
        { heading: '辦理情形與管考意見', cell: (row) => <LastReport row={row} />, width: 'grow' },
        { heading: '狀態', cell: (row) => <StageTag stage={row.stage} outcome={row.outcome} />, width: 'fit' },
      ]}
    />
  )
}

/** The list as it is shown, for a spreadsheet. */
async function listFile(request: StaffRequest): Promise<Reply> {
  const { on, asOf } = dayAsked(request)
  const { filter } = asked(request, asOf)
  const { rows } = await read(request.db, (reader) => findDirectives(reader, request.person, on, filter, undefined, null), asOf)
  const header = ['案號', '會議', '會議案號', '作成日期', '指裁示內容', '主辦單位', '協辦單位', '期限', '列管級別', '狀態', '最近填報', '填報日期', '請求', '管考意見', '離開列管日期']
  const cells = rows.map((row) => [
    row.number, row.body, row.meeting, rocDay(row.orderedOn), row.sentence, row.unit ?? '', row.joint.join('、'), row.dueOn ? rocDay(row.dueOn) : '', grades[row.grade], row.outcome ? outcomes[row.outcome] : stages[row.stage], row.work ?? '', row.reportedOn ? rocDay(row.reportedOn) : '',
    row.asks ? reportAsks[row.asks] : '', row.opinion ?? '', row.delistedOn ? rocDay(row.delistedOn) : '',
  ])
  const name = `directives-${on}`
  if (request.params.format !== 'csv' && request.params.format !== 'ods') throw new NotFound()
  return request.params.format === 'ods' ? file(writeOds([{ name: '指裁示事項', header, rows: cells }]), 'application/vnd.oasis.opendocument.spreadsheet', `${name}.ods`) : file(writeCsv(header, cells), 'text/csv; charset=utf-8', `${name}.csv`)
}

export const routes: Route[] = [get(listPath, 'directives.read', list), get('/console/directive-list/file.:format', 'directives.read', listFile, { limit: 30, stepUp: true })]
