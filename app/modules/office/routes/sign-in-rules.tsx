import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { providerOf } from '../../../core/identity/providers/provider.ts'
import { findSecondFactorPolicy, saveSecondFactorPolicy } from '../../../core/identity/second-factor.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink, Checkboxes, ErrorSummary, Form, InsetText, TextInput } from '../../../ui/index.ts'
import { peoplePath, signInRulesPath } from '../paths.ts'
import { errorItems, errorOf, roleOptions } from '../person-fields.ts'

export const routes = [
  get(signInRulesPath, 'office.people', (request) => page(request)),
  post(signInRulesPath, 'office.people', async (request) => {
    const result = await saveSecondFactorPolicy(request.caller, { roles: request.all('roles'), graceDays: request.form.graceDays })
    return isRefusal(result) ? page(request, result) : redirect(signInRulesPath, '登入規定已儲存')
  }),
]

/** Which roles must have a second factor, and how long they have to set it up. */
async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const policy = await findSecondFactorPolicy(request.db)
  const provider = providerOf('staff')
  return consolePage(request, {
    title: '登入規定',
    current: peoplePath,
    breadcrumbs: [{ text: '人員與單位', href: peoplePath }, { text: '登入規定' }],
    children: (
      <>
        <ErrorSummary errors={errorItems(failed)} />
        <Form action={signInRulesPath}>
          <Checkboxes name="roles" label="必須有第二道驗證的職務" hint="通行金鑰或驗證程式；以單一簽入登入而且那裡已經用過第二道驗證的，不再要求" values={failed ? request.all('roles') : policy.roles} options={roleOptions} />
          <TextInput name="graceDays" label="寬限天數" hint="從規定後第一次登入起算；過了以後，設定好之前不能開其他頁面" value={failed ? request.form.graceDays : policy.graceDays} error={errorOf(failed, 'graceDays')} width={3} inputmode="numeric" suffix="天" />
          <ButtonGroup><Button>儲存</Button><ButtonLink href={peoplePath} kind="quiet">取消</ButtonLink></ButtonGroup>
        </Form>
        <InsetText>{provider ? `單一簽入：${provider.name}（${provider.issuer}）。` : '單一簽入：沒有設定。由資訊人員以 WINDLION_OIDC_ISSUER 等環境變數設定。'}</InsetText>
      </>
    ),
  }, failed ? 422 : 200)
}
