import { sql } from 'kysely'
import { z } from 'zod'
import { act, type StaffContext } from '../act.ts'
import { type Tx, write } from '../db.ts'
import { done, NotFound, refusal, type Refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import { defineJob, later } from '../jobs/jobs.ts'
import { addDays, type Day, dayOf, endOf, parseDay, rocDay, whyNotDay } from '../time.ts'
import { roles, type Role } from './permissions.ts'
import { refuseRole } from './separation.ts'
import { endSessions, forgetAll } from './sessions.ts'

/** A day as people write it: 110/9/27, 2021-09-27. */
export const aDay = z.string().default('').transform((text, ctx): Day => {
  const day = parseDay(text)
  if (!day) ctx.addIssue({ code: 'custom', message: (text.trim() && whyNotDay(text)) || '請寫日期，例如 110/9/27' })
  return day ?? z.NEVER
})
const roleChoice = z.enum(Object.keys(roles) as [Role, ...Role[]], '請選職務')
const person = { id: z.coerce.number().int().positive() }
const place = { unitCode: z.string().trim().min(1, '請選單位'), role: roleChoice, fromDay: aDay }

/** One more post beside those held: 兼任. */
export const addPost = act('office.add-post', z.object({ ...person, ...place }), async (tx, ctx, input) => {
  await lockPersonRow(tx, input.id)
  const unit = await unitOf(tx, input.unitCode, input.fromDay)
  if ('refused' in unit) return unit
  const same = await tx.selectFrom('posts').select('id').where('person_id', '=', input.id).where('unit_id', '=', unit.id).where('role', '=', input.role)
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>=', input.fromDay)])).executeTakeFirst()
  if (same) return refusal('identity.post-held', '這個人已經有這個單位的這個職務', { field: 'role' })
  const apart = await refuseRole(tx, input.id, input.role, input.fromDay)
  if (apart) return apart
  await tx.insertInto('posts').values({ person_id: input.id, unit_id: unit.id, role: input.role, valid_from: input.fromDay, valid_until: null }).execute()
  await endOldSessions(tx, ctx, input.id, input.fromDay)
  await record(tx, ctx, 'person.post-added', { payload: { person: input.id, unit: unit.id, role: input.role, from: input.fromDay } })
  return done()
}, { permission: 'office.people', stepUp: true })

/** 調動: every post held ends the day before, one new begins. */
export const movePerson = act('office.move-person', z.object({ ...person, ...place }), async (tx, ctx, input) => {
  await lockPersonRow(tx, input.id)
  const unit = await unitOf(tx, input.unitCode, input.fromDay)
  if ('refused' in unit) return unit
  await endPosts(tx, input.id, addDays(input.fromDay, -1))
  const apart = await refuseRole(tx, input.id, input.role, input.fromDay)
  if (apart) return apart
  await tx.insertInto('posts').values({ person_id: input.id, unit_id: unit.id, role: input.role, valid_from: input.fromDay, valid_until: null }).execute()
  const last = await refuseWithoutAdministrator(tx, input.id, ctx.today > input.fromDay ? ctx.today : input.fromDay)
  if (last) return last
  await endOldSessions(tx, ctx, input.id, input.fromDay)
  await record(tx, ctx, 'person.moved', { payload: { person: input.id, unit: unit.id, role: input.role, from: input.fromDay } })
  return done()
}, { permission: 'office.people', stepUp: true })

/** One post ends; `lastDay` is the last day on which it is held. */
export const endPost = act('office.end-post', z.object({ ...person, post: z.coerce.number().int().positive(), lastDay: aDay }), async (tx, ctx, input) => {
  await lockPersonRow(tx, input.id)
  const ended = await endPosts(tx, input.id, input.lastDay, input.post)
  if (!ended) return refusal('identity.no-post', '這項職務已經結束', { field: 'lastDay' })
  const last = await refuseWithoutAdministrator(tx, input.id, addDays(input.lastDay, 1) > ctx.today ? addDays(input.lastDay, 1) : ctx.today)
  if (last) return last
  await endOldSessions(tx, ctx, input.id, addDays(input.lastDay, 1))
  await record(tx, ctx, 'person.post-ended', { payload: { person: input.id, post: input.post, lastDay: input.lastDay } })
  return done()
}, { permission: 'office.people', stepUp: true })

/** 離職: posts end on the last day; the account is locked when that day is over, at once when it is past. Deputies end with it. */
export const leaveOffice = act('office.leave', z.object({ ...person, lastDay: aDay }), async (tx, ctx, input) => {
  await lockPersonRow(tx, input.id)
  if (input.id === ctx.person.id) return refusal('identity.own-leave', '不能登記自己離職，請由另一位系統管理人員登記')
  await endPosts(tx, input.id, input.lastDay)
  const lockNow = input.lastDay < ctx.today
  if (lockNow) await lockAccount(tx, input.id, ctx.now)
  else await later(tx, lockLeaverJob, { person: input.id }, { after: endOf(input.lastDay) })
  await endDeputies(tx, input.id, input.lastDay)
  const last = await refuseWithoutAdministrator(tx, input.id, addDays(input.lastDay, 1) > ctx.today ? addDays(input.lastDay, 1) : ctx.today)
  if (last) return last
  forgetAll()
  await record(tx, ctx, 'person.left', { payload: { person: input.id, lastDay: input.lastDay, locked: lockNow } })
  return done({ locked: lockNow })
}, { permission: 'office.people', stepUp: true })

/** Locks who has left, unless they were given a post again meanwhile. */
export const lockLeaverJob = defineJob<{ person: number }>({
  name: 'identity.lock-leaver',
  as: 'system',
  title: '離職人員停用帳號',
  run: (db, { person: id }) => write(db, async (tx, now) => {
    await lockPersonRow(tx, id)
    const today = dayOf(now)
    const holds = await tx.selectFrom('posts').select('id').where('person_id', '=', id).where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>=', today)])).executeTakeFirst()
    if (holds || !(await lockAccount(tx, id, now))) return
    forgetAll()
    await record(tx, { person: null, onBehalfOf: null, now, today }, 'person.locked', { payload: { person: id } })
  }),
})

/** Whose posts change signs in anew, so that no page and no permission of before goes on; a change to come lies beyond the end of today's sessions. */
async function endOldSessions(tx: Tx, ctx: StaffContext, personId: number, from: Day): Promise<void> {
  forgetAll()
  if (from <= ctx.today) await endSessions(tx, personId, personId === ctx.person?.id ? (ctx.sessionId ?? 0) : undefined)
}

/** Closes the account and ends its sessions. False when it was closed before. */
export async function lockAccount(tx: Tx, id: number, now: Date): Promise<boolean> {
  const locked = await tx.updateTable('people').set({ locked_at: now }).where('id', '=', id).where('locked_at', 'is', null).returning('id').executeTakeFirst()
  await endSessions(tx, id)
  return locked !== undefined
}

async function endDeputies(tx: Tx, id: number, lastDay: Day): Promise<void> {
  const theirs = sql`(person_id = ${id} or deputy_id = ${id}) and until_day > ${lastDay}`
  await sql`delete from deputies where ${theirs} and from_day > ${lastDay}`.execute(tx)
  await sql`update deputies set until_day = ${lastDay} where ${theirs}`.execute(tx)
}

/** Ends what is held after that day; a post that would begin later is taken back. Gives how many. */
async function endPosts(tx: Tx, personId: number, lastDay: Day, post?: number): Promise<number> {
  const only = post === undefined ? sql`` : sql`and id = ${post}`
  const gone = await sql`delete from posts where person_id = ${personId} and valid_from > ${lastDay} and (valid_until is null or valid_until > ${lastDay}) ${only}`.execute(tx)
  const ended = await sql`update posts set valid_until = ${lastDay} where person_id = ${personId} and (valid_until is null or valid_until > ${lastDay}) ${only}`.execute(tx)
  return Number(gone.numAffectedRows ?? 0) + Number(ended.numAffectedRows ?? 0)
}

async function lockPersonRow(tx: Tx, id: number): Promise<void> {
  const found = await tx.selectFrom('people').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!found) throw new NotFound('沒有這個人')
}

async function unitOf(tx: Tx, code: string, on: Day): Promise<{ id: number } | Refusal> {
  const unit = await tx.selectFrom('units').select(['id', 'name', 'valid_until']).where('code', '=', code).executeTakeFirst()
  if (!unit) return refusal('identity.unknown-unit', `沒有代碼 ${code} 的單位`, { field: 'unitCode' })
  if (unit.valid_until !== null && unit.valid_until < on) return refusal('identity.unit-ended', `${unit.name}在 ${rocDay(unit.valid_until)} 已經裁撤`, { field: 'unitCode' })
  return unit
}

/** Somebody must be left who can let others in: an account in use that is an administrator on that day. Call it after the change of one who was. */
export async function refuseWithoutAdministrator(tx: Tx, personId: number, on: Day): Promise<Refusal | null> {
  const was = await tx.selectFrom('posts').select('id').where('person_id', '=', personId).where('role', '=', 'administrator').limit(1).executeTakeFirst()
  if (!was) return null
  return (await anAdministratorIsLeft(tx, on)) ? null : refusal('identity.last-administrator', '這樣就沒有系統管理人員了，請先讓另一個人擔任')
}

export async function anAdministratorIsLeft(tx: Tx, on: Day): Promise<boolean> {
  const left = await sql`
    select from posts p join people on people.id = p.person_id and people.locked_at is null
    where p.role = 'administrator' and p.valid_from <= ${on} and (p.valid_until is null or p.valid_until >= ${on}) limit 1`.execute(tx)
  return left.rows.length > 0
}
