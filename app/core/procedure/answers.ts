import { z } from 'zod'
import { parseTwd } from '../money.ts'
import { parseDay } from '../time.ts'
import type { Ask } from './step.ts'
import type { Answers } from './tables.ts'

const moneyMax = 10_000_000_000

/** One question's answer as it is typed, checked and made what `Answers` holds. Options that depend on the case are checked by `refuseOption`. */
export function answerOf({ label, kind, required = true, min, max, options }: Ask<never>): z.ZodType<Answers[string]> {
  const typed = z.string().optional().transform((text) => text?.replaceAll('\r\n', '\n').trim() || null)
  return typed.transform((text, check): Answers[string] => {
    const no = (message: string) => {
      check.addIssue({ code: 'custom', message })
      return null
    }
    if (kind === 'yes') return text === 'yes'
    if (text === null) return required ? no(kind === 'choice' ? `請選擇${label}` : `請填${label}`) : null
    switch (kind) {
      case 'day':
        return parseDay(text) ?? no(`讀不出${label}，請寫成 110/4/1 這樣`)
      case 'time':
        return /^([01]?\d|2[0-3]):[0-5]\d$/.test(text) ? text.padStart(5, '0') : no('時間請寫成 09:30')
      case 'money': case 'number': {
        const value = kind === 'money' ? parseTwd(text) : wholeNumber(text)
        if (value === null) return no(kind === 'money' ? `${label}請填整數，單位是元，例如 35000 或 3.5 萬` : `${label}請填整數`)
        if (value < (min ?? 0)) return no(`${label}至少 ${min ?? 0}`)
        return value > (max ?? moneyMax) ? no(`${label}最多 ${(max ?? moneyMax).toLocaleString('en')}`) : value
      }
      case 'choice':
        return typeof options === 'object' && !Object.hasOwn(options, text) ? no(`請選擇${label}`) : text
      default: {
        const longest = max ?? (kind === 'line' ? 200 : 20_000)
        return [...text].length > longest ? no(`${label}最多 ${longest.toLocaleString('en')} 個字`) : text
      }
    }
  })
}

const wholeNumber = (text: string): number | null => (/^\d{1,11}$/.test(text.normalize('NFKC').replace(/[,\s]/g, '')) ? Number(text.normalize('NFKC').replace(/[,\s]/g, '')) : null)

/** The schema of a step's form: name of the case, day, number of the document, note, and its own questions. */
export function stepInput(asks: readonly Ask<never>[]) {
  return z.object({
    name: z.string().min(1).max(40),
    on: z.string().trim().transform((text, check) => parseDay(text) ?? (check.addIssue({ code: 'custom', message: '請填發生的日期，例如 110/4/1' }), '' as never)),
    documentNo: z.string().trim().max(100, '文號最多 100 個字').optional(),
    note: z.string().trim().max(5000, '最多 5,000 個字').optional(),
    ...Object.fromEntries(asks.map((ask) => [ask.name, answerOf(ask)])),
  })
}
