import { randomUUID } from 'node:crypto'
import { readDocument } from '../../../core/documents/store.ts'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { periodName } from '../../../core/figures/periods.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { addPicture, findPictures, pictureBytesMax, removePicture } from '../../../core/reports/pictures.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { file, get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Button, Card, CopyButton, EmptyState, ErrorSummary, FileUpload, Form, TextInput } from '../../../ui/index.ts'
import { picturePath, picturesPath, reportPath, reportsPath } from '../paths.ts'
import { councilReport } from '../report.ts'
import { errorItems, errorOf, reportOf } from './request.ts'

const here = `${reportsPath}/:id/pictures`

/** Pictures of a report with caption, description and credit; the text names them by their code. */
export const routes = [
  get(here, 'reports.see', (request) => page(request)),
  post(here, 'reports.write', async (request) => {
    const upload = request.files.find(({ field }) => field === 'file')
    const result = await addPicture(request.caller, { ...request.form, report: request.params.id, name: upload?.filename ?? '', bytes: upload?.bytes })
    if (!isRefusal(result)) return redirect(picturesPath(Number(request.params.id)), `圖片已上傳，編號 ${result.value.code}`)
    const missing = result.fields?.bytes
    return page(request, missing ? { ...result, fields: { ...result.fields, file: missing } } : result)
  }, { upload: true }),
  post(`${here}/remove`, 'reports.write', async (request) => {
    const result = await removePicture(request.caller, { ...request.form, report: request.params.id })
    return isRefusal(result) ? page(request, result) : redirect(picturesPath(Number(request.params.id)), '圖片已移除')
  }),
  get(`${here}/:sha256`, 'reports.see', async (request) => {
    const report = await reportOf(request)
    const found = (await findPictures(request.db, report.id)).find(({ sha256 }) => sha256.toString('hex') === request.params.sha256)
    if (!found) throw new NotFound('找不到這張圖片')
    return file(await readDocument(request.params.sha256!), found.media_type, undefined, true)
  }),
]

async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const report = await reportOf(request)
  const pictures = await findPictures(request.db, report.id)
  const mayWrite = report.state === 'draft' && holds(request.person, 'reports.write')
  const { form } = request
  const error = (field: string) => errorOf(failed, field)
  return consolePage(
    request,
    {
      title: '圖片',
      current: reportsPath,
      breadcrumbs: [{ text: councilReport.name, href: reportsPath }, { text: periodName({ from: report.from_day, to: report.to_day }), href: reportPath(report.id) }, { text: '圖片' }],
      children: (
        <>
          <ErrorSummary errors={errorItems(failed).filter(({ field }) => field !== 'bytes')} intro={failed && request.files.length ? '圖片請重新選一次，其餘文字已保留。' : undefined} />
          {pictures.length === 0 && <EmptyState title="還沒有圖片"><p>上傳後會有編號，寫進文字就會印在那裡。</p></EmptyState>}
          <div class="pictures">
            {pictures.map((picture) => {
              const text = `::圖片 ${picture.code} 標題=${picture.caption}${picture.credit ? `（圖：${picture.credit}）` : ''} 說明=${picture.alt}`
              return (
                <Card title={`${picture.code}　${picture.caption}`} key={picture.code} level={2}>
                  <img class="pictures__image" src={picturePath(report.id, picture.sha256.toString('hex'))} alt={picture.alt} width={picture.width} height={picture.height} loading="lazy" />
                  <p class="muted small">{picture.width} × {picture.height}　{picture.credit && `圖：${picture.credit}`}</p>
                  <p><code class="small">{text}</code></p>
                  <div class="cluster">
                    <CopyButton text={text}>{`複製 ${picture.code} 的寫法`}</CopyButton>
                    {mayWrite && (
                      <Form action={`${picturesPath(report.id)}/remove`}>
                        <input type="hidden" name="code" value={picture.code} />
                        <Button kind="quiet" small confirm={`移除圖片 ${picture.code}？`}>移除</Button>
                      </Form>
                    )}
                  </div>
                </Card>
              )
            })}
          </div>
          {mayWrite && (
            <Card title="上傳圖片">
              <Form action={picturesPath(report.id)} multipart formKey={randomUUID()}>
                <FileUpload name="file" label="JPEG 或 PNG" accept=".jpg,.jpeg,.png" maxBytes={pictureBytesMax} error={error('file')} />
                <TextInput name="caption" label="標題" hint="印在圖的下方" value={form.caption} width={30} error={error('caption')} />
                <TextInput name="alt" label="圖片說明" hint="看不見圖片的人聽到的話" value={form.alt} error={error('alt')} />
                <TextInput name="credit" label="圖片來源" required={false} value={form.credit} width={20} error={error('credit')} />
                <Button>上傳</Button>
              </Form>
            </Card>
          )}
        </>
      ),
    },
    failed ? 422 : 200,
  )
}
