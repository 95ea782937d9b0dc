import { type Day, type DayParts, dayFromNumber, dayFromParts, dayNumber, dayOf, daysInMonth, partsFromNumber, rocDateTime, rocDay, rocLongDay, weekday, weekdayOfNumber } from '../time.ts'
import type { Calculation } from './answer.ts'
import type { Calendar } from './calendar.ts'
import type { DeadlineParams, Filing, Rule } from './rule.ts'

/** How the day was worked out, one sentence a line: rule, start, length, what moved it, the calendar. */
export function explainDue(c: Calculation): string[] {
  if (c.tell) return c.tell(c)
  return [
    headline(c),
    ...startLines(c),
    ...travelLines(c),
    ...(c.unit === 'wd' ? officeDayLines(c) : c.unit === 'h' ? hourLines(c) : spanLines(c)),
    ...rollLines(c),
    resultLine(c),
    ...noteLines(c),
    ...(c.unit === 'h' || (c.unit !== 'wd' && c.rule.roll === 'none') ? [] : [calendarLine(c.calendar)]),
    ...statusLines(c.rule),
  ]
}

/** By which calendar: its years, its edition, and the county's own closures in words. */
export function calendarLine({ firstDay, lastDay, version, closures }: Calendar): string {
  const years = [firstDay, lastDay].map((each) => +each.slice(0, 4) - 1911)
  const own = closures.length ? `，另計本縣停止上班 ${closures.length} 次` : ''
  const edition = /^\d{4}-\d{4}\.(\d+)/.exec(version)?.[1]
  return `依民國 ${years[0]} 年至 ${years[1]} 年的政府機關辦公日曆計算（${edition ? `第 ${edition} 版` : `版本 ${version}`}${own}）。`
}

// Where the law says that the first day is not counted, how months end, and that a closed last day moves.
const articles: Record<Rule['counting'], { first: string; months: string; roll: string }> = {
  civil: { first: '（民法 §120 II）', months: '（民法 §121）', roll: '（民法 §122）' },
  administrative: { first: '（行政程序法 §48 II）', months: '（行政程序法 §48 III）', roll: '（行政程序法 §48 IV）' },
  'office-days': { first: '', months: '', roll: '' },
  gazette: { first: '', months: '', roll: '' },
  own: { first: '', months: '', roll: '' },
}

const restartNames = { correctedOn: '補正', lastReasonsOn: '收受最後補具之理由', resumedOn: '停止原因消滅' } as const

function headline(c: Calculation): string {
  const { rule, params, unit, length } = c
  const variant = params.clock === undefined ? '' : `，${rule.variants?.[params.clock]?.title ?? params.clock}`
  const own = params.days === undefined ? '' : '，天數由機關指定'
  const whole = c.fromReasonsInExtension ? `${rule.length} 個月，延長 ${c.params.extensionMonths} 個月` : fixedText(rule) ?? lengthText(unit, length, rule)
  if (whole === '') return `${rule.title}。依據：${rule.citation}。`
  return `${rule.title}：${whole}${variant}${shareText(rule, params, length)}${own}。依據：${rule.citation}。`
}

// What has no length to name: days of the year, or an effect on the same day.
function fixedText({ fixedDates, length }: Rule): string | null {
  if (fixedDates) return `每年 ${fixedDates.map((date) => `${+date.slice(0, 2)} 月 ${+date.slice(3)} 日`).join('、')}`
  return length === 0 ? '' : null
}

const levelNames = ['', '第一級', '第二級', '第三級', '第四級']

// The level, or the share of the tender time, that the length comes from.
function shareText({ levels, tenderShare }: Rule, { level, tenderDays }: DeadlineParams, length: number): string {
  if (levels && level !== undefined) return `，${levelNames[level]}事件`
  if (!tenderShare || tenderDays === undefined) return ''
  const share = Math.ceil(tenderDays / tenderShare.divisor)
  return `，等標期 ${tenderDays} 日的${tenderShare.divisor === 4 ? '四分之一' : `${tenderShare.divisor} 分之一`}計 ${share} 日${length > share ? `，以 ${length} 日計` : ''}（${tenderShare.citation}）`
}

function lengthText(unit: Calculation['unit'], length: number, rule?: Rule): string {
  if (rule?.direction === 'days-before') return `前 ${length} 日`
  if (rule?.direction) return `至少 ${length} ${unit === 'mo' ? '個月' : '日'}前`
  if (rule?.firstDay === 'counted' && unit === 'cd' && (rule.dueWord ?? '失效日') === '失效日') return `第 ${length} 日`
  return `${length} ${{ cd: '日', wd: '個工作日', mo: '個月', y: '年', h: '小時' }[unit]}`
}

function startLines(c: Calculation): string[] {
  const { rule, trigger, params, start } = c
  const lines: string[] = []
  const other = rule.startsFrom && params[rule.startsFrom.param] ? otherStartText(c) : ''
  const happened = typeof trigger === 'string' ? longDay(trigger) : `${rocDateTime(trigger)} `
  const kind = params.serviceKind
  const delay = kind && rule.serviceDelays?.[kind]
  if (delay) {
    const effect = delay.days ? `，經 ${delay.days} 日，於 ${rocDay(dayFromNumber(dayNumber(typeof trigger === 'string' ? trigger : dayOf(trigger)) + delay.days))} 發生效力` : '，即日發生效力'
    lines.push(`${happened}${kind}${effect}（${delay.citation}）。`)
  } else if (!other || rule.startsFrom!.when === 'earlier') lines.push(`${happened}${kind && kind !== '送達' ? rule.trigger.replace(/送達/, kind) : rule.trigger}。`)
  if (other) lines.push(other)
  for (const name of rule.restartOn ?? []) {
    if (params[name]) lines.push(`${longDay(params[name])}${restartNames[name]}，期間重行起算。`)
  }
  if (c.fromReasonsInExtension) lines.push(`理由於延長期間內補具，自收受之次日起算，不得逾 ${c.length} 個月（審議規則 §27 IV）。`)
  if (c.unit === 'h') lines.push('自該時刻起算，夜間及假日照算。')
  else if (rule.fixedDates || c.length === 0) return lines
  else if (rule.direction === 'days-before') lines.push('自該日的前一日起往前推算。')
  else if (rule.direction) lines.push(rule.firstDay === 'counted' ? '自該日終了往前推算。' : '自該日往前推算，當日不算入。')
  else if (rule.firstDay === 'counted') lines.push(`${longDay(dayFromNumber(start))}當日算作第 1 日。`)
  else lines.push(`${rocDay(dayFromNumber(start))} 當日不算入，自次日 ${longDay(dayFromNumber(start + 1))}起算${articles[rule.counting].first}。`)
  return lines
}

function otherStartText({ rule, params, fromOtherStart }: Calculation): string {
  const { param, title, citation } = rule.startsFrom!
  const { when } = rule.startsFrom!
  if (when === 'always') return `${longDay(params[param]!)}${title}（${citation}）。`
  return `${longDay(params[param]!)}${title}，${fromOtherStart ? '以該日起算' : '不早於前述之日，仍自前述之日起算'}（${citation}）。`
}

function addedText(c: Calculation): string {
  const inMonths = c.unit === 'mo' || c.unit === 'y'
  const extended = [c.extension ? lengthText(inMonths ? 'mo' : c.unit, c.extension) : '', c.extraDays ? `${c.extraDays} 日` : ''].filter(Boolean)
  const travelled = c.travel?.days ? `，加計在途期間 ${c.travel.days} 日` : ''
  return `${lengthText(c.unit, c.length)}${extended.length ? `，展期 ${extended.join('又 ')}` : ''}${travelled}${pauseText(c)}`
}

// 訴願法 §16: where one lives, where the authority sits, and whether a representative lives there.
function travelLines({ rule, params, travel }: Calculation): string[] {
  if (!rule.travel) return []
  if (params.representativeAtSeat) return ['訴願代理人住居受理訴願機關所在地，得為期間內應為之訴願行為，不扣除在途期間（訴願法 §16 I 但書）。']
  if (!travel) return []
  const where = travel.seat === null ? `住居${travel.residence}` : `住居${travel.residence}，受理訴願機關在${travel.seat}`
  if (travel.days === 0) return [`${where}，無在途期間（訴願法 §16 I；${travel.article}）。`]
  return [`${where}，在途期間 ${travel.days} 日（訴願法 §16 I；${travel.article}）。`]
}

function pauseText({ params, pausedDays, unit }: Calculation): string {
  if (!pausedDays) return ''
  const spans = (params.pauses ?? []).filter(({ to }) => to).map(({ from, to, reason }) => `${rocDay(from)} 至 ${rocDay(to!)}${reason ? ` ${reason}` : ''}`)
  return `，補回停止計算的 ${lengthText(unit === 'wd' ? 'wd' : 'cd', pausedDays)}（${spans.join('；')}）`
}

function officeDayLines(c: Calculation): string[] {
  const { calendar, start, last } = c
  const closed: number[] = []
  const madeUp: number[] = []
  let weekendDays = 0
  for (let n = start + 1; n <= last; n++) {
    const isNamed = calendar.names.has(n)
    if (calendar.isOpenNumber(n)) { if (isNamed && isWeekend(n)) madeUp.push(n) }
    else if (isNamed) closed.push(n)
    else weekendDays++
  }
  const skipped = [weekendDays ? `星期六、星期日 ${weekendDays} 日` : '', ...namedSpans(c, closed)].filter(Boolean)
  const lines = [`算滿 ${addedText(c)}，為 ${longDay(dayFromNumber(last))}。`]
  if (skipped.length) lines.push(`其間不上班而不計入的有：${skipped.join('、')}。`)
  if (madeUp.length) lines.push(`補行上班而計入的有：${madeUp.map((n) => shortDay(dayFromNumber(n))).join('、')}。`)
  return [...lines, ...citationLines(c)]
}

const hourLines = (c: Calculation): string[] => [`加 ${addedText(c)}。`]

function spanLines(c: Calculation): string[] {
  const { rule, unit, start, last } = c
  const end = longDay(dayFromNumber(last))
  if (rule.direction === 'days-before') return [`往前第 ${c.length} 日為 ${end}。`]
  const eve = rocDay(dayFromNumber(rule.firstDay === 'counted' ? start : start - 1))
  if (rule.fixedDates) return [`其後（含當日）最近的期限為 ${end}。`]
  if (rule.direction && unit === 'mo') return [`往前 ${c.length} 個月，其間須滿 ${c.length} 個月（${rocDay(dayFromNumber(last + 1))} 至 ${eve}），最遲為 ${end}。`]
  if (rule.direction) return [`其間須有 ${c.length} 個整日（${rocDay(dayFromNumber(last + 1))} 至 ${eve}），最遲為 ${end}。`]
  if (rule.firstDay === 'counted') {
    const own = longDay(dayFromNumber(c.bar?.own ?? last))
    const line = `${unit === 'cd' ? `第 ${c.length} 日` : `算滿 ${lengthText(unit, c.length)}之日`}為 ${own}${rule.roll === 'none' ? '，不因放假順延' : ''}。`
    return [line, ...barLines(c)]
  }
  if (c.length === 0) return []
  const how = unit === 'cd' ? '' : `${monthEndText(partsFromNumber(start + 1), c)}${articles[rule.counting].months}`
  const own = longDay(dayFromNumber(c.milder?.last ?? c.bar?.own ?? last))
  return [`期間 ${addedText(c)}，${how ? `${how}，` : ''}末日為 ${own}。`, ...milderLines(c), ...citationLines(c), ...barLines(c)]
}

// 行政程序法 §48 V: both counts, and which of them is better for the person.
function milderLines({ rule, milder }: Calculation): string[] {
  if (!milder) return []
  const counted = rocDay(dayFromNumber(milder.withFirstDay))
  return rule.milder === 'shorter'
    ? [`期間涉及處罰或其他不利處分，始日以一日論、末日放假照計，為 ${counted}，對當事人較為有利，以此為準（行政程序法 §48 V）。`]
    : [`始日以一日論、末日放假照計者為 ${counted}；依一般計算對當事人較為有利，以一般計算為準（行政程序法 §48 V 但書）。`]
}

// 民法 §121: a whole month from the 1st; else the day before the corresponding day; without one the month's last day.
function monthEndText(begin: DayParts, { unit, length, extension }: Calculation): string {
  if (begin.date === 1) return '自月之始日起算，至最後之月的末日'
  const index = begin.year * 12 + begin.month - 1 + length * (unit === 'y' ? 12 : 1) + extension
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1]
  if (daysInMonth(year, month) < begin.date) return `${month} 月沒有 ${begin.date} 日可以相當，以該月末日計`
  return `相當日 ${rocDay(dayFromParts(year, month, begin.date)!)} 的前一日`
}

// Where the bar comes before the end of the period of its own, it decides.
function barLines({ rule, params, bar, start }: Calculation): string[] {
  if (!bar) return []
  const { from, title, unit, length, citation } = rule.bar!
  const isCounted = rule.firstDay === 'counted'
  const reach = `${longDay(params[from]!)}${title}，${isCounted ? `當日起算第 ${length} 日` : `加 ${lengthText(unit, length)}，至遲`}為 ${longDay(dayFromNumber(bar.last))}`
  if (!bar.decides) return [`${reach}，不先於上述期間屆滿，不影響（${citation}）。`]
  const tooLate = bar.last <= start && !isCounted ? `${rocDay(dayFromNumber(start))} ${rule.trigger}時已逾此期間。` : ''
  return [`${reach}，先於上述期間屆滿，以此為準（${citation}）。${tooLate}`]
}

function citationLines({ rule, unit, extension, extraDays, lateExtension, pausedDays }: Calculation): string[] {
  const inMonths = unit === 'mo' || unit === 'y'
  const lines: string[] = []
  if ((extension || extraDays) && rule.extension) lines.push(`展期依據：${rule.extension.citation}。`)
  if (lateExtension) {
    lines.push(`展期 ${lengthText(inMonths ? 'mo' : unit, lateExtension.length)}於 ${rocDay(lateExtension.told)} 始通知，已在原期間 ${rocDay(lateExtension.end)} 屆滿之後，不生展期之效力（${rule.extension!.citation}）。`)
  }
  if (pausedDays && rule.pausable) lines.push(`停止計算依據：${rule.pausable.citation}。`)
  return lines
}

function rollLines(c: Calculation): string[] {
  const { rule, calendar, last, due } = c
  if (due === last) {
    if (rule.roll !== 'none' && c.unit !== 'wd' && isWeekend(last)) return [`末日 ${shortDay(dayFromNumber(last))}為補行上班日，不順延。`]
    return []
  }
  const closed = Array.from({ length: due - last }, (_, i) => last + i)
  const target = rule.roll === 'target' ? `機關內部仍以 ${rocDay(dayFromNumber(last))} 為作業目標。` : ''
  // 天然災害停止上班 on the last day counts as 其他休息日: practice, in no text.
  const byPractice = c.unit !== 'wd' && closed.some((number) => calendar.isClosureNumber(number)) ? ['停止上班日視同其他休息日，係依實務見解，待法制單位確認。'] : []
  return [
    `末日不上班（${namedSpans(c, closed).join('、')}），順延至次一上班日 ${longDay(calendar.dayAt(due)!)}${articles[rule.counting].roll}。`,
    ...byPractice,
    ...(target ? [target] : []),
  ]
}

function resultLine({ rule, instant, due }: Calculation): string {
  const when = instant ? rocDateTime(instant) : `${rocLongDay(dayFromNumber(due))}（星期${weekday(dayFromNumber(due))}）`
  if (rule.direction) return `最遲日：${when}。`
  return `${rule.dueWord ?? (rule.firstDay === 'counted' && rule.roll === 'none' ? '生效日' : '到期')}：${when}。`
}

function noticeLines({ rule, due }: Calculation, sent: Day): string[] {
  if (rule.notice?.decides === 'nothing') return [`${longDay(sent)}${rule.notice.text}。`]
  if (rule.notice?.decides !== 'timely') return []
  return [`${longDay(sent)}${rule.notice.text}，${dayNumber(sent) <= due ? '在期限之內' : `已逾期限；${rule.onLapse}`}。`]
}

function filingText({ by, misfiled, citation }: Filing): string {
  const day = by === 'postmark' ? '以掛號郵寄提出者，以交郵當日之郵戳為準；其他方式以送達之日為準' : '以機關收受之日為準，不以郵戳為準'
  return `${day}${misfiled ? '；誤向其他機關提出者，以該機關收受之日為準' : ''}（${citation}）。`
}

function noteLines(c: Calculation): string[] {
  const { rule, params, calendar, last, due } = c
  const lines: string[] = []
  if (rule.counting === 'administrative' && due > last && weekdayOfNumber(last) === 6) {
    lines.push('條文稱以次星期一上午代之；實務計至當日終止，當日下午提出的請由承辦人審認，不得逕行退回。')
  }
  const half = calendar.halfClosures.get(due)
  if (half && c.unit !== 'h' && rule.roll !== 'none') {
    lines.push(`當日${half.half === 'morning' ? '上午' : '下午'}${half.name}，半日不順延；因此遲誤期間者，得依法申請回復原狀。`)
  }
  if (rule.direction && rule.roll === 'none' && calendar.knowsNumber(due) && !calendar.isOpenNumber(due)) {
    const earlier = calendar.dayAt(calendar.addOfficeDaysNumber(due, -1))
    lines.push(`該日不上班，期限不因此延後${earlier ? `；須於上班時間送達的，請提前至 ${longDay(earlier)}` : ''}。`)
  }
  if (params.noticeSent) lines.push(...noticeLines(c, params.noticeSent))
  if (rule.filing) lines.push(filingText(rule.filing))
  if (rule.note) lines.push(rule.note)
  return lines
}

/** What the status of a rule says to the reader. */
export function statusLines(rule: Rule): string[] {
  if (rule.confirmed) return [`本規則經法制單位確認（${rule.confirmed.by}，${rocDay(rule.confirmed.on)} ${rule.confirmed.documentNumber}）。`]
  if (rule.status === 'S') return ['本規則依據二手資料，待法制單位確認。']
  if (rule.status === 'U') return ['本規則尚未查證，待法制單位確認。']
  return []
}

// Neighbouring days of one name are written once: 114/1/29 至 114/1/31 春節.
const namedSpans = ({ calendar }: Calculation, numbers: readonly number[]): string[] => closedSpans(calendar, numbers)

/** Closed days with the reason, neighbouring days of one reason as one. */
export function closedSpans(calendar: Calendar, numbers: readonly number[]): string[] {
  const spans: { from: number; to: number; name: string }[] = []
  for (const number of numbers) {
    const name = calendar.names.get(number) ?? `星期${weekday(dayFromNumber(number))}`
    const last = spans.at(-1)
    if (last && last.name === name && last.to === number - 1) last.to = number
    else spans.push({ from: number, to: number, name })
  }
  return spans.map(({ from, to, name }) => `${rocDay(dayFromNumber(from))}${to > from ? ` 至 ${rocDay(dayFromNumber(to))}` : ''} ${name}`)
}

const isWeekend = (number: number): boolean => { const w = weekdayOfNumber(number); return w === 0 || w === 6 }
/** 113年2月15日（四） */
export const longDay = (day: Day): string => `${rocLongDay(day).replace('民國', '').replace('前', '民國前')}（${weekday(day)}）`
const shortDay = (day: Day): string => `${rocDay(day)}（${weekday(day)}）`
