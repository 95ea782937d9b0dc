import { randomUUID } from 'node:crypto'
import type { Db } from '../../../core/db.ts'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Checkboxes, Select } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState, WarningText } from '../../../ui/components/notes.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { itemPath, listPath, newPath, plansPath } from '../paths.ts'
import { findItemFile, findPlans, findProgrammes } from '../queries.ts'
import { addItem, changeItem } from '../register.ts'
import { procedure } from '../steps.ts'

const bureauxOf = (db: Db) => db.selectFrom('units').select(['id', 'name']).where('valid_until', 'is', null).where((eb) => eb.or([eb('id', '=', eb.ref('bureau_id')), eb('kind', '=', 'agency')])).orderBy('code').execute()

async function plansOf(db: Db) {
  const programmes = await findProgrammes(db)
  return Promise.all(programmes.map(async ({ id, title }) => ({ group: title, options: (await findPlans(db, id)).map((plan) => ({ value: String(plan.id), text: plan.title })) })))
}

type Kept = Record<string, string | undefined> & { joint?: never }

async function form(request: StaffRequest, name: string | null, failed?: Refusal): Promise<Reply> {
  const [units, plans] = await Promise.all([bureauxOf(request.db), plansOf(request.db)])
  const before = name ? await keptOf(request, name) : null
  const value = (field: string) => (failed ? request.form[field] : before?.values[field])
  const joint = failed ? request.all('joint') : (before?.joint ?? [])
  const error = errorOf(failed)
  const options = units.map(({ id, name: text }) => ({ value: String(id), text }))
  const heading = name ? '修改工作項目' : '新增工作項目'
  const back = name ? itemPath(name) : listPath
  return consolePage(request, {
    title: heading, heading, current: listPath, breadcrumbs: [{ text: procedure.title, href: listPath }, ...(name ? [{ text: name, href: back }] : []), { text: heading }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {before?.blocked ? <WarningText>{before.blocked}。<a href={back}>回工作項目</a></WarningText>
          : !plans.some((group) => group.options.length) ? <EmptyState title="還沒有計畫" action={<a href={plansPath()}>建立方案與計畫</a>}>工作項目列在計畫底下。</EmptyState> : (
          <Form action={name ? itemPath(name, 'edit') : newPath} formKey={randomUUID()} id="relief-item" keep>
            <Select name="plan" label="計畫" value={value('plan')} error={error('plan')} empty="選擇計畫" options={plans} />
            <TextInput name="title" label="工作項目" value={value('title')} error={error('title')} width={30} />
            <Select name="unitId" label="主辦單位" value={value('unitId')} error={error('unitId')} empty="選擇單位" options={options} />
            <TextInput name="startOn" label="開始日期" hint="從這個月起填報每月辦理情形。" value={value('startOn')} error={error('startOn')} width={10} />
            {!name && <TextInput name="listedOn" label="列入方案日期" hint="已經列入的，填實際列入的日期。" value={value('listedOn') ?? rocDay(request.today)} error={error('listedOn')} width={10} />}
            <TextInput name="finishOn" label="完成期限" value={value('finishOn')} error={error('finishOn')} width={10} />
            <TextArea name="summary" label="工作內容" required={false} value={value('summary')} error={error('summary')} rows={4} />
            <TextArea name="target" label="預期目標" required={false} value={value('target')} error={error('target')} rows={2} />
            <TextInput name="targetCount" label="預計申請件數" required={false} suffix="件" value={value('targetCount')} error={error('targetCount')} width={10} />
            <TextInput name="budgetTwd" label="預算" hint="有支出的措施才填，可以寫 1,200萬。" required={false} suffix="元" value={value('budgetTwd')} error={error('budgetTwd')} width={20} />
            <Checkboxes name="joint" label="協辦單位" hint="完成以前要每個協辦單位同意。" required={false} values={joint} error={error('joint')} options={options} inline />
            <ButtonGroup><Button>{name ? '修改' : '列入方案'}</Button><a href={back}>取消</a></ButtonGroup>
          </Form>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

async function keptOf({ db, person }: StaffRequest, name: string): Promise<{ values: Kept; joint: string[]; blocked: string | null }> {
  const state = await procedure.find(db, person, name)
  const file = await findItemFile(db, state.id)
  return {
    values: {
      plan: String(state.planId), title: state.title, summary: file.summary, target: file.target, targetCount: file.targetCount?.toString(), budgetTwd: file.budgetTwd?.toLocaleString('en'), unitId: state.unitId ? String(state.unitId) : undefined,
      startOn: rocDay(state.startOn), finishOn: rocDay(state.finishOn),
    },
    joint: state.jointUnitIds.map(String),
    blocked: state.stage === 'running' ? null : state.stage === 'concurring' ? '正在等協辦單位同意，要修改請主辦單位先收回' : '已經結束，要修改請先恢復辦理',
  }
}

export const routes: Route[] = [
  get(newPath, 'relief.manage', (request) => form(request, null)),
  post(newPath, 'relief.manage', async (request) => {
    const result = await addItem(request.caller, { ...request.form, joint: request.all('joint') })
    return isRefusal(result) ? form(request, null, result) : redirect(itemPath(result.value.number), `已列入方案，案號 ${result.value.number}`)
  }),
  get(`${listPath}/:name/edit`, 'relief.manage', (request) => form(request, nameIn(request))),
  post(`${listPath}/:name/edit`, 'relief.manage', async (request) => {
    const name = nameIn(request)
    const result = await changeItem(request.caller, { ...request.form, joint: request.all('joint'), name })
    return isRefusal(result) ? form(request, name, result) : redirect(itemPath(result.value.number), '工作項目已修改')
  }),
]

function nameIn({ params }: StaffRequest): string {
  if (!params.name) throw new NotFound('找不到這個工作項目')
  return params.name
}
