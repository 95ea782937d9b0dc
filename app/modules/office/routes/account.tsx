import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { endDeputy, findDeputies, setDeputy } from '../../../core/identity/deputies.ts'
import { holds, roles } from '../../../core/identity/permissions.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { feedPagePath } from '../../clocks/index.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Deputies, DeputyForm, deputyChoice } from '../deputy-form.tsx'
import { accountPath, deputiesPath, securityPath } from '../paths.ts'
import { routes as factors } from './account/factors.tsx'
import { routes as security } from './account/security.tsx'

async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { person } = request
  const deputies = await findDeputies(request.db, person.id, request.today)
  return consolePage(
    request,
    {
      title: '我的帳號',
      children: (
        <>
          {failed && <ErrorSummary errors={[{ text: failed.message, field: failed.field }]} />}
          <SummaryList rows={[
            { key: '姓名', value: person.name },
            { key: '帳號', value: person.login },
            { key: '職務', value: person.posts.map((post) => `${post.unitName}・${roles[post.role]}`).join('、') || '目前沒有職務' },
            ...(person.deputyFor.length ? [{ key: '今天代理', value: person.deputyFor.map((absent) => absent.name).join('、') }] : []),
          ]} />
          <Card title="職務代理" actions={<ButtonLink href={deputiesPath} kind="secondary" small>設定代理人</ButtonLink>}>
            <Deputies deputies={deputies} today={request.today} endPath={(id) => `${deputiesPath}/${id}/end`} />
          </Card>
          {holds(person, 'clocks.board') && <Card title="行事曆訂閱"><p>承辦案件的限辦日期可以放進 Outlook、Google 日曆或手機的行事曆。</p><p><a href={feedPagePath}>設定行事曆訂閱</a></p></Card>}
          <Card title="登入與安全" actions={<ButtonLink href={securityPath} kind="secondary" small>打開</ButtonLink>}>
            <p>密碼、通行金鑰、驗證程式、復原碼，以及登入中的裝置。</p>
          </Card>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

async function deputyPage(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { form, query, person } = request
  const error = (field: string) => failed?.fields?.[field] ?? (failed?.field === field ? failed.message : undefined)
  return consolePage(
    request,
    {
      title: '設定代理人',
      breadcrumbs: [{ text: '我的帳號', href: accountPath }, { text: '設定代理人' }],
      children: (
        <>
          {failed && <ErrorSummary errors={failed.fields ? Object.entries(failed.fields).map(([field, text]) => ({ field, text })) : [{ text: failed.message, field: failed.field }]} />}
          <p>不在的期間，代理人可以做您職務內的事；紀錄上會有兩個人的名字。一段期間只有一位代理人。</p>
          <DeputyForm choice={await deputyChoice(request.db, person.id, form.q ?? query.q, request.today)} page={deputiesPath} action={deputiesPath} formKey={randomUUID()} form={form} error={error} />
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

export const routes = [
  ...security,
  ...factors,
  get(accountPath, 'signed-in', (request) => page(request)),
  get(deputiesPath, 'signed-in', (request) => deputyPage(request)),
  post(deputiesPath, 'signed-in', async (request) => {
    const result = await setDeputy(request.caller, request.form)
    return isRefusal(result) ? deputyPage(request, result) : redirect(accountPath, '已設定代理人')
  }),
  post(`${deputiesPath}/:id/end`, 'signed-in', async (request) => {
    const result = await endDeputy(request.caller, { id: request.params.id })
    return isRefusal(result) ? page(request, result) : redirect(accountPath, '已結束代理')
  }),
]
