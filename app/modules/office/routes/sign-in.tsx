import type { VNode } from 'preact'
import { Button, ButtonLink } from '../../../ui/components/button.tsx'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { PasskeyButton } from '../../../ui/components/passkey-button.tsx'
import { PasswordInput, TextInput } from '../../../ui/components/text-input.tsx'
import { isRefusal, type Result } from '../../../core/errors.ts'
import { askForPasskey } from '../../../core/identity/passkeys.ts'
import { providerOf } from '../../../core/identity/providers/provider.ts'
import { findSecondFactors } from '../../../core/identity/second-factor.ts'
import { signOut } from '../../../core/identity/sessions.ts'
import { finishSignIn, signIn, type SignedIn, signInWithPasskey } from '../../../core/identity/sign-in.ts'
import { findStep } from '../../../core/identity/steps.ts'
import { day, rocLongDay } from '../../../core/time.ts'
import { portalPage } from '../../../core/web/pages.tsx'
import { type Cookie, get, json, type PageRequest, post, redirect, type Reply } from '../../../core/web/route.ts'
import { deviceCookie, sessionCookie } from '../../../core/web/server.ts'
import { secondFactorPath, securityPath, signInPath, singleSignOnPath } from '../paths.ts'
import { downSentence, routesOf } from './single-sign-on.ts'

/** Holds the step between password and second factor; of use to nobody without the password before. */
const stepCookie = 'windlion_step'
const stepSeconds = 600
const deviceSeconds = 400 * 86_400

type Failed = { message?: string; fields?: Record<string, string>; login?: string }

async function page(request: PageRequest, failed: Failed = {}, status = 200): Promise<Reply> {
  const provider = providerOf('staff')
  const isDown = provider !== null && (await provider.state()) === 'down'
  const errors = Object.entries(failed.fields ?? {}).map(([field, text]) => ({ field, text }))
  if (failed.message && !errors.length) errors.push({ field: 'login', text: failed.message })
  return frame(request, '同仁登入', status, (
    <>
      {errors.length > 0 && <ErrorSummary errors={errors} />}
      <h1>同仁登入</h1>
      {request.query.ended && <InsetText>您的登入已經結束，剛才的內容還沒有送出。登入後回到原來的頁面，打好的字會還在。</InsetText>}
      <div class="stack">
        {provider && (isDown
          ? <InsetText>{downSentence(provider.name)}</InsetText>
          : <p data-turbo="false"><ButtonLink href={`${singleSignOnPath}?back=${encodeURIComponent(request.form.back ?? request.query.back ?? '')}`}>用{provider.name}登入</ButtonLink></p>)}
        <form method="post" action={signInPath} novalidate>
          <Back request={request} />
          <TextInput name="login" label="帳號" autocomplete="username" value={failed.login} error={failed.fields?.login} />
          <PasswordInput name="password" label="密碼" autocomplete="current-password" error={failed.fields?.password} />
          <Button {...(provider && !isDown ? { kind: 'secondary' as const } : {})}>登入</Button>
        </form>
        <form method="post" action={`${signInPath}/passkey`} novalidate>
          <Back request={request} />
          <PasskeyButton label="用通行金鑰登入" />
        </form>
        {request.site.demo && (
          <InsetText>
            這是示範縣政府。帳號 clerk、officer、chief、head、control、editor、privacy、law、lawyer、ombudsman、admin，密碼都是 windlion-demo。
          </InsetText>
        )}
      </div>
    </>
  ))
}

const frame = (request: PageRequest, title: string, status: number, children: VNode) => portalPage(request, { title, children }, status)

/** Where to go on after signing in. */
function Back({ request }: { request: PageRequest }) {
  return <input type="hidden" name="back" value={request.form.back ?? request.query.back ?? ''} />
}

/** After the password: what the authenticator shows, a recovery code, or a passkey. */
async function secondFactorPage(request: PageRequest, failed?: string): Promise<Reply> {
  const step = await findStep(request.db, 'second-factor', request.cookies[stepCookie])
  if (!step?.person_id) return over
  const { passkeys, totp, recoveryCodes } = await findSecondFactors(request.db, step.person_id)
  const takesCode = totp || recoveryCodes > 0
  return frame(request, '第二道驗證', failed ? 422 : 200, (
    <>
      {failed && <ErrorSummary errors={[{ text: failed, field: takesCode ? 'code' : 'passkey' }]} />}
      <h1>第二道驗證</h1>
      <p class="lead">密碼正確。請再用{totp ? '驗證程式' : '通行金鑰'}確認是您本人。</p>
      <div class="stack">
        {takesCode && (
          <form method="post" action={secondFactorPath} novalidate>
            <Back request={request} />
            <TextInput name="code" label="驗證碼" hint={totp ? '驗證程式現在顯示的 6 位數字；手機不在身邊時，輸入一組復原碼' : '通行金鑰不在身邊時，輸入一組復原碼'} width={20} inputmode={totp ? undefined : 'text'} autocomplete="one-time-code" spellcheck={false} error={failed} />
            <Button>繼續</Button>
          </form>
        )}
        {passkeys > 0 && (
          <form method="post" action={secondFactorPath} novalidate>
            <Back request={request} />
            <PasskeyButton label="用通行金鑰確認" />
          </form>
        )}
        <p><a href={signInPath}>換一個帳號登入</a>。手機和復原碼都不在身邊時，請洽系統管理人員。</p>
      </div>
    </>
  ))
}

const over: Reply = redirect(signInPath)

/** What the outcome of an act of signing in leads to. */
async function proceed(request: PageRequest, result: Result<SignedIn>, wrong: (message: string, fields?: Record<string, string>) => Reply | Promise<Reply>, given?: string): Promise<Reply> {
  if (isRefusal(result)) return wrong(result.message, result.fields)
  const { value } = result
  if (value.failed !== undefined) return wrong(value.failed)
  const back = given || request.form.back || '/console'
  if (value.step !== undefined) {
    return { kind: 'redirect', to: `${secondFactorPath}?back=${encodeURIComponent(back)}`, cookies: [{ name: stepCookie, value: value.step, maxAgeSeconds: stepSeconds }] }
  }
  // a session that this browser had before ends: its token is worth nothing any more
  if (request.session) await signOut(request.caller, { token: request.session })
  const cookies: Cookie[] = [
    { name: sessionCookie, value: value.token, maxAgeSeconds: value.hours * 3600 },
    { name: deviceCookie, value: value.device, maxAgeSeconds: deviceSeconds },
    { name: stepCookie, value: '', maxAgeSeconds: 0 },
  ]
  if (value.given) return { kind: 'redirect', to: securityPath, cookies, flash: '這組密碼是系統管理人員給的，請先換成自己的，其他頁面就會打開' }
  if (value.restricted) return { kind: 'redirect', to: securityPath, cookies, flash: '您的職務要有第二道驗證，請先在這裡設定，其他頁面就會打開' }
  return { kind: 'redirect', to: back, cookies, ...(value.dueOn ? { flash: `您的職務要有第二道驗證，請在${rocLongDay(day(value.dueOn))}以前到「我的帳號」設定` } : {}) }
}

export const routes = [
  ...routesOf({ wrong: (request, message) => page(request, { message }, 422), proceed: (request, result, back) => proceed(request, result, (message) => page(request, { message }, 422), back) }),
  get(signInPath, 'public', async (request) => (request.person ? redirect('/console') : page(request))),
  post(signInPath, 'public', async (request) => {
    const login = request.form.login ?? ''
    const result = await signIn(request.caller, { login, password: request.form.password, from: request.from })
    return proceed(request, result, (message, fields) => page(request, { message, login, ...(fields ? { fields } : {}) }, 422))
  }, { limit: 30 }),
  get(secondFactorPath, 'public', (request) => secondFactorPage(request)),
  post(secondFactorPath, 'public', async (request) => {
    const { code, passkey, passkeyStep } = request.form
    const result = await finishSignIn(request.caller, { step: request.cookies[stepCookie] ?? '', code, passkey, passkeyStep, from: request.from })
    if (isRefusal(result)) return page(request, { message: result.message }, 422)
    return proceed(request, result, (message) => secondFactorPage(request, message))
  }, { limit: 30 }),
  post(`${signInPath}/passkey/options`, 'public', async (request) => {
    const asked = await askForPasskey(request.caller, { origin: request.origin })
    return isRefusal(asked) ? json({ error: asked.message }, 409) : json(asked.value)
  }, { limit: 30, whileRestricted: true }),
  post(`${signInPath}/passkey`, 'public', async (request) => {
    const { passkey, passkeyStep } = request.form
    return proceed(request, await signInWithPasskey(request.caller, { passkey, passkeyStep, from: request.from }), (message) => page(request, { message }, 422))
  }, { limit: 30 }),
  post('/sign-out', 'public', async (request) => {
    const token = request.session
    if (token) await signOut(request.caller, { token })
    return { kind: 'redirect', to: '/', cookies: [{ name: sessionCookie, value: '', maxAgeSeconds: 0 }] }
  }),
]
