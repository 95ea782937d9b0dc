import { randomUUID } from 'node:crypto'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Radios, Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState, WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { NotFound, type Refusal } from '../../errors.ts'
import { holds } from '../../identity/permissions.ts'
import { rocDay } from '../../time.ts'
import { consolePage } from '../../web/pages.tsx'
import type { Reply, StaffRequest } from '../../web/route.ts'
import { type CommitteeMember, findCommittee, memberSeats, seatedOn } from '../committee.ts'
import { type Hearing, membersPath } from '../hearing.ts'
import { type CommitteeRules, genderWarning, refuseComposition, shares } from '../rules.ts'
import { options } from './plan.tsx'

const genders = { f: '女', m: '男' } as const

/** Who sits on the committee, since when and until when, and what the law asks of it. */
export async function membersPage(hearing: Hearing, request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const committee = await findCommittee(request.db, hearing)
  if (!committee) throw new NotFound()
  const mayManage = holds(request.person, hearing.manage)
  const now = seatedOn(committee.members, request.today)
  const warnings = now.length ? [refuseComposition(committee.rules, now)?.message, genderWarning(committee.rules, now)].filter((text) => text) : []
  return consolePage(request, {
    title: committee.name, heading: committee.name, current: hearing.path, breadcrumbs: [{ text: hearing.label, href: hearing.path }, { text: '委員' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {warnings.map((text) => <WarningText key={text}>{text}</WarningText>)}
        <SummaryList columns={2} rows={[{ key: '設置依據', value: committee.basis || '—' }, ...ruleRows(committee.rules)]} />
        <Card title="現任委員"><MemberTable caption="現任委員名單" rows={now} empty={<EmptyState title="還沒有委員">登錄之後才能排定會議。</EmptyState>} /></Card>
        {mayManage && <NewMember hearing={hearing} request={request} failed={failed} />}
        {mayManage && now.length > 0 && <EndMember hearing={hearing} request={request} failed={failed} members={now} />}
        {committee.members.length > now.length && <Details summary="歷任與將上任的委員"><MemberTable caption="歷任與將上任的委員名單" rows={committee.members.filter((one) => !now.includes(one))} /></Details>}
      </>
    ),
  }, failed ? 422 : 200)
}

function ruleRows(rules: CommitteeRules): { key: string; value: string }[] {
  const row = (key: string, rule: CommitteeRules['attendance'], of: string) => (rule ? [{ key, value: `${of}${shares[rule.share]}（${rule.law}）` }] : [])
  return [
    ...row('開會', rules.attendance, '全體委員'), ...row('決議', rules.approval, '出席委員'), ...row('外聘委員', rules.outside, '全體委員'), ...row('任一性別', rules.gender, '全體委員'),
    { key: '代理', value: rules.inPerson ? `應親自出席，不得代理（${rules.inPerson}）` : '得派人代理' },
  ]
}

function MemberTable({ rows, empty, caption }: { rows: CommitteeMember[]; caption: string; empty?: preact.ComponentChildren }) {
  return (
    <Table<CommitteeMember>
      caption={caption} captionHidden rows={rows} rowKey={(one) => one.id} empty={empty}
      columns={[
        { heading: '姓名', cell: (one) => one.name, rowHeader: true, width: 'fit' },
        { heading: '職稱', cell: (one) => one.title || '—', width: 'grow' },
        { heading: '職務', cell: (one) => memberSeats[one.seat], width: 'fit' },
        { heading: '內外聘', cell: (one) => (one.outside ? '外聘' : '內聘'), width: 'fit' },
        { heading: '性別', cell: (one) => (one.gender ? genders[one.gender] : '—'), width: 'fit' },
        { heading: '任期', cell: (one) => <span class="nowrap"><DayText day={one.fromOn} />–{one.untilOn && <DayText day={one.untilOn} />}</span>, width: 'fit' },
      ]}
    />
  )
}

type FormProps = { hearing: Hearing; request: StaffRequest; failed: Refusal | undefined }

function NewMember({ hearing, request, failed }: FormProps) {
  const [value, error] = [(name: string) => request.form[name], errorOf(failed)]
  return (
    <Card title="登錄委員">
      <Form action={membersPath(hearing)} formKey={randomUUID()} id="member" keep>
        <TextInput name="name" label="姓名" value={value('name')} error={error('name')} width={10} />
        <TextInput name="title" label="職稱" hint="例如：行政處處長、律師、大學法律系教授" required={false} value={value('title')} error={error('title')} width={20} />
        <Select name="seat" label="職務" value={value('seat') ?? 'member'} error={error('seat')} options={options(memberSeats)} />
        <Radios name="outside" label="內聘或外聘" inline value={value('outside')} error={error('outside')} options={[{ value: 'no', text: '內聘（本機關高級職員）' }, { value: 'yes', text: '外聘（社會公正人士、學者、專家）' }]} />
        <Radios name="gender" label="性別" hint="只用來計算性別比例。" inline required={false} value={value('gender')} error={error('gender')} options={options(genders)} />
        <TextInput name="fromOn" label="任期開始" hint={`例：${rocDay(request.today)}`} value={value('fromOn')} error={error('fromOn')} width={10} />
        <TextInput name="untilOn" label="任期屆滿" hint="未定就空白。" required={false} value={value('untilOn')} error={value('member') ? undefined : error('untilOn')} width={10} />
        <Button>登錄</Button>
      </Form>
    </Card>
  )
}

function EndMember({ hearing, request, failed, members }: FormProps & { members: CommitteeMember[] }) {
  const error = errorOf(failed)
  return (
    <Details summary="委員卸任" open={request.form.member !== undefined}>
      <Form action={`${membersPath(hearing)}/end`} formKey={randomUUID()} id="end-member">
        <Select name="member" label="委員" value={request.form.member} empty="選擇委員" error={error('member')} options={members.map(({ id, name }) => ({ value: String(id), text: name }))} />
        <TextInput name="untilOn" label="最後一天" id="end-until" value={request.form.untilOn} error={request.form.member === undefined ? undefined : error('untilOn')} width={10} />
        <Button kind="secondary">登錄卸任</Button>
      </Form>
    </Details>
  )
}
