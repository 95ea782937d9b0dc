import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { CalendarChange, narrowed, refuseChange } from '../../../core/calendar/changes.ts'
import { readStored } from '../../../core/calendar/stored.ts'
import { done } from '../../../core/errors.ts'

/** Keeps a change to look at before it is applied. Nothing moves yet, so there is no event. */
export const draftChange = act(
  'clocks.draft-calendar-change',
  z.object({ change: CalendarChange }),
  async (tx, ctx, input) => {
    const stored = await readStored(tx)
    const refused = refuseChange(stored, input.change)
    if (refused) return refused
    const { id } = await tx
      .insertInto('calendar_drafts')
      .values({ change: JSON.stringify(narrowed(stored, input.change)) as never, made_by: ctx.person.id, applied_as: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    return done({ id })
  },
  { permission: 'clocks.calendar' },
)
