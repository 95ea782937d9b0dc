import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { act } from '../act.ts'
import type { Tx } from '../db.ts'
import { acceptUpload, type Upload } from '../documents/accept.ts'
import { attachDocument, storeDocument } from '../documents/store.ts'
import { done, isRefusal, NotFound, refusal, type Refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import { type CaseFileRow, findCaseFiles } from '../procedure/case-files.ts'
import '../procedure/tables.ts'
import { get, type PageRequest, post, redirect, type Reply, type Route } from '../web/route.ts'
import { shownFile } from '../web/shown-file.ts'
import { Attachments } from '../../ui/components/attachments.tsx'
import { Button } from '../../ui/components/button.tsx'
import { FileUpload } from '../../ui/components/file-upload.tsx'
import { Form } from '../../ui/components/form.tsx'
import { TextArea } from '../../ui/components/text-area.tsx'
import { cleanText } from './clean.ts'
import type { FilingKind } from './filing.ts'
import { findOpen } from './pages.tsx'

/** Files that came from the party; papers of the office stay inside. */
const theirs = ['attachment', 'supplement']

/** Keeps what was attached; the refusal of the first that will not do. */
export async function keepFiles(tx: Tx, ctx: { person: { id: number } | null }, caseId: number, uploads: readonly Upload[], kind = 'attachment'): Promise<Refusal | null> {
  for (const upload of uploads) {
    const accepted = await acceptUpload(upload)
    if (isRefusal(accepted)) return accepted
    const { id } = await storeDocument(tx, accepted.bytes, accepted.mediaType)
    await attachDocument(tx, { caseId, documentId: id, name: accepted.name, kind, personId: ctx.person?.id ?? null })
  }
  return null
}

/** What a party adds to their own case, and the files they gave: for a browser that has shown the code. */
export function supplementRoutes(of: FilingKind, page: (request: PageRequest, caseId: number, failed: Refusal) => Promise<Reply | null>): Route[] {
  const supplement = act(`${of.noun}.supplement`, z.object({ id: z.number().int(), text: z.string().optional().transform(cleanText), files: z.custom<Upload[]>(Array.isArray) }), async (tx, ctx, input) => {
    if (!input.text && !input.files.length) return refusal('supplement.empty', '請寫下要補充的事，或附上檔案', { field: 'text' })
    if ([...input.text].length > 10_000) return refusal('supplement.too-long', '最多 10,000 個字', { field: 'text' })
    const it = await tx.selectFrom('cases').select(['stage', 'closed_at']).where('id', '=', input.id).forUpdate().executeTakeFirstOrThrow()
    if (it.closed_at) return refusal('supplement.closed', '這件已經結案，不能再補充')
    const no = await keepFiles(tx, ctx, input.id, input.files, 'supplement')
    if (no) return no
    await tx.insertInto('case_steps').values({ case_id: input.id, step: 'supplement', happened_on: ctx.today, document_no: null, note: input.text || `（附件 ${input.files.length} 個）`, person_id: null }).execute()
    await record(tx, ctx, `${of.noun}.supplemented`, { caseId: input.id })
    return done()
  }, { by: 'public' })
  return [
    post(`${of.base}/follow/:followNo/supplement`, 'public', async (request) => {
      const id = await findOpen(request, of)
      if (!id) return redirect(`${of.base}/follow?number=${encodeURIComponent(request.params.followNo!)}`, '隔了一段時間，請再輸入追蹤碼；您寫的還沒有送出')
      const result = await supplement(request.caller, { ...request.form, id, files: request.files })
      if (isRefusal(result)) return (await page(request, id, result)) ?? redirect(`${of.base}/follow`)
      return redirect(`${of.base}/follow/${request.params.followNo}`, '已經收到您補充的資料')
    }, { upload: true, limit: 20 }),
    get(`${of.base}/follow/:followNo/files/:id`, 'public', async (request) => {
      const id = await findOpen(request, of)
      const found = id && (await findCaseFiles(request.db, id)).find((one) => String(one.id) === request.params.id && theirs.includes(one.kind))
      if (!found) throw new NotFound('找不到這個檔案')
      return shownFile(found, true) // theirs, as it came
    }),
  ]
}

type Props = { of: FilingKind; followNo: string; files: readonly CaseFileRow[]; open: boolean; text?: string | undefined; error?: string | undefined }

/** On the follow page: files the party gave, and a form to add something. */
export function Supplement({ of, followNo, files, open, text, error }: Props) {
  const own = files.filter(({ kind }) => theirs.includes(kind))
  return (
    <>
      {own.length > 0 && <><h2>您附的檔案</h2><Attachments files={own.map((one) => ({ name: one.name, href: `${of.base}/follow/${followNo}/files/${one.id}`, bytes: one.bytes }))} /></>}
      {open && (
        <>
          <h2>補充資料</h2>
          <Form action={`${of.base}/follow/${followNo}/supplement`} formKey={randomUUID()} id="supplement" multipart keep>
            <TextArea name="text" label="要補充的事" rows={6} required={false} value={text} error={error} />
            <FileUpload name="files" label="檔案" required={false} multiple />
            <Button kind="secondary">送出補充</Button>
          </Form>
        </>
      )}
    </>
  )
}
