import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { changePassword, endDeputy, setDeputy } from '../../../core/identity/people.ts'
import { holds, roles } from '../../../core/identity/permissions.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { parseDay, rocDay } from '../../../core/time.ts'
import { feedPagePath } from '../../clocks/index.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { PasswordInput, TextInput } from '../../../ui/components/text-input.tsx'

export const accountPath = '/console/account'

async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { person, form } = request
  const deputies = await request.db
    .selectFrom('deputies')
    .innerJoin('people', 'people.id', 'deputies.deputy_id')
    .select(['deputies.id', 'people.name', 'from_day', 'until_day'])
    .where('person_id', '=', person.id)
    .where('until_day', '>=', request.today)
    .orderBy('from_day')
    .execute()
  const error = (field: string) => failed?.fields?.[field] ?? (failed?.field === field ? failed.message : undefined)
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
          <Card title="職務代理">
            {deputies.map((deputy) => (
              <Form action={`${accountPath}/deputies/${deputy.id}/end`} key={deputy.id}>
                <p>{rocDay(deputy.from_day)} 到 {rocDay(deputy.until_day)} 由 {deputy.name} 代理</p>
                <Button kind="secondary" small>結束代理</Button>
              </Form>
            ))}
            {!deputies.length && <p>目前沒有設定代理人。不在的期間請設定，陳核的案件才不會停下來。</p>}
            <Form action={`${accountPath}/deputies`} formKey={randomUUID()}>
              <TextInput name="deputyLogin" label="代理人帳號" value={form.deputyLogin} error={error('deputyLogin')} width={10} />
              <TextInput name="fromDay" label="起日" hint="例如 110/9/27" value={form.fromDay} error={error('fromDay')} width={10} />
              <TextInput name="untilDay" label="迄日" value={form.untilDay} error={error('untilDay')} width={10} />
              <Button kind="secondary">設定代理</Button>
            </Form>
          </Card>
          {holds(person, 'clocks.board') && <Card title="行事曆訂閱"><p>承辦案件的限辦日期可以放進 Outlook、Google 日曆或手機的行事曆。</p><p><a href={feedPagePath}>設定行事曆訂閱</a></p></Card>}
          <Card title="更改密碼">
            <Form action={`${accountPath}/password`}>
              <PasswordInput name="current" label="目前的密碼" autocomplete="current-password" error={error('current')} />
              <PasswordInput name="password" label="新密碼" hint="至少 12 個字" autocomplete="new-password" error={error('password')} />
              <PasswordInput name="again" label="再輸入一次" autocomplete="new-password" error={error('again')} />
              <Button kind="secondary">更改密碼</Button>
            </Form>
          </Card>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

export const routes = [
  get(accountPath, 'signed-in', (request) => page(request)),
  post(`${accountPath}/deputies`, 'signed-in', async (request) => {
    const { form } = request
    const result = await setDeputy(request.caller, { ...form, fromDay: parseDay(form.fromDay ?? '') ?? '', untilDay: parseDay(form.untilDay ?? '') ?? '' })
    return isRefusal(result) ? page(request, result) : redirect(accountPath, '已設定代理人')
  }),
  post(`${accountPath}/deputies/:id/end`, 'signed-in', async (request) => {
    const result = await endDeputy(request.caller, { id: request.params.id })
    return isRefusal(result) ? page(request, result) : redirect(accountPath, '已結束代理')
  }),
  post(`${accountPath}/password`, 'signed-in', async (request) => {
    const result = await changePassword(request.caller, request.form)
    return isRefusal(result) ? page(request, result) : redirect(accountPath, '密碼已更改')
  }),
]
