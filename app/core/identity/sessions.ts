import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../act.ts'
import type { Db, Reader } from '../db.ts'
import { done, refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { passwordMatches } from './password.ts'
import { type Person, type Role } from './permissions.ts'

/** A working day and some more; a longer absence signs in again. */
const sessionHours = 12
/** After this many wrong passwords in a row the account waits; each further one doubles the wait, up to 15 minutes. */
const freeAttempts = 5

export const SignIn = z.object({
  login: z.string().trim().toLowerCase().min(1, '請輸入帳號').max(100),
  password: z.string().min(1, '請輸入密碼').max(500),
})

type SignedIn = { failed: string; token?: never } | { failed?: never; token: string; personId: number; hours: number }

/** Returns the new session's token; only its hash is stored. A wrong password is an outcome, not a refusal: its count must be kept. */
export const signIn = act(
  'identity.sign-in',
  SignIn,
  async (tx, ctx, input): Promise<Result<SignedIn>> => {
    const person = await tx.selectFrom('people').selectAll().where('login', '=', input.login).forUpdate().executeTakeFirst()
    const waitUntil = person && person.failed_sign_ins >= freeAttempts && person.last_failed_at ? person.last_failed_at.getTime() + waitMs(person.failed_sign_ins) : 0
    if (waitUntil > ctx.now.getTime()) return done({ failed: `嘗試次數過多，請 ${Math.ceil((waitUntil - ctx.now.getTime()) / 60_000)} 分鐘後再試，或請系統管理人員重設` })
    const matches = await passwordMatches(person?.password_hash ?? null, input.password)
    if (!person || !matches) {
      if (person) await tx.updateTable('people').set({ failed_sign_ins: person.failed_sign_ins + 1, last_failed_at: ctx.now }).where('id', '=', person.id).execute()
      return done({ failed: '帳號或密碼不正確' })
    }
    if (person.locked_at) return refusal('identity.locked', '這個帳號已停用，請洽系統管理人員')
    await tx.updateTable('people').set({ failed_sign_ins: 0, last_failed_at: null }).where('id', '=', person.id).execute()
    const token = randomBytes(32).toString('base64url')
    await tx
      .insertInto('sessions')
      .values({ token_hash: tokenHash(token), person_id: person.id, expires_at: new Date(ctx.now.getTime() + sessionHours * 3_600_000), label: null })
      .execute()
    await record(tx, { ...ctx, person: null }, 'identity.signed-in', { payload: { person: person.id } })
    return done({ token, personId: person.id, hours: sessionHours })
  },
  { by: 'public' },
)

function waitMs(failures: number): number {
  return Math.min(30_000 * 2 ** (failures - freeAttempts), 900_000)
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

/** People by session token, for a moment: a page's own requests come in a bunch. Signing out forgets at once. */
const recent = new Map<string, { person: Person; until: number }>()
const recentMs = 5_000

export function forget(token: string): void {
  recent.delete(token)
}

/** After an account was locked or its posts changed. */
export function forgetAll(): void {
  recent.clear()
}

/** The person of a session that has not ended, with today's posts; null otherwise. */
export async function findSessionPerson(db: Db, token: string): Promise<Person | null> {
  const known = recent.get(token)
  if (known && known.until > Date.now()) return known.person
  const found = await sql<{ person_id: number }>`
    update sessions set seen_at = case when seen_at < now() - interval '1 minute' then now() else seen_at end
    where token_hash = ${tokenHash(token)} and expires_at > now()
      and exists (select from people where id = sessions.person_id and locked_at is null)
    returning person_id`.execute(db)
  const personId = found.rows[0]?.person_id
  if (!personId) return null
  const person = await findPerson(db, personId)
  if (person) {
    if (recent.size > 5_000) recent.clear()
    recent.set(token, { person, until: Date.now() + recentMs })
  }
  return person
}

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
