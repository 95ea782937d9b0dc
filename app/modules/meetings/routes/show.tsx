import { randomUUID } from 'node:crypto'
import { commonCard } from '../../../core/cases/common-card.tsx'
import { CancelForm, InviteForms, ApprovalForm, MoveForm } from '../../../core/committees/pages/forms.tsx'
import { findReached } from '../../../core/committees/invite.ts'
import { MeetingTag } from '../../../core/committees/pages/list.tsx'
import { People } from '../../../core/committees/pages/show.tsx'
import { VersionsCard } from '../../../core/committees/pages/versions.tsx'
import { findMeeting, type HeldItem, type MeetingFile } from '../../../core/committees/queries.ts'
import { modes } from '../../../core/committees/words.ts'
import { casePath } from '../../../core/cases/case-kinds.ts'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { holds, may } from '../../../core/identity/permissions.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Checkboxes } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { DirectivesCard, findMeetingDirectives, meetingDirectivesPath } from '../../directives/index.ts'
import { type About, aboutMeeting } from '../about.ts'
import { findBody } from '../bodies.ts'
import { rearrange } from '../call.ts'
import { acts, eligibleFor, hearing } from '../hearing.ts'
import { commonRoutes, gathered } from '../../../core/committees/routes.tsx'
import { publicMinutesPath, bodyMeetingsPath, holdPath, listPath, livePath, meetingPath } from '../paths.ts'
import { findMore, type MeetingMore } from '../queries.ts'
import { findPublication } from '../publication/acts.ts'
import { decisionText, inOrder, sectionName } from '../shown.ts'

export async function showPage(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person, today } = request
  const file = await findMeeting(db, hearing, person, request.params.name!)
  const [more, orders, published] = [await findMore(db, file.id), await findMeetingDirectives(db, person, file.id), await findPublication(db, file.id)]
  const mayManage = may(person, 'meetings.manage', more)
  const isOpen = file.stage === 'planned' && mayManage
  const waiting = isOpen ? await eligibleFor(db, person, await findBody(db, more.bodyCode)) : []
  const reached = isOpen ? await findReached(db, file.id, today) : []
  const form = { hearing, file, request, error: errorOf(failed) }
  const isDay = isOpen && file.heldOn <= today
  return consolePage(request, {
    title: `${file.number} ${file.title}`, heading: file.title, current: listPath, breadcrumbs: [{ text: '會議', href: listPath }, { text: more.body, href: bodyMeetingsPath(more.bodyCode) }, { text: file.number }],
    headingNote: <><span class="nowrap number">{file.number}</span><MeetingTag outcome={file.outcome} begun={more.begunAt !== null} approved={file.approvedOn !== null} /></>,
    actions: (
      <ButtonGroup>
        {isDay && <ButtonLink href={holdPath(file.number)}>會議進行</ButtonLink>}
        {file.outcome !== 'cancelled' && <ButtonLink href={meetingPath(file.number, 'papers')} kind={isDay ? 'secondary' : undefined}>會議資料</ButtonLink>}
        {file.stage === 'planned' && <ButtonLink href={livePath(file.number)} kind="secondary">即時畫面</ButtonLink>}
        {file.outcome !== 'cancelled' && file.heldOn <= today && holds(person, 'directives.issue') && <ButtonLink href={meetingDirectivesPath(file.number)} kind="secondary">指裁示事項</ButtonLink>}
        {file.outcome !== 'cancelled' && <ButtonLink href={meetingPath(file.number, 'notice')} kind="secondary">開會通知單</ButtonLink>}
      </ButtonGroup>
    ),
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Facts file={file} more={more} about={await aboutMeeting(db, person, file.id)} />
        {published && !published.withdrawnAt && <p>紀錄已公開：<a href={publicMinutesPath(file.number)}>公開的樣子</a></p>}
        {file.outcome === 'held' && !file.approvedOn && mayManage && more.minutesDueOn && more.minutesDueOn < today && <WarningText>紀錄的期限是 <DayText day={more.minutesDueOn} />，還沒有確認。</WarningText>}
        {file.outcome !== 'cancelled' && <Card title="議程" actions={<><a href={meetingPath(file.number, 'files/agenda.pdf')}>議程 PDF</a><a href={meetingPath(file.number, 'files/agenda.odt')}>ODT</a></>}><Agenda file={file} /></Card>}
        {file.minutes && <Card title={file.outcome === 'cancelled' ? '取消' : '會議紀錄'} actions={file.outcome === 'held' ? <Prints number={file.number} mayPublish={holds(person, 'meetings.publish') && file.approvedOn !== null} /> : undefined}><Letter text={file.minutes} serif /></Card>}
        <DirectivesCard found={orders} today={today} />
        {file.outcome === 'held' && !file.approvedOn && mayManage && <ApprovalForm {...form} />}
        <Card title="出席人員"><People file={file} /></Card>
        <VersionsCard file={file} path={meetingPath(file.number)} query={request.query} />
        {await commonCard(db, file.id)}
        {isOpen && <><InviteForms {...form} reached={reached} /><AgendaForm file={file} request={request} waiting={waiting} error={form.error} /><MoveForm {...form} /><CancelForm {...form} /></>}
      </>
    ),
  }, failed ? 422 : 200)
}

function Prints({ number, mayPublish }: { number: string; mayPublish: boolean }) {
  return <><a href={meetingPath(number, 'files/minutes.pdf')}>紀錄 PDF</a><a href={meetingPath(number, 'files/minutes.odt')}>ODT</a>{mayPublish && <a href={meetingPath(number, 'publication')}>公開紀錄</a>}</>
}

function Facts({ file, more, about }: { file: MeetingFile; more: MeetingMore; about: About[] }) {
  return (
    <SummaryList columns={4} rows={[
      { key: '日期', value: <DayText day={file.heldOn} weekday /> }, { key: '時間', value: file.endsAt ? `${file.startsAt}–${file.endsAt}` : file.startsAt },
      { key: '地點', value: `${file.place}${file.mode === 'on-site' ? '' : `（${modes[file.mode]}）`}` }, { key: '主席', value: file.chair },
      ...(file.sitting ? [{ key: '會次', value: `第 ${file.sitting} 次` }] : []),
      ...about.map(({ key, text, href }) => ({ key, value: <a href={href}>{text}</a> })),
      ...(more.proposalsDueOn && file.stage === 'planned' ? [{ key: '提案收件截止', value: <DayText day={more.proposalsDueOn} /> }] : []),
      ...(file.invitedOn ? [{ key: '開會通知', value: <DayText day={file.invitedOn} /> }] : []),
      ...(file.approvedOn ? [{ key: '紀錄確認', value: <><DayText day={file.approvedOn} />{file.approvalNote && `：${file.approvalNote}`}</> }] : []),
    ]} />
  )
}

function Agenda({ file }: { file: MeetingFile }) {
  return (
    <Table<HeldItem>
      caption="議案" captionHidden rows={inOrder(file.items)} rowKey={(item) => item.id} group={(item) => ({ key: item.section ?? '', heading: sectionName(item.section) })}
      columns={[
        { heading: '案由', cell: (item) => <><ItemNumber item={item} />{item.subject}{item.recusals.some(({ granted }) => granted) && <span class="muted">　迴避：{item.recusals.filter(({ granted }) => granted).map(({ name }) => name).join('、')}</span>}</>, rowHeader: true, width: 'grow' },
        { heading: '決議', cell: (item) => <>{decisionText(item)}{item.tally && <span class="muted nowrap">（{item.tally.for}：{item.tally.against}：{item.tally.abstain}）</span>}</> },
      ]}
    />
  )
}

function ItemNumber({ item: { caseKind, number } }: { item: HeldItem }) {
  const href = caseKind && number ? casePath(caseKind, number) : null
  return number ? <>{href ? <a class="nowrap number" href={href}>{number}</a> : <span class="nowrap number">{number}</span>}　</> : null
}

/** What is on the agenda now with its place, what is waiting, and words alone. */
function AgendaForm({ file, request, waiting, error }: { file: MeetingFile; request: StaffRequest; waiting: { number: string; title: string }[]; error: (field: string) => string | undefined }) {
  const items = inOrder(file.items)
  return (
    <Details summary="變更議程" open={['items', 'reports', 'discussions'].some((field) => error(field) !== undefined)}>
      <Form action={meetingPath(file.number, 'agenda')} formKey={randomUUID()} id="agenda">
        <Checkboxes name="keep" label="留在議程上的" required={false} values={items.map(({ id }) => String(id))} options={items.map(({ id, number, subject, section }) => ({ value: String(id), text: `${sectionName(section)}：${number ?? ''} ${subject}` }))} />
        <Details summary="調整順序">
          <div class="cluster">{items.map((item, i) => <TextInput key={item.id} name={`place-${item.id}`} label={`${item.number ?? item.subject} 的順序`} labelSize="s" required={false} width={3} inputmode="numeric" value={String(i + 1)} />)}</div>
        </Details>
        {waiting.length > 0 && <Checkboxes name="items" label="加入的案件" required={false} error={error('items')} values={request.all('items')} options={waiting.map(({ number, title }) => ({ value: number, text: `${number} ${title}` }))} />}
        <TextArea name="reports" label="加入報告事項" hint="一行一案。" required={false} rows={2} value={request.form.reports} error={error('reports')} />
        <TextArea name="discussions" label="加入討論事項" hint="一行一案。" required={false} rows={2} value={request.form.discussions} error={error('discussions')} />
        <Button kind="secondary">存成新的議程</Button>
      </Form>
    </Details>
  )
}

const show = (request: StaffRequest, no?: Refusal) => showPage(request, no)

export const routes: Route[] = [
  get(`${listPath}/:name`, 'meetings.read', (request) => show(request)),
  post(`${listPath}/:name/agenda`, 'meetings.manage', async (request) => {
    const name = request.params.name!
    const result = await rearrange(request.caller, { _key: request.form._key, name, items: request.all('items'), keep: request.all('keep'), places: gathered(request.form, 'place'), reports: request.form.reports, discussions: request.form.discussions })
    return isRefusal(result) ? showPage(request, result) : redirect(meetingPath(name), '議程已變更')
  }),
  ...commonRoutes(hearing, acts, show),
]
