import { type Day, hasClockTime, parseDay, parseInstant, whyNotDay, whyNotInstant } from '../time.ts'
import type { Parse } from './schema.ts'

/** Text kept as written, line breaks made plain. */
export const text = (lengthMax: number): Parse<string> => (cell) => {
  const plain = cell.replace(/\r\n?/g, '\n')
  return plain.length > lengthMax ? { reason: `有 ${plain.length} 個字，最多 ${lengthMax} 個字` } : { value: plain }
}

/** A number, code or name that must be found again: one line, full-width signs made plain, no invisible signs. */
export const key = (lengthMax: number): Parse<string> => (cell) => {
  const plain = cell.normalize('NFKC').trim()
  const hidden = /[\p{Cc}\p{Cf}\u2028\u2029]/u.exec(plain)
  if (hidden) return { reason: `含有看不見的字元（${codePoint(hidden[0])}），請刪除` }
  if (plain.length > lengthMax) return { reason: `有 ${plain.length} 個字，最多 ${lengthMax} 個字` }
  return { value: plain }
}

/** One of the words, whether the cell or the word is written with full-width signs or plain ones: 鄉（鎮、市）公所. */
export const oneOf = <T extends string>(choices: readonly T[]): Parse<T> => (cell) => {
  const found = choices.find((choice) => level(choice) === level(cell))
  return found === undefined ? { reason: `「${clip(cell)}」不是 ${choices.join('、')} 之一` } : { value: found }
}

/** The value behind the label. */
export const labelled = <T>(choices: ReadonlyMap<string, T>): Parse<T> => (cell) => {
  const label = oneOf([...choices.keys()])(cell)
  return 'value' in label ? { value: choices.get(label.value)! } : label
}

export const wholeNumber = (from: number, to: number): Parse<number> => (cell) => {
  const plain = cell.normalize('NFKC').trim()
  const number = Number(plain)
  const isGood = /^\d{1,15}$/.test(plain) && number >= from && number <= to
  return isGood ? { value: number } : { reason: `「${clip(cell)}」不是 ${from} 到 ${to} 的整數` }
}

export const yesOrNo: Parse<boolean> = (cell) => {
  const answer = oneOf(['是', '否'])(cell)
  return 'value' in answer ? { value: answer.value === '是' } : answer
}

export const listOf = <T>(parse: Parse<T>): Parse<T[]> => (cell) => {
  const values: T[] = []
  for (const part of cell.split(/[、，,;；\n]/)) {
    if (part.trim() === '') continue
    const parsed = parse(part.trim())
    if ('reason' in parsed) return parsed
    values.push(parsed.value)
  }
  return { value: values }
}

/** A day without a time. */
export const dayCell: Parse<Day> = (cell) => {
  const day = parseDay(cell)
  if (day) return { value: day }
  const instant = parseInstant(cell)
  return { reason: instant ? '只要日期，不要時間' : (whyNotDay(cell) ?? '讀不出日期') }
}

/** An instant, and whether its time of day was given; without it `at` is the day's first instant. */
export type Moment = { at: Date; hasTime: boolean }

export const moment: Parse<Moment> = (cell) => {
  const at = parseInstant(cell)
  return at ? { value: { at, hasTime: hasClockTime(cell) } } : { reason: whyNotInstant(cell) ?? '讀不出日期' }
}

const level = (written: string): string => written.normalize('NFKC').trim()

export const clip = (cell: string): string => {
  const characters = Array.from(cell)
  return characters.length <= 30 ? cell : `${characters.slice(0, 30).join('')}…`
}

const codePoint = (character: string): string => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
