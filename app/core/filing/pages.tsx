import { randomUUID } from 'node:crypto'
import type { ComponentChildren } from 'preact'
import { isRefusal, NotFound } from '../errors.ts'
import { findMember, memberCookie, type MemberCases } from '../identity/members.ts'
import { personalHashes } from '../personal-data/index.ts'
import { rocLongDay, dayOf } from '../time.ts'
import { portalPage } from '../web/pages.tsx'
import { get, type PageRequest, post, redirect, type Reply, type Route } from '../web/route.ts'
import { Button, ButtonLink } from '../../ui/components/button.tsx'
import { ErrorSummary } from '../../ui/components/error-summary.tsx'
import { Form } from '../../ui/components/form.tsx'
import { InsetText } from '../../ui/components/notes.tsx'
import { Notification } from '../../ui/components/notification.tsx'
import { TextInput } from '../../ui/components/text-input.tsx'
import { type FilingActs, type FilingKind, findAwaited, findByCode } from './filing.ts'
import { closeFollow, isOpen, openFollow } from './follow-session.ts'

/** A public page of this kind of case, with what the last act did on top. */
export function filingPage(request: PageRequest, of: FilingKind, page: { title: string; children: ComponentChildren; status?: number; current?: string }): Reply {
  return portalPage(request, {
    title: page.title, current: page.current ?? of.base,
    children: <>{request.flash && <Notification kind="success"><p>{request.flash}</p></Notification>}{page.children}</>,
  }, page.status)
}

type Shown = { /** the case as its party may see it; null when it is gone */ show(request: PageRequest, caseId: number, followNo: string): Promise<Reply | null> }

/** Sent, confirm, follow by number and code, lost code, and the entry for members. The form and the case's own page are the module's. */
export function filingRoutes(of: FilingKind, acts: FilingActs, { show }: Shown): Route[] {
  const followPath = `${of.base}/follow`
  return [
    get(`${of.base}/sent`, 'public', async (request) => filingPage(request, of, { title: '還差一步', children: (
      <>
        <h1>還差一步</h1>
        <p class="lead">我們寄了一封確認信到您的信箱。請打開信裡的連結，按「確認送出」，{of.title}才算送到。</p>
        <p>收到的時間以您填寫的時間為準。信裡還有追蹤號碼和追蹤碼，可以用來查進度。</p>
        <p>幾分鐘後還沒收到，請看看垃圾信匣。</p>
        <ButtonLink href={followPath} kind="secondary">查進度</ButtonLink>
      </>
    ) })),
    get(`${of.base}/confirm/:token`, 'public', (request) => confirmPage(request, of)),
    post(`${of.base}/confirm/:token`, 'public', async (request) => {
      const result = await acts.confirm(request.caller, { token: request.params.token })
      if (isRefusal(result)) return confirmPage(request, of, result.message)
      return { kind: 'redirect', to: `${followPath}/${result.value.followNo}`, flash: result.value.again ? '先前已經確認過了' : `您的${of.title}已經送到`, cookies: [openFollow(request, result.value.id)] }
    }, { limit: 30 }),
    get(followPath, 'public', async (request) => askForCode(request, of, request.query.number)),
    post(followPath, 'public', async (request) => {
      const { number, code } = request.form
      const found = await findByCode(request.db, of, number, code)
      return found ? { kind: 'redirect', to: `${followPath}/${found.followNo}`, cookies: [openFollow(request, found.id)] } : askForCode(request, of, number, '號碼或追蹤碼不對，請看確認信上的寫法')
    }, { limit: 20 }),
    get(`${followPath}/lost`, 'public', async (request) => lostCode(request, of)),
    post(`${followPath}/lost`, 'public', async (request) => {
      await acts.newCode(request.caller, request.form)
      return redirect(followPath, lostCodeSaid)
    }, { limit: 3 }),
    post(`${followPath}/leave`, 'public', async () => ({ kind: 'redirect', to: followPath, flash: '已離開這件案件', cookies: [closeFollow] })),
    get(`${followPath}/:followNo`, 'public', async (request) => {
      const found = await findOpen(request, of)
      if (!found) return askForCode(request, of, request.params.followNo)
      return (await show(request, found, request.params.followNo!)) ?? askForCode(request, of)
    }),
    get(`${of.base}/mine/:followNo`, 'public', async (request) => {
      const member = await findMember(request.db, request.cookies[memberCookie])
      const found = member && (await request.db.selectFrom('case_filings').innerJoin('cases', 'cases.id', 'case_filings.id').innerJoin('case_parties', 'case_parties.id', 'party_id').select('cases.id').where('cases.kind', '=', of.kind)
        .where('follow_no', '=', request.params.followNo ?? '').where('email_hash', 'in', personalHashes('email', member.email)).where('confirmed_at', 'is not', null).executeTakeFirst())
      if (!found) throw new NotFound()
      return { kind: 'redirect', to: `${followPath}/${request.params.followNo!}`, cookies: [openFollow(request, found.id)] }
    }, { limit: 60 }),
  ]
}

/** The id of the case in the address, if this browser has shown its code. */
export async function findOpen(request: PageRequest, of: FilingKind): Promise<number | null> {
  const row = await request.db.selectFrom('cases').select('id').where('cases.kind', '=', of.kind).where('follow_no', '=', request.params.followNo ?? '').executeTakeFirst()
  return row && isOpen(request, row.id) ? row.id : null
}

/** Cases filed with the address that the member has shown to be theirs. */
export function filingMemberCases(of: FilingKind, words: { stages: Record<string, string>; outcomes: Record<string, string> }): MemberCases {
  return async (reader, member, most) => {
    const rows = await reader.selectFrom('case_filings').innerJoin('cases', 'cases.id', 'case_filings.id').innerJoin('case_parties', 'case_parties.id', 'party_id').select(['follow_no', 'number', 'title', 'stage', 'outcome', 'filed_at'])
      .where('cases.kind', '=', of.kind).where('email_hash', 'in', personalHashes('email', member.email)).where('confirmed_at', 'is not', null).orderBy('filed_at', 'desc').limit(most).execute()
    return rows.map((row) => ({ number: row.number ?? row.follow_no, title: row.title, state: row.outcome ? (words.outcomes[row.outcome] ?? '') : (words.stages[row.stage] ?? ''), at: row.filed_at, path: `${of.base}/mine/${row.follow_no}` }))
  }
}

async function confirmPage(request: PageRequest, of: FilingKind, failed?: string): Promise<Reply> {
  const awaited = await findAwaited(request.db, of, request.params.token!, request.now)
  const why = failed ?? (!awaited ? '這個連結不完整，或資料已經刪除' : awaited.state === 'expired' ? '確認的期限已經過了，請再填一次' : null)
  return filingPage(request, of, {
    title: '確認送出', status: failed ? 422 : 200,
    children: why ? <><h1>沒有送出</h1><p>{why}。</p><p><a href={`${of.base}/new`}>再填一次</a></p></> : (
      <>
        <h1>{awaited!.state === 'confirmed' ? '已經確認過了' : `確認送出${of.title}`}</h1>
        <p class="lead">{awaited!.title}</p>
        {awaited!.state === 'waiting' && <p>請在{rocLongDay(dayOf(new Date(awaited!.until.getTime() - 1)))}以前按下面的按鈕。</p>}
        <Form action={`${of.base}/confirm/${request.params.token}`} formKey={randomUUID()}><Button>{awaited!.state === 'confirmed' ? '看進度' : '確認送出'}</Button></Form>
      </>
    ),
  })
}

function askForCode(request: PageRequest, of: FilingKind, number?: string, wrong?: string): Reply {
  return filingPage(request, of, {
    title: `查${of.title}的進度`, status: wrong ? 422 : 200, current: `${of.base}/follow`,
    children: (
      <>
        {wrong && <ErrorSummary errors={[{ text: wrong, field: 'number' }]} />}
        <h1>查{of.title}的進度</h1>
        <p class="lead">請填確認信上的追蹤號碼（或案號）和追蹤碼。</p>
        <Form action={`${of.base}/follow`}>
          <TextInput name="number" label="追蹤號碼或案號" value={number} error={wrong} width={20} autocomplete="off" spellcheck={false} required />
          <TextInput name="code" label="追蹤碼" hint="例：ABCD-EFGH" width={10} autocomplete="off" spellcheck={false} required />
          <Button>查進度</Button>
        </Form>
        <p><a href={`${of.base}/follow/lost`}>忘了追蹤碼</a></p>
      </>
    ),
  })
}

const lostCode = (request: PageRequest, of: FilingKind): Reply => filingPage(request, of, { title: '忘了追蹤碼', current: `${of.base}/follow`, children: <LostCode action={`${of.base}/follow/lost`} /> })

/** What the answer to a lost code says, whether or not number and address fit. */
export const lostCodeSaid = '號碼和信箱符合的話，新的追蹤碼已經寄到您的信箱'

/** The form for a new code; also of kinds that keep their codes themselves. */
export function LostCode({ action }: { action: string }) {
  return (
    <>
      <h1>忘了追蹤碼</h1>
      <InsetText><p>填追蹤號碼或案號，和當時留的信箱，符合的話就寄一組新的追蹤碼過去。</p></InsetText>
      <Form action={action}>
        <TextInput name="number" label="追蹤號碼或案號" width={20} autocomplete="off" spellcheck={false} />
        <TextInput name="email" type="email" label="電子郵件" autocomplete="email" spellcheck={false} width={20} />
        <Button>寄新的追蹤碼</Button>
      </Form>
    </>
  )
}
