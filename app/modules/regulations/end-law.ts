import { z } from 'zod'
import { act } from '../../core/act.ts'
import { computeDeadline } from '../../core/clocks/index.ts'
import type { Tx } from '../../core/db.ts'
import { namedDay, optionalDay } from '../../core/day-fields.ts'
import { done, NotFound, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { promulgatedBy } from '../../core/laws/dated.ts'
import { findEntries, saveEntries } from '../../core/laws/entries.ts'
import type { Operation } from '../../core/laws/operations.ts'
import { findChanges, recordChange } from '../../core/laws/store.ts'
import { articleName, findArticle } from '../../core/laws/text.ts'
import { addDays, type Day, rocDay } from '../../core/time.ts'
import { readNos } from './some-articles.ts'

/** How a regulation, or part of it, ends without being repealed. */
export const endings = {
  void: { label: '函告無效', law: '地方制度法 §30 IV', hint: '整部法規牴觸憲法、法律、中央法令或上級自治團體自治法規，由監督機關函告。日期填函告送達的日子；自何時失效，待法制單位確認。' },
  'void-articles': { label: '部分條文函告無效', law: '地方制度法 §30 IV', hint: '只有幾條牴觸的。條文的字還在，註明函告無效；其他各條照常有效。' },
  lapse: { label: '施行期滿，當然廢止', law: '中央法規標準法 §23', hint: '登錄公告。日期填施行期限的最後一天，次日失效。本縣自治法規類推適用，待法制單位確認。' },
} as const
export type Ending = keyof typeof endings

const End = z.object({
  code: z.string().min(1).max(20),
  how: z.enum(Object.keys(endings) as [Ending, ...Ending[]], { error: '請選擇是哪一種' }),
  on: namedDay('日期'),
  articles: z.string().trim().max(500).default(''),
  documentNo: z.string().trim().max(100, '文號最多 100 個字').default(''),
  note: z.string().trim().min(2, '請寫明理由').max(2000, '最多 2,000 個字'),
})

/** Records that a county regulation, or some articles of it, have ended, as a change of its own; its texts of earlier days stay what they were. */
export const endLaw = act(
  'regulations.end-law',
  End,
  async (tx, ctx, input) => {
    const law = await lockLaw(tx, input.code)
    if (input.on > ctx.today) return refusal('regulation.not-yet', '日期不能在今天以後', { field: 'on' })
    if (input.how !== 'lapse' && input.documentNo === '') return refusal('regulation.no-document', '請填函告的文號', { field: 'documentNo' })
    const changes = await findChanges(tx, law.id)
    const before = promulgatedBy(changes, input.on)
    if (before.repealed || before.state === 'none' || (before.state === 'lapsed' && input.how !== 'lapse')) return refusal('regulation.repealed', `「${law.name}」這一天已經廢止或失效`)
    const later = changes.find(({ promulgatedOn }) => promulgatedOn > input.on)
    if (later) return refusal('regulation.later-change', `這個法規在 ${rocDay(later.promulgatedOn)} 還有異動，請確認日期`, { field: 'on' })
    const operations: Operation[] = [{ do: 'repeal' }]
    if (input.how === 'void-articles') {
      const articles = readNos(input.articles)
      if (!articles?.length) return refusal('regulation.articles', '請填條號，例如 第三條、第五條之一', { field: 'articles' })
      const missing = articles.find((no) => !findArticle(before.text, no))
      if (missing) return refusal('regulation.no-article', `這個法規沒有${articleName(missing, before.text.form)}`, { field: 'articles' })
      const again = articles.find((no) => before.voided.includes(no))
      if (again) return refusal('regulation.void-already', `${articleName(again, before.text.form)}已經登錄函告無效`, { field: 'articles' })
      operations.splice(0, 1, { do: 'void', articles })
    }
    const effectiveOn: Day = input.how === 'lapse' ? addDays(input.on, 1) : input.on
    await recordChange(tx, { lawId: law.id, kind: input.how, promulgatedOn: input.on, effectiveOn, operations, documentNo: input.documentNo || null, note: input.note })
    await record(tx, ctx, 'regulation.ended', { payload: { law: law.id, how: input.how, on: input.on } })
    return done({ effectiveOn })
  },
  { permission: 'regulations.promulgate', stepUp: true },
)

const LastDay = z.object({ code: z.string().min(1).max(20), endsOn: optionalDay() })

/**
 * The last day in force of a law whose text names one (限時法規), for texts that came without it: a correction of its last promulgation, no
 * promulgation of its own. To put the day off is to amend the law (中央法規標準法 §24).
 */
export const setLastDay = act(
  'regulations.set-last-day',
  LastDay,
  async (tx, ctx, { code, endsOn }) => {
    const law = await lockLaw(tx, code)
    const entries = await findEntries(tx, law.id)
    const last = entries.findLast(({ kind }) => kind === 'enact' || kind === 'amend' || kind === 'consolidated')
    const now = promulgatedBy(await findChanges(tx, law.id), ctx.today)
    if (!last || now.repealed) return refusal('regulation.repealed', `「${law.name}」已經廢止或失效`)
    if (endsOn === law.ends_on) return refusal('regulation.same-end', endsOn ? '和現在登錄的一樣' : '現在沒有登錄施行期限', { field: 'endsOn' })
    if (endsOn && last.effectiveOn && endsOn < last.effectiveOn) return refusal('regulation.ends-before', `施行期限在最近一次異動生效（${rocDay(last.effectiveOn)}）以前`, { field: 'endsOn' })
    const rest: Operation[] = [...last.rest.filter((operation) => operation.do !== 'end-on'), { do: 'end-on', day: endsOn }]
    await saveEntries(tx, law.id, entries.map((entry) => (entry === last ? { ...entry, rest } : entry)))
    await record(tx, ctx, 'regulation.last-day-set', { payload: { law: law.id, on: endsOn } })
    return done({ endsOn })
  },
  { permission: 'regulations.promulgate', stepUp: true },
)

/** By when putting the last day off must be promulgated: 中央法規標準法 §24, a month before (by analogy: 待法制單位確認). */
export function extensionDue(endsOn: Day): Day {
  const answer = computeDeadline('reg-sunset', endsOn, {})
  if (answer.kind !== 'due') throw new Error('reg-sunset gives no day')
  return answer.day
}

async function lockLaw(tx: Tx, code: string) {
  const law = await tx.selectFrom('laws').select(['id', 'name', 'kind', 'ends_on']).where('code', '=', code).forUpdate().executeTakeFirst()
  if (!law || law.kind === 'national') throw new NotFound('找不到這個法規')
  return law
}
