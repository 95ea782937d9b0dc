import { type Selectable, sql } from 'kysely'
import type { Reader, Tx } from '../db.ts'
import { maskEmail, personalHashes, unseal } from '../personal-data/index.ts'
import type { LetterKind } from './classify.ts'
import { withoutAddress } from './outbox.ts'
import type { MailMessageTable, MailState } from './tables.ts'

/** A message as the console shows it: the recipient masked. */
export type MailLine = Omit<Selectable<MailMessageTable>, 'token' | 'to_encrypted' | 'to_hash' | 'text' | 'attachments' | 'in_reply_to' | 'reply_references'> & { to: string }

const lineColumns = ['id', 'to_encrypted', 'subject', 'purpose', 'secret', 'case_id', 'state', 'attempts', 'last_error', 'response', 'created_at', 'sent_at', 'bounced_at', 'bounce_permanent', 'bounce_reason'] as const

/** Newest first; the next page begins `before` the last id shown, the one before it ends `after` the first. `trouble`: what someone must look at (kept, failed, came back). */
export async function listMail(reader: Reader, filter: MailFilter = {}): Promise<MailLine[]> {
  const rows = await mailListQuery(reader, filter).execute()
  if (filter.after !== undefined) rows.reverse()
  return rows.map(({ to_encrypted, ...row }) => ({ ...row, to: maskEmail(unseal(to_encrypted)) }))
}

export type MailFilter = { state?: MailState; trouble?: boolean; bounced?: boolean; caseId?: number; before?: number; after?: number; limit?: number }

export function mailListQuery(reader: Reader, filter: MailFilter) {
  let query = reader.selectFrom('mail_messages').select(lineColumns).orderBy('id', filter.after === undefined ? 'desc' : 'asc').limit(filter.limit ?? 50)
  if (filter.state) query = query.where('state', '=', filter.state)
  if (filter.trouble) query = query.where((eb) => eb.or([eb('state', 'in', ['kept', 'failed']), eb('bounced_at', 'is not', null)]))
  if (filter.bounced) query = query.where('bounced_at', 'is not', null)
  if (filter.caseId !== undefined) query = query.where('case_id', '=', filter.caseId)
  if (filter.before !== undefined) query = query.where('id', '<', filter.before)
  if (filter.after !== undefined) query = query.where('id', '>', filter.after)
  return query
}

/** One message with its text; the recipient stays masked. */
export async function findMail(reader: Reader, id: number): Promise<(MailLine & { text: string; attachments: { name: string; mediaType: string; sha256: string }[] }) | null> {
  const row = await reader.selectFrom('mail_messages').select([...lineColumns, 'text', 'attachments']).where('id', '=', id).executeTakeFirst()
  if (!row) return null
  const { to_encrypted, ...rest } = row
  return { ...rest, to: maskEmail(unseal(to_encrypted)) }
}

export type MailCounts = { queued: number; kept: number; failed: number; bounced: number }

/** What waits and what went wrong; the sent ones are not counted, since they only grow. */
export async function countMail(reader: Reader): Promise<MailCounts> {
  const counts = await sql<MailCounts>`select
    (select count(*) from mail_messages where state = 'queued') as queued,
    (select count(*) from mail_messages where state = 'kept') as kept,
    (select count(*) from mail_messages where state = 'failed') as failed,
    (select count(*) from mail_messages where bounced_at is not null) as bounced`.execute(reader)
  return counts.rows[0] ?? { queued: 0, kept: 0, failed: 0, bounced: 0 }
}

/** Which message of ours a letter answers or brings back, by its In-Reply-To and References; the nearest first. */
export async function findMailAnswered(reader: Reader, messageIds: readonly (string | null)[]): Promise<{ id: number; caseId: number | null; purpose: string } | null> {
  const tokens = messageIds.flatMap((id) => /^<windlion\.([\w-]{1,100})@/.exec(id ?? '')?.[1] ?? [])
  if (tokens.length === 0) return null
  const rows = await reader.selectFrom('mail_messages').select(['id', 'token', 'case_id', 'purpose']).where('token', 'in', tokens).execute()
  const found = tokens.map((token) => rows.find((row) => row.token === token)).find((row) => row)
  return found ? { id: found.id, caseId: found.case_id, purpose: found.purpose } : null
}

/** How long after sending a bounce that does not say what it returns is still believed to mean the last message to that address. */
const bounceDaysMax = 7

/** Notes on the message that it came back; null when it is none of ours. A bounce told twice changes nothing. */
export async function recordBounce(tx: Tx, bounce: Extract<LetterKind, { kind: 'bounce' }>, now: Date): Promise<{ id: number; caseId: number | null } | null> {
  const answered = await findMailAnswered(tx, [bounce.of]) ?? (bounce.recipient ? await findLastMailTo(tx, bounce.recipient, now) : null)
  if (!answered) return null
  const row = await tx.selectFrom('mail_messages').select(['to_encrypted', 'bounced_at', 'bounce_permanent']).where('id', '=', answered.id).forUpdate().executeTakeFirstOrThrow()
  const tellsMore = row.bounced_at === null || (bounce.permanent && !row.bounce_permanent)
  if (tellsMore) {
    await tx
      .updateTable('mail_messages')
      .set({ bounced_at: now, bounce_permanent: bounce.permanent, bounce_reason: bounce.reason === null ? null : withoutAddress(bounce.reason, unseal(row.to_encrypted) ?? '') })
      .where('id', '=', answered.id)
      .execute()
  }
  return { id: answered.id, caseId: answered.caseId }
}

async function findLastMailTo(tx: Tx, address: string, now: Date): Promise<{ id: number; caseId: number | null } | null> {
  const row = await tx
    .selectFrom('mail_messages')
    .select(['id', 'case_id'])
    .where('to_hash', 'in', [...personalHashes('email', address), Buffer.alloc(0)]) // never an empty list
    .where('state', '=', 'sent')
    .where('sent_at', '>', new Date(now.getTime() - bounceDaysMax * 86_400_000))
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return row ? { id: row.id, caseId: row.case_id } : null
}
