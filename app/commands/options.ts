import { parseArgs } from 'node:util'
import { WrongUse } from '../core/errors.ts'
import type { FigureSpan } from '../core/figures/figure.ts'
import { type Day, parseDay, parseInstantEnd } from '../core/time.ts'

type Kinds = Record<string, 'text' | 'flag'>

/** Command-line options; unknown ones are refused by name. */
export function readOptions<K extends Kinds>(args: string[], kinds: K): { words: string[]; given: { [N in keyof K]?: K[N] extends 'flag' ? boolean : string } } {
  try {
    const options = Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, { type: kind === 'flag' ? ('boolean' as const) : ('string' as const) }]))
    const parsed = parseArgs({ args, options, allowPositionals: true })
    return { words: parsed.positionals, given: parsed.values as never }
  } catch (error) {
    const unknown = /'(--?[^']+)'/.exec((error as Error).message)?.[1]
    const known = Object.keys(kinds).map((name) => `--${name}`).join('、')
    throw new WrongUse(unknown ? `選項 ${unknown} 不正確或缺少值；可用的選項：${known}` : (error as Error).message)
  }
}

export const spanOptions = { from: 'text', to: 'text', 'status-on': 'text', 'as-of': 'text' } as const

/** Period, status day (default: the period's last day) and as-of instant (default: now). */
export function readSpan(given: { from?: string; to?: string; 'status-on'?: string; 'as-of'?: string }): FigureSpan {
  const from = needDay('--from', given.from)
  const to = needDay('--to', given.to)
  if (to < from) throw new WrongUse(`--to（${given.to}）早於 --from（${given.from}）`)
  const statusOn = given['status-on'] === undefined ? to : needDay('--status-on', given['status-on'])
  return { from, to, statusOn, asOf: given['as-of'] === undefined ? null : needInstant(given['as-of']) }
}

function needDay(option: string, text: string | undefined): Day {
  if (text === undefined) throw new WrongUse(`缺少 ${option}，例如 ${option} 110-04-01`)
  const day = parseDay(text)
  if (!day) throw new WrongUse(`${option} 的「${text}」不是日期，例如 110-04-01 或 2021-04-01`)
  return day
}

/** An instant given without a time is the last instant of that day. */
export function needInstant(text: string, option = '--as-of'): Date {
  const instant = parseInstantEnd(text)
  if (!instant) throw new WrongUse(`${option} 的「${text}」不是時刻，例如 110-10-31 或 2021-10-31T17:00+08:00`)
  return instant
}
