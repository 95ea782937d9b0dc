import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { rocDay, rocYear } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { WarningText } from '../../../ui/components/notes.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { itemPath, listPath, newPath } from '../paths.ts'
import { findItemFile } from '../queries.ts'
import { addItem, changeItem } from '../register.ts'
import { townships, wholeCounty } from '../schema.ts'
import { procedure } from '../steps.ts'

async function form(request: StaffRequest, name: string | null, failed?: Refusal): Promise<Reply> {
  const units = await request.db.selectFrom('units').select(['id', 'name']).where('valid_until', 'is', null).where((eb) => eb.or([eb('id', '=', eb.ref('bureau_id')), eb('kind', '=', 'agency')])).orderBy('code').execute()
  const state = name ? await procedure.find(request.db, request.person, name) : null
  const before: Record<string, string | undefined> = state ? { title: state.title, goal: (await findItemFile(request.db, state.id)).goal, unitId: String(state.unitId ?? ''), township: state.township ?? '', finishOn: state.finishOn ? rocDay(state.finishOn) : '' } : { year: String(rocYear(request.today)), listedOn: rocDay(request.today) }
  const value = (field: string) => (failed ? request.form[field] : before[field])
  const error = errorOf(failed)
  const heading = name ? '修改項目' : '新增有感施政項目'
  const back = name ? itemPath(name) : listPath
  return consolePage(request, {
    title: heading, heading, current: listPath, breadcrumbs: [{ text: procedure.title, href: listPath }, ...(name ? [{ text: name, href: back }] : []), { text: heading }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {state?.stage === 'closed' && !failed ? <WarningText>已經結束，要修改請先恢復辦理。<a href={back}>回項目</a></WarningText> : (
          <Form action={name ? itemPath(name, 'edit') : newPath} formKey={randomUUID()} id="perceived-item" keep>
            {!name && <TextInput name="year" label="年度" hint="民國年；也可以先列下年度的。" value={value('year')} error={error('year')} width={3} inputmode="numeric" />}
            <TextInput name="title" label="項目" value={value('title')} error={error('title')} width={30} />
            <TextArea name="goal" label="目標" hint="鄉親會感受到什麼不同。" required={false} value={value('goal')} error={error('goal')} rows={3} />
            <Select name="unitId" label="主辦單位" value={value('unitId')} error={error('unitId')} empty="選擇單位" options={units.map(({ id, name: text }) => ({ value: String(id), text }))} />
            <Select name="township" label="鄉鎮" value={value('township')} error={error('township')} required={false} empty={wholeCounty} options={townships.map((text) => ({ value: text, text }))} />
            {!name && <TextInput name="listedOn" label="列入日期" hint="已經列入的，填實際列入的日期。" value={value('listedOn')} error={error('listedOn')} width={10} />}
            <TextInput name="finishOn" label="完成期限" required={false} value={value('finishOn')} error={error('finishOn')} width={10} />
            <ButtonGroup><Button>{name ? '修改' : '列入'}</Button><a href={back}>取消</a></ButtonGroup>
          </Form>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

export const routes: Route[] = [
  get(newPath, 'perceived.manage', (request) => form(request, null)),
  post(newPath, 'perceived.manage', async (request) => {
    const result = await addItem(request.caller, request.form)
    return isRefusal(result) ? form(request, null, result) : redirect(itemPath(result.value.number), `已列入，案號 ${result.value.number}`)
  }),
  get(`${listPath}/:name/edit`, 'perceived.manage', (request) => form(request, request.params.name!)),
  post(`${listPath}/:name/edit`, 'perceived.manage', async (request) => {
    const result = await changeItem(request.caller, { ...request.form, name: request.params.name! })
    return isRefusal(result) ? form(request, request.params.name!, result) : redirect(itemPath(result.value.number), '項目已修改')
  }),
]
