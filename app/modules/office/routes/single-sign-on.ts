import { NotFound, type Result, valueOf } from '../../../core/errors.ts'
import { leaveForProvider, signInByProvider } from '../../../core/identity/provider-sign-in.ts'
import { type Identity, type Kept, ProviderDown, providerOf, ProviderRefused } from '../../../core/identity/providers/provider.ts'
import type { SignedIn } from '../../../core/identity/sign-in.ts'
import { findStep } from '../../../core/identity/steps.ts'
import { get, type PageRequest, type Reply, type Route } from '../../../core/web/route.ts'
import { singleSignOnPath } from '../paths.ts'

const cookie = 'windlion_single_sign_on'
const seconds = 600
const returnPath = `${singleSignOnPath}/back`
export const downSentence = (name: string) => `${name}暫時無法使用，請改用帳號和密碼，或稍後再試。`

type Pages = { wrong(request: PageRequest, message: string): Promise<Reply>; proceed(request: PageRequest, result: Result<SignedIn>, back: string): Promise<Reply> }

/** To the county's single sign-on and back. A link, not a form: a form may lead to our own pages only. */
export const routesOf = ({ wrong, proceed }: Pages): Route[] => [
  get(singleSignOnPath, 'public', async (request) => {
    const provider = providerOf('staff')
    if (!provider) throw new NotFound()
    try {
      const { to, kept } = await provider.begin(request.origin + returnPath, request.query.again !== undefined)
      const { token } = valueOf(await leaveForProvider(request.caller, { kept, back: request.query.back ?? '' }))
      return { kind: 'away', to, cookies: [{ name: cookie, value: token, maxAgeSeconds: seconds }] }
    } catch (error) {
      return explain(error, (message) => wrong(request, message), provider.name)
    }
  }, { limit: 30 }),
  get(returnPath, 'public', async (request) => {
    const provider = providerOf('staff')
    const token = request.cookies[cookie]
    const step = provider && (await findStep(request.db, 'single-sign-on', token))
    if (!provider || !token || !step) return wrong(request, '這次登入等太久或已經用過，請重新開始')
    const { kept, back } = step.state as { kept: Kept; back: string }
    try {
      const identity: Identity = await provider.finish(new URL(request.path, request.origin), kept)
      return proceed(request, await signInByProvider(request.caller, { token, issuer: provider.issuer, identity, from: request.from }), back)
    } catch (error) {
      return explain(error, (message) => wrong(request, message), provider.name)
    }
  }, { limit: 30 }),
]

function explain(error: unknown, wrong: (message: string) => Promise<Reply>, name: string): Promise<Reply> {
  if (error instanceof ProviderDown) return wrong(downSentence(name))
  if (error instanceof ProviderRefused) return wrong(`${name}沒有完成，請再試一次，或改用帳號和密碼。`)
  throw error
}
