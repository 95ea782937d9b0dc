import { mailIsKept } from '../../core/mail/outbox.ts'
import type { MailLine } from '../../core/mail/outbox-queries.ts'
import { rocDateTime } from '../../core/time.ts'
import { type Tone, Tag } from '../../ui/components/tag.tsx'

type State = Pick<MailLine, 'state' | 'attempts' | 'bounced_at' | 'bounce_permanent' | 'bounce_reason' | 'last_error' | 'sent_at' | 'response'>

/** How a message stands, in a word. */
export function MailStateTag({ mail }: { mail: State }) {
  const [tone, text] = word(mail)
  return <Tag tone={tone}>{text}</Tag>
}

function word(mail: State): [Tone, string] {
  if (mail.bounced_at) return mail.bounce_permanent ? ['danger', '退回'] : ['soon', '還沒送達']
  switch (mail.state) {
    case 'queued': return mail.attempts ? ['soon', '再試中'] : ['waiting', '等待寄出']
    case 'sent': return ['done', '已寄出']
    case 'kept': return ['waiting', '保留未寄']
    case 'failed': return ['danger', '寄不出去']
  }
}

/** The same in a sentence: what happened, and what one can do. */
export function mailSentence(mail: State): string {
  if (mail.bounced_at) {
    const reason = mail.bounce_reason ? `：${mail.bounce_reason}` : ''
    return mail.bounce_permanent
      ? `${rocDateTime(mail.bounced_at)} 收件人的伺服器退回${reason}。請確認地址，或改用其他方式通知。`
      : `${rocDateTime(mail.bounced_at)} 收件人的伺服器說還沒送達，仍在嘗試${reason}。`
  }
  switch (mail.state) {
    case 'queued': return mail.attempts ? `試了 ${mail.attempts} 次還沒寄出，會自動再試。上次的原因：${mail.last_error ?? '不明'}` : '幾秒內就會寄出。'
    case 'sent': return `${mail.sent_at ? rocDateTime(mail.sent_at) : ''} 已交給收件人的伺服器${mail.response ? `（${mail.response}）` : ''}。`
    case 'kept': return mailIsKept() ? '沒有設定寄信伺服器（SMTP_URL），信保留在這裡，沒有送出。' : '當時沒有設定寄信伺服器，信保留在這裡；現在可以寄出。'
    case 'failed': return `試了 ${mail.attempts} 次，不再自動重試。原因：${mail.last_error ?? '不明'}`
  }
}
