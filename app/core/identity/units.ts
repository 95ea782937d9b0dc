import { sql } from 'kysely'
import { z } from 'zod'
import { act, type StaffContext } from '../act.ts'
import { addJoint, assignLead } from '../cases/assign.ts'
import type { Reader, Tx } from '../db.ts'
import { done, NotFound, refusal, type Refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import { addDays, type Day, rocDay } from '../time.ts'
import { aDay } from './posts.ts'
import { endSessions } from './sessions.ts'
import { type UnitKind, unitKinds } from './tables.ts'
import { moveFollowers, stillPointing } from './unit-followers.ts'
import { moveBelow } from './units-import.ts'

const Name = z.string().trim().min(1, '請填名稱').max(100, '名稱最多 100 個字')
const parentCode = z.string().trim().default('')
const unit = { id: z.coerce.number().int().positive() }
const sensitive = { permission: 'office.people', stepUp: true } as const

export const addUnit = act('office.add-unit', z.object({
  code: z.string().trim().regex(/^[A-Za-z0-9-]{1,40}$/, '代碼用英文字母、數字和減號'), name: Name, kind: z.enum(Object.keys(unitKinds) as [UnitKind, ...UnitKind[]], '請選類型'), parentCode, fromDay: aDay,
}), async (tx, ctx, input) => {
  const parent = await parentOf(tx, input.parentCode, input.kind)
  if (parent && 'refused' in parent) return parent
  const bureau = parent && followsBureau(input.kind) ? parent.bureau_id : null
  const added = await tx.insertInto('units').values({
    code: input.code, name: input.name, kind: input.kind, parent_id: parent?.id ?? null, valid_from: input.fromDay, valid_until: null,
    bureau_id: bureau ?? sql<number>`currval(pg_get_serial_sequence('windlion.units', 'id'))`,
  }).onConflict((conflict) => conflict.column('code').doNothing()).returning('id').executeTakeFirst()
  if (!added) return refusal('identity.code-taken', `代碼 ${input.code} 已有單位使用`, { field: 'code' })
  await record(tx, ctx, 'unit.added', { payload: { unit: added.id, code: input.code, parent: parent?.id ?? null, from: input.fromDay } })
  return done({ id: added.id })
}, sensitive)

/** 更名、改隸: from now on; what was recorded before keeps the name of its time. */
export const changeUnit = act('office.change-unit', z.object({ ...unit, name: Name, parentCode }), async (tx, ctx, input) => {
  const before = await lockUnit(tx, input.id)
  const parent = await parentOf(tx, input.parentCode, before.kind)
  if (parent && 'refused' in parent) return parent
  if (parent && (await isBelow(tx, parent.id, before.id))) return refusal('identity.unit-loop', '上級不能是自己或自己的下級單位', { field: 'parentCode' })
  const bureau = parent && followsBureau(before.kind) ? parent.bureau_id : before.id
  await tx.updateTable('units').set({ name: input.name, parent_id: parent?.id ?? null, bureau_id: bureau }).where('id', '=', before.id).execute()
  await moveBelow(tx, before.id)
  await record(tx, ctx, 'unit.changed', { payload: { unit: before.id, parent: parent?.id ?? null, renamed: before.name !== input.name } })
  return done()
}, sensitive)

/** 裁撤: the last day on which it exists. Nobody and nothing may be left in it; else it is merged into another. */
export const closeUnit = act('office.close-unit', z.object({ ...unit, lastDay: aDay }), async (tx, ctx, input) => {
  const before = await lockUnit(tx, input.id)
  if (input.lastDay < before.valid_from) return refusal('identity.unit-span', `早於開始的 ${rocDay(before.valid_from)}`, { field: 'lastDay' })
  const { cases, posts, units } = await leftIn(tx, before.id, input.lastDay)
  const left = [cases && `${cases} 件未結案件`, posts && `${posts} 項職務`, units && `${units} 個下級單位`, ...(await stillPointing(tx, before.id))].filter(Boolean)
  if (left.length) return refusal('identity.unit-in-use', `還有${left.join('、')}，請先移出，或改用整併`, { field: 'lastDay' })
  await tx.updateTable('units').set({ valid_until: input.lastDay }).where('id', '=', before.id).execute()
  await record(tx, ctx, 'unit.closed', { payload: { unit: before.id, lastDay: input.lastDay } })
  return done()
}, sensitive)

/** 整併: from today its people, lower units, open cases and what else points at it (unit-followers.ts) are the other's; yesterday was its last day. */
export const mergeUnit = act('office.merge-unit', z.object({ ...unit, intoCode: z.string().trim().min(1, '請選單位') }), async (tx, ctx, input) => {
  const before = await lockUnit(tx, input.id)
  const yesterday = addDays(ctx.today, -1)
  const into = await tx.selectFrom('units').select(['id', 'kind', 'valid_until']).where('code', '=', input.intoCode).executeTakeFirst()
  if (!into || (into.valid_until !== null && into.valid_until < ctx.today)) return refusal('identity.unknown-unit', '沒有這個單位，或已經裁撤', { field: 'intoCode' })
  if (await isBelow(tx, into.id, before.id)) return refusal('identity.unit-loop', '不能併入自己或自己的下級單位', { field: 'intoCode' })
  if (before.valid_from > yesterday) return refusal('identity.unit-span', '今天才開始的單位不能整併，請改用更名或裁撤')
  const people = await movePosts(tx, before.id, into.id, ctx.today)
  for (const person of people) await endSessions(tx, person, person === ctx.person.id ? (ctx.sessionId ?? 0) : undefined)
  await tx.updateTable('units').set({ parent_id: into.id }).where('parent_id', '=', before.id).execute()
  await moveBelow(tx, into.id)
  const cases = await moveCases(tx, ctx, before.id, into.id)
  const others = await moveFollowers(tx, ctx, before.id, into.id)
  await tx.updateTable('units').set({ valid_until: yesterday }).where('id', '=', before.id).execute()
  await record(tx, ctx, 'unit.merged', { payload: { unit: before.id, into: into.id, cases, people: people.length } })
  return done({ cases, people: people.length, others })
}, sensitive)

const followsBureau = (kind: UnitKind) => kind === 'section' || kind === 'agency'

async function lockUnit(tx: Tx, id: number) {
  const found = await tx.selectFrom('units').select(['id', 'name', 'kind', 'valid_from', 'valid_until']).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!found) throw new NotFound('沒有這個單位')
  return found
}

async function parentOf(tx: Tx, code: string, kind: UnitKind): Promise<{ id: number; bureau_id: number } | null | Refusal> {
  if (!code) return kind === 'section' ? refusal('identity.no-parent', '科必須有上級單位', { field: 'parentCode' }) : null
  return (await tx.selectFrom('units').select(['id', 'bureau_id']).where('code', '=', code).where('valid_until', 'is', null).executeTakeFirst())
    ?? refusal('identity.unknown-unit', `沒有代碼 ${code} 的單位，或已經裁撤`, { field: 'parentCode' })
}

async function isBelow(tx: Tx, id: number, above: number): Promise<boolean> {
  const { rows } = await sql`with recursive below as (select ${above}::bigint as id union select u.id from below join units u on u.parent_id = below.id) select from below where id = ${id}`.execute(tx)
  return rows.length > 0
}

/** What still belongs to a unit after that day. */
export async function leftIn(reader: Reader, id: number, lastDay: Day): Promise<{ cases: number; posts: number; units: number }> {
  const { rows } = await sql<{ cases: number; posts: number; units: number }>`
    select (select count(*) from cases where unit_id = ${id} and closed_at is null) as cases,
      (select count(*) from posts where unit_id = ${id} and (valid_until is null or valid_until > ${lastDay})) as posts,
      (select count(*) from units where parent_id = ${id} and (valid_until is null or valid_until > ${lastDay})) as units`.execute(reader)
  return rows[0]!
}

/** Gives whose posts moved. A post of the same role that they hold there already is not doubled. */
async function movePosts(tx: Tx, from: number, into: number, today: Day): Promise<number[]> {
  const posts = await tx.selectFrom('posts').selectAll().where('unit_id', '=', from).where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>=', today)])).execute()
  for (const post of posts) {
    const twin = await tx.selectFrom('posts').select('id').where('person_id', '=', post.person_id).where('unit_id', '=', into).where('role', '=', post.role).where('valid_until', 'is', null).executeTakeFirst()
    if (post.valid_from >= today) await tx.deleteFrom('posts').where('id', '=', post.id).execute()
    else await tx.updateTable('posts').set({ valid_until: addDays(today, -1) }).where('id', '=', post.id).execute()
    if (!twin) await tx.insertInto('posts').values({ person_id: post.person_id, unit_id: into, role: post.role, valid_from: post.valid_from >= today ? post.valid_from : today, valid_until: post.valid_until }).execute()
  }
  return [...new Set(posts.map(({ person_id: id }) => id))]
}

/** Open cases that the unit leads or helps with; each says so in its history. Officers keep theirs. */
async function moveCases(tx: Tx, ctx: StaffContext, from: number, into: number): Promise<number> {
  const led = await tx.selectFrom('cases').select(['id', 'officer_id']).where('unit_id', '=', from).where('closed_at', 'is', null).orderBy('id').forUpdate().execute()
  for (const { id, officer_id: officerId } of led) await assignLead(tx, { caseId: id, unitId: into, officerId, at: ctx.now, endedAs: 'reassigned' })
  const helped = await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'reassigned' }).where('unit_id', '=', from).where('role', '=', 'joint').where('until_at', 'is', null).returning('case_id').execute()
  for (const { case_id: caseId } of helped) await addJoint(tx, { caseId, unitIds: [into], at: ctx.now })
  const cases = [...new Set([...led.map(({ id }) => id), ...helped.map(({ case_id: id }) => id)])]
  for (const caseId of cases) await record(tx, ctx, 'case.unit-merged', { caseId, payload: { from, unit: into } })
  return cases.length
}
