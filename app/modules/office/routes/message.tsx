import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { findMail } from '../../../core/mail/outbox-queries.ts'
import { mailIsKept } from '../../../core/mail/outbox.ts'
import { purposeName } from '../../../core/mail/purposes.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { InstantText } from '../../../ui/components/time.tsx'
import { hasOpened, sendMailAgain, showSecretMail } from '../mail-acts.ts'
import { MailStateTag, mailSentence } from '../mail-words.tsx'
import { mailPath, messagePath } from '../paths.ts'
import { CaseLink, withCases } from './mail.tsx'

type Found = NonNullable<Awaited<ReturnType<typeof findMail>>>

/** One message: what it says, to those who may read it, how it stands, and sending it again. */
async function message(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person, params, now } = request
  const found = /^\d{1,15}$/.test(params.id!) ? await findMail(db, Number(params.id)) : null
  if (!found) throw new NotFound('找不到這封信')
  const [row] = await withCases(db, person, [found])
  const reads = holds(person, 'office.mail-text') && row!.seen
  const opened = reads && found.secret && found.state === 'kept' && (await hasOpened(db, person, found.id, now))
  const title = reads ? found.subject : purposeName(found.purpose)
  return consolePage(
    request,
    {
      title: `寄出的信：${title}`,
      heading: title,
      headingNote: <MailStateTag mail={found} />,
      current: mailPath,
      breadcrumbs: [{ text: '寄出的信', href: mailPath }, { text: title }],
      children: (
        <div class="stack">
          {failed && <ErrorSummary title="沒有完成" errors={[{ text: failed.message }]} />}
          <SummaryList
            columns={3}
            rows={[
              { key: '狀態', value: mailSentence(found) },
              { key: '用途', value: purposeName(found.purpose) },
              { key: '案件', value: <CaseLink of={row!.case} reads={reads} /> },
              { key: '收件人', value: found.to },
              { key: '排入寄送', value: <InstantText at={found.created_at} /> },
              ...(found.attachments.length ? [{ key: '附件', value: found.attachments.map((each) => each.name).join('、') }] : []),
            ]}
          />
          {isSendable(found) && (
            <Form action={messagePath(found.id, 'again')} formKey={randomUUID()}>
              <Button kind="secondary" reason={mailIsKept() ? '要先設定寄信伺服器（SMTP_URL）才能寄出' : null}>再寄一次</Button>
            </Form>
          )}
          <Card title="內容"><Text mail={found} reads={reads} opened={opened} /></Card>
        </div>
      ),
    },
    failed ? 422 : 200,
  )
}

const isSendable = (mail: Found): boolean => mail.state === 'kept' || mail.state === 'failed' || (mail.bounced_at !== null && !mail.secret)

function Text({ mail, reads, opened }: { mail: Found; reads: boolean; opened: boolean }) {
  if (!reads) return <p class="muted">信的內容只有收發分文或個資保護的同仁，而且看得到那件案件的人，才可以看。</p>
  if (!mail.secret || opened || mail.state === 'sent') return <Letter text={mail.text} />
  if (mail.state !== 'kept') return <p class="muted">這封信含有驗證碼或確認連結，寄出前不顯示，寄出後不保留。</p>
  return (
    <Form action={messagePath(mail.id, 'show')} formKey={randomUUID()}>
      <p>這封信含有驗證碼或確認連結，看到的人可以代替收件人操作。因為信沒有送出，需要時可以查看；這次查看會留下紀錄。</p>
      <Button kind="secondary">顯示內容</Button>
    </Form>
  )
}

export const routes = [
  get(messagePath(':id'), 'office.mail', (request) => message(request)),
  post(messagePath(':id', 'again'), 'office.mail', async (request) => {
    const result = await sendMailAgain(request.caller, { ...request.form, ids: [request.params.id] })
    return isRefusal(result) ? message(request, result) : redirect(messagePath(request.params.id!), '已排入寄送')
  }),
  post(messagePath(':id', 'show'), 'office.mail-text', async (request) => {
    const result = await showSecretMail(request.caller, { ...request.form, id: request.params.id })
    return isRefusal(result) ? message(request, result) : redirect(messagePath(request.params.id!))
  }),
]
