import type { Caller } from '../../../core/act.ts'
import { isRefusal, NotAllowed, NotFound } from '../../../core/errors.ts'
import { dispatchPetition } from './actions.ts'
import { findRules, letterFacts } from './rules-query.ts'
import { suggestUnit } from './suggest.ts'

/** A unit chosen, or null for the case's own suggestion. */
export type BulkWish = { name: string; unitId: string | number | null; suggestedUnitId?: string | undefined }
/** What became of one case: to whom, or why not. */
export type BulkLine = { name: string; problem: string | null }

/** Dispatches many cases, each in its own transaction, and says of each what became of it. */
export async function dispatchMany(caller: Caller, wishes: BulkWish[], key?: string): Promise<BulkLine[]> {
  const suggested = await suggestions(caller, wishes.filter((wish) => !wish.unitId).map((wish) => wish.name))
  const lines: BulkLine[] = []
  for (const wish of wishes) {
    const own = suggested.get(wish.name)
    const unitId = wish.unitId ?? own?.unitId
    lines.push({ name: wish.name, problem: unitId ? await dispatchOne(caller, { ...wish, unitId, suggestedUnitId: wish.suggestedUnitId ?? own?.unitId }, key) : (own?.because ?? '沒有把握分給誰，請選擇單位') })
  }
  return lines
}

async function dispatchOne(caller: Caller, wish: { name: string; unitId: string | number; suggestedUnitId: string | number | undefined }, key?: string): Promise<string | null> {
  try {
    const result = await dispatchPetition(caller, { ...wish, jointUnitIds: [], ...(key ? { _key: `${key}-${wish.name}` } : {}) })
    return isRefusal(result) ? result.message : null
  } catch (error) {
    if (error instanceof NotFound || error instanceof NotAllowed) return error.message
    throw error
  }
}

async function suggestions(caller: Caller, names: string[]): Promise<Map<string, { unitId?: number; because?: string }>> {
  if (!names.length) return new Map()
  const { db } = caller
  const cases = await db.selectFrom('cases').select(['id', 'number', 'follow_no']).where((eb) => eb.or([eb('number', 'in', names), eb('follow_no', 'in', names)])).execute()
  const [rules, letters] = await Promise.all([findRules(db, 'live'), letterFacts(db, cases.map((one) => one.id))])
  return new Map(
    cases.map((one) => {
      const advice = suggestUnit(letters.get(one.id)!, rules)
      return [names.find((name) => name === one.number || name === one.follow_no)!, advice.sure ? { unitId: advice.suggestion.unitId } : { because: advice.because }]
    }),
  )
}
