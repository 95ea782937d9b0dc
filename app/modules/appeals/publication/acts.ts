import { z } from 'zod'
import { act, type ActContext } from '../../../core/act.ts'
import type { Reader, Tx } from '../../../core/db.ts'
import { done, refusal, type Refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { mask, refuseUnmasked } from '../../../core/masking/index.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { lockForStaff, nameOf } from '../appeal.ts'
import '../decision/tables.ts'
import type { Decision } from '../schema.ts'

/** Why this decision may not be published, or null. 政府資訊公開法 §7 I ⑦; rules.md §4: of secrecy every clue goes, which no machine can promise. */
export function refusePublishing(of: { decided: boolean; dispatched: boolean; confidential: boolean }): Refusal | null {
  if (!of.decided) return refusal('publication.undecided', '還沒有作成決定')
  if (!of.dispatched) return refusal('publication.not-dispatched', '決定書正本發送之後才公開', { law: '審議規則 §24' })
  if (of.confidential) return refusal('publication.confidential', '保密案件的決定不由系統公開，由法制單位個別處理', { law: '政府資訊公開法 §18 I ⑥' })
  return null
}

/** Everybody whom the published copy must not name: all parties but lawyers and legal persons (rules.md §4). Appellants first, so that tokens count from them. */
export async function peopleOf(reader: Reader, caseId: number): Promise<string[]> {
  const rows = await reader.selectFrom('appeal_parties').select(['name', 'role']).where('case_id', '=', caseId).where('is_person', '=', true).where('lawyer', '=', false).orderBy('id').execute()
  return rows.toSorted((a, b) => Number(b.role === 'appellant') - Number(a.role === 'appellant')).flatMap(({ name }) => unseal(name) ?? [])
}

const fields = { title: '案由', main: '主文', facts: '事實', reasons: '理由' } as const
const text = (max: number) => z.string().trim().max(max, `最多 ${max.toLocaleString('en')} 個字`)
const Publish = z.object({
  name: z.string().max(40), title: text(200).min(1, '請填案由'), main: text(20_000).min(1, '請填主文'), facts: text(100_000).default(''), reasons: text(100_000).min(1, '請填理由'),
  reviewed: z.literal('yes', { error: '請確認看過標示的地方' }),
})

/** Publishes a masked copy; published again it takes the place of the old at the same address. What masking would still take out is refused by name. */
export const publishDecision = act('appeals.publish', Publish, async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.publish')
  const no = refusePublishing({ decided: appeal.decidedOn !== null, dispatched: appeal.dispatchedOn !== null, confidential: appeal.confidential })
  if (no) return no
  const people = await peopleOf(tx, appeal.id)
  for (const [field, what] of Object.entries(fields)) {
    const left = refuseUnmasked(mask(input[field as keyof typeof fields], people), { field, what })
    if (left) return left
  }
  const decided = await tx.selectFrom('appeal_decisions').select('members').where('id', '=', appeal.id).executeTakeFirst()
  const { category } = await tx.selectFrom('appeals').select('category').where('id', '=', appeal.id).executeTakeFirstOrThrow()
  await takeDown(tx, ctx, appeal.id, '更新內容')
  const { id } = await tx
    .insertInto('appeal_publications')
    .values({ case_id: appeal.id, number: nameOf(appeal), title: input.title, agency: appeal.agency, category, decision: appeal.decision as Decision, decided_on: appeal.decidedOn!, main: input.main, facts: input.facts, reasons: input.reasons, members: decided?.members ?? [], published_at: ctx.now, published_by: ctx.person.id, withdrawn_at: null, withdrawn_reason: null })
    .returning('id').executeTakeFirstOrThrow()
  await record(tx, ctx, 'appeal.published', { caseId: appeal.id, payload: { publication: id } })
  return done({ number: nameOf(appeal) })
})

export const withdrawPublication = act('appeals.withdraw-publication', z.object({ name: z.string().max(40), reason: z.string().trim().min(2, '請寫下架的理由').max(1000) }), async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.publish')
  return (await takeDown(tx, ctx, appeal.id, input.reason)) ? done() : refusal('publication.none', '這件目前沒有公開')
}, { permission: 'appeals.publish' })

async function takeDown(tx: Tx, ctx: ActContext, caseId: number, why: string): Promise<boolean> {
  const gone = await tx.updateTable('appeal_publications').set({ withdrawn_at: ctx.now, withdrawn_reason: why }).where('case_id', '=', caseId).where('withdrawn_at', 'is', null).returning('id').execute()
  if (gone.length) await record(tx, ctx, 'appeal.publication-withdrawn', { caseId, payload: { publication: gone[0]!.id } })
  return gone.length > 0
}
