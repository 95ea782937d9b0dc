import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { findCommonEvents } from '../../../core/cases/common-history.ts'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { dueState } from '../../../core/cases/due-state.ts'
import { type CaseList, caseListPage, CaseTag } from '../../../core/procedure/case-list.tsx'
import { NextSteps, StepHistory } from '../../../core/procedure/case-parts.tsx'
import { type ShownStep, stepsOfCase } from '../../../core/procedure/shown.ts'
import { nameOf } from '../../../core/procedure/step.ts'
import { stepRoutes } from '../../../core/procedure/step-page.tsx'
import { stepActs } from '../../../core/procedure/take-step.ts'
import { dayOf, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { DueDate } from '../../../ui/components/due-date.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { meetingPath } from '../../meetings/index.ts'
import { adviserPath, listPath, newPath, suggestionPath } from '../paths.ts'
import { findAdvisers } from '../queries.ts'
import { takeDown } from '../register.ts'
import { adviserKinds } from '../schema.ts'
import { procedure } from '../steps.ts'
import { visibleTo } from '../suggestion.ts'

const list: CaseList = {
  visibleTo: (person) => visibleTo(person),
  about: { heading: '提出／主辦', table: 'suggestions', sql: sql`concat_ws('／', (select a.name from advisers a where a.id = m.adviser_id), (select u.name from units u where u.id = c.unit_id))` },
  unit: '項',
  actions: ({ person }) => (holds(person, 'advisers.manage') ? <ButtonLink href={newPath()}>登錄建議</ButtonLink> : undefined),
  empty: '顧問和鄉賢在會議上或平時提的建議會列在這裡，分辦給單位，追蹤到回復。',
}

async function show(request: StaffRequest): Promise<Reply> {
  const { db, person, today } = request
  const state = await procedure.find(db, person, request.params.name!)
  const { rows } = await sql<{ steps: ShownStep[] }>`select ${stepsOfCase} from cases c where c.id = ${state.id}`.execute(db)
  const name = nameOf(state)
  const due = dueState(state, today)
  return consolePage(request, {
    title: `${name} ${state.title}`, heading: state.title, current: listPath, breadcrumbs: [{ text: procedure.title, href: listPath }, { text: name }],
    headingNote: <><span class="nowrap number">{name}</span><CaseTag procedure={procedure} stage={state.stage} outcome={state.outcome} /></>,
    children: (
      <>
        <SummaryList columns={4} rows={[
          { key: '輪到誰', value: state.outcome ? '已回復' : <strong>{state.unit ?? '綜合規劃單位分辦'}</strong> },
          { key: '回復期限', value: due && state.dueOn ? <DueDate day={state.dueOn} state={due.state} left={due.left} /> : state.askedDueOn ? <DayText day={state.askedDueOn} /> : '分辦時訂' },
          { key: '提出', value: holds(person, 'advisers.read') ? <a href={adviserPath(state.adviserId)}>{state.adviser}</a> : state.adviser },
          { key: '提出日期', value: <><DayText day={dayOf(state.receivedAt!)} />{state.meetingNo && <>　<a class="number" href={meetingPath(state.meetingNo)}>{state.meetingNo}</a></>}</> },
        ]} />
        <NextSteps procedure={procedure} state={state} person={person} />
        <div class="columns">
          <div class="columns__main">
            <Card title="建議內容"><Letter text={state.body} /></Card>
            {state.reply && <Card title="回復"><Letter text={state.reply} /><p class="muted small"><DayText day={state.repliedOn!} />　{state.unit}</p></Card>}
          </div>
          <div class="columns__side"><Card title="歷程" id="history"><StepHistory procedure={procedure} state={state} steps={rows[0]!.steps} common={await findCommonEvents(db, state.id)} first={{ on: dayOf(state.receivedAt!), title: '提出建議' }} /></Card></div>
        </div>
      </>
    ),
  })
}

async function form(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const advisers = await findAdvisers(request.db, request.today, { all: true })
  const value = (name: string) => request.form[name]
  const error = errorOf(failed)
  return consolePage(request, {
    title: '登錄建議', heading: '登錄建議', current: listPath, breadcrumbs: [{ text: procedure.title, href: listPath }, { text: '登錄' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Form action={newPath()} formKey={randomUUID()} id="take-down" keep>
          <Select name="adviser" label="提建議的人" value={value('adviser') ?? request.query.adviser} error={error('adviser')} empty="選擇顧問或鄉賢" options={advisers.map((one) => ({ value: String(one.id), text: `${one.name}（${adviserKinds[one.kind]}，${rocDay(one.fromOn)} 至 ${rocDay(one.endedOn ?? one.untilOn)}）` }))} />
          <TextInput name="on" label="提出日期" value={value('on') ?? rocDay(request.today)} error={error('on')} width={10} />
          <TextInput name="meetingNo" label="在哪一次會議" hint="會議的案號；平時提的不用填。" required={false} value={value('meetingNo')} error={error('meetingNo')} width={20} />
          <TextInput name="title" label="建議（一句話）" value={value('title')} error={error('title')} width={30} />
          <TextArea name="body" label="建議內容" value={value('body')} error={error('body')} rows={5} />
          <ButtonGroup><Button>登錄</Button><a href={listPath}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

export const routes: Route[] = [
  get(listPath, 'suggestions.read', (request) => caseListPage(request, procedure, list)),
  get(newPath(), 'advisers.manage', (request) => form(request)),
  post(newPath(), 'advisers.manage', async (request) => {
    const result = await takeDown(request.caller, request.form)
    return isRefusal(result) ? form(request, result) : redirect(suggestionPath(result.value.number), `已登錄，案號 ${result.value.number}`)
  }),
  ...stepRoutes(procedure, stepActs(procedure)),
  get(`${listPath}/:name`, 'suggestions.read', show),
]
