import { sql } from 'kysely'
import { z } from 'zod'
import { act, type ActContext } from '../act.ts'
import { done, refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import type { Tx } from '../db.ts'
import type { Identity } from './providers/provider.ts'
import { findSecondFactors } from './second-factor.ts'
import { enter, fromWhere, type SignedIn } from './sign-in.ts'
import { closeStep, lockStep, openStep } from './steps.ts'

const identity = z.custom<Identity>()
const kept = z.object({ verifier: z.string(), nonce: z.string(), state: z.string() })

/** Keeps what must be known again when the visitor comes back from the provider. Gives the browser's token. */
export const leaveForProvider = act(
  'identity.leave-for-provider',
  z.object({ kept, back: z.string().max(2000) }),
  async (tx, ctx, input) => done({ token: await openStep(tx, ctx.now, 'single-sign-on', { state: input }) }),
  { by: 'public' },
)

/**
 * Signs in a colleague whom the single sign-on has named. Only people who are here already: the first time they are found by the
 * verified claim, from then on by the provider's own subject. `identity` comes from the provider, never from a form.
 */
export const signInByProvider = act(
  'identity.sign-in-by-provider',
  z.object({ token: z.string().max(100), issuer: z.string(), identity, from: fromWhere }),
  async (tx, ctx, input): Promise<Result<SignedIn>> => {
    const step = await lockStep(tx, ctx.now, 'single-sign-on', input.token)
    if (!step) return refusal('identity.step-over', '這次登入等太久或已經用過，請重新開始')
    await closeStep(tx, step)
    const found = await findLinked(tx, input) ?? await link(tx, ctx, input)
    if (typeof found !== 'number') return done({ failed: found })
    const person = await tx.selectFrom('people').select('locked_at').where('id', '=', found).executeTakeFirstOrThrow()
    if (person.locked_at) return done({ failed: '這個帳號已停用，請洽系統管理人員' })
    if (!input.identity.strong && (await findSecondFactors(tx, found)).any) return done({ step: await openStep(tx, ctx.now, 'second-factor', { personId: found, state: { method: 'single-sign-on' } }) })
    return done(await enter(tx, ctx, found, 'single-sign-on', input.from, input.identity.strong))
  },
  { by: 'public' },
)

type Named = { issuer: string; identity: Identity }

async function findLinked(tx: Tx, { issuer, identity: { subject } }: Named): Promise<number | null> {
  return (await tx.selectFrom('linked_accounts').select('person_id').where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst())?.person_id ?? null
}

/** The person's id, or why not. */
async function link(tx: Tx, ctx: ActContext, { issuer, identity: { claim, by, subject } }: Named): Promise<number | string> {
  const none = '單一簽入成功，但這裡沒有對應的帳號。請系統管理人員新增，或確認帳號的寫法一致'
  if (claim === null) return none
  const people = await tx.selectFrom('people').select('id').where(by === 'email' ? sql<string>`lower(email)` : 'login', '=', claim).where('locked_at', 'is', null).limit(2).execute()
  if (people.length !== 1) return none
  const personId = people[0]!.id
  const linked = await tx.insertInto('linked_accounts').values({ issuer, subject, person_id: personId }).onConflict((conflict) => conflict.doNothing()).returning('person_id').executeTakeFirst()
  if (!linked) return '這裡的帳號已經連結另一個單一簽入身分，請系統管理人員先解除'
  await record(tx, { ...ctx, person: null }, 'identity.account-linked', { payload: { person: personId } })
  return personId
}

/** So that another identity can be linked, such as after the provider was replaced. */
export const unlinkAccounts = act('office.unlink-accounts', z.object({ id: z.coerce.number().int().positive() }), async (tx, ctx, input) => {
  const unlinked = await tx.deleteFrom('linked_accounts').where('person_id', '=', input.id).executeTakeFirst()
  if (!Number(unlinked.numDeletedRows)) return refusal('identity.not-linked', '沒有連結單一簽入')
  await record(tx, ctx, 'identity.account-unlinked', { payload: { person: input.id } })
  return done()
}, { permission: 'office.people', stepUp: true })
