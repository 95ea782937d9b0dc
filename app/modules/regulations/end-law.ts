import { z } from 'zod'
import { act } from '../../core/act.ts'
import { done, NotFound, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { promulgatedBy } from '../../core/laws/dated.ts'
import { findChanges, recordChange } from '../../core/laws/store.ts'
import { addDays, type Day, parseDay, rocDay, whyNotDay } from '../../core/time.ts'

/** How a regulation ends without being repealed. */
export const endings = {
  void: { label: '函告無效', law: '地方制度法 §30 IV', hint: '牴觸憲法、法律、中央法令或上級自治團體自治法規，由監督機關函告。日期填函告送達的日子；自何時失效，待法制單位確認。' },
  lapse: { label: '施行期滿，當然廢止', law: '中央法規標準法 §23', hint: '日期填施行期限的最後一天，次日失效。要延長的，應在期限屆滿一個月前發布（§24）。本縣自治法規類推適用，待法制單位確認。' },
} as const
export type Ending = keyof typeof endings

const aDay = z.string({ error: '請填日期' }).transform((text, context) => parseDay(text) ?? (context.addIssue({ code: 'custom', message: whyNotDay(text) ?? '請填日期' }), z.NEVER))

const End = z.object({
  code: z.string().min(1).max(20),
  how: z.enum(Object.keys(endings) as [Ending, ...Ending[]], { error: '請選擇是哪一種' }),
  on: aDay,
  documentNo: z.string().trim().max(100, '文號最多 100 個字').default(''),
  note: z.string().trim().min(2, '請寫明理由').max(2000, '最多 2,000 個字'),
})

/** Records that a county regulation has ended, as a change of its own; its texts of earlier days stay what they were. */
export const endLaw = act(
  'regulations.end-law',
  End,
  async (tx, ctx, input) => {
    const law = await tx.selectFrom('laws').select(['id', 'name', 'kind']).where('code', '=', input.code).forUpdate().executeTakeFirst()
    if (!law || law.kind === 'national') throw new NotFound('找不到這個法規')
    if (input.on > ctx.today) return refusal('regulation.not-yet', '日期不能在今天以後', { field: 'on' })
    if (input.how === 'void' && input.documentNo === '') return refusal('regulation.no-document', '請填函告的文號', { field: 'documentNo' })
    const changes = await findChanges(tx, law.id)
    const effectiveOn: Day = input.how === 'lapse' ? addDays(input.on, 1) : input.on
    if (promulgatedBy(changes, '9999-12-31' as Day).repealed) return refusal('regulation.repealed', `「${law.name}」已經廢止或失效`)
    const later = changes.find(({ promulgatedOn }) => promulgatedOn > input.on)
    if (later) return refusal('regulation.later-change', `這個法規在 ${rocDay(later.promulgatedOn)} 還有異動，請確認日期`, { field: 'on' })
    await recordChange(tx, { lawId: law.id, kind: input.how, promulgatedOn: input.on, effectiveOn, operations: [{ do: 'repeal' }], documentNo: input.documentNo || null, note: input.note })
    await record(tx, ctx, 'regulation.ended', { payload: { law: law.id, how: input.how, on: input.on } })
    return done({ effectiveOn })
  },
  { permission: 'regulations.promulgate', stepUp: true },
)
