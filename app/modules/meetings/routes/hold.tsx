import { randomUUID } from 'node:crypto'
import { options } from '../../../core/committees/pages/plan.tsx'
import { findMeeting, type HeldItem, type HeldPerson, type MeetingFile } from '../../../core/committees/queries.ts'
import { gathered } from '../../../core/committees/routes.tsx'
import { attendances, votes } from '../../../core/committees/words.ts'
import { isRefusal, NotAllowed, type Refusal, type Result } from '../../../core/errors.ts'
import { holds, may } from '../../../core/identity/permissions.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { WarningText } from '../../../ui/components/notes.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { meetingDirectivesPath } from '../../directives/index.ts'
import { hearing } from '../hearing.ts'
import { decideItem, endMeeting, keepWhoIsThere, treatItem } from '../hold.ts'
import { holdPath, itemPath, livePath, listPath, meetingPath } from '../paths.ts'
import { findMore, type MeetingMore } from '../queries.ts'
import { decisions, decisionsFor } from '../schema.ts'
import { decisionText, inOrder, sectionName } from '../shown.ts'

type Props = { file: MeetingFile; more: MeetingMore; request: StaffRequest; error: (field: string) => string | undefined }

/** The desk of whoever keeps the minutes: who is there, one form an item, the end. Each is kept for itself, so that nothing is lost between two items. */
async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const file = await findMeeting(request.db, hearing, request.person, request.params.name!)
  const more = await findMore(request.db, file.id)
  if (!may(request.person, 'meetings.manage', more)) throw new NotAllowed('meetings.manage')
  if (file.stage !== 'planned') return redirect(meetingPath(file.number), '會議已經結束')
  const props = { file, more, request, error: errorOf(failed) }
  const left = file.items.filter(({ decision }) => !decision).length
  return consolePage(request, {
    title: `會議進行 ${file.number}`, heading: file.title, current: listPath, breadcrumbs: [{ text: '會議', href: listPath }, { text: file.number, href: meetingPath(file.number) }, { text: '會議進行' }],
    actions: <ButtonGroup>{holds(request.person, 'directives.issue') && <ButtonLink href={meetingDirectivesPath(file.number)} kind="secondary">指裁示事項</ButtonLink>}<ButtonLink href={livePath(file.number)} kind="secondary">即時畫面</ButtonLink></ButtonGroup>,
    headingNote: <Tag tone={left ? 'active' : 'done'}>{left ? `還有 ${left} 案沒有決議` : '各案都有決議'}</Tag>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {file.heldOn > request.today && <WarningText>開會日期還沒有到，可以先看，不能登錄。</WarningText>}
        <WhoIsThere {...props} />
        {inOrder(file.items).map((item, i) => <OneItem key={item.id} {...props} item={item} place={i + 1} />)}
        <EndForm {...props} />
      </>
    ),
  }, failed ? 422 : 200)
}

function WhoIsThere({ file, more, request, error }: Props) {
  const value = (name: string) => request.form[name]
  const there = file.people.filter(({ attendance }) => attendance === 'present' || attendance === 'video' || attendance === 'deputy').length
  const person = (one: HeldPerson) => (
    <div key={one.id}>
      <Select name={`attendance-${one.id}`} label={`${one.name}${one.title ? `（${one.title}）` : ''}`} labelSize="s" value={value(`attendance-${one.id}`) ?? one.attendance ?? 'present'} error={error(`attendance-${one.id}`)} options={options(attendances)} />
      {(value(`attendance-${one.id}`) ?? one.attendance) === 'deputy' && <TextInput name={`deputy-${one.id}`} label={`代理 ${one.name} 的人`} labelSize="s" required={false} value={value(`deputy-${one.id}`) ?? one.deputy} width={10} />}
    </div>
  )
  return (
    <Card title="出席">
      <Details summary={more.begunAt && there ? `出席 ${there} 人，共 ${file.people.length} 人` : '登錄出席'} open={!there || file.people.some(({ id }) => error(`attendance-${id}`))}>
        <Form action={meetingPath(file.number, 'attendance')} formKey={randomUUID()} id="attendance">
          <div class="cluster">{file.people.map(person)}</div>
          <Button kind="secondary">登錄出席</Button>
        </Form>
      </Details>
    </Card>
  )
}

function OneItem({ file, more, request, error, item, place }: Props & { item: HeldItem; place: number }) {
  const here = request.params.item === String(item.id)
  const value = (name: string) => (here ? request.form[name] : undefined)
  const fits = Object.fromEntries(decisionsFor(item.caseKind, item.section ?? null).map((code) => [code, decisions[code].label]))
  const isNow = more.liveItemId === item.id
  return (
    <Card
      id={`item-${item.id}`} title={`${place}. ${item.number ? `${item.number} ` : ''}${item.subject}`}
      actions={<>{isNow && <Tag tone="active">正在討論</Tag>}{item.decision && <Tag tone="done">已決議</Tag>}<span class="muted small">{sectionName(item.section)}</span></>}
    >
      {item.decision && <p>{decisionText(item)}</p>}
      <Details summary={item.decision ? '改決議' : '登錄決議'} open={!item.decision || (here && error(`decision-${item.id}`) !== undefined) || (here && error(`text-${item.id}`) !== undefined)}>
        <Form action={itemPath(file.number, item.id, 'decide')} formKey={randomUUID()} id={`decide-${item.id}`} keep>
          <Select name="decision" id={`decision-${item.id}`} label="決議" labelSize="s" value={value('decision') ?? item.decision} empty="還沒有決議" error={here ? error(`decision-${item.id}`) : undefined} options={options(fits)} required={false} />
          <TextArea name="text" id={`text-${item.id}`} label="決議內容、主席裁示" labelSize="s" required={false} rows={3} value={value('text') ?? item.text} error={here ? error(`text-${item.id}`) : undefined} />
          <Details summary="表決票數" open={item.tally !== null}>
            <div class="cluster">{Object.entries(votes).map(([vote, label]) => <TextInput key={vote} name={vote} id={`${vote}-${item.id}`} label={label} labelSize="s" required={false} width={3} inputmode="numeric" value={value(vote) ?? item.tally?.[vote as keyof typeof item.tally]?.toString()} error={here ? error(vote) : undefined} />)}</div>
          </Details>
          <ButtonGroup><Button>登錄決議</Button></ButtonGroup>
        </Form>
      </Details>
      <div class="cluster">
        {!isNow && <Form action={itemPath(file.number, item.id, 'treat')} formKey={randomUUID()} id={`treat-${item.id}`}><Button kind="quiet" small>現在討論這案</Button></Form>}
        <a href={itemPath(file.number, item.id)}>迴避與記名表決</a>
      </div>
    </Card>
  )
}

function EndForm({ file, request, error }: Props) {
  const value = (name: string) => request.form[name]
  return (
    <Card title="散會">
      <Form action={meetingPath(file.number, 'end')} formKey={randomUUID()} id="end" keep>
        <TextArea name="remarks" label="發言要旨及其他" hint="出席、決議和表決由系統寫進紀錄，這裡寫其他要記的事。" required={false} rows={4} value={value('remarks') ?? file.remarks} error={error('remarks')} />
        <TextInput name="endsAt" label="散會時間" required={false} value={value('endsAt') ?? file.endsAt} error={error('endsAt')} width={5} />
        <Button confirm="會議結束後，各案依決議往下走，出席和決議不能再改。">結束會議並寫成紀錄</Button>
      </Form>
    </Card>
  )
}

const kept = (run: (request: StaffRequest) => Promise<Result<unknown>>, to: (request: StaffRequest) => string, told: string) => async (request: StaffRequest): Promise<Reply> => {
  const result = await run(request)
  return isRefusal(result) ? page(request, result) : redirect(to(request), told)
}
const desk = (request: StaffRequest) => `${holdPath(request.params.name!)}${request.params.item ? `#item-${request.params.item}` : ''}`

export const routes: Route[] = [
  get(`${listPath}/:name/hold`, 'meetings.manage', (request) => page(request)),
  post(`${listPath}/:name/attendance`, 'meetings.manage', kept((request) => keepWhoIsThere(request.caller, { _key: request.form._key, name: request.params.name, attendance: gathered(request.form, 'attendance'), deputies: gathered(request.form, 'deputy') }), desk, '出席已登錄')),
  post(`${listPath}/:name/items/:item/treat`, 'meetings.manage', kept((request) => treatItem(request.caller, { ...request.form, ...request.params }), desk, '正在討論這一案')),
  post(`${listPath}/:name/items/:item/decide`, 'meetings.manage', kept((request) => decideItem(request.caller, { ...request.form, ...request.params }), desk, '決議已登錄')),
  post(`${listPath}/:name/end`, 'meetings.manage', kept((request) => endMeeting(request.caller, { ...request.form, name: request.params.name }), (request) => meetingPath(request.params.name!), '會議已結束，各案已依決議往下走')),
]
