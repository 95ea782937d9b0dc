import { consolePage } from '../../../../core/web/pages.tsx'
import { get, post, type Reply, type Route, type StaffRequest } from '../../../../core/web/route.ts'
import { dayOf } from '../../../../core/time.ts'
import { Button, ButtonGroup } from '../../../../ui/components/button.tsx'
import { CopyButton } from '../../../../ui/components/copy-button.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { InsetText, WarningText } from '../../../../ui/components/notes.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { DayText } from '../../../../ui/components/time.tsx'
import { boardListPath, feedPagePath, feedPath } from '../../paths.ts'
import { renewFeed, revokeFeed } from '../actions.ts'
import { newSecret, secretHash } from '../secret.ts'
import '../../tables.ts'

const cookie = 'windlion_calendar'
const shownSeconds = 120

/** 行事曆訂閱: one's own secret address, shown once, renewed or taken back. */
async function page(request: StaffRequest): Promise<Reply> {
  const feed = await request.db.selectFrom('calendar_feeds').select(['made_at', 'secret_hash']).where('person_id', '=', request.person.id).executeTakeFirst()
  const fresh = request.cookies[cookie] ?? ''
  const secret = feed && secretHash(fresh).equals(feed.secret_hash) ? fresh : null
  const reply = consolePage(request, {
    title: '行事曆訂閱',
    breadcrumbs: [{ text: '我的帳號', href: '/console/account' }, { text: '行事曆訂閱' }],
    children: (
      <>
        <p>把您承辦案件的限辦日期放進 Outlook、Google 日曆或手機的行事曆。行事曆程式每隔一段時間來這個地址取最新的日期；展期、停止計算、結案之後會自己改。</p>
        <p class="muted">行事曆裡只有案號和期限名稱，沒有主旨，也沒有陳情人的資料。連結要登入才看得到案件。</p>
        {secret && <Shown address={request.origin + feedPath(secret)} />}
        {feed && !secret && <InsetText>訂閱地址在 <DayText day={dayOf(feed.made_at)} /> 產生，只在產生時顯示一次。忘記了，或擔心別人知道了，請換一個新的；舊的地址立刻失效。</InsetText>}
        {!feed && <p>您還沒有訂閱地址。</p>}
        <ButtonGroup>
          <Form action={feedPagePath}>
            <Button kind={feed ? 'secondary' : 'primary'} {...(feed ? { confirm: '換新之後，現在的地址立刻失效，訂閱過的行事曆要重新加入。', confirmAction: '換新的地址' } : {})}>{feed ? '換新的地址' : '產生訂閱地址'}</Button>
          </Form>
          {feed && (
            <Form action={`${feedPagePath}/revoke`}>
              <Button kind="quiet" confirm="停用之後，訂閱過的行事曆不會再更新。日後可以再產生新的地址。" confirmAction="停用訂閱">停用訂閱</Button>
            </Form>
          )}
        </ButtonGroup>
        <h2>怎麼加入</h2>
        <ul>
          <li>Outlook：新增行事曆 → 從網際網路訂閱，貼上地址。</li>
          <li>Google 日曆：其他日曆旁的加號 → 加入日曆網址，貼上地址。Google 約每幾小時更新一次。</li>
          <li>iPhone：設定 → 行事曆 → 帳號 → 加入已訂閱的行事曆，貼上地址。</li>
        </ul>
        <p><a href={boardListPath({ officer: 'me' })}>在期限總表看我承辦的</a></p>
      </>
    ),
  })
  // shown once: the next look at this page does not have it
  return fresh && reply.kind === 'html' ? { ...reply, headers: { 'set-cookie': `${cookie}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax` } } : reply
}

function Shown({ address }: { address: string }) {
  return (
    <>
      <WarningText>這個地址只顯示這一次。知道它的人就看得到您的限辦日期，請不要轉寄。</WarningText>
      <TextInput name="address" label="您的訂閱地址" value={address} spellcheck={false} />
      <p><CopyButton text={address}>複製地址</CopyButton></p>
    </>
  )
}

async function renew(request: StaffRequest): Promise<Reply> {
  const secret = newSecret()
  await renewFeed(request.caller, { hash: secretHash(secret) })
  return { kind: 'redirect', to: feedPagePath, cookies: [{ name: cookie, value: secret, maxAgeSeconds: shownSeconds }] }
}

async function revoke(request: StaffRequest): Promise<Reply> {
  await revokeFeed(request.caller, {})
  return { kind: 'redirect', to: feedPagePath, flash: '已停用訂閱，原來的地址不再有內容' }
}

export const routes: Route[] = [get(feedPagePath, 'clocks.board', page), post(feedPagePath, 'clocks.board', renew), post(`${feedPagePath}/revoke`, 'clocks.board', revoke)]
