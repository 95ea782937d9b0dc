import { read } from '../../../core/db.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { BarChart } from '../../../ui/components/bar-chart.tsx'
import { FilterBar } from '../../../ui/components/filter-bar.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { EmptyState, WarningText } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { percent, StateChart } from '../parts.tsx'
import { filteredListPath, listPath, statisticsPath } from '../paths.ts'
import { countByUnit, countProjects, type StateCount } from '../queries.ts'
import { type Level, levels, type State, states } from '../schema.ts'
import { dayAsked, KnownNote } from './list.tsx'

type Row = { level: Level; count: number; budgetTwd: number; plannedTwd: number; actualTwd: number }

async function statistics(request: StaffRequest): Promise<Reply> {
  const { db, person } = request
  const { on, asOf, known, wrong } = dayAsked(request)
  const past = on === request.today ? null : rocDay(on)
  const [counts, units] = await read(db, async (reader) => [await countProjects(reader, person, on), await countByUnit(reader, person, on)] as const, asOf)
  const sums = (Object.keys(levels) as Level[]).map((level) => sumOf(level, counts.filter((each) => each.level === level))).filter(({ count }) => count > 0)
  return consolePage(request, {
    title: '列管計畫統計', heading: '列管計畫統計', current: listPath, breadcrumbs: [{ text: '列管計畫', href: listPath }, { text: '統計' }],
    children: (
      <>
        {wrong && <WarningText>{wrong}。</WarningText>}
        <KnownNote on={on} today={request.today} asOf={asOf} nowHref={statisticsPath()} otherHref={statisticsPath(past, known ? null : 'now')} />
        <FilterBar action={statisticsPath()} submit="看這一天" keep={known ? { known } : {}}><TextInput name="on" label="哪一天" hint="空白是今天" value={request.query.on} width={5} /></FilterBar>
        {counts.length === 0 ? <EmptyState title="這一天沒有列管中的計畫" /> : (
          <>
            <div class="halves">{sums.map(({ level }) => <StateChart key={level} level={level} counts={counts} on={on} />)}<UnitChart units={units} /></div>
            <StateTable counts={counts} on={past} known={known} />
            <MoneyTable rows={sums} />
          </>
        )}
      </>
    ),
  })
}

const sumOf = (level: Level, rows: StateCount[]): Row => {
  const sum = (key: 'count' | 'budgetTwd' | 'plannedTwd' | 'actualTwd') => rows.reduce((total, row) => total + row[key], 0)
  return { level, count: sum('count'), budgetTwd: sum('budgetTwd'), plannedTwd: sum('plannedTwd'), actualTwd: sum('actualTwd') }
}

function UnitChart({ units }: { units: { unit: string; count: number; late: number }[] }) {
  const late = units.filter((each) => each.late > 0)
  if (!late.length) return <p>沒有落後的計畫。</p>
  return <BarChart caption="各單位落後案數" description={late.map(({ unit, late: n }) => `${unit} ${n} 案`).join('、')} headings={['單位', '落後案數']} bars={late.map(({ unit, late: n }) => ({ label: unit.slice(0, 9), value: n }))} />
}

/** Every number opens its projects. */
function StateTable({ counts, on, known }: { counts: StateCount[]; on: string | null; known: string | null }) {
  const of = (level: Level, state: State) => counts.find((each) => each.level === level && each.state === state)?.count ?? 0
  const rows = (Object.keys(levels) as Level[]).filter((level) => counts.some((each) => each.level === level))
  return (
    <Table<Level>
      caption="案數" rows={rows} rowKey={(level) => level}
      columns={[
        { heading: '類別', cell: (level) => levels[level], rowHeader: true, width: 'fit' },
        ...(Object.keys(states) as State[]).map((state) => ({ heading: states[state], cell: (level: Level) => (of(level, state) ? <a href={filteredListPath({ level, state, on, known })}>{of(level, state)}</a> : 0), numeric: true })),
        { heading: '合計', cell: (level) => <a href={filteredListPath({ level, on, known })}>{(Object.keys(states) as State[]).reduce((sum, state) => sum + of(level, state), 0)}</a>, numeric: true },
      ]}
    />
  )
}

function MoneyTable({ rows }: { rows: Row[] }) {
  return (
    <Table<Row>
      caption="經費" rows={rows} rowKey={({ level }) => level}
      columns={[
        { heading: '類別', cell: ({ level }) => levels[level], rowHeader: true, width: 'fit' },
        { heading: '總經費', cell: ({ budgetTwd }) => <Money twd={budgetTwd} rounded />, numeric: true },
        { heading: '累計預定支用', cell: ({ plannedTwd }) => <Money twd={plannedTwd} rounded />, numeric: true },
        { heading: '累計實際支用', cell: ({ actualTwd }) => <Money twd={actualTwd} rounded />, numeric: true },
        { heading: '執行率', cell: ({ plannedTwd, actualTwd }) => (plannedTwd ? percent(Math.round((actualTwd / plannedTwd) * 10_000) / 100) : '—'), numeric: true },
      ]}
    />
  )
}

export const routes = [get(statisticsPath(), 'control.read', statistics)]
