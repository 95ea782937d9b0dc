import { type Day, dayFromNumber, dayNumber, dayOf, rocDay, rocLongDay, startOf, weekday } from '../time.ts'
import { type Answer, type Calculation, Due } from './answer.ts'
import { type Calendar, outside } from './calendar.ts'
import { calendarLine, closedSpans, longDay, statusLines } from './explain.ts'
import type { DeadlineParams, Rule } from './rule.ts'
import { cutoffTime, officeClosingTime, stopsBefore, type TenderClose, type TenderTime, tenderClose, tenderTime } from './tender.ts'
import { amountClassTitles } from './thresholds.ts'

/** When a tender announced on the trigger day closes: a day, or an instant where the cut-off is not office closing. */
export function tenderDeadline(rule: Rule, trigger: Day | Date, params: DeadlineParams, calendar: Calendar): Answer {
  const time = tenderTime(rule.tender!, params)
  if ('why' in time) return { kind: 'undetermined', because: time.why }
  const publication = dayNumber(typeof trigger === 'string' ? trigger : dayOf(trigger))
  const close = tenderClose(publication, time.days, params.cutoff, calendar)
  const last = calendar.dayAt(close.last)!
  if (close.due === outside) {
    return { kind: 'undetermined', because: `辦公日曆 ${calendar.version} 只有 ${rocDay(calendar.firstDay)} 至 ${rocDay(calendar.lastDay)}，不知道截止日 ${rocDay(last)} 是否上班` }
  }
  const due = calendar.dayAt(close.due)!
  const clock = cutoffTime(params.cutoff)
  const calculation: Calculation = {
    rule, trigger, params, calendar, unit: 'cd', length: time.days, extension: 0, start: publication, pausedDays: 0, last: close.last, due: close.due,
    instant: clock === null ? null : new Date(startOf(due).getTime() + minutesOf(clock) * 60_000), fromReasonsInExtension: false,
    tender: { time, close }, tell: tellTender,
  }
  return new Due(calculation, due, last)
}

const minutesOf = (clock: string): number => +clock.slice(0, 2) * 60 + +clock.slice(3)

function tellTender(c: Calculation): string[] {
  const { rule, params, start, calendar } = c
  const { time, close } = c.tender!
  const clock = cutoffTime(params.cutoff)
  const variant = params.clock === undefined ? '' : `，${rule.tender!.clocks?.[params.clock]?.title ?? params.clock}`
  const at = clock === null ? '當日下班時間' : `當日 ${clock}`
  return [
    `${rule.title}：${time.days} 日${variant}。依據：${time.citation}。`,
    `${longDay(dayFromNumber(start))}${rule.trigger}。`,
    ...lengthLines(time),
    `公告（邀標）當日算作第 1 日（招標期限標準 §11 I）。`,
    close.countsLastDay
      ? `截止時間為${at}，截止日算一日（§11 II）：第 ${time.days} 日為 ${longDay(dayFromNumber(close.last))}。`
      : `截止時間為${at}，未達下班時間（${officeClosingTime}），截止日不算入（§11 II）：算滿 ${time.days} 日之次日為 ${longDay(dayFromNumber(close.last))}。`,
    ...moveLines(c, close, clock),
    `截止：${rocLongDay(dayFromNumber(close.due))}（星期${weekday(dayFromNumber(close.due))}）${clock ?? '下班時間'}。`,
    ...(params.cutoff === undefined ? ['未指定截止時間，以下班時間計；早於下班時間者，截止日順延一日。'] : []),
    ...openingLines(c, close),
    '適用條約或協定之採購，等標期依其規定（招標期限標準 §2 II、§9）。',
    calendarLine(calendar),
    ...statusLines(rule),
  ]
}

function lengthLines(time: TenderTime): string[] {
  const who = time.amountClass ? amountClassTitles[time.amountClass] : ''
  const lines = [time.isOwn ? `機關所定等標期 ${time.base} 日${who ? `（${who}）` : ''}。` : `${who ? `${who}，` : ''}等標期不得少於 ${time.base} 日。`]
  for (const { title, days, result, citation } of time.steps) {
    lines.push(days > 0 ? `${title}縮短 ${days} 日，為 ${result} 日（${citation}）。` : `${title}不再縮短：${result} 日已達下限（${citation}）。`)
  }
  if (time.extension) lines.push(`延長 ${time.extension} 日，為 ${time.days} 日（招標期限標準 §7 I）。`)
  return lines
}

// §11 III: a rest day gives way to the day after it. IV: an office day on which work stops, to the next at the same time.
function moveLines({ calendar }: Calculation, { last, due }: TenderClose, clock: string | null): string[] {
  if (due === last) return []
  const days = Array.from({ length: due - last }, (_, i) => last + i)
  const isStop = days.some((number) => calendar.isOpenNumber(number) || calendar.names.get(number)?.includes('停止'))
  const closed = closedSpans(calendar, days.filter((number) => !calendar.isOpenNumber(number)))
  const stopped = days.filter((number) => calendar.isOpenNumber(number) && stopsBefore(calendar, number, clock)).map((number) => {
    const half = calendar.halfClosures.get(number)!
    return `${rocDay(half.day)} ${half.half === 'morning' ? '上午' : '下午'}${half.name}`
  })
  return [`截止日${isStop ? '停止辦公' : '為休息日'}（${[...closed, ...stopped].join('、')}），以次一辦公日之同一時間代之（招標期限標準 §11 ${isStop ? 'III、IV' : 'III'}）：${longDay(dayFromNumber(due))}。`]
}

// 採購法施行細則 §49-1, for open and selective tendering and comparison of prices.
function openingLines({ rule, calendar }: Calculation, { due }: TenderClose): string[] {
  if (rule.id === 'tender-quotes' || rule.id === 'tender-selective-prequal') return []
  const next = calendar.nextOpenNumber(due + 1)
  return next === outside ? [] : [`開標時間應為 ${rocDay(dayFromNumber(due))} 或次一上班日 ${rocDay(dayFromNumber(next))}（採購法施行細則 §49-1）。`]
}
