import { randomUUID } from 'node:crypto'
import { acceptUploads } from '../../../core/documents/accepted-files.ts'
import { uploadLimits } from '../../../core/documents/accept.ts'
import { readDocument } from '../../../core/documents/store.ts'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { textForAmendment } from '../../../core/laws/store.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { file, get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Checkboxes } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { FileUpload } from '../../../ui/components/file-upload.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { attachmentsWith, saveAttachments } from '../attachments.ts'
import { listPath, regulationPath } from '../paths.ts'
import { findRegulation, type RegulationFile } from '../queries.ts'

const attachmentsOf = async ({ db, today }: StaffRequest, proposal: RegulationFile) => attachmentsWith(db, proposal, proposal.lawId === null ? [] : (await textForAmendment(db, proposal.lawId, today)).attachments)

/** 附件 of the text: what stays, what goes, what comes. */
async function form(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const proposal = await findRegulation(request.db, request.person, request.params.name!)
  if (proposal.draft === null) throw new NotFound('這件法規案沒有條文')
  const attachments = await attachmentsOf(request, proposal)
  return consolePage(request, {
    title: `附件：${proposal.title}`, heading: '附件', current: listPath,
    breadcrumbs: [{ text: '法規案', href: listPath }, { text: proposal.number, href: regulationPath(proposal.number) }, { text: '附件' }],
    headingNote: <a href={regulationPath(proposal.number)}>{proposal.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="檔案要再選一次。" />}
        <p>附表、附圖等和條文一起公布的檔案。公布後，法規頁、PDF、ODT 和 Akoma Ntoso 都列出；以前各日的條文仍列以前的附件。同名的檔案取代原來的。</p>
        <Form action={regulationPath(proposal.number, 'attachments')} formKey={randomUUID()} id="attachments" multipart>
          {attachments.length > 0
            ? <Checkboxes name="drop" label="這個條文的附件" hint="勾選的不再附。" values={[]} options={attachments.map(({ name, sha256 }) => ({ value: name, text: name, ...(sha256 ? { hint: <a href={regulationPath(proposal.number, `attachments/${sha256}`)}>看檔案</a> } : {}) }))} />
            : <EmptyState title="沒有附件">加入的檔案會列在這裡。</EmptyState>}
          <FileUpload name="files" label="加入檔案" hint="以檔名為附件名稱，例如 附表一.pdf。PDF、ODF 較合適。" required={false} multiple maxBytes={uploadLimits.fileBytes} maxFiles={uploadLimits.files} error={errorOf(failed)('files')} />
          <ButtonGroup><Button>存檔</Button><a href={regulationPath(proposal.number)}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

/** For those who work on the draft, before it is anybody's law. */
async function download(request: StaffRequest): Promise<Reply> {
  const proposal = await findRegulation(request.db, request.person, request.params.name!)
  const found = (await attachmentsOf(request, proposal)).find(({ sha256 }) => sha256 !== undefined && sha256 === request.params.sha256)
  if (!found) throw new NotFound('找不到這個檔案')
  return file(await readDocument(found.sha256!), found.mediaType ?? 'application/octet-stream', found.name)
}

export const routes: Route[] = [
  get(`${listPath}/:name/attachments`, 'regulations.draft', (request) => form(request)),
  get(`${listPath}/:name/attachments/:sha256`, 'regulations.read', download),
  post(`${listPath}/:name/attachments`, 'regulations.draft', async (request) => {
    const name = request.params.name!
    const accepted = await acceptUploads(request.files.filter((one) => one.field === 'files'))
    if (isRefusal(accepted)) return form(request, accepted)
    const result = await saveAttachments(request.caller, { _key: request.form._key, name, drop: request.all('drop'), files: accepted.files })
    return isRefusal(result) ? form(request, result) : redirect(regulationPath(name), ['附件已存', ...result.value.found].join('；'))
  }, { upload: true, limit: 30 }),
]
