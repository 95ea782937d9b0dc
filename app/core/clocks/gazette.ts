import { clockTimeOf, type Day, dayFromNumber, dayNumber, dayOf, rocDateTime, rocDay, rocLongDay, weekday } from '../time.ts'
import { type Answer, type Calculation, Due } from './answer.ts'
import { type Calendar, outside } from './calendar.ts'
import { calendarLine, longDay, statusLines } from './explain.ts'
import type { DeadlineParams, Rule } from './rule.ts'

/**
 * The day on which the procurement gazette prints what was sent at an instant, 政府採購公告及公報發行辦法 §21: what came in
 * the morning of an office day is printed on the next, what came in the afternoon on the one after. What is sent on a
 * closed day counts with the afternoon before it. The electronic gazette may be earlier (§21 II).
 */
export function gazetteNumber(sent: Date, calendar: Calendar): number {
  const number = dayNumber(dayOf(sent))
  if (!calendar.knowsNumber(number)) return outside
  const isMorning = clockTimeOf(sent).hour < 12
  return calendar.addOfficeDaysNumber(number, calendar.isOpenNumber(number) && isMorning ? 1 : 2)
}

/** When the gazette prints it; the trigger is the time of sending that the procurement site logged. */
export function gazetteDeadline(rule: Rule, trigger: Day | Date, params: DeadlineParams, calendar: Calendar): Answer {
  if (typeof trigger === 'string') return { kind: 'undetermined', because: `上午、下午傳送的刊登日不同，請寫出傳送的時刻，例如 ${rocDay(trigger)} 09:30` }
  const due = gazetteNumber(trigger, calendar)
  if (due === outside) {
    return { kind: 'undetermined', because: `辦公日曆 ${calendar.version} 只有 ${rocDay(calendar.firstDay)} 至 ${rocDay(calendar.lastDay)}，不知道哪一天刊登` }
  }
  const start = dayNumber(dayOf(trigger))
  const calculation: Calculation = {
    rule, trigger, params, calendar, unit: 'wd', length: calendar.officeDaysBetweenNumbers(start, due), extension: 0, start, pausedDays: 0,
    last: due, due, instant: null, fromReasonsInExtension: false, tell: tellGazette,
  }
  return new Due(calculation, dayFromNumber(due), dayFromNumber(due))
}

function tellGazette({ rule, trigger, start, due, length, calendar }: Calculation): string[] {
  const sent = trigger as Date
  const half = clockTimeOf(sent).hour < 12 ? '上午' : '下午'
  const when = calendar.isOpenNumber(start) ? `${half}傳送` : `${calendar.names.get(start) ?? '休息日'}傳送，與前一上班日下午傳送者同`
  return [
    `${rule.title}。依據：${rule.citation}。`,
    `${rocDateTime(sent)} ${rule.trigger}（依採購網站登錄之時間）。`,
    `${when}，於其後第 ${length} 個上班日 ${longDay(dayFromNumber(due))}刊登；遇假日或停止上班日順延，以電子化方式發行者得提前。`,
    `刊登日：${rocLongDay(dayFromNumber(due))}（星期${weekday(dayFromNumber(due))}）。等標期自刊登日起算，不自傳送時起算。`,
    calendarLine(calendar),
    ...statusLines(rule),
  ]
}
