import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Radios } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { FileUpload } from '../../../ui/components/file-upload.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { WarningText } from '../../../ui/components/notes.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { findDirective } from '../directive.ts'
import { directivePath, listPath, reportPath } from '../paths.ts'
import { findDirectiveFile } from '../queries.ts'
import { reportDirective, reportsAs } from '../report.ts'
import { reportAsks } from '../schema.ts'

/** What the unit has done, with evidence; a unit that helps tells its part. */
async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person } = request
  const state = await findDirective(db, person, request.params.name!)
  const as = reportsAs(person, state)
  if (!as) throw new NotFound('找不到這個頁面')
  const { steps } = await findDirectiveFile(db, state.id)
  const returned = state.stage === 'open' && steps.at(-1)?.step === 'return' ? steps.at(-1)!.note : null
  const value = (name: string) => request.form[name]
  const error = errorOf(failed)
  const name = state.number!
  const heading = as.lead ? '填報辦理情形' : '協辦單位填報'
  return consolePage(request, {
    title: `${heading}：${state.title}`, heading, current: listPath, breadcrumbs: [{ text: '指裁示事項', href: listPath }, { text: name, href: directivePath(name) }, { text: '填報' }],
    headingNote: <a href={directivePath(name)}>{state.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在；附件請再選一次。" />}
        {returned && <WarningText>退回補充：{returned}</WarningText>}
        <Letter text={state.sentence} serif />
        {state.outcome ? <WarningText>這件已經離開列管。<a href={directivePath(name)}>回案件</a></WarningText> : (
          <Form action={reportPath(name)} formKey={randomUUID()} id="report-directive" multipart keep>
            <TextArea name="work" label="辦理情形" value={value('work')} error={error('work')} rows={6} />
            {as.lead && <Radios name="asks" label="目前情形" value={value('asks') ?? 'working'} error={error('asks')} options={Object.entries(reportAsks).map(([code, text]) => ({ value: code, text }))} />}
            {as.lead && <TextInput name="finishedOn" label="辦畢日期" hint="選「已辦畢」才填。" required={false} value={value('finishedOn')} error={error('finishedOn')} width={10} />}
            {as.lead && <TextInput name="wantedOn" label="希望的期限" hint={`選「無法如期」才填，例如 ${rocDay(request.today)}；由下次會議決定。`} required={false} value={value('wantedOn')} error={error('wantedOn')} width={10} />}
            <FileUpload name="files" label="佐證" hint={state.proof ? `辦畢時要附：${state.proof}` : '照片、公文、紀錄。'} required={false} multiple error={error('files')} />
            <ButtonGroup><Button>送出填報</Button><a href={directivePath(name)}>取消</a></ButtonGroup>
          </Form>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

export const routes: Route[] = [
  get(`${listPath}/:name/report`, 'directives.report', (request) => page(request)),
  post(`${listPath}/:name/report`, 'directives.report', async (request) => {
    const result = await reportDirective(request.caller, { ...request.form, name: request.params.name, files: request.files })
    return isRefusal(result) ? page(request, result) : redirect(directivePath(request.params.name!), '已填報')
  }, { upload: true }),
]
