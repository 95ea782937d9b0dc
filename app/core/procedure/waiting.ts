import { type RawBuilder, sql } from 'kysely'
import type { Person } from '../identity/permissions.ts'
import type { Waiting } from '../module.ts'
import type { Procedure, StepState } from './step.ts'

/** For those who take cases in: what came from the portal and has no 案號 yet, and what is past its day. */
export function procedureWaiting<State extends StepState>(procedure: Procedure<State>, visibleTo: (person: Person) => RawBuilder<boolean>, permission: string, texts: { fresh: string; late: string }): Waiting {
  return {
    permission,
    find: async ({ db, person, today }) => {
      const { rows } = await sql<{ fresh: number; late: number }>`
        select count(*) filter (where c.number is null) as fresh, count(*) filter (where c.due_on < ${today}) as late
        from cases c where c.kind = ${procedure.kind} and c.closed_at is null and c.received_at is not null and ${visibleTo(person)}`.execute(db)
      const { fresh, late } = rows[0]!
      return [{ text: texts.fresh, href: `${procedure.listPath}?stage=received`, count: fresh }, { text: texts.late, href: `${procedure.listPath}?overdue=yes`, count: late }]
    },
  }
}
