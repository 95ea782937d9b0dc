import { createHash } from 'node:crypto'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { done, NotFound, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { chosenId, optionalText } from '../inputs.ts'
import type { DispatchRule } from './suggest.ts'

const permission = 'petitions.edit-dispatch-rules'

/** Words as people type them: divided by 、 or comma or blank. */
export const readWords = (text: string): string[] => [...new Set(text.split(/[、，,\s]+/).map((word) => word.trim()).filter(Boolean))]

export const RuleInput = z
  .object({
    id: z.coerce.number().int().positive().optional(),
    title: z.string().trim().min(1, '請為規則取個名字').max(50, '名字最多 50 個字'),
    category: optionalText(50),
    township: optionalText(20),
    words: z.string().default('').transform(readWords).pipe(z.array(z.string().max(20, '每個詞最多 20 個字')).max(60, '最多 60 個詞')),
    unitId: chosenId('單位'),
    weight: z.coerce.number({ error: '請填 1 到 100' }).int('請填整數').min(1, '至少 1').max(100, '最多 100'),
  })
  .refine((rule) => rule.category || rule.township || rule.words.length, { message: '至少要有一個條件：類別、鄉鎮或用詞', path: ['words'] })

/** Writes a rule, new at the end or changed; a changed rule is a draft again until it was tried. */
export const saveRule = act('petitions.save-dispatch-rule', RuleInput, async (tx, ctx, input) => {
  const { id, unitId, ...rest } = input
  const values = { ...rest, unit_id: unitId, state: 'draft' as const }
  if (id) {
    const known = await lockRule(tx, id)
    const same = fingerprint({ ...known, unitId: known.unit_id }) === fingerprint(input)
    await tx.updateTable('petition_dispatch_rules').set(same ? { title: input.title } : values).where('id', '=', id).execute()
    await record(tx, ctx, 'petition.dispatch-rule-changed', { payload: { rule: id } })
    return done({ id })
  }
  const last = await tx.selectFrom('petition_dispatch_rules').select((eb) => eb.fn.max('position').as('position')).executeTakeFirst()
  const made = await tx.insertInto('petition_dispatch_rules').values({ ...values, position: (last?.position ?? 0) + 1 }).returning('id').executeTakeFirstOrThrow()
  await record(tx, ctx, 'petition.dispatch-rule-made', { payload: { rule: made.id } })
  return done({ id: made.id })
}, { permission })

export const MoveRule = z.object({ id: z.coerce.number().int().positive(), by: z.enum(['up', 'down']) })

/** One place up or down: where two rules are equally sure, the earlier one counts. */
export const moveRule = act('petitions.move-dispatch-rule', MoveRule, async (tx, ctx, input) => {
  const rows = await tx.selectFrom('petition_dispatch_rules').select(['id', 'position']).orderBy('position').orderBy('id').forUpdate().execute()
  const from = rows.findIndex((row) => row.id === input.id)
  if (from < 0) throw new NotFound('找不到這條規則')
  const to = from + (input.by === 'up' ? -1 : 1)
  if (!rows[to]) return refusal('dispatch-rule.at-the-end', input.by === 'up' ? '已經在最前面' : '已經在最後面')
  const [moved] = rows.splice(from, 1)
  rows.splice(to, 0, moved!)
  for (const [index, row] of rows.entries()) {
    if (row.position !== index + 1) await tx.updateTable('petition_dispatch_rules').set({ position: index + 1 }).where('id', '=', row.id).execute()
  }
  await record(tx, ctx, 'petition.dispatch-rule-moved', { payload: { rule: input.id, to: to + 1 } })
  return done()
}, { permission })

export const SwitchRule = z.object({ id: z.coerce.number().int().positive(), state: z.enum(['live', 'off', 'draft']) })

/** Puts a rule in force or out of it. Into force only as it was last tried against closed cases. */
export const switchRule = act('petitions.switch-dispatch-rule', SwitchRule, async (tx, ctx, input) => {
  const rule = await lockRule(tx, input.id)
  if (input.state === 'live') {
    const trial = await tx.selectFrom('petition_dispatch_trials').select('fingerprint').where('rule_id', '=', rule.id).orderBy('id', 'desc').limit(1).executeTakeFirst()
    if (trial?.fingerprint !== fingerprint({ ...rule, unitId: rule.unit_id })) return refusal('dispatch-rule.not-tried', '啟用前請先用已結案的案件試一次')
  }
  await tx.updateTable('petition_dispatch_rules').set({ state: input.state }).where('id', '=', rule.id).execute()
  await record(tx, ctx, 'petition.dispatch-rule-switched', { payload: { rule: rule.id, state: input.state } })
  return done()
}, { permission })

async function lockRule(tx: Tx, id: number) {
  const rule = await tx.selectFrom('petition_dispatch_rules').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!rule) throw new NotFound('找不到這條規則')
  return rule
}

/** What makes a rule decide as it does; a new name is no new rule. */
export function fingerprint(rule: Pick<DispatchRule, 'category' | 'township' | 'words' | 'unitId' | 'weight'>): string {
  const text = JSON.stringify([rule.category, rule.township, [...rule.words].sort(), rule.unitId, rule.weight])
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
