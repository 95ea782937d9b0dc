import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../errors.ts'
import { rocDay } from '../time.ts'
import { consolePage } from '../web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../web/route.ts'
import { Button, ButtonGroup } from '../../ui/components/button.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../ui/components/error-summary.tsx'
import { Form } from '../../ui/components/form.tsx'
import { WarningText } from '../../ui/components/notes.tsx'
import { TextArea } from '../../ui/components/text-area.tsx'
import { TextInput } from '../../ui/components/text-input.tsx'
import { AskField } from './ask-field.tsx'
import { mayTake, nameOf, type Procedure, refuseStep, type StepState, stepOf } from './step.ts'
import type { StepAct } from './take-step.ts'

export const stepPath = <State extends StepState>(procedure: Procedure<State>, name: string, step: string) => procedure.path(name, `steps/${step}`)

/** The form of one step: when it happened, by which document, and what the step asks besides. Each step's own permission is asked by its page and by its act. */
export function stepRoutes<State extends StepState>(procedure: Procedure<State>, acts: Record<string, StepAct>): Route[] {
  const path = `${procedure.listPath}/:name/steps/:step`
  const asked = ({ params }: StaffRequest): string => {
    if (!Object.hasOwn(acts, params.step!)) throw new NotFound('找不到這個頁面')
    return params.step!
  }
  return [
    get(path, procedure.read, (request) => stepPage(procedure, request, asked(request))),
    post(path, procedure.read, async (request) => {
      const id = asked(request)
      const result = await acts[id]!(request.caller, { ...request.form, name: request.params.name! })
      return isRefusal(result) ? stepPage(procedure, request, id, result) : redirect(procedure.path(result.value.name), `已登錄：${stepOf(procedure, id).label}`)
    }),
  ]
}

async function stepPage<State extends StepState>(procedure: Procedure<State>, request: StaffRequest, id: string, failed?: Refusal): Promise<Reply> {
  const state = await procedure.find(request.db, request.person, request.params.name!)
  const step = stepOf(procedure, id)
  if (!mayTake(procedure, id, state, request.person)) throw new NotFound('找不到這個頁面')
  const name = nameOf(state)
  const blocked = failed ? null : refuseStep(procedure, id, state, request.today, null)
  const error = errorOf(failed)
  const value = (field: string) => request.form[field]
  const hint = typeof step.hint === 'function' ? step.hint(state) : step.hint
  return consolePage(
    request,
    {
      title: `${step.label}：${state.title}`,
      heading: step.label,
      current: procedure.listPath,
      breadcrumbs: [{ text: procedure.title, href: procedure.listPath }, { text: name, href: procedure.path(name) }, { text: step.label }],
      headingNote: <a href={procedure.path(name)}>{state.title}</a>,
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
          {blocked ? <WarningText>{blocked.message}{blocked.law && `（${blocked.law}）`}。<a href={procedure.path(name)}>回案件</a></WarningText> : (
            <Form action={stepPath(procedure, name, id)} formKey={randomUUID()} id={`step-${id}`} keep>
              {(hint || step.law) && <p>{hint}{step.law && <span class="muted">（{step.law}）</span>}</p>}
              <TextInput name="on" label={step.dayLabel ?? '日期'} hint={`例：${rocDay(request.today)}`} value={value('on') ?? rocDay(request.today)} error={error('on')} width={10} />
              {step.asks?.filter((ask) => ask.fits?.(state) ?? true).map((ask) => <AskField key={ask.name} ask={ask} state={state} value={failed ? (value(ask.name) ?? '') : undefined} error={error(ask.name)} />)}
              <TextInput name="documentNo" label="文號" required={false} value={value('documentNo')} error={error('documentNo')} width={20} />
              <TextArea name="note" label={step.because ?? '備註'} required={step.because !== undefined} rows={3} value={value('note')} error={error('note')} />
              <ButtonGroup><Button>{step.label}</Button><a href={procedure.path(name)}>取消</a></ButtonGroup>
            </Form>
          )}
        </>
      ),
    },
    failed ? 422 : 200,
  )
}
