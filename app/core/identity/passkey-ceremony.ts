import { z } from 'zod'
import type { Tx } from '../db.ts'
import { lazily } from '../lazy.ts'
import { closeStep, lockStep, openStep, type StepPurpose } from './steps.ts'

// What WebAuthn asks and answers, the same for colleagues and for members; whose keys they are is the caller's.

const webauthn = lazily<typeof import('@simplewebauthn/server')>('@simplewebauthn/server')

/** Where the browser stands: passkeys belong to a host name. `origin` is scheme://host[:port]. */
export const Site = z.object({ origin: z.url(), county: z.string().default('') })
export type Site = z.output<typeof Site>
const hostOf = (origin: string) => new URL(origin).hostname

/** Minutes for finding the key and touching it. */
const minutes = 5

/** Fields of a form that shows a passkey: what the browser's authenticator answered, and the step that asked. */
export const passkeyAnswer = { passkey: z.string().max(20_000).default(''), passkeyStep: z.string().max(100).default('') }
export type PasskeyAnswer = z.output<z.ZodObject<typeof passkeyAnswer>>

export type StoredKey = { id: number; credential_id: string; public_key: Buffer; counter: number; transports: string[] }
export type NewKey = Omit<StoredKey, 'id'>

/** Asks for any passkey of this site: the browser knows which ones it has. */
export async function askForAny(tx: Tx, now: Date, site: Site) {
  const options = await webauthn().generateAuthenticationOptions({ rpID: hostOf(site.origin), userVerification: 'required', timeout: minutes * 60_000 })
  const step = await openStep(tx, now, 'passkey', { state: { challenge: options.challenge, origin: site.origin }, minutes })
  return { step, options }
}

/** The key that answered, with its new counter, when the answer holds: the step is used up either way. `find` holds the row of a credential. */
export async function checkAnswer<Key extends StoredKey>(tx: Tx, now: Date, answer: PasskeyAnswer, find: (credentialId: string) => Promise<Key | undefined>): Promise<{ key: Key; counter: number } | null> {
  const step = await lockStep(tx, now, 'passkey', answer.passkeyStep)
  if (!step) return null
  await closeStep(tx, step)
  const response = readAnswer(answer.passkey)
  const key = response && (await find(response.id))
  if (!key) return null
  const origin = String(step.state.origin)
  const verified = await webauthn().verifyAuthenticationResponse({
    response: response as never, expectedChallenge: String(step.state.challenge), expectedOrigin: origin, expectedRPID: hostOf(origin), requireUserVerification: true,
    credential: { id: key.credential_id, publicKey: new Uint8Array(key.public_key), counter: key.counter, transports: key.transports as never },
  }).catch(() => null) // what does not parse or does not fit is no proof
  return verified?.verified ? { key, counter: verified.authenticationInfo.newCounter } : null
}

type Owner = { purpose: StepPurpose; /** unique among all owners of this site: person-7, member-7 */ handle: string; personId?: number }

/** Begins to add a passkey: what the browser's authenticator is asked to make. */
export async function askToMake(tx: Tx, now: Date, site: Site, owner: Owner & { login: string; name: string; held: Pick<NewKey, 'credential_id' | 'transports'>[] }) {
  const options = await webauthn().generateRegistrationOptions({
    rpName: site.county || 'Windlion', rpID: hostOf(site.origin), userName: owner.login, userDisplayName: owner.name, userID: new TextEncoder().encode(owner.handle),
    attestationType: 'none', authenticatorSelection: { residentKey: 'required', userVerification: 'required' }, timeout: minutes * 60_000,
    excludeCredentials: owner.held.map(({ credential_id: id, transports }) => ({ id, transports: transports as never })),
  })
  const step = await openStep(tx, now, owner.purpose, { personId: owner.personId ?? null, state: { challenge: options.challenge, origin: site.origin, handle: owner.handle }, minutes })
  return { step, options }
}

/** The key that was made for this owner; null when the answer does not hold or the step is another's. The step is used up when it does. */
export async function checkMade(tx: Tx, now: Date, answer: PasskeyAnswer, owner: Owner): Promise<NewKey | null> {
  const step = await lockStep(tx, now, owner.purpose, answer.passkeyStep)
  if (!step || step.state.handle !== owner.handle) return null
  const origin = String(step.state.origin)
  const response = readAnswer(answer.passkey)
  const verified = response && (await webauthn().verifyRegistrationResponse({ response: response as never, expectedChallenge: String(step.state.challenge), expectedOrigin: origin, expectedRPID: hostOf(origin), requireUserVerification: true }).catch(() => null))
  if (!verified?.verified) return null
  await closeStep(tx, step)
  const { credential } = verified.registrationInfo
  return { credential_id: credential.id, public_key: Buffer.from(credential.publicKey), counter: credential.counter, transports: credential.transports ?? [] }
}

function readAnswer(text: string): { id: string } | null {
  try {
    const answer = JSON.parse(text) as { id?: unknown }
    return typeof answer.id === 'string' ? (answer as { id: string }) : null
  } catch {
    return null
  }
}
