import { randomUUID } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { act } from '../act.ts'
import type { Upload } from '../documents/accept.ts'
import { done, isRefusal, NotFound, type Refusal, refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import { keepFiles } from '../filing/supplement.tsx'
import { may } from '../identity/permissions.ts'
import { consolePage } from '../web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../web/route.ts'
import { Button, ButtonGroup } from '../../ui/components/button.tsx'
import { Radios } from '../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../ui/components/error-summary.tsx'
import { FileUpload } from '../../ui/components/file-upload.tsx'
import { Form } from '../../ui/components/form.tsx'
import { WarningText } from '../../ui/components/notes.tsx'
import { TextArea } from '../../ui/components/text-area.tsx'
import { TextInput } from '../../ui/components/text-input.tsx'
import { nameOf, type Procedure, type StepState } from './step.ts'
import { lockFor, writeStep } from './take-step.ts'

/** What proves that something was done: files, or the number of an official document. */
export type Evidence<State extends StepState> = {
  permission: string
  /** kind of a file → its name: before → 改善前 */
  kinds: Readonly<Record<string, string>>
  /** why nothing can be added now */
  refuse?(state: State): Refusal | null
  hint?: string
}

/** The step in `case_steps` that each piece of evidence leaves. */
export const evidenceStep = 'evidence'

/** SQL over cases `c`: how many pieces of evidence stand beside it; as of an instant too. */
export const evidenceCount: RawBuilder<number> = sql`(select count(*)::int from case_steps e where e.case_id = c.id and e.step = ${sql.lit(evidenceStep)})`

export const evidencePath = <State extends StepState>(procedure: Procedure<State>, name: string) => procedure.path(name, 'evidence')

/** Puts evidence beside a case: files, the number of an official document, or both. What was added stays; a file of the same name becomes its next version. */
export function evidenceAct<State extends StepState>(procedure: Procedure<State>, evidence: Evidence<State>) {
  const Input = z.object({
    name: z.string().min(1).max(40),
    kind: z.enum(Object.keys(evidence.kinds) as [string, ...string[]], { error: '請選擇是什麼' }),
    documentNo: z.string().trim().max(100, '文號最多 100 個字').default(''),
    note: z.string().trim().max(2000, '最多 2,000 個字').default(''),
    files: z.custom<Upload[]>(Array.isArray).default([]),
  })
  return act(`${procedure.noun}.add-evidence`, Input, async (tx, given, input) => {
    const { state, ctx } = await lockFor(procedure, tx, given, input.name, evidence.permission)
    const no = evidence.refuse?.(state) ?? null
    if (no) return no
    if (!input.files.length && !input.documentNo) return refusal(`${procedure.noun}.no-evidence`, '請附上檔案，或填公文文號', { field: 'files' })
    const refused = await keepFiles(tx, ctx, state.id, input.files, input.kind)
    if (refused) return refused
    await writeStep(tx, ctx, state.id, evidenceStep, { on: ctx.today, documentNo: input.documentNo || null, note: [evidence.kinds[input.kind], input.note].filter(Boolean).join('：'), answers: { kind: input.kind, files: input.files.length } })
    await record(tx, ctx, `${procedure.noun}.evidence-added`, { caseId: state.id, payload: { kind: input.kind, files: input.files.length } })
    return done({ name: nameOf(state) })
  }, { permission: evidence.permission })
}

/** The form by which evidence is added. */
export function evidenceRoutes<State extends StepState>(procedure: Procedure<State>, evidence: Evidence<State>, add: ReturnType<typeof evidenceAct<State>>): Route[] {
  const path = `${procedure.listPath}/:name/evidence`
  return [
    get(path, evidence.permission, (request) => page(procedure, evidence, request)),
    post(path, evidence.permission, async (request) => {
      const result = await add(request.caller, { ...request.form, name: request.params.name!, files: request.files })
      return isRefusal(result) ? page(procedure, evidence, request, result) : redirect(procedure.path(result.value.name), '佐證已附上')
    }, { upload: true }),
  ]
}

async function page<State extends StepState>(procedure: Procedure<State>, evidence: Evidence<State>, request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const state = await procedure.find(request.db, request.person, request.params.name!)
  if (!may(request.person, evidence.permission, state)) throw new NotFound('找不到這個頁面')
  const name = nameOf(state)
  const blocked = evidence.refuse?.(state)
  const error = errorOf(failed)
  return consolePage(request, {
    title: `附上佐證：${state.title}`, heading: '附上佐證', current: procedure.listPath,
    breadcrumbs: [{ text: procedure.title, href: procedure.listPath }, { text: name, href: procedure.path(name) }, { text: '附上佐證' }],
    headingNote: <a href={procedure.path(name)}>{state.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在；檔案請再選一次。" />}
        {blocked ? <WarningText>{blocked.message}。<a href={procedure.path(name)}>回案件</a></WarningText> : (
          <Form action={evidencePath(procedure, name)} formKey={randomUUID()} id="add-evidence" multipart keep>
            {evidence.hint && <p>{evidence.hint}</p>}
            <Radios name="kind" label="這是什麼" value={request.form.kind} error={error('kind')} options={Object.entries(evidence.kinds).map(([value, text]) => ({ value, text }))} />
            <FileUpload name="files" label="檔案" required={false} multiple error={error('files')} />
            <TextInput name="documentNo" label="公文文號" hint="佐證在公文裡的，填文號就可以。" required={false} value={request.form.documentNo} error={error('documentNo')} width={20} />
            <TextArea name="note" label="說明" required={false} rows={3} value={request.form.note} error={error('note')} />
            <ButtonGroup><Button>附上</Button><a href={procedure.path(name)}>取消</a></ButtonGroup>
          </Form>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}
