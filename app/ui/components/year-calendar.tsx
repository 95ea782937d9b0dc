import { type Day, dayFromNumber, daysInMonth, numberFromParts, partsOf, rocDay, weekday, weekdayOfNumber } from '../../core/time.ts'
import { classes } from '../classes.ts'

/** off: an ordinary weekend; named: a holiday; extra: open though a weekend; shut: closed for a reason of its own; half: shut half the day. */
export type YearDayState = 'open' | 'off' | 'named' | 'extra' | 'shut' | 'half'

export interface YearDay {
  state: YearDayState
  /** What the day is called, read out with it and shown when pointed at. */
  name?: string | undefined
}

export interface YearCalendarProps {
  /** Gregorian */
  year: number
  today: Day
  of: (day: Day) => YearDay
  /** What each state is called under the months; states left out are not explained. */
  legend: Partial<Record<YearDayState, string>>
}

/** A year as twelve small months, Monday first: fits a phone, and one printed page. */
export function YearCalendar({ year, today, of, legend }: YearCalendarProps) {
  return (
    <div class="year">
      <div class="year__months">{Array.from({ length: 12 }, (_, i) => <Month key={i} year={year} month={i + 1} today={today} of={of} />)}</div>
      <ul class="year__legend" aria-label="圖例">
        {Object.entries(legend).map(([state, text]) => <li key={state}><span class={`year__day year__day--${state}`} aria-hidden="true">8</span>{text}</li>)}
      </ul>
    </div>
  )
}

function Month({ year, month, today, of }: { year: number; month: number; today: Day; of: YearCalendarProps['of'] }) {
  const first = numberFromParts(year, month, 1)
  const blanks = (weekdayOfNumber(first) + 6) % 7
  const cells: (Day | null)[] = [...Array<null>(blanks).fill(null), ...Array.from({ length: daysInMonth(year, month) }, (_, i) => dayFromNumber(first + i))]
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => Array.from({ length: 7 }, (_, i) => cells[week * 7 + i] ?? null))
  return (
    <table class="year__month">
      <caption>{month} 月</caption>
      <thead><tr>{['一', '二', '三', '四', '五', '六', '日'].map((name) => <th key={name} scope="col"><span class="govuk-visually-hidden">星期</span>{name}</th>)}</tr></thead>
      <tbody>{weeks.map((week, i) => <tr key={i}>{week.map((day, j) => (day ? <DayCell key={day} day={day} isToday={day === today} {...of(day)} /> : <td key={j} />))}</tr>)}</tbody>
    </table>
  )
}

function DayCell({ day, isToday, state, name }: YearDay & { day: Day; isToday: boolean }) {
  return (
    <td title={name && `${rocDay(day)}（${weekday(day)}）${name}`}>
      <time class={classes('year__day', `year__day--${state}`, isToday && 'year__day--today')} datetime={day}>
        {partsOf(day).date}
        {name && <span class="govuk-visually-hidden">，{name}</span>}
        {isToday && <span class="govuk-visually-hidden">，今天</span>}
      </time>
    </td>
  )
}
