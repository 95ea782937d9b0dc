import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { done, NotAllowed, NotFound } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { may, onBehalfOf } from '../../../core/identity/permissions.ts'
import { isRunning, mayBeSeenBy } from '../running.ts'

/**
 * 辦畢 of a clock beside the main one: another procedure's duty was done where no module of ours sees it. A main clock is met
 * by its case's own closing.
 */
export const meetClock = act('clocks.meet', z.object({ clock: z.coerce.number().int() }), async (tx, ctx, { clock }) => {
  const found = await sql<{ caseId: number; rule: string; unitId: number | null; officerId: number | null }>`
    select k.case_id as "caseId", k.rule, c.unit_id as "unitId", c.officer_id as "officerId" from case_clocks k join cases c on c.id = k.case_id
    where k.id = ${clock} and not k.main and ${isRunning} and ${mayBeSeenBy(ctx.person)} for update of k`.execute(tx)
  const it = found.rows[0]
  if (!it) throw new NotFound('找不到這個期限，也許已經辦畢')
  if (!may(ctx.person, 'clocks.meet', it)) throw new NotAllowed('clocks.meet')
  await tx.updateTable('case_clocks').set({ met_at: ctx.now }).where('id', '=', clock).execute()
  await record(tx, { ...ctx, onBehalfOf: ctx.onBehalfOf ?? onBehalfOf(ctx.person, 'clocks.meet', it) }, 'clock.met', { caseId: it.caseId, payload: { rule: it.rule } })
  return done()
})
