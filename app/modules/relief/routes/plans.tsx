import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { rocYear } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { filteredListPath, listPath, planPath, plansPath } from '../paths.ts'
import { findPlans, findProgrammes, type Plan, type Programme } from '../queries.ts'
import { addPlan, addProgramme } from '../register.ts'
import { procedure } from '../steps.ts'

/** Programmes and their plans, and the two forms that add one. */
async function plans(request: StaffRequest, failed?: { form: 'programme' | 'plan'; refusal: Refusal }): Promise<Reply> {
  const programmes = await findProgrammes(request.db)
  const shown = await Promise.all(programmes.map(async (programme) => ({ programme, plans: await findPlans(request.db, programme.id) })))
  const value = (form: string, name: string) => (failed?.form === form ? request.form[name] : undefined)
  const error = (form: string) => (failed?.form === form ? errorOf(failed.refusal) : () => undefined)
  return consolePage(request, {
    title: '紓困振興方案與計畫', heading: '方案與計畫', current: listPath, breadcrumbs: [{ text: procedure.title, href: listPath }, { text: '方案與計畫' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed.refusal)} intro="您填的都還在。" />}
        {shown.map((one) => <PlanTable key={one.programme.id} {...one} />)}
        {!shown.length && <EmptyState title="還沒有方案">先建立一個年度的方案，再加上計畫，最後列入工作項目。</EmptyState>}
        {programmes.length > 0 && (
          <Card title="新增計畫">
            <Form action={`${listPath}/plans`} formKey={randomUUID()} id="add-plan" keep>
              <Select name="programme" label="方案" value={value('plan', 'programme') ?? String(programmes[0]!.id)} error={error('plan')('programme')} options={programmes.map(({ id, title }) => ({ value: String(id), text: title }))} />
              <TextInput name="title" label="計畫名稱" value={value('plan', 'title')} error={error('plan')('title')} width={30} />
              <ButtonGroup><Button>新增計畫</Button></ButtonGroup>
            </Form>
          </Card>
        )}
        <Card title="新增方案">
          <Form action={`${listPath}/programmes`} formKey={randomUUID()} id="add-programme" keep>
            <TextInput name="year" label="年度" hint="民國年" value={value('programme', 'year') ?? String(rocYear(request.today))} error={error('programme')('year')} width={3} inputmode="numeric" />
            <TextInput name="title" label="方案名稱" hint="例：110年度產業紓困振興方案" value={value('programme', 'title')} error={error('programme')('title')} width={30} />
            <TextInput name="basis" label="依據" required={false} value={value('programme', 'basis')} error={error('programme')('basis')} width={30} />
            <ButtonGroup><Button kind="secondary">新增方案</Button></ButtonGroup>
          </Form>
        </Card>
      </>
    ),
  }, failed ? 422 : 200)
}

function PlanTable({ programme, plans: rows }: { programme: Programme; plans: Plan[] }) {
  return (
    <Card title={programme.title} actions={<a href={filteredListPath({ programme: programme.id })}>{programme.items} 個工作項目</a>}>
      {programme.basis && <p class="muted">{programme.basis}</p>}
      <Table<Plan>
        caption={`${programme.title}的計畫`} captionHidden rows={rows} rowKey={(row) => row.id} empty={<p class="muted">還沒有計畫。</p>}
        columns={[
          { heading: '序', cell: (row) => row.position, numeric: true },
          { heading: '計畫', cell: (row) => <a href={planPath(row.number)}>{row.title}</a>, rowHeader: true, width: 'grow' },
          { heading: '案號', cell: (row) => <span class="nowrap number">{row.number}</span>, width: 'fit', wideOnly: true },
          { heading: '工作項目', cell: (row) => row.items, numeric: true },
        ]}
      />
    </Card>
  )
}

export const routes: Route[] = [
  get(`${listPath}/plans`, 'relief.manage', (request) => plans(request)),
  post(`${listPath}/plans`, 'relief.manage', async (request) => {
    const result = await addPlan(request.caller, request.form)
    return isRefusal(result) ? plans(request, { form: 'plan', refusal: result }) : redirect(plansPath(), `已新增計畫 ${result.value.number}`)
  }),
  post(`${listPath}/programmes`, 'relief.manage', async (request) => {
    const result = await addProgramme(request.caller, request.form)
    return isRefusal(result) ? plans(request, { form: 'programme', refusal: result }) : redirect(plansPath(), '已新增方案')
  }),
]
