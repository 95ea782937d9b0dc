import { Button } from '../../../ui/components/button.tsx'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { PasswordInput, TextInput } from '../../../ui/components/text-input.tsx'
import { isRefusal } from '../../../core/errors.ts'
import { signIn, signOut } from '../../../core/identity/sessions.ts'
import { portalPage } from '../../../core/web/pages.tsx'
import { get, type PageRequest, post, type Reply } from '../../../core/web/route.ts'
import { sessionCookie } from '../../../core/web/server.ts'

export const signInPath = '/sign-in'

type Failed = { message?: string; fields?: Record<string, string>; login?: string }

function page(request: PageRequest, failed: Failed = {}, status = 200): Reply {
  const errors = Object.entries(failed.fields ?? {}).map(([field, text]) => ({ field, text }))
  if (failed.message && !errors.length) errors.push({ field: 'login', text: failed.message })
  return portalPage(
    request,
    {
      title: '同仁登入',
      children: (
        <>
          {errors.length > 0 && <ErrorSummary errors={errors} />}
          <h1>同仁登入</h1>
          {request.query.ended && <InsetText>您的登入已經結束，剛才的內容還沒有送出。登入後回到原來的頁面，打好的字會還在。</InsetText>}
          <div class="stack">
            <form method="post" action={signInPath} novalidate>
              <input type="hidden" name="back" value={request.form.back ?? request.query.back ?? ''} />
              <TextInput name="login" label="帳號" autocomplete="username" value={failed.login} error={failed.fields?.login} />
              <PasswordInput name="password" label="密碼" autocomplete="current-password" error={failed.fields?.password} />
              <Button>登入</Button>
            </form>
            {request.site.demo && (
              <InsetText>
                這是示範縣政府。帳號 clerk、officer、chief、head、control、editor、admin，密碼都是 windlion-demo。
              </InsetText>
            )}
          </div>
        </>
      ),
    },
    status,
  )
}

export const routes = [
  get(signInPath, 'public', async (request) => (request.person ? { kind: 'redirect', to: '/console' } : page(request))),
  post(
    signInPath,
    'public',
    async (request) => {
      const result = await signIn(request.caller, request.form)
      const login = request.form.login ?? ''
      if (isRefusal(result)) return page(request, { ...result, login }, 422)
      if (result.value.failed !== undefined) return page(request, { message: result.value.failed, login }, 422)
      return {
        kind: 'redirect',
        to: request.form.back || '/console',
        cookies: [{ name: sessionCookie, value: result.value.token, maxAgeSeconds: result.value.hours * 3600 }],
      }
    },
    { limit: 30 },
  ),
  post('/sign-out', 'public', async (request) => {
    const token = request.session
    if (token) await signOut(request.caller, { token })
    return { kind: 'redirect', to: '/', cookies: [{ name: sessionCookie, value: '', maxAgeSeconds: 0 }] }
  }),
]
