import { sql } from 'kysely'
import { z } from 'zod'
import { act, type ActContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { attachDocument, storeDocument } from '../../../core/documents/store.ts'
import { done, refusal } from '../../../core/errors.ts'
import { followCodeHash, newFollowCode, printedCode } from '../../../core/filing/follow-code.ts'
import { personalHashes, seal } from '../../../core/personal-data/index.ts'
import { createAppeal } from '../create.ts'
import { AcceptedFiles } from '../../../core/documents/accepted-files.ts'
import { findAgency } from '../filing/agencies.ts'
import { FilingFields, refuseFiling, withParties } from '../filing/input.ts'
import { appealOf } from '../filing/register.ts'
import { writeLetters } from '../letters/write.ts'
import { rocLongDay } from '../../../core/time.ts'
import { followPath } from '../paths.ts'
import { isLate } from '../steps.ts'

/** How many filings of one address a day: the form must not become a way to flood a mailbox. */
export const perDayMax = 5

export const files = AcceptedFiles
type Raw = Partial<Record<keyof z.output<typeof FilingFields>, unknown>>
/** Told beside what single fields lack, so that all that is missing is said at once. */
const needs = (field: keyof Raw, message: string, missing: (filing: Raw) => boolean): [(filing: unknown) => boolean, { path: PropertyKey[]; error: string; when(): boolean }] => [(filing) => !missing(filing as Raw), { path: [field], error: message, when: () => true }]
const OnlineFiling = FilingFields.extend({ origin: z.string().max(300), files })
  .refine(...needs('email', '請填電子郵件，收件通知和追蹤碼會寄到這裡', ({ email }) => !email))
  .refine(...needs('address', '請填住居所或營業所，決定書要寄到這裡（訴願法 §56 I ①）', ({ address }) => !address))
  .refine(...needs('servedOn', '請填收到處分書的日期（訴願法 §56 I ⑥）', ({ ground, servedOn, thirdParty }) => ground !== 'inaction' && !thirdParty && !servedOn))
  .refine(...needs('appliedOn', '請填向機關申請的日期（訴願法 §56 III）', ({ ground, appliedOn }) => ground === 'inaction' && !appliedOn))
  .refine(...needs('claims', '請填訴願請求事項，一行一項（訴願法 §56 I ④）', ({ form, claims }) => form !== 'statement' && !(claims as unknown[] | undefined)?.length))
  .refine(...needs('facts', '請填事實及理由，或不服的內容', ({ facts }) => !facts))
  .transform(withParties)

/**
 * An appeal filed on the portal. It is received now (電子簽章法 §9 II), without waiting for a mailed link, since the thirty days run against the
 * appellant; a signature on paper is asked for as a correction (訴願法 §56 I, §62). The follow code is mailed, and given back sealed.
 */
export const fileOnline = act('appeals.file', OnlineFiling, async (tx, ctx, input) => {
  const no = refuseFiling(input, ctx.today)
  if (no) return no
  const agency = await findAgency(tx, input)
  if ('refused' in agency) return agency
  if (await tooMany(tx, ctx, input.email!)) return refusal('appeal.too-many', '這個信箱今天已經提出好幾件，請明天再提，或以書面提出', { field: 'email' })
  const code = newFollowCode()
  const { id, followNo } = await createAppeal(tx, ctx, { ...appealOf(input), ...agency, firstReceivedBy: null, firstReceivedOn: null, confidential: false, channel: 'portal', receivedAt: ctx.now, signed: false, followCodeHash: followCodeHash(code) }, 'filed')
  for (const file of input.files) {
    const stored = await storeDocument(tx, file.bytes, file.mediaType)
    await attachDocument(tx, { caseId: id, documentId: stored.id, name: file.name, kind: 'attachment' })
  }
  const clock = await tx.selectFrom('case_clocks').select(['due_on', 'explanation']).where('case_id', '=', id).where('main', '=', true).executeTakeFirst()
  const limit = await tx.selectFrom('appeals').select(['ground', 'filed_on as filedOn', 'filing_due_on as filingDueOn']).where('id', '=', id).executeTakeFirstOrThrow()
  const late = isLate(limit) ? `依您填的日期，訴願期間到${rocLongDay(limit.filingDueOn!)}為止，這件可能逾期。因天災或其他不應歸責於您的事由而遲誤的，原因消滅後十日內可以申請回復原狀（訴願法第 15 條），請在查進度的頁面寫明。` : null
  await writeLetters(tx, ctx, { id, number: null, followNo, title: input.title, agency: agency.agency }, 'acknowledgement', 'parties', { note: late, dueOn: clock?.due_on ?? null, reasons: clock?.explanation ?? [], followNo, code: printedCode(code), followUrl: `${input.origin}${followPath}` })
  return done({ id, followNo, sealed: seal(JSON.stringify({ code: printedCode(code), email: input.email }))!.toString('base64') })
}, { by: 'public' })

// of one address within a day
async function tooMany(tx: Tx, ctx: ActContext, email: string): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`select count(distinct c.id) as n from appeal_parties p join cases c on c.id = p.case_id join appeals a on a.id = c.id
    where a.channel = 'portal' and p.email_hash = any(${personalHashes('email', email)}::bytea[]) and c.received_at > ${new Date(ctx.now.getTime() - 86_400_000)}`.execute(tx)
  return rows[0]!.n >= perDayMax
}
