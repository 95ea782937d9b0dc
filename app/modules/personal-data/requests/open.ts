import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { done } from '../../../core/errors.ts'
import { recordOpening } from '../../../core/personal-data/openings.ts'
import { lockRequest } from './request.ts'

/** Who asks, unmasked: to compare with the paper shown or with the cases found. On record like every opening. */
export const openRequester = act('personal-data.open-requester', z.object({ name: z.string().min(1).max(40) }), async (tx, ctx, input) => {
  const request = await lockRequest(tx, input.name)
  return done({ opening: await recordOpening(tx, ctx, { event: 'personal-data-request', caseId: request.id, purpose: '核對請求人身分', fields: ['name', 'email', 'phone'] }) })
}, { permission: 'personal-data.requests' })
