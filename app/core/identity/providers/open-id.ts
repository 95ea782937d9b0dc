import type { Configuration } from 'openid-client'
import { lazily } from '../../lazy.ts'
import { type Identity, type IdentityProvider, type Kept, ProviderDown, ProviderRefused } from './provider.ts'

export type OpenIdSettings = {
  name: string
  issuer: string
  clientId: string
  clientSecret: string | undefined
  scope: string
  /** the claim that names an account here: preferred_username, email, … */
  claim: string
}

const openId = lazily<typeof import('openid-client')>('openid-client')

/** What the provider says of itself is read again after so long; when it did not answer, sooner. */
const freshMs = 60_000
const retryMs = 3_000
/** A page waits no longer than this for a provider that does not answer. */
const patienceMs = 2_000
const requestSeconds = 5
/** RFC 8176: what shows more than a password. */
const strongMethods = ['mfa', 'otp', 'hwk', 'swk', 'sc', 'fpt', 'face', 'pop', 'user+pin']

/** A provider by OpenID Connect: code flow with PKCE, state and nonce. Nothing is asked of it before the first visitor. */
export function openIdProvider(settings: OpenIdSettings): IdentityProvider {
  const known: { configuration: Configuration | null; askedAt: number; asking: Promise<Configuration | null> | null } = { configuration: null, askedAt: 0, asking: null }

  const ask = (): Promise<Configuration | null> => {
    const age = Date.now() - known.askedAt
    if (age < (known.configuration ? freshMs : retryMs)) return Promise.resolve(known.configuration)
    known.asking ??= discover(settings).catch(() => null).then((configuration) => {
      Object.assign(known, { configuration, askedAt: Date.now(), asking: null })
      return configuration
    })
    return known.asking
  }
  const demand = async (): Promise<Configuration> => {
    const configuration = await ask()
    if (!configuration) throw new ProviderDown(settings.name)
    return configuration
  }

  return {
    name: settings.name,
    issuer: settings.issuer,
    state: async () => ((await Promise.race([ask(), new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null).unref())])) ? 'up' : 'down'),
    async begin(returnTo, again = false) {
      const { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } = openId()
      const kept = { verifier: randomPKCECodeVerifier(), nonce: randomNonce(), state: randomState() }
      const address = buildAuthorizationUrl(await demand(), {
        redirect_uri: returnTo, scope: settings.scope, code_challenge: await calculatePKCECodeChallenge(kept.verifier), code_challenge_method: 'S256', state: kept.state, nonce: kept.nonce,
        ...(again ? { prompt: 'login', max_age: '0' } : {}),
      })
      return { to: address.href, kept }
    },
    finish: async (address, kept) => readIdentity(settings, await demand(), address, kept),
  }
}

/** Tokens are checked by the provider's keys, too, though they come from its own endpoint: a gateway between must not be able to make one. */
async function discover({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<Configuration> {
  const { allowInsecureRequests, discovery, enableNonRepudiationChecks, None } = openId()
  const address = new URL(issuer)
  // http only to this very machine: a gateway beside us
  const isLocal = address.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname)
  return discovery(address, clientId, clientSecret, clientSecret ? undefined : None(), { timeout: requestSeconds, execute: [enableNonRepudiationChecks, ...(isLocal ? [allowInsecureRequests] : [])] })
}

async function readIdentity(settings: OpenIdSettings, configuration: Configuration, address: URL, kept: Kept): Promise<Identity> {
  const { authorizationCodeGrant, fetchUserInfo } = openId()
  const tokens = await authorizationCodeGrant(configuration, address, { pkceCodeVerifier: kept.verifier, expectedNonce: kept.nonce, expectedState: kept.state, idTokenExpected: true }).catch(explain)
  const claims = tokens.claims()!
  // by the standard the rest comes from the provider's own endpoint, not in the token
  const more = settings.claim in claims && 'email' in claims ? {} : await fetchUserInfo(configuration, tokens.access_token, claims.sub).catch(() => ({}))
  const all: Record<string, unknown> = { ...more, ...claims }
  const email = typeof all.email === 'string' && all.email_verified === true ? all.email.trim().toLowerCase() : null
  const claim = settings.claim === 'email' ? email : typeof all[settings.claim] === 'string' ? String(all[settings.claim]).trim().toLowerCase() : null
  const methods = Array.isArray(claims.amr) ? claims.amr : []
  return { subject: claims.sub, claim: claim || null, by: settings.claim === 'email' ? 'email' : 'login', email, strong: methods.some((method) => strongMethods.includes(String(method))) }
}

/** An answer that does not hold is refused; no answer at all is a provider that is down. */
function explain(cause: unknown): never {
  const code = String((cause as { code?: string }).code ?? '')
  const isNetwork = cause instanceof TypeError || code === 'OAUTH_TIMEOUT' || ((cause as { status?: number }).status ?? 0) >= 500
  if (isNetwork) throw new ProviderDown('no answer', { cause })
  throw new ProviderRefused(code || 'refused', { cause })
}
