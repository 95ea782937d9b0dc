import { randomUUID } from 'node:crypto'
import { findCommittee, seatedOn } from '../../../core/committees/committee.ts'
import { membersPath } from '../../../core/committees/hearing.ts'
import type { Refusal } from '../../../core/errors.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import type { Reply, StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Checkboxes, Select } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState, WarningText } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { nameOf } from '../appeal.ts'
import { hearing } from '../committee/hearing.ts'
import { appealPath, listPath, reviewPath } from '../paths.ts'
import { findAppeal } from '../queries.ts'
import { findProceedings, type Review } from './queries.ts'
import { refuseUnreviewed, reviewersLeast } from './rules.ts'

/** 委員審查: who reads the file before the meeting, and what they think of it. */
export async function reviewPage(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const appeal = await findAppeal(request.db, request.person, request.params.name!)
  const [committee, { reviews }] = await Promise.all([findCommittee(request.db, hearing), findProceedings(request.db, appeal.id)])
  const members = seatedOn(committee!.members, request.today).filter(({ seat }) => seat !== 'alternate')
  const name = nameOf(appeal)
  const [value, error] = [(field: string) => request.form[field], errorOf(failed)]
  const lacking = refuseUnreviewed(reviews.filter(({ opinion }) => opinion).length, members.length, appeal.agencyReply)
  const canWrite = appeal.stage === 'committee'
  return consolePage(request, {
    title: `委員審查：${appeal.title}`, heading: '委員審查', current: listPath, breadcrumbs: [{ text: '訴願案件', href: listPath }, { text: name, href: appealPath(name) }, { text: '委員審查' }],
    headingNote: <a href={appealPath(name)}>{appeal.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {!canWrite && <WarningText>案件不在訴願會審議的階段，只能看。</WarningText>}
        {canWrite && lacking && members.length > 0 && <p>{lacking.message}（{lacking.law}）。</p>}
        <Card title="審查意見">
          <Table<Review>
            caption="各委員的審查意見" captionHidden rows={reviews} rowKey={(one) => one.id} empty={<p>還沒有分給審查委員。</p>}
            columns={[
              { heading: '委員', cell: (one) => one.member, rowHeader: true, width: 'fit' }, { heading: '分送', cell: (one) => <DayText day={one.askedOn} />, width: 'fit' },
              { heading: '提出', cell: (one) => (one.givenOn ? <DayText day={one.givenOn} /> : '還沒有'), width: 'fit' }, { heading: '意見', cell: (one) => one.opinion ?? '—', width: 'grow' },
            ]}
          />
        </Card>
        {canWrite && reviews.length > 0 && (
          <Card title="登錄審查意見">
            <Form action={`${reviewPath(name)}/opinion`} formKey={randomUUID()} id="opinion-of" keep>
              <Select name="review" label="委員" value={value('review')} empty="選擇委員" error={error('review')} options={reviews.map(({ id, member }) => ({ value: String(id), text: member }))} />
              <TextInput name="on" label="提出日期" id="given-on" value={value('review') === undefined ? rocDay(request.today) : value('on')} error={value('review') === undefined ? undefined : error('on')} width={10} />
              <TextArea name="opinion" label="審查意見" rows={5} value={value('opinion')} error={error('opinion')} />
              <Button>登錄</Button>
            </Form>
          </Card>
        )}
        {canWrite && (
          <Card title="分給審查委員">
            {members.length === 0 ? <EmptyState title="訴願審議委員會還沒有委員" action={<ButtonLink href={membersPath(hearing)}>登錄委員</ButtonLink>}>登錄委員之後才能分案。</EmptyState> : (
              <Form action={reviewPath(name)} formKey={randomUUID()} id="reviewers">
                <Checkboxes name="members" label="審查委員" hint={`全體委員，或至少 ${reviewersLeast} 位（審議規則 §11 I）。`} error={error('members')} values={request.form.members === undefined ? reviews.map(({ memberId }) => String(memberId)) : request.all('members')} options={members.map((one) => ({ value: String(one.id), text: `${one.name}${one.outside ? '（外聘）' : ''}` }))} />
                <TextInput name="on" label="分送日期" id="asked-on" value={rocDay(request.today)} error={value('review') === undefined ? error('on') : undefined} width={10} />
                <Button kind={reviews.length ? 'secondary' : 'primary'}>分案</Button>
              </Form>
            )}
          </Card>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}
