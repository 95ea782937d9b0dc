import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { monthOf, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Checkboxes, Radios, Select } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { listPath, newPath, projectPath } from '../paths.ts'
import { findProject, type ProjectFile } from '../queries.ts'
import { registerProject, replanProject } from '../register.ts'
import { grades, levels } from '../schema.ts'

type Fields = { value(name: string): string | undefined; error(name: string): string | undefined; all(name: string): string[] }
const options = (labels: Record<string, string>) => Object.entries(labels).map(([value, text]) => ({ value, text }))

function PlanFields({ value, error, all }: Fields) {
  return (
    <>
      <TextInput name="title" label="計畫名稱" value={value('title')} error={error('title')} width={30} />
      <TextArea name="summary" label="計畫概要" hint="公開的計畫會照這段文字登在網頁。" required={false} value={value('summary')} error={error('summary')} rows={4} />
      <TextInput name="budgetTwd" label="總經費" hint="可以寫 1億2,000萬 或 120,000,000" suffix="元" value={value('budgetTwd')} error={error('budgetTwd')} width={20} />
      <TextInput name="funding" label="經費來源" required={false} value={value('funding')} error={error('funding')} width={30} />
      <TextInput name="startOn" label="開始日期" value={value('startOn')} error={error('startOn')} width={10} />
      <TextInput name="finishOn" label="完成期限" value={value('finishOn')} error={error('finishOn')} width={10} />
      <TextArea name="months" label="每月預定進度與支用" hint="一行一個月：月份、累計進度、累計支用，例如 110/4 12.5 3,000,000。最後一行是完成的月份、100。留白就照日數平均。" required={false} value={value('months')} error={error('months')} rows={10} />
      <TextArea name="milestones" label="查核點" hint="一行一個，例如 110/6/30 完成設計。" required={false} value={value('milestones')} error={error('milestones')} rows={5} />
      <Checkboxes name="internal" label="公開" labelSize="s" values={all('internal').length ? all('internal') : value('internal') === 'yes' ? ['yes'] : []} options={[{ value: 'yes', text: '僅供內部管考，不放在網頁' }]} />
    </>
  )
}

async function register(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const units = await request.db.selectFrom('units').select(['id', 'name']).where('valid_until', 'is', null).orderBy('code').execute()
  const fields: Fields = { value: (name) => request.form[name], error: errorOf(failed), all: (name) => request.all(name) }
  return consolePage(request, {
    title: '列管計畫', heading: '新增列管計畫', current: listPath, breadcrumbs: [{ text: '列管計畫', href: listPath }, { text: '新增' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Form action={newPath} formKey={randomUUID()} id="register-project" keep>
          <Radios name="level" label="類別" value={fields.value('level') ?? 'major'} error={fields.error('level')} options={options(levels)} />
          <Radios name="grade" label="列管級別" value={fields.value('grade') ?? 'county'} error={fields.error('grade')} options={options(grades)} />
          <Select name="unitId" label="主辦單位" value={fields.value('unitId')} error={fields.error('unitId')} empty="選擇單位" options={units.map(({ id, name }) => ({ value: String(id), text: name }))} />
          <PlanFields {...fields} />
          <ButtonGroup><Button>列管</Button><a href={listPath}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

async function replan(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const file = await findProject(request.db, request.person, request.params.number!)
  if (file.stage !== 'controlled') throw new NotFound('這件已經撤管')
  const kept = keptOf(file)
  const fields: Fields = { value: (name) => (failed ? request.form[name] : kept[name]), error: errorOf(failed), all: (name) => request.all(name) }
  return consolePage(request, {
    title: `修正計畫：${file.title}`, heading: '修正計畫', current: listPath, breadcrumbs: [{ text: '列管計畫', href: listPath }, { text: file.number, href: projectPath(file.number) }, { text: '修正計畫' }],
    headingNote: <a href={projectPath(file.number)}>{file.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Form action={projectPath(file.number, 'plan')} formKey={randomUUID()} id={`replan-${file.number}`} keep>
          <p>已經填報的月份會依新的計畫重算燈號；原來的計畫曲線和修正以前的燈號仍列在計畫的頁面。</p>
          <TextArea name="why" label="修正理由" value={fields.value('why')} error={fields.error('why')} rows={3} />
          <PlanFields {...fields} />
          <ButtonGroup><Button>修正</Button><a href={projectPath(file.number)}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

const keptOf = (file: ProjectFile): Record<string, string | undefined> => ({
  title: file.title, summary: file.summary, budgetTwd: file.budgetTwd.toLocaleString('en'), funding: file.funding, startOn: rocDay(file.startOn), finishOn: rocDay(file.finishOn), internal: file.public ? '' : 'yes',
  months: file.months.filter(({ month }) => month <= monthOf(file.finishOn)).map(({ month, planned, plannedTwd }) => `${Number(month.slice(0, 4)) - 1911}/${Number(month.slice(5))} ${planned} ${plannedTwd.toLocaleString('en')}`).join('\n'),
  milestones: file.milestones.map(({ plannedOn, title }) => `${rocDay(plannedOn)} ${title}`).join('\n'),
})

export const routes: Route[] = [
  get(newPath, 'control.manage', (request) => register(request)),
  post(newPath, 'control.manage', async (request) => {
    const result = await registerProject(request.caller, request.form)
    return isRefusal(result) ? register(request, result) : redirect(projectPath(result.value.number), `已列管，案號 ${result.value.number}`)
  }),
  get(`${listPath}/:number/plan`, 'control.manage', (request) => replan(request)),
  post(`${listPath}/:number/plan`, 'control.manage', async (request) => {
    const number = request.params.number!
    const result = await replanProject(request.caller, { ...request.form, name: number })
    return isRefusal(result) ? replan(request, result) : redirect(projectPath(number), '計畫已修正')
  }),
]
