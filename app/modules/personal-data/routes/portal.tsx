import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { tokenHash } from '../../../core/identity/sessions.ts'
import { personalFiles } from '../../../core/personal-data/declare.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { portalPage } from '../../../core/web/pages.tsx'
import { file, get, type PageRequest, post, redirect, type Reply } from '../../../core/web/route.ts'
import { dayOf, rocLongDay } from '../../../core/time.ts'
import { Button, ButtonGroup, ButtonLink, ErrorSummary, Form, InsetText, Panel, Radios, SummaryList, TextArea, TextInput } from '../../../ui/index.ts'
import { answerFilePath, answerPath, confirmPath, filesPath, newRequestPath, sentPath } from '../paths.ts'
import { readCopy, zipCopy } from '../requests/copy.ts'
import { confirmRequest, fileRequest } from '../requests/file.ts'
import { decisions, whats } from '../schema.ts'

/** 個人資料檔案公開 (個人資料保護法 §17), written from what the modules declare. */
async function files(request: PageRequest): Promise<Reply> {
  return portalPage(request, {
    title: '個人資料檔案與您的權利',
    current: filesPath,
    description: '縣政府保有哪些個人資料檔案，以及怎麼查詢、更正或刪除您的資料',
    children: (
      <>
        <h1>個人資料檔案與您的權利</h1>
        <p class="lead">這裡列出本系統保有的個人資料檔案（個人資料保護法 §17）。您可以請求查詢、複製、更正、停止利用或刪除自己的資料（同法 §3）。</p>
        <ButtonGroup><ButtonLink href={newRequestPath}>提出請求</ButtonLink></ButtonGroup>
        {personalFiles().map((one) => (
          <section key={one.id}>
            <h2>{one.title}</h2>
            <SummaryList rows={[
              { key: '保有機關', value: request.site.county }, { key: '對象', value: one.of }, { key: '特定目的', value: one.purpose }, { key: '個人資料之類別', value: one.categories.join('、') },
              { key: '依據', value: one.basis }, { key: '保存', value: one.kept },
            ]} />
          </section>
        ))}
        <InsetText><p>特定目的與類別的代號、保存年限，仍待法制單位確認。</p></InsetText>
      </>
    ),
  })
}

async function form(request: PageRequest, refused?: Refusal): Promise<Reply> {
  const value = (name: string) => request.form[name] ?? ''
  const error = (name: string) => refused?.fields?.[name] ?? (refused?.field === name ? refused.message : undefined)
  const fields = ['what', 'wish', 'name', 'email', 'phone']
  const errors = refused ? fields.flatMap((name) => (error(name) ? [{ text: error(name)!, field: name }] : [])) : []
  return portalPage(request, {
    title: '個人資料請求',
    current: filesPath,
    breadcrumbs: [{ text: '個人資料檔案與您的權利', href: filesPath }, { text: '提出請求' }],
    children: (
      <>
        <ErrorSummary errors={refused && !errors.length ? [{ text: refused.message }] : errors} />
        <h1>個人資料請求</h1>
        <p>只能請求您本人的資料。我們先寄一封確認信，證明這個電子郵件是您的；以其他姓名、電話留存的資料，請帶身分證明文件到服務台辦理。</p>
        <InsetText>
          <p>填寫的資料只用來辦理這件請求（個人資料保護法 §8）。查詢或複製在 15 日內答復，更正、停止利用或刪除在 30 日內答復；必要時各得延長一次（同法 §13）。</p>
        </InsetText>
        <Form action={newRequestPath} formKey={randomUUID()} id="personal-data-request">
          <Radios name="what" label="請求什麼" value={value('what')} error={error('what')} options={Object.entries(whats).map(([key, { label, about }]) => ({ value: key, text: label, hint: about }))} />
          <TextArea name="wish" label="請求的內容" hint="例如：想知道我寄過的陳情留存了哪些資料；哪一件的什麼資料寫錯了" value={value('wish')} error={error('wish')} rows={5} maxLength={4000} />
          <TextInput name="name" label="姓名" value={value('name')} error={error('name')} autocomplete="name" width={20} />
          <TextInput name="email" label="電子郵件" type="email" value={value('email')} error={error('email')} autocomplete="email" />
          <TextInput name="phone" label="電話" required={false} value={value('phone')} error={error('phone')} autocomplete="tel" width={20} />
          <Button>送出</Button>
        </Form>
      </>
    ),
  }, refused ? 422 : 200)
}

function said(request: PageRequest, title: string, text: string): Reply {
  return portalPage(request, { title, current: filesPath, children: <><h1>{title}</h1><p>{text}</p><p><a href={filesPath}>個人資料檔案與您的權利</a></p></> })
}

const pending = (request: PageRequest) => request.db.selectFrom('personal_data_requests').innerJoin('cases', 'cases.id', 'personal_data_requests.id')

/** Opening the link changes nothing: mail scanners open links too. The button does. */
async function confirm(request: PageRequest): Promise<Reply> {
  const token = request.params.token!
  const row = await pending(request).select(['what', 'number', 'due_on', 'confirmed_at', 'confirm_until']).where('confirm_token_hash', '=', tokenHash(token)).executeTakeFirst()
  if (!row) return said(request, '連結已經失效', '這個連結不完整，或請求沒有在期限內確認，資料已經刪除。')
  if (row.confirmed_at) {
    return portalPage(request, { title: '已收到您的請求', current: filesPath, children: <><Panel title="已收到您的請求"><p>案號 <strong class="number nowrap">{row.number}</strong></p></Panel>{row.due_on && <p>最晚在{rocLongDay(row.due_on)}以前，以電子郵件答復您。</p>}</> })
  }
  if (request.now >= row.confirm_until!) return said(request, '確認期限已過', '請重新填寫請求。')
  return portalPage(request, {
    title: '確認您的請求',
    current: filesPath,
    children: <><h1>確認您的請求</h1><SummaryList rows={[{ key: '請求', value: whats[row.what].label }]} /><Form action={confirmPath(token)} formKey={randomUUID()}><Button>確認，請開始辦理</Button></Form><p class="muted">如果不是您提出的，請關閉這一頁。</p></>,
  })
}

/** The answer, for whoever holds the secret address of the mail. */
async function findAnswer(request: PageRequest) {
  const row = await pending(request).select(['personal_data_requests.id', 'what', 'number', 'decision', 'reasons', 'name', 'email', 'phone', 'answer_until']).where('answer_token_hash', '=', tokenHash(request.params.token!)).executeTakeFirst()
  if (!row || request.now >= row.answer_until!) throw new NotFound('這個連結已經失效。需要複本，請再提出一次請求')
  return row
}

async function answer(request: PageRequest): Promise<Reply> {
  const row = await findAnswer(request)
  return portalPage(request, {
    title: '您的個人資料',
    current: filesPath,
    children: (
      <>
        <h1>您的個人資料</h1>
        <SummaryList rows={[{ key: '案號', value: row.number }, { key: '請求', value: whats[row.what].label }, { key: '決定', value: decisions[row.decision!] }, ...(row.reasons ? [{ key: '說明', value: row.reasons }] : []), { key: '可下載到', value: rocLongDay(dayOf(new Date(row.answer_until!.getTime() - 1))) }]} />
        <ButtonLink href={answerFilePath(request.params.token!)} download="personal-data.zip">下載複本</ButtonLink>
        <p class="muted">壓縮檔裡有一份可以閱讀的網頁和一份給程式用的 JSON。請在自己的裝置上打開，不要轉寄。</p>
      </>
    ),
  })
}

async function answerFile(request: PageRequest): Promise<Reply> {
  const row = await findAnswer(request)
  const cases = await request.db.selectFrom('personal_data_request_cases').select('case_id').where('request_id', '=', row.id).execute()
  const copy = await readCopy(request.db, { name: unseal(row.name) ?? '', email: unseal(row.email), phone: unseal(row.phone), county: request.site.county, caseIds: cases.map((one) => one.case_id) }, request.now)
  return file(zipCopy(copy), 'application/zip', `${row.number}.zip`)
}

export const routes = [
  get(filesPath, 'public', files),
  get(newRequestPath, 'public', (request) => form(request)),
  post(newRequestPath, 'public', async (request) => {
    const result = await fileRequest(request.caller, { ...request.form, origin: request.site.publicUrl ?? request.origin })
    return isRefusal(result) ? form(request, result) : redirect(sentPath)
  }, { limit: 10 }),
  get(sentPath, 'public', async (request) => said(request, '請收確認信', '我們寄了一封信到您填的電子郵件，請打開裡面的連結並按「確認」，三天內有效。沒有收到時，請看垃圾信匣。')),
  get(confirmPath(':token'), 'public', confirm),
  post(confirmPath(':token'), 'public', async (request) => {
    await confirmRequest(request.caller, { token: request.params.token, _key: request.form._key })
    return redirect(confirmPath(request.params.token!)) // expired and unknown links are told by the page itself
  }, { limit: 20 }),
  // secret addresses: not to be guessed by trying
  { ...get(answerPath(':token'), 'public', answer), limit: 30 },
  { ...get(answerFilePath(':token'), 'public', answerFile), limit: 30 },
]
