import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { done, refusal, type Refusal } from '../../../core/errors.ts'
import { refuseAddress } from '../../../core/mail/outbox.ts'
import { personalHash, personalHashes, seal } from '../../../core/personal-data/index.ts'
import { type Language, languages } from '../../../core/web/language.ts'
import { addDays, dayOf, rocDay } from '../../../core/time.ts'
import { closedUntil, holdUntil, refuseTime } from '../rules.ts'
import type { Way } from '../schema.ts'
import type { ServiceRules } from '../service-rules.ts'
import { findRules } from '../settings/settings.ts'
import '../tables.ts'
import { lockSlot } from './booking.ts'
import { confirmLetter } from './letters.ts'
import { mailBooking } from './mails.ts'

export const Contact = z.object({
  name: z.string().trim().min(2, '請填姓名').max(50, '姓名最多 50 個字'),
  phone: z.string().trim().max(40, '電話最多 40 個字').default(''),
  /** the other side: only for the comparison of names and for the lawyer's own */
  opponent: z.string().trim().max(50, '相對人最多 50 個字').default(''),
})

const Hold = Contact.extend({
  slot: z.coerce.number().int().optional(),
  /** the number of a session that is full */
  wait: z.string().max(40).optional(),
  for: z.string().max(40),
  email: z.string().trim().min(1, '請填電子郵件').refine((email) => !refuseAddress(email), '電子郵件的寫法不對，例如 name@example.org'),
  origin: z.string().max(300),
  /** of the page, and so of the mails */
  language: z.enum(languages).default('zh'),
})

/**
 * Somebody takes a time, or a place on the waiting list, on the web; it counts once the mailed link was followed. Nobody needs an
 * account. That a time is taken only once is kept by the table: who comes second is told so.
 */
export const holdTime = act('legal-advice.hold', Hold, async (tx, ctx, input) => {
  const speciality = await tx.selectFrom('advice_specialities').select(['id', 'name']).where('code', '=', input.for).where('active', '=', true).executeTakeFirst()
  if (!speciality) return refusal('advice.speciality', '請先選要問的是哪一類', { field: 'for' })
  const rules = await findRules(tx)
  const many = await refuseMany(tx, input.email, ctx.now, rules)
  if (many) return many
  const away = await refuseAway(tx, input.email, ctx.now, rules)
  if (away) return away
  const slot = input.slot ? await findSlot(tx, input.slot) : null
  const session = slot?.sessionId ?? (input.wait ? await findOpenSession(tx, input.wait, closedUntil(ctx.now, rules)) : null)
  if (!session) return refusal('advice.gone', '這個時間已經不開放預約，請選別的時間', { field: 'slot' })
  if (slot) {
    const late = refuseTime(ctx.now, slot.at, rules)
    if (late) return late
    if (!slot.specialities.includes(speciality.id)) return refusal('advice.other-speciality', `這個時間的律師不辦理「${speciality.name}」，請選別的時間`, { field: 'slot' })
  }
  const until = holdUntil(ctx.now, slot?.at ?? null, rules)
  const id = await insertBooking(tx, { sessionId: session, slot, specialityId: speciality.id, way: 'portal', language: input.language, contact: input, email: input.email, origin: input.origin, holdUntil: until, at: ctx.now })
  if (id === null) return refusal('slot.taken', '這個時間剛剛被別人約走了，請選別的時間', { field: 'slot' })
  await mailBooking(tx, id, confirmLetter(slot?.at ?? null, until))
  return done({ until, waiting: !slot })
}, { by: 'public' })

async function refuseMany(tx: Tx, email: string, now: Date, { openMax }: ServiceRules): Promise<Refusal | null> {
  const open = await sql<{ n: number }>`select count(*) as n from advice_bookings b left join cases c on c.id = b.case_id
    where b.email_hash = any(${personalHashes('email', email)}::bytea[]) and (b.case_id is null and b.hold_until > ${now} or c.closed_at is null and b.case_id is not null)`.execute(tx)
  return open.rows[0]!.n >= openMax ? refusal('advice.too-many', `一個信箱最多同時有 ${openMax} 個預約或候補。先前的請到信箱確認，或按信裡的連結取消`, { field: 'email' }) : null
}

/** Who did not come so often lately books at the counter or just comes, until the earliest of these times is old enough. */
async function refuseAway(tx: Tx, email: string, now: Date, { noShowMax, noShowDays }: ServiceRules): Promise<Refusal | null> {
  if (noShowMax === 0) return null
  const { rows } = await sql<{ at: Date }>`select b.slot_at as at from advice_bookings b join cases c on c.id = b.case_id
    where b.email_hash = any(${personalHashes('email', email)}::bytea[]) and c.outcome = 'no-show' and b.slot_at > ${new Date(now.getTime() - noShowDays * 86_400_000)} order by b.slot_at desc limit ${noShowMax}`.execute(tx)
  const oldest = rows[noShowMax - 1]
  return oldest ? refusal('advice.no-shows', `這個信箱先前約好沒有到，${rocDay(addDays(dayOf(oldest.at), noShowDays))} 以後可以再上網預約。現在請直接到現場候位，或打電話、到櫃檯預約`, { field: 'email' }) : null
}

export type OpenSlot = { id: number; at: Date; sessionId: number; deskId: number; specialities: number[] }

/** Holds the time of a session that is still planned. */
export async function findSlot(tx: Tx, id: number): Promise<OpenSlot | null> {
  await lockSlot(tx, id)
  const { rows } = await sql<OpenSlot>`
    select t.id, t.at, t.session_id as "sessionId", t.desk_id as "deskId", l.specialities from advice_slots t join cases c on c.id = t.session_id and c.stage = 'planned'
      join advice_desks d on d.id = t.desk_id join advice_lawyers l on l.id = d.lawyer_id where t.id = ${id}`.execute(tx)
  return rows[0] ?? null
}

/** A planned session that begins after this instant, for the waiting list. */
async function findOpenSession(tx: Tx, number: string, after: Date): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`select s.id from advice_sessions s join cases c on c.id = s.id where c.number = ${number} and c.stage = 'planned'
    and (s.held_on + s.starts_at) at time zone 'Asia/Taipei' > ${after}`.execute(tx)
  return rows[0]?.id ?? null
}

export type NewBooking = {
  sessionId: number; slot: { id: number; at: Date; deskId: number } | null; specialityId: number | null; way: Way; language?: Language
  contact: z.output<typeof Contact>; email: string | null; origin: string | null; holdUntil: Date | null; at: Date
}

/** Null: somebody has the time already. Two at once: the second waits for the first one's transaction, then finds it taken. */
export async function insertBooking(tx: Tx, one: NewBooking): Promise<number | null> {
  const { contact } = one
  const made = await tx
    .insertInto('advice_bookings')
    .values({
      case_id: null, session_id: one.sessionId, slot_id: one.slot?.id ?? null, slot_at: one.slot?.at ?? null, desk_id: one.slot?.deskId ?? null, speciality_id: one.specialityId, way: one.way, language: one.language === 'en' ? 'en' : null,
      name: seal(contact.name), name_hash: personalHash('name', contact.name), email: seal(one.email), email_hash: personalHash('email', one.email),
      phone: seal(contact.phone), phone_hash: personalHash('phone', contact.phone), opponent: seal(contact.opponent), opponent_hash: personalHash('name', contact.opponent),
      conflict: null, origin: one.origin, hold_until: one.holdUntil, filed_at: one.at, confirmed_at: null, ticket: null, arrived_at: null, called_at: null, ended_at: null,
    })
    .onConflict((conflict) => conflict.column('slot_id').where('slot_id', 'is not', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return made?.id ?? null
}
