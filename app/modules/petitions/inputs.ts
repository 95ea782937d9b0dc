import { z } from 'zod'

// Fields that many forms of the desk share. Names are those of the forms.

/** 案號 or follow number of the case the act is about. */
export const CaseNameInput = z.string().min(1).max(40)

export const reason = (what: string) => z.string().trim().min(2, `請寫下${what}`).max(1000, `${what}最多 1,000 個字`)

export const remark = z.string().trim().max(1000, '最多 1,000 個字').optional()

/** An id chosen from a list; blank is a sentence of ours. */
export const chosenId = (what: string) => z.coerce.number({ error: `請選擇${what}` }).int().positive(`請選擇${what}`)

/** Ids of ticked boxes: a form sends one, several or none. */
export const chosenIds = z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.coerce.number().int().positive()).max(500))

/** Blank text is the same as nothing. */
export const optionalText = (max: number) => z.string().trim().max(max, `最多 ${max.toLocaleString('en')} 個字`).transform((text) => text || null).nullish().transform((text) => text ?? null)
