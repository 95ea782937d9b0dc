import { randomUUID } from 'node:crypto'
import { uploadLimits } from '../../../../core/documents/accept.ts'
import { isRefusal, type Refusal, type Result } from '../../../../core/errors.ts'
import { parseInstant, rocDateTime, whyNotInstant } from '../../../../core/time.ts'
import { refusal } from '../../../../core/errors.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { Button } from '../../../../ui/components/button.tsx'
import { Checkboxes, Radios, Select } from '../../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../../ui/components/error-summary.tsx'
import { Fieldset } from '../../../../ui/components/fieldset.tsx'
import { FileUpload } from '../../../../ui/components/file-upload.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { TextArea } from '../../../../ui/components/text-area.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { acceptUploads } from '../../../../core/documents/accepted-files.ts'
import { listPath, newPath, petitionPath } from '../../paths.ts'
import { type Channel, channels, letterLimits, outsideCounty, townships } from '../../schema.ts'
import { registerNew } from '../register.ts'
import { categoryOptions } from './outcomes.tsx'

/** The desk's own first, then the other mailboxes. */
const channelOrder: Channel[] = ['counter', 'telephone', 'letter', '1999', 'mayor-mail', 'premier-mail', 'president-mail']

const same = (names: readonly string[]) => names.map((name) => ({ value: name, text: name }))

/** The clerk's form for what did not come through the portal: counter, telephone, letter, 1999, the other mailboxes. */
function view(request: StaffRequest, failed?: Refusal): Reply {
  const { form, query } = request
  const value = (field: string): string | undefined => form[field] ?? query[field]
  const error = errorOf(failed)
  return consolePage(
    request,
    {
      title: '登錄陳情',
      current: newPath,
      breadcrumbs: [{ text: '陳情案件', href: listPath }, { text: '登錄陳情' }],
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
          <Form action={newPath} formKey={randomUUID()} id="register" multipart keep>
            <Radios
              name="channel"
              label="從哪裡來"
              value={value('channel')}
              error={error('channel')}
              inline
              options={channelOrder.map((channel) => ({ value: channel, text: channels[channel] }))}
            />
            <div class="cluster">
              <TextInput name="receivedAt" label="收件時間" hint="例如 110/9/27 14:05" width={20} value={value('receivedAt') ?? rocDateTime(request.now)} error={error('receivedAt')} />
              <TextInput name="mailboxRef" label="原編號" hint="其他信箱或 1999 的案件編號" required={false} width={20} value={value('mailboxRef')} error={error('mailboxRef')} />
            </div>
            <TextInput name="title" label="主旨" maxLength={letterLimits.titleMax} value={value('title')} error={error('title')} />
            <TextArea name="body" label="內容" hint="照陳情人的話寫；分項的問題請用「一、二、」分開，答復時會逐項核對。" rows={10} maxLength={letterLimits.bodyMax} value={value('body')} error={error('body')} />
            <Oral value={value} error={error} />
            <Fieldset legend="陳情人">
              <div class="cluster">
                <TextInput name="senderName" label="姓名" required={false} width={20} value={value('senderName')} error={error('senderName')} autocomplete="off" />
                <TextInput name="senderPhone" label="電話" required={false} width={20} type="tel" value={value('senderPhone')} error={error('senderPhone')} autocomplete="off" />
              </div>
              <TextInput name="senderEmail" label="電子郵件" required={false} width={30} type="email" value={value('senderEmail')} error={error('senderEmail')} autocomplete="off" />
              <TextInput name="senderAddress" label="地址" required={false} value={value('senderAddress')} error={error('senderAddress')} autocomplete="off" />
              <Radios
                name="answerBy"
                label="怎麼答復"
                inline
                value={value('answerBy')}
                error={error('answerBy')}
                options={[{ value: 'mail', text: '電子郵件' }, { value: 'post', text: '郵寄' }, { value: 'telephone', text: '電話' }, { value: 'counter', text: '臨櫃領取' }, { value: 'none', text: '不需要' }]}
              />
            </Fieldset>
            <Fieldset legend="歸類">
              <div class="cluster">
                <Select name="category" label="類別" required={false} empty="未歸類" options={categoryOptions(null)} value={value('category')} error={error('category')} />
                <Select name="township" label="鄉鎮" required={false} empty="未填" options={same([...townships, outsideCounty])} value={value('township')} error={error('township')} />
                <TextInput name="place" label="地點" required={false} width={20} value={value('place')} error={error('place')} />
              </div>
              <Checkboxes
                name="marks"
                label="註記"
                labelSize="hidden"
                values={request.all('marks')}
                options={[
                  { value: 'confidential', text: '保密', hint: '檢舉或陳情人要求保密；不公開，只有承辦的人看得到' },
                  { value: 'publish', text: '陳情人同意公開（遮蔽個人資料後）' },
                ]}
              />
            </Fieldset>
            <FileUpload name="files" label="附件" required={false} multiple maxBytes={uploadLimits.fileBytes} maxFiles={uploadLimits.files} error={error('files')} />
            <Button>登錄</Button>
          </Form>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

function Oral({ value, error }: { value(field: string): string | undefined; error(field: string): string | undefined }) {
  return (
    <div class="oral-record">
      <Fieldset legend="口頭陳情的紀錄" hint="電話、1999，或臨櫃用說的才填：紀錄要向陳情人朗讀或給他閱覽，有異議就更正（行政程序法 §169）。" size="s">
        <Checkboxes
          name="readBack"
          label="朗讀"
          labelSize="hidden"
          values={value('readBack') ? ['1'] : []}
          error={error('readBack')}
          options={[{ value: '1', text: '已朗讀或給他閱覽，陳情人確認無誤', reveals: <TextInput name="readBackAt" label="朗讀時間" hint="空白表示和收件同時" required={false} width={20} value={value('readBackAt')} error={error('readBackAt')} /> }]}
        />
        <TextInput name="objection" label="陳情人的異議和更正" required={false} value={value('objection')} error={error('objection')} />
      </Fieldset>
    </div>
  )
}

async function register(request: StaffRequest): Promise<Result<{ number: string }>> {
  const { form } = request
  const receivedAt = parseInstant(form.receivedAt ?? '')
  if (!receivedAt) return refusal('input.invalid', `收件時間：${whyNotInstant(form.receivedAt ?? '') ?? '請填時間'}`, { field: 'receivedAt' })
  const readBackAt = form.readBack ? (form.readBackAt ? parseInstant(form.readBackAt) : receivedAt) : null
  if (form.readBack && !readBackAt) return refusal('input.invalid', `朗讀時間：${whyNotInstant(form.readBackAt ?? '')}`, { field: 'readBackAt' })
  const accepted = await acceptUploads(request.files)
  if (isRefusal(accepted)) return accepted
  const marks = request.all('marks')
  return registerNew(request.caller, {
    ...form,
    receivedAt,
    readBackAt,
    oral: Boolean(form.readBack),
    confidential: marks.includes('confidential'),
    publishConsent: marks.includes('publish'),
    category: form.category || null,
    township: form.township || null,
    files: accepted.files,
  })
}

export const routes = [
  get(newPath, 'petitions.register', async (request) => view(request)),
  post(newPath, 'petitions.register', async (request) => {
    const result = await register(request)
    return isRefusal(result) ? view(request, result) : redirect(petitionPath(result.value.number), `已登錄，案號 ${result.value.number}`)
  }, { upload: true }),
]
