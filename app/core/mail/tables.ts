import type { Generated } from 'kysely'
import type { ImapState } from './imap.ts'

declare module '../db.ts' {
  interface Tables {
    mail_messages: MailMessageTable
    mail_folders: { name: string; state: ImapState | null; looked_at: Date | null; last_error: string | null }
  }
}

export type MailState = 'queued' | 'sent' | 'kept' | 'failed'

export type MailAttachment = { name: string; mediaType: string; sha256: string }

export interface MailMessageTable {
  id: Generated<number>
  token: string
  to_encrypted: Buffer | null
  to_hash: Buffer | null
  subject: string
  text: string
  purpose: string
  secret: Generated<boolean>
  case_id: number | null
  in_reply_to: string | null
  reply_references: Generated<string[]>
  attachments: Generated<MailAttachment[]>
  state: Generated<MailState>
  attempts: Generated<number>
  last_error: string | null
  response: string | null
  created_at: Generated<Date>
  sent_at: Date | null
  bounced_at: Date | null
  bounce_permanent: boolean | null
  bounce_reason: string | null
}
