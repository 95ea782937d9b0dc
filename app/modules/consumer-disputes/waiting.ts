import { sql } from 'kysely'
import type { Waiting } from '../../core/module.ts'
import { visibleTo } from './dispute.ts'
import { listPath } from './paths.ts'
import { caseKind } from './schema.ts'

/** For the ombudsman and the law section: complaints from the portal without a 案號, and disputes past their day. */
export const waiting: Waiting = {
  permission: 'consumer-disputes.register',
  find: async ({ db, person, today }) => {
    const { rows } = await sql<{ fresh: number; late: number }>`
      select count(*) filter (where c.number is null) as fresh, count(*) filter (where c.due_on < ${today}) as late
      from cases c where c.kind = ${caseKind} and c.closed_at is null and c.received_at is not null and ${visibleTo(person)}`.execute(db)
    const { fresh, late } = rows[0]!
    return [
      { text: '線上的消費爭議申訴等收案', href: `${listPath}?stage=received`, count: fresh },
      { text: '消費爭議已過期限', href: `${listPath}?overdue=yes`, count: late },
    ]
  },
}
