import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { done } from '../../../core/errors.ts'
import { createPetition } from '../create.ts'
import { type Channel, channels, letterLimits } from '../schema.ts'

const optional = z.string().trim().max(200).nullish()

const Filing = z.object({
  channel: z.enum(Object.keys(channels) as [Channel, ...Channel[]], '管道不正確'),
  title: z.string().trim().min(letterLimits.titleMin, '主旨至少 2 個字').max(letterLimits.titleMax, '主旨最多 100 個字'),
  body: z.string().trim().min(letterLimits.bodyMin, '內容至少 5 個字').max(letterLimits.bodyMax, '內容最多 8,000 個字，其餘請以附件提供'),
  township: optional,
  category: optional,
  name: optional,
  email: optional,
  phone: optional,
  address: optional,
})

/** Another system hands in a petition that it received just now. The 案號 is drawn when the desk registers it. */
export const registerByApi = act(
  'petitions.file-by-api',
  Filing,
  async (tx, ctx, input) => {
    const { name, email, phone, address, ...letter } = input
    const made = await createPetition(tx, ctx, { ...letter, sender: { name: name ?? null, email: email ?? null, phone: phone ?? null, address: address ?? null }, receivedAt: ctx.now })
    return done({ followNo: made.followNo })
  },
  { permission: 'petitions.register' },
)
