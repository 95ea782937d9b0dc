import { isRefusal, type Refusal, refusal } from '../../../../core/errors.ts'
import { changePassword } from '../../../../core/identity/people.ts'
import { findPasskeys, type PasskeyLine, removePasskey } from '../../../../core/identity/passkeys.ts'
import { findProofWays } from '../../../../core/identity/prove.ts'
import { renewRecoveryCodes } from '../../../../core/identity/recovery-codes.ts'
import { findSecondFactors, type SecondFactors } from '../../../../core/identity/second-factor.ts'
import { endOtherSessions, endSession, findSessions } from '../../../../core/identity/sessions.ts'
import { beginTotp, removeTotp } from '../../../../core/identity/totp.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { provePath } from '../../../../core/web/step-up.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { Button, ButtonLink, Card, ErrorSummary, Form, InsetText, InstantText, PasswordInput, Table, Tag, WarningText } from '../../../../ui/index.ts'
import { accountPath, newPasskeyPath, securityPath, totpPath } from '../../paths.ts'
import { errorItems, errorOf } from '../../person-fields.ts'
import { Sessions } from '../../sessions-table.tsx'

const open = { whileRestricted: true } as const

export const routes = [
  // whoever was asked to prove who they are before a page goes on to it
  post(provePath, 'signed-in', async (request) => redirect(request.form.back ?? accountPath), open),
  get(securityPath, 'signed-in', (request) => page(request), open),
  post(`${securityPath}/password`, 'signed-in', async (request) => {
    const result = await changePassword(request.caller, { ...request.form, from: request.from })
    if (!isRefusal(result) && result.value.failed !== null) return page(request, refusal('identity.wrong-password', result.value.failed, { field: 'current' }))
    return isRefusal(result) ? page(request, result) : redirect(securityPath, '密碼已更改，其他地方的登入已結束')
  }, { ...open, limit: 10 }),
  post(totpPath, 'signed-in', async (request) => {
    const result = await beginTotp(request.caller, {})
    return isRefusal(result) ? page(request, result) : redirect(totpPath)
  }, open),
  post(`${totpPath}/remove`, 'signed-in', async (request) => {
    const result = await removeTotp(request.caller, {})
    return isRefusal(result) ? page(request, result) : redirect(securityPath, '驗證程式已移除')
  }, open),
  post(`${securityPath}/passkeys/:id/remove`, 'signed-in', async (request) => {
    const result = await removePasskey(request.caller, { id: request.params.id })
    return isRefusal(result) ? page(request, result) : redirect(securityPath, '通行金鑰已移除')
  }, open),
  post(`${securityPath}/recovery-codes`, 'signed-in', async (request) => {
    const result = await renewRecoveryCodes(request.caller, {})
    return isRefusal(result) ? page(request, result) : codesPage(request, result.value.codes)
  }, open),
  post(`${securityPath}/sessions/others/end`, 'signed-in', async (request) => {
    await endOtherSessions(request.caller, {})
    return redirect(securityPath, '其他地方的登入都已結束')
  }, open),
  post(`${securityPath}/sessions/:id/end`, 'signed-in', async (request) => {
    const result = await endSession(request.caller, { id: request.params.id })
    return isRefusal(result) ? page(request, result) : redirect(securityPath, '那個登入已結束')
  }, open),
]

/** Everything about signing in, of one's own. */
async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person } = request
  const factors = await findSecondFactors(db, person.id)
  const passkeys = await findPasskeys(db, person.id)
  const sessions = await findSessions(db, person.id)
  const { hasPassword } = await findProofWays(db, person.id)
  const given = (await db.selectFrom('people').select('password_given_at').where('id', '=', person.id).executeTakeFirstOrThrow()).password_given_at !== null
  const error = (field: string) => errorOf(failed, field)
  return consolePage(request, {
    title: '登入與安全',
    breadcrumbs: [{ text: '我的帳號', href: accountPath }, { text: '登入與安全' }],
    children: (
      <>
        <ErrorSummary errors={errorItems(failed)} />
        {given && <WarningText>您的密碼是系統管理人員給的，他也知道。請先在<a href="#password">更改密碼</a>換成自己的。</WarningText>}
        {!factors.any && <InsetText>只有密碼還不夠：密碼外洩時，第二道驗證能擋住別人。設定通行金鑰最簡單；沒有支援的裝置，就用驗證程式。</InsetText>}
        <Passkeys passkeys={passkeys} />
        <Authenticator factors={factors} />
        <RecoveryCodes factors={factors} />
        <Card title="登入中的裝置" actions={sessions.length > 1 && <Form action={`${securityPath}/sessions/others/end`}><Button kind="secondary" small>結束其他登入</Button></Form>}>
          <Sessions sessions={sessions} current={request.caller.session?.id} endPath={(id) => `${securityPath}/sessions/${id}/end`} />
          <p class="muted">有不認得的裝置，請結束它的登入並更改密碼，再告訴系統管理人員。</p>
        </Card>
        {!hasPassword && <Card title="密碼"><p>您以單一簽入登入，這裡沒有密碼。需要的話請系統管理人員設定。</p></Card>}
        {hasPassword && <Card title="更改密碼" id="password-card">
          <Form action={`${securityPath}/password`}>
            <PasswordInput name="current" label="目前的密碼" autocomplete="current-password" error={error('current')} />
            <PasswordInput name="password" label="新密碼" hint="至少 12 個字；四個以上不相干的詞連在一起，好記又難猜" autocomplete="new-password" error={error('password')} />
            <PasswordInput name="again" label="再輸入一次" autocomplete="new-password" error={error('again')} />
            <Button kind="secondary">更改密碼</Button>
          </Form>
        </Card>}
      </>
    ),
  }, failed ? 422 : 200)
}

function Passkeys({ passkeys }: { passkeys: PasskeyLine[] }) {
  return (
    <Card title="通行金鑰" actions={<ButtonLink href={newPasskeyPath} kind="secondary" small>加一支通行金鑰</ButtonLink>}>
      <Table<PasskeyLine>
        caption="我的通行金鑰"
        captionHidden
        rows={passkeys}
        rowKey={({ id }) => id}
        empty={<p>還沒有通行金鑰。它存在您的電腦、手機或安全金鑰裡，用指紋、臉或 PIN 打開；不必打密碼，也不會被釣魚網站騙走。</p>}
        columns={[
          { heading: '名字', rowHeader: true, width: 'grow', cell: ({ label }) => label },
          { heading: '加上', width: 'fit', wideOnly: true, cell: ({ added_at: at }) => <InstantText at={at} /> },
          { heading: '最近使用', width: 'fit', cell: ({ used_at: at }) => (at ? <InstantText at={at} /> : '—') },
          { heading: '移除', width: 'fit', cell: ({ id, label }) => (
            <Form action={`${securityPath}/passkeys/${id}/remove`}><Button kind="secondary" small confirm={`移除「${label}」？以後不能用它登入；要恢復請重新加上。`} confirmAction="移除">移除</Button></Form>
          ) },
        ]}
      />
    </Card>
  )
}

function Authenticator({ factors }: { factors: SecondFactors }) {
  return (
    <Card title={<>驗證程式{factors.totp && <> <Tag tone="done">已設定</Tag></>}</>}>
      {factors.totp
        ? <Form action={`${totpPath}/remove`}><p>登入時在密碼之後輸入手機上的 6 位數字。</p><Button kind="secondary" small confirm="移除驗證程式？登入時不再問驗證碼；要恢復請重新設定。" confirmAction="移除">移除</Button></Form>
        : <Form action={totpPath}><p>手機上的驗證程式（如 Microsoft Authenticator、Google Authenticator）每半分鐘換一組 6 位數字，登入時在密碼之後輸入。</p><Button kind="secondary" small>設定驗證程式</Button></Form>}
    </Card>
  )
}

function RecoveryCodes({ factors }: { factors: SecondFactors }) {
  return (
    <Card title="復原碼">
      <p>{factors.recoveryCodes ? `還有 ${factors.recoveryCodes} 組沒用過。` : '還沒有復原碼。'}手機或金鑰不在身邊時，一組復原碼可以登入一次。請印下來，收在抽屜或保險箱。</p>
      <div data-turbo="false">
        <Form action={`${securityPath}/recovery-codes`}>
          <Button kind="secondary" small reason={factors.any ? null : '請先設定通行金鑰或驗證程式'} {...(factors.recoveryCodes ? { confirm: '重新產生復原碼？先前的都會失效。', confirmAction: '重新產生' } : {})}>{factors.recoveryCodes ? '重新產生復原碼' : '產生復原碼'}</Button>
        </Form>
      </div>
    </Card>
  )
}

/** Once: after leaving this page nobody can read them again. */
function codesPage(request: StaffRequest, codes: string[]): Reply {
  return consolePage(request, {
    title: '新的復原碼',
    breadcrumbs: [{ text: '我的帳號', href: accountPath }, { text: '登入與安全', href: securityPath }, { text: '復原碼' }],
    children: (
      <>
        <InsetText>請現在印下來或抄下來：離開這一頁之後就看不到了，先前的復原碼也已失效。每一組只能用一次。</InsetText>
        <ol class="govuk-list govuk-list--number">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ol>
        <p><ButtonLink href={securityPath}>收好了</ButtonLink></p>
      </>
    ),
  })
}
