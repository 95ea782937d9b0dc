import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { mask } from '../../../core/masking/index.ts'
import { MaskedParts } from '../../../core/masking/masked-parts.tsx'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Checkboxes, Radios } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { WarningText } from '../../../ui/components/notes.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { BeforeAfter } from '../parts.tsx'
import { itemPath, listPath } from '../paths.ts'
import { judgeText, publicTextOf, unpublish, writeText } from '../publish.ts'
import { findItemFile, type ItemFile } from '../queries.ts'
import { evidenceKinds } from '../schema.ts'
import { procedure } from '../steps.ts'

async function load(request: StaffRequest) {
  const state = await procedure.find(request.db, request.person, request.params.name!)
  return { state, file: await findItemFile(request.db, state.id) }
}

/** The form of the public text and its two pictures. */
async function writing(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { state, file } = await load(request)
  const before: Record<string, string | undefined> = { title: file.text?.title ?? state.title, text: file.text?.text, before: file.text?.beforeId?.toString(), after: file.text?.afterId?.toString(), noBefore: file.text?.noBefore ?? state.noBefore ?? undefined, noAfter: file.text?.noAfter ?? state.noAfter ?? undefined }
  const value = (name: string) => (failed ? request.form[name] : before[name])
  const error = errorOf(failed)
  const back = itemPath(state.number)
  return consolePage(request, {
    title: `公開文字：${state.title}`, heading: '給鄉親看的成果', current: listPath, breadcrumbs: [{ text: procedure.title, href: listPath }, { text: state.number, href: back }, { text: '公開文字' }], headingNote: <a href={back}>{state.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {file.text?.state === 'approved' ? <WarningText>已經公開，要改寫請先下架。<a href={back}>回項目</a></WarningText> : (
          <Form action={itemPath(state.number, 'text')} formKey={randomUUID()} id="perceived-text" keep>
            <TextInput name="title" label="標題" hint="一句話說改變了什麼。" value={value('title')} error={error('title')} width={30} />
            <TextArea name="text" label="說明" hint="寫給鄉親看：以前怎樣、做了什麼、現在怎樣。民眾的姓名、電話、住址請不要寫。" value={value('text')} error={error('text')} rows={8} />
            <Pictures file={file} which="before" value={value('before')} error={error('before')} reason={{ value: value('noBefore'), error: error('noBefore') }} />
            <Pictures file={file} which="after" value={value('after')} error={error('after')} reason={{ value: value('noAfter'), error: error('noAfter') }} />
            <OwnPlaces value={request.form.ownPlaces} />
            <ButtonGroup><Button>送請核可</Button><a href={back}>取消</a></ButtonGroup>
          </Form>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

function Pictures({ file, which, value, error, reason }: { file: ItemFile; which: 'before' | 'after'; value: string | undefined; error: string | undefined; reason: { value: string | undefined; error: string | undefined } }) {
  const name = which === 'before' ? 'noBefore' : 'noAfter'
  const pictures = file.files.filter(({ kind, mediaType }) => kind === which && ['image/jpeg', 'image/png'].includes(mediaType))
  if (!pictures.length) return (
    <TextInput name={name} label={`沒有${evidenceKinds[which]}照片的原因`} hint="還沒有 JPEG 或 PNG 的照片。可以先附上再回來選；沒有的話寫下原因，公開時會一起說明。" {...reason} width={30} />
  )
  return (
    <>
      <Radios name={which} label={`${evidenceKinds[which]}的照片`} required={false} value={value ?? String(pictures.at(-1)!.id)} error={error} options={[...pictures.map(({ id, name }) => ({ value: String(id), text: name })), { value: '', text: '不放' }]} />
      <TextInput name={name} label={`不放${evidenceKinds[which]}照片的原因`} hint="不放才填，公開時會一起說明。" required={false} {...reason} width={30} />
    </>
  )
}

/** Said by whoever writes and again by whoever approves. */
const OwnPlaces = ({ value }: { value: string | undefined }) => <Checkboxes name="ownPlaces" label="電話、信箱、地址、地號、座標" labelSize="s" required={false} values={value === 'yes' ? ['yes'] : []} options={[{ value: 'yes', text: '留在文字裡的都是機關或公共設施的，可以公開' }]} />

/** What somebody else wrote, to be approved or given back; or taken off the public page. */
async function approving(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { state, file } = await load(request)
  const { text } = file
  const error = errorOf(failed)
  const back = itemPath(state.number)
  const shown = ([['before', text?.beforeId], ['after', text?.afterId]] as const).map(([kind, id]) => (id ? { src: itemPath(state.number, `files/${id}`), alt: `${state.title}${evidenceKinds[kind]}`, label: evidenceKinds[kind] } : null))
  const masked = mask(text ? publicTextOf({ title: text.title, text: text.text, noBefore: text.noBefore ?? '', noAfter: text.noAfter ?? '' }) : '')
  const isPublic = text?.state === 'approved'
  return consolePage(request, {
    title: `核可公開：${state.title}`, heading: isPublic ? '下架' : '核可公開', current: listPath, breadcrumbs: [{ text: procedure.title, href: listPath }, { text: state.number, href: back }, { text: isPublic ? '下架' : '核可公開' }], headingNote: <a href={back}>{state.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {!text || (text.state !== 'draft' && !isPublic) ? <WarningText>沒有等核可的公開文字。<a href={back}>回項目</a></WarningText> : (
          <>
            <h2>{text.title}</h2>
            <Letter text={text.text} />
            <BeforeAfter pictures={shown} noBefore={text.noBefore} noAfter={text.noAfter} />
            {text.state === 'draft' && <Card title="公開前請看"><MaskedParts {...masked} /></Card>}
            <p class="muted">{text.by ?? '—'} 撰寫。核可時照片會重新繪製，拍攝地點、時間等資料不會公開。</p>
            {isPublic ? (
              <Form action={itemPath(state.number, 'unpublish')} formKey={randomUUID()} id="unpublish">
                <TextArea name="note" label="下架的理由" value={request.form.note} error={error('note')} rows={3} />
                <ButtonGroup><Button kind="danger">下架</Button><a href={back}>取消</a></ButtonGroup>
              </Form>
            ) : (
              <Form action={itemPath(state.number, 'approval')} formKey={randomUUID()} id="judge-text">
                <Radios name="decision" label="決定" value={request.form.decision} error={error('decision')} options={[{ value: 'approve', text: '核可，放在網頁' }, { value: 'return', text: '退回修改' }]} />
                {masked.review.length > 0 && <Checkboxes name="reviewed" label="標示的字句" labelSize="s" error={error('reviewed')} values={request.form.reviewed === 'yes' ? ['yes'] : []} options={[{ value: 'yes', text: '核可的話：標示的字句都看過，可以公開' }]} required={false} />}
                {masked.found.length > 0 && <OwnPlaces value={request.form.ownPlaces} />}
                <TextArea name="note" label="要修改什麼" required={false} value={request.form.note} error={error('note')} rows={3} />
                <ButtonGroup><Button>送出</Button><a href={back}>取消</a></ButtonGroup>
              </Form>
            )}
          </>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

export const routes: Route[] = [
  get(`${listPath}/:name/text`, 'perceived.write', (request) => writing(request)),
  post(`${listPath}/:name/text`, 'perceived.write', async (request) => {
    const result = await writeText(request.caller, { ...request.form, name: request.params.name! })
    return isRefusal(result) ? writing(request, result) : redirect(itemPath(result.value.number), '已送請核可，由別人核可後公開')
  }),
  get(`${listPath}/:name/approval`, 'perceived.publish', (request) => approving(request)),
  post(`${listPath}/:name/approval`, 'perceived.publish', async (request) => {
    const result = await judgeText(request.caller, { ...request.form, name: request.params.name! })
    return isRefusal(result) ? approving(request, result) : redirect(itemPath(result.value.number), result.value.published ? '已公開' : '已退回')
  }),
  post(`${listPath}/:name/unpublish`, 'perceived.publish', async (request) => {
    const result = await unpublish(request.caller, { ...request.form, name: request.params.name! })
    return isRefusal(result) ? approving(request, result) : redirect(itemPath(result.value.number), '已下架')
  }),
]
