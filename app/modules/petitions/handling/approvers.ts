import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import type { Day } from '../../../core/time.ts'

export type Approver = { personId: number; name: string; role: 'section-chief' | 'head'; unitId: number; unitName: string }

/** Who may approve what this unit sends up: section chiefs and heads of the unit and of those above it, nearest first. */
export async function findApprovers(reader: Reader, unitId: number, today: Day): Promise<Approver[]> {
  const found = await sql<Approver>`
    with recursive up as (
      select id, parent_id, name, 0 as far from units where id = ${unitId}
      union all
      select u.id, u.parent_id, u.name, up.far + 1 from units u join up on u.id = up.parent_id
    )
    select p.person_id as "personId", person.name, p.role, up.id as "unitId", up.name as "unitName"
    from posts p join up on up.id = p.unit_id join people person on person.id = p.person_id
    where p.role in ('section-chief', 'head') and person.locked_at is null
      and p.valid_from <= ${today} and (p.valid_until is null or p.valid_until >= ${today})
    order by up.far, p.id`.execute(reader)
  return found.rows
}

export type Step = 'section-chief' | 'head'
export const stepNames: Record<Step, string> = { 'section-chief': '科長', head: '單位主管' }

/**
 * 陳核 goes officer → section chief → head; a unit without a chief skips that step, and so does what a chief or head
 * sends up or wrote. Nobody approves what they had a hand in themselves (`hands`). Null: nobody is there who could.
 */
export function firstStep(approvers: Approver[], hands: (number | null)[]): Step | null {
  const others = approvers.filter((one) => !hands.includes(one.personId))
  const leads = approvers.some((one) => hands.includes(one.personId))
  if (!leads && others.some((one) => one.role === 'section-chief') && others.some((one) => one.role === 'head')) return 'section-chief'
  return others.some((one) => one.role === 'head') ? 'head' : null
}
