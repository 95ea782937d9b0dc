import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { computeDeadline } from '../../../core/clocks/index.ts'
import { type Db, write } from '../../../core/db.ts'
import { done, refusal } from '../../../core/errors.ts'
import { eraseHistory } from '../../../core/personal-data/erase.ts'
import { record } from '../../../core/events/record.ts'
import { findSetting } from '../../../core/identity/settings.ts'
import { tokenHash } from '../../../core/identity/sessions.ts'
import { defineJob } from '../../../core/jobs/jobs.ts'
import { queueMail, refuseAddress } from '../../../core/mail/outbox.ts'
import { namePurposes } from '../../../core/mail/purposes.ts'
import { personalHash, seal } from '../../../core/personal-data/index.ts'
import { addDays, type Day, endOf, rocLongDay } from '../../../core/time.ts'
import { lockForStaff } from '../lock.ts'
import { confirmCommentPath } from '../paths.ts'
import '../tables.ts'

namePurposes({ 'regulation.confirm-comment': '確認法規草案的意見' })

/** How many comments of one address may wait for their confirmation: the form must not become a way to flood a mailbox. */
export const waitingMax = 5

const Comment = z.object({
  number: z.string().max(40),
  name: z.string().trim().min(2, '請填姓名').max(50, '姓名最多 50 個字'),
  email: z.string().trim().min(1, '請填電子郵件').refine((email) => !refuseAddress(email), '電子郵件的寫法不對，例如 name@example.org'),
  text: z.string().trim().min(5, '請寫下您的意見').max(8000, '意見最多 8,000 個字'),
  origin: z.string().max(300),
})

/** A comment on a draft under notice; it counts once the mailed link was followed (petition-confirm-3cd). Nobody needs an account. */
export const fileComment = act('regulations.comment', Comment, async (tx, ctx, input) => {
  const draft = await tx.selectFrom('regulations').innerJoin('cases', 'cases.id', 'regulations.id').select(['cases.id', 'name', 'notice_from', 'notice_until', 'stage']).where('number', '=', input.number).executeTakeFirst()
  if (!draft || draft.stage !== 'notice' || !draft.notice_until || ctx.today > draft.notice_until) return refusal('notice.over', '陳述意見的期間已經結束')
  const hash = personalHash('email', input.email)
  const waiting = await sql<{ n: number }>`select count(*) as n from regulation_comments where email_hash = ${hash} and confirmed_at is null and filed_at > ${new Date(ctx.now.getTime() - 86_400_000)}`.execute(tx)
  if (waiting.rows[0]!.n >= waitingMax) return refusal('comment.too-many', '這個信箱有好幾則意見還沒有確認，請先到信箱確認', { field: 'email' })
  const token = randomBytes(24).toString('base64url')
  const untilOn = confirmUntil(ctx.today)
  await tx
    .insertInto('regulation_comments')
    .values({ case_id: draft.id, name: seal(input.name), email: seal(input.email), email_hash: hash, text: input.text, filed_at: ctx.now, confirm_token_hash: tokenHash(token), confirm_until: endOf(untilOn), confirmed_at: null, answer: null, answered_at: null })
    .execute()
  const county = (await findSetting<string>(tx, 'county.name')) ?? '縣政府'
  await queueMail(tx, {
    to: input.email, subject: `請確認您對「${draft.name}」草案的意見`, purpose: 'regulation.confirm-comment', secret: true, caseId: draft.id,
    text: `您好：\n\n您對「${draft.name}」草案寫了意見。請在${rocLongDay(untilOn)}以前打開下面的連結，按「送出意見」，意見才會送到：\n${input.origin}${confirmCommentPath(token)}\n\n如果不是您寫的，請不要理會這封信，資料會在期限過後刪除。\n\n${county} 敬啟\n（這封信由系統寄出，請不要直接回信。）`,
  })
  return done({ untilOn })
}, { by: 'public' })

function confirmUntil(today: Day): Day {
  const answer = computeDeadline('petition-confirm-3cd', today)
  return answer.kind === 'due' ? answer.day : addDays(today, 3)
}

/** The link was followed and the button pressed. Pressing again changes nothing. */
export const confirmComment = act('regulations.confirm-comment', z.object({ token: z.string().max(100) }), async (tx, ctx, { token }) => {
  const row = await tx.selectFrom('regulation_comments').select(['id', 'case_id', 'confirmed_at', 'confirm_until']).where('confirm_token_hash', '=', tokenHash(token)).forUpdate().executeTakeFirst()
  if (!row) return refusal('comment.unknown', '這個連結不完整，或意見已經刪除')
  if (row.confirmed_at) return done({ again: true })
  if (ctx.now >= row.confirm_until!) return refusal('comment.expired', '確認的期限已經過了，請再寫一次')
  await tx.updateTable('regulation_comments').set({ confirmed_at: ctx.now }).where('id', '=', row.id).execute()
  await record(tx, ctx, 'regulation.commented', { caseId: row.case_id, payload: { comment: row.id } })
  return done({ again: false })
}, { by: 'public' })

const Answer = z.object({ name: z.string().max(40), comment: z.coerce.number().int(), answer: z.string().trim().min(2, '請寫下處理情形').max(20_000, '最多 20,000 個字'), publish: z.string().optional() })

/** What became of a comment. With `publish` the words and the answer stand on the notice's page, never the name. */
export const answerComment = act('regulations.answer', Answer, async (tx, given, input) => {
  const { proposal, ctx } = await lockForStaff(tx, given, input.name, 'regulations.answer')
  const changed = await tx
    .updateTable('regulation_comments')
    .set({ answer: input.answer, answered_at: ctx.now, published: input.publish === 'yes' })
    .where('id', '=', input.comment)
    .where('case_id', '=', proposal.id)
    .where('confirmed_at', 'is not', null)
    .returning('id')
    .executeTakeFirst()
  if (!changed) return refusal('comment.unknown', '找不到這則意見')
  await record(tx, ctx, 'regulation.comment-answered', { caseId: proposal.id, payload: { comment: changed.id, published: input.publish === 'yes' } })
  return done()
})

/** A comment that was not confirmed in time is erased with its earlier versions (個資法 §11 III). */
export const lapseComments = defineJob({ name: 'regulations.lapse-comments', as: 'system', title: '刪除逾期未確認的法規意見', every: '23 * * * *', run: async (db) => void (await lapseCommentsAt(db, new Date())) })

export async function lapseCommentsAt(db: Db, now: Date): Promise<number> {
  return write(db, async (tx) => {
    const gone = await tx.deleteFrom('regulation_comments').where('confirmed_at', 'is', null).where('confirm_until', '<=', now).returning('id').execute()
    for (const { id } of gone) await eraseHistory(tx, 'regulation_comments', 'id', id)
    return gone.length
  })
}
