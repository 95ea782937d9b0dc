import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { openIdProvider } from './open-id.ts'
import { type Kept, ProviderRefused } from './provider.ts'

// A single sign-on that lies (ASVS 10.1.2, 10.5.1–10.5.4): each answer that does not hold is refused, and nobody is named by it.
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
const clientId = 'windlion'
const back = 'http://localhost/sign-in/single-sign-on/back'

type Claims = Record<string, unknown>
/** How the next answer differs from a true one. */
type Lie = { claims?: Claims; header?: Claims; key?: KeyObject | null; userinfo?: Claims | null; noIdToken?: true }
let lie: Lie = {}
let nonce = ''
/** codes that were redeemed */
const used = new Set<string>()

const server = createServer((request, response) => {
  const json = (status: number, body: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  const path = new URL(request.url!, issuer()).pathname
  if (path === '/.well-known/openid-configuration') {
    return json(200, {
      issuer: issuer(), authorization_endpoint: `${issuer()}/authorize`, token_endpoint: `${issuer()}/token`, jwks_uri: `${issuer()}/keys`, userinfo_endpoint: `${issuer()}/userinfo`,
      response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'], authorization_response_iss_parameter_supported: true,
    })
  }
  if (path === '/keys') return json(200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] })
  if (path === '/userinfo') return json(200, lie.userinfo ?? { sub: 'someone', preferred_username: 'lin' })
  let body = ''
  request.on('data', (part: Buffer) => { body += part.toString() })
  request.on('end', () => {
    const code = new URLSearchParams(body).get('code') ?? ''
    if (used.has(code)) return json(400, { error: 'invalid_grant' })
    used.add(code)
    json(200, { access_token: 'token', token_type: 'Bearer', expires_in: 60, ...(lie.noIdToken ? {} : { id_token: idToken() }) })
  })
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
afterAll(() => { server.closeAllConnections(); server.close() })
const issuer = () => `http://localhost:${(server.address() as AddressInfo).port}`

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
function idToken(): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: issuer(), aud: clientId, sub: 'someone', iat: now, exp: now + 60, nonce, preferred_username: 'lin', email: 'lin@windlion.example', email_verified: true, ...lie.claims }
  const text = `${part({ alg: 'RS256', kid: 'one', typ: 'JWT', ...lie.header })}.${part(claims)}`
  return `${text}.${lie.key === null ? '' : sign('sha256', Buffer.from(text), lie.key ?? privateKey).toString('base64url')}`
}

const provider = openIdProvider({ name: '縣府單一簽入', issuer: issuer(), clientId, clientSecret: 'secret', scope: 'openid', claim: 'preferred_username' })
let codes = 0
/** One sign-in, from the visitor's leaving to their coming back with this answer. */
async function comeBack(of: Lie = {}, change: (query: URLSearchParams, kept: Kept) => void = () => {}) {
  lie = of
  const { kept } = await provider.begin(back)
  nonce = kept.nonce
  codes += 1
  const address = new URL(back)
  const query = new URLSearchParams({ code: createHash('sha256').update(String(codes)).digest('hex'), state: kept.state, iss: issuer() })
  change(query, kept)
  address.search = String(query)
  return { address, kept, finish: () => provider.finish(address, kept) }
}

test('a true answer names the colleague', async () => {
  expect(await (await comeBack()).finish()).toMatchObject({ subject: 'someone', claim: 'lin', by: 'login' })
})

const now = Math.floor(Date.now() / 1000)
const lies: [string, Lie][] = [
  ['another issuer in the token', { claims: { iss: 'https://evil.example' } }],
  ['a token for another service', { claims: { aud: 'another-client' } }],
  ['a token for several, ours not the one it was issued to', { claims: { aud: [clientId, 'another-client'], azp: 'another-client' } }],
  ['a token that has run out', { claims: { iat: now - 7200, exp: now - 3600 } }],
  ['the nonce of another sign-in', { claims: { nonce: 'of another sign-in' } }],
  ['no nonce at all', { claims: { nonce: undefined } }],
  ['a token that nobody signed', { header: { alg: 'none' }, key: null }],
  ['a token signed by a stranger', { key: stranger.privateKey }],
  ['a kind of signature that was not agreed', { header: { alg: 'HS256' } }],
  ['no token', { noIdToken: true }],
]
test.each(lies)('refused: %s', async (_what, of) => {
  await expect((await comeBack(of)).finish()).rejects.toThrow(ProviderRefused)
})

const wrongWays: [string, (query: URLSearchParams) => void][] = [
  ['the state of another sign-in', (query) => query.set('state', 'of another sign-in')],
  ['no state', (query) => query.delete('state')],
  ['an answer of another provider (mix-up, RFC 9207)', (query) => query.set('iss', 'https://evil.example')],
  ['an answer that hides whose it is', (query) => query.delete('iss')],
  ['an error', (query) => { query.delete('code'); query.set('error', 'access_denied') }],
]
test.each(wrongWays)('refused on coming back: %s', async (_what, change) => {
  await expect((await comeBack({}, change)).finish()).rejects.toThrow(ProviderRefused)
})

test('a code is good once', async () => {
  const { finish } = await comeBack()
  await finish()
  await expect(finish()).rejects.toThrow(ProviderRefused)
})

test('what the userinfo endpoint says of somebody else is not taken over, and claims in the signed token win', async () => {
  const other = await comeBack({ claims: { preferred_username: undefined, email: undefined }, userinfo: { sub: 'somebody-else', preferred_username: 'admin' } })
  expect((await other.finish()).claim).toBeNull()
  const both = await comeBack({ claims: { email: undefined }, userinfo: { sub: 'someone', preferred_username: 'admin' } })
  expect((await both.finish()).claim).toBe('lin')
})
