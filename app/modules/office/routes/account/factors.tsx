import { isRefusal, type Refusal } from '../../../../core/errors.ts'
import { addPasskey, beginPasskey } from '../../../../core/identity/passkeys.ts'
import { confirmTotp, findWaitingTotp } from '../../../../core/identity/totp.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { get, json, post, redirect, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink, Card, ErrorSummary, Form, PasskeyButton, QrCode, TextInput } from '../../../../ui/index.ts'
import { deviceLabel } from '../../../../core/identity/devices.ts'
import { accountPath, newPasskeyPath, securityPath, totpPath } from '../../paths.ts'
import { errorItems, errorOf } from '../../person-fields.ts'

const open = { whileRestricted: true } as const
const passkeyOptionsPath = `${newPasskeyPath}/options`
const crumbs = (text: string) => [{ text: '我的帳號', href: accountPath }, { text: '登入與安全', href: securityPath }, { text }]
const nextStep = '請接著產生復原碼，手機或金鑰不在身邊時用得到'

export const routes = [
  get(totpPath, 'signed-in', (request) => totpPage(request), open),
  post(`${totpPath}/confirm`, 'signed-in', async (request) => {
    const result = await confirmTotp(request.caller, request.form)
    return isRefusal(result) ? totpPage(request, result) : redirect(securityPath, `驗證程式已設定。${nextStep}`)
  }, { ...open, limit: 10 }),
  get(newPasskeyPath, 'signed-in', async (request) => passkeyPage(request), { ...open, stepUp: true }),
  post(passkeyOptionsPath, 'signed-in', async (request) => {
    const begun = await beginPasskey(request.caller, { origin: request.origin, county: request.site.county })
    return isRefusal(begun) ? json({ error: begun.message }, 409) : json(begun.value)
  }, open),
  post(newPasskeyPath, 'signed-in', async (request) => {
    const result = await addPasskey(request.caller, request.form)
    return isRefusal(result) ? passkeyPage(request, result) : redirect(securityPath, `通行金鑰已加上。${nextStep}`)
  }, open),
]

/** The secret as a QR code and as text, and the first code that proves it arrived. */
async function totpPage(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const waiting = await findWaitingTotp(request.db, request.person.id, request.person.login, request.site.county)
  if (!waiting) return redirect(securityPath)
  return consolePage(request, {
    title: '設定驗證程式',
    breadcrumbs: crumbs('驗證程式'),
    children: (
      <>
        <ErrorSummary errors={errorItems(failed)} />
        <Card title="一、用手機的驗證程式掃描">
          <QrCode text={waiting.address} label="給驗證程式掃描的圖，內容與下面的金鑰相同" />
          <p>不能掃描時，在驗證程式裡選「輸入設定金鑰」，帳號填 {request.person.login}，金鑰填：</p>
          <p><code>{waiting.secret.match(/.{1,4}/g)!.join(' ')}</code></p>
        </Card>
        <Card title="二、輸入它現在顯示的數字">
          <Form action={`${totpPath}/confirm`}>
            <TextInput name="code" label="驗證碼" hint="6 位數字" width={10} inputmode="numeric" autocomplete="one-time-code" spellcheck={false} error={errorOf(failed, 'code')} />
            <ButtonGroup><Button>完成設定</Button><ButtonLink href={securityPath} kind="quiet">取消</ButtonLink></ButtonGroup>
          </Form>
        </Card>
      </>
    ),
  }, failed ? 422 : 200)
}

function passkeyPage(request: StaffRequest, failed?: Refusal): Reply {
  return consolePage(request, {
    title: '加一支通行金鑰',
    breadcrumbs: crumbs('通行金鑰'),
    children: (
      <>
        <ErrorSummary errors={errorItems(failed)} />
        <Form action={newPasskeyPath}>
          <TextInput name="label" label="名字" hint="以後好認，例如「辦公室電腦」「鑰匙圈」" value={request.form.label ?? deviceLabel(request.from.agent)} width={20} autocomplete="off" error={errorOf(failed, 'label')} />
          <PasskeyButton label="加上通行金鑰" use="create" options={passkeyOptionsPath} />
        </Form>
        <p><ButtonLink href={securityPath} kind="quiet">取消</ButtonLink></p>
      </>
    ),
  }, failed ? 422 : 200)
}
