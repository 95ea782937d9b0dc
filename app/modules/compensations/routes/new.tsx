import { randomUUID } from 'node:crypto'
import { findSource, toldBy } from '../../../core/cases/links.ts'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Radios } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { FileUpload } from '../../../ui/components/file-upload.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { ClaimFields } from '../claim-fields.tsx'
import { claimPath, listPath, newPath } from '../paths.ts'
import { registerClaim } from '../register.ts'
import { channels } from '../schema.ts'
import { procedure } from '../steps.ts'

/** A written claim, entered by the law section. */
async function form(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const units = await request.db.selectFrom('units').select('name').where('valid_until', 'is', null).where('kind', '<>', 'section').orderBy('code').execute()
  const begun = failed || request.method === 'POST' ? {} : await beginFrom(request)
  const value = (name: string) => request.form[name] ?? begun[name]
  const error = errorOf(failed)
  return consolePage(
    request,
    {
      title: '登錄國家賠償請求', heading: '登錄國家賠償請求', current: listPath, breadcrumbs: [{ text: procedure.title, href: listPath }, { text: '登錄' }],
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在；附件請再選一次。" />}
          <Form action={newPath} formKey={randomUUID()} id="register-claim" multipart keep>
            <Radios name="channel" label="怎麼收到的" value={value('channel') ?? 'paper'} error={error('channel')} options={Object.entries(channels).filter(([code]) => code !== 'portal').map(([code, text]) => ({ value: code, text }))} />
            <TextInput name="receivedOn" label="收到的日期" hint="三十日從這一天起算，當天不算（國家賠償法 §11 I）。" value={value('receivedOn') ?? rocDay(request.today)} error={error('receivedOn')} width={10} />
            <ClaimFields value={value} error={error} desk agencies={units.map(({ name }) => name)} />
            {value('from') && <InsetText><p>由 <span class="number">{value('from')}</span> 轉來，登錄後兩邊都看得到。姓名請依那一件的資料填。</p></InsetText>}
            <input type="hidden" name="from" value={value('from') ?? ''} />
            <FileUpload name="files" label="附件" hint="請求書掃描檔、委任書、證據。" required={false} multiple error={error('files')} />
            <ButtonGroup><Button>登錄</Button><a href={listPath}>取消</a></ButtonGroup>
          </Form>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

/** What the case in the address says, to begin with: nothing where there is none that this person may see. */
async function beginFrom({ db, person, query }: StaffRequest): Promise<Record<string, string>> {
  const source = await findSource(db, person, query.from)
  if (isRefusal(source) || !source.value) return {}
  const { id, kind, number, title } = source.value
  return { from: number, channel: 'petition', title, facts: (await toldBy(db, kind, id)) ?? '' }
}

export const routes: Route[] = [
  get(newPath, 'compensations.register', (request) => form(request)),
  post(newPath, 'compensations.register', async (request) => {
    const result = await registerClaim(request.caller, { ...request.form, files: request.files })
    return isRefusal(result) ? form(request, result) : redirect(claimPath(result.value.name), `已登錄，案號 ${result.value.name}`)
  }, { upload: true }),
]
