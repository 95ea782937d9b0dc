import { randomUUID } from 'node:crypto'
import type { Act } from '../../../core/act.ts'
import { findHandersOver } from '../../../core/cases/hand-over-people.ts'
import { handOverPermission } from '../../../core/cases/in-hands.ts'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { endDeputyOf, findDeputies, setDeputyOf } from '../../../core/identity/deputies.ts'
import { findPersonFile, type PersonFile, type PostLine } from '../../../core/identity/people-queries.ts'
import { changePerson, clearSecondFactor, lockPerson, resetPerson } from '../../../core/identity/people.ts'
import { roles, rolesWith } from '../../../core/identity/permissions.ts'
import { findApart } from '../../../core/identity/separation.ts'
import { unlinkAccounts } from '../../../core/identity/provider-sign-in.ts'
import { addPost, endPost, leaveOffice, movePerson } from '../../../core/identity/posts.ts'
import { findSecondFactors } from '../../../core/identity/second-factor.ts'
import { endSessionsOf, findSessions } from '../../../core/identity/sessions.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink, Card, DayText, Details, ErrorSummary, Form, InsetText, InstantText, PasswordInput, Select, SummaryList, Table, Tag, TextInput, WarningText } from '../../../ui/index.ts'
import { Deputies, DeputyForm, deputyChoice } from '../deputy-form.tsx'
import { peoplePath, personPath } from '../paths.ts'
import { errorItems, errorOf, roleOptions, unitOptions } from '../person-fields.ts'
import { Sessions } from '../sessions-table.tsx'

const here = `${peoplePath}/:id`

/** An act on the person of the page: its form's name, what it does, what is said when it is done. */
const acts: { name: string; act: Act<never, unknown>; done: (request: StaffRequest) => string }[] = [
  { name: 'change', act: changePerson, done: () => '資料已儲存' },
  { name: 'move', act: movePerson, done: () => '已調動，原有職務在前一天結束' },
  { name: 'add-post', act: addPost, done: () => '已加上兼任職務' },
  { name: 'end-post', act: endPost, done: () => '職務的最後一天已登記' },
  { name: 'leave', act: leaveOffice, done: () => '已登記離職' },
  { name: 'reset', act: resetPerson, done: () => '密碼已重設，原有登入已結束；本人登入後要先換成自己的密碼' },
  { name: 'end-sessions', act: endSessionsOf, done: () => '所有裝置上的登入都已結束' },
  { name: 'clear-second-factor', act: clearSecondFactor, done: () => '第二道驗證已清除，請本人登入後重新設定' },
  { name: 'unlink', act: unlinkAccounts, done: () => '已解除單一簽入的連結' },
  { name: 'lock', act: lockPerson, done: () => '帳號已停用' },
]

export const routes = [
  get(here, 'office.people', (request) => page(request)),
  ...acts.map(({ name, act, done }) => post(`${here}/${name}`, 'office.people', async (request) => {
    const result = await act(request.caller, { ...request.form, id: request.params.id })
    return isRefusal(result) ? page(request, { form: name, refused: result }) : redirect(personPath(request.params.id!), done(request))
  })),
  post(`${here}/end-deputy/:deputy`, 'office.people', async (request) => {
    const { id, deputy } = request.params
    const result = await endDeputyOf(request.caller, { id, deputy })
    return isRefusal(result) ? page(request, { form: 'end-deputy', refused: result }) : redirect(personPath(id!), '已結束代理')
  }),
  get(`${here}/deputy`, 'office.people', (request) => deputyPage(request)),
  post(`${here}/deputy`, 'office.people', async (request) => {
    const result = await setDeputyOf(request.caller, { ...request.form, id: request.params.id })
    return isRefusal(result) ? deputyPage(request, result) : redirect(personPath(request.params.id!), '已設定代理人')
  }),
]

async function personOf(request: StaffRequest): Promise<PersonFile> {
  const { id } = request.params
  const found = /^\d{1,15}$/.test(id ?? '') ? await findPersonFile(request.db, Number(id)) : null
  if (!found) throw new NotFound('沒有這個人')
  return found
}

type Failed = { form: string; refused: Refusal }

async function page(request: StaffRequest, failed?: Failed): Promise<Reply> {
  const person = await personOf(request)
  const units = await unitOptions(request.db)
  const deputies = await findDeputies(request.db, person.id, request.today)
  const sessions = await findSessions(request.db, person.id)
  const factors = await findSecondFactors(request.db, person.id)
  const apart = (await findApart(request.db, request.today)).find(({ id }) => id === person.id)
  const handers = person.open_cases > 0 ? await findHandersOver(request.db, person.id, rolesWith(handOverPermission), request.today) : []
  const isSelf = person.id === request.person.id
  // several forms have fields of the same name: each field's id begins with its form
  const fields = (form: string) => ({
    id: (field: string) => `${form}-${field}`,
    value: (field: string) => (failed?.form === form ? request.form[field] : undefined),
    error: (field: string) => (failed?.form === form ? errorOf(failed.refused, field) : undefined),
  })
  return consolePage(
    request,
    {
      title: person.name,
      current: peoplePath,
      breadcrumbs: [{ text: '人員與單位', href: peoplePath }, { text: person.name }],
      headingNote: person.locked_at ? <Tag tone="danger">已停用</Tag> : <Tag tone="done">使用中</Tag>,
      children: (
        <>
          <ErrorSummary errors={errorItems(failed?.refused, (field) => `${failed!.form}-${field}`)} />
          {apart && <WarningText>{apart.why}。請結束其中一項職務或代理。</WarningText>}
          <SummaryList columns={3} rows={[
            { key: '帳號', value: person.login },
            { key: '電子郵件', value: person.email ?? '—' },
            { key: '最近使用', value: person.seen_at ? <InstantText at={person.seen_at} /> : '—' },
          ]} />
          <Posts person={person} today={request.today} fields={fields('end-post')} />
          <Card title="異動">
            <Details summary="調動到另一個單位或職務" open={failed?.form === 'move'}>
              {person.open_cases > 0 && <InsetText>名下還有 {person.open_cases} 件未結案件；調到別的單位以後，本人看不到原單位的案件，案件也不會跟著走。{handers.length ? `請先由單位主管在「案件交接」交給別人：${handers.join('、')}。` : ''}</InsetText>}
              <PlaceForm person={person} name="move" units={units} fields={fields('move')} hint="原有的職務都在前一天結束">調動</PlaceForm>
            </Details>
            <Details summary="加上兼任的職務" open={failed?.form === 'add-post'}>
              <PlaceForm person={person} name="add-post" units={units} fields={fields('add-post')}>加上</PlaceForm>
            </Details>
            <Details summary="離職" open={failed?.form === 'leave'}>
              {person.open_cases > 0 && <InsetText>名下還有 {person.open_cases} 件未結案件，離職後就沒有人承辦。{handers.length ? `請先由單位主管在「案件交接」交給別人：${handers.join('、')}。` : '這些案件的單位現在沒有科長或主管，請先指派，再由他在「案件交接」交給別人。'}</InsetText>}
              <Form action={personPath(person.id, 'leave')} formKey={randomUUID()}>
                <DayField name="lastDay" label="最後一天" fields={fields('leave')} />
                <Button kind="danger" reason={isSelf ? '不能登記自己離職' : null} confirm={`登記${person.name}離職？職務與代理在最後一天結束，帳號隨後停用；重設密碼並加上職務就能恢復。`} confirmAction="登記離職">登記離職</Button>
              </Form>
            </Details>
          </Card>
          <Card title="職務代理" actions={<ButtonLink href={personPath(person.id, 'deputy')} kind="secondary" small>替{person.name}設定代理人</ButtonLink>}>
            <DeputyLines person={person} deputies={deputies} today={request.today} />
          </Card>
          <Card title="登入與安全">
            <Sessions sessions={sessions} current={request.caller.session?.id} />
            <p>第二道驗證：{[factors.passkeys > 0 && `通行金鑰 ${factors.passkeys} 支`, factors.totp && '驗證程式', factors.recoveryCodes > 0 && `復原碼 ${factors.recoveryCodes} 組`].filter(Boolean).join('、') || '沒有設定'}</p>
            <ButtonGroup>
              <Form action={personPath(person.id, 'end-sessions')}><Button kind="secondary" small reason={isSelf ? '自己的登入請到「我的帳號」結束' : sessions.length ? null : '目前沒有登入'} confirm={`結束${person.name}在所有裝置上的登入？本人可以再登入。`} confirmAction="結束登入">結束所有登入</Button></Form>
              <Form action={personPath(person.id, 'clear-second-factor')}><Button kind="secondary" small reason={isSelf ? '自己的請到「我的帳號」移除' : factors.any ? null : '沒有設定第二道驗證'} confirm={`清除${person.name}的通行金鑰、驗證程式和復原碼？請先當面確認是本人；清除後只憑密碼就能登入，直到重新設定。`} confirmAction="清除">清除第二道驗證</Button></Form>
              {person.linked && <Form action={personPath(person.id, 'unlink')}><Button kind="secondary" small confirm={`解除${person.name}與單一簽入的連結？下次簽入時依帳號重新連結。`} confirmAction="解除連結">解除單一簽入連結</Button></Form>}
            </ButtonGroup>
          </Card>
          <Account person={person} isSelf={isSelf} fields={fields} failed={failed} />
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

type Fields = { id(field: string): string; value(field: string): string | undefined; error(field: string): string | undefined }

function Posts({ person, today, fields }: { person: PersonFile; today: string; fields: Fields }) {
  const state = ({ valid_from: from, valid_until: until }: PostLine) => (from > today ? '尚未開始' : until !== null && until < today ? '已結束' : '擔任中')
  return (
    <Table<PostLine>
      caption="職務"
      rows={person.posts}
      rowKey={({ id }) => id}
      rowTone={(one) => (state(one) === '已結束' ? 'quiet' : undefined)}
      empty={<p>沒有擔任過職務，所以登入後什麼也不能做。</p>}
      columns={[
        { heading: '單位', rowHeader: true, cell: ({ unit }) => unit },
        { heading: '職務', width: 'fit', cell: ({ role }) => roles[role] },
        { heading: '期間', cell: ({ valid_from: from, valid_until: until }) => <><DayText day={from} />{until ? <>到 <DayText day={until} /></> : '起'}</> },
        { heading: '狀態', width: 'fit', wideOnly: true, cell: (one) => state(one) },
        { heading: '結束', width: 'fit', cell: (one) => (one.valid_until === null ? <EndPost person={person} post={one} today={today} fields={fields} /> : null) },
      ]}
    />
  )
}

/** The day is today unless it was written otherwise and refused. */
function EndPost({ person, post: { id, unit, role }, today, fields }: { person: PersonFile; post: PostLine; today: string; fields: Fields }) {
  return (
    <Form action={personPath(person.id, 'end-post')}>
      <input type="hidden" name="post" value={id} />
      <input type="hidden" name="lastDay" value={fields.value('lastDay') ?? today} />
      <Button kind="secondary" small confirm={`${person.name}擔任${unit}的${roles[role]}到今天為止？`} confirmAction="到今天為止">到今天為止</Button>
    </Form>
  )
}

function DayField({ name, label, fields, hint }: { name: string; label: string; fields: Fields; hint?: string | undefined }) {
  return <TextInput name={name} id={fields.id(name)} label={label} hint={hint ?? '例如 110/9/27'} value={fields.value(name)} error={fields.error(name)} width={10} />
}

function PlaceForm({ person, name, units, fields, hint, children }: { person: PersonFile; name: string; units: { value: string; text: string }[]; fields: Fields; hint?: string; children: string }) {
  return (
    <Form action={personPath(person.id, name)} formKey={randomUUID()}>
      <Select name="unitCode" id={fields.id('unitCode')} label="單位" empty="請選擇" options={units} value={fields.value('unitCode')} error={fields.error('unitCode')} />
      <Select name="role" id={fields.id('role')} label="職務" empty="請選擇" options={roleOptions} value={fields.value('role')} error={fields.error('role')} />
      <DayField name="fromDay" label="從哪一天起" fields={fields} hint={hint && `例如 110/9/27；${hint}`} />
      <Button kind="secondary">{children}</Button>
    </Form>
  )
}

function DeputyLines({ person, deputies, today }: { person: PersonFile; deputies: Awaited<ReturnType<typeof findDeputies>>; today: StaffRequest['today'] }) {
  return <Deputies deputies={deputies} today={today} endPath={(id) => personPath(person.id, `end-deputy/${id}`)} />
}

function Account({ person, isSelf, fields, failed }: { person: PersonFile; isSelf: boolean; fields(form: string): Fields; failed: Failed | undefined }) {
  const [change, reset] = [fields('change'), fields('reset')]
  return (
    <Card title="帳號">
      <Details summary="改姓名或電子郵件" open={failed?.form === 'change'}>
        <Form action={personPath(person.id, 'change')}>
          <TextInput name="name" id={change.id('name')} label="姓名" value={change.value('name') ?? person.name} error={change.error('name')} width={20} autocomplete="off" />
          <TextInput name="email" id={change.id('email')} label="電子郵件" required={false} type="email" value={change.value('email') ?? person.email} error={change.error('email')} width={20} autocomplete="off" />
          <Button kind="secondary">儲存</Button>
        </Form>
      </Details>
      <Details summary={person.locked_at ? '重設密碼，重新啟用' : '重設密碼'} open={failed?.form === 'reset'}>
        <Form action={personPath(person.id, 'reset')}>
          <input type="hidden" name="login" value={person.login} />
          <PasswordInput name="password" id={reset.id('password')} label="新密碼" hint="至少 12 個字，請當面交付，3 天內有效；本人登入後要先換成自己的密碼。正在使用的登入會結束，個資保護人員看得到這次重設" autocomplete="new-password" error={reset.error('password')} />
          <Button kind="secondary">重設</Button>
        </Form>
      </Details>
      {!person.locked_at && (
        <Form action={personPath(person.id, 'lock')}>
          <input type="hidden" name="login" value={person.login} />
          <Button kind="danger" reason={isSelf ? '不能停用自己的帳號' : null} confirm={`停用 ${person.name} 的帳號？正在使用的登入會立刻結束；重設密碼就能恢復。`} confirmAction="停用">停用帳號</Button>
        </Form>
      )}
      {person.locked_at && <p class="muted"><InstantText at={person.locked_at} /> 停用。</p>}
    </Card>
  )
}

async function deputyPage(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const person = await personOf(request)
  const { form, query } = request
  const address = personPath(person.id, 'deputy')
  return consolePage(
    request,
    {
      title: `${person.name}的代理人`,
      current: peoplePath,
      breadcrumbs: [{ text: '人員與單位', href: peoplePath }, { text: person.name, href: personPath(person.id) }, { text: '代理人' }],
      children: (
        <>
          <ErrorSummary errors={errorItems(failed)} />
          <DeputyForm choice={await deputyChoice(request.db, person.id, form.q ?? query.q, request.today)} page={address} action={address} formKey={randomUUID()} form={form} error={(field) => errorOf(failed, field)} />
        </>
      ),
    },
    failed ? 422 : 200,
  )
}
