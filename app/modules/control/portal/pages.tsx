import type { Db } from '../../../core/db.ts'
import { NotFound } from '../../../core/errors.ts'
import { writeCsv } from '../../../core/tabular/write-csv.ts'
import { rocDateTime, rocDay, rocMonth } from '../../../core/time.ts'
import { portalPage } from '../../../core/web/pages.tsx'
import { file, get, type PageRequest, type Reply, type Route } from '../../../core/web/route.ts'
import { Select } from '../../../ui/components/choices.tsx'
import { FilterBar } from '../../../ui/components/filter-bar.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { endOfMonth } from '../judge.ts'
import { MilestoneChart, percent, ProgressCurve, ProjectGantt, slipText, StateChart, StateTag } from '../parts.tsx'
import { publicDataPath, publicMonthPath, publicPath, publicProjectPath } from '../paths.ts'
import { type Level, levels, states } from '../schema.ts'
import type { PublishedProject } from '../tables.ts'

const newest = (db: Db) => db.selectFrom('windlion_public.project_publications').select(['month', 'published_at']).distinct().orderBy('month', 'desc').execute()
const ofMonth = (db: Db, month: string): Promise<PublishedProject[]> => db.selectFrom('windlion_public.project_publications').selectAll().where('month', '=', month).orderBy('level').orderBy('number').execute()

/** What the county tells everyone of its watched projects, month by month. */
async function list(request: PageRequest): Promise<Reply> {
  const months = await newest(request.publicDb)
  const month = months.find((each) => each.month === request.query.month) ?? months[0]
  if (!month) return portalPage(request, { title: '重大施政計畫進度', current: publicPath, children: <><h1>重大施政計畫進度</h1><EmptyState title="還沒有公布的進度">管考單位公布後會列在這裡。</EmptyState></> })
  const rows = await ofMonth(request.publicDb, month.month)
  const on = endOfMonth(month.month)
  const counts = rows.map(({ level, state }) => ({ level, state, count: 1 }))
  return portalPage(request, {
    title: '重大施政計畫進度', current: publicPath, wide: true,
    children: (
      <>
        <h1>重大施政計畫進度</h1>
        <p class="lead">{rocMonth(month.month)}底，縣府列管的計畫做到哪裡、落後了多少、為什麼。</p>
        <FilterBar action={publicPath} submit="看這個月">
          <Select name="month" label="月份" value={month.month} options={months.map((each) => ({ value: each.month, text: rocMonth(each.month) }))} />
        </FilterBar>
        {(Object.keys(levels) as Level[]).filter((level) => rows.some((row) => row.level === level)).map((level) => <StateChart key={level} level={level} counts={counts} on={on} />)}
        <h2>各計畫</h2>
        <Table<PublishedProject>
          caption={`${rocMonth(month.month)}列管計畫`} captionHidden rows={rows} rowKey={(row) => row.number} rowTone={(row) => (row.state === 'severe' ? 'danger' : row.state === 'behind' ? 'soon' : undefined)}
          columns={[
            { heading: '計畫', cell: (row) => <a href={publicProjectPath(row.number, month === months[0] ? null : month.month)}>{row.title}</a>, rowHeader: true, width: 'grow' },
            { heading: '情形', cell: (row) => <StateTag state={row.state} overridden={row.overridden} />, width: 'fit' },
            { heading: '比預定', cell: (row) => (row.state === 'done' || row.actual === null ? '—' : slipText(row.planned - row.actual)), numeric: true },
            { heading: '實際', cell: (row) => <>{percent(row.actual)}<p class="muted small nowrap">預定 {percent(row.planned)}</p></>, numeric: true },
            { heading: '主辦', cell: (row) => row.unit, width: 'fit', wideOnly: true },
            { heading: '總經費', cell: (row) => <Money twd={row.budget_twd} rounded />, numeric: true, wideOnly: true },
            { heading: '完成期限', cell: (row) => <DayText day={row.finish_on} />, width: 'fit', wideOnly: true },
          ]}
        />
        <ProjectGantt projects={rows.map((row) => ({ number: row.number, title: row.title, startOn: row.start_on, finishOn: row.finish_on, actual: row.actual, state: row.state }))} today={on} />
        <p class="muted small">{rocDateTime(month.published_at)} 公布。公布後的更正會在下一次公布。<a href={publicDataPath(month.month)}>下載 CSV</a></p>
      </>
    ),
  })
}

async function show(request: PageRequest): Promise<Reply> {
  const all = await request.publicDb.selectFrom('windlion_public.project_publications').selectAll().where('number', '=', request.params.number!).orderBy('month', 'desc').execute()
  const row = all.find(({ month }) => month === request.query.month) ?? all[0]
  if (!row) throw new NotFound('找不到這件計畫，或是沒有公布')
  return portalPage(request, {
    title: row.title, current: publicPath, breadcrumbs: [{ text: '重大施政計畫進度', href: publicMonthPath(row.month) }, { text: row.title }],
    children: (
      <>
        <h1>{row.title}</h1>
        <p><StateTag state={row.state} overridden={row.overridden} />　<span class="muted">{rocMonth(row.month)}底</span></p>
        <SummaryList columns={3} rows={[
          { key: '主辦', value: row.unit }, { key: '類別', value: levels[row.level] }, { key: '總經費', value: <Money twd={row.budget_twd} rounded /> },
          { key: '計畫期間', value: <><DayText day={row.start_on} /> 至 <DayText day={row.finish_on} /></> }, { key: '預定進度', value: percent(row.planned) }, { key: '實際進度', value: percent(row.actual) },
        ]} />
        {row.summary && <Letter text={row.summary} />}
        <h2>進度</h2>
        <ProgressCurve months={row.curve} />
        {row.reason && <><h2>為什麼落後</h2><Letter text={row.reason} /></>}
        {row.measure && <><h2>怎麼趕上</h2><Letter text={row.measure} /></>}
        {row.milestones.length > 0 && <h2>查核點</h2>}
        <MilestoneChart startOn={row.start_on} finishOn={row.finish_on} milestones={row.milestones} today={endOfMonth(row.month)} />
        {all.length > 1 && <><h2>之前公布的</h2><ul>{all.map((each) => <li key={each.month}><a href={publicProjectPath(row.number, each.month)}>{rocMonth(each.month)}</a>　{percent(each.actual)}　{states[each.state]}</li>)}</ul></>}
      </>
    ),
  })
}

async function csv(request: PageRequest): Promise<Reply> {
  const month = request.params.month!.replace(/\.csv$/, '')
  const rows = await ofMonth(request.publicDb, month)
  if (!rows.length) throw new NotFound('這個月沒有公布的進度')
  const header = ['月份', '案號', '計畫名稱', '類別', '主辦單位', '總經費', '開始日期', '完成期限', '預定進度', '實際進度', '情形', '人工調整', '落後日數', '落後原因', '因應對策']
  const cells = rows.map((row) => [month, row.number, row.title, levels[row.level], row.unit, String(row.budget_twd), rocDay(row.start_on), rocDay(row.finish_on), String(row.planned), row.actual === null ? '' : String(row.actual), states[row.state], row.overridden ? '是' : '否', row.slip_days === null ? '' : String(row.slip_days), row.reason, row.measure])
  return file(writeCsv(header, cells), 'text/csv; charset=utf-8', `projects-${month}.csv`)
}

export const routes: Route[] = [get(publicPath, 'public', list), get(`${publicPath}/:month.csv`, 'public', csv, { limit: 60 }), get(`${publicPath}/:number`, 'public', show)]
export const portal = [{ label: '施政進度', path: publicPath, about: '縣府列管的重大施政計畫做到哪裡、落後了多少、為什麼，每個月公布。' }]
