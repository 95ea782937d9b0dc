import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Reader } from '../../../core/db.ts'
import { dayField } from '../../../core/day-fields.ts'
import { done, NotFound, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { type Day, parseDay } from '../../../core/time.ts'
import '../tables.ts'

const Lawyer = z.object({
  name: z.string().trim().min(2, '請填姓名').max(50, '姓名最多 50 個字'),
  licence: z.string().trim().max(60, '證書字號最多 60 個字').default(''),
  login: z.string().trim().max(60).default(''),
  specialities: z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.coerce.number().int()).min(1, '請選擇諮詢類別')),
  validFrom: dayField('請填聘期開始日，例如 110/1/1'),
  validUntil: z.string().trim().default('').transform((text, check) => (text ? (parseDay(text) ?? (check.addIssue({ code: 'custom', message: '聘期結束日讀不出來，例如 110/12/31' }), null)) : null)),
})
type LawyerInput = z.output<typeof Lawyer>

/** 諮詢律師名冊: who may sit at a desk, for which matters, from when to when. */
export const addLawyer = act('legal-advice.add-lawyer', Lawyer, async (tx, ctx, input) => {
  const row = await rowOf(tx, input, null)
  if ('refused' in row) return row
  const { id } = await tx.insertInto('advice_lawyers').values(row).returning('id').executeTakeFirstOrThrow()
  await record(tx, ctx, 'legal-advice.lawyer-added', { payload: { lawyer: id, specialities: row.specialities } })
  return done({ id })
}, { permission: 'legal-advice.roster' })

export const changeLawyer = act('legal-advice.change-lawyer', Lawyer.extend({ id: z.coerce.number().int() }), async (tx, ctx, input) => {
  const before = await tx.selectFrom('advice_lawyers').select('id').where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!before) throw new NotFound('找不到這位律師')
  const row = await rowOf(tx, input, input.id)
  if ('refused' in row) return row
  await tx.updateTable('advice_lawyers').set(row).where('id', '=', input.id).execute()
  await record(tx, ctx, 'legal-advice.lawyer-changed', { payload: { lawyer: input.id, specialities: row.specialities } })
  return done({ id: input.id })
}, { permission: 'legal-advice.roster' })

/** The sign-in must be of somebody whose post is that of a lawyer, and of nobody else on the roster. */
async function rowOf(reader: Reader, input: LawyerInput, id: number | null) {
  if (input.validUntil && input.validUntil < input.validFrom) return refusal('lawyer.until', '聘期結束日在開始日以前', { field: 'validUntil' })
  const person = input.login ? (await sql<{ id: number; lawyer: boolean; taken: boolean }>`
    select p.id, exists (select from posts o where o.person_id = p.id and o.role = 'lawyer') as lawyer,
      exists (select from advice_lawyers l where l.person_id = p.id and l.id is distinct from ${id}) as taken from people p where p.login = ${input.login}`.execute(reader)).rows[0] : null
  if (input.login && !person) return refusal('lawyer.login', '沒有這個帳號。請先在「人員與單位」開立，職務選「諮詢律師」', { field: 'login' })
  if (person && !person.lawyer) return refusal('lawyer.role', '這個帳號的職務不是「諮詢律師」', { field: 'login' })
  if (person?.taken) return refusal('lawyer.taken', '這個帳號已經是另一位律師的', { field: 'login' })
  return { name: input.name, licence: input.licence, person_id: person?.id ?? null, specialities: [...new Set(input.specialities)], valid_from: input.validFrom, valid_until: input.validUntil }
}

export type ListedLawyer = { id: number; name: string; licence: string; login: string | null; specialities: number[]; names: string | null; validFrom: Day; validUntil: Day | null; sessions: number }

/** The roster, those whose term runs first; `sessions`: how many are planned. */
export async function findLawyers(reader: Reader, today: Day): Promise<ListedLawyer[]> {
  return (await sql<ListedLawyer>`
    select l.id, l.name, l.licence, p.login, l.specialities, (select string_agg(s.name, '、' order by s.position) from advice_specialities s where s.id = any(l.specialities)) as names, l.valid_from as "validFrom", l.valid_until as "validUntil",
      (select count(*) from advice_desks d join cases c on c.id = d.session_id where d.lawyer_id = l.id and c.stage = 'planned') as sessions
    from advice_lawyers l left join people p on p.id = l.person_id order by coalesce(l.valid_until, 'infinity'::date) < ${today}::date, l.name, l.id`.execute(reader)).rows
}
