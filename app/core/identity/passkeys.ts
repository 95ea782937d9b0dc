import { z } from 'zod'
import { act } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { done, refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { lazily } from '../lazy.ts'
import { closeStep, lockStep, openStep } from './steps.ts'
import { refuseWithoutSecondFactor, secondFactorAdded } from './second-factor.ts'

const webauthn = lazily<typeof import('@simplewebauthn/server')>('@simplewebauthn/server')

/** Where the browser stands: passkeys belong to a host name. `origin` is scheme://host[:port]. */
type Site = { origin: string; county: string }
const hostOf = (origin: string) => new URL(origin).hostname

/** Minutes for finding the key and touching it. */
const minutes = 5

/** Fields of a form that shows a passkey: what the browser's authenticator answered, and the step that asked. */
export const passkeyAnswer = { passkey: z.string().max(20_000).default(''), passkeyStep: z.string().max(100).default('') }
type PasskeyAnswer = z.output<z.ZodObject<typeof passkeyAnswer>>

const Site = z.object({ origin: z.url(), county: z.string().default('') })

/** Asks for any passkey of this site: the browser knows which ones it has. For signing in and for proving who one is. */
export const askForPasskey = act('identity.ask-for-passkey', Site, async (tx, ctx, site) => {
  const options = await webauthn().generateAuthenticationOptions({ rpID: hostOf(site.origin), userVerification: 'required', timeout: minutes * 60_000 })
  const step = await openStep(tx, ctx.now, 'passkey', { state: { challenge: options.challenge, origin: site.origin }, minutes })
  return done({ step, options })
}, { by: 'public' })

/** Whose passkey it is when the answer holds: the step is used up either way. `personId`: it must be theirs. */
export async function checkPasskey(tx: Tx, now: Date, answer: PasskeyAnswer, personId?: number): Promise<number | null> {
  const step = await lockStep(tx, now, 'passkey', answer.passkeyStep)
  if (!step) return null
  await closeStep(tx, step)
  const response = readAnswer(answer.passkey)
  const key = response && (await tx.selectFrom('passkeys').selectAll().where('credential_id', '=', response.id).forUpdate().executeTakeFirst())
  if (!key || (personId !== undefined && key.person_id !== personId)) return null
  const origin = String(step.state.origin)
  const verified = await webauthn().verifyAuthenticationResponse({
    response: response as never, expectedChallenge: String(step.state.challenge), expectedOrigin: origin, expectedRPID: hostOf(origin), requireUserVerification: true,
    credential: { id: key.credential_id, publicKey: new Uint8Array(key.public_key), counter: key.counter, transports: key.transports },
  }).catch(() => null) // what does not parse or does not fit is no proof
  if (!verified?.verified) return null
  await tx.updateTable('passkeys').set({ counter: verified.authenticationInfo.newCounter, used_at: now }).where('id', '=', key.id).execute()
  return key.person_id
}

function readAnswer(text: string): { id: string } | null {
  try {
    const answer = JSON.parse(text) as { id?: unknown }
    return typeof answer.id === 'string' ? (answer as { id: string }) : null
  } catch {
    return null
  }
}

/** Begins to add a passkey: what the browser's authenticator is asked to make. */
export const beginPasskey = act('office.begin-passkey', Site, async (tx, ctx, site) => {
  const held = await tx.selectFrom('passkeys').select(['credential_id', 'transports']).where('person_id', '=', ctx.person.id).execute()
  const options = await webauthn().generateRegistrationOptions({
    rpName: site.county || 'Windlion', rpID: hostOf(site.origin), userName: ctx.person.login, userDisplayName: ctx.person.name, userID: new TextEncoder().encode(`person-${ctx.person.id}`),
    attestationType: 'none', authenticatorSelection: { residentKey: 'required', userVerification: 'required' }, timeout: minutes * 60_000,
    excludeCredentials: held.map(({ credential_id: id, transports }) => ({ id, transports })),
  })
  const step = await openStep(tx, ctx.now, 'passkey-enrolment', { personId: ctx.person.id, state: { challenge: options.challenge, origin: site.origin }, minutes })
  return done({ step, options })
}, { permission: 'signed-in', stepUp: true })

export const addPasskey = act('office.add-passkey', z.object({ ...passkeyAnswer, label: z.string().trim().min(1, '請取個名字').max(50, '名字最多 50 個字') }), async (tx, ctx, input): Promise<Result<undefined>> => {
  const again = refusal('identity.passkey-failed', '通行金鑰沒有加上，請再試一次', { field: 'label' })
  const step = await lockStep(tx, ctx.now, 'passkey-enrolment', input.passkeyStep)
  if (!step || step.person_id !== ctx.person.id) return again
  const origin = String(step.state.origin)
  const response = readAnswer(input.passkey)
  const verified = response && (await webauthn().verifyRegistrationResponse({ response: response as never, expectedChallenge: String(step.state.challenge), expectedOrigin: origin, expectedRPID: hostOf(origin), requireUserVerification: true }).catch(() => null))
  if (!verified?.verified) return again
  const { credential } = verified.registrationInfo
  await tx.insertInto('passkeys').values({
    person_id: ctx.person.id, credential_id: credential.id, public_key: Buffer.from(credential.publicKey), counter: credential.counter,
    transports: credential.transports ?? [], label: input.label, used_at: null,
  }).execute()
  await closeStep(tx, step)
  await secondFactorAdded(tx, ctx)
  await record(tx, ctx, 'identity.passkey-added', { payload: { person: ctx.person.id } })
  return done()
}, { permission: 'signed-in' })

export const removePasskey = act('office.remove-passkey', z.object({ id: z.coerce.number().int() }), async (tx, ctx, input) => {
  const removed = await tx.deleteFrom('passkeys').where('id', '=', input.id).where('person_id', '=', ctx.person.id).returning('id').executeTakeFirst()
  if (!removed) return refusal('identity.no-passkey', '這支通行金鑰已經移除')
  const refused = await refuseWithoutSecondFactor(tx, ctx)
  if (refused) return refused
  await record(tx, ctx, 'identity.passkey-removed', { payload: { person: ctx.person.id, passkey: input.id } })
  return done()
}, { permission: 'signed-in', stepUp: true })

export type PasskeyLine = { id: number; label: string; added_at: Date; used_at: Date | null }

export function findPasskeys(reader: Reader, personId: number): Promise<PasskeyLine[]> {
  return reader.selectFrom('passkeys').select(['id', 'label', 'added_at', 'used_at']).where('person_id', '=', personId).orderBy('added_at').execute()
}

