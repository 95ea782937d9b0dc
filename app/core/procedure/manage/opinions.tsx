import { randomUUID } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../act.ts'
import { addJoint } from '../../cases/assign.ts'
import { dayField } from '../../day-fields.ts'
import type { Reader } from '../../db.ts'
import { done, isRefusal, NotAllowed, NotFound, refusal, type Refusal } from '../../errors.ts'
import { record } from '../../events/record.ts'
import { may, type Person, reach } from '../../identity/permissions.ts'
import type { Waiting } from '../../module.ts'
import { addDays, type Day, rocDay } from '../../time.ts'
import { consolePage } from '../../web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { nameOf, type Procedure, type StepState } from '../step.ts'
import { lockFor, writeStep } from '../take-step.ts'

/** What the office concerned says to a case: asked by those who handle it, answered by the people of its unit. */
export type Opinions<State extends StepState> = { procedure: Procedure<State>; ask: string; answer: string; /** the unit that is asked at first */ unitOf(state: State): string | null }

export type Opinion = { id: number; unitId: number; unit: string; askedOn: Day; dueOn: Day; question: string; answeredOn: Day | null; answer: string | null; by: string | null }

export async function findOpinions(reader: Reader, caseId: number): Promise<Opinion[]> {
  return (await sql<Opinion>`select o.id, o.unit_id as "unitId", u.name as unit, o.asked_on as "askedOn", o.due_on as "dueOn", o.question, o.answered_on as "answeredOn", o.answer, p.name as by
    from case_opinions o join units u on u.id = o.unit_id left join people p on p.id = o.answered_by where o.case_id = ${caseId} order by o.id`.execute(reader)).rows
}

export function opinionActs<State extends StepState>({ procedure, ask, answer }: Opinions<State>) {
  const { noun } = procedure
  return {
    /** Asks a unit of the county; its people see the case from now on (協辦). */
    ask: act(`${noun}.ask-opinion`, z.object({ name: z.string().max(40), unitId: z.coerce.number({ error: '請選擇單位' }).int().positive('請選擇單位'), dueOn: dayField('請填回復的日期，例如 110/4/1'), question: z.string().trim().min(4, '請寫下要徵詢的事').max(5000, '最多 5,000 個字') }), async (tx, given, input) => {
      const { state, ctx } = await lockFor(procedure, tx, given, input.name, ask)
      if (state.closedAt) return refusal(`${noun}.closed`, '這件已經結案')
      if (input.dueOn < ctx.today) return refusal(`${noun}.opinion-day`, '回復的日期已經過了', { field: 'dueOn' })
      const unit = await tx.selectFrom('units').select(['id', 'name']).where('id', '=', input.unitId).where('valid_until', 'is', null).executeTakeFirst()
      if (!unit) return refusal(`${noun}.no-unit`, '請選擇單位', { field: 'unitId' })
      const asked = await tx.selectFrom('case_opinions').select('id').where('case_id', '=', state.id).where('unit_id', '=', unit.id).where('answered_on', 'is', null).executeTakeFirst()
      if (asked) return refusal(`${noun}.opinion-asked`, `已經請${unit.name}提供意見，還沒有回復`, { field: 'unitId' })
      const { id } = await tx.insertInto('case_opinions').values({ case_id: state.id, unit_id: unit.id, asked_on: ctx.today, due_on: input.dueOn, question: input.question.replaceAll('\r\n', '\n'), asked_by: ctx.person.id, answered_on: null, answer: null, answered_by: null }).returning('id').executeTakeFirstOrThrow()
      await addJoint(tx, { caseId: state.id, unitIds: [unit.id], at: ctx.now })
      await writeStep(tx, ctx, state.id, 'opinion-asked', { on: ctx.today, documentNo: null, note: `${unit.name}，${rocDay(input.dueOn)} 以前`, answers: {} })
      await record(tx, ctx, `${noun}.opinion-asked`, { caseId: state.id, payload: { opinion: id, unit: unit.id } })
      return done({ unit: unit.name })
    }, { permission: ask }),

    /** By the people of the unit that was asked; once. */
    answer: act(`${noun}.give-opinion`, z.object({ name: z.string().max(40), opinion: z.coerce.number().int().positive(), answer: z.string().trim().min(4, '請寫下意見').max(20_000, '最多 20,000 個字') }), async (tx, given, input) => {
      const state = await procedure.find(tx, given.person, input.name, true)
      const opinion = (await findOpinions(tx, state.id)).find(({ id }) => id === input.opinion)
      if (!opinion) throw new NotFound('找不到這次徵詢')
      if (!may(given.person, answer, { unitId: opinion.unitId, officerId: null })) throw new NotAllowed(answer)
      if (opinion.answeredOn) return refusal(`${noun}.opinion-given`, '已經提供過意見')
      await tx.updateTable('case_opinions').set({ answered_on: given.today, answer: input.answer.replaceAll('\r\n', '\n'), answered_by: given.person.id }).where('id', '=', opinion.id).execute()
      await writeStep(tx, given, state.id, 'opinion-given', { on: given.today, documentNo: null, note: opinion.unit, answers: {} })
      await record(tx, given, `${noun}.opinion-given`, { caseId: state.id, payload: { opinion: opinion.id } })
      return done()
    }, { permission: answer }),
  }
}

export function opinionRoutes<State extends StepState>(of: Opinions<State>, acts = opinionActs(of)): Route[] {
  const { procedure } = of
  const at = `${procedure.listPath}/:name/opinions`
  const back = ({ params }: StaffRequest) => `${procedure.path(params.name!)}#opinions`
  return [
    get(at, procedure.read, (request) => opinionsPage(of, request)),
    post(at, of.ask, async (request) => {
      const result = await acts.ask(request.caller, { ...request.form, name: request.params.name! } as never)
      return isRefusal(result) ? opinionsPage(of, request, result) : redirect(back(request), `已請${result.value.unit}提供意見`)
    }),
    post(`${at}/:opinion`, of.answer, async (request) => {
      const result = await acts.answer(request.caller, { ...request.form, name: request.params.name!, opinion: request.params.opinion! } as never)
      return isRefusal(result) ? opinionsPage(of, request, result) : redirect(back(request), '意見已送出')
    }),
  ]
}

async function opinionsPage<State extends StepState>(of: Opinions<State>, request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { procedure } = of
  const state = await procedure.find(request.db, request.person, request.params.name!)
  const [asks, opinions] = [may(request.person, of.ask, state) && !state.closedAt, await findOpinions(request.db, state.id)]
  const mine = opinions.filter(({ answeredOn, unitId }) => answeredOn === null && may(request.person, of.answer, { unitId, officerId: null }))
  const units = asks ? await request.db.selectFrom('units').select(['id', 'name']).where('valid_until', 'is', null).where('kind', '<>', 'section').orderBy('code').execute() : []
  const name = nameOf(state)
  const [value, error] = [(field: string) => request.form[field], errorOf(failed)]
  return consolePage(request, {
    title: `機關的意見：${state.title}`, heading: '機關的意見', current: procedure.listPath, breadcrumbs: [{ text: procedure.title, href: procedure.listPath }, { text: name, href: procedure.path(name) }, { text: '機關的意見' }], headingNote: <a href={procedure.path(name)}>{state.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {mine.map((one) => (
          <Card key={one.id} title={`請${one.unit}提供意見`}>
            <p class="muted"><DayText day={one.askedOn} /> 徵詢，請在 <DayText day={one.dueOn} weekday /> 以前回復。</p>
            <Letter text={one.question} />
            <Form action={procedure.path(name, `opinions/${one.id}`)} formKey={randomUUID()} id={`opinion-${one.id}`} keep>
              <TextArea name="answer" label="意見" hint="事實、現場與管理的情形、有沒有設置或管理的欠缺、建議怎麼處理。送出後不能改。" rows={10} value={value('answer')} error={error('answer')} />
              <Button>送出意見</Button>
            </Form>
          </Card>
        ))}
        <OpinionList opinions={opinions.filter((one) => !mine.includes(one))} />
        {asks && (
          <Card title="徵詢">
            <Form action={procedure.path(name, 'opinions')} formKey={randomUUID()} id="ask-opinion" keep>
              <Select name="unitId" label="單位" hint="被徵詢的單位從此看得到這件。" value={value('unitId') ?? String(units.find((unit) => unit.name === of.unitOf(state))?.id ?? '')} error={error('unitId')} empty="請選擇" options={units.map((unit) => ({ value: String(unit.id), text: unit.name }))} />
              <TextInput name="dueOn" label="請在哪一天以前回復" value={value('dueOn') ?? rocDay(addDays(request.today, 7))} error={error('dueOn')} width={10} />
              <TextArea name="question" label="徵詢的事項" rows={5} value={value('question') ?? '請就事實經過、設施之設置及管理情形提供意見，並檢附相關資料。'} error={error('question')} />
              <ButtonGroup><Button>徵詢</Button><a href={procedure.path(name)}>取消</a></ButtonGroup>
            </Form>
          </Card>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

function OpinionList({ opinions }: { opinions: readonly Opinion[] }) {
  return <>{opinions.map((one) => (
    <Card key={one.id} title={one.unit}>
      <p class="muted"><DayText day={one.askedOn} /> 徵詢：{one.question}</p>
      {one.answer === null ? <p>還沒有回復，請在 <DayText day={one.dueOn} /> 以前。</p> : <><p><DayText day={one.answeredOn!} />　{one.by}</p><Letter text={one.answer} /></>}
    </Card>
  ))}</>
}

/** On the case's page: who was asked, who answered. */
export function OpinionsCard<State extends StepState>({ of, state, person, opinions }: { of: Opinions<State>; state: State; person: Person; opinions: readonly Opinion[] }) {
  const asks = may(person, of.ask, state) && !state.closedAt
  if (!opinions.length && !asks) return null
  const href = of.procedure.path(nameOf(state), 'opinions')
  return (
    <Card title="機關的意見" id="opinions">
      {opinions.length > 0 && <ul class="stack">{opinions.map((one) => <li key={one.id}>{one.unit}　{one.answeredOn ? <><DayText day={one.answeredOn} /> 已提供</> : <>等回復，到 <DayText day={one.dueOn} /></>}</li>)}</ul>}
      <p><a href={href}>{opinions.length ? '看意見' : '徵詢機關意見'}</a></p>
    </Card>
  )
}

/** For the people of units that were asked: what they have not answered yet. */
export function opinionsWaiting<State extends StepState>({ procedure, answer }: Opinions<State>, visibleTo: (person: Person) => RawBuilder<boolean>): Waiting {
  return {
    permission: answer,
    find: async ({ db, person }) => {
      const by = reach(person, answer)
      const { rows } = await sql<{ number: string | null; followNo: string }>`select c.number, c.follow_no as "followNo" from case_opinions o join cases c on c.id = o.case_id
        where c.kind = ${procedure.kind} and o.answered_on is null and ${by.all ? sql`true` : sql`o.unit_id = any(${by.unitIds}::bigint[])`} and ${visibleTo(person)} order by o.due_on`.execute(db)
      // one line a case: each opens where it is answered
      return rows.slice(0, 10).map((row) => ({ text: `${procedure.title} ${nameOf(row)} 請提供意見`, href: procedure.path(nameOf(row), 'opinions'), count: 1 }))
    },
  }
}
