import { findPlace } from '../../../core/clocks/travel.ts'
import { parseDay, rocDay, whyNotDay } from '../../../core/time.ts'
import { type Calculator, type Facts, type Field, fieldsOf } from './calculator.ts'
import { type PageWords, pageWords } from './words.ts'

export type Read = { facts: Facts; /** a sentence a field */ errors: Record<string, string>; /** nothing was filled in yet */ blank: boolean }

/** Reads an address into facts. Days may be ROC or ISO; what is wrong is said at its field, what is right is kept. */
export function readFacts(calculator: Calculator, query: Record<string, string>, words: PageWords = pageWords.zh): Read {
  const { startDays } = calculator
  const fields = fieldsOf(calculator)
  const facts: Facts = { days: {}, texts: {}, numbers: {} }
  const errors: Record<string, string> = {}
  for (const field of fields) {
    const why = readField(field, (query[field.name] ?? '').trim().slice(0, 100), facts, words)
    if (why) errors[field.name] = why
  }
  for (const field of fields) {
    const why = field.needed?.(facts)
    if (why && !(query[field.name] ?? '').trim()) errors[field.name] ??= why
    const unclear = field.kind === 'place' ? field.refuse?.(facts) : null
    if (unclear) errors[field.name] ??= words.errors.unclear(unclear)
  }
  const blank = !fields.some(({ name }) => name in query)
  const given = startDays.some((name) => facts.days[name] !== undefined || errors[name] !== undefined)
  if (!blank && !given) errors[startDays[0]!] = words.errors.noDay
  return { facts, errors: blank ? {} : errors, blank }
}

function readField(field: Field, text: string, facts: Facts, words: PageWords): string | null {
  switch (field.kind) {
    case 'day': return readDay(field.name, text, facts, words)
    case 'choice':
      facts.texts[field.name] = field.options.some(({ value }) => value === text) ? text : field.preset
      return text === '' || facts.texts[field.name] === text ? null : words.errors.choice
    case 'place': return readPlace(field.name, text, facts, words)
    case 'number': {
      const number = /^\d{1,6}$/.test(text) ? Number(text) : null
      if (text !== '' && (number === null || number < field.min || number > field.max)) return words.errors.number(field.min, field.max)
      facts.numbers[field.name] = number ?? undefined
      return null
    }
  }
}

function readDay(name: string, text: string, facts: Facts, words: PageWords): string | null {
  if (text === '') return null
  const day = parseDay(text)
  if (!day) return words.errors.day(text, whyNotDay(text))
  facts.days[name] = day
  return null
}

function readPlace(name: string, text: string, facts: Facts, words: PageWords): string | null {
  facts.texts[name] = ''
  if (text === '') return null
  const found = findPlace(text)
  if ('near' in found) return words.errors.place(text, found.near)
  facts.texts[name] = found.name
  return null
}

/** A field as the form shows it again: days the way they are written here. */
export function shownValue(field: Field, query: Record<string, string>, { facts, errors }: Read): string {
  if (field.kind === 'choice') return facts.texts[field.name]!
  const day = facts.days[field.name]
  return field.kind === 'day' && day && !errors[field.name] ? rocDay(day) : (query[field.name] ?? '')
}
