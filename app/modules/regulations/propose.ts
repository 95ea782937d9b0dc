import { z } from 'zod'
import { act } from '../../core/act.ts'
import { assignLead } from '../../core/cases/assign.ts'
import { drawCaseNumber } from '../../core/cases/numbers.ts'
import { insertCase } from '../../core/cases/open.ts'
import type { Tx } from '../../core/db.ts'
import { optionalDay } from '../../core/day-fields.ts'
import { done, NotAllowed, refusal, type Refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { ticked } from '../../core/form-fields.ts'
import { may } from '../../core/identity/permissions.ts'
import { parseText } from '../../core/laws/parse-text.ts'
import { promulgatedBy } from '../../core/laws/dated.ts'
import { findChanges } from '../../core/laws/store.ts'
import { isDeepStrictEqual } from 'node:util'
import { indexCase } from '../../core/search/search.ts'
import { type Day, rocDay } from '../../core/time.ts'
import { lockForStaff } from './lock.ts'
import { caseKind, type Change, changes, type Instrument, instruments, numberPrefix, type Stage } from './schema.ts'
import { finesOver } from './fines.ts'
import { readNos, refuseArticles } from './some-articles.ts'
import { titleOf } from './title.ts'
import './tables.ts'

const Draft = z.object({
  title: z.string().trim().min(2, '請填法規名稱').max(200, '法規名稱最多 200 個字'),
  category: z.string().trim().max(40).optional(),
  reason: z.string().trim().min(2, '請寫下制（訂）定、修正或廢止的理由').max(20_000, '最多 20,000 個字'),
  text: z.string().max(200_000, '條文最多 200,000 個字').optional(),
  penalty: ticked,
  gazetted: ticked,
  internal: ticked,
  endsOn: optionalDay(),
  /** 暫停適用, 恢復適用: numbers of articles; empty: the whole law */
  articles: z.string().trim().max(500, '最多 500 個字').default(''),
})
export const Propose = Draft.extend({
  instrument: z.enum(Object.keys(instruments) as [Instrument, ...Instrument[]], { error: '請選擇種類' }),
  change: z.enum(Object.keys(changes) as [Change, ...Change[]], { error: '請選擇要做什麼' }),
  lawCode: z.string().max(60).optional(),
  unitId: z.coerce.number({ error: '請選擇主辦單位' }).int().positive('請選擇主辦單位'),
})
const Save = Draft.extend({ name: z.string().min(1).max(40) })

/** A proposal to enact, amend, repeal, suspend or resume a regulation: a case with its 案號, in the hands of who proposes. */
export const proposeRegulation = act('regulations.propose', Propose, async (tx, ctx, input) => {
  if (!may(ctx.person, 'regulations.propose', { unitId: input.unitId, officerId: null })) throw new NotAllowed('regulations.propose')
  const law = input.change === 'enact' ? null : await tx.selectFrom('laws').selectAll().where('code', '=', input.lawCode ?? '').where('kind', '<>', 'national').executeTakeFirst()
  if (input.change !== 'enact' && !law) return refusal('regulation.no-law', '請選擇要異動的法規', { field: 'lawCode' })
  const instrument = law ? (law.kind as Instrument) : input.instrument
  const no = await refuseDraft(tx, { ...input, instrument, lawId: law?.id ?? null }, ctx.today)
  if (no) return no
  const title = titleOf({ name: law && input.change !== 'amend' ? law.name : input.title, change: input.change, instrument, articles: articlesIn(input.articles, input.change) })
  const id = await insertCase(tx, { kind: caseKind, title, stage: 'drafting', receivedAt: ctx.now, registeredAt: ctx.now })
  await tx
    .insertInto('regulations')
    .values({
      id, law_id: law?.id ?? null, instrument, change: input.change, ...detailOf(input, input.change, law?.name), notice_from: null, notice_until: null, promulgation_due: null, promulgated_on: null, effective_on: null, document_no: null,
    })
    .execute()
  await assignLead(tx, { caseId: id, unitId: input.unitId, officerId: ctx.person.id, at: ctx.now, endedAs: 'reassigned' })
  await indexCase(tx, id, [title, input.reason, input.text])
  await record(tx, ctx, 'regulation.proposed', { caseId: id, toStage: 'drafting', payload: { change: input.change, instrument, ...(law ? { law: law.id } : {}) } })
  const number = await drawCaseNumber(tx, caseKind, numberPrefix, ctx.today)
  await tx.updateTable('cases').set({ number }).where('id', '=', id).execute()
  await record(tx, ctx, 'regulation.registered', { caseId: id, payload: { number } })
  return done({ number })
})

function detailOf(input: z.output<typeof Draft>, change: Change, lawName: string | undefined) {
  const wording = change === 'enact' || change === 'amend'
  return { name: wording ? input.title : (lawName ?? input.title), category: input.category || null, reason: input.reason, draft: wording ? (input.text ?? '') : null, penalty: input.penalty, gazetted: input.gazetted, public: !input.internal, ends_on: wording ? input.endsOn : null, articles: articlesIn(input.articles, change) }
}

/** The text may still change until it is promulgated: after comments, in review, by the county meeting or the council. */
export const saveDraft = act(
  'regulations.save-draft',
  Save,
  async (tx, given, input) => {
    const { proposal, ctx } = await lockForStaff(tx, given, input.name, 'regulations.draft')
    const no = refuseFrozen(proposal.stage) ?? await refuseDraft(tx, { ...input, instrument: proposal.instrument, change: proposal.change, lawId: proposal.lawId }, ctx.today)
    if (no) return no
    const detail = detailOf(input, proposal.change, proposal.name)
    const title = titleOf({ ...proposal, name: detail.name, articles: detail.articles })
    await tx.updateTable('regulations').set(detail).where('id', '=', proposal.id).execute()
    await tx.updateTable('cases').set({ title }).where('id', '=', proposal.id).execute()
    await indexCase(tx, proposal.id, [title, input.reason, input.text])
    await record(tx, ctx, 'regulation.drafted', { caseId: proposal.id })
    return done()
  },
  { permission: 'regulations.draft' },
)

/** Why the draft and what is said of it may not change at this stage; null when they may. */
export function refuseFrozen(stage: Stage): Refusal | null {
  if (['in-force', 'closed', 'approval', 'reconsideration'].includes(stage)) return refusal('regulation.wrong-stage', '現在這個階段不能改草案')
  return stage === 'notice' ? refusal('regulation.under-notice', '預告期間草案不改；期間屆滿後依意見修正', { law: '行政程序法 §154' }) : null
}

const articlesIn = (written: string, change: Change): string[] | null => ((change === 'suspend' || change === 'resume') && written ? nonEmpty(readNos(written)) : null)
const nonEmpty = <T>(all: T[] | null): T[] | null => (all?.length ? all : null)

type ToCheck = z.output<typeof Draft> & { instrument: Instrument; change: Change; lawId: number | null }

/** What a text must be before it is kept: readable, changed, and of a kind that may hold what it holds. */
async function refuseDraft(tx: Tx, input: ToCheck, today: Day): Promise<Refusal | null> {
  if (input.change === 'suspend' || input.change === 'resume') {
    const articles = articlesIn(input.articles, input.change)
    if (input.articles && !articles) return refusal('regulation.articles', '請填條號，例如 第三條、第五條之一', { field: 'articles' })
    return refuseArticles({ change: input.change, articles }, promulgatedBy(await findChanges(tx, input.lawId!), today))
  }
  if (input.change !== 'enact' && input.change !== 'amend') return null
  const { text, problems } = parseText(input.text ?? '', input.title)
  if (problems.length) return refusal('regulation.unreadable', problems.join('；'), { field: 'text' })
  // 地方制度法 §26 II, III; §28: a penalty needs 自治條例, and then approval before promulgation
  if (/罰鍰/.test(input.text ?? '')) {
    if (input.instrument !== 'ordinance') return refusal('regulation.penalty-kind', '條文有罰鍰；罰則只能以自治條例定之', { field: 'text', law: '地方制度法 §26 II、§28' })
    const over = finesOver(input.text ?? '')
    if (over) return refusal('regulation.fine-limit', `罰鍰最高新臺幣十萬元；條文寫「${over}」`, { field: 'text', law: '地方制度法 §26 III' })
    if (!input.penalty) return refusal('regulation.penalty', '條文有罰鍰，請勾選「有罰則」', { field: 'penalty', law: '地方制度法 §26 IV' })
  }
  if (input.change === 'amend') {
    const { text: before, endsOn } = promulgatedBy(await findChanges(tx, input.lawId!), today)
    if (endsOn && endsOn < today) return refusal('regulation.lapsed', `這個法規施行到 ${rocDay(endsOn)} 為止，已經當然廢止，不能再修正；要繼續的，請重新制（訂）定`, { law: '中央法規標準法 §23' })
    if (input.endsOn === endsOn && isDeepStrictEqual({ ...before, attachments: [] }, { ...text, attachments: [] })) return refusal('regulation.same', '條文和現在的一樣，沒有修正', { field: 'text' })
  }
  if (input.endsOn && input.endsOn <= today) return refusal('regulation.ends-past', '施行期限要在今天以後', { field: 'endsOn' })
  if (input.change === 'enact' && (await tx.selectFrom('laws').select('id').where('name', '=', input.title).executeTakeFirst())) return refusal('regulation.exists', '已經有同名的法規，請改提修正', { field: 'title' })
  return null
}
