import type { Caller } from '../../core/act.ts'
import { valueOf } from '../../core/errors.ts'
import { addDays, dayOf, rocDay } from '../../core/time.ts'
import { checkProposal } from './check.ts'
import { moveDeadline } from './rounds.ts'
import './tables.ts'

/** The round that runs now: open for another three weeks, one proposal of the officer's unit given back. */
export async function runRound({ control, officer }: { control: Caller; officer: Caller }, now: Date, year: number): Promise<void> {
  const { db } = control
  const round = await db.selectFrom('plan_rounds').select(['id', 'due_on']).where('roc_year', '=', year).executeTakeFirstOrThrow()
  const dueOn = addDays(dayOf(now), 20)
  if (round.due_on >= dueOn) return
  valueOf(await moveDeadline({ ...control, now }, { year, dueOn: rocDay(dueOn) }))
  const own = await db.selectFrom('plan_proposals as p').innerJoin('cases as c', 'c.id', 'p.id').select('c.number').where('p.round_id', '=', round.id).where('c.unit_id', '=', officer.person!.posts[0]!.unitId).where('c.closed_at', 'is', null).orderBy('c.number').limit(2).execute()
  for (const { number } of own.slice(0, 1)) valueOf(await checkProposal({ ...control, now }, { name: number!, decision: 'returned', note: '請補上用地取得情形與預期效益的計算方式。' }))
}
