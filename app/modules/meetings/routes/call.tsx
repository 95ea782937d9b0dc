import { randomUUID } from 'node:crypto'
import { options } from '../../../core/committees/pages/plan.tsx'
import { modes } from '../../../core/committees/words.ts'
import { isRefusal, NotAllowed, type Refusal } from '../../../core/errors.ts'
import { addDays, parseDay, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Checkboxes, Select } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { type Body, findBodies, findBody, findSeats, isInForce, mayCall } from '../bodies.ts'
import { callBody } from '../call.ts'
import { eligibleFor, findUnconfirmed } from '../hearing.ts'
import { callPath, listPath, meetingPath, newPath } from '../paths.ts'
import { bodyKinds, meetingKind } from '../schema.ts'

/** Which body meets; then its form. */
async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const code = request.form.body ?? request.query.body
  if (code) return form(request, await findBody(request.db, code), failed)
  const bodies = (await findBodies(request.db)).filter((body) => body.caseKind === meetingKind && isInForce(body, request.today) && mayCall(request.person, body))
  return consolePage(request, {
    title: '召開會議', heading: '召開會議', current: listPath, breadcrumbs: [{ text: '會議', href: listPath }, { text: '召開' }],
    children: (
      <Table<Body>
        caption="選擇會議體" captionHidden rows={bodies} rowKey={(row) => row.code} rowHref={(row) => callPath(row.code)} empty={<EmptyState title="沒有可以召開的會議體">會議體由管考單位設定幕僚單位後，幕僚單位就能召開。</EmptyState>}
        columns={[{ heading: '會議體', cell: (row) => <a href={callPath(row.code)}>{row.name}</a>, rowHeader: true, width: 'grow' }, { heading: '種類', cell: (row) => bodyKinds[row.kind], width: 'fit' }, { heading: '幕僚單位', cell: (row) => row.ownerUnit ?? '—', width: 'fit' }]}
      />
    ),
  })
}

async function form(request: StaffRequest, body: Body, failed?: Refusal): Promise<Reply> {
  if (!mayCall(request.person, body)) throw new NotAllowed('meetings.manage')
  const { db, today } = request
  const value = (name: string) => request.form[name]
  const error = errorOf(failed)
  const on = parseDay(value('on') ?? '') ?? today
  const [seats, unconfirmed, waiting] = await Promise.all([findSeats(db, body, on), findUnconfirmed(db, body.id), eligibleFor(db, request.person, body)])
  const chosen = failed ? request.all('units') : seats.filter((seat) => seat.chosen).map(({ unitId }) => String(unitId))
  const cases = [...unconfirmed.map((one) => ({ ...one, title: `確認 ${one.title} 紀錄` })), ...waiting]
  return consolePage(request, {
    title: `召開${body.name}`, heading: `召開${body.name}`, current: listPath, breadcrumbs: [{ text: '會議', href: listPath }, { text: '召開', href: newPath }, { text: body.name }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Form action={newPath} formKey={randomUUID()} id="meeting" keep>
          <input type="hidden" name="body" value={body.code} />
          <TextInput name="on" label="開會日期" hint={`例：${rocDay(today)}`} value={value('on')} error={error('on')} width={10} />
          <TextInput name="startsAt" label="時間" value={value('startsAt') ?? '09:30'} error={error('startsAt')} width={5} />
          <TextInput name="place" label="地點" value={value('place')} error={error('place')} width={20} />
          <Select name="mode" label="方式" value={value('mode') ?? 'on-site'} options={options(modes)} />
          <TextInput name="sitting" label="第幾次會議" required={false} value={value('sitting')} error={error('sitting')} width={4} inputmode="numeric" />
          <TextInput name="chair" label="主席" value={value('chair') ?? body.chair} error={error('chair')} width={10} />
          <TextInput name="proposalsDueOn" label="提案收件截止日" required={false} hint={body.proposalsDueDays === null ? '空白表示不設截止日' : `空白就是開會前 ${body.proposalsDueDays} 日。例：${rocDay(addDays(today, 3))}`} value={value('proposalsDueOn')} error={error('proposalsDueOn')} width={10} />
          <Checkboxes name="units" label="出席單位" required={false} error={error('units')} values={chosen} options={seats.map((seat) => ({ value: String(seat.unitId), text: `${seat.title}（${seat.name}）` }))} inline />
          <TextArea name="people" label="其他出席、列席人員" hint="一行一位，可以加職稱：王示範，縣政顧問" required={false} rows={3} value={value('people')} error={error('people')} />
          {cases.length > 0 && <Checkboxes name="items" label="排入議程的案件" error={error('items')} required={false} values={failed ? request.all('items') : cases.map(({ number }) => number)} options={cases.map(({ number, title }) => ({ value: number, text: `${number} ${title}` }))} />}
          <TextArea name="reports" label="報告事項" hint="一行一案。" required={false} rows={3} value={value('reports')} error={error('reports')} />
          <TextArea name="discussions" label="其他討論事項" hint="一行一案；單位的提案由提案單排入。" required={false} rows={2} value={value('discussions')} error={error('discussions')} />
          <ButtonGroup><Button>召開</Button><a href={listPath}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

export const routes = [
  get(newPath, 'meetings.manage', (request) => page(request)),
  post(newPath, 'meetings.manage', async (request) => {
    const result = await callBody(request.caller, { ...request.form, items: request.all('items'), units: request.all('units') })
    return isRefusal(result) ? page(request, result) : redirect(meetingPath(result.value.number), '會議已排定')
  }),
]
