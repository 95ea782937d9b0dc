import { computeDeadline } from '../../core/clocks/index.ts'
import { type Refusal, refusal } from '../../core/errors.ts'
import { numeralSigns, readNumeral } from '../../core/laws/numerals.ts'
import { parseText } from '../../core/laws/parse-text.ts'
import { articleName, articlesOf } from '../../core/laws/text.ts'
import { addDays, type Day, parseDay, rocDay } from '../../core/time.ts'
import type { Change, Instrument } from './schema.ts'

/** What a text says of its own effect: 'promulgation' 自公布日施行, 'later' 施行日期另定, or the day that it names. */
export type EffectClause = { article: string; words: string; says: 'promulgation' | 'later' | Day }

const number = `[${numeralSigns}]+`
const clause = new RegExp(`自(?:公布|發布|下達)之?日起?(?:施行|生效|實施)|施行日期[^。]*?(?:定之|另定|定)|自(?:中華)?(?:民國)?(${number})年(${number})月(${number})日起?(?:施行|生效|實施)`, 'gu')

/** The last sentence of a text that says from when it is in force, in its last article; null where none does. */
export function effectClause(draft: string | null, name: string): EffectClause | null {
  if (!draft) return null
  const { text } = parseText(draft, name)
  const last = articlesOf(text).at(-1)
  const found = last && [...last.text.matchAll(clause)].at(-1)
  if (!last || !found) return null
  const [whole, ...parts] = found
  const says = parts[0] ? dayOf(parts) : whole.startsWith('施行日期') ? 'later' : 'promulgation'
  return says && { article: articleName(last.no, text.form), words: sentenceAt(last.text, found.index), says }
}

/** 中華民國一百十六年一月一日 */
function dayOf(parts: (string | undefined)[]): Day | null {
  const numbers = parts.map((part) => readNumeral(part!))
  return numbers.includes(null) ? null : parseDay(numbers.join('/'))
}

const sentenceAt = (text: string, index: number): string => text.slice(Math.max(text.lastIndexOf('。', index), text.lastIndexOf('\n', index)) + 1).split(/(?<=。)|\n/)[0]!

type Effect = { instrument: Instrument; change: Change; penalty: boolean; clause: EffectClause | null; on: Day; effectiveOn: Day | null; /** said by who promulgates: the text itself goes back before its promulgation */ isSaid: boolean; note: string | undefined }

/**
 * The day of effect of what is promulgated on `on`: the third day, or the day of its own that the text or who promulgates names (地方制度法 §32 IV,
 * 中央法規標準法 §§12–14 by analogy: 待法制單位確認). A day before the promulgation only where the text says so, which is asked for and kept.
 */
export function effectOf({ instrument, change, penalty, clause, on, effectiveOn, isSaid, note }: Effect): Day | Refusal {
  const against = (code: string, message: string, field = 'effectiveOn') => refusal(`regulation.${code}`, message, { field, law: '地方制度法 §32 IV、中央法規標準法 §§12–14' })
  const byLaw = lawfulEffect(instrument, change, on)
  // an amendment repeats the clause of the enactment: it is shown, not compared
  const says = change === 'enact' ? clause?.says : undefined
  if (says === 'later' && !effectiveOn) return against('effect-unsaid', `${clause!.article}說施行日期另定，請填所定的施行日期`)
  const named = says === undefined || says === 'later' ? null : says === 'promulgation' ? byLaw : says
  const day = effectiveOn ?? named ?? byLaw
  if (named && day !== named) return against('effect-differs', `${clause!.article}：「${clause!.words}」，施行日期應為 ${rocDay(named)}`)
  if (day >= on) return day
  if (penalty) return against('retroactive', '有罰則的法規不能溯及公布以前施行')
  if (!isSaid) return against('retroactive-unsaid', `施行日期在公布（${rocDay(on)}）以前；條文明定溯及的，請勾選並寫明是哪一條`)
  return note ? day : against('retroactive-unsaid', '請寫明哪一條明定溯及施行', 'note')
}

/** reg-effective-3rd-day, reg-repeal; a rule that is handed down binds at once (行政程序法 §161). */
function lawfulEffect(instrument: Instrument, change: Change, on: Day): Day {
  return instrument === 'administrative' ? on : dayBy(change === 'repeal' ? 'reg-repeal' : 'reg-effective-3rd-day', on)
}

/** 地方制度法 §32 V: the last day to promulgate is day 1 of three. */
export const deemedEffect = (change: Change, lastDay: Day): Day => dayBy(change === 'repeal' ? 'reg-repeal' : 'reg-deemed-effective', lastDay)

function dayBy(rule: string, on: Day): Day {
  const answer = computeDeadline(rule, on, rule === 'reg-deemed-effective' ? { promulgationDeadline: on } : {})
  return answer.kind === 'due' ? answer.day : addDays(on, 2)
}
