import { read } from '../../../core/db.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { BarChart } from '../../../ui/components/bar-chart.tsx'
import { FilterBar } from '../../../ui/components/filter-bar.tsx'
import { EmptyState, InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { filteredListPath, listPath, statisticsPath } from '../paths.ts'
import { countByUnit, type UnitCount } from '../queries.ts'
import { dayAsked } from './list.tsx'

/** How many each unit has, how many are late, how old they are; every number opens its list. */
async function statistics(request: StaffRequest): Promise<Reply> {
  const { on, asOf, wrong } = dayAsked(request)
  const rows = await read(request.db, (reader) => countByUnit(reader, request.person, on), asOf)
  const sum = (key: 'all' | 'late' | 'under30' | 'under90' | 'under180' | 'over180') => rows.reduce((total, row) => total + row[key], 0)
  const list = (more: Record<string, string | null>) => filteredListPath({ ...more, on: asOf ? rocDay(on) : null })
  const late = rows.filter((row) => row.late > 0)
  const ages = [{ label: '未滿 30 日', value: sum('under30') }, { label: '30 至 89 日', value: sum('under90') }, { label: '90 至 179 日', value: sum('under180') }, { label: '180 日以上', value: sum('over180'), highlight: true }]
  return consolePage(request, {
    title: '指裁示事項統計', heading: '指裁示事項統計', current: listPath, breadcrumbs: [{ text: '指裁示事項', href: listPath }, { text: '統計' }],
    children: (
      <>
        {wrong && <WarningText>{wrong}。</WarningText>}
        {asOf && <InsetText><p>這是 {rocDay(on)} 當天晚上所知道的樣子。<a href={statisticsPath()}>看現在</a></p></InsetText>}
        <FilterBar action={statisticsPath()} submit="看這一天"><TextInput name="on" label="哪一天" hint="空白是今天" value={request.query.on} width={5} /></FilterBar>
        {!rows.length ? <EmptyState title="這一天沒有列管中的指裁示事項">會議作成、列管之後，這裡會依單位計算。</EmptyState> : (
          <>
            <div class="halves">
              <BarChart caption={`案齡（${rocDay(on)}）`} description={`列管中 ${sum('all')} 案：${ages.map(({ label, value }) => `${label} ${value} 案`).join('、')}。`} headings={['作成後', '案數']} bars={ages} />
              {late.length > 0 ? <BarChart caption="各單位逾期案數" description={late.map(({ unit, late: n }) => `${unit} ${n} 案`).join('、')} headings={['單位', '逾期案數']} bars={late.map(({ unit, late: n }) => ({ label: unit.slice(0, 9), value: n }))} /> : <p>沒有逾期的指裁示事項。</p>}
            </div>
            <Table<UnitCount>
              caption="各單位（主辦）" rows={rows} rowKey={(row) => row.unit}
              columns={[
                { heading: '單位', cell: (row) => row.unit, rowHeader: true, width: 'grow' },
                { heading: '列管中', cell: (row) => (row.unitId ? <a href={list({ lead: String(row.unitId) })}>{row.all}</a> : row.all), numeric: true },
                { heading: '逾期', cell: (row) => (row.late && row.unitId ? <a href={list({ lead: String(row.unitId), overdue: 'yes' })}>{row.late}</a> : row.late), numeric: true },
                { heading: '90 日以上', cell: (row) => row.under180 + row.over180, numeric: true },
                { heading: '案齡中位數（日）', cell: (row) => row.median, numeric: true, wideOnly: true },
              ]}
            />
          </>
        )}
      </>
    ),
  })
}

export const routes: Route[] = [get(statisticsPath(), 'directives.read', statistics)]
