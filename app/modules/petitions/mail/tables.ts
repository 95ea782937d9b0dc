import type { Generated } from 'kysely'

declare module '../../../core/db.ts' {
  interface Tables {
    petition_inbox: InboxTable
  }
}

/** 信件種類: what the program took it for. */
export const inboxKinds = { letter: '來信', bounce: '退信', 'auto-reply': '自動回覆', loop: '繞回的信', bulk: '大量寄發' } as const
export type InboxKind = keyof typeof inboxKinds

/** 處理情形: what became of it; null while it waits for somebody. */
export const handledAs = { petition: '已成案', supplement: '已併為補充資料', again: '同一封信，已收過', bounce: '已記在寄出的信', dismissed: '不成案' } as const
/** The same for one letter: a bounce that was taken care of was never to become a case. */
export const handledText = (letter: { handledAs: HandledAs | null; kind: InboxKind }): string =>
  letter.handledAs === null ? '等人看' : letter.handledAs === 'dismissed' && letter.kind === 'bounce' ? '已處理' : handledAs[letter.handledAs]
export type HandledAs = keyof typeof handledAs

export interface InboxTable {
  id: Generated<number>
  sha256: Buffer
  mailbox: string
  document_id: number
  kind: InboxKind
  from_program: Generated<boolean>
  message_id: string | null
  subject: string
  sender_name: Buffer | null
  sender_email: Buffer | null
  sender_hash: Buffer | null
  text_hash: Buffer | null
  received_at: Date
  recorded_at: Generated<Date>
  case_id: number | null
  mail_id: number | null
  note: string | null
  handled_as: HandledAs | null
  handled_by: number | null
  handled_at: Date | null
  reason: string | null
}
