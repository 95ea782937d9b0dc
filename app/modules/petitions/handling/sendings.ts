import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Reader } from '../../../core/db.ts'
import { done, NotFound, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { type Person, reach } from '../../../core/identity/permissions.ts'
import { remark } from '../inputs.ts'
import type { NoticeKind } from '../notify.ts'
import { visibleTo } from '../visible.ts'

export type Sending = {
  id: number
  name: string
  title: string
  way: 'post' | 'telephone' | 'counter'
  what: NoticeKind
  subject: string
  text: string
  wantedAt: Date
  doneAt: Date | null
  confidential: boolean
  address: Buffer | null
  phone: Buffer | null
  senderName: Buffer | null
}

const columns = sql`s.id, coalesce(c.number, c.follow_no) as name, c.title, s.way, s.what, s.subject, s.text, s.wanted_at as "wantedAt", s.done_at as "doneAt", c.confidential,
  p.sender_address as address, p.sender_phone as phone, p.sender_name as "senderName"`
const from = sql`petition_sendings s join cases c on c.id = s.case_id join petitions p on p.id = c.id`

/** The desk sends; the letter of a confidential case is sent by its own officer. */
function sentBy(person: Person): RawBuilder<boolean> {
  const by = reach(person, 'petitions.send')
  const officer = sql`c.officer_id = any(${[person.id, ...person.deputyFor.map((absent) => absent.id)]}::bigint[])`
  return sql<boolean>`case when c.confidential then ${visibleTo(person)} and (${officer} or c.unit_id is null) else ${by.all}::boolean end`
}

/** What this person has still to post, telephone or hand over, the oldest first. */
export async function findSendings(reader: Reader, person: Person): Promise<Sending[]> {
  const found = await sql<Sending>`select ${columns} from ${from} where s.done_at is null and ${sentBy(person)} order by s.wanted_at, s.id limit 200`.execute(reader)
  return found.rows
}

export async function getSending(reader: Reader, person: Person, id: string): Promise<Sending> {
  const found = /^\d{1,15}$/.test(id) ? await sql<Sending>`select ${columns} from ${from} where s.id = ${id}::bigint and ${sentBy(person)}`.execute(reader) : { rows: [] }
  if (!found.rows[0]) throw new NotFound('找不到這份通知')
  return found.rows[0]
}

/** The clerk posted, telephoned or handed it over. */
export const markSent = act('petitions.send', z.object({ id: z.coerce.number().int().positive(), remark }), async (tx, ctx, input) => {
  await getSending(tx, ctx.person, String(input.id)) // not found if not theirs to send
  const sending = await tx.selectFrom('petition_sendings').selectAll().where('id', '=', input.id).forUpdate().executeTakeFirstOrThrow()
  if (sending.done_at) return refusal('sending.done', '這份已經註記送達')
  await tx.updateTable('petition_sendings').set({ done_at: ctx.now, done_by: ctx.person.id, remark: input.remark || null }).where('id', '=', sending.id).execute()
  await record(tx, ctx, 'petition.sent', { caseId: sending.case_id, payload: { sending: sending.id, what: sending.what, way: sending.way } })
  return done()
})
