import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Reader } from '../../../core/db.ts'
import { done, NotFound } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { addDays, type Day, startOf } from '../../../core/time.ts'
import { caseKind } from '../schema.ts'
import { findRule, findRules, type StoredRule } from './rules-query.ts'
import { fingerprint } from './rules-actions.ts'
import { type DispatchRule, type LetterFacts, matchRule, suggestUnit } from './suggest.ts'

/** The latest closed cases of the last year that a trial looks at. */
export const trialCasesMax = 20_000
const samplesMax = 20

type ClosedCase = LetterFacts & { name: string; bureauId: number; bureauName: string }

export type Sample = { name: string; title: string; answeredBy: string; reason: string }

/** What a rule would have done with last year's cases, alone and among the live ones. */
export type Trial = {
  cases: number
  /** cases it matches whose answer came from its unit's bureau, and from another */
  hits: number
  misses: number
  hitSamples: Sample[]
  missSamples: Sample[]
  /** with all live rules and this one: how many it would have known, and known right */
  together: { sure: number; right: number }
}

/** Tries one rule against closed cases. `bureauOf`: the bureau of the rule's unit. */
export function tryRule(rule: DispatchRule, bureauId: number, closed: ClosedCase[], liveRules: DispatchRule[], bureauOf: Map<number, number>): Trial {
  const trial: Trial = { cases: closed.length, hits: 0, misses: 0, hitSamples: [], missSamples: [], together: { sure: 0, right: 0 } }
  const together = [...liveRules.filter((one) => one.id !== rule.id), rule]
  for (const one of closed) {
    const advice = suggestUnit(one, together)
    if (advice.sure) {
      trial.together.sure += 1
      if (bureauOf.get(advice.suggestion.unitId) === one.bureauId) trial.together.right += 1
    }
    const match = matchRule(one, rule)
    if (!match) continue
    const right = one.bureauId === bureauId
    trial[right ? 'hits' : 'misses'] += 1
    const samples = right ? trial.hitSamples : trial.missSamples
    if (samples.length < samplesMax) samples.push({ name: one.name, title: one.title, answeredBy: one.bureauName, reason: match.reason })
  }
  return trial
}

/** Closed cases of the last year, newest first, with the bureau that answered them. Confidential ones are left out. */
export async function findClosed(reader: Reader, today: Day): Promise<ClosedCase[]> {
  const found = await sql<ClosedCase>`
    select coalesce(c.number, c.follow_no) as name, c.title, p.category, c.township, b.id as "bureauId", b.name as "bureauName",
      coalesce((select l.text from petition_letters l where l.case_id = c.id order by l.id limit 1), '') as body
    from cases c join petitions p on p.id = c.id join units u on u.id = c.unit_id join units b on b.id = u.bureau_id
    where c.kind = ${caseKind} and c.received_at >= ${startOf(addDays(today, -365))} and c.closed_at is not null and c.outcome in ('answered', 'merged') and not c.confidential
    order by c.received_at desc, c.id desc limit ${sql.lit(trialCasesMax)}`.execute(reader)
  return found.rows
}

/** What a stored rule would have done, as it reads now. Null when there is no such rule. */
export async function trialOf(reader: Reader, ruleId: number, today: Day): Promise<{ rule: StoredRule; trial: Trial } | null> {
  const rule = await findRule(reader, ruleId)
  if (!rule) return null
  const units = await reader.selectFrom('units').select(['id', 'bureau_id']).execute()
  const bureauOf = new Map(units.map((unit) => [unit.id, unit.bureau_id]))
  return { rule, trial: tryRule(rule, bureauOf.get(rule.unitId)!, await findClosed(reader, today), await findRules(reader, 'live'), bureauOf) }
}

/** Tries a rule against closed cases and keeps what came out: the condition for going live. */
export const runTrial = act('petitions.try-dispatch-rule', z.object({ id: z.coerce.number().int().positive() }), async (tx, ctx, input) => {
  const tried = await trialOf(tx, input.id, ctx.today)
  if (!tried) throw new NotFound('找不到這條規則')
  const { rule, trial } = tried
  const { cases, hits, misses } = trial
  await tx.insertInto('petition_dispatch_trials').values({ rule_id: rule.id, fingerprint: fingerprint(rule), cases, hits, misses, person_id: ctx.person.id }).execute()
  await record(tx, ctx, 'petition.dispatch-rule-tried', { payload: { rule: rule.id, cases, hits, misses } })
  return done(trial)
}, { permission: 'petitions.edit-dispatch-rules' })

export type LastTrial = { ruleId: number; cases: number; hits: number; misses: number; at: Date; fingerprint: string }

/** The latest trial of each rule. */
export async function lastTrials(reader: Reader): Promise<Map<number, LastTrial>> {
  const found = await sql<LastTrial>`select distinct on (rule_id) rule_id as "ruleId", cases, hits, misses, at, fingerprint from petition_dispatch_trials order by rule_id, id desc`.execute(reader)
  return new Map(found.rows.map((row) => [row.ruleId, row]))
}
