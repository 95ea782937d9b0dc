import { closuresOnRecord } from '../../../../core/calendar/apply.ts'
import { closureWords } from '../../../../core/calendar/changes.ts'
import { storedInUse } from '../../../../core/calendar/in-use.ts'
import { type StoredClosure, yearsInForce } from '../../../../core/calendar/stored.ts'
import { daysOf } from '../../../../core/calendar/year-file.ts'
import { officeCalendar } from '../../../../core/clocks/index.ts'
import { holds } from '../../../../core/identity/permissions.ts'
import { type Day, dayNumber, rocDateTime, weekdayOfNumber, yearOf } from '../../../../core/time.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { ButtonLink } from '../../../../ui/components/button.tsx'
import { Toolbar } from '../../../../ui/components/filter-bar.tsx'
import { Table } from '../../../../ui/components/table.tsx'
import { SubNav } from '../../../../ui/components/tabs.tsx'
import { Tag } from '../../../../ui/components/tag.tsx'
import { DayText, InstantText } from '../../../../ui/components/time.tsx'
import { YearCalendar, type YearDay } from '../../../../ui/components/year-calendar.tsx'
import { clocksPages } from '../../navigation.ts'
import { calendarPath, calendarYearPath, changePath, closeDayPath, loadYearPath, reopenPath } from '../../paths.ts'
import { type ChangeRow, findChanges } from '../queries.ts'

const changesShown = 10

/** 辦公日曆: the year at a glance, its named days, what the county closed, and what was changed when. */
async function show(request: StaffRequest): Promise<Reply> {
  const { query, person, today } = request
  const [first, last] = [yearOf(officeCalendar.firstDay), yearOf(officeCalendar.lastDay)]
  const year = Math.min(Math.max(/^\d{2,3}$/.test(query.year ?? '') ? +query.year! + 1911 : yearOf(today), first), last)
  const mayChange = holds(person, 'clocks.calendar')
  const days = daysOf(year)
  const open = days.filter((day) => officeCalendar.isOpen(day)).length
  const closures = closuresOnRecord().filter(({ day }) => yearOf(day) === year)
  const loaded = yearsInForce(storedInUse()).find((each) => each.year === year)
  const changes = await findChanges(request.db, changesShown)
  return consolePage(request, {
    title: `${year - 1911} 年辦公日曆`,
    current: calendarPath,
    actions: mayChange && (
      <>
        <ButtonLink href={closeDayPath}>登記停止上班</ButtonLink>
        <ButtonLink kind="secondary" href={loadYearPath}>載入一年</ButtonLink>
      </>
    ),
    children: (
      <>
        <SubNav label="期限" current={calendarPath} items={clocksPages(person)} />
        <Toolbar>
          <span>上班 <strong class="number">{open}</strong> 天，放假 <strong class="number">{days.length - open}</strong> 天</span>
          {year > first && <a href={calendarYearPath(year - 1)} rel="prev">{year - 1 - 1911} 年</a>}
          {year < last && <a href={calendarYearPath(year + 1)} rel="next">{year + 1 - 1911} 年</a>}
        </Toolbar>
        <YearCalendar year={year} today={today} of={(day) => stateOf(day, closures)} legend={{ off: '星期六、日', named: '放假', extra: '補行上班', shut: '停止上班', half: '停止上班半天或部分鄉鎮' }} />
        <p class="muted small">版本 {officeCalendar.version}，{first - 1911} 至 {last - 1911} 年。{loaded ? `${year - 1911} 年在 ${rocDateTime(loaded.loaded_at)} 載入，來源：${loaded.source}` : '來源：行政院人事行政總處 政府行政機關辦公日曆表'}</p>
        <div class="columns">
          <div class="columns__main">
            <h2>放假與補行上班</h2>
            <NamedDays days={days} closures={closures} />
          </div>
          <div class="columns__side">
            <h2>停止上班</h2>
            <Closures closures={closures} mayChange={mayChange} />
            <h2>日曆的改變</h2>
            <Changes changes={changes} />
          </div>
        </div>
      </>
    ),
  })
}

const isWeekend = (day: Day): boolean => [0, 6].includes(weekdayOfNumber(dayNumber(day)))

function stateOf(day: Day, closures: readonly StoredClosure[]): YearDay {
  const here = closures.filter((closure) => closure.day === day && closure.cancelled_at === null)
  const words = here.map((closure) => closureWords(closure).replace(/^\S+ /, '')).join('，') || undefined
  if (here.some(({ half, townships }) => half === null && townships.length === 0)) return { state: 'shut', name: words }
  if (here.length) return { state: 'half', name: words }
  if (officeCalendar.isOpen(day)) return isWeekend(day) ? { state: 'extra', name: '補行上班' } : { state: 'open' }
  const name = officeCalendar.names.get(dayNumber(day))
  return name ? { state: 'named', name } : { state: 'off' }
}

function NamedDays({ days, closures }: { days: readonly Day[]; closures: readonly StoredClosure[] }) {
  const shut = new Set(closures.filter(({ cancelled_at, half, townships }) => cancelled_at === null && half === null && townships.length === 0).map(({ day }) => day))
  const rows = days.flatMap((day): { day: Day; name: string; isOpen: boolean }[] => {
    if (officeCalendar.isOpen(day)) return isWeekend(day) ? [{ day, name: '補行上班', isOpen: true }] : []
    const name = officeCalendar.names.get(dayNumber(day))
    return name && !shut.has(day) ? [{ day, name, isOpen: false }] : []
  })
  return (
    <Table
      caption="放假與補行上班的日子"
      captionHidden
      rows={rows}
      rowKey={({ day }) => day}
      columns={[
        { heading: '日期', width: 'fit', cell: ({ day }) => <DayText day={day} weekday /> },
        { heading: '名稱', width: 'grow', rowHeader: true, cell: ({ name, isOpen }) => <>{name}{isOpen && <> <Tag tone="active">上班</Tag></>}</> },
      ]}
    />
  )
}

function Closures({ closures, mayChange }: { closures: readonly StoredClosure[]; mayChange: boolean }) {
  if (!closures.length) return <p class="muted">這一年沒有登記停止上班。</p>
  return (
    <ul class="stack">
      {closures.map((closure) => (
        <li key={closure.id}>
          {closure.cancelled_at ? <><s>{closureWords(closure)}</s> <span class="muted small">{rocDateTime(closure.cancelled_at)} 取消{closure.cancelled_why && `：${closure.cancelled_why}`}</span></> : closureWords(closure)}
          {closure.reason && <div class="muted small">{closure.reason}</div>}
          {mayChange && !closure.cancelled_at && <div class="small"><a href={reopenPath(closure.id)}>取消登記<span class="govuk-visually-hidden">：{closureWords(closure)}</span></a></div>}
        </li>
      ))}
    </ul>
  )
}

function Changes({ changes }: { changes: readonly ChangeRow[] }) {
  if (!changes.length) return <p class="muted">還沒有改過，用的是隨系統附上的日曆。</p>
  return (
    <ul class="stack">
      {changes.map(({ id, words, at, by, moved }) => (
        <li key={id}>
          <a href={changePath(id)}>{words}</a>
          <div class="muted small"><InstantText at={at} />{by && ` ${by}`}，移動 {moved} 件</div>
        </li>
      ))}
    </ul>
  )
}

export const routes = [get(calendarPath, 'signed-in', show)]
