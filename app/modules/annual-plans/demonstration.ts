import { sql } from 'kysely'
import type { Caller } from '../../core/act.ts'
import { valueOf } from '../../core/errors.ts'
import { addDays, day, dayOf, parseInstant, rocDay } from '../../core/time.ts'
import { writeThen } from '../../core/write-then.ts'
import { checkProposal } from './check.ts'
import { acceptCut, admitLater, findRanked, pinProposal, type Ranked, reviewMeeting } from './cut.ts'
import { nameReviewer } from './reviewers.ts'
import { moveDeadline } from './rounds.ts'
import './tables.ts'
import { linkProposal } from './track.ts'

/** The round that runs now: open for another three weeks, with reviewers, one proposal of the officer's unit given back. */
export async function runRound({ control, officer }: { control: Caller; officer: Caller }, now: Date, year: number, reviewers: readonly (readonly [string, 'budget' | 'research' | 'business'])[]): Promise<void> {
  const { db } = control
  const round = await db.selectFrom('plan_rounds').select(['id', 'due_on']).where('roc_year', '=', year).executeTakeFirstOrThrow()
  const dueOn = addDays(dayOf(now), 20)
  if (round.due_on >= dueOn) return
  const own = await db.selectFrom('plan_proposals as p').innerJoin('cases as c', 'c.id', 'p.id').select('c.number').where('p.round_id', '=', round.id).where('c.unit_id', '=', officer.person!.posts[0]!.unitId).where('c.closed_at', 'is', null).orderBy('c.number').limit(3).execute()
  valueOf(await checkProposal({ ...control, now }, { name: own[0]!.number!, decision: 'returned', note: '請補上用地取得情形與預期效益的計算方式。' }))
  valueOf(await pinProposal({ ...control, now }, { name: own[1]!.number!, pin: 'in', why: '中央已核定補助，地方配合款應優先編列。' }))
  for (const [login, role] of reviewers) valueOf(await nameReviewer({ ...control, now }, { year, login, role }))
  valueOf(await moveDeadline({ ...control, now }, { year, dueOn: rocDay(dueOn) }))
}

/** ROC 111's review meeting of 110-06-22: 155 of 180 are in, two of them and one of the others by decision over the order; and one of the year before admitted later. */
export async function decideRounds(control: Caller, within: number): Promise<void> {
  const { db } = control
  const person = control.person!
  const round = await db.selectFrom('plan_rounds').select('id').where('roc_year', '=', 111).executeTakeFirstOrThrow()
  if (await db.selectFrom('plan_cuts').select('id').where('round_id', '=', round.id).executeTakeFirst()) return
  await writeThen(db, parseInstant('110/6/22 16:30')!, person, async (tx, ctx) => {
    for (const pin of pinsOf(await findRanked(tx, round.id))) valueOf(await pinProposal.within(tx, ctx, pin))
    const ceiling = ceilingFor(await findRanked(tx, round.id), within)
    valueOf(await acceptCut.within(tx, ctx, { year: 111, ceiling, meeting: reviewMeeting, meetingOn: day('2021-06-22') }))
  })
  const left = await db.selectFrom('cases as c').innerJoin('plan_proposals as p', 'p.id', 'c.id').innerJoin('plan_rounds as r', 'r.id', 'p.round_id').select('c.number').where('r.roc_year', '=', 110).where('c.outcome', '=', 'not-admitted').orderBy('c.number').executeTakeFirstOrThrow()
  await writeThen(db, parseInstant('109/9/16 10:00')!, person, async (tx, ctx) => {
    valueOf(await admitLater.within(tx, ctx, { name: left.number!, meeting: '概算第二次審查會議', meetingOn: day('2020-09-16'), why: '原列用地問題已解決，並獲中央核定補助。' }))
  })
}

const pinsOf = (ranked: readonly Ranked[]) => [
  { name: ranked[172]!.number, pin: 'in' as const, why: '中央補助已核定，未編配合款將被收回。' },
  { name: ranked[168]!.number, pin: 'in' as const, why: '涉及公共安全，主管會報決議優先辦理。' },
  { name: ranked[40]!.number, pin: 'out' as const, why: '用地尚在協議價購，年度內無法執行。' },
]

/** A ceiling in whole millions under which just so many are in. */
function ceilingFor(ranked: readonly Ranked[], within: number): number {
  const pinned = ranked.filter(({ pin }) => pin === 'in')
  const taken = ranked.filter(({ pin }) => pin === null).slice(0, within - pinned.length)
  const sum = [...pinned, ...taken].reduce((total, { twd }) => total + twd, 0)
  return Math.ceil(sum / 1_000_000) * 1_000_000
}

/** Admitted proposals whose project is under watch already. */
export async function linkSome(control: Caller, now: Date): Promise<void> {
  const { db } = control
  const pairs = await db.selectFrom('cases as c').innerJoin('plan_proposals as p', 'p.id', 'c.id').innerJoin('plan_rounds as r', 'r.id', 'p.round_id')
    .innerJoin('cases as j', (join) => join.on(sql<boolean>`c.title = j.title || '計畫'`))
    .innerJoin('projects as q', 'q.id', 'j.id').leftJoin('plan_projects as l', 'l.case_id', 'c.id')
    .select(['c.number', 'j.number as project']).where('r.roc_year', '=', 111).where('c.outcome', '=', 'admitted').where('l.id', 'is', null).where('q.from_case_id', 'is', null).orderBy('c.number').limit(6).execute()
  for (const { number, project } of pairs) valueOf(await linkProposal({ ...control, now }, { name: number!, project: project! }))
}
