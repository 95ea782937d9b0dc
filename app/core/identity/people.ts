import { z } from 'zod'
import { act, type ActContext } from '../act.ts'
import { done, NotFound, refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { hashPassword, passwordMatches, weakPassword } from './password.ts'
import { roles, type Role } from './permissions.ts'
import { refuseWithoutAdministrator } from './posts.ts'
import { countAttempt, forgetAttempts, waitSentence } from './attempts.ts'
import { findDevice, forgetDevices } from './devices.ts'
import { liftRestriction } from './second-factor.ts'
import { fromWhere } from './sign-in.ts'
import { endSessions, forgetAll } from './sessions.ts'
import { tellColleague, tellSignInChange } from './sign-in-changes.ts'

const roleNames = Object.keys(roles) as [Role, ...Role[]]
export const RoleChoice = z.enum(roleNames, '請選職務')
const Name = z.string().trim().min(1, '請填姓名').max(50, '姓名最多 50 個字')
const Email = z.union([z.literal(''), z.email('電子郵件的格式不正確')]).default('').transform((text) => text || null)

export const NewPerson = z.object({
  login: z.string().trim().toLowerCase().regex(/^[a-z0-9][a-z0-9._-]{1,49}$/, '帳號用 2 到 50 個英文小寫、數字、點、底線或減號'),
  name: Name,
  email: Email,
  password: z.string().min(1, '請填密碼'),
  unitCode: z.string().trim().min(1, '請選單位'),
  role: RoleChoice,
})

export const addPerson = act(
  'office.add-person',
  NewPerson,
  async (tx, ctx, input) => {
    const weak = weakPassword(input.password, input.login)
    if (weak) return refusal('identity.weak-password', weak, { field: 'password' })
    const unit = await tx.selectFrom('units').select('id').where('code', '=', input.unitCode).executeTakeFirst()
    if (!unit) return refusal('identity.unknown-unit', `沒有代碼 ${input.unitCode} 的單位`, { field: 'unitCode' })
    const added = await tx
      .insertInto('people')
      .values({ login: input.login, name: input.name, email: input.email, password_hash: await hashPassword(input.password), password_given_at: givenAt(ctx), locked_at: null })
      .onConflict((conflict) => conflict.column('login').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) return refusal('identity.login-taken', `帳號 ${input.login} 已有人使用`, { field: 'login' })
    // one role of a new person: no role by itself holds what must be apart (keepApart, at start)
    await tx.insertInto('posts').values({ person_id: added.id, unit_id: unit.id, role: input.role, valid_from: ctx.today, valid_until: null }).execute()
    await record(tx, ctx, 'person.added', { payload: { person: added.id, unit: unit.id, role: input.role } })
    return done({ id: added.id })
  },
  { permission: 'office.people', stepUp: true },
)

/** Name and address; the login stays, since it stands in the record. */
export const changePerson = act(
  'office.change-person',
  z.object({ id: z.coerce.number().int().positive(), name: Name, email: Email }),
  async (tx, ctx, input) => {
    const was = await tx.selectFrom('people').select('email').where('id', '=', input.id).forUpdate().executeTakeFirst()
    if (!was) throw new NotFound('沒有這個人')
    await tx.updateTable('people').set({ name: input.name, email: input.email }).where('id', '=', input.id).execute()
    if (was.email !== input.email) await tellSignInChange(tx, ctx.now, was.email, '系統管理人員更改了您帳號的電子郵件，以後的通知寄到新的信箱。')
    forgetAll()
    await record(tx, ctx, 'person.changed', { payload: { person: input.id } })
    return done()
  },
  { permission: 'office.people', stepUp: true },
)

const Login = z.object({ login: z.string().trim().toLowerCase() })

export const lockPerson = act(
  'office.lock-person',
  Login,
  async (tx, ctx, input) => {
    const person = await tx.updateTable('people').set({ locked_at: ctx.now }).where('login', '=', input.login).returning('id').executeTakeFirst()
    if (!person) return refusal('identity.unknown-person', `沒有帳號 ${input.login}`, { field: 'login' })
    if (person.id === ctx.person?.id) return refusal('identity.own-lock', '不能停用自己的帳號', { field: 'login' })
    const last = await refuseWithoutAdministrator(tx, person.id, ctx.today)
    if (last) return last
    await endSessions(tx, person.id)
    await record(tx, ctx, 'person.locked', { payload: { person: person.id } })
    return done()
  },
  { permission: 'office.people', stepUp: true },
)

/** Null for the operator at the machine, who sets up the first account and may set any. */
const givenAt = (ctx: ActContext): Date | null => (ctx.person ? ctx.now : null)

/** A new password, given by hand and good only for choosing one's own; opens a locked account, ends its sessions and forgets its wrong attempts. */
export const resetPerson = act(
  'office.reset-person',
  Login.extend({ password: z.string().min(1, '請填密碼') }),
  async (tx, ctx, input) => {
    const weak = weakPassword(input.password, input.login)
    if (weak) return refusal('identity.weak-password', weak, { field: 'password' })
    const person = await tx
      .updateTable('people')
      .set({ password_hash: await hashPassword(input.password), password_given_at: givenAt(ctx), attempts_from: ctx.now, locked_at: null })
      .where('login', '=', input.login)
      .returning('id')
      .executeTakeFirst()
    if (!person) return refusal('identity.unknown-person', `沒有帳號 ${input.login}`, { field: 'login' })
    await endSessions(tx, person.id)
    await forgetDevices(tx, person.id)
    await tellColleague(tx, ctx.now, person.id, '系統管理人員重設了您的密碼，原有的登入都已結束。')
    await record(tx, ctx, 'person.reset', { payload: { person: person.id } })
    return done()
  },
  { permission: 'office.people', stepUp: true },
)

/** Whoever sits at somebody's open session does not try out their password here: a wrong one is an outcome, kept and counted like a wrong sign-in. */
export const changePassword = act(
  'office.change-password',
  z.object({ current: z.string().min(1, '請填目前的密碼').max(500), password: z.string().min(1, '請填新密碼').max(500), again: z.string(), from: fromWhere }).refine((input) => input.password === input.again, { message: '兩次輸入的密碼不同', path: ['again'] }),
  async (tx, ctx, input): Promise<Result<{ failed: string | null }>> => {
    const weak = weakPassword(input.password, ctx.person.login)
    if (weak) return refusal('identity.weak-password', weak, { field: 'password' })
    const attempt = { login: ctx.person.login, address: input.from.address, deviceId: await findDevice(tx, ctx.person.login, input.from.device) }
    const wait = await countAttempt(tx, attempt, ctx.now)
    if (wait) return done({ failed: waitSentence(wait) })
    const self = await tx.selectFrom('people').select('password_hash').where('id', '=', ctx.person.id).executeTakeFirstOrThrow()
    if (!(await passwordMatches(self.password_hash, input.current))) {
      await record(tx, ctx, 'identity.proof-failed', { payload: { person: ctx.person.id } })
      return done({ failed: '目前的密碼不正確' })
    }
    if (input.password === input.current) return refusal('identity.same-password', '新密碼要和目前的不同', { field: 'password' })
    await forgetAttempts(tx, attempt)
    await tx.updateTable('people').set({ password_hash: await hashPassword(input.password), password_given_at: null }).where('id', '=', ctx.person.id).execute()
    await endSessions(tx, ctx.person.id, ctx.sessionId ?? 0)
    await liftRestriction(tx, ctx)
    await tellColleague(tx, ctx.now, ctx.person.id, '您的密碼更改了。')
    await record(tx, ctx, 'person.password-changed', { payload: { person: ctx.person.id } })
    return done({ failed: null })
  },
  { permission: 'signed-in' },
)

/** Who lost telephone and keys: an administrator takes the second factor away, and the person sets up another. */
export const clearSecondFactor = act(
  'office.clear-second-factor',
  z.object({ id: z.coerce.number().int().positive() }),
  async (tx, ctx, input) => {
    for (const table of ['totp_secrets', 'passkeys', 'recovery_codes'] as const) await tx.deleteFrom(table).where('person_id', '=', input.id).execute()
    await endSessions(tx, input.id)
    await forgetDevices(tx, input.id)
    await tellColleague(tx, ctx.now, input.id, '系統管理人員清除了您的第二道驗證，原有的登入都已結束。')
    await record(tx, ctx, 'identity.second-factor-cleared', { payload: { person: input.id } })
    return done()
  },
  { permission: 'office.people', stepUp: true },
)
