import { randomUUID } from 'node:crypto'
import type { ComponentChildren } from 'preact'
import { uploadLimits } from '../../../core/documents/accept.ts'
import { readDocument } from '../../../core/documents/store.ts'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { LostCode, lostCodeSaid } from '../../../core/filing/pages.tsx'
import { closeFollow, isOpen, openFollow, readSealed, sealedCookie } from '../../../core/filing/follow-session.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { portalPage } from '../../../core/web/pages.tsx'
import { file, get, type PageRequest, post, redirect, type Reply, type Route } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { FileUpload } from '../../../ui/components/file-upload.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { InsetText, Panel } from '../../../ui/components/notes.tsx'
import { Notification } from '../../../ui/components/notification.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { acceptUploads } from '../../../core/documents/accepted-files.ts'
import { findAgencies } from '../filing/agencies.ts'
import { AppealFields, PartyFields } from '../filing/fields.tsx'
import { decisionsPath, filedPath, filePath, followedPath, followPath, lostCodePath, publicPath } from '../paths.ts'
import { FollowedPage } from './case-page.tsx'
import { fileOnline } from './file.ts'
import { newCode } from './lost-code.ts'
import { findByCode, findFollowed, type Followed, sendPaper } from './follow.ts'

export function appealPage(request: PageRequest, page: { title: string; children: ComponentChildren; status?: number; current?: string }): Reply {
  return portalPage(request, { title: page.title, current: page.current ?? publicPath, children: <>{request.flash && <Notification kind="success"><p>{request.flash}</p></Notification>}{page.children}</> }, page.status)
}

/** What an appeal is, how long one has, and the ways to file. */
async function about(request: PageRequest): Promise<Reply> {
  return appealPage(request, {
    title: '訴願',
    children: (
      <>
        <h1>訴願</h1>
        <p class="lead">不服鄉鎮公所或縣政府所屬機關的處分，或申請了很久沒有下文，可以向縣政府提起訴願。</p>
        <ButtonGroup><ButtonLink href={filePath}>提起訴願</ButtonLink><ButtonLink href={followPath} kind="secondary">查進度、補正、補充理由</ButtonLink></ButtonGroup>
        <h2>期限</h2>
        <p>處分書送到的次日起三十日內，以縣政府或原處分機關收到的日期為準，不看郵戳（訴願法第 14 條）。住得遠的加在途期間（第 16 條）。<a href="/deadlines/appeal">算算看</a></p>
        <h2>來不及寫理由</h2>
        <p>先表示不服就好，三十日內再補訴願書（訴願法第 57 條）。</p>
        <h2>線上提起以後</h2>
        <p>送出的時間就是收到的時間。訴願書依法要簽名或蓋章（第 56 條），我們會通知您補正，收到通知二十日內補就可以。</p>
        <h2>別人的訴願怎麼決定</h2>
        <p>訴願決定遮去個人資料後公開（政府資訊公開法第 7 條），可以<a href={decisionsPath}>查訴願決定書</a>。</p>
        <h2>不服縣政府的處分</h2>
        <p>由中央主管部會決定（第 4 條第 3 款）；訴願書一樣可以交給縣政府，由縣政府答辯後轉送。</p>
      </>
    ),
  })
}

async function form(request: PageRequest, failed?: Refusal): Promise<Reply> {
  const value = (name: string): string | undefined => request.form[name]
  const error = errorOf(failed)
  const all = (name: string) => request.all(name)
  return appealPage(request, {
    title: '提起訴願', current: filePath, status: failed ? 422 : 200,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在；附件要再選一次。" />}
        <h1>提起訴願</h1>
        <p class="lead">不需要帳號。送出後寄收件通知和追蹤碼到您的信箱。</p>
        <Form action={filePath} formKey={request.form._key ?? randomUUID()} id="appeal" multipart keep>
          <AppealFields value={value} all={all} error={error} online agencies={await findAgencies(request.db)} />
          <PartyFields value={value} all={all} error={error} online />
          <FileUpload name="files" label="附件" hint="原處分書影本、證據。" required={false} multiple maxBytes={uploadLimits.fileBytes} maxFiles={uploadLimits.files} error={error('files')} />
          <Details summary="個人資料怎麼用">
            <p>{request.site.county}為審理訴願蒐集您填的資料（訴願法第 56 條、個人資料保護法第 15 條），在案件辦理與檔案保存期間，由本府、原處分機關及管轄法院在本國利用。姓名、住址等加密保存，同仁開啟時留下紀錄。您可以查詢、要複本、更正，也可以請求停止使用或刪除（個人資料保護法第 3 條）；不提供姓名、住居所的，會通知您補正。</p>
          </Details>
          <ButtonGroup><Button>送出訴願</Button><a href={publicPath}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  })
}

type Filed = { followNo: string; code: string; email: string }
const filedName = 'windlion_appeal_filed'

async function send(request: PageRequest): Promise<Reply> {
  const accepted = await acceptUploads(request.files.filter((one) => one.field === 'files'))
  if (isRefusal(accepted)) return form(request, accepted)
  const result = await fileOnline(request.caller, { ...request.form, origin: request.origin, files: accepted.files })
  if (isRefusal(result)) return form(request, result)
  const { code, email } = JSON.parse(unseal(Buffer.from(result.value.sealed, 'base64'))!) as { code: string; email: string }
  return { kind: 'redirect', to: filedPath, cookies: [sealedCookie(filedName, { followNo: result.value.followNo, code, email } satisfies Filed, 3600), openFollow(request, result.value.id)] }
}

async function filed(request: PageRequest): Promise<Reply> {
  const shown = readSealed<Filed>(request.cookies[filedName])
  if (!shown) return appealPage(request, { title: '訴願', children: <><h1>號碼不再顯示</h1><p>收件通知信裡有追蹤號碼和追蹤碼。</p><ButtonLink href={followPath}>查進度</ButtonLink></> })
  return appealPage(request, {
    title: '訴願已經送到',
    children: (
      <>
        <Panel title="訴願已經送到"><p>收件通知寄到 {shown.email}</p></Panel>
        {request.site.demo && <InsetText>這是示範網站，信不會真的寄出。</InsetText>}
        <SummaryList rows={[{ key: '追蹤號碼', value: <strong class="number nowrap">{shown.followNo}</strong> }, { key: '追蹤碼', value: <strong class="number nowrap">{shown.code}</strong> }]} />
        <p>請保存這兩組號碼，用來查進度、補正和補充理由。追蹤碼只顯示這一次。</p>
        <ButtonLink href={followedPath(shown.followNo)}>看這件訴願</ButtonLink>
      </>
    ),
  })
}

function askForCode(request: PageRequest, { number, error, unsent }: { number?: string | undefined; error?: string; unsent?: string | undefined } = {}): Reply {
  return appealPage(request, {
    title: '查訴願進度', current: followPath, status: error || unsent ? 422 : 200,
    children: (
      <>
        {error && <ErrorSummary errors={[{ text: error, field: 'number' }]} />}
        <h1>查訴願進度</h1>
        <p class="lead">用收件通知上的號碼。</p>
        {unsent && <InsetText><p>隔了一段時間，請再輸入追蹤碼。您寫的還沒有送出：</p><p>{unsent}</p></InsetText>}
        <Form action={followPath}>
          <TextInput name="number" label="追蹤號碼或案號" value={number} error={error} width={20} autocomplete="off" spellcheck={false} />
          <TextInput name="code" label="追蹤碼" width={10} autocomplete="off" spellcheck={false} />
          <Button>查進度</Button>
        </Form>
        <p><a href={lostCodePath}>忘了追蹤碼，或是用書面提起、還沒有追蹤碼</a></p>
      </>
    ),
  })
}

async function opened(request: PageRequest, then: (appeal: Followed) => Promise<Reply>): Promise<Reply> {
  const appeal = await findFollowed(request.db, request.params.followNo!)
  return appeal && isOpen(request, appeal.id) ? then(appeal) : askForCode(request, { number: request.params.followNo, unsent: request.form.text })
}

const show = async (request: PageRequest, appeal: Followed, failed?: Refusal): Promise<Reply> =>
  appealPage(request, { title: `訴願 ${appeal.number ?? appeal.followNo}`, current: followPath, status: failed ? 422 : 200, children: <FollowedPage appeal={appeal} typed={request.form} failed={failed} formKey={randomUUID()} /> })

export const routes: Route[] = [
  get(publicPath, 'public', about),
  get(filePath, 'public', (request) => form(request)),
  post(filePath, 'public', send, { upload: true, limit: 20 }),
  get(filedPath, 'public', filed),
  get(followPath, 'public', async (request) => askForCode(request, { number: request.query.number })),
  post(followPath, 'public', async (request) => {
    const found = await findByCode(request.db, request.form.number, request.form.code)
    return found ? { kind: 'redirect', to: followedPath(found.followNo), cookies: [openFollow(request, found.id)] } : askForCode(request, { number: request.form.number, error: '號碼或追蹤碼不對，請看收件通知上的寫法' })
  }, { limit: 20 }),
  get(lostCodePath, 'public', async (request) => appealPage(request, { title: '忘了追蹤碼', current: followPath, children: <LostCode action={lostCodePath} /> })),
  post(lostCodePath, 'public', async (request) => {
    await newCode(request.caller, request.form)
    return redirect(followPath, lostCodeSaid)
  }, { limit: 3 }),
  post(`${followPath}/leave`, 'public', async () => ({ kind: 'redirect', to: followPath, flash: '已離開這件訴願', cookies: [closeFollow] })),
  get(followedPath(':followNo'), 'public', (request) => opened(request, (appeal) => show(request, appeal))),
  post(followedPath(':followNo', 'papers'), 'public', (request) => opened(request, async (appeal) => {
    const accepted = await acceptUploads(request.files.filter((one) => one.field === 'files'))
    if (isRefusal(accepted)) return show(request, appeal, accepted)
    const result = await sendPaper(request.caller, { ...request.form, id: appeal.id, files: accepted.files })
    return isRefusal(result) ? show(request, appeal, result) : redirect(followedPath(appeal.followNo), '已經收到')
  }), { upload: true, limit: 20 }),
  get(followedPath(':followNo', 'files/:file'), 'public', (request) => opened(request, async (appeal) => {
    const found = appeal.files.find((one) => String(one.id) === request.params.file)
    if (!found) throw new NotFound()
    return file(await readDocument(found.sha256), found.mediaType, found.name)
  })),
]
