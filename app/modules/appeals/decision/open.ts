import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { done, refusal } from '../../../core/errors.ts'
import { recordOpening } from '../../../core/personal-data/openings.ts'
import { lockForStaff } from '../appeal.ts'

/** The original names the parties whole: whoever prints it says what for, and that is recorded. Gives the opening's id. */
export const openOriginal = act('appeals.open-original', z.object({ name: z.string().max(40), purpose: z.string().trim().min(2, '請寫用途').max(200) }), async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.letters')
  const decided = await tx.selectFrom('appeal_decisions').select('id').where('id', '=', appeal.id).executeTakeFirst()
  if (!decided) return refusal('decision.none', '還沒有決定書')
  return done({ opening: await recordOpening(tx, ctx, { event: 'appeal', caseId: appeal.id, purpose: input.purpose, fields: ['name', 'born_on', 'id_number', 'address'] }) })
}, { permission: 'appeals.letters' })
