import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Checkboxes, Radios, Select } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { WarningText } from '../../../ui/components/notes.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { listPath, newPath, proposalPath } from '../paths.ts'
import { changeProposal, openProposal } from '../register.ts'
import { kinds } from '../schema.ts'
import { procedure } from '../steps.ts'

async function form(request: StaffRequest, name: string | null, failed?: Refusal): Promise<Reply> {
  const { db } = request
  const units = await db.selectFrom('units').select(['id', 'name']).where('valid_until', 'is', null).where((eb) => eb.or([eb('id', '=', eb.ref('bureau_id')), eb('kind', '=', 'agency')])).orderBy('code').execute()
  const state = name ? await procedure.find(db, request.person, name) : null
  const kept = state && (await db.selectFrom('proposals').select('summary').where('id', '=', state.id).executeTakeFirst())
  const before: Record<string, string | undefined> = state ? { kind: state.kind, title: state.title, ministry: state.ministry, programme: state.programme, summary: kept?.summary, unitId: String(state.unitId ?? '') } : { kind: 'general', openedOn: rocDay(request.today) }
  const value = (field: string) => (failed ? request.form[field] : before[field])
  const error = errorOf(failed)
  const options = units.map(({ id, name: text }) => ({ value: String(id), text }))
  const heading = name ? '修改提案' : '新增提案'
  const back = name ? proposalPath(name) : listPath
  return consolePage(request, {
    title: heading, heading, current: listPath, breadcrumbs: [{ text: procedure.title, href: listPath }, ...(name ? [{ text: name, href: back }] : []), { text: heading }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {state?.stage === 'closed' && !failed ? <WarningText>已有結果，要修改請先恢復辦理。<a href={back}>回提案</a></WarningText> : (
          <Form action={name ? proposalPath(name, 'edit') : newPath} formKey={randomUUID()} id="proposal" keep>
            <Radios name="kind" label="種類" value={value('kind')} error={error('kind')} options={Object.entries(kinds).map(([code, text]) => ({ value: code, text }))} />
            <TextInput name="title" label="計畫名稱" value={value('title')} error={error('title')} width={30} />
            <Select name="unitId" label="提案單位" hint="公所提、縣府協助的，提案單位是公所。" value={value('unitId')} error={error('unitId')} empty="選擇單位" options={options} />
            <TextInput name="ministry" label="中央部會" value={value('ministry')} error={error('ministry')} width={20} />
            <TextInput name="programme" label="中央的計畫名稱" value={value('programme')} error={error('programme')} width={30} />
            {!name && <TextInput name="openedOn" label="開始日期" hint="已經在辦的，填實際開始研提的日期；提送和審查的日期之後照實登錄。" value={value('openedOn')} error={error('openedOn')} width={10} />}
            <TextArea name="summary" label="計畫摘要" required={false} value={value('summary')} error={error('summary')} rows={4} />
            <Checkboxes name="joint" label="協助單位" required={false} values={failed ? request.all('joint') : (state?.jointUnitIds.map(String) ?? [])} error={error('joint')} options={options} inline />
            <ButtonGroup><Button>{name ? '修改' : '開始研提'}</Button><a href={back}>取消</a></ButtonGroup>
          </Form>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

export const routes: Route[] = [
  get(newPath, 'proposals.manage', (request) => form(request, null)),
  post(newPath, 'proposals.manage', async (request) => {
    const result = await openProposal(request.caller, { ...request.form, joint: request.all('joint') })
    return isRefusal(result) ? form(request, null, result) : redirect(proposalPath(result.value.number), `已新增提案，案號 ${result.value.number}`)
  }),
  get(`${listPath}/:name/edit`, 'proposals.manage', (request) => form(request, request.params.name!)),
  post(`${listPath}/:name/edit`, 'proposals.manage', async (request) => {
    const result = await changeProposal(request.caller, { ...request.form, joint: request.all('joint'), name: request.params.name! })
    return isRefusal(result) ? form(request, request.params.name!, result) : redirect(proposalPath(result.value.number), '提案已修改')
  }),
]
