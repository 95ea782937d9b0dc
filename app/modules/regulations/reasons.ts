import { z } from 'zod'
import { act } from '../../core/act.ts'
import { done } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { lockForStaff } from './lock.ts'
import { refuseFrozen } from './propose.ts'
import './tables.ts'

const Reasons = z.object({
  name: z.string().min(1).max(40),
  /** by the place in the comparison; an empty one is taken out */
  reasons: z.record(z.string().max(60), z.string().trim().max(2000, '每一條的說明最多 2,000 個字')),
})

/** 說明 of the comparison table, article by article; as long as the draft may change. */
export const saveReasons = act(
  'regulations.save-reasons',
  Reasons,
  async (tx, given, input) => {
    const { proposal, ctx } = await lockForStaff(tx, given, input.name, 'regulations.draft')
    const no = refuseFrozen(proposal.stage)
    if (no) return no
    const written = Object.fromEntries(Object.entries(input.reasons).filter(([, text]) => text !== ''))
    await tx.updateTable('regulations').set({ article_reasons: JSON.stringify(written) as never }).where('id', '=', proposal.id).execute()
    await record(tx, ctx, 'regulation.reasons-written', { caseId: proposal.id, payload: { articles: Object.keys(written).length } })
    return done({ articles: Object.keys(written).length })
  },
  { permission: 'regulations.draft' },
)
