import { z } from 'zod'
import { type Day, parseDay, whyNotDay } from '../../core/time.ts'

/** A day that must be given. */
export const pastDay = (what: string) => z.string().trim().transform((text, check) => {
  const day = parseDay(text)
  if (!day) check.addIssue({ code: 'custom', message: text ? (whyNotDay(text) ?? `讀不出${what}`) : `請填${what}，例如 110/4/1` })
  return day as Day
})

/** A day that may be left out. */
export const optionalDay = z.string().trim().optional().transform((text, check) => {
  if (!text) return null
  const day = parseDay(text)
  if (!day) check.addIssue({ code: 'custom', message: whyNotDay(text) ?? '讀不出日期，請寫成 110/4/1 這樣' })
  return day
})

export const optionalLine = (max: number) => z.string().trim().max(max, `最多 ${max} 個字`).optional().transform((text) => text || null)
export const ticked = z.string().optional().transform((value) => value === 'yes')
