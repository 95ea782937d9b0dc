import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { done, isRefusal } from '../../../core/errors.ts'
import { CaseNameInput, optionalText } from '../inputs.ts'
import { hold, moveTo } from '../petition.ts'
import { reindex } from '../reindex.ts'
import { letterLimits, outsideCounty, townships } from '../schema.ts'

export const Classify = z.object({
  name: CaseNameInput,
  title: z.string().trim().min(letterLimits.titleMin, '請填主旨').max(letterLimits.titleMax, `主旨最多 ${letterLimits.titleMax} 個字`),
  category: optionalText(50),
  township: z.enum([...townships, outsideCounty]).nullish().catch(null),
  place: optionalText(200),
})

/** 歸類: title, category, township and place as the office files it; the letter itself never changes. */
export const classifyPetition = act('petitions.classify', Classify, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'classify')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  const before = await tx.selectFrom('petitions').select('place').where('id', '=', petition.id).executeTakeFirstOrThrow()
  const changed = [
    input.title !== petition.title && 'title',
    input.category !== petition.category && 'category',
    (input.township ?? null) !== petition.township && 'township',
    input.place !== before.place && 'place',
  ].filter((name) => name !== false)
  if (!changed.length) return done()
  await tx.updateTable('cases').set({ title: input.title, township: input.township ?? null }).where('id', '=', petition.id).execute()
  await tx.updateTable('petitions').set({ category: input.category, place: input.place }).where('id', '=', petition.id).execute()
  await reindex(tx, petition.id)
  await moveTo(tx, ctx, petition, petition.stage, 'petition.classified', { changed })
  return done()
})
