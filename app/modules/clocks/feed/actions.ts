import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { done } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import '../tables.ts'

/** A new address in place of the one before, which stops at once. The secret itself never comes here: results of acts are kept. */
export const renewFeed = act(
  'clocks.renew-feed',
  z.object({ hash: z.instanceof(Buffer) }),
  async (tx, ctx, { hash }) => {
    await tx
      .insertInto('calendar_feeds')
      .values({ person_id: ctx.person.id, secret_hash: hash })
      .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ secret_hash: hash, made_at: ctx.now }))
      .execute()
    await record(tx, ctx, 'calendar-feed.renewed')
    return done()
  },
  { permission: 'clocks.board', stepUp: true },
)

export const revokeFeed = act(
  'clocks.revoke-feed',
  z.object({}),
  async (tx, ctx) => {
    const gone = await tx.deleteFrom('calendar_feeds').where('person_id', '=', ctx.person.id).returning('person_id').executeTakeFirst()
    if (gone) await record(tx, ctx, 'calendar-feed.revoked')
    return done()
  },
  { permission: 'clocks.board' },
)
