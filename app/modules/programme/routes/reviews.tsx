import { randomUUID } from 'node:crypto'
import { MeetingTag } from '../../../core/committees/pages/list.tsx'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { holds, may } from '../../../core/identity/permissions.ts'
import { dayOf, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { errorOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { bodyMeetingsPath, callPath, meetingPath } from '../../meetings/index.ts'
import { reviewBody } from '../free-meetings.ts'
import { editionPath, listPath, programmePath } from '../paths.ts'
import { findProgrammeState, type ProgrammeState } from '../programme.ts'
import { findReviews, nameMeeting } from '../reviews.ts'
import { headings, reviewResults, reviewSteps } from '../schema.ts'
import { show } from './programme.tsx'

/** The meetings that reviewed this programme's reports, or will; for who drafts it the form that names one. */
export async function ReviewsCard({ request, state, failed }: { request: StaffRequest; state: ProgrammeState; failed: Refusal | undefined }) {
  const rows = await findReviews(request.db, request.person, state.id)
  const manages = may(request.person, 'programme.manage', state)
  const name = state.number!
  return (
    <Card title="審查會議">
      {rows.length === 0 && <p class="muted">還沒有指定審查會議。</p>}
      <ul class="stack">
        {rows.map((row) => (
          <li key={row.meeting}>
            <strong>{reviewSteps[row.step]}</strong>　{row.result ? <Tag tone="done">{reviewResults[row.result as keyof typeof reviewResults]}</Tag> : <MeetingTag outcome={row.outcome} begun={row.begun} approved={row.approvedOn !== null} />}<br />
            <a href={meetingPath(row.meeting)}><DayText day={row.heldOn} weekday /> 的會議</a>
            {row.edition !== null && <><br /><a href={editionPath(name, row.edition)}>審查第 {row.edition} 版　{row.label}</a></>}
          </li>
        ))}
      </ul>
      {manages && !state.outcome && <NameForm request={request} state={state} failed={failed} />}
      <p class="small"><a href={bodyMeetingsPath(reviewBody)}>各期的審查會議</a></p>
    </Card>
  )
}

function NameForm({ request, state, failed }: { request: StaffRequest; state: ProgrammeState; failed: Refusal | undefined }) {
  const error = errorOf(failed)
  const { form } = request
  const calls = holds(request.person, 'meetings.manage')
  if (!state.meetings.length) return <p class="muted small">會議排定後在這裡指定它審查哪一次報告。{calls && <a href={callPath(reviewBody)}>排定審查會議</a>}</p>
  const told = ({ number, heldOn, step }: ProgrammeState['meetings'][number]) => `${rocDay(heldOn)}　${number}${step ? `（${reviewSteps[step]}）` : ''}`
  return (
    <Details summary="指定審查會議" open={failed?.code.startsWith('review.') ?? false}>
      <Form action={programmePath(state.number!, 'meetings')} formKey={randomUUID()} id="name-meeting">
        <Select name="meeting" label="會議" value={form.meeting} error={error('meeting')} empty="選擇會議" options={state.meetings.map((one) => ({ value: one.number, text: told(one) }))} />
        <Select name="step" label="審查哪一次報告" value={form.step} error={error('step')} empty="請選擇" options={[...Object.entries(reviewSteps).map(([value, text]) => ({ value, text })), { value: 'none', text: '解除指定' }]} />
        <Select name="edition" label="審查的版本" required={false} value={form.edition} error={error('edition')} empty="還沒有決定" options={state.editions.map(({ edition, label }) => ({ value: String(edition), text: `第 ${edition} 版　${label}` }))} />
        <Button kind="secondary">指定</Button>
      </Form>
      {calls && <p class="small"><a href={callPath(reviewBody)}>排定審查會議</a></p>}
    </Details>
  )
}

/** The texts as they were when the edition was kept. */
async function edition(request: StaffRequest): Promise<Reply> {
  const state = await findProgrammeState(request.db, request.person, request.params.name!)
  const number = /^\d{1,6}$/.test(request.params.edition!) ? Number(request.params.edition) : 0
  const found = await request.db.selectFrom('programme_editions as e').leftJoin('people as p', 'p.id', 'e.person_id').select(['e.edition', 'e.label', 'e.texts', 'e.made_at', 'e.published_at', 'p.name as by']).where('case_id', '=', state.id).where('edition', '=', number).executeTakeFirst()
  if (!found) throw new NotFound('找不到這個版本')
  const reviewed = (await findReviews(request.db, request.person, state.id)).filter((one) => one.edition === number)
  const name = state.number!
  const heading = `第 ${found.edition} 版　${found.label}`
  return consolePage(request, {
    title: `${heading}：${state.title}`, heading, current: listPath, breadcrumbs: [{ text: name, href: programmePath(name) }, { text: `第 ${found.edition} 版` }], headingNote: <a href={programmePath(name)}>{state.title}</a>,
    children: (
      <>
        <p class="muted"><DayText day={dayOf(found.made_at)} /> 由 {found.by ?? '—'} 留存，{found.published_at ? '已公開' : '未公開'}。</p>
        {reviewed.map((one) => <p key={one.meeting}>{reviewSteps[one.step]}審查：<a href={meetingPath(one.meeting)}><DayText day={one.heldOn} weekday /> 的會議</a></p>)}
        {found.texts.map(({ heading: of, text }) => <section key={of}><h2>{of}. {headings[of - 1]}</h2><Letter text={text} /></section>)}
      </>
    ),
  })
}

export const routes: Route[] = [
  get(`${listPath}/:name/editions/:edition`, 'programme.read', edition),
  post(`${listPath}/:name/meetings`, 'programme.manage', async (request) => {
    const result = await nameMeeting(request.caller, { ...request.form, name: request.params.name! })
    return isRefusal(result) ? show(request, result) : redirect(programmePath(request.params.name!), result.value.text)
  }),
]
