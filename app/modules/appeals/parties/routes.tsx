import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Checkboxes, Radios, Select } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { nameOf } from '../appeal.ts'
import { appealPath, listPath } from '../paths.ts'
import { findAppeal } from '../queries.ts'
import { partyRoles } from '../schema.ts'
import { addParty, endParty, openParties } from './acts.ts'
import { calledOf } from './card.tsx'

/** Who may join and who leaves: appellants, representatives, agents, 參加人. */
async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const file = await findAppeal(request.db, request.person, request.params.name!)
  const name = nameOf(file)
  const value = (field: string) => request.form[field]
  const error = errorOf(failed)
  const current = file.parties.filter(({ until }) => until === null)
  const choices = current.map((party) => ({ value: String(party.id), text: `${partyRoles[party.role]} ${calledOf(party)}` }))
  return consolePage(
    request,
    {
      title: `當事人：${file.title}`, heading: '當事人', current: listPath, breadcrumbs: [{ text: '訴願案件', href: listPath }, { text: name, href: appealPath(name) }, { text: '當事人' }],
      headingNote: <a href={appealPath(name)}>{file.title}</a>,
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
          <Card title="加入" plain>
            <Form action={appealPath(name, 'parties')} formKey={randomUUID()} id="add-party" keep>
              <Select name="role" label="身分" value={value('role')} error={error('role')} empty="請選擇" options={Object.entries(partyRoles).map(([code, text]) => ({ value: code, text }))} />
              <Select name="actsFor" label="替誰" hint="代表人、代理人才選；空白是全部訴願人" required={false} value={value('actsFor')} error={error('actsFor')} empty="全部訴願人" options={choices} />
              <Radios name="isPerson" label="是" inline value={value('isPerson') ?? 'yes'} options={[{ value: 'yes', text: '個人' }, { value: 'no', text: '公司、團體或機關' }]} />
              <TextInput name="partyName" label="姓名或名稱" value={value('partyName')} error={error('partyName')} width={20} autocomplete="off" />
              <div class="cluster">
                <TextInput name="bornOn" label="出生年月日" required={false} value={value('bornOn')} error={error('bornOn')} width={10} autocomplete="off" />
                <TextInput name="idNumber" label="身分證明文件字號或統一編號" required={false} value={value('idNumber')} width={20} autocomplete="off" />
              </div>
              <TextInput name="address" label="住居所、營業所或事務所" required={false} value={value('address')} width={30} autocomplete="off" />
              <div class="cluster">
                <TextInput name="email" type="email" label="電子郵件" required={false} value={value('email')} error={error('email')} width={20} autocomplete="off" />
                <TextInput name="phone" type="tel" label="電話" required={false} value={value('phone')} width={20} autocomplete="off" />
              </div>
              <Checkboxes name="lawyer" label="律師" labelSize="hidden" values={request.all('lawyer')} options={[{ value: 'yes', text: '是律師' }]} />
              <TextInput name="on" label="參加、委任或承受的日期" value={value('on') ?? rocDay(request.today)} error={error('on')} width={10} />
              <ButtonGroup><Button>加入</Button><a href={appealPath(name)}>回案件</a></ButtonGroup>
            </Form>
          </Card>
          <Card title="終止" plain>
            <Form action={appealPath(name, 'parties/end')} formKey={randomUUID()} id="end-party">
              <Select name="party" label="哪一位" id="ended-party" value={value('party')} empty="請選擇" options={choices} />
              <TextInput name="on" id="ended-on" label="終止的日期" value={rocDay(request.today)} width={10} />
              <Button kind="secondary">終止</Button>
            </Form>
          </Card>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

export const routes: Route[] = [
  get(`${listPath}/:name/parties`, 'appeals.parties', (request) => page(request)),
  post(`${listPath}/:name/parties`, 'appeals.parties', async (request) => {
    const result = await addParty(request.caller, { ...request.form, name: request.params.name })
    return isRefusal(result) ? page(request, result) : redirect(`${appealPath(request.params.name!)}#parties`, '已加入')
  }),
  post(`${listPath}/:name/parties/end`, 'appeals.parties', async (request) => {
    const result = await endParty(request.caller, { ...request.form, name: request.params.name })
    return isRefusal(result) ? page(request, result) : redirect(`${appealPath(request.params.name!)}#parties`, '已終止')
  }),
  post(`${listPath}/:name/personal-data`, 'appeals.open-personal-data', async (request) => {
    const name = request.params.name!
    const result = await openParties(request.caller, { ...request.form, name })
    if (!isRefusal(result)) return redirect(`${appealPath(name)}?opened=${result.value.read}#parties`)
    await findAppeal(request.db, request.person, name) // who may not see the case is not told that it is there
    return redirect(`${appealPath(name)}#parties`, result.message)
  }),
]
