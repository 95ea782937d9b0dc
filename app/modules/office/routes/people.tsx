import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { listPeople, type PeopleFilter, type PersonLine } from '../../../core/identity/people-queries.ts'
import { addPerson } from '../../../core/identity/people.ts'
import { roles } from '../../../core/identity/permissions.ts'
import { type Apart, findApart } from '../../../core/identity/separation.ts'
import { rocDateTime } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink, EmptyState, ErrorSummary, FilterBar, Form, Pagination, PasswordInput, Select, Table, Tag, TextInput, Toolbar, WarningText } from '../../../ui/index.ts'
import { withRoleNames } from '../deputy-form.tsx'
import { newPersonPath, peopleListPath, peoplePath, personPath, signInRulesPath, unitsPath } from '../paths.ts'
import { errorItems, errorOf, roleOptions, unitOptions } from '../person-fields.ts'
import { routes as person } from './person.tsx'

const pageSize = 100
const states = { 'in-use': '使用中', locked: '已停用', 'without-post': '目前沒有職務' } as const

export const routes = [
  get(peoplePath, 'office.people', (request) => listPage(request)),
  get(newPersonPath, 'office.people', (request) => newPage(request)),
  post(newPersonPath, 'office.people', async (request) => {
    const result = await addPerson(request.caller, request.form)
    return isRefusal(result) ? newPage(request, result) : redirect(personPath(result.value.id), `已新增 ${request.form.name}；初始密碼請當面交付`)
  }),
  ...person,
]

/** Everybody who has an account, found by name, login, unit or role. */
async function listPage(request: StaffRequest): Promise<Reply> {
  const { q, unit, role, state, after, before } = request.query
  const filter: PeopleFilter = { words: q, unit, role: role && role in roles ? (role as keyof typeof roles) : undefined, state: state && state in states ? (state as keyof typeof states) : undefined }
  const { people, total, previous, next } = await listPeople(request.db, filter, request.today, { after, before, size: pageSize })
  const units = await unitOptions(request.db)
  const apart = await findApart(request.db, request.today)
  const kept = { q, unit, role, state }
  const without = (name: keyof typeof kept) => peopleListPath({ ...kept, [name]: undefined })
  const active = [
    ...(q ? [{ label: `找「${q}」`, removeHref: without('q') }] : []),
    ...(unit ? [{ label: units.find(({ value }) => value === unit)?.text ?? unit, removeHref: without('unit') }] : []),
    ...(filter.role ? [{ label: roles[filter.role], removeHref: without('role') }] : []),
    ...(filter.state ? [{ label: states[filter.state], removeHref: without('state') }] : []),
  ]
  return consolePage(request, {
    title: '人員與單位',
    current: peoplePath,
    actions: <ButtonGroup><ButtonLink href={newPersonPath}>新增人員</ButtonLink><ButtonLink href={unitsPath} kind="secondary">單位</ButtonLink><ButtonLink href={signInRulesPath} kind="secondary">登入規定</ButtonLink></ButtonGroup>,
    children: (
      <>
        <MustBeApart people={apart} />
        <FilterBar action={peoplePath} active={active} clearHref={active.length > 1 ? peoplePath : undefined}>
          <TextInput name="q" label="姓名、帳號或信箱" required={undefined} value={q} width={20} autocomplete="off" />
          <Select name="unit" label="單位（含所屬）" value={unit} empty="全部" options={units} />
          <Select name="role" label="職務" value={role} empty="全部" options={roleOptions} />
          <Select name="state" label="狀態" value={state} empty="全部" options={Object.entries(states).map(([value, text]) => ({ value, text }))} />
        </FilterBar>
        <Toolbar count={total} unit="人" />
        <Table<PersonLine>
          caption="人員"
          captionHidden
          rows={people}
          rowKey={({ login }) => login}
          rowHref={({ id }) => personPath(id)}
          rowTone={({ locked_at: locked }) => (locked ? 'quiet' : undefined)}
          empty={<EmptyState title="沒有符合的人員"><p>{active.length ? '放寬或移除篩選再找。' : '請先新增人員。'}</p></EmptyState>}
          columns={[
            { heading: '帳號', rowHeader: true, width: 'fit', cell: ({ id, login }) => <a href={personPath(id)}>{login}</a> },
            { heading: '姓名', width: 'fit', cell: ({ name }) => name },
            { heading: '單位與職務', width: 'grow', cell: ({ posts }) => withRoleNames(posts) },
            { heading: '最近使用', wideOnly: true, width: 'fit', cell: ({ seen_at: at }) => (at ? rocDateTime(at) : '—') },
            { heading: '狀態', width: 'fit', cell: ({ locked_at: locked }) => (locked ? <Tag tone="danger">已停用</Tag> : <Tag tone="done">使用中</Tag>) },
          ]}
        />
        <Pagination previous={previous && peopleListPath({ ...kept, before: previous })} next={next && peopleListPath({ ...kept, after: next })} />
        <p class="muted">到職、調動、離職也可以整批匯入：<code>bin/windlion import staff.csv</code>（帳號、姓名、單位、職務、電子郵件、起、迄；一列一項職務）。</p>
      </>
    ),
  })
}

/** Everybody at once, whatever the filter: it is rare and must not be overlooked. */
function MustBeApart({ people }: { people: Apart[] }) {
  if (!people.length) return null
  return (
    <WarningText>
      有 {people.length} 個人同時擔任（含代理）必須分開的職務，請結束其中一項：
      {people.map(({ id, name }, i) => <>{i > 0 && '、'}<a href={personPath(id)}>{name}</a></>)}
    </WarningText>
  )
}

async function newPage(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { form } = request
  const error = (field: string) => errorOf(failed, field)
  return consolePage(
    request,
    {
      title: '新增人員',
      current: peoplePath,
      breadcrumbs: [{ text: '人員與單位', href: peoplePath }, { text: '新增人員' }],
      children: (
        <>
          <ErrorSummary errors={errorItems(failed)} />
          <Form action={newPersonPath} formKey={randomUUID()}>
            <TextInput name="login" label="帳號" hint="英文小寫、數字、點、底線或減號；以後不能改" value={form.login} error={error('login')} width={20} autocomplete="off" />
            <TextInput name="name" label="姓名" value={form.name} error={error('name')} width={20} autocomplete="off" />
            <TextInput name="email" label="電子郵件" required={false} type="email" value={form.email} error={error('email')} width={20} autocomplete="off" />
            <Select name="unitCode" label="單位" value={form.unitCode} error={error('unitCode')} empty="請選擇" options={await unitOptions(request.db)} />
            <Select name="role" label="職務" value={form.role} error={error('role')} empty="請選擇" options={roleOptions} />
            <PasswordInput name="password" label="初始密碼" hint="至少 12 個字，請當面交付，3 天內有效；本人登入後要先換成自己的密碼" autocomplete="new-password" error={error('password')} />
            <ButtonGroup><Button>新增</Button><ButtonLink href={peoplePath} kind="quiet">取消</ButtonLink></ButtonGroup>
          </Form>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}
