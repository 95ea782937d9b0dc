import { sql } from 'kysely'
import { z } from 'zod'
import { act, type Caller, type StaffContext } from '../act.ts'
import { officeCalendar } from '../clocks/calendar.ts'
import { awaitsConfirmation, type PeriodUnit, type Rule } from '../clocks/rule.ts'
import { printedRulebook, type Rulebook } from '../clocks/rules.ts'
import type { Tx } from '../db.ts'
import { done, isRefusal, refusal, type Refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { addDays, type Day, isDay, rocDay } from '../time.ts'
import { carryOutMoves } from './carry-out.ts'
import { countyRulebook } from './county-rules.ts'
import { announceChange, refreshCalendar } from './follow.ts'
import { findRuleMoves } from './moves.ts'
import { readStored } from './stored.ts'

export const units = { cd: '日', wd: '工作日', mo: '個月', y: '年', h: '小時' } as const

const id = z.string().min(1).max(100)
const aDay = z.string({ error: '請填生效日' }).refine(isDay, '請填生效日，例如 116/1/1').transform((text) => text as Day)
const reason = z.string({ error: '請填理由' }).trim().min(2, '請填理由').max(500, '理由最多 500 個字')
const documentNumber = z.string().trim().max(100, '文號最多 100 個字').default('')

const Period = z.object({
  rule: id,
  clock: z.string().max(60).nullable().default(null),
  length: z.coerce.number({ error: '請填期間長度' }).int('長度要是整數').min(1, '長度至少是 1').max(3650, '長度最多 3650'),
  unit: z.enum(Object.keys(units) as [PeriodUnit, ...PeriodUnit[]], { error: '請選單位' }),
  effectiveFrom: aDay,
  reason,
  documentNumber,
})

/** Whether the county may set another period for this rule, and why not. */
export function refusePeriod(rule: Rule, clock: string | null): Refusal | null {
  const no = (code: string, message: string) => refusal(code, message, { field: 'rule' })
  if (!rule.configurable && !awaitsConfirmation(rule) && !rule.confirmed && !rule.draft) return no('rule.statutory', `${rule.title}的期間是法律條文所定（${rule.citation}），縣府不能自訂；條文修正時請維護廠商更新程式`)
  if (rule.tender || rule.tenderShare || rule.levels || rule.counting === 'gazette') return no('rule.not-one-length', `${rule.title}的期間依級距、等級或等標期而定，不是一個長度，請維護廠商更新程式`)
  if (clock !== null && !rule.variants?.[clock]) return no('rule.unknown-clock', `${rule.title}沒有「${clock}」這個期間`)
  return null
}

/** Another length or unit from a trigger day on; what began before keeps the period under which it began, what is set to begin later is computed anew. */
export const setPeriod = act(
  'clocks.set-period',
  Period,
  async (tx, ctx, input) => {
    const book = await bookNow(tx)
    const found = await findRule(tx, input.rule, input.effectiveFrom)
    if (isRefusal(found)) return found
    const rule = found.value
    const refused = refusePeriod(rule, input.clock) ?? refuseStart(input.effectiveFrom, ctx.today)
    if (refused) return refused
    const variant = input.clock === null ? null : rule.variants![input.clock]!
    const was = { length: variant ? variant.length : rule.length, unit: variant?.unit ?? rule.unit }
    if (was.length === input.length && was.unit === input.unit) return refusal('rule.same', '期間和現在的相同，沒有要改的', { field: 'length' })
    if ((input.unit === 'h') !== (was.unit === 'h')) return refusal('rule.hours', '以小時計和以日計的規則不能互換', { field: 'unit' })
    const { id: change } = await tx
      .insertInto('rule_changes')
      .values({ rule: input.rule, what: 'period', clock: input.clock, length: input.length, unit: input.unit, effective_from: input.effectiveFrom, reason: input.reason, confirmed_by: null, document_number: input.documentNumber || null, before: JSON.stringify(was) as never, made_at: ctx.now, made_by: ctx.person.id, ...notWithdrawn })
      .returning('id')
      .executeTakeFirstOrThrow()
    await record(tx, ctx, 'rule.period-set', { payload: { change, rule: input.rule, clock: input.clock, before: was, length: input.length, unit: input.unit, from: input.effectiveFrom } })
    const moved = await moveWhatBegins(tx, ctx, rule, book, `${rule.title}改為 ${input.length} ${units[input.unit]}`)
    await announceChange(tx)
    return done({ change, moved })
  },
  { permission: 'clocks.rules', stepUp: true },
)

const notWithdrawn = { withdrawn_at: null, withdrawn_on: null, withdrawn_by: null, withdrawn_why: null }

/** 法制單位已確認: the mark goes, the period stays. */
export const confirmRule = act(
  'clocks.confirm-rule',
  z.object({ rule: id, confirmedBy: z.string().trim().min(2, '請填是哪一個單位或哪一位確認的').max(60, '最多 60 個字'), documentNumber: z.string().trim().min(2, '請填確認的文號').max(100, '文號最多 100 個字'), reason: z.string().trim().max(500, '說明最多 500 個字').default('') }),
  async (tx, ctx, input) => {
    const found = await findRule(tx, input.rule, ctx.today)
    if (isRefusal(found)) return found
    const rule = found.value
    if (!awaitsConfirmation(rule)) return refusal('rule.sure', rule.confirmed ? `${rule.title}已經由${rule.confirmed.by}確認` : `${rule.title}的條文已經查證，不需要確認`, { field: 'rule' })
    const { id: change } = await tx
      .insertInto('rule_changes')
      .values({ rule: input.rule, what: 'confirmed', clock: null, length: null, unit: null, effective_from: null, reason: input.reason, confirmed_by: input.confirmedBy, document_number: input.documentNumber, before: JSON.stringify({ status: rule.status }) as never, made_at: ctx.now, made_by: ctx.person.id, ...notWithdrawn })
      .returning('id')
      .executeTakeFirstOrThrow()
    await record(tx, ctx, 'rule.confirmed', { payload: { change, rule: input.rule, before: rule.status } })
    await announceChange(tx)
    return done({ change })
  },
  { permission: 'clocks.rules' },
)

/** A draft computes nothing until a day is set from which it is in force. */
export const putInForce = act(
  'clocks.put-in-force',
  z.object({ rule: id, effectiveFrom: aDay, reason, documentNumber }),
  async (tx, ctx, input) => {
    const found = await findRule(tx, input.rule, input.effectiveFrom)
    if (isRefusal(found)) return found
    const rule = found.value
    if (!rule.draft) return refusal('rule.in-force', `${rule.title}在 ${rocDay(input.effectiveFrom)} 已經施行`, { field: 'effectiveFrom' })
    const refused = refuseStart(input.effectiveFrom, ctx.today)
    if (refused) return refused
    const { id: change } = await tx
      .insertInto('rule_changes')
      .values({ rule: input.rule, what: 'in-force', clock: null, length: null, unit: null, effective_from: input.effectiveFrom, reason: input.reason, confirmed_by: null, document_number: input.documentNumber || null, before: JSON.stringify({ draft: true }) as never, made_at: ctx.now, made_by: ctx.person.id, ...notWithdrawn })
      .returning('id')
      .executeTakeFirstOrThrow()
    await record(tx, ctx, 'rule.put-in-force', { payload: { change, rule: input.rule, from: input.effectiveFrom } })
    await announceChange(tx)
    return done({ change })
  },
  { permission: 'clocks.rules', stepUp: true },
)

/** Takes a change back. What it already applied to keeps it; from tomorrow the version before it follows. */
export const withdrawRuleChange = act(
  'clocks.withdraw-rule-change',
  z.object({ change: z.coerce.number().int(), reason }),
  async (tx, ctx, input) => {
    const book = await bookNow(tx)
    const withdrawn = await tx
      .updateTable('rule_changes')
      .set({ withdrawn_at: ctx.now, withdrawn_on: ctx.today, withdrawn_by: ctx.person.id, withdrawn_why: input.reason })
      .where('id', '=', input.change)
      .where('withdrawn_at', 'is', null)
      .returning(['id', 'rule'])
      .executeTakeFirst()
    if (!withdrawn) return refusal('rule.no-change', '這項修改已經收回，或沒有這一項')
    await record(tx, ctx, 'rule.change-withdrawn', { payload: { change: withdrawn.id, rule: withdrawn.rule } })
    const rule = printedRulebook.latest().find(({ id }) => id === withdrawn.rule)
    const moved = rule ? await moveWhatBegins(tx, ctx, rule, book, `${rule.title}的修改收回`) : 0
    await announceChange(tx)
    return done({ change: withdrawn.id, rule: withdrawn.rule, moved })
  },
  { permission: 'clocks.rules' },
)

/** Any of these acts, with the rules in use in this process when it returns. */
export async function changeRules<Input, Value>(change: (caller: Caller, input: Input) => Promise<Result<Value>>, caller: Caller, input: Input): Promise<Result<Value>> {
  const result = await change(caller, input)
  if (!isRefusal(result)) await refreshCalendar(caller.db)
  return result
}

const bookNow = async (tx: Tx) => countyRulebook(printedRulebook, (await readStored(tx)).rules)

/** Clocks that run already but begin tomorrow or later (notice before a meeting that is set) take the version of their own day. Gives how many moved. */
async function moveWhatBegins(tx: Tx, ctx: StaffContext, { id }: Rule, before: Rulebook, words: string): Promise<number> {
  const find = async () => findRuleMoves(tx, id, addDays(ctx.today, 1), before, await bookNow(tx), officeCalendar)
  const ids = [...new Set((await find()).map(({ caseId }) => caseId))]
  if (!ids.length) return 0
  await sql`select id from cases where id = any(${ids}::bigint[]) order by id for update`.execute(tx)
  const moves = await find()
  await carryOutMoves(tx, ctx, { changeId: null, words, version: officeCalendar.version, at: ctx.now }, moves)
  return moves.length
}

/** The version in force on a trigger day, by the county's rules as they stand in this transaction. */
async function findRule(tx: Parameters<typeof readStored>[0], ruleId: string, on: Day): Promise<Result<Rule>> {
  const book = countyRulebook(printedRulebook, (await readStored(tx)).rules)
  const rule = book.find(ruleId, on) ?? (book.has(ruleId) ? book.latest().find(({ id }) => id === ruleId) : null)
  return rule ? done(rule) : refusal('rule.unknown', `沒有「${ruleId}」這條規則`, { field: 'rule' })
}

// Cases that began today have their day already, and keep it.
function refuseStart(from: Day, today: Day): Refusal | null {
  return from > today ? null : refusal('rule.starts-too-early', `生效日最早是 ${rocDay(addDays(today, 1))}：已經開始計算的期間不能回頭改`, { field: 'effectiveFrom' })
}
