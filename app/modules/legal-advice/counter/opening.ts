import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Reader } from '../../../core/db.ts'
import { done, NotFound } from '../../../core/errors.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import { openingMinutes, recordOpening } from '../../../core/personal-data/openings.ts'
import { adviceKind } from '../schema.ts'
import { consultationVisibleTo } from '../visible.ts'

export const purposes = ['當天報到與叫號', '聯絡預約的人', '列印當日名單', '諮詢前檢核利益衝突'] as const

const Opening = z.object({ names: z.array(z.string().max(40)).min(1, '沒有可以顯示的資料').max(300), purpose: z.enum(purposes, { error: '請選擇為了什麼' }) })

/** Names, telephones, mail and the other side of these consultations are shown to this person for ten minutes; each opening is on its case's record. */
export const openNames = act('legal-advice.open-names', Opening, async (tx, ctx, input) => {
  const found = await sql<{ id: number }>`select c.id from cases c where c.number = any(${input.names}) and c.kind = ${adviceKind} and ${consultationVisibleTo(ctx.person)} order by c.id`.execute(tx)
  if (found.rows.length < new Set(input.names).size) throw new NotFound('找不到這件諮詢')
  for (const { id } of found.rows) await recordOpening(tx, { ...ctx, onBehalfOf: null }, { event: 'legal-advice', caseId: id, purpose: input.purpose, fields: ['name', 'phone', 'email', 'opponent'] })
  return done()
}, { permission: 'legal-advice.open-personal-data', stepUp: true })

/** Of these cases, those that this very person opened within the last minutes. */
export async function findOpened(reader: Reader, person: Person, caseIds: readonly number[], now: Date): Promise<Set<number>> {
  if (!caseIds.length) return new Set()
  const { rows } = await sql<{ id: number }>`select distinct case_id as id from personal_data_reads where person_id = ${person.id} and case_id = any(${caseIds}::bigint[]) and 'name' = any(fields) and at > ${new Date(now.getTime() - openingMinutes * 60_000)} and at <= ${now}`.execute(reader)
  return new Set(rows.map(({ id }) => id))
}
