import { randomUUID } from 'node:crypto'
import type { ComponentChildren } from 'preact'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Checkboxes } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { lawyerPath, lawyersPath } from '../paths.ts'
import { findTopics } from '../topics/queries.ts'
import { addLawyer, changeLawyer, findLawyers, type ListedLawyer } from './acts.ts'

async function list(request: StaffRequest): Promise<Reply> {
  const rows = await findLawyers(request.db, request.today)
  return consolePage(request, {
    title: '諮詢律師', heading: '諮詢律師', current: lawyersPath,
    actions: <ButtonLink href={lawyerPath('new')}>加入律師</ButtonLink>,
    children: (
      <Table<ListedLawyer>
        caption="諮詢律師" captionHidden rows={rows} rowKey={(row) => row.id} rowHref={(row) => lawyerPath(row.id)}
        empty={<EmptyState title="名冊還沒有律師">加入律師以後，才能排場次。</EmptyState>}
        columns={[
          { heading: '姓名', cell: (row) => <a href={lawyerPath(row.id)}>{row.name}</a>, rowHeader: true, width: 'fit' },
          { heading: '諮詢類別', cell: (row) => row.names ?? '沒有類別', width: 'grow' },
          { heading: '聘期', cell: (row) => <><DayText day={row.validFrom} />{row.validUntil ? <> 到 <DayText day={row.validUntil} /></> : ' 起'}</>, width: 'fit' },
          { heading: '帳號', cell: (row) => row.login ?? '沒有帳號', width: 'fit' },
          { heading: '待辦場次', cell: (row) => row.sessions, numeric: true },
        ]}
        rowTone={(row) => (row.validUntil && row.validUntil < request.today ? 'quiet' : undefined)}
      />
    ),
  })
}

async function form(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const id = request.params.id!
  const [lawyers, { specialities }] = await Promise.all([findLawyers(request.db, request.today), findTopics(request.db)])
  const lawyer = lawyers.find((one) => String(one.id) === id)
  if (id !== 'new' && !lawyer) throw new NotFound('找不到這位律師')
  const kept: Record<string, string> = lawyer ? { name: lawyer.name, licence: lawyer.licence, login: lawyer.login ?? '', validFrom: rocDay(lawyer.validFrom), validUntil: lawyer.validUntil ? rocDay(lawyer.validUntil) : '' } : { validFrom: rocDay(request.today) }
  const value = (name: string) => (failed ? request.form[name] : kept[name])
  const error = errorOf(failed)
  const title = lawyer ? `${lawyer.name}律師` : '加入律師'
  const Body = ({ children }: { children: ComponentChildren }) => <>{failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}{children}</>
  return consolePage(request, {
    title, heading: title, current: lawyersPath, breadcrumbs: [{ text: '諮詢律師', href: lawyersPath }, { text: title }],
    children: (
      <Body>
        <Form action={lawyerPath(id)} formKey={randomUUID()} id="lawyer" keep>
          <TextInput name="name" label="姓名" hint="會公布在預約網頁。" value={value('name')} error={error('name')} width={10} />
          <TextInput name="licence" label="律師證書字號" required={false} value={value('licence')} error={error('licence')} width={20} />
          <Checkboxes name="specialities" label="諮詢類別" values={failed ? request.all('specialities') : (lawyer?.specialities.map(String) ?? [])} error={error('specialities')} options={specialities.filter(({ active, id: one }) => active || lawyer?.specialities.includes(one)).map((one) => ({ value: String(one.id), text: one.name, ...(one.hint ? { hint: one.hint } : {}) }))} />
          <TextInput name="validFrom" label="聘期開始日" value={value('validFrom')} error={error('validFrom')} width={10} />
          <TextInput name="validUntil" label="聘期結束日" required={false} value={value('validUntil')} error={error('validUntil')} width={10} />
          <TextInput name="login" label="登入帳號" hint="職務是「諮詢律師」的帳號。有帳號的律師才能自己叫號、寫紀錄。" required={false} value={value('login')} error={error('login')} width={20} spellcheck={false} />
          <ButtonGroup><Button>存檔</Button><a href={lawyersPath}>取消</a></ButtonGroup>
        </Form>
      </Body>
    ),
  }, failed ? 422 : 200)
}

export const routes: Route[] = [
  get(lawyersPath, 'legal-advice.roster', list),
  get(lawyerPath(':id'), 'legal-advice.roster', (request) => form(request)),
  post(lawyerPath(':id'), 'legal-advice.roster', async (request) => {
    const { id } = request.params
    const input = { ...request.form, specialities: request.all('specialities') }
    const result = id === 'new' ? await addLawyer(request.caller, input) : await changeLawyer(request.caller, { ...input, id })
    return isRefusal(result) ? form(request, result) : redirect(lawyersPath, '名冊已存')
  }),
]
