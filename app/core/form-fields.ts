import { z } from 'zod'

/** A tick box: yes or no. */
export const ticked = z.string().optional().transform((value) => value === 'yes')

/** One line that may be left out: null. */
export const optionalLine = (max: number) => z.string().trim().max(max, `最多 ${max} 個字`).optional().transform((text) => text || null)
