import { randomUUID } from 'node:crypto'
import type { ComponentChildren } from 'preact'
import { Button, ButtonGroup } from '../../ui/components/button.tsx'
import { Radios, Select } from '../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../ui/components/error-summary.tsx'
import { FileUpload } from '../../ui/components/file-upload.tsx'
import { Form } from '../../ui/components/form.tsx'
import { InsetText } from '../../ui/components/notes.tsx'
import { TextInput } from '../../ui/components/text-input.tsx'
import { findSource, toldBy } from '../cases/links.ts'
import { isRefusal, type Refusal, type Result } from '../errors.ts'
import { rocDay } from '../time.ts'
import { consolePage } from '../web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../web/route.ts'
import type { Procedure, StepState } from './step.ts'

/** The fields of a form: what stands in each, and what is wrong with it. */
type Fields = { value(name: string): string | undefined; error(name: string): string | undefined }

export type RegisterPage<State extends StepState> = {
  procedure: Procedure<State>
  path: string
  permission: string
  /** 登錄國家賠償請求 */
  heading: string
  /** how it came in, by code; what comes from the portal is registered there. */
  channels: Readonly<Record<string, string>>
  /** the channel that is chosen at first */
  first: string
  receivedHint?: string
  filesHint: string
  fields(of: Fields, request: StaffRequest): Promise<ComponentChildren>
  /** its act, with the form and its files */
  register(request: StaffRequest): Promise<Result<{ name: string }>>
}

/** What came in on paper, by hand or from another agency, entered by the office; also made out of a case that is named in the address. */
export function registerRoutes<State extends StepState>(of: RegisterPage<State>): Route[] {
  return [
    get(of.path, of.permission, (request) => page(of, request)),
    post(of.path, of.permission, async (request) => {
      const result = await of.register(request)
      return isRefusal(result) ? page(of, request, result) : redirect(of.procedure.path(result.value.name), `已登錄，案號 ${result.value.name}`)
    }, { upload: true }),
  ]
}

async function page<State extends StepState>(of: RegisterPage<State>, request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { procedure, path, heading } = of
  const begun = failed || request.method === 'POST' ? {} : await beginFrom(request)
  const value = (name: string) => request.form[name] ?? begun[name]
  const error = errorOf(failed)
  const channel = { name: 'channel', label: '怎麼收到的', value: value('channel') ?? of.first, error: error('channel'), options: Object.entries(of.channels).filter(([code]) => code !== 'portal').map(([code, text]) => ({ value: code, text })) }
  const fields = await of.fields({ value, error }, request)
  return consolePage(
    request,
    {
      title: heading, heading, current: procedure.listPath, breadcrumbs: [{ text: procedure.title, href: procedure.listPath }, { text: '登錄' }],
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在；附件請再選一次。" />}
          <Form action={path} formKey={randomUUID()} id={`register-${procedure.kind}`} multipart keep>
            {channel.options.length > 5 ? <Select {...channel} /> : <Radios {...channel} />}
            <TextInput name="receivedOn" label="收到的日期" hint={of.receivedHint} value={value('receivedOn') ?? rocDay(request.today)} error={error('receivedOn')} width={10} />
            {fields}
            {value('from') && <InsetText><p>由 <span class="number">{value('from')}</span> 轉來，登錄後兩邊都看得到。姓名請依那一件的資料填。</p></InsetText>}
            <input type="hidden" name="from" value={value('from') ?? ''} />
            <FileUpload name="files" label="附件" hint={of.filesHint} required={false} multiple error={error('files')} />
            <ButtonGroup><Button>登錄</Button><a href={procedure.listPath}>取消</a></ButtonGroup>
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
