import { addDays, type Day, day as dayFrom, dayNumber, lastDayOfMonth, partsOf, rocDay, rocMonth, weekday, weekdayOfNumber } from '../../core/time.ts'
import { classes } from '../classes.ts'

export interface MonthDay {
  count: number
  /** Where what lies on that day is listed. */
  href?: string
  tone?: 'danger' | 'soon' | undefined
  /** Why the office is closed. */
  closed?: string | undefined
  /** This day is what the list beside shows. */
  chosen?: boolean
}

export interface MonthCalendarProps {
  /** 'YYYY-MM' */
  month: string
  caption: string
  today: Day
  of: (day: Day) => MonthDay
  previous?: string | undefined
  next?: string | undefined
  unit?: string
}

/** A month as on a wall calendar, Monday first, with a number a day. */
export function MonthCalendar({ month, caption, today, of, previous, next, unit = '件' }: MonthCalendarProps) {
  return (
    <div class="month">
      <div class="month__head">
        {previous && <a href={previous} rel="prev">上個月</a>}
        <strong class="month__name">{rocMonth(month)}</strong>
        {next && <a href={next} rel="next">下個月</a>}
      </div>
      <table class="month__days">
        <caption class="govuk-visually-hidden">{caption}</caption>
        <thead><tr>{['一', '二', '三', '四', '五', '六', '日'].map((name) => <th key={name} scope="col"><span class="govuk-visually-hidden">星期</span>{name}</th>)}</tr></thead>
        <tbody>{weeksOf(month).map((week) => <tr key={week[0]}>{week.map((day) => dayCell(day, month, today, of, unit))}</tr>)}</tbody>
      </table>
    </div>
  )
}

function dayCell(day: Day, month: string, today: Day, of: MonthCalendarProps['of'], unit: string) {
  if (!day.startsWith(month)) return <td key={day} class="month__other" />
  const { count, href, tone, closed, chosen } = of(day)
  const words = `${rocDay(day)}（${weekday(day)}）${closed ? `，${closed}` : ''}`
  return (
    <td key={day} class={classes('month__day', closed && 'month__day--closed', day === today && 'month__day--today', chosen && 'month__day--chosen')} title={closed}>
      <time class="month__date" datetime={day}>{partsOf(day).date}{day === today && <span class="govuk-visually-hidden">，今天</span>}</time>
      {count > 0 && (href
        ? <a class={classes('month__count', tone && `month__count--${tone}`)} href={href} aria-current={chosen ? 'true' : undefined} aria-label={`${words}，${count} ${unit}`}>{count}</a>
        : <span class={classes('month__count', tone && `month__count--${tone}`)}>{count}<span class="govuk-visually-hidden"> {unit}</span></span>)}
    </td>
  )
}

function weeksOf(month: string): Day[][] {
  const first = dayFrom(`${month}-01`)
  const last = lastDayOfMonth(first)
  const weeks: Day[][] = []
  for (let monday = addDays(first, -((weekdayOfNumber(dayNumber(first)) + 6) % 7)); monday <= last; monday = addDays(monday, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, n) => addDays(monday, n)))
  }
  return weeks
}
