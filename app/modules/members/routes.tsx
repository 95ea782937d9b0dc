import type { VNode } from 'preact'
import { isRefusal, NotFound, type Refusal, valueOf } from '../../core/errors.ts'
import { askForLink, enterByLink, enterByService, findMember, findMemberCases, leaveForService, leaveMembership, type MemberCase, memberCookie, type MemberKind, memberSignOut } from '../../core/identity/members.ts'
import { type Kept, ProviderDown, providerOf, ProviderRefused } from '../../core/identity/providers/provider.ts'
import { findStep } from '../../core/identity/steps.ts'
import { dayOf } from '../../core/time.ts'
import { portalPage } from '../../core/web/pages.tsx'
import { type Cookie, get, type PageRequest, post, redirect, type Reply, type Route } from '../../core/web/route.ts'
import { enterByPasskey } from '../../core/identity/member-passkeys.ts'
import { Button, ButtonGroup, ButtonLink, DayText, Details, ErrorSummary, errorsOf, Form, InsetText, Notification, PasskeyButton, Table, TextInput } from '../../ui/index.ts'
import { ownPath } from './paths.ts'
import { ways, waysRoutes } from './ways.tsx'

const sessionSeconds = 12 * 3600
const serviceCookie = 'windlion_member_service'
const words = { resident: { title: '我的案件', other: '廠商登入' }, vendor: { title: '廠商的案件', other: '民眾登入' } } as const

export const routes: Route[] = (['resident', 'vendor'] as const).flatMap((kind) => [
  get(ownPath(kind), 'public', (request) => ownPage(request, kind)),
  get(ownPath(kind, 'sign-in'), 'public', (request) => signInPage(request, kind)),
  post(ownPath(kind, 'sign-in'), 'public', (request) => sendLink(request, kind), { limit: 5 }),
  get(ownPath(kind, 'enter/:token'), 'public', async (request) => enterPage(request, kind), { limit: 30 }),
  post(ownPath(kind, 'enter/:token'), 'public', async (request) => {
    const result = await enterByLink(request.caller, { token: request.params.token })
    return isRefusal(result) ? signInPage(request, kind, result.message) : { kind: 'redirect', to: ownPath(result.value.kind), cookies: [cookieOf(result.value.token)] }
  }, { limit: 30 }),
  post(ownPath(kind, 'passkey'), 'public', async (request) => {
    const { passkey, passkeyStep } = request.form
    const result = await enterByPasskey(request.caller, { kind, passkey, passkeyStep })
    return isRefusal(result) ? signInPage(request, kind, result.message, 'passkey') : { kind: 'redirect', to: ownPath(kind), cookies: [cookieOf(result.value.token)] }
  }, { limit: 30 }),
  ...waysRoutes(kind, ownPage),
  get(ownPath(kind, 'service'), 'public', (request) => toService(request, kind), { limit: 30 }),
  get(ownPath(kind, 'service/back'), 'public', (request) => fromService(request, kind), { limit: 30 }),
  post(ownPath(kind, 'sign-out'), 'public', async (request) => {
    await memberSignOut(request.caller, { token: request.cookies[memberCookie] ?? '' })
    return { kind: 'redirect', to: '/', cookies: [cookieOf('', 0)] }
  }),
  post(ownPath(kind, 'leave'), 'public', async (request) => {
    const result = await leaveMembership(request.caller, { token: request.cookies[memberCookie] ?? '' })
    return { kind: 'redirect', to: ownPath(kind, 'sign-in'), flash: isRefusal(result) ? result.message : '您已退出會員，信箱和登入紀錄都已刪除', cookies: [cookieOf('', 0)] }
  }),
])

const cookieOf = (token: string, maxAgeSeconds = sessionSeconds): Cookie => ({ name: memberCookie, value: token, maxAgeSeconds })

function page(request: PageRequest, kind: MemberKind, title: string, children: VNode, status = 200): Reply {
  return portalPage(request, { title, current: ownPath(kind), children: <>{request.flash && <Notification kind="success"><p>{request.flash}</p></Notification>}{children}</> }, status)
}

async function ownPage(request: PageRequest, kind: MemberKind, refused?: Refusal): Promise<Reply> {
  const member = await findMember(request.db, request.cookies[memberCookie])
  if (member?.kind !== kind) return redirect(ownPath(kind, 'sign-in'))
  const cases = await findMemberCases(request.db, member)
  return page(request, kind, words[kind].title, (
    <>
      {refused && <ErrorSummary errors={errorsOf(refused)} />}
      <h1>{words[kind].title}</h1>
      <p class="lead">用 {member.email} 提出的案件，新的在前面。</p>
      <Table<MemberCase>
        caption="案件"
        captionHidden
        rows={cases}
        rowKey={({ path }) => path}
        empty={<p>還沒有用這個信箱提出的案件。用別的信箱或電話提出的，請到「查進度」用追蹤號碼查。</p>}
        columns={[
          { heading: '案件', rowHeader: true, cell: ({ title, path }) => <a href={path}>{title}</a> },
          { heading: '號碼', width: 'fit', wideOnly: true, cell: ({ number }) => number },
          { heading: '提出', width: 'fit', cell: ({ at }) => <DayText day={dayOf(at)} /> },
          { heading: '辦理情形', width: 'fit', cell: ({ state }) => state },
        ]}
      />
      {await ways(request, member, refused)}
      <Details summary="退出會員">
        <p>會刪除這裡保存的信箱和登入紀錄。已經提出的案件照常辦理，仍可用追蹤號碼和追蹤碼查進度。</p>
        <Form action={ownPath(kind, 'leave')}><Button kind="danger" confirm="退出會員？信箱和登入紀錄會刪除；以後可以再加入。" confirmAction="退出">退出會員</Button></Form>
      </Details>
      <Form action={ownPath(kind, 'sign-out')}><Button kind="secondary">登出</Button></Form>
    </>
  ), refused ? 422 : 200)
}

async function signInPage(request: PageRequest, kind: MemberKind, failed?: string, field = 'email'): Promise<Reply> {
  const provider = providerOf(kind)
  const isDown = provider !== null && (await provider.state()) === 'down'
  return page(request, kind, `登入${words[kind].title}`, (
    <>
      {failed && <ErrorSummary errors={[{ text: failed, field }]} />}
      <h1>登入「{words[kind].title}」</h1>
      <p class="lead">不需要密碼：我們寄一個連結到您的信箱。第一次登入就會成為會員；提出陳情或查進度不必是會員。</p>
      {provider && (isDown
        ? <InsetText>{provider.name}暫時無法使用，請用電子郵件登入，或稍後再試。</InsetText>
        : <p data-turbo="false"><ButtonLink href={ownPath(kind, 'service')}>用{provider.name}登入</ButtonLink></p>)}
      <div class="stack">
        <Form action={ownPath(kind, 'sign-in')}>
          <TextInput name="email" type="email" label="電子郵件" hint="提出案件時填的那一個" value={request.form.email} error={failed && request.form.email !== undefined ? failed : undefined} width={30} autocomplete="email" spellcheck={false} />
          <Button>寄登入連結</Button>
        </Form>
        <form method="post" action={ownPath(kind, 'passkey')} novalidate>
          <p>加過通行金鑰的，可以直接用它登入：</p>
          <PasskeyButton label="用通行金鑰登入" />
        </form>
      </div>
      <p>信箱加密保存，只用來登入和找到您的案件，隨時可以退出並刪除。</p>
      <p><a href={ownPath(kind === 'resident' ? 'vendor' : 'resident', 'sign-in')}>{words[kind].other}</a></p>
    </>
  ), failed ? 422 : 200)
}

async function sendLink(request: PageRequest, kind: MemberKind): Promise<Reply> {
  const sent = await askForLink(request.caller, { kind, email: request.form.email ?? '', link: `${request.origin}${ownPath(kind, 'enter/TOKEN')}`, county: request.site.county, address: request.ip })
  if (isRefusal(sent)) return signInPage(request, kind, sent.message)
  return redirect(ownPath(kind, 'sign-in'), '如果這個信箱可以收信，幾分鐘內會收到登入連結。沒有收到請看垃圾信件匣，或過一會兒再寄一次。')
}

async function enterPage(request: PageRequest, kind: MemberKind): Promise<Reply> {
  const { token } = request.params
  if (!(await findStep(request.db, 'member-link', token))) return signInPage(request, kind, '這個連結已經用過或過期了，請再寄一次')
  return page(request, kind, '登入', (
    <>
      <h1>登入「{words[kind].title}」</h1>
      <Form action={ownPath(kind, `enter/${token}`)}><ButtonGroup><Button>登入</Button><ButtonLink href="/" kind="quiet">取消</ButtonLink></ButtonGroup></Form>
    </>
  ))
}

async function toService(request: PageRequest, kind: MemberKind): Promise<Reply> {
  const provider = providerOf(kind)
  if (!provider) throw new NotFound()
  try {
    const { to, kept } = await provider.begin(`${request.origin}${ownPath(kind, 'service/back')}`)
    const { token } = valueOf(await leaveForService(request.caller, { kind, kept }))
    return { kind: 'away', to, cookies: [{ name: serviceCookie, value: token, maxAgeSeconds: 600 }] }
  } catch (error) {
    return explain(request, kind, error)
  }
}

async function fromService(request: PageRequest, kind: MemberKind): Promise<Reply> {
  const provider = providerOf(kind)
  const token = request.cookies[serviceCookie]
  const step = provider && (await findStep(request.db, 'member-service', token))
  if (!provider || !token || !step || step.state.kind !== kind) return signInPage(request, kind, '這次登入等太久或已經用過，請重新開始')
  try {
    const identity = await provider.finish(new URL(request.path, request.origin), step.state.kept as Kept)
    const result = await enterByService(request.caller, { token, issuer: provider.issuer, identity })
    return isRefusal(result) ? signInPage(request, kind, result.message) : { kind: 'redirect', to: ownPath(kind), cookies: [cookieOf(result.value.token)] }
  } catch (error) {
    return explain(request, kind, error)
  }
}

function explain(request: PageRequest, kind: MemberKind, error: unknown): Promise<Reply> {
  if (error instanceof ProviderDown) return signInPage(request, kind, '身分識別服務暫時無法使用，請用電子郵件登入，或稍後再試')
  if (error instanceof ProviderRefused) return signInPage(request, kind, '身分識別服務沒有完成，請再試一次，或用電子郵件登入')
  throw error
}
