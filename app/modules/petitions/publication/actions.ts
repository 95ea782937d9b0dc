import { z } from 'zod'
import { act, type ActContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { done, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { dayOf } from '../../../core/time.ts'
import { cleanLine, cleanText } from '../../../core/filing/clean.ts'
import { CaseNameInput, reason } from '../inputs.ts'
import { lockForStaff } from '../petition.ts'
import type { OtherProcedure } from '../schema.ts'
import '../tables.ts'
import { mask, refuseUnmasked } from '../../../core/masking/index.ts'
import { officeContacts, readsLikeAccusation, refusePublishing } from './rules.ts'

const text = (what: string, max: number) => z.string().transform(cleanText).refine((value) => value !== '', `請填${what}`).refine((value) => [...value].length <= max, `${what}最多 ${max.toLocaleString('en')} 個字`)

export const Publish = z.object({
  name: CaseNameInput,
  title: z.string().transform(cleanLine).refine((value) => value !== '', '請填主旨').refine((value) => [...value].length <= 100, '主旨最多 100 個字'),
  question: text('陳情內容', 8000),
  answer: text('答復', 20000),
  /** the officer has looked at every place shown for review */
  reviewed: z.literal('yes', { error: '請確認看過標示的地方' }),
  /** it reads like an accusation, and the officer says that it is none */
  notAccusation: z.string().optional(),
  /** telephone, mail and address in the answer are the office's own */
  ownContacts: z.string().optional(),
})

/** Publishes a masked copy of a closed petition and its answer; published again, the new copy takes the place of the old. */
export const publishPetition = act('petitions.publish', Publish, async (tx, ctx, input) => {
  const petition = await lockForStaff(tx, ctx.person, input.name, 'petitions.publish')
  const detail = await tx.selectFrom('petitions').select(['answer', 'other_procedure', 'sender_name', 'publish_consent']).where('id', '=', petition.id).executeTakeFirstOrThrow()
  const no = refusePublishing({ ...petition, answer: detail.answer, otherProcedure: detail.other_procedure as OtherProcedure | null })
  if (no) return no
  const letters = await tx.selectFrom('petition_letters').select('text').where('case_id', '=', petition.id).execute()
  if (readsLikeAccusation([petition.title, ...letters.map((letter) => letter.text)]) && input.notAccusation !== 'yes') {
    return refusal('publication.accusation', '原文讀起來像檢舉。檢舉一律不公開；確定不是檢舉才勾選', { field: 'notAccusation' })
  }
  const people = [unseal(detail.sender_name)]
  for (const [field, what] of [['title', '主旨'], ['question', '陳情內容'], ['answer', '答復']] as const) {
    const left = refuseUnmasked(mask(input[field], people), { field, what, office: field === 'answer' ? officeContacts : [], own: input.ownContacts === 'yes' })
    if (left) return left
  }
  await withdrawPublicationOf(tx, ctx, petition.id, '更新內容')
  const unit = petition.unitId === null ? null : await tx.selectFrom('units').innerJoin('units as bureau', 'bureau.id', 'units.bureau_id').select('bureau.name').where('units.id', '=', petition.unitId).executeTakeFirst()
  const { id } = await tx
    .insertInto('petition_publications')
    .values({
      case_id: petition.id, title: input.title, question: input.question, answer: input.answer, category: petition.category, township: petition.township, unit_name: unit?.name ?? '縣政府',
      closed_on: dayOf(petition.closedAt!), published_by: ctx.person.id, published_at: ctx.now, withdrawn_at: null, withdrawn_reason: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx.updateTable('petitions').set({ published_at: ctx.now }).where('id', '=', petition.id).execute()
  await record(tx, ctx, 'petition.published', { caseId: petition.id, payload: { publication: id } })
  return done({ id })
})

/** Takes a publication down; the copy and the reason are kept inside. */
export const withdrawPublication = act(
  'petitions.withdraw-publication',
  z.object({ name: CaseNameInput, reason: reason('下架的理由') }),
  async (tx, ctx, input) => {
    const petition = await lockForStaff(tx, ctx.person, input.name, 'petitions.publish')
    return (await withdrawPublicationOf(tx, ctx, petition.id, input.reason)) ? done() : refusal('publication.none', '這件目前沒有公開')
  },
  { permission: 'petitions.publish' },
)

/** Takes down what is published of this case, at once; false when nothing was. Part of the act that causes it. */
export async function withdrawPublicationOf(tx: Tx, ctx: ActContext, caseId: number, why: string): Promise<boolean> {
  const withdrawn = await tx
    .updateTable('petition_publications')
    .set({ withdrawn_at: ctx.now, withdrawn_reason: why })
    .where('case_id', '=', caseId)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .execute()
  if (!withdrawn.length) return false
  await tx.updateTable('petitions').set({ published_at: null }).where('id', '=', caseId).execute()
  await record(tx, ctx, 'petition.publication-withdrawn', { caseId, payload: { publication: withdrawn[0]!.id } })
  return true
}
