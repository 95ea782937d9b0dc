import type { VNode } from 'preact'
import { isRefusal, NotFound, type Refusal, valueOf } from '../../core/errors.ts'
import { askForLink, enterByLink, enterByService, findMember, findMemberCases, leaveForService, leaveMembership, type MemberCase, memberCookie, memberSignOut } from '../../core/identity/members.ts'
import { type Kept, ProviderDown, providerOf, ProviderRefused } from '../../core/identity/providers/provider.ts'
import { findStep } from '../../core/identity/steps.ts'
import { isoInstant } from '../../core/time.ts'
import { portalPage } from '../../core/web/pages.tsx'
import { type Cookie, get, type PageRequest, post, redirect, type Reply, type Route } from '../../core/web/route.ts'
import { enterByPasskey } from '../../core/identity/member-passkeys.ts'
import { Button, ButtonGroup, ButtonLink, Details, ErrorSummary, errorsOf, Form, InsetText, Notification, PasskeyButton, Table, TextInput } from '../../ui/index.ts'
import { type Own, ownPath } from './paths.ts'
import { ways, waysRoutes } from './ways.tsx'
import { said, translated, wordsOf } from './words.ts'

const sessionSeconds = 12 * 3600
const serviceCookie = 'windlion_member_service'

const everyOwn: Own[] = (['zh', 'en'] as const).flatMap((language) => (['resident', 'vendor'] as const).map((kind) => ({ kind, language })))

export const routes: Route[] = everyOwn.flatMap((own) => [
  get(ownPath(own), 'public', (request) => ownPage(request, own)),
  get(ownPath(own, 'sign-in'), 'public', (request) => signInPage(request, own)),
  post(ownPath(own, 'sign-in'), 'public', (request) => sendLink(request, own), { limit: 5 }),
  get(ownPath(own, 'enter/:token'), 'public', async (request) => enterPage(request, own), { limit: 30 }),
  post(ownPath(own, 'enter/:token'), 'public', async (request) => {
    const result = await enterByLink(request.caller, { token: request.params.token })
    return isRefusal(result) ? signInPage(request, own, said(own.language, result)) : { kind: 'redirect', to: ownPath({ ...own, kind: result.value.kind }), cookies: [cookieOf(result.value.token)] }
  }, { limit: 30 }),
  post(ownPath(own, 'passkey'), 'public', async (request) => {
    const { passkey, passkeyStep } = request.form
    const result = await enterByPasskey(request.caller, { kind: own.kind, passkey, passkeyStep })
    return isRefusal(result) ? signInPage(request, own, said(own.language, result), 'passkey') : { kind: 'redirect', to: ownPath(own), cookies: [cookieOf(result.value.token)] }
  }, { limit: 30 }),
  ...waysRoutes(own, ownPage),
  get(ownPath(own, 'service'), 'public', (request) => toService(request, own), { limit: 30 }),
  get(ownPath(own, 'service/back'), 'public', (request) => fromService(request, own), { limit: 30 }),
  post(ownPath(own, 'sign-out'), 'public', async (request) => {
    await memberSignOut(request.caller, { token: request.cookies[memberCookie] ?? '' })
    return { kind: 'redirect', to: own.language === 'en' ? '/en' : '/', cookies: [cookieOf('', 0)] }
  }),
  post(ownPath(own, 'leave'), 'public', async (request) => {
    const result = await leaveMembership(request.caller, { token: request.cookies[memberCookie] ?? '' })
    return { kind: 'redirect', to: ownPath(own, 'sign-in'), flash: isRefusal(result) ? said(own.language, result) : wordsOf[own.language].leave.left, cookies: [cookieOf('', 0)] }
  }),
])

const cookieOf = (token: string, maxAgeSeconds = sessionSeconds): Cookie => ({ name: memberCookie, value: token, maxAgeSeconds })

/** `what`: the page's own part of its address, the same in the other language. */
function page(request: PageRequest, own: Own, title: string, what: string | undefined, children: VNode, status = 200): Reply {
  const w = wordsOf[own.language]
  const otherLanguage = { ...w.other, href: ownPath({ ...own, language: own.language === 'en' ? 'zh' : 'en' }, what) }
  return portalPage(request, { title, lang: w.lang, otherLanguage, current: ownPath(own), children: <>{request.flash && <Notification kind="success"><p>{request.flash}</p></Notification>}{children}</> }, status)
}

async function ownPage(request: PageRequest, own: Own, failed?: Refusal): Promise<Reply> {
  const { kind, language } = own
  const w = wordsOf[language]
  const member = await findMember(request.db, request.cookies[memberCookie])
  if (member?.kind !== kind) return redirect(ownPath(own, 'sign-in'))
  const refused = failed && translated(language, failed)
  const cases = await findMemberCases(request.db, member, language)
  return page(request, own, w.titles[kind], undefined, (
    <>
      {refused && <ErrorSummary errors={errorsOf(refused)} />}
      <h1>{w.titles[kind]}</h1>
      <p class="lead">{w.filedWith(member.email)}</p>
      <Table<MemberCase>
        caption={w.cases}
        captionHidden
        rows={cases}
        rowKey={({ path }) => path}
        empty={<p>{w.none}</p>}
        columns={[
          { heading: w.columns.case, rowHeader: true, cell: ({ title, path }) => <a href={path}>{title}</a> },
          { heading: w.columns.number, width: 'fit', wideOnly: true, cell: ({ number }) => number },
          { heading: w.columns.filed, width: 'fit', cell: ({ at }) => <time class="nowrap" datetime={isoInstant(at)}>{w.day(at)}</time> },
          { heading: w.columns.state, width: 'fit', cell: ({ state }) => state },
        ]}
      />
      {w.inChinese && cases.length > 0 && <p class="muted">{w.inChinese}</p>}
      {await ways(request, own, member, refused)}
      <Details summary={w.leave.title}>
        <p>{w.leave.text}</p>
        <Form action={ownPath(own, 'leave')}><Button kind="danger" confirm={w.leave.confirm} confirmAction={w.leave.action}>{w.leave.title}</Button></Form>
      </Details>
      <Form action={ownPath(own, 'sign-out')}><Button kind="secondary">{w.signOut}</Button></Form>
    </>
  ), refused ? 422 : 200)
}

async function signInPage(request: PageRequest, own: Own, failed?: string, field = 'email'): Promise<Reply> {
  const { kind, language } = own
  const w = wordsOf[language]
  const provider = providerOf(kind)
  const isDown = provider !== null && (await provider.state()) === 'down'
  return page(request, own, w.signInTitle(w.titles[kind]), 'sign-in', (
    <>
      {failed && <ErrorSummary errors={[{ text: failed, field }]} />}
      <h1>{w.signInHeading(w.titles[kind])}</h1>
      <p class="lead">{w.signInLead}</p>
      {provider && (isDown
        ? <InsetText>{w.serviceDown(provider.name)}</InsetText>
        : <p data-turbo="false"><ButtonLink href={ownPath(own, 'service')}>{w.service(provider.name)}</ButtonLink></p>)}
      <div class="stack">
        <Form action={ownPath(own, 'sign-in')}>
          <TextInput name="email" type="email" label={w.email} hint={w.emailHint} value={request.form.email} error={failed && request.form.email !== undefined ? failed : undefined} width={30} autocomplete="email" spellcheck={false} />
          <Button>{w.sendLink}</Button>
        </Form>
        <form method="post" action={ownPath(own, 'passkey')} novalidate>
          <p>{w.passkeyLead}</p>
          <PasskeyButton label={w.passkeySignIn} />
        </form>
      </div>
      <p>{w.kept}</p>
      <p><a href={ownPath({ language, kind: kind === 'resident' ? 'vendor' : 'resident' }, 'sign-in')}>{w.otherKind[kind]}</a></p>
    </>
  ), failed ? 422 : 200)
}

async function sendLink(request: PageRequest, own: Own): Promise<Reply> {
  const { site } = request
  const county = own.language === 'en' ? (site.countyEnglish ?? site.county) : site.county
  const sent = await askForLink(request.caller, { kind: own.kind, language: own.language, email: request.form.email ?? '', link: `${request.origin}${ownPath(own, 'enter/TOKEN')}`, county, address: request.ip })
  if (isRefusal(sent)) return signInPage(request, own, said(own.language, sent))
  return redirect(ownPath(own, 'sign-in'), wordsOf[own.language].sent)
}

async function enterPage(request: PageRequest, own: Own): Promise<Reply> {
  const { token } = request.params
  const w = wordsOf[own.language]
  if (!(await findStep(request.db, 'member-link', token))) return signInPage(request, own, w.linkOver)
  return page(request, own, w.enter, `enter/${token}`, (
    <>
      <h1>{w.signInHeading(w.titles[own.kind])}</h1>
      <Form action={ownPath(own, `enter/${token}`)}><ButtonGroup><Button>{w.enter}</Button><ButtonLink href={own.language === 'en' ? '/en' : '/'} kind="quiet">{w.cancel}</ButtonLink></ButtonGroup></Form>
    </>
  ))
}

async function toService(request: PageRequest, own: Own): Promise<Reply> {
  const provider = providerOf(own.kind)
  if (!provider) throw new NotFound()
  try {
    const { to, kept } = await provider.begin(`${request.origin}${ownPath({ ...own, language: 'zh' }, 'service/back')}`)
    const { token } = valueOf(await leaveForService(request.caller, { kind: own.kind, language: own.language, kept }))
    return { kind: 'away', to, cookies: [{ name: serviceCookie, value: token, maxAgeSeconds: 600 }] }
  } catch (error) {
    return explain(request, own, error)
  }
}

/** Identity services know one address to come back to; in which language it began is kept in its step. */
async function fromService(request: PageRequest, { kind, ...at }: Own): Promise<Reply> {
  const provider = providerOf(kind)
  const token = request.cookies[serviceCookie]
  const step = provider && (await findStep(request.db, 'member-service', token))
  const own: Own = { kind, language: step?.state.language === 'en' ? 'en' : at.language }
  if (!provider || !token || !step || step.state.kind !== kind) return signInPage(request, own, wordsOf[own.language].serviceOver)
  try {
    const identity = await provider.finish(new URL(request.path, request.origin), step.state.kept as Kept)
    const result = await enterByService(request.caller, { token, issuer: provider.issuer, identity })
    return isRefusal(result) ? signInPage(request, own, said(own.language, result)) : { kind: 'redirect', to: ownPath(own), cookies: [cookieOf(result.value.token)] }
  } catch (error) {
    return explain(request, own, error)
  }
}

function explain(request: PageRequest, own: Own, error: unknown): Promise<Reply> {
  if (error instanceof ProviderDown) return signInPage(request, own, wordsOf[own.language].servicePaused)
  if (error instanceof ProviderRefused) return signInPage(request, own, wordsOf[own.language].serviceRefused)
  throw error
}
