import { z } from 'zod'
import { act } from '../act.ts'
import { done, refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import { type Day, isDay } from '../time.ts'
import { hashPassword, passwordMatches, weakPassword } from './password.ts'
import { roles, type Role } from './permissions.ts'
import { forgetAll } from './sessions.ts'

const roleNames = Object.keys(roles) as [Role, ...Role[]]

export const NewPerson = z.object({
  login: z.string().trim().toLowerCase().regex(/^[a-z0-9][a-z0-9._-]{1,49}$/, '帳號用 2 到 50 個英文小寫、數字、點、底線或減號'),
  name: z.string().trim().min(1, '請填姓名').max(50, '姓名最多 50 個字'),
  email: z.union([z.literal(''), z.email('電子郵件的格式不正確')]).default('').transform((text) => text || null),
  password: z.string().min(1, '請填密碼'),
  unitCode: z.string().trim().min(1, '請選單位'),
  role: z.enum(roleNames, '請選職務'),
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
      .values({ login: input.login, name: input.name, email: input.email, password_hash: await hashPassword(input.password), locked_at: null, last_failed_at: null })
      .onConflict((conflict) => conflict.column('login').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) return refusal('identity.login-taken', `帳號 ${input.login} 已有人使用`, { field: 'login' })
    await tx.insertInto('posts').values({ person_id: added.id, unit_id: unit.id, role: input.role, valid_from: ctx.today, valid_until: null }).execute()
    await record(tx, ctx, 'person.added', { payload: { person: added.id, unit: unit.id, role: input.role } })
    return done({ id: added.id })
  },
  { permission: 'office.people' },
)

const Login = z.object({ login: z.string().trim().toLowerCase() })

export const lockPerson = act(
  'office.lock-person',
  Login,
  async (tx, ctx, input) => {
    const person = await tx.updateTable('people').set({ locked_at: ctx.now }).where('login', '=', input.login).returning('id').executeTakeFirst()
    if (!person) return refusal('identity.unknown-person', `沒有帳號 ${input.login}`, { field: 'login' })
    await tx.deleteFrom('sessions').where('person_id', '=', person.id).execute()
    forgetAll()
    await record(tx, ctx, 'person.locked', { payload: { person: person.id } })
    return done()
  },
  { permission: 'office.people' },
)

/** A new password; opens a locked account and ends its sessions. */
export const resetPerson = act(
  'office.reset-person',
  Login.extend({ password: z.string().min(1, '請填密碼') }),
  async (tx, ctx, input) => {
    const weak = weakPassword(input.password, input.login)
    if (weak) return refusal('identity.weak-password', weak, { field: 'password' })
    const person = await tx
      .updateTable('people')
      .set({ password_hash: await hashPassword(input.password), locked_at: null, failed_sign_ins: 0, last_failed_at: null })
      .where('login', '=', input.login)
      .returning('id')
      .executeTakeFirst()
    if (!person) return refusal('identity.unknown-person', `沒有帳號 ${input.login}`, { field: 'login' })
    await tx.deleteFrom('sessions').where('person_id', '=', person.id).execute()
    forgetAll()
    await record(tx, ctx, 'person.reset', { payload: { person: person.id } })
    return done()
  },
  { permission: 'office.people' },
)

const aDay = z.string().refine(isDay, '日期不正確').transform((text) => text as Day)

/** 職務代理: everyone sets their own. */
export const setDeputy = act(
  'office.set-deputy',
  z.object({ deputyLogin: z.string().trim().toLowerCase().min(1, '請填代理人帳號'), fromDay: aDay, untilDay: aDay }),
  async (tx, ctx, input) => {
    const deputy = await tx.selectFrom('people').select('id').where('login', '=', input.deputyLogin).where('locked_at', 'is', null).executeTakeFirst()
    if (!deputy) return refusal('identity.unknown-person', `沒有帳號 ${input.deputyLogin}`, { field: 'deputyLogin' })
    if (deputy.id === ctx.person.id) return refusal('identity.own-deputy', '不能代理自己', { field: 'deputyLogin' })
    if (input.untilDay < input.fromDay) return refusal('identity.deputy-span', '迄日不能早於起日', { field: 'untilDay' })
    if (input.untilDay < ctx.today) return refusal('identity.deputy-past', '迄日已經過了', { field: 'untilDay' })
    await tx.insertInto('deputies').values({ person_id: ctx.person.id, deputy_id: deputy.id, from_day: input.fromDay, until_day: input.untilDay }).execute()
    await record(tx, ctx, 'deputy.set', { payload: { deputy: deputy.id, from: input.fromDay, until: input.untilDay } })
    return done()
  },
  { permission: 'signed-in' },
)

export const endDeputy = act(
  'office.end-deputy',
  z.object({ id: z.coerce.number().int() }),
  async (tx, ctx, input) => {
    const ended = await tx.deleteFrom('deputies').where('id', '=', input.id).where('person_id', '=', ctx.person.id).returning('deputy_id').executeTakeFirst()
    if (!ended) return refusal('identity.no-deputy', '這項代理已經結束')
    await record(tx, ctx, 'deputy.ended', { payload: { deputy: ended.deputy_id } })
    return done()
  },
  { permission: 'signed-in' },
)

export const changePassword = act(
  'office.change-password',
  z.object({ current: z.string().min(1, '請填目前的密碼'), password: z.string().min(1, '請填新密碼'), again: z.string() }).refine((input) => input.password === input.again, { message: '兩次輸入的密碼不同', path: ['again'] }),
  async (tx, ctx, input) => {
    const self = await tx.selectFrom('people').select('password_hash').where('id', '=', ctx.person.id).executeTakeFirstOrThrow()
    if (!(await passwordMatches(self.password_hash, input.current))) return refusal('identity.wrong-password', '目前的密碼不正確', { field: 'current' })
    const weak = weakPassword(input.password, ctx.person.login)
    if (weak) return refusal('identity.weak-password', weak, { field: 'password' })
    await tx.updateTable('people').set({ password_hash: await hashPassword(input.password) }).where('id', '=', ctx.person.id).execute()
    await record(tx, ctx, 'person.password-changed', { payload: { person: ctx.person.id } })
    return done()
  },
  { permission: 'signed-in' },
)
