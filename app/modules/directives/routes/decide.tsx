import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { caseKinds } from '../../../core/cases/case-kinds.ts'
import type { Reader } from '../../../core/db.ts'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { type Day, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { WarningText } from '../../../ui/components/notes.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { decideDirective } from '../decide.ts'
import { type DirectiveState, findDirective } from '../directive.ts'
import { directivePath, listPath } from '../paths.ts'
import { decisions } from '../schema.ts'

/** Meetings after the one that gave it, up to today, the newest first. */
async function findLater(reader: Reader, state: DirectiveState, today: Day): Promise<{ number: string; kind: string; title: string; heldOn: Day }[]> {
  return (await sql<{ number: string; kind: string; title: string; heldOn: Day }>`
    select c.number, c.kind, c.title, l.held_on as "heldOn" from committee_meetings f join committee_meetings l on (l.held_on, l.starts_at, l.id) > (f.held_on, f.starts_at, f.id) join cases c on c.id = l.id
    where f.id = ${state.meetingId} and l.held_on <= ${today}::date and c.kind = (select kind from cases where id = f.id) and (c.outcome is null or c.outcome = 'held') order by l.held_on desc, l.starts_at desc limit 60`.execute(reader)).rows
}

/** What a later meeting decided about one directive: the whole choice, where the meeting's own page has the usual ones. */
async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person } = request
  const state = await findDirective(db, person, request.params.name!)
  const name = state.number!
  const [meetings, units] = await Promise.all([findLater(db, state, request.today), db.selectFrom('units').select(['id', 'name']).where('valid_until', 'is', null).whereRef('id', '=', 'bureau_id').orderBy('code').execute()])
  const value = (field: string) => request.form[field]
  const error = errorOf(failed)
  const labelOf = (kind: string) => caseKinds().find((one) => one.kind === kind)?.label ?? ''
  return consolePage(request, {
    title: `會議決定：${state.title}`, heading: '登錄會議決定', current: listPath, breadcrumbs: [{ text: '指裁示事項', href: listPath }, { text: name, href: directivePath(name) }, { text: '會議決定' }],
    headingNote: <a href={directivePath(name)}>{state.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Letter text={state.sentence} serif />
        {state.outcome ? <WarningText>這件已經離開列管。<a href={directivePath(name)}>回案件</a></WarningText>
          : !meetings.length ? <WarningText>作成之後還沒有開過會。解除列管、修正期限和更正，都要由之後的會議決定。<a href={directivePath(name)}>回案件</a></WarningText> : (
            <Form action={directivePath(name, 'decide')} formKey={randomUUID()} id="decide-directive" keep>
              <Select name="meeting" label="哪一次會議" value={value('meeting') ?? request.query.meeting ?? meetings[0]!.number} error={error('meeting')} options={meetings.map((one) => ({ value: one.number, text: `${rocDay(one.heldOn)} ${one.title.replace(/^\S+ /, '') || labelOf(one.kind)}（${one.number}）` }))} />
              <Select name="decision" label="決定" value={value('decision')} empty="請選擇" error={error('decision')} options={Object.entries(decisions).map(([code, text]) => ({ value: code, text }))} />
              <TextArea name="text" label="決定內容" hint="照會議紀錄寫。沒有檢核通過的填報而離開列管時必填。" required={false} value={value('text')} error={error('text')} rows={3} />
              <TextInput name="dueOn" label="新的期限" hint="修正期限才填。" required={false} value={value('dueOn')} error={error('dueOn')} width={10} />
              <Select name="unitId" label="改由哪個單位主辦" required={false} value={value('unitId')} empty="不改" error={error('unitId')} options={units.filter(({ id }) => id !== state.unitId).map(({ id, name: text }) => ({ value: String(id), text }))} />
              <TextInput name="into" label="併入哪一件" hint="併案才填案號。" required={false} value={value('into')} error={error('into')} width={20} />
              <ButtonGroup><Button>登錄</Button><a href={directivePath(name)}>取消</a></ButtonGroup>
            </Form>
          )}
      </>
    ),
  }, failed ? 422 : 200)
}

export const routes: Route[] = [
  get(`${listPath}/:name/decide`, 'directives.decide', (request) => page(request)),
  post(`${listPath}/:name/decide`, 'directives.decide', async (request) => {
    const result = await decideDirective(request.caller, { ...request.form, name: request.params.name })
    return isRefusal(result) ? page(request, result) : redirect(directivePath(request.params.name!), result.value.pending ? '已登錄，會議結束後生效' : '已登錄，決定生效')
  }),
]
