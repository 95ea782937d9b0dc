import { randomUUID } from 'node:crypto'
import type { ComponentChildren } from 'preact'
import { isRefusal, type Refusal, type Result } from '../../../core/errors.ts'
import { addDays, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Radios } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { delistProject, endOverride, overrideDaysMax, overrideState, relistProject } from '../control.ts'
import { listPath, projectPath } from '../paths.ts'
import { findProject, type ProjectFile } from '../queries.ts'
import { outcomes, states } from '../schema.ts'

type Act = 'override' | 'delist' | 'relist'
const titles: Record<Act, string> = { override: '調整燈號', delist: '撤管', relist: '恢復列管' }

/** The forms by which the control section steps in: a light by hand, the end of control, control again. */
async function page(request: StaffRequest, what: Act, failed?: Refusal): Promise<Reply> {
  const file = await findProject(request.db, request.person, request.params.number!)
  const error = errorOf(failed)
  const value = (name: string) => request.form[name]
  const override = file.overrides.find(({ fromOn, untilOn }) => fromOn <= request.today && untilOn >= request.today)
  return consolePage(request, {
    title: `${titles[what]}：${file.title}`, heading: titles[what], current: listPath,
    breadcrumbs: [{ text: '列管計畫', href: listPath }, { text: file.number, href: projectPath(file.number) }, { text: titles[what] }],
    headingNote: <a href={projectPath(file.number)}>{file.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <ActForm file={file} what={what}>
          {what === 'override' && <p>平常燈號由填報自動計算。有計算看不到的情形才調整，最多 {overrideDaysMax} 日，各處都會標示「人工調整」。</p>}
          {what === 'override' && <Radios name="state" label="調整為" value={value('state') ?? override?.state} error={error('state')} options={Object.entries(states).filter(([state]) => state !== 'unreported').map(([state, text]) => ({ value: state, text }))} />}
          {what === 'override' && <TextInput name="until" label="到哪一天為止" value={value('until') ?? rocDay(addDays(request.today, 30))} error={error('until')} width={10} />}
          {what === 'delist' && <Radios name="outcome" label="撤管原因" value={value('outcome')} error={error('outcome')} options={Object.entries(outcomes).map(([code, text]) => ({ value: code, text }))} />}
          <TextArea name="why" label="理由" value={value('why')} error={error('why')} rows={3} />
        </ActForm>
        {what === 'override' && override && <Form action={projectPath(file.number, 'override/end')} formKey={randomUUID()} id={`end-override-${file.number}`}><Button kind="secondary">取消調整，照計算顯示</Button></Form>}
      </>
    ),
  }, failed ? 422 : 200)
}

function ActForm({ file, what, children }: { file: ProjectFile; what: Act; children: ComponentChildren }) {
  return (
    <Form action={projectPath(file.number, what)} formKey={randomUUID()} id={`${what}-${file.number}`} keep>
      {children}
      <ButtonGroup><Button>{titles[what]}</Button><a href={projectPath(file.number)}>取消</a></ButtonGroup>
    </Form>
  )
}

const run = (what: Act, act: (caller: StaffRequest['caller'], input: unknown) => Promise<Result<unknown>>, said: string): Route =>
  post(`${listPath}/:number/${what}`, 'control.manage', async (request) => {
    const number = request.params.number!
    const result = await act(request.caller, { ...request.form, name: number })
    return isRefusal(result) ? page(request, what, result) : redirect(projectPath(number), said)
  })

export const routes: Route[] = [
  get(`${listPath}/:number/override`, 'control.manage', (request) => page(request, 'override')),
  get(`${listPath}/:number/delist`, 'control.manage', (request) => page(request, 'delist')),
  get(`${listPath}/:number/relist`, 'control.manage', (request) => page(request, 'relist')),
  run('override', overrideState, '燈號已調整'),
  run('delist', delistProject, '已撤管'),
  run('relist', relistProject, '已恢復列管'),
  post(`${listPath}/:number/override/end`, 'control.manage', async (request) => {
    const number = request.params.number!
    const result = await endOverride(request.caller, { name: number })
    return isRefusal(result) ? page(request, 'override', result) : redirect(projectPath(number), '照計算顯示燈號')
  }),
]
