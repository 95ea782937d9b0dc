import { z } from 'zod'
import { type Day, parseDay, whyNotDay } from './time.ts'

const example = '例如 110/4/1'

/** A day as people write it (110/4/1, 2021-04-01), which must be given; `message` says what to write. A day that no calendar has is told as such. */
export const dayField = (message: string) => z.string({ error: message }).trim().transform((text, check) => parseDay(text) ?? (check.addIssue({ code: 'custom', message: (text && whyNotDay(text)) || message }), '' as Day))

/** 請填送達的日期，例如 110/4/1 */
export const namedDay = (what: string) => dayField(`請填${what}，${example}`)

/** The same where it may be left out: null. */
export const optionalDay = (message = '讀不出日期，請寫成 110/4/1 這樣') => z.string().trim().optional().transform((text, check) => (text ? (parseDay(text) ?? (check.addIssue({ code: 'custom', message: whyNotDay(text) ?? message }), null)) : null))
