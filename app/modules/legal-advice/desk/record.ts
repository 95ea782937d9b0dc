import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Reader } from '../../../core/db.ts'
import { done, refusal } from '../../../core/errors.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import { openingMinutes, recordOpening } from '../../../core/personal-data/openings.ts'
import { unsealForLawyer } from './lawyer-key.ts'
import '../tables.ts'

/**
 * Opens what this very lawyer wrote of a consultation at their own desk, for ten minutes. Nobody else reads it: not the office, not a
 * deputy, not who administers. Each opening is on the consultation's record; and who asks must have proved lately who they are, so
 * that a sign-in left open is not enough.
 */
export const openRecord = act('legal-advice.open-record', z.object({ name: z.string().max(40) }), async (tx, ctx, input) => {
  const found = (await sql<{ caseId: number }>`
    select r.case_id as "caseId" from advice_records r join advice_lawyers l on l.id = r.lawyer_id join cases c on c.id = r.case_id where c.number = ${input.name} and l.person_id = ${ctx.person.id}`.execute(tx)).rows[0]
  if (!found) return refusal('record.none', '您還沒有寫這一次的紀錄')
  await recordOpening(tx, { ...ctx, onBehalfOf: null }, { event: 'legal-advice', caseId: found.caseId, purpose: '律師看自己的紀錄', fields: ['record'] })
  return done()
}, { permission: 'legal-advice.advise', stepUp: true })

/** The record that this lawyer opened within the last minutes; null when they have not, or there is none of theirs. */
export async function findOpenedRecord(reader: Reader, person: Person, name: string, now: Date): Promise<{ text: string | null; writtenAt: Date } | null> {
  const found = (await sql<{ text: Buffer | null; lawyerId: number; writtenAt: Date }>`
    select r.text, r.lawyer_id as "lawyerId", r.written_at as "writtenAt" from advice_records r join advice_lawyers l on l.id = r.lawyer_id join cases c on c.id = r.case_id where c.number = ${name} and l.person_id = ${person.id}
      and exists (select from personal_data_reads o where o.case_id = r.case_id and o.person_id = ${person.id} and 'record' = any(o.fields) and o.at > ${new Date(now.getTime() - openingMinutes * 60_000)} and o.at <= ${now})`.execute(reader)).rows[0]
  return found ? { text: await unsealForLawyer(reader, found.lawyerId, found.text), writtenAt: found.writtenAt } : null
}
