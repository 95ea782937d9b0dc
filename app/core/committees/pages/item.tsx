import { randomUUID } from 'node:crypto'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Radios, Select } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { NotFound, type Refusal } from '../../errors.ts'
import { holds } from '../../identity/permissions.ts'
import { consolePage } from '../../web/pages.tsx'
import type { Reply, StaffRequest } from '../../web/route.ts'
import { type Hearing, itemPath, meetingPath } from '../hearing.ts'
import { findMeeting, type HeldItem, type HeldPerson, type MeetingFile } from '../queries.ts'
import { isThere } from '../rules.ts'
import { askers, type Ground, grounds, votes } from '../words.ts'
import { options } from './plan.tsx'

const granted = { yes: '應迴避', no: '無迴避事由', open: '還沒有決定' } as const

/** One item of a meeting: who sits it out and why, how each voted, who asked for their dissent to be recorded. */
export async function itemPage(hearing: Hearing, request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const file = await findMeeting(request.db, hearing, request.person, request.params.name!)
  const item = file.items.find(({ id }) => String(id) === request.params.item)
  if (!item) throw new NotFound('找不到這個議案')
  const canRecord = file.stage === 'planned' && holds(request.person, hearing.manage)
  const members = file.people.filter(({ seat }) => seat !== 'other')
  const form = { hearing, file, item, members, request, failed }
  return consolePage(request, {
    title: `${item.number ?? item.subject} ${file.title}`, heading: item.subject, current: hearing.path,
    headingNote: item.number ? <a class="nowrap number" href={hearing.itemPath(item.number)}>{item.number}</a> : undefined,
    breadcrumbs: [{ text: hearing.label, href: hearing.path }, { text: file.number, href: meetingPath(hearing, file.number) }, { text: '迴避與記名表決' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Card title="迴避">
          <Recusals item={item} />
          {canRecord && members.length > 0 && <RecusalForm {...form} />}
        </Card>
        <Card title="記名表決與不同意見">{canRecord ? <BallotForm {...form} /> : <Ballots item={item} />}</Card>
      </>
    ),
  }, failed ? 422 : 200)
}

type FormProps = { hearing: Hearing; file: MeetingFile; item: HeldItem; members: HeldPerson[]; request: StaffRequest; failed: Refusal | undefined }

function Recusals({ item }: { item: HeldItem }) {
  return (
    <Table
      caption="迴避的委員" captionHidden rows={item.recusals} rowKey={(one) => one.memberId} empty={<p>沒有委員迴避。</p>}
      columns={[
        { heading: '委員', cell: (one) => one.name, rowHeader: true, width: 'fit' },
        { heading: '事由', cell: (one) => `${grounds[one.ground].label}（${grounds[one.ground].law}）${one.facts ? `：${one.facts}` : ''}`, width: 'grow' },
        { heading: '提出', cell: (one) => askers[one.askedBy], width: 'fit' },
        { heading: '決定', cell: (one) => (one.granted === null ? granted.open : one.granted ? granted.yes : granted.no), width: 'fit' },
      ]}
    />
  )
}

function RecusalForm({ hearing, file, item, members, request, failed }: FormProps) {
  const [value, error] = [(name: string) => request.form[name], errorOf(failed)]
  return (
    <Form action={itemPath(hearing, file.number, `${item.id}/recusal`)} formKey={randomUUID()} id="recusal">
      <Select name="member" label="委員" labelSize="s" value={value('member')} empty="選擇委員" error={error('member')} options={members.map(({ id, name }) => ({ value: String(id), text: name }))} />
      <Select name="ground" label="事由" labelSize="s" value={value('ground')} empty="選擇事由" error={error('ground')} options={hearing.grounds.map((code: Ground) => ({ value: code, text: `${grounds[code].label}（${grounds[code].law}）` }))} />
      <Select name="askedBy" label="由誰提出" labelSize="s" value={value('askedBy')} empty="選擇" error={error('askedBy')} options={options(askers)} />
      <TextArea name="facts" label="原因及事實" labelSize="s" hint="當事人申請的，應舉其原因及事實（行政程序法 §33 II）。" required={false} rows={2} value={value('facts')} error={error('facts')} />
      <Radios name="granted" label="決定" inline value={value('granted')} error={error('granted')} options={options(granted)} />
      <Button kind="secondary">登錄迴避</Button>
    </Form>
  )
}

function BallotForm({ hearing, file, item, members, request, failed }: FormProps) {
  const [value, error] = [(name: string) => request.form[name], errorOf(failed)]
  const recused = item.recusals.filter((one) => one.granted).map(({ memberId }) => memberId)
  const voting = members.filter((one) => !recused.includes(one.id) && (one.attendance === null || isThere(one)))
  const of = (id: number) => item.ballots.find(({ memberId }) => memberId === id)
  if (!voting.length) return <p>沒有可以表決的委員。</p>
  return (
    <Form action={itemPath(hearing, file.number, `${item.id}/votes`)} formKey={randomUUID()} id="votes">
      <p class="muted">不記名表決只要在會議頁填票數。委員請求時，與決議不同的意見應列入紀錄（訴願法 §54 I）。</p>
      {voting.map(({ id, name }) => (
        <div key={id}>
          <Select name={`vote-${id}`} label={name} labelSize="s" required={false} value={value(`vote-${id}`) ?? of(id)?.vote} empty="沒有記名" error={error(`vote-${id}`)} options={options(votes)} />
          <TextArea name={`dissent-${id}`} label={`${name} 的不同意見`} labelSize="s" required={false} rows={1} value={value(`dissent-${id}`) ?? of(id)?.dissent} error={error(`dissent-${id}`)} />
        </div>
      ))}
      <Button kind="secondary">存檔</Button>
    </Form>
  )
}

function Ballots({ item }: { item: HeldItem }) {
  const rows = item.ballots.filter(({ vote, dissent }) => vote || dissent)
  return (
    <Table
      caption="記名表決" captionHidden rows={rows} rowKey={(one) => one.memberId} empty={<p>沒有記名表決，也沒有不同意見。</p>}
      columns={[
        { heading: '委員', cell: (one) => one.name, rowHeader: true, width: 'fit' },
        { heading: '表決', cell: (one) => (one.vote ? votes[one.vote] : '—'), width: 'fit' },
        { heading: '不同意見', cell: (one) => one.dissent || '—', width: 'grow' },
      ]}
    />
  )
}
