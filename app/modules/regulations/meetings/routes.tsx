import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Checkboxes, Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { EmptyState, WarningText } from '../../../ui/components/notes.tsx'
import { Pagination } from '../../../ui/components/pagination.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { meetingPath, meetingsPath, newMeetingPath, regulationPath } from '../paths.ts'
import { errorOf, errorsOf } from '../routes/parts.tsx'
import { meetingOutcomes } from '../schema.ts'
import { attendances, cancelMeeting, decisions, planMeeting, recordMeeting } from './acts.ts'
import { findForReview, findMeeting, findMeetings, type ListedMeeting, type MeetingFile } from './queries.ts'

const options = (labels: Record<string, string>) => Object.entries(labels).map(([value, text]) => ({ value, text }))
const StateTag = ({ outcome }: { outcome: string | null }) => (outcome ? <Tag tone={outcome === 'held' ? 'done' : 'ended'}>{meetingOutcomes[outcome as keyof typeof meetingOutcomes]}</Tag> : <Tag tone="active">已排定</Tag>)

async function list(request: StaffRequest): Promise<Reply> {
  const { rows, next } = await findMeetings(request.db, request.person, request.query.before)
  return consolePage(request, {
    title: '法規審查會議', heading: '法規審查會議', current: meetingsPath,
    actions: holds(request.person, 'regulations.meetings') ? <ButtonLink href={newMeetingPath}>排定會議</ButtonLink> : undefined,
    children: (
      <>
        <Table<ListedMeeting>
          caption="法規審查會議" captionHidden rows={rows} rowKey={(row) => row.number} rowHref={(row) => meetingPath(row.number)}
          empty={<EmptyState title="還沒有會議">排定後會列在這裡。</EmptyState>}
          columns={[
            { heading: '編號', cell: (row) => <a class="nowrap number" href={meetingPath(row.number)}>{row.number}</a>, width: 'fit' },
            { heading: '日期', cell: (row) => <DayText day={row.heldOn} weekday />, rowHeader: true, width: 'fit' },
            { heading: '地點', cell: (row) => row.place, width: 'grow' },
            { heading: '議案（件）', cell: (row) => row.items, numeric: true },
            { heading: '狀態', cell: (row) => <StateTag outcome={row.outcome} />, width: 'fit' },
          ]}
        />
        <Pagination previous={request.query.before ? meetingsPath : null} next={next && `${meetingsPath}?before=${next}`} />
      </>
    ),
  })
}

async function plan(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const waiting = await findForReview(request.db, request.person)
  const value = (name: string) => request.form[name]
  const error = errorOf(failed)
  return consolePage(request, {
    title: '排定會議', heading: '排定法規審查會議', current: meetingsPath, breadcrumbs: [{ text: '法規審查會議', href: meetingsPath }, { text: '排定' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {waiting.length === 0 ? <WarningText>目前沒有等待審查的法規案。送法制審查的案件才能排入議程。</WarningText> : (
          <Form action={newMeetingPath} formKey={randomUUID()} id="meeting" keep>
            <TextInput name="on" label="開會日期" hint={`例：${rocDay(request.today)}`} value={value('on')} error={error('on')} width={10} />
            <TextInput name="startsAt" label="時間" value={value('startsAt') ?? '09:30'} error={error('startsAt')} width={5} />
            <TextInput name="place" label="地點" value={value('place')} error={error('place')} width={20} />
            <TextInput name="chair" label="主席" value={value('chair')} error={error('chair')} width={10} />
            <TextArea name="members" label="委員" hint="一行一位。" rows={6} value={value('members')} error={error('members')} />
            <Checkboxes name="items" label="議程" error={error('items')} values={request.all('items')} options={waiting.map(({ number, title }) => ({ value: number, text: `${number} ${title}` }))} />
            <ButtonGroup><Button>排定</Button><a href={meetingsPath}>取消</a></ButtonGroup>
          </Form>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

async function show(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const file = await findMeeting(request.db, request.person, request.params.name!)
  const canRecord = file.stage === 'planned' && holds(request.person, 'regulations.meetings')
  const member = (attendance: string | null) => (attendance ? attendances[attendance as keyof typeof attendances] : '—')
  return consolePage(request, {
    title: `${file.number} ${file.title}`, heading: file.title, current: meetingsPath, breadcrumbs: [{ text: '法規審查會議', href: meetingsPath }, { text: file.number }],
    headingNote: <><span class="nowrap number">{file.number}</span><StateTag outcome={file.outcome} /></>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <SummaryList columns={4} rows={[{ key: '日期', value: <DayText day={file.heldOn} weekday /> }, { key: '時間', value: file.startsAt }, { key: '地點', value: file.place }, { key: '主席', value: file.chair }]} />
        <Card title="議程">
          <Table
            caption="議案" captionHidden rows={file.items} rowKey={(item) => item.id}
            columns={[
              { heading: '案號', cell: (item) => <a class="nowrap number" href={regulationPath(item.number)}>{item.number}</a>, width: 'fit' },
              { heading: '案由', cell: (item) => item.title, rowHeader: true, width: 'grow' },
              { heading: '決議', cell: (item) => (item.decision ? <>{decisions[item.decision as keyof typeof decisions]}{item.note && `：${item.note}`}</> : '—') },
            ]}
          />
        </Card>
        {file.record && <Card title={file.outcome === 'cancelled' ? '取消' : '會議紀錄'}><Letter text={file.record} /></Card>}
        {!canRecord && <Card title="委員"><ul>{file.members.map((one) => <li key={one.id}>{one.name}　{member(one.attendance)}</li>)}</ul></Card>}
        {canRecord && <Record file={file} request={request} failed={failed} />}
      </>
    ),
  }, failed ? 422 : 200)
}

function Record({ file, request, failed }: { file: MeetingFile; request: StaffRequest; failed: Refusal | undefined }) {
  const value = (name: string) => request.form[name]
  const error = errorOf(failed)
  return (
    <>
      <Card title="登錄會議紀錄">
        <Form action={meetingPath(file.number, 'record')} formKey={randomUUID()} id="minutes" keep>
          <h3>出席</h3>
          {file.members.map((one) => <Select key={one.id} name={`attendance-${one.id}`} label={one.name} labelSize="s" value={value(`attendance-${one.id}`) ?? 'present'} options={options(attendances)} />)}
          <h3>決議</h3>
          {file.items.map((item) => (
            <div key={item.id}>
              <Select name={`decision-${item.id}`} label={`${item.number} ${item.title}`} labelSize="s" value={value(`decision-${item.id}`)} empty="選擇決議" error={error(`decision-${item.id}`)} options={options(decisions)} />
              <TextArea name={`note-${item.id}`} label={`${item.number} 決議內容`} labelSize="s" hint="照案通過可以不寫。" required={false} rows={2} value={value(`note-${item.id}`)} error={error(`note-${item.id}`)} />
            </div>
          ))}
          <TextArea name="record" label="會議紀錄" rows={8} value={value('record')} error={error('record')} />
          <ButtonGroup><Button>存檔並結束會議</Button></ButtonGroup>
        </Form>
      </Card>
      <Details summary="會議取消">
        <Form action={meetingPath(file.number, 'cancel')} formKey={randomUUID()} id="cancel">
          <TextInput name="reason" label="取消的理由" error={error('reason')} width={20} />
          <Button kind="danger">取消會議</Button>
        </Form>
      </Details>
    </>
  )
}

/** Fields `attendance-12`, `decision-7` as one record each. */
function gathered(form: Record<string, string>, prefix: string): Record<string, string> {
  return Object.fromEntries(Object.entries(form).filter(([name, value]) => name.startsWith(`${prefix}-`) && value !== '').map(([name, value]) => [name.slice(prefix.length + 1), value]))
}

export const routes: Route[] = [
  get(meetingsPath, 'regulations.read', list),
  get(newMeetingPath, 'regulations.meetings', (request) => plan(request)),
  post(newMeetingPath, 'regulations.meetings', async (request) => {
    const result = await planMeeting(request.caller, { ...request.form, items: request.all('items') })
    return isRefusal(result) ? plan(request, result) : redirect(meetingPath(result.value.number), '會議已排定')
  }),
  get(`${meetingsPath}/:name`, 'regulations.read', (request) => show(request)),
  post(`${meetingsPath}/:name/record`, 'regulations.meetings', async (request) => {
    const { form, params } = request
    const result = await recordMeeting(request.caller, { _key: form._key, name: params.name, record: form.record ?? '', attendance: gathered(form, 'attendance'), decisions: gathered(form, 'decision'), notes: gathered(form, 'note') })
    return isRefusal(result) ? show(request, result) : redirect(meetingPath(params.name!), '會議紀錄已存，各案已依決議往下走')
  }),
  post(`${meetingsPath}/:name/cancel`, 'regulations.meetings', async (request) => {
    const result = await cancelMeeting(request.caller, { ...request.form, name: request.params.name })
    return isRefusal(result) ? show(request, result) : redirect(meetingPath(request.params.name!), '會議已取消')
  }),
]
