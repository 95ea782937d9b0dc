import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../act.ts'
import type { ActContext } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { done, refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { addDays, type Day, rocDay } from '../time.ts'
import { aDay } from './posts.ts'
import { refuseTogether, rolesHeld } from './separation.ts'
import { forgetAll } from './sessions.ts'

/** A longer absence is a change of posts, not a deputy's. */
const spanDaysMax = 366

const Span = z.object({ deputyLogin: z.string('請選代理人').trim().toLowerCase().min(1, '請選代理人'), fromDay: aDay, untilDay: aDay })
type Span = z.output<typeof Span>

/** 職務代理: everyone sets their own. One person has one deputy at a time. */
export const setDeputy = act('office.set-deputy', Span, (tx, ctx, input) => set(tx, ctx, ctx.person.id, input), { permission: 'signed-in', stepUp: true })

/** For somebody who cannot set their own, such as one who fell ill. */
export const setDeputyOf = act('office.set-deputy-of', Span.extend({ id: z.coerce.number().int().positive() }), (tx, ctx, input) => set(tx, ctx, input.id, input), { permission: 'office.people', stepUp: true })

async function set(tx: Tx, ctx: ActContext, personId: number, { deputyLogin, fromDay, untilDay }: Span): Promise<Result<undefined>> {
  // one after the other, so that two at once cannot both find no deputy
  const person = await tx.selectFrom('people').select(['id', 'name']).where('id', '=', personId).forUpdate().executeTakeFirst()
  if (!person) return refusal('identity.unknown-person', '沒有這個人')
  const deputy = await tx.selectFrom('people').select(['id', 'name']).where('login', '=', deputyLogin).where('locked_at', 'is', null).executeTakeFirst()
  if (!deputy) return refusal('identity.unknown-person', `沒有帳號 ${deputyLogin}，或已停用`, { field: 'deputyLogin' })
  if (deputy.id === personId) return refusal('identity.own-deputy', '不能代理自己', { field: 'deputyLogin' })
  if (untilDay < fromDay) return refusal('identity.deputy-span', '迄日不能早於起日', { field: 'untilDay' })
  if (untilDay < ctx.today) return refusal('identity.deputy-past', '迄日已經過了', { field: 'untilDay' })
  if (addDays(fromDay, spanDaysMax - 1) < untilDay) return refusal('identity.deputy-long', `一次最多 ${spanDaysMax} 天；更久請系統管理人員調動職務`, { field: 'untilDay' })
  const [own] = await overlapping(tx, personId, fromDay, untilDay)
  if (own) return refusal('identity.deputy-overlap', `${spanText(own)}已由${own.name}代理；一段期間只有一位代理人，請先結束那一項`, { field: 'fromDay' })
  const [away] = await overlapping(tx, deputy.id, fromDay, untilDay)
  if (away) return refusal('identity.deputy-away', `${deputy.name} ${spanText(away)}自己也請人代理，請選別人或改期間`, { field: 'deputyLogin' })
  const apart = await refuseTogether(tx, deputy.id, await rolesHeld(tx, personId, ctx.today), ctx.today, 'deputyLogin')
  if (apart) return apart
  await tx.insertInto('deputies').values({ person_id: personId, deputy_id: deputy.id, from_day: fromDay, until_day: untilDay }).execute()
  forgetAll()
  await record(tx, ctx, 'deputy.set', { payload: { person: personId, deputy: deputy.id, from: fromDay, until: untilDay } })
  return done()
}

const spanText = ({ from_day: from, until_day: until }: { from_day: Day; until_day: Day }): string => `${rocDay(from)} 到 ${rocDay(until)} `

async function overlapping(tx: Tx, personId: number, from: Day, until: Day) {
  return tx.selectFrom('deputies').innerJoin('people', 'people.id', 'deputies.deputy_id').select(['people.name', 'from_day', 'until_day'])
    .where('person_id', '=', personId).where('from_day', '<=', until).where('until_day', '>=', from).orderBy('from_day').limit(1).execute()
}

/** Ends one's own; an administrator ends anybody's with `endDeputyOf`. */
export const endDeputy = act('office.end-deputy', z.object({ id: z.coerce.number().int() }), (tx, ctx, input) => end(tx, ctx, input.id, ctx.person.id), { permission: 'signed-in' })

export const endDeputyOf = act('office.end-deputy-of', z.object({ deputy: z.coerce.number().int(), id: z.coerce.number().int() }), (tx, ctx, input) => end(tx, ctx, input.deputy, input.id), { permission: 'office.people', stepUp: true })

async function end(tx: Tx, ctx: ActContext, id: number, personId: number): Promise<Result<undefined>> {
  const ended = await tx.deleteFrom('deputies').where('id', '=', id).where('person_id', '=', personId).returning('deputy_id').executeTakeFirst()
  if (!ended) return refusal('identity.no-deputy', '這項代理已經結束')
  forgetAll()
  await record(tx, ctx, 'deputy.ended', { payload: { person: personId, deputy: ended.deputy_id } })
  return done()
}

export type DeputyLine = { id: number; name: string; login: string; from_day: Day; until_day: Day }

/** Deputies of a person today and later, in order. */
export async function findDeputies(reader: Reader, personId: number, today: Day): Promise<DeputyLine[]> {
  return reader.selectFrom('deputies').innerJoin('people', 'people.id', 'deputies.deputy_id').select(['deputies.id', 'people.name', 'people.login', 'from_day', 'until_day'])
    .where('person_id', '=', personId).where('until_day', '>=', today).orderBy('from_day').execute()
}

export type Colleague = { login: string; name: string; posts: string }

/** People in use whose name, login or unit contains the words; without words, those of the person's own bureaux. The own unit comes first. */
export async function findColleagues(reader: Reader, personId: number, words: string, today: Day, most = 20): Promise<Colleague[]> {
  const like = `%${words.trim().replace(/[\\%_]/g, '\\$&')}%`
  const wanted = words.trim() === ''
    ? sql`exists (select from held mine join held theirs on theirs.bureau_id = mine.bureau_id where mine.person_id = ${personId} and theirs.person_id = p.id)`
    : sql`(p.name ilike ${like} or p.login ilike ${like} or exists (select from held where held.person_id = p.id and held.unit ilike ${like}))`
  const rows = await sql<Colleague>`
    with held as (select posts.person_id, posts.unit_id, posts.role, u.bureau_id, u.name as unit from posts join units u on u.id = posts.unit_id
      where posts.valid_from <= ${today} and (posts.valid_until is null or posts.valid_until >= ${today}))
    select p.login, p.name, coalesce((select string_agg(held.unit || '・' || held.role, '、') from held where held.person_id = p.id), '') as posts
    from people p where p.locked_at is null and p.id <> ${personId} and ${wanted}
    order by exists (select from held mine join held theirs on theirs.unit_id = mine.unit_id where mine.person_id = ${personId} and theirs.person_id = p.id) desc, p.name, p.id
    limit ${sql.lit(most)}`.execute(reader)
  return rows.rows
}
