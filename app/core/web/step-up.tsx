import { demandProof } from '../act.ts'
import { isRefusal, ProofNeeded } from '../errors.ts'
import { seal, unseal } from '../personal-data/index.ts'
import { findProofWays, prove } from '../identity/prove.ts'
import { Button } from '../../ui/components/button.tsx'
import { ErrorSummary } from '../../ui/components/error-summary.tsx'
import { Form } from '../../ui/components/form.tsx'
import { InsetText } from '../../ui/components/notes.tsx'
import { PasskeyButton } from '../../ui/components/passkey-button.tsx'
import { PasswordInput, TextInput } from '../../ui/components/text-input.tsx'
import { consolePage } from './pages.tsx'
import type { PageRequest, Reply, Route } from './route.ts'

/** Where a proof goes that leads on to a page; what was sent by a form is sent again to where it went. */
export const provePath = '/console/prove'

/**
 * Runs a route for somebody signed in. Where an act or the route itself wants a proof of who sits there, the page that asks
 * for it carries along what was typed, sealed; sent together with the proof, the route runs as if nothing had been between.
 */
export async function handleWithProof(route: Route, request: PageRequest): Promise<Reply> {
  const kept = request.method === 'POST' && request.person ? readKept(request) : null
  if (!kept) return run(route, request)
  const { proofPassword, code, passkey, passkeyStep } = request.form
  const result = await prove(request.caller, { password: proofPassword, code, passkey, passkeyStep, from: request.from })
  const failed = isRefusal(result) ? result.message : result.value.failed
  const before = withFields(request, kept)
  if (failed !== null) return askForProof(before, kept, failed)
  return run(route, { ...before, caller: { ...before.caller, session: before.caller.session && { ...before.caller.session, proved: true } } })
}

async function run(route: Route, request: PageRequest): Promise<Reply> {
  try {
    if (route.stepUp) demandProof(request.caller)
    return await route.handle(request)
  } catch (error) {
    if (error instanceof ProofNeeded && request.person && request.caller.session) return askForProof(request, fieldsOf(request))
    throw error
  }
}

type Fields = Record<string, string[]>
/** What a form had sent, for this person and this address, for half an hour. */
type Kept = { person: number; path: string; until: number; fields: Fields }
const keptMinutes = 30

function readKept(request: PageRequest): Fields | null {
  try {
    const kept = JSON.parse(unseal(Buffer.from(request.form._kept ?? '', 'base64url')) ?? 'null') as Kept | null
    return kept && kept.person === request.person?.id && kept.path === request.path && kept.until > Date.now() ? kept.fields : null
  } catch {
    return null // not ours
  }
}

const fieldsOf = (request: PageRequest): Fields => (request.method === 'POST' ? Object.fromEntries(Object.keys(request.form).map((name) => [name, request.all(name)])) : {})

function withFields(request: PageRequest, fields: Fields): PageRequest {
  return { ...request, form: Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, values[0] ?? ''])), all: (name) => fields[name] ?? [request.query[name] ?? []].flat() }
}

/** Asks who sits there. A page that was asked for is opened after it; uploads cannot be kept and are sent again from their own page. */
async function askForProof(request: PageRequest, fields: Fields, failed?: string): Promise<Reply> {
  const ways = await findProofWays(request.db, request.person!.id)
  const again = request.method === 'POST' && request.files.length === 0
  const target = again ? request.path : provePath
  const kept: Fields = again ? fields : { back: [request.method === 'GET' ? request.path : backFrom(request)] }
  const sealed = seal(JSON.stringify({ person: request.person!.id, path: target, until: Date.now() + keptMinutes * 60_000, fields: kept } satisfies Kept))!.toString('base64url')
  const field = ways.passkey && !ways.code ? 'passkey' : ways.code ? 'code' : 'proofPassword'
  return consolePage(request, {
    title: '請再確認是您本人',
    children: (
      <div data-not-taken>
        {failed && <ErrorSummary errors={[{ text: failed, field }]} />}
        <p>這件事比較要緊，離您上次確認身分已經有一段時間。確認後就接著做，剛才填的內容都還在。</p>
        {request.files.length > 0 && <InsetText>附件沒有收下：確認後請回到原來的頁面，把附件再選一次送出。</InsetText>}
        {!ways.password && !ways.code && !ways.passkey && <InsetText><span data-turbo="false">您以單一簽入登入，這裡沒有密碼。請<a href={`/sign-in/single-sign-on?again&back=${encodeURIComponent(request.method === 'GET' ? request.path : backFrom(request))}`}>再簽入一次</a>，會回到原來的頁面，剛才填的內容請再送一次。設定通行金鑰以後就不必離開頁面。</span></InsetText>}
        <Form action={target}>
          <input type="hidden" name="_kept" value={sealed} />
          {ways.password && <PasswordInput name="proofPassword" label="您的密碼" autocomplete="current-password" error={failed} />}
          {ways.passkey && <PasskeyButton label="用通行金鑰確認" />}
          {ways.code && <TextInput name="code" label="驗證碼" hint="驗證程式現在顯示的 6 位數字；也可以用復原碼" error={failed} width={10} inputmode="numeric" autocomplete="one-time-code" spellcheck={false} />}
          {(ways.password || ways.code) && <Button>確認，繼續</Button>}
        </Form>
      </div>
    ),
  }, failed ? 422 : 403)
}

/** The page whose form was sent: inside this site, else the desk. */
function backFrom(request: PageRequest): string {
  return request.referer ?? '/console'
}
