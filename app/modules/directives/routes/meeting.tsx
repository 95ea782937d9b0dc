import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { casePath, seenBy } from '../../../core/cases/case-kinds.ts'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Checkboxes, Radios, Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState, InsetText } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DirectivesCard } from '../card.tsx'
import { decideMany } from '../decide.ts'
import { issueDirective } from '../issue.ts'
import { findMeeting, type Meeting, sentencesOf } from '../meeting.ts'
import { Due, LastReport, NumberLink, StageTag } from '../parts.tsx'
import { decidePath, listPath, meetingDirectivesPath } from '../paths.ts'
import { findMeetingDirectives, findToDecide } from '../queries.ts'
import { decisions } from '../schema.ts'

type ToDecide = Awaited<ReturnType<typeof findToDecide>>[number]

/** Who sees the meeting, or one of its directives, sees this page; what is on it goes by what they may see. */
async function findFor(request: StaffRequest): Promise<{ meeting: Meeting; mayOpen: boolean }> {
  const meeting = await findMeeting(request.db, request.params.number!)
  const seen = await sql<{ seen: boolean }>`select ${seenBy(request.person, 'c')} as seen from cases c where c.id = ${meeting.id}`.execute(request.db)
  const mayOpen = Boolean(seen.rows[0]?.seen)
  if (mayOpen || holds(request.person, 'directives.issue')) return { meeting, mayOpen }
  const { issued, decided } = await findMeetingDirectives(request.db, request.person, meeting.id)
  if (!issued.length && !decided.length) throw new NotFound('找不到這次會議')
  return { meeting, mayOpen }
}

/** One meeting: what it ordered, what it decides about earlier directives, and sentences of it that may be listed. */
async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person, today } = request
  const { meeting, mayOpen } = await findFor(request)
  const started = meeting.heldOn <= today && meeting.outcome !== 'cancelled'
  const [found, open, units] = await Promise.all([
    findMeetingDirectives(db, person, meeting.id), started ? findToDecide(db, person, meeting) : [],
    db.selectFrom('units').select(['id', 'name']).where('valid_until', 'is', null).whereRef('id', '=', 'bureau_id').orderBy('code').execute(),
  ])
  const address = mayOpen ? casePath(meeting.kind, meeting.number) : null
  const form = { request, meeting, failed }
  return consolePage(request, {
    title: `${meeting.title}的指裁示事項`, heading: '會議的指裁示事項', current: listPath, breadcrumbs: [{ text: '指裁示事項', href: listPath }, { text: meeting.number }],
    headingNote: address ? <a href={address}>{meeting.title}</a> : <>{meeting.title}</>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {!started && <InsetText><p>{meeting.outcome === 'cancelled' ? '這次會議取消了。' : `${rocDay(meeting.heldOn)} 開會，開會後才能作成指裁示和決定。`}</p></InsetText>}
        {started && meeting.outcome === null && <InsetText><p>會議還沒有結束：對列管中各案的決定可以再改，結束時生效。</p></InsetText>}
        <DirectivesCard found={found} today={today} />
        {started && holds(person, 'directives.decide') && <DecideForm {...form} open={open} />}
        {started && holds(person, 'directives.issue') && <IssueForm {...form} units={units} />}
      </>
    ),
  }, failed ? 422 : 200)
}

type FormProps = { request: StaffRequest; meeting: Meeting; failed: Refusal | undefined }

function DecideForm({ request, meeting, failed, open }: FormProps & { open: readonly ToDecide[] }) {
  const error = errorOf(failed)
  const quick = Object.entries(decisions).filter(([code]) => code !== 'merge' && code !== 'reassign').map(([value, text]) => ({ value, text }))
  const value = (kind: string, row: ToDecide, kept: string) => request.form[`${kind}-${row.number}`] ?? kept
  return (
    <Card title={`列管中的${meeting.body.name}指裁示事項`}>
      {!open.length ? <EmptyState title="沒有等這次會議決定的">這個會議體先前作成、還在列管的會列在這裡。</EmptyState> : (
        <Form action={meetingDirectivesPath(meeting.number, 'decide')} formKey={randomUUID()} id="decide-many" keep>
          <Table<ToDecide>
            caption={`${open.length} 案，等會議決定的在前面`} rows={[...open]} rowKey={(row) => row.number}
            columns={[
              { heading: '案號', cell: (row) => <><NumberLink number={row.number} /><p><StageTag stage={row.stage} outcome={null} /></p></>, width: 'fit' },
              { heading: '指裁示與辦理情形', cell: (row) => <>{row.sentence}<p class="small"><strong>{row.unit}</strong>　<LastReport row={row} /></p></>, rowHeader: true, width: 'grow' },
              { heading: '期限', cell: (row) => <Due row={row} today={request.today} />, width: 'fit' },
              {
                heading: '這次的決定', width: 'grow', cell: (row) => (
                  <>
                    <Select name={`decision-${row.number}`} label={`${row.number} 的決定`} labelSize="hidden" required={false} value={value('decision', row, row.noted ?? '')} empty="還沒有決定" error={error(`decision-${row.number}`)} options={quick} />
                    <TextInput name={`text-${row.number}`} label={`${row.number} 的決定內容`} labelSize="hidden" placeholder="決定內容" required={false} value={value('text', row, row.notedText)} error={error(`text-${row.number}`)} />
                    <TextInput name={`due-${row.number}`} label={`${row.number} 的新期限`} labelSize="hidden" placeholder="新期限" required={false} value={value('due', row, row.notedDueOn ? rocDay(row.notedDueOn) : '')} error={error(`due-${row.number}`)} width={10} />
                    <p class="small"><a href={decidePath(row.number, meeting.number)}>改分、併案</a></p>
                  </>
                ),
              },
            ]}
          />
          <ButtonGroup><Button>登錄決定</Button></ButtonGroup>
        </Form>
      )}
    </Card>
  )
}

function IssueForm({ request, meeting, failed, units }: FormProps & { units: { id: number; name: string }[] }) {
  const error = errorOf(failed)
  const value = (name: string) => request.form[name]
  const sentences = sentencesOf(meeting)
  const options = units.map(({ id, name }) => ({ value: String(id), text: name }))
  return (
    <Card title="列管一句指裁示" id="issue">
      {!sentences.length ? <EmptyState title="會議還沒有寫下任何決議或發言">先在會議的頁面寫下決議或發言要旨，這裡就能選出要列管的那一句。</EmptyState> : (
        <Form action={meetingDirectivesPath(meeting.number)} formKey={randomUUID()} id="issue-directive" keep>
          <Radios name="picked" label="紀錄裡的哪一句" value={value('picked')} error={error('sentence')} options={sentences.slice(0, 60).map(({ text, item }, i) => ({ value: String(i), text: text.length > 300 ? `${text.slice(0, 300)}…` : text, ...(item ? { hint: item } : {}) }))} />
          <Details summary="要跨好幾句，或只要其中一段" open={Boolean(value('sentence'))}><TextArea name="sentence" label="指裁示的文字" hint="照紀錄抄，紀錄裡要有一樣的文字。填了就用這裡的。" required={false} value={value('sentence')} rows={3} /></Details>
          <TextInput name="title" label="案由" hint="不填就用那一句的開頭。" required={false} value={value('title')} error={error('title')} width={30} />
          <Select name="unitId" label="主辦單位" value={value('unitId')} empty="請選擇" error={error('unitId')} options={options} />
          <Details summary="協辦單位" open={request.all('jointIds').length > 0}><Checkboxes name="jointIds" label="協辦單位" labelSize="hidden" required={false} values={request.all('jointIds')} error={error('jointIds')} options={options} /></Details>
          <Radios name="due" label="期限" value={value('due') ?? 'day'} error={error('due')} options={[{ value: 'day', text: '有期限' }, { value: 'open', text: '未定期限' }]} />
          <TextInput name="dueOn" label="期限是哪一天" required={false} value={value('dueOn')} error={error('dueOn')} width={10} />
          <TextInput name="proof" label="辦畢時要附什麼佐證" required={false} value={value('proof')} error={error('proof')} width={30} />
          <TextInput name="about" label="相關案件的案號" hint="例如落後的列管計畫 管110-000012。" required={false} value={value('about') ?? request.query.about} error={error('about')} width={20} />
          <ButtonGroup><Button>列管</Button></ButtonGroup>
        </Form>
      )}
    </Card>
  )
}

async function issue(request: StaffRequest): Promise<Reply> {
  const { meeting } = await findFor(request)
  const picked = sentencesOf(meeting)[Number(request.form.picked ?? -1)]
  const own = request.form.sentence?.trim()
  const result = await issueDirective(request.caller, { ...request.form, meeting: meeting.number, sentence: own || picked?.text || '', item: picked?.item.slice(0, 200) ?? '', jointIds: request.all('jointIds') })
  return isRefusal(result) ? page(request, result) : redirect(meetingDirectivesPath(meeting.number), `已列管，案號 ${result.value.number}`)
}

const gathered = (form: Record<string, string>, kind: string) => Object.fromEntries(Object.entries(form).flatMap(([name, text]) => (name.startsWith(`${kind}-`) ? [[name.slice(kind.length + 1), text]] : [])))

export const routes: Route[] = [
  get(`${listPath}/meetings/:number`, 'directives.read', (request) => page(request)),
  post(`${listPath}/meetings/:number`, 'directives.issue', issue),
  post(`${listPath}/meetings/:number/decide`, 'directives.decide', async (request) => {
    const result = await decideMany(request.caller, { _key: request.form._key, meeting: request.params.number, decisions: gathered(request.form, 'decision'), texts: gathered(request.form, 'text'), dues: gathered(request.form, 'due') })
    return isRefusal(result) ? page(request, result) : redirect(meetingDirectivesPath(request.params.number!), `已登錄 ${result.value.count} 案的決定`)
  }),
]
