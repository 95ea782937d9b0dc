import { daysBetween, type Day, day, rocDay, rocMonth } from '../../core/time.ts'
import { Gantt, type GanttRow } from '../../ui/components/gantt.tsx'
import { LineChart } from '../../ui/components/line-chart.tsx'
import { BarChart } from '../../ui/components/bar-chart.tsx'
import { Money } from '../../ui/components/money.tsx'
import { Tag, type Tone } from '../../ui/components/tag.tsx'
import { type Level, levels, lightOf, lights, type State, states } from './schema.ts'

const tones: Record<State, Tone> = { ahead: 'done', 'on-track': 'active', behind: 'soon', severe: 'danger', done: 'done', unreported: 'waiting' }

/** How a project stands, with its light in words; a state set by hand says so. */
export function StateTag({ state, overridden = false }: { state: State; overridden?: boolean }) {
  const light = lights[lightOf[state]]
  return <Tag tone={tones[state]}>{states[state]}{light !== lights.none && `．${light}`}{overridden && '（人工調整）'}</Tag>
}

/** Cut, not rounded: what is short of 100 or of a threshold is never shown as having reached it. */
const cut = (value: number, digits: 2 | 4): number => Math.trunc(Number((value * 10 ** digits).toFixed(2))) / 10 ** digits

/** 12.41 %: two decimals in lists; `digits` 4 on the month's own page. */
export const percent = (value: number | null, digits: 2 | 4 = 2): string => (value === null ? '—' : `${cut(value, digits)}%`)

/** 落後 5.2、超前 0.61, in percentage points. */
export function slipText(slip: number | null, digits: 2 | 4 = 2): string {
  if (slip === null) return '—'
  if (slip === 0) return '相符'
  const points = cut(Math.abs(slip), digits)
  return `${slip > 0 ? '落後' : '超前'} ${points === 0 ? '不到 0.01' : points}`
}

/** Spending behind the plan in NT$: 少支 120 萬元. */
export function MoneySlip({ twd }: { twd: number | null }) {
  if (twd === null) return <>—</>
  return twd === 0 ? <>相符</> : <span class="nowrap">{twd > 0 ? '少支' : '多支'} <Money twd={Math.abs(twd)} rounded /></span>
}

export type CurveMonth = { month: string; planned: number; actual: number | null }
type Baseline = readonly { month: string; planned: number }[]

/** S 曲線: planned and actual cumulative progress by month, beside the first plan where it was changed. */
export function ProgressCurve({ months: now, baseline, caption = 'S 曲線：進度' }: { months: readonly CurveMonth[]; baseline?: Baseline | null; caption?: string }) {
  const first = new Map(baseline?.map(({ month, planned }) => [month, planned]))
  const months = baseline ? [...now, ...baseline.filter(({ month }) => !now.some((each) => each.month === month)).map(({ month }) => ({ month, planned: null, actual: null }))].toSorted((a, b) => (a.month < b.month ? -1 : 1)) : now
  const last = now.findLast(({ actual }) => actual !== null)
  const said = last ? `到${rocMonth(last.month)}預定 ${percent(last.planned)}，實際 ${percent(last.actual)}。` : '還沒有填報實際進度。'
  return (
    <LineChart
      caption={caption} description={said} heading="月份" unit="%"
      steps={months.map(({ month }) => shortMonth(month))}
      lines={[{ label: '預定', values: months.map(({ planned }) => planned) }, { label: '實際', values: months.map(({ actual }) => actual) }, ...(baseline ? [{ label: '原計畫', values: months.map(({ month }) => first.get(month) ?? null) }] : [])]}
    />
  )
}

/** S 曲線 of money: planned and actual cumulative spending by month, in 萬元. */
export function SpendingCurve({ months }: { months: readonly { month: string; plannedTwd: number; actualTwd: number | null }[] }) {
  const last = months.findLast(({ actualTwd }) => actualTwd !== null)
  const tenThousands = (twd: number | null) => (twd === null ? null : Math.round(twd / 10_000))
  const said = last ? `到${rocMonth(last.month)}預定支用 ${tenThousands(last.plannedTwd)!.toLocaleString('en')} 萬元，實際 ${tenThousands(last.actualTwd)!.toLocaleString('en')} 萬元。` : '還沒有填報實際支用。'
  return (
    <LineChart
      caption="S 曲線：支用" description={said} heading="月份" unit="萬元" steps={months.map(({ month }) => shortMonth(month))}
      lines={[{ label: '預定', values: months.map(({ plannedTwd }) => tenThousands(plannedTwd)) }, { label: '實際', values: months.map(({ actualTwd }) => tenThousands(actualTwd)) }]}
    />
  )
}

/** 110/4 */
const shortMonth = (month: string): string => rocDay(day(`${month}-01`)).replace(/\/1$/, '')
const epoch = day('1970-01-01')
const at = (on: Day): number => daysBetween(epoch, on)

/** A name at each quarter's beginning. */
function quartersOf(from: Day, to: Day): { at: number; text: string }[] {
  const found: { at: number; text: string }[] = []
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) {
    for (const month of ['01', '04', '07', '10']) {
      const on = day(`${year}-${month}-01`)
      if (on >= from && on <= to) found.push({ at: at(on), text: shortMonth(`${year}-${month}`) })
    }
  }
  return found
}

export type Milestone = { title: string; plannedOn: Day; reachedOn: Day | null }

/** 查核點: each from the one before it to its own day, reached or not. */
export function MilestoneChart({ startOn, finishOn, milestones, today }: { startOn: Day; finishOn: Day; milestones: readonly Milestone[]; today: Day }) {
  if (!milestones.length) return null
  const rows: GanttRow[] = milestones.map(({ title, plannedOn, reachedOn }, i) => {
    const from = i === 0 ? startOn : milestones[i - 1]!.plannedOn
    return { label: title, from: at(from), to: at(plannedOn), done: reachedOn ? 1 : 0, ...((reachedOn ?? today) > plannedOn && { late: 'danger' as const }), marks: [{ at: at(reachedOn ?? plannedOn), reached: reachedOn !== null }] }
  })
  const reached = milestones.filter(({ reachedOn }) => reachedOn !== null).length
  return (
    <Gantt
      caption="預定與達成" description={`${milestones.length} 個查核點，已達成 ${reached} 個。`} rows={rows} now={at(today)} until={at(finishOn)} steps={quartersOf(startOn, finishOn > today ? finishOn : today)}
      data={{ headings: ['查核點', '預定', '達成'], rows: milestones.map(({ title, plannedOn, reachedOn }) => [title, rocDay(plannedOn), reachedOn ? rocDay(reachedOn) : '—']) }}
    />
  )
}

export type Bar = { number: string; title: string; startOn: Day; finishOn: Day; actual: number | null; state: State }

/** 甘特圖 of many projects. */
export function ProjectGantt({ projects, today }: { projects: readonly Bar[]; today: Day }) {
  if (!projects.length) return null
  const from = projects.map(({ startOn }) => startOn).toSorted()[0]!
  const to = [...projects.map(({ finishOn }) => finishOn), today].toSorted().at(-1)!
  return (
    <Gantt
      caption="期程（甘特圖）" description={`${projects.length} 件計畫的期程與實際進度，虛線是${rocDay(today)}。`} now={at(today)} steps={quartersOf(from, to)}
      rows={projects.map(({ number, title, startOn, finishOn, actual, state }) => ({ label: `${number} ${clip(title)}${ganttTones[state] ? `．${lights[lightOf[state]]}` : ''}`, from: at(startOn), to: at(finishOn), done: (actual ?? 0) / 100, ...(ganttTones[state] && { late: ganttTones[state] }) }))}
      data={{ headings: ['計畫', '開始', '完成期限', '實際進度', '狀態'], rows: projects.map((one) => [`${one.number} ${one.title}`, rocDay(one.startOn), rocDay(one.finishOn), percent(one.actual), states[one.state]]) }}
    />
  )
}

const ganttTones: Partial<Record<State, 'soon' | 'danger'>> = { behind: 'soon', severe: 'danger' }
const clip = (title: string): string => (title.length > 16 ? `${title.slice(0, 15)}…` : title)

export type Counted = { level: Level; state: State; count: number }

/** 重大施政計畫案件統計圖, and the same for special cases. */
export function StateChart({ level, counts, on }: { level: Level; counts: readonly Counted[]; on: Day }) {
  const of = (state: State) => counts.filter((each) => each.level === level && each.state === state).reduce((sum, { count }) => sum + count, 0)
  const all = (Object.keys(states) as State[]).map((state) => ({ state, count: of(state) }))
  const sum = all.reduce((total, { count }) => total + count, 0)
  const told = all.filter(({ count }) => count > 0).map(({ state, count }) => `${states[state]} ${count} 案`).join('、')
  return (
    <BarChart
      caption={`${levels[level].replace(/案件$/, '')}案件統計圖（${rocDay(on)}）`} description={sum ? `共 ${sum} 案：${told}。` : '沒有列管中的案件。'} headings={['管考情形', '案數']}
      bars={all.map(({ state, count }) => ({ label: states[state], value: count, highlight: state === 'severe' }))}
    />
  )
}
