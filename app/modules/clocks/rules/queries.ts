import { sql } from 'kysely'
import type { RuleChangeTable } from '../../../core/calendar/tables.ts'
import type { Reader } from '../../../core/db.ts'
import { actedBy, payloadOf } from '../../../core/events/acted-by.ts'
import type { Selectable } from 'kysely'

export type RuleChangeRow = Selectable<RuleChangeTable> & { made_by_name: string | null; withdrawn_by_name: string | null; before: { length?: number | null; unit?: string } }

/** What the county changed in this rule, the last first. */
export async function findRuleChanges(reader: Reader, rule: string): Promise<RuleChangeRow[]> {
  const found = await sql<RuleChangeRow>`
    select r.*, ${actedBy('m', sql`e.kind in ('rule.period-set', 'rule.confirmed', 'rule.put-in-force') and e.payload->>'change' = r.id::text`)} as made_by_name, ${actedBy('w', payloadOf('rule.change-withdrawn', 'change', sql`r.id`))} as withdrawn_by_name from rule_changes r
      left join people m on m.id = r.made_by left join people w on w.id = r.withdrawn_by
    where r.rule = ${rule} order by r.id desc`.execute(reader)
  return found.rows
}
