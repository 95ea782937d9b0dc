import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { may } from '../../../core/identity/permissions.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Checkboxes } from '../../../ui/components/choices.tsx'
import { InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { effectClause } from '../effect.ts'
import { listPath, regulationPath, stepPath } from '../paths.ts'
import { findRegulation, type RegulationFile } from '../queries.ts'
import { promulgationName } from '../schema.ts'
import { refuseStep, type StepId, stepOf, steps } from '../steps.ts'
import { stepActs } from '../take-step.ts'
import { stateOf } from './parts.tsx'

/** The form of one step: when it happened, by which document, and what the step asks besides. */
async function form(request: StaffRequest, id: StepId, failed?: Refusal): Promise<Reply> {
  const file = await findRegulation(request.db, request.person, request.params.name!)
  const step = stepOf(id)
  if (!may(request.person, step.permission, { unitId: file.unitId, officerId: file.officerId })) throw new NotFound('找不到這個頁面')
  const title = id === 'promulgate' ? promulgationName(file.instrument, file.gazetted) : step.label
  const stopped = failed ? null : refuseStep(id, stateOf(file), request.today)
  const blocked = stopped && stopped.field !== 'on' ? stopped : null
  const value = (name: string) => request.form[name]
  const error = errorOf(failed)
  return consolePage(
    request,
    {
      title: `${title}：${file.title}`,
      heading: title,
      current: listPath,
      breadcrumbs: [{ text: '法規案', href: listPath }, { text: file.number, href: regulationPath(file.number) }, { text: title }],
      headingNote: <a href={regulationPath(file.number)}>{file.title}</a>,
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
          {blocked ? <WarningText>{blocked.message}{blocked.law && `（${blocked.law}）`}。<a href={regulationPath(file.number)}>回案件</a></WarningText> : (
            <Form action={stepPath(file.number, id)} formKey={randomUUID()} id={`step-${id}`} keep>
              {(step.hint || step.law) && <p>{step.hint}{step.law && <span class="muted">（{step.law}）</span>}</p>}
              <TextInput name="on" label="日期" hint={`例：${rocDay(request.today)}`} value={value('on') ?? rocDay(request.today)} error={error('on')} width={10} />
              {step.asks?.includes('days') && <TextInput name="days" label="陳述意見期間" suffix="日" inputmode="numeric" value={value('days') ?? '60'} error={error('days')} width={4} />}
              {step.asks?.includes('until') && <TextInput name="until" label="延長到哪一天" value={value('until')} error={error('until')} width={10} />}
              {step.asks?.includes('effectiveOn') && <Effect file={file} request={request} error={error} />}
              <TextInput name="documentNo" label={id === 'promulgate' ? `${title}文號` : '文號'} required={id === 'promulgate'} value={value('documentNo')} error={error('documentNo')} width={20} />
              <TextArea name="note" label={step.because ? '理由' : '備註'} required={step.because ?? false} rows={3} value={value('note')} error={error('note')} />
              <ButtonGroup><Button>{title}</Button><a href={regulationPath(file.number)}>取消</a></ButtonGroup>
            </Form>
          )}
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

/** From when it is in force: what its own text says of it stands above. */
function Effect({ file, request, error }: { file: RegulationFile; request: StaffRequest; error: (field: string) => string | undefined }) {
  const clause = file.change === 'enact' || file.change === 'amend' ? effectClause(file.draft, file.name) : null
  const named = clause && file.change === 'enact' && clause.says !== 'promulgation' && clause.says !== 'later' ? rocDay(clause.says) : undefined
  return (
    <>
      {clause && <InsetText><p>{clause.article}：「{clause.words}」</p></InsetText>}
      <TextInput name="effectiveOn" label="施行日期" hint={file.instrument === 'administrative' ? '空白是下達當日生效。' : '空白是公布或發布後第三日生效，當日算第一日（地方制度法 §32 IV）。'} required={false} value={request.form['effectiveOn'] ?? named} error={error('effectiveOn')} width={10} />
      <Checkboxes name="retroactive" label="溯及" labelSize="hidden" values={request.form['retroactive'] === 'yes' ? ['yes'] : []} error={error('retroactive')} options={[{ value: 'yes', text: '條文明定溯及公布以前施行', hint: '施行日期在公布以前時勾選，並在備註寫明是哪一條；公布後網站會說明（中央法規標準法 §§12–14 類推，待法制單位確認）。' }]} />
    </>
  )
}

/** The step named in the address; anything else is no page. */
function stepAsked(request: StaffRequest): StepId {
  const id = request.params.step!
  if (!Object.hasOwn(steps, id)) throw new NotFound('找不到這個頁面')
  return id as StepId
}

// each step's own permission is asked by its page and by its act
export const routes: Route[] = [
  get(`${listPath}/:name/steps/:step`, 'regulations.read', (request) => form(request, stepAsked(request))),
  post(`${listPath}/:name/steps/:step`, 'regulations.read', async (request) => {
    const [name, id] = [request.params.name!, stepAsked(request)]
    const result = await stepActs[id](request.caller, { ...request.form, name })
    return isRefusal(result) ? form(request, id, result) : redirect(regulationPath(name), `已登錄：${stepOf(id).label}`)
  }),
]
