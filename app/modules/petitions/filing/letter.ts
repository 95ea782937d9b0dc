import { z } from 'zod'
import { refuseAddress } from '../../../core/mail/outbox.ts'
import { categories, letterLimits, outsideCounty, townships } from '../schema.ts'
import { cleanCode, cleanLine, cleanText, countCharacters } from '../../../core/filing/clean.ts'
import type { Words } from './words/index.ts'

export const lineLimits = { place: 200, name: 50, phone: 40, address: 200 }
export const answerWays = ['mail', 'post', 'telephone'] as const

/** What a resident files, checked and cleaned. */
export type Filing = z.output<ReturnType<typeof filingSchema>>

/** The form's fields checked: a filing, or a sentence a field in the words of the page. */
export function checkFiling(fields: Record<string, string>, words: Words): { filing: Filing; errors?: never } | { filing?: never; errors: Record<string, string> } {
  const parsed = filingSchema(words).safeParse(fields)
  const errors = missingForAnswer(fields, words)
  if (!parsed.success) for (const issue of parsed.error.issues) errors[String(issue.path[0] ?? '_')] ??= issue.message
  return parsed.success && !Object.keys(errors).length ? { filing: parsed.data } : { errors }
}

/** A telephone call needs a number, a letter an address. Asked beside the other errors, not after them. */
function missingForAnswer({ answerBy, phone, address }: Record<string, string>, { errors }: Words): Record<string, string> {
  if (answerBy === 'telephone' && !cleanCode(phone)) return { phone: errors.phoneMissing }
  if (answerBy === 'post' && !cleanLine(address)) return { address: errors.addressMissing }
  return {}
}

/** The form's fields that are kept and shown again, whatever is in them. */
export const fieldNames = ['title', 'body', 'category', 'township', 'place', 'latitude', 'longitude', 'name', 'email', 'phone', 'address', 'answerBy', 'publishConsent', 'confidential'] as const

function filingSchema(words: Words) {
  const { errors } = words
  const { titleMin, titleMax, bodyMin, bodyMax } = letterLimits
  const text = (clean: (typed: string | undefined) => string) => z.string().optional().transform(clean)
  const upTo = (limit: number, say: (limit: number) => string) => text(cleanLine).refine((value) => countCharacters(value) <= limit, say(limit)).transform((value) => value || null)
  return z
    .object({
      title: text(cleanLine).check((at) => {
        const count = countCharacters(at.value)
        const no = count === 0 ? errors.titleMissing : count < titleMin ? errors.titleShort(titleMin) : count > titleMax ? errors.titleLong(titleMax, count) : null
        if (no) at.issues.push({ code: 'custom', message: no, input: at.value })
      }),
      body: text(cleanText).check((at) => {
        const count = countCharacters(at.value)
        const no = count === 0 ? errors.bodyMissing : count < bodyMin ? errors.bodyShort(bodyMin) : count > bodyMax ? errors.bodyLong(bodyMax, count) : null
        if (no) at.issues.push({ code: 'custom', message: no, input: at.value })
      }),
      category: text(cleanLine).refine((value) => !value || (categories as readonly string[]).includes(value), errors.category).transform((value) => value || null),
      township: text(cleanLine).refine((value) => !value || value === outsideCounty || (townships as readonly string[]).includes(value), errors.township).transform((value) => value || null),
      place: upTo(lineLimits.place, errors.placeLong),
      latitude: degrees(90),
      longitude: degrees(180),
      name: text(cleanLine).refine((value) => value !== '', errors.nameMissing).refine((value) => countCharacters(value) <= lineLimits.name, errors.nameLong(lineLimits.name)),
      email: text(cleanCode).check((at) => {
        const no = at.value === '' ? errors.emailMissing : refuseAddress(at.value) ? errors.email : null
        if (no) at.issues.push({ code: 'custom', message: no, input: at.value })
      }),
      phone: text(cleanCode)
        .refine((value) => value === '' || (value.length <= lineLimits.phone && value.replace(/\D/g, '').length >= 6), errors.phone)
        .transform((value) => value || null),
      address: upTo(lineLimits.address, errors.addressLong),
      answerBy: z.enum(answerWays, { error: errors.answerBy }),
      publishConsent: z.enum(['yes', 'no'], { error: errors.consent }).transform((value) => value === 'yes'),
      confidential: z.string().optional().transform((value) => value === 'yes'),
    })
}

/** A point is a help, never a reason to refuse: what is no coordinate counts as not given. */
function degrees(max: number) {
  return z.string().optional().transform((typed) => {
    const value = typed?.trim() ? Number(typed) : NaN
    return Math.abs(value) <= max ? Math.round(value * 1e5) / 1e5 : null // about a metre
  })
}
