import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Db, Reader } from '../../../core/db.ts'
import { done, refusal } from '../../../core/errors.ts'
import { actedBy, payloadOf } from '../../../core/events/acted-by.ts'
import { record } from '../../../core/events/record.ts'
import { findSetting, saveSetting } from '../../../core/identity/settings.ts'
import { cleanLine } from '../../../core/mail/clean.ts'
import { changesOf, refuseRules, type RuleChange, ruleFields, type RuleName, ruleNames, type ServiceRules, usualRules } from '../service-rules.ts'

/** The portal reads `rules` of it by the view windlion_public.advice_rules. */
const setting = 'legal-advice.rules'
type Kept = { version: number; rules: Partial<ServiceRules>; reason: string; by: number; /** ISO, UTC */ at: string }

/** Rules that were kept before one was added have that one's usual value. */
export const rulesOf = (kept: Partial<ServiceRules> | undefined): ServiceRules => ({ ...usualRules, ...kept })

/** The rules by which holds, offers and reminders are made now. What is held already keeps the deadline on its own row. */
export async function findRules(reader: Reader | Db): Promise<ServiceRules> {
  return rulesOf((await findSetting<Kept>(reader, setting))?.rules)
}

/** 0: never changed. */
export async function findRulesVersion(reader: Reader | Db): Promise<number> {
  return (await findSetting<Kept>(reader, setting))?.version ?? 0
}

export type KeptChange = { version: number; at: Date; by: string | null; reason: string; changes: RuleChange[] }

/** How many changes stand on one page. */
export const changesShown = 20

/** Changes, the newest first, from the versions that the table of settings keeps; those before a version, and the version from which the next page goes on. */
export async function findRuleChanges(reader: Reader, before: number | null = null): Promise<{ rows: KeptChange[]; next: number | null }> {
  const { rows } = await sql<{ value: Kept; by: string | null }>`
    select v.value, ${actedBy('p', payloadOf('legal-advice.rules-changed', 'version', sql`v.value->'version'`))} as by
    from (select value from settings where name = ${setting} union all select value from windlion_history.settings where name = ${setting}) v
      left join people p on p.id = (v.value->>'by')::bigint where ${before}::int is null or (v.value->>'version')::int < ${before}::int order by (v.value->>'version')::int desc limit ${changesShown + 1}`.execute(reader)
  const all = rows.map(({ value, by }, i): KeptChange => ({ version: value.version, at: new Date(value.at), by, reason: value.reason, changes: changesOf(rulesOf(value.rules), rulesOf(rows[i + 1]?.value.rules)) }))
  return { rows: all.slice(0, changesShown), next: rows.length > changesShown ? rows[changesShown - 1]!.value.version : null }
}

/** An empty field is no 0. */
function numberOf(name: RuleName) {
  const { label, unit, from, to } = ruleFields[name]
  const said = name === 'remindHour' ? '請選擇提醒的時間' : `「${label}」要是 ${from} 到 ${to} ${unit}的整數`
  return z.coerce.string().transform((text) => text.normalize('NFKC').trim()).refine((text) => /^\d{1,3}$/.test(text) && Number(text) >= from && Number(text) <= to, said).transform(Number)
}

const Rules = z.object({
  ...(Object.fromEntries(ruleNames.map((name) => [name, numberOf(name)])) as Record<RuleName, ReturnType<typeof numberOf>>),
  reason: z.string().default('').transform(cleanLine).refine((text) => [...text].length >= 4, '請填依據或理由，例如核定的公文').refine((text) => [...text].length <= 200, '依據最多 200 個字'),
  /** that from which the form was made */
  version: z.coerce.number().int(),
})

/** What is held or offered already keeps its own deadline; the next hold, offer and reminder go by the new rules. */
export const changeRules = act('legal-advice.change-rules', Rules, async (tx, ctx, { reason, version, ...wanted }) => {
  await sql`lock table settings in share row exclusive mode`.execute(tx) // the first change has no row to lock
  const [current, at] = [await findRules(tx), await findRulesVersion(tx)]
  if (version !== at) return refusal('rules.changed', '您編輯的時候，別人已經改過規則。您填的都還在，請對照下面的修改紀錄再儲存')
  const no = refuseRules(wanted, current)
  if (no) return no
  const kept: Kept = { version: at + 1, rules: wanted, reason, by: ctx.person.id, at: ctx.now.toISOString() }
  await saveSetting(tx, setting, kept)
  await record(tx, ctx, 'legal-advice.rules-changed', { payload: { version: kept.version, ...wanted } })
  return done({ version: kept.version, changes: changesOf(wanted, current) })
}, { permission: 'legal-advice.plan' })
