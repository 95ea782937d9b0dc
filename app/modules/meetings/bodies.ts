import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../core/act.ts'
import { optionalDay } from '../../core/day-fields.ts'
import type { Reader, Tx } from '../../core/db.ts'
import { done, NotFound, refusal, type Result } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { may, type Person } from '../../core/identity/permissions.ts'
import type { Day } from '../../core/time.ts'
import { type BodyKind, bodyKinds, type BodyLevel, bodyLevels, meetingKind, type Publication, publications, type Readers, readerKinds, sittings, type Sits } from './schema.ts'
import './tables.ts'

export type Body = {
  id: number; code: string; name: string; kind: BodyKind; level: BodyLevel; standing: boolean; ownerUnitId: number | null; ownerUnit: string | null; chair: string; basis: string; sits: Sits; readers: Readers
  publication: Publication; publicationBasis: string; minutesDueDays: number | null; proposalsDueDays: number | null; timesAYear: number | null; caseKind: string; validFrom: Day | null; validUntil: Day | null; unitIds: number[]
}

const columns = sql`b.id, b.code, b.name, b.kind, b.level, b.standing, b.owner_unit_id as "ownerUnitId", u.name as "ownerUnit", b.chair, b.basis, b.sits, b.readers, b.publication, b.publication_basis as "publicationBasis",
  b.minutes_due_days as "minutesDueDays", b.proposals_due_days as "proposalsDueDays", b.times_a_year as "timesAYear", b.case_kind as "caseKind", b.valid_from as "validFrom", b.valid_until as "validUntil",
  coalesce((select jsonb_agg(s.unit_id order by s.unit_id) from meeting_body_units s where s.body_id = b.id), '[]') as "unitIds"`

/** All bodies, those of the county first. */
export async function findBodies(reader: Reader): Promise<Body[]> {
  return (await sql<Body>`select ${columns} from meeting_bodies b left join units u on u.id = b.owner_unit_id order by array_position(array['county', 'agency', 'township'], b.level), b.id`.execute(reader)).rows
}

export async function findBody(reader: Reader, code: string): Promise<Body> {
  const { rows } = await sql<Body>`select ${columns} from meeting_bodies b left join units u on u.id = b.owner_unit_id where b.code = ${code}`.execute(reader)
  if (!rows[0]) throw new NotFound('找不到這個會議體')
  return rows[0]
}

/** The body of a meeting case; null for a meeting of another module's committee. */
export async function bodyOfMeeting(reader: Reader, meetingId: number): Promise<{ code: string; name: string } | null> {
  return (await sql<{ code: string; name: string }>`select b.code, b.name from meetings m join meeting_bodies b on b.id = m.body_id where m.id = ${meetingId}`.execute(reader)).rows[0] ?? null
}

/** Who calls its meetings and keeps their minutes. */
export const mayCall = (person: Person, body: Pick<Body, 'ownerUnitId'>): boolean => may(person, 'meetings.manage', { unitId: body.ownerUnitId, officerId: null })
export const isInForce = (body: Pick<Body, 'validFrom' | 'validUntil'>, on: Day): boolean => (body.validFrom ?? on) <= on && on <= (body.validUntil ?? on)

export type SeatedUnit = { unitId: number; name: string; title: string; chosen: boolean }

/** The bureaux and township offices that could sit on that day, with who heads them; those of the body are chosen. */
export async function findSeats(reader: Reader, body: Pick<Body, 'sits' | 'unitIds'>, on: Day): Promise<SeatedUnit[]> {
  const { rows } = await sql<{ unitId: number; unit: string; kind: string; head: string | null }>`
    select u.id as "unitId", u.name as unit, u.kind, (select p.name from posts t join people p on p.id = t.person_id where t.unit_id = u.id and t.role = 'head' and t.valid_from <= ${on}::date and (t.valid_until is null or t.valid_until >= ${on}::date) order by t.id limit 1) as head
    from units u where u.kind in ('department', 'bureau', 'township', 'agency') and u.valid_from <= ${on}::date and (u.valid_until is null or u.valid_until >= ${on}::date) order by u.code`.execute(reader)
  return rows
    .map(({ unitId, unit, kind, head }) => ({ unitId, name: head ?? `${unit}主管`, title: unit, kind, chosen: body.unitIds.includes(unitId) || (body.sits !== 'listed' && (kind === 'department' || kind === 'bureau' || (kind === 'township' && body.sits === 'bureaux-townships'))) }))
    .filter(({ kind, chosen }) => kind !== 'agency' || chosen)
    .map(({ kind: _kind, ...seat }) => seat)
}

const codes = <T extends object>(of: T) => Object.keys(of) as [keyof T & string, ...(keyof T & string)[]]
const days = (message: string) => z.preprocess((value) => (value === '' || value === undefined ? null : value), z.coerce.number({ error: message }).int(message).min(0, message).max(365, message).nullable())
const BodyInput = z.object({
  name: z.string().trim().min(2, '請填名稱').max(60, '名稱最多 60 個字'),
  kind: z.enum(codes(bodyKinds), { error: '請選擇種類' }), level: z.enum(codes(bodyLevels)).default('county'),
  standing: z.enum(['yes', 'no']).default('yes'),
  owner: z.preprocess((value) => (value === '' || value === undefined ? null : value), z.coerce.number().int().nullable()),
  chair: z.string().trim().max(50).default(''), basis: z.string().trim().max(500).default(''),
  sits: z.enum(codes(sittings)).default('listed'), readers: z.enum(codes(readerKinds)).default('bureaux'),
  publication: z.enum(codes(publications), { error: '請選擇紀錄公開與否' }), publicationBasis: z.string().trim().max(500).default(''),
  minutesDueDays: days('日數請填 0 到 365'), proposalsDueDays: days('日數請填 0 到 365'),
  timesAYear: z.preprocess((value) => (value === '' || value === undefined ? null : value), z.coerce.number({ error: '次數請填數字' }).int('次數請填整數').min(1, '至少 1 次').max(366).nullable()),
  validFrom: optionalDay('成立日期看不懂，例如 110/1/1'), validUntil: optionalDay('結束日期看不懂，例如 111/12/31'),
  units: z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.coerce.number().int())),
})
type BodyValues = z.output<typeof BodyInput>

async function valuesOf(tx: Tx, input: BodyValues): Promise<Result<object>> {
  if (input.validFrom && input.validUntil && input.validUntil < input.validFrom) return refusal('body.days', '結束日期早於成立日期', { field: 'validUntil' })
  const wanted = [...input.units, ...(input.owner === null ? [] : [input.owner])]
  const known = wanted.length ? await tx.selectFrom('units').select('id').where('id', 'in', wanted).execute() : []
  if (wanted.some((id) => !known.some((unit) => unit.id === id))) return refusal('input.invalid', '請選擇單位', { field: 'owner' })
  return done({
    name: input.name, kind: input.kind, level: input.level, standing: input.standing === 'yes', owner_unit_id: input.owner, chair: input.chair, basis: input.basis, sits: input.sits, readers: input.readers, publication: input.publication,
    publication_basis: input.publicationBasis, minutes_due_days: input.minutesDueDays, proposals_due_days: input.proposalsDueDays, times_a_year: input.timesAYear, valid_from: input.validFrom, valid_until: input.validUntil,
  })
}

async function setUnits(tx: Tx, bodyId: number, unitIds: readonly number[]): Promise<void> {
  await tx.deleteFrom('meeting_body_units').where('body_id', '=', bodyId).where('unit_id', 'not in', unitIds.length ? [...unitIds] : [0]).execute()
  if (unitIds.length) await tx.insertInto('meeting_body_units').values([...new Set(unitIds)].map((unitId) => ({ body_id: bodyId, unit_id: unitId }))).onConflict((conflict) => conflict.columns(['body_id', 'unit_id']).doNothing()).execute()
}

export const addBody = act('meetings.add-body', BodyInput.extend({ code: z.string().trim().regex(/^[a-z][a-z0-9_]{1,39}$/, '代碼用小寫英文字母、數字和底線，字母開頭，例如 water_board') }), async (tx, ctx, input) => {
  if (await tx.selectFrom('meeting_bodies').select('id').where('code', '=', input.code).executeTakeFirst()) return refusal('body.exists', `已經有代碼 ${input.code}`, { field: 'code' })
  const values = await valuesOf(tx, input)
  if (!('value' in values)) return values
  const { id } = await tx.insertInto('meeting_bodies').values({ code: input.code, case_kind: meetingKind, ...(values.value as object) } as never).returning('id').executeTakeFirstOrThrow()
  await setUnits(tx, id, input.units)
  await record(tx, ctx, 'meeting-body.added', { payload: { body: input.code } })
  return done({ code: input.code })
}, { permission: 'meetings.bodies' })

/** What a body is from now on; meetings that were called keep who sat in them. */
export const changeBody = act('meetings.change-body', BodyInput.extend({ code: z.string() }), async (tx, ctx, input) => {
  const body = await tx.selectFrom('meeting_bodies').select('id').where('code', '=', input.code).forUpdate().executeTakeFirst()
  if (!body) throw new NotFound('找不到這個會議體')
  const values = await valuesOf(tx, input)
  if (!('value' in values)) return values
  await tx.updateTable('meeting_bodies').set(values.value as object).where('id', '=', body.id).execute()
  await setUnits(tx, body.id, input.units)
  await record(tx, ctx, 'meeting-body.changed', { payload: { body: input.code } })
  return done({ code: input.code })
}, { permission: 'meetings.bodies' })
