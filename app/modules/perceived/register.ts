import { z } from 'zod'
import { act } from '../../core/act.ts'
import { assignLead } from '../../core/cases/assign.ts'
import { beganAt } from '../../core/cases/open.ts'
import { drawCaseNumber } from '../../core/cases/numbers.ts'
import type { Tx } from '../../core/db.ts'
import { optionalDay } from '../../core/day-fields.ts'
import { done, refusal, type Refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { lockFor } from '../../core/procedure/take-step.ts'
import { indexCase } from '../../core/search/search.ts'
import { rocDay } from '../../core/time.ts'
import { insertItem, type NewItem } from './create.ts'
import { caseKind, numberPrefix, townships } from './schema.ts'
import { procedure } from './steps.ts'
import './tables.ts'

const Item = z.object({
  year: z.coerce.number({ error: '請填民國年，例如 110' }).int().min(1, '請填民國年').max(999, '請填民國年'),
  title: z.string().trim().min(2, '請填項目').max(100, '最多 100 個字'),
  goal: z.string().trim().max(2000, '最多 2,000 個字').default(''),
  unitId: z.coerce.number({ error: '請選擇主辦單位' }).int().positive('請選擇主辦單位'),
  township: z.enum([...townships, ''], { error: '請選擇鄉鎮' }).default('').transform((value) => value || null),
  finishOn: optionalDay('讀不出日期，請寫成 110/4/1 這樣'),
})

/** Lists an item of a year, on a day that may lie before it is typed in; today when left out. */
export const addItem = act('perceived.add', Item.extend({ listedOn: optionalDay() }), async (tx, ctx, { listedOn, ...input }) => {
  const on = listedOn ?? ctx.today
  if (on > ctx.today) return refusal('perceived.future', '列入日期在今天以後', { field: 'listedOn' })
  const no = await refuseItem(tx, input)
  if (no) return no
  const number = await drawCaseNumber(tx, caseKind, numberPrefix, on)
  await insertItem(tx, ctx, { ...input, number, at: beganAt(on, ctx), listedOn: on, stage: 'planned', previousId: null, importId: null })
  return done({ number })
}, { permission: 'perceived.manage' })

async function refuseItem(tx: Tx, { unitId, finishOn, year }: NewItem): Promise<Refusal | null> {
  if (finishOn && finishOn < `${year + 1911}-01-01`) return refusal('perceived.days', `完成期限 ${rocDay(finishOn)} 在 ${year} 年以前`, { field: 'finishOn' })
  return (await tx.selectFrom('units').select('id').where('id', '=', unitId).executeTakeFirst()) ? null : refusal('perceived.unit', '找不到這個單位', { field: 'unitId' })
}

/** Puts an item right. The year stays: what goes on next year is carried over. */
export const changeItem = act('perceived.change', Item.omit({ year: true }).extend({ name: z.string().min(1).max(40) }), async (tx, given, input) => {
  const { state, ctx } = await lockFor(procedure, tx, given, input.name, 'perceived.manage')
  if (state.stage === 'closed') return refusal('perceived.closed', '已經結束，要修改請先恢復辦理')
  const no = await refuseItem(tx, { ...input, year: state.year })
  if (no) return no
  await tx.updateTable('perceived_items').set({ goal: input.goal, finish_on: input.finishOn }).where('id', '=', state.id).execute()
  await tx.updateTable('cases').set({ title: input.title, township: input.township }).where('id', '=', state.id).execute()
  if (state.unitId !== input.unitId) await assignLead(tx, { caseId: state.id, unitId: input.unitId, at: ctx.now, endedAs: 'reassigned' })
  await indexCase(tx, state.id, [input.title, input.goal])
  await record(tx, ctx, 'perceived.changed', { caseId: state.id, payload: { unit: input.unitId } })
  return done({ number: state.number })
}, { permission: 'perceived.manage' })
