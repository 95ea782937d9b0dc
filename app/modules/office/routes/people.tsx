import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { addPerson, lockPerson, resetPerson } from '../../../core/identity/people.ts'
import { roles, type Role } from '../../../core/identity/permissions.ts'
import { unitKinds } from '../../../core/identity/tables.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { rocDateTime } from '../../../core/time.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { PasswordInput, TextInput } from '../../../ui/components/text-input.tsx'

export const peoplePath = '/console/people'

type Row = { login: string; name: string; locked_at: Date | null; posts: string | null; seen_at: Date | null }

async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const people = await sql<Row>`
    select p.login, p.name, p.locked_at, (select max(seen_at) from sessions s where s.person_id = p.id) as seen_at,
      (select string_agg(u.name || '・' || post.role, '、' order by post.id) from posts post join units u on u.id = post.unit_id
        where post.person_id = p.id and (post.valid_until is null or post.valid_until >= current_date)) as posts
    from people p order by p.login limit 500`.execute(request.db)
  const units = await request.db.selectFrom('units').select(['code', 'name', 'kind']).where('valid_until', 'is', null).orderBy('code').execute()
  const { form } = request
  const error = (field: string) => failed?.fields?.[field] ?? (failed?.field === field ? failed.message : undefined)
  return consolePage(
    request,
    {
      title: '人員與單位',
      current: peoplePath,
      children: (
        <>
          {failed && <ErrorSummary errors={[{ text: failed.message, field: failed.field }]} />}
          <Table<Row>
            caption={`共 ${people.rows.length} 人`}
            rows={people.rows}
            rowKey={(row) => row.login}
            columns={[
              { heading: '帳號', cell: (row) => row.login },
              { heading: '姓名', cell: (row) => row.name },
              { heading: '單位與職務', cell: (row) => withRoleNames(row.posts) },
              { heading: '最近使用', cell: (row) => (row.seen_at ? rocDateTime(row.seen_at) : '—') },
              { heading: '狀態', cell: (row) => (row.locked_at ? <Tag tone="danger">已停用</Tag> : <Tag tone="done">使用中</Tag>) },
              {
                heading: '停用',
                cell: (row) =>
                  row.locked_at ? null : (
                    <Form action={`${peoplePath}/lock`}>
                      <input type="hidden" name="login" value={row.login} />
                      <Button kind="secondary" small confirm={`停用 ${row.name} 的帳號？正在使用的登入會立刻結束；重設密碼就能恢復。`}>停用</Button>
                    </Form>
                  ),
              },
            ]}
          />
          <Card title="新增人員">
            <Form action={peoplePath} formKey={randomUUID()}>
              <TextInput name="login" label="帳號" value={form.login} error={error('login')} width={20} autocomplete="off" />
              <TextInput name="name" label="姓名" value={form.name} error={error('name')} width={20} autocomplete="off" />
              <TextInput name="email" label="電子郵件（選填）" type="email" value={form.email} error={error('email')} width={20} autocomplete="off" />
              <Select name="unitCode" label="單位" value={form.unitCode} error={error('unitCode')} options={[{ value: '', text: '請選擇' }, ...units.map((unit) => ({ value: unit.code, text: `${unit.name}（${unitKinds[unit.kind]}）` }))]} />
              <Select name="role" label="職務" value={form.role} error={error('role')} options={[{ value: '', text: '請選擇' }, ...Object.entries(roles).map(([value, text]) => ({ value, text }))]} />
              <PasswordInput name="password" label="初始密碼" hint="至少 12 個字，請當面交付" autocomplete="new-password" error={error('password')} />
              <Button>新增</Button>
            </Form>
          </Card>
          <Card title="重設密碼">
            <Form action={`${peoplePath}/reset`}>
              <TextInput name="login" id="reset-login" label="帳號" width={20} autocomplete="off" />
              <PasswordInput name="password" id="reset-password" label="新密碼" autocomplete="new-password" />
              <Button kind="secondary">重設</Button>
            </Form>
          </Card>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

function withRoleNames(posts: string | null): string {
  return posts?.replace(/・([a-z-]+)/g, (_, role: string) => `・${roles[role as Role] ?? role}`) ?? '目前沒有職務'
}

export const routes = [
  get(peoplePath, 'office.people', (request) => page(request)),
  post(peoplePath, 'office.people', async (request) => {
    const result = await addPerson(request.caller, request.form)
    return isRefusal(result) ? page(request, result) : redirect(peoplePath, `已新增 ${request.form.name}`)
  }),
  post(`${peoplePath}/lock`, 'office.people', async (request) => {
    const result = await lockPerson(request.caller, request.form)
    return isRefusal(result) ? page(request, result) : redirect(peoplePath, '帳號已停用')
  }),
  post(`${peoplePath}/reset`, 'office.people', async (request) => {
    const result = await resetPerson(request.caller, request.form)
    return isRefusal(result) ? page(request, result) : redirect(peoplePath, '密碼已重設，原有登入已結束')
  }),
]
