import { sql } from 'kysely'
import { z } from 'zod'
import { act, type ActContext, type StaffContext } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { done, refusal, type Refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import { addDays, type Day, dayOf } from '../time.ts'
import { roles, type Role } from './permissions.ts'
import { endSessions, forgetAll } from './sessions.ts'
import { findSetting, saveSetting } from './settings.ts'

export type SecondFactors = { totp: boolean; passkeys: number; recoveryCodes: number; any: boolean }

/** What a person has set up. Recovery codes alone are no second factor. */
export async function findSecondFactors(reader: Reader, personId: number): Promise<SecondFactors> {
  const { rows } = await sql<{ totp: boolean; passkeys: number; recoveryCodes: number }>`
    select exists (select from totp_secrets where person_id = ${personId} and confirmed_at is not null) as totp,
      (select count(*) from passkeys where person_id = ${personId}) as passkeys,
      (select count(*) from recovery_codes where person_id = ${personId} and used_at is null) as "recoveryCodes"`.execute(reader)
  const found = rows[0]!
  return { ...found, any: found.totp || found.passkeys > 0 }
}

/** Who must have a second factor, and how many days they have to set it up from their first sign-in under the rule. */
export type SecondFactorPolicy = { roles: Role[]; graceDays: number }

const policySetting = 'identity.second-factor'

/** Outside the demonstration administrators must have one, until the county decides otherwise. */
const withoutDecision: SecondFactorPolicy = { roles: ['administrator'], graceDays: 14 }

export async function findSecondFactorPolicy(reader: Reader): Promise<SecondFactorPolicy> {
  const decided = await findSetting<SecondFactorPolicy>(reader, policySetting)
  if (decided) return { ...decided, roles: decided.roles.filter((role) => role in roles) }
  // set from the first step of its loading on
  const isDemonstration = (await findSetting(reader, 'demonstration')) !== undefined || (await findSetting(reader, 'demonstration.progress')) !== undefined
  return isDemonstration ? { roles: [], graceDays: withoutDecision.graceDays } : withoutDecision
}

/** The last day on which this person gets in without a second factor; null when none is asked of them or they have one. */
export async function mustSetUpSecondFactor(tx: Tx, ctx: ActContext, personId: number): Promise<Day | null> {
  const policy = await findSecondFactorPolicy(tx)
  if (policy.roles.length === 0 || (await findSecondFactors(tx, personId)).any || !(await holdsOneOf(tx, personId, policy.roles))) return null
  const { due } = await tx.selectFrom('people').select('second_factor_due_on as due').where('id', '=', personId).executeTakeFirstOrThrow()
  if (due) return due
  const given = addDays(dayOf(ctx.now), policy.graceDays)
  await tx.updateTable('people').set({ second_factor_due_on: given }).where('id', '=', personId).execute()
  return given
}

async function holdsOneOf(tx: Tx, personId: number, wanted: Role[]): Promise<boolean> {
  const { rows } = await sql`select 1 from posts where person_id = ${personId} and role = any(${wanted}) and valid_from <= current_date and (valid_until is null or valid_until >= current_date) limit 1`.execute(tx)
  return rows.length > 0
}

export const saveSecondFactorPolicy = act(
  'office.second-factor-policy',
  z.object({ roles: z.array(z.enum(Object.keys(roles) as [Role, ...Role[]])).default([]), graceDays: z.coerce.number('請填天數').int('請填整數').min(0, '最少 0 天').max(60, '最多 60 天') }),
  async (tx, ctx, input) => {
    await saveSetting(tx, policySetting, input)
    await record(tx, ctx, 'identity.second-factor-policy-changed', { payload: { roles: input.roles, graceDays: input.graceDays } })
    return done()
  },
  { permission: 'office.people', stepUp: true },
)

/** After one was added: what was held back for want of it opens; other sessions end, since they have shown only a password. */
export async function secondFactorAdded(tx: Tx, ctx: StaffContext): Promise<void> {
  await endSessions(tx, ctx.person.id, ctx.sessionId ?? 0)
  await tx.updateTable('people').set({ second_factor_due_on: null }).where('id', '=', ctx.person.id).execute()
  await liftRestriction(tx, ctx)
}

/** Opens what was held back, where neither a password of one's own nor a second factor is wanting any more. */
export async function liftRestriction(tx: Tx, ctx: StaffContext): Promise<void> {
  const due = await mustSetUpSecondFactor(tx, ctx, ctx.person.id)
  if (due === null || due >= ctx.today) await sql`update sessions s set restricted = p.password_given_at is not null and s.method like 'password%' from people p where p.id = s.person_id and p.id = ${ctx.person.id}`.execute(tx)
  forgetAll()
}

/** Whoever came in by a password that another has set chooses their own before they add a way in that outlasts it. */
export async function refuseBeforeOwnPassword(tx: Tx, ctx: StaffContext): Promise<Refusal | null> {
  const { rows } = await sql`select from people p join sessions s on s.person_id = p.id where s.id = ${ctx.sessionId ?? 0} and s.method like 'password%' and p.password_given_at is not null`.execute(tx)
  return rows.length ? refusal('identity.own-password-first', '請先換成自己的密碼，再設定其他登入方式') : null
}

/** After one was removed: whom a role obliges keeps one; without any, recovery codes open nothing and go too. */
export async function refuseWithoutSecondFactor(tx: Tx, ctx: StaffContext): Promise<Refusal | null> {
  if ((await findSecondFactors(tx, ctx.person.id)).any) return null
  const policy = await findSecondFactorPolicy(tx)
  if (await holdsOneOf(tx, ctx.person.id, policy.roles)) return refusal('identity.last-second-factor', '您的職務必須有第二道驗證，請先設定另一種再移除這一種')
  await tx.deleteFrom('recovery_codes').where('person_id', '=', ctx.person.id).execute()
  return null
}
