import { randomUUID } from 'node:crypto'
import type { ComponentChildren } from 'preact'
import { isRefusal, type Refusal, type Result } from '../../../core/errors.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { WarningText } from '../../../ui/components/notes.tsx'
import { listPath, petitionPath } from '../paths.ts'
import { type PetitionAct, refuseAct } from '../rules.ts'
import { stateOf } from './buttons.ts'
import { caseNameOf, type CaseFile, findCaseFile } from './case-file.ts'
import { BriefFacts } from './facts.tsx'
import { Letters } from './letters.tsx'

/** What the fields of an act's form are made from: what was typed, what was wrong with it, what was loaded. */
export type FormState<Extra> = {
  file: CaseFile
  extra: Extra
  request: StaffRequest
  /** what was typed, or asked for in the address */
  value(field: string): string | undefined
  all(field: string): string[]
  error(field: string): string | undefined
}

export type ActForm<Extra, Value> = {
  act: PetitionAct
  /** heading of the page and words of its button */
  title: string | ((file: CaseFile) => string)
  button?: string
  /** further facts for the form */
  load?(request: StaffRequest, file: CaseFile): Promise<Extra>
  fields(form: FormState<Extra>): ComponentChildren
  /** beside the form; the letter unless given */
  beside?(form: FormState<Extra>): ComponentChildren
  /** more buttons than the one */
  buttons?(form: FormState<Extra>): ComponentChildren
  run(request: StaffRequest, name: string): Promise<Result<Value>>
  /** one sentence on what was done, and where to go if not to the case */
  done(value: Value, request: StaffRequest, name: string): { flash: string; to?: string }
  multipart?: boolean
}

/** The two routes of an act that asks something: its form beside the letter, and the act. Refused, the form comes back as typed. */
export function actRoutes<Extra, Value>(form: ActForm<Extra, Value>, permission = `petitions.${form.act}`): Route[] {
  const path = `/console/petitions/:name/${form.act}`
  return [
    get(path, permission, (request) => actView(request, form)),
    post(
      path,
      permission,
      async (request) => {
        const name = request.params.name!
        const result = await form.run(request, name)
        if (isRefusal(result)) return actView(request, form, result)
        const { flash, to } = form.done(result.value, request, name)
        return redirect(to ?? petitionPath(name), flash)
      },
      form.multipart ? { upload: true } : {},
    ),
  ]
}

async function actView<Extra, Value>(request: StaffRequest, form: ActForm<Extra, Value>, failed?: Refusal): Promise<Reply> {
  const file = await findCaseFile(request.db, request.person, request.params.name!)
  const extra = (await form.load?.(request, file)) as Extra
  const name = caseNameOf(file)
  const title = typeof form.title === 'string' ? form.title : form.title(file)
  const stopped = failed ? null : refuseAct(form.act, stateOf(file))
  const state = formState(request, file, extra, failed)
  return consolePage(
    request,
    {
      title: `${title}：${file.title}`,
      heading: title,
      current: listPath,
      breadcrumbs: [{ text: '陳情案件', href: listPath }, { text: name, href: petitionPath(name) }, { text: title }],
      headingNote: <a href={petitionPath(name)}>{file.title}</a>,
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
          <BriefFacts file={file} today={request.today} />
          <div class="columns">
            <div class="columns__main">
              {stopped ? <WarningText>{stopped.message}。<a href={petitionPath(name)}>回案件</a></WarningText> : (
                <Form action={petitionPath(name, form.act)} formKey={randomUUID()} id={`act-${form.act}`} keep {...(form.multipart ? { multipart: true } : {})}>
                  {form.fields(state)}
                  <ButtonGroup>
                    {form.buttons?.(state) ?? <Button>{form.button ?? title}</Button>}
                    <a href={petitionPath(name)}>取消</a>
                  </ButtonGroup>
                </Form>
              )}
            </div>
            <div class="columns__side">{form.beside?.(state) ?? <Letters file={file} />}</div>
          </div>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

function formState<Extra>(request: StaffRequest, file: CaseFile, extra: Extra, failed: Refusal | undefined): FormState<Extra> {
  return {
    file,
    extra,
    request,
    value: (field) => request.form[field] ?? request.query[field],
    all: (field) => request.all(field),
    error: errorOf(failed),
  }
}

