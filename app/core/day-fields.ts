import { z } from 'zod'
import { type Day, parseDay } from './time.ts'

/** A day as people write it (110/4/1, 2021-04-01), which must be given; `message` says what to write. */
export const dayField = (message: string) => z.string().trim().transform((text, check) => parseDay(text) ?? (check.addIssue({ code: 'custom', message }), '' as Day))

/** The same where it may be left out: null. */
export const optionalDay = (message: string) => z.string().trim().optional().transform((text, check) => (text ? (parseDay(text) ?? (check.addIssue({ code: 'custom', message }), null)) : null))
