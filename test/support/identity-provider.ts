import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** A county's single sign-on for the tests: a real OpenID Connect provider, which takes any password. */
export type TestProvider = { issuer: string; clientId: string; clientSecret: string; start(redirectUris: string[]): Promise<void>; stop(): Promise<void> }

/** Takes a port and keeps it for itself; it answers only once started. */
export async function makeProvider(): Promise<TestProvider> {
  const first = createServer()
  first.listen(0, '127.0.0.1')
  await once(first, 'listening')
  const { port } = first.address() as AddressInfo
  first.close()
  const issuer = `http://localhost:${port}`
  const [clientId, clientSecret] = ['windlion', 'a-secret-of-the-tests']
  let server: Server | null = null
  return {
    issuer, clientId, clientSecret,
    async start(redirectUris) {
      const provider = new Provider(issuer, {
        clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris }],
        claims: { openid: ['sub'], profile: ['preferred_username'], email: ['email', 'email_verified'] },
        findAccount: (_ctx: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: id, email: id.includes('@') ? id : `${id}@windlion.example`, email_verified: true }) }),
        cookies: { keys: ['of the tests'] },
        ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
      })
      server = createServer(provider.callback())
      server.listen(port, 'localhost')
      await once(server, 'listening')
    },
    async stop() {
      server?.closeAllConnections()
      server?.close()
      server = null
    },
  }
}
