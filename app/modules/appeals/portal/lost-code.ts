import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { done } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { cleanCode } from '../../../core/filing/clean.ts'
import { followCodeHash, levelNumberOf, newFollowCode, printedCode } from '../../../core/filing/follow-code.ts'
import { findSetting } from '../../../core/identity/settings.ts'
import { queueMail } from '../../../core/mail/outbox.ts'
import { namePurposes } from '../../../core/mail/purposes.ts'
import { personalHashes, unseal } from '../../../core/personal-data/index.ts'
import { caseKind, numberPrefix } from '../schema.ts'

namePurposes({ 'appeal.code': '訴願追蹤碼' })

/**
 * A new code by mail for who lost theirs, or filed on paper and left an address: the answer is the same whether or not number and address fit. The
 * address must be that of a party who is one now.
 */
export const newCode = act('appeals.new-code', z.object({ number: z.string().max(60).optional(), email: z.string().max(254).optional() }), async (tx, ctx, { number, email }) => {
  const name = levelNumberOf(numberPrefix, number) ?? ''
  const { rows } = await sql<{ id: number; title: string; followNo: string; email: Buffer }>`select c.id, c.title, c.follow_no as "followNo", p.email from cases c join appeals a on a.id = c.id join appeal_parties p on p.case_id = c.id and p.until is null
    where c.kind = ${caseKind} and ${name} in (c.number, c.follow_no) and p.email_hash = any(${personalHashes('email', cleanCode(email))}::bytea[]) order by p.id limit 1 for update of a`.execute(tx)
  const row = rows[0]
  if (!row) return done()
  const code = newFollowCode()
  await tx.updateTable('appeals').set({ follow_code_hash: followCodeHash(code) }).where('id', '=', row.id).execute()
  await record(tx, ctx, 'appeal.code-renewed', { caseId: row.id })
  const county = (await findSetting<string>(tx, 'county.name')) ?? '縣政府'
  const text = `您好：\n\n您的訴願「${row.title}」可以在縣政府網站查進度、補正、補充理由：\n\n追蹤號碼：${row.followNo}\n追蹤碼：${printedCode(code)}\n\n先前的追蹤碼已經不能用了。請不要把追蹤碼告訴別人。\n\n${county} 敬啟\n（這封信由系統寄出，請不要直接回信。）`
  await queueMail(tx, { to: unseal(row.email)!, subject: `追蹤碼：${row.title}`, text, purpose: 'appeal.code', secret: true, caseId: row.id })
  return done()
}, { by: 'public' })
