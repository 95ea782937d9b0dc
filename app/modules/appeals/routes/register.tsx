import { randomUUID } from 'node:crypto'
import { uploadLimits } from '../../../core/documents/accept.ts'
import type { Reader } from '../../../core/db.ts'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Checkboxes, Radios, Select } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Fieldset } from '../../../ui/components/fieldset.tsx'
import { FileUpload } from '../../../ui/components/file-upload.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { AppealFields, PartyFields } from '../filing/fields.tsx'
import { findAgencies } from '../filing/agencies.ts'
import { registerAppeal, registerOnline } from '../filing/register.ts'
import { acceptUploads } from '../../../core/documents/accepted-files.ts'
import { appealPath, listPath, newPath } from '../paths.ts'
import { findAppeal } from '../queries.ts'
import { type Channel, channels } from '../schema.ts'

/** The form for what came on paper, over the counter or from another agency. */
async function form(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const value = (name: string): string | undefined => request.form[name]
  const error = errorOf(failed)
  const marks = request.method === 'POST' ? request.all('marks') : ['signed']
  const units = await findLawUnits(request.db)
  return consolePage(
    request,
    {
      title: '登錄訴願', heading: '登錄訴願', current: listPath, breadcrumbs: [{ text: '訴願案件', href: listPath }, { text: '登錄' }],
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在；附件要再選一次。" />}
          <Form action={newPath} formKey={randomUUID()} id="register" multipart keep>
            <Fieldset legend="收件">
              <Radios name="channel" label="怎麼收到的" inline value={value('channel') ?? 'paper'} error={error('channel')} options={desk.map((channel) => ({ value: channel, text: channels[channel] }))} />
              <TextInput name="receivedOn" label="本府收到的日期" hint={`例：${rocDay(request.today)}。訴願以收到的日期為準，不看郵戳（訴願法 §14 III）。`} value={value('receivedOn') ?? rocDay(request.today)} error={error('receivedOn')} width={10} />
              <div class="cluster">
                <TextInput name="firstReceivedBy" label="先收到的機關" hint="誤向他機關提起或經原處分機關轉來的才填" required={false} value={value('firstReceivedBy')} error={error('firstReceivedBy')} width={20} />
                <TextInput name="firstReceivedOn" label="該機關收到的日期" hint="視為提起訴願之日" required={false} value={value('firstReceivedOn')} error={error('firstReceivedOn')} width={10} />
              </div>
            </Fieldset>
            <AppealFields value={value} all={(name) => request.all(name)} error={error} agencies={await findAgencies(request.db)} />
            <PartyFields value={value} all={(name) => request.all(name)} error={error} />
            <Fieldset legend="辦理">
              <Select name="unitId" label="主辦單位" value={value('unitId') ?? String(units[0]?.id ?? '')} error={error('unitId')} empty="選擇單位" options={units.map(({ id, name }) => ({ value: String(id), text: name }))} />
              <Checkboxes name="marks" label="註記" labelSize="hidden" values={marks} options={[{ value: 'signed', text: '已由訴願人或代理人簽名或蓋章（訴願法 §56 I）' }, { value: 'confidential', text: '保密', hint: '只有承辦人和指名的人看得到' }]} />
            </Fieldset>
            <FileUpload name="files" label="附件" hint="訴願書、原處分書影本、委任書等。" required={false} multiple maxBytes={uploadLimits.fileBytes} maxFiles={uploadLimits.files} error={error('files')} />
            <ButtonGroup><Button>登錄</Button><a href={listPath}>取消</a></ButtonGroup>
          </Form>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

const desk: Channel[] = ['paper', 'counter', 'forwarded']

/** Units that somebody of the law section belongs to: they take appeals. */
export async function findLawUnits(reader: Reader): Promise<{ id: number; name: string }[]> {
  return reader.selectFrom('units').innerJoin('posts', 'posts.unit_id', 'units.id').select(['units.id', 'units.name']).distinct().where('posts.role', '=', 'law').where('posts.valid_until', 'is', null).where('units.valid_until', 'is', null).orderBy('units.id').execute()
}

async function register(request: StaffRequest): Promise<Reply> {
  const accepted = await acceptUploads(request.files)
  if (isRefusal(accepted)) return form(request, accepted)
  const marks = request.all('marks')
  const result = await registerAppeal(request.caller, { ...request.form, signed: marks.includes('signed') ? 'yes' : '', confidential: marks.includes('confidential') ? 'yes' : '', files: accepted.files })
  return isRefusal(result) ? form(request, result) : redirect(appealPath(result.value.number), `已登錄，案號 ${result.value.number}`)
}

/** An online filing is taken in: which unit has it. */
async function takeIn(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const name = request.params.name!
  const file = await findAppeal(request.db, request.person, name)
  const units = await findLawUnits(request.db)
  return consolePage(
    request,
    {
      title: `登錄：${file.title}`, heading: '登錄取號', current: listPath, breadcrumbs: [{ text: '訴願案件', href: listPath }, { text: name, href: appealPath(name) }, { text: '登錄' }],
      headingNote: <a href={appealPath(name)}>{file.title}</a>,
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed)} />}
          <p>登錄後取得案號，並通知訴願人。</p>
          <Form action={appealPath(name, 'take-in')} formKey={randomUUID()} id="take-in">
            <Select name="unitId" label="主辦單位" value={request.form.unitId ?? String(units[0]?.id ?? '')} error={errorOf(failed)('unitId')} empty="選擇單位" options={units.map((unit) => ({ value: String(unit.id), text: unit.name }))} />
            <ButtonGroup><Button>登錄取號</Button><a href={appealPath(name)}>取消</a></ButtonGroup>
          </Form>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

export const routes: Route[] = [
  get(newPath, 'appeals.register', (request) => form(request)),
  post(newPath, 'appeals.register', register, { upload: true }),
  get(`${listPath}/:name/take-in`, 'appeals.register', (request) => takeIn(request)),
  post(`${listPath}/:name/take-in`, 'appeals.register', async (request) => {
    const result = await registerOnline(request.caller, { ...request.form, name: request.params.name! })
    return isRefusal(result) ? takeIn(request, result) : redirect(appealPath(result.value.number), `已登錄，案號 ${result.value.number}`)
  }),
]
