import { ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { type Column, Table } from '../../../ui/components/table.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { commonCard } from '../../cases/common-card.tsx'
import type { Refusal } from '../../errors.ts'
import { holds } from '../../identity/permissions.ts'
import { consolePage } from '../../web/pages.tsx'
import type { Reply, StaffRequest } from '../../web/route.ts'
import { rulesOf } from '../committee.ts'
import { type Hearing, itemPath, meetingPath } from '../hearing.ts'
import { findReached } from '../invite.ts'
import { findMeeting, type HeldItem, type HeldPerson, type MeetingFile } from '../queries.ts'
import { type CommitteeRules, quorum } from '../rules.ts'
import { attendances, modes, seats } from '../words.ts'
import { AgendaForm, ApprovalForm, CancelForm, InviteForms, MoveForm, RecordForm } from './forms.tsx'
import { MeetingTag } from './list.tsx'
import { VersionsCard } from './versions.tsx'

export async function showPage(hearing: Hearing, request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const file = await findMeeting(request.db, hearing, request.person, request.params.name!)
  const rules = await rulesOf(request.db, file.committeeId)
  const mayManage = holds(request.person, hearing.manage)
  const canRecord = file.stage === 'planned' && mayManage
  const waiting = canRecord ? await hearing.eligible(request.db, request.person) : []
  const reached = canRecord ? await findReached(request.db, file.id, request.today) : []
  const form = { hearing, file, request, error: errorOf(failed) }
  return consolePage(request, {
    title: `${file.number} ${file.title}`, heading: file.title, current: hearing.path, breadcrumbs: [{ text: hearing.label, href: hearing.path }, { text: file.number }],
    headingNote: <><span class="nowrap number">{file.number}</span><MeetingTag outcome={file.outcome} approved={file.approvedOn !== null} /></>,
    ...(hearing.parties ? {} : { actions: <ButtonGroup><ButtonLink href={meetingPath(hearing, file.number, 'notice')} kind="secondary">開會通知單</ButtonLink></ButtonGroup> }),
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <SummaryList columns={4} rows={[
          { key: '日期', value: <DayText day={file.heldOn} weekday /> }, { key: '時間', value: file.endsAt ? `${file.startsAt}–${file.endsAt}` : file.startsAt },
          { key: '地點', value: `${file.place}${file.mode === 'on-site' ? '' : `（${modes[file.mode]}）`}` }, { key: hearing.parties ? '主持' : '主席', value: file.chair },
          ...(file.sitting ? [{ key: '會次', value: `第 ${file.sitting} 次` }] : []),
          ...(file.invitedOn ? [{ key: '開會通知', value: <DayText day={file.invitedOn} /> }] : []),
          ...(file.approvedOn ? [{ key: '紀錄確認', value: <><DayText day={file.approvedOn} />{file.approvalNote && `：${file.approvalNote}`}</> }] : []),
        ]} />
        <QuorumLine rules={rules} file={file} />
        <Card title={hearing.parties ? hearing.itemLabel : '議程'}><Agenda hearing={hearing} file={file} /></Card>
        {canRecord && <RecordForm {...form} />}
        {file.minutes && <Card title={file.outcome === 'cancelled' ? '取消' : '會議紀錄'}><Letter text={file.minutes} serif /></Card>}
        {hearing.note && file.outcome === 'held' && <p>{hearing.note}</p>}
        {file.outcome === 'held' && !file.approvedOn && mayManage && !hearing.parties && <ApprovalForm {...form} />}
        {!canRecord && <Card title={file.committeeId === null ? '出席人員' : '委員'}><People file={file} /></Card>}
        <VersionsCard file={file} path={meetingPath(hearing, file.number)} query={request.query} />
        {await commonCard(request.db, file.id)}
        {canRecord && <>{!hearing.parties && <><InviteForms {...form} reached={reached} /><AgendaForm {...form} waiting={waiting} /><MoveForm {...form} /></>}<CancelForm {...form} /></>}
      </>
    ),
  }, failed ? 422 : 200)
}

function QuorumLine({ rules, file }: { rules: CommitteeRules; file: MeetingFile }) {
  const now = quorum(rules, file.people)
  if (!now || !file.people.some(({ attendance }) => attendance)) return now && <p class="muted">委員 {now.all} 人，至少要 {now.least} 人出席（{now.law}）。</p>
  return now.reached ? <p>委員 {now.all} 人，出席 {now.present} 人，達到法定人數（{now.law}，至少 {now.least} 人）。</p> : <WarningText>委員 {now.all} 人，出席 {now.present} 人，還不到法定的 {now.least} 人（{now.law}），不能決議。</WarningText>
}

const decisionText = (hearing: Hearing, item: HeldItem): string => [item.decision ? (hearing.decisions[item.decision]?.label ?? item.decision) : '—', item.text].filter(Boolean).join('：')

function Agenda({ hearing, file }: { hearing: Hearing; file: MeetingFile }) {
  return (
    <Table<HeldItem>
      caption="議案" captionHidden rows={file.items} rowKey={(item) => item.id} stacked={hearing.parties !== undefined}
      columns={[
        { heading: '案號', cell: (item) => (item.number ? <a class="nowrap number" href={hearing.itemPath(item.number)}>{item.number}</a> : '—'), width: 'fit' },
        { heading: '案由', cell: (item) => <>{item.subject}{item.recusals.filter(({ granted }) => granted).length > 0 && <span class="muted">　迴避：{item.recusals.filter(({ granted }) => granted).map(({ name }) => name).join('、')}</span>}</>, rowHeader: true, width: 'grow' },
        { heading: hearing.parties?.decision ?? '決議', cell: (item) => decisionText(hearing, item) },
        ...(hearing.parties ? [] : votesOf(hearing, file)),
      ]}
    />
  )
}

const votesOf = (hearing: Hearing, file: MeetingFile): Column<HeldItem>[] => [
  { heading: '表決', cell: (item) => (item.tally ? <span class="nowrap number">{item.tally.for}：{item.tally.against}：{item.tally.abstain}</span> : item.decision ? '無異議' : '—'), width: 'fit' },
  { heading: '迴避、記名', cell: (item) => <a class="nowrap" href={itemPath(hearing, file.number, item.id)} aria-label={`${file.stage === 'planned' ? '登錄' : '看'} ${item.number ?? item.subject} 的迴避與記名表決`}>{file.stage === 'planned' ? '登錄' : '看'}</a>, width: 'fit' },
]

export function People({ file }: { file: MeetingFile }) {
  return (
    <Table
      caption="出席情形" captionHidden rows={file.people} rowKey={(one) => one.id}
      columns={[
        { heading: '姓名', cell: (one) => one.name, rowHeader: true, width: 'fit' },
        { heading: file.committeeId === null ? '單位、職稱' : '職稱', cell: (one) => one.title || '—', width: 'grow' },
        ...(file.committeeId === null ? [] : [{ heading: '身分', cell: (one: HeldPerson) => `${seats[one.seat]}${one.outside ? '（外聘）' : ''}`, width: 'fit' as const }]),
        { heading: '出席', cell: (one) => (one.attendance ? `${attendances[one.attendance]}${one.deputy ? `（${one.deputy}）` : ''}` : '—'), width: 'fit' },
      ]}
    />
  )
}
