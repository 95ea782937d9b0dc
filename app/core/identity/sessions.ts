import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../act.ts'
import type { Db, Reader, Tx } from '../db.ts'
import { done, refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import { addressRange } from './devices.ts'
import { type Person, type Role } from './permissions.ts'

/** A working day and some more; a longer absence signs in again. */
export const sessionHours = 12
/** For so long after signing in, or after proving it again, nobody is asked once more who they are. */
const provedMinutes = 15

export type SignInMethod = 'password' | 'password+code' | 'password+recovery-code' | 'password+passkey' | 'passkey' | 'single-sign-on' | 'single-sign-on+code' | 'single-sign-on+recovery-code' | 'single-sign-on+passkey'

/** A new session with a new token, whatever the browser had before; only the token's hash is stored. */
export async function openSession(tx: Tx, now: Date, session: { personId: number; deviceId: number; address: string; label: string; method: SignInMethod; restricted: boolean }): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await tx.insertInto('sessions').values({
    token_hash: tokenHash(token), person_id: session.personId, label: session.label, device_id: session.deviceId, address_range: addressRange(session.address),
    method: session.method, restricted: session.restricted, expires_at: new Date(now.getTime() + sessionHours * 3_600_000),
  }).execute()
  return token
}

export const signOut = act(
  'identity.sign-out',
  z.object({ token: z.string() }),
  async (tx, _ctx, input) => {
    await tx.deleteFrom('sessions').where('token_hash', '=', tokenHash(input.token)).execute()
    forget(input.token)
    return done()
  },
  { by: 'public' },
)

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

export type Session = {
  id: number
  person: Person
  /** when it was last shown who sits there */
  provedAt: Date
  /** a second factor has to be set up before anything else */
  restricted: boolean
}

/** Sessions by token, for a moment: a page's own requests come in a bunch. Signing out forgets at once. */
const recent = new Map<string, { session: Session; until: number }>()
const recentMs = 5_000

export function forget(token: string): void {
  recent.delete(token)
}

/** After an account was locked, its posts changed, or its sessions ended. */
export function forgetAll(): void {
  recent.clear()
}

export function isProved(session: Session): boolean {
  return Date.now() - session.provedAt.getTime() < provedMinutes * 60_000
}

/** The session of a token, with its person and today's posts, while it lasts; null otherwise. */
export async function findSession(db: Db, token: string): Promise<Session | null> {
  const known = recent.get(token)
  if (known && known.until > Date.now()) return known.session
  const found = await sql<{ id: number; person_id: number; proved_at: Date; restricted: boolean }>`
    update sessions set seen_at = case when seen_at < now() - interval '1 minute' then now() else seen_at end
    where token_hash = ${tokenHash(token)} and expires_at > now()
      and exists (select from people where id = sessions.person_id and locked_at is null)
    returning id, person_id, proved_at, restricted`.execute(db)
  const row = found.rows[0]
  const person = row && (await findPerson(db, row.person_id))
  if (!person) return null
  const session = { id: row.id, person, provedAt: row.proved_at, restricted: row.restricted }
  if (recent.size > 5_000) recent.clear()
  recent.set(token, { session, until: Date.now() + recentMs })
  return session
}

export async function findSessionPerson(db: Db, token: string): Promise<Person | null> {
  return (await findSession(db, token))?.person ?? null
}

/** Ends the sessions of a person, all or all but one: their posts, password or second factor changed. Gives how many. */
export async function endSessions(tx: Tx, personId: number, except?: number): Promise<number> {
  const ended = await tx.deleteFrom('sessions').where('person_id', '=', personId).$if(except !== undefined, (query) => query.where('id', '<>', except!)).executeTakeFirst()
  forgetAll()
  return Number(ended.numDeletedRows)
}

export type SessionLine = { id: number; label: string | null; address_range: string | null; method: SignInMethod; created_at: Date; seen_at: Date }

/** Where a person is signed in now, what was used last first. */
export async function findSessions(reader: Reader, personId: number): Promise<SessionLine[]> {
  return reader.selectFrom('sessions').select(['id', 'label', 'address_range', 'method', 'created_at', 'seen_at'])
    .where('person_id', '=', personId).where('expires_at', '>', sql<Date>`now()`).orderBy('seen_at', 'desc').orderBy('id', 'desc').execute()
}

/** One of one's own sessions, such as at a computer one left. */
export const endSession = act('office.end-session', z.object({ id: z.coerce.number().int() }), async (tx, ctx, input) => {
  const ended = await tx.deleteFrom('sessions').where('id', '=', input.id).where('person_id', '=', ctx.person.id).returning('id').executeTakeFirst()
  if (!ended) return refusal('identity.no-session', '這個登入已經結束')
  forgetAll()
  await record(tx, ctx, 'identity.session-ended', { payload: { person: ctx.person.id, session: input.id } })
  return done()
}, { permission: 'signed-in' })

export const endOtherSessions = act('office.end-other-sessions', z.object({}), async (tx, ctx) => {
  const ended = await endSessions(tx, ctx.person.id, ctx.sessionId ?? 0)
  if (ended) await record(tx, ctx, 'identity.sessions-ended', { payload: { person: ctx.person.id, sessions: ended } })
  return done({ ended })
}, { permission: 'signed-in' })

/** Everywhere, by an administrator: a device was lost. */
export const endSessionsOf = act('office.end-sessions-of', z.object({ id: z.coerce.number().int().positive() }), async (tx, ctx, input) => {
  const ended = await endSessions(tx, input.id)
  if (ended) await record(tx, ctx, 'identity.sessions-ended', { payload: { person: input.id, sessions: ended } })
  return done({ ended })
}, { permission: 'office.people', stepUp: true })

/** A person with the posts held today, the units below each, and the absent colleagues they stand in for today. */
export async function findPerson(db: Reader, personId: number): Promise<Person | null> {
  const rows = await sql<{ id: number; login: string; name: string; absent: boolean; posts: { unitId: number; bureauId: number; unitName: string; role: Role; unitIds: number[] }[] }>`
    with recursive who as (
      select ${personId}::bigint as id, false as absent
      union all
      select person_id, true from deputies where deputy_id = ${personId} and current_date between from_day and until_day
    ), below as (
      select p.id as post_id, p.unit_id as unit_id from posts p join who on who.id = p.person_id
      union
      select below.post_id, u.id from below join units u on u.parent_id = below.unit_id
    )
    select person.id, person.login, person.name, who.absent,
      coalesce((select jsonb_agg(jsonb_build_object('unitId', post.unit_id, 'bureauId', unit.bureau_id, 'unitName', unit.name, 'role', post.role,
          'unitIds', (select jsonb_agg(below.unit_id) from below where below.post_id = post.id)) order by post.id)
        from posts post join units unit on unit.id = post.unit_id
        where post.person_id = person.id and post.valid_from <= current_date and (post.valid_until is null or post.valid_until >= current_date)), '[]') as posts
    from who join people person on person.id = who.id where person.locked_at is null or who.absent`.execute(db)
  const self = rows.rows.find((row) => !row.absent)
  if (!self) return null
  return {
    id: self.id,
    login: self.login,
    name: self.name,
    posts: self.posts,
    deputyFor: rows.rows.filter((row) => row.absent).map((row) => ({ id: row.id, name: row.name, posts: row.posts })),
  }
}
