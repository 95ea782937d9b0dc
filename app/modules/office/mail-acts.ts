import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../core/act.ts'
import { seenBy } from '../../core/cases/case-kinds.ts'
import type { Reader } from '../../core/db.ts'
import { done, NotFound, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import type { Person } from '../../core/identity/permissions.ts'
import { queueAgain } from '../../core/mail/outbox.ts'

const MailIds = z.preprocess((value) => [value ?? []].flat(), z.array(z.coerce.number().int().positive()).min(1, '請勾選要再寄的信').max(500))

/** Sends again what failed, was kept for want of a server, or came back. All or nothing. */
export const sendMailAgain = act(
  'office.send-mail-again',
  z.object({ ids: MailIds }),
  async (tx, ctx, input) => {
    for (const id of new Set(input.ids)) {
      const no = await queueAgain(tx, id)
      if (no) return input.ids.length > 1 ? { ...no, message: `第 ${id} 號信：${no.message}` } : no
      const mail = await tx.selectFrom('mail_messages').select('case_id').where('id', '=', id).executeTakeFirstOrThrow()
      await record(tx, ctx, 'mail.queued-again', { payload: { mail: id }, ...(mail.case_id === null ? {} : { caseId: mail.case_id }) })
    }
    return done({ count: new Set(input.ids).size })
  },
  { permission: 'office.mail' },
)

/** How long a message with a code stays open to the colleague who opened it. */
const openMinutes = 15

/** A kept message with a code or a link is read on purpose, and that is recorded. */
export const showSecretMail = act(
  'office.show-secret-mail',
  z.object({ id: z.coerce.number().int().positive() }),
  async (tx, ctx, input) => {
    const mail = await tx.selectFrom('mail_messages').select(['state', 'secret', 'case_id']).where('id', '=', input.id).executeTakeFirst()
    if (!mail || !(await isSeen(tx, ctx.person, mail.case_id))) throw new NotFound('找不到這封信')
    if (mail.state !== 'kept') return refusal('mail.not-kept', '含驗證碼的信只有在沒有寄信伺服器、保留未寄時可以查看')
    await record(tx, ctx, 'mail.secret-shown', { payload: { mail: input.id }, ...(mail.case_id === null ? {} : { caseId: mail.case_id }) })
    return done()
  },
  { permission: 'office.mail-text', stepUp: true },
)

/** What was written about a case is read by those who see the case; what is about none is the desk's. */
async function isSeen(reader: Reader, person: Person, caseId: number | null): Promise<boolean> {
  if (caseId === null) return true
  return (await sql`select from cases c where c.id = ${caseId} and ${seenBy(person, 'c')}`.execute(reader)).rows.length > 0
}

/** Whether this person has opened the message within the last minutes. */
export async function hasOpened(reader: Reader, person: Person, mailId: number, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - openMinutes * 60_000)
  const found = await sql<{ opened: boolean }>`select exists (
    select from (select kind, payload, recorded_at from events where person_id = ${person.id} order by id desc limit 200) e
    where e.kind = 'mail.secret-shown' and (e.payload->>'mail')::bigint = ${mailId} and e.recorded_at >= ${since}) as opened`.execute(reader)
  return found.rows[0]!.opened
}
