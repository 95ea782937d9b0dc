import type { Caller } from '../../core/act.ts'
import { valueOf } from '../../core/errors.ts'
import { addDays, type Day, dayOf, startOf } from '../../core/time.ts'
import { recordResult, recordSequel } from './after/acts.ts'
import { recordAuthorityDecision } from './after/authority.ts'
import { findAgencies } from './filing/agencies.ts'
import { registerAppeal } from './filing/register.ts'
import { fileOnline } from './portal/file.ts'
import { recordService, sendLetter } from './letters/acts.ts'
import type { StepId } from './steps.ts'
import './tables.ts'
import { stepActs } from './take-step.ts'

export { decideSome } from './committee/demonstrate.ts'

export type DemoOpen = { matter: string; agency: string; name: string; filedDaysAgo: number; form?: 'statement'; online?: true; residence?: string; signed?: false; appliedDaysAgo?: number; /** 處分送達, where it was longer ago than two weeks */ servedDaysAgo?: number; /** against the county itself */ own?: true; /** what the ministry decided, with how many days ago */ decided?: readonly [daysAgo: number, outcome: string]; steps: readonly [id: string, daysAgo: number, more?: Record<string, unknown>][] }

/** Appeals on the desk of the demonstration's law section, at each stage, as if worked on over the last weeks. One that is there is left alone. */
export async function fileSome(who: { clerk: Caller; law: Caller }, now: Date, appeals: readonly DemoOpen[]): Promise<void> {
  const { db } = who.law
  const known = new Set((await db.selectFrom('appeals').innerJoin('cases', 'cases.id', 'appeals.id').select('title').where('cases.import_id', 'is', null).execute()).map(({ title }) => title))
  const agencies = await findAgencies(db)
  const unitId = who.law.person!.posts[0]!.unitId
  for (const one of appeals.filter(({ matter }) => !known.has(matter)).toSorted((a, b) => b.filedDaysAgo - a.filedDaysAgo)) {
    const agency = one.own ? { kind: 'county' as const, id: '' } : agencies.find(({ name }) => name === one.agency)!
    const receivedOn = before(now, one.filedDaysAgo)
    const servedOn = one.servedDaysAgo ? before(now, one.servedDaysAgo) : addDays(receivedOn, -14)
    const filing = {
      form: one.form ?? 'appeal', ground: one.appliedDaysAgo ? 'inaction' : 'disposition', title: one.matter, category: '其他', agencyKind: agency.kind, agencyUnitId: String(agency.id), residence: one.residence ?? '金門縣',
      ...(one.appliedDaysAgo ? { appliedOn: before(now, one.appliedDaysAgo) } : { servedOn, dispositionOn: addDays(servedOn, -3), dispositionNo: '示字第1號' }),
      claims: one.form ? '' : one.appliedDaysAgo ? '命原處分機關速為處分' : '原處分撤銷', facts: one.appliedDaysAgo ? '申請至今沒有下文，機關逾期不作為。' : '不服原處分機關所為之處分，提起訴願。', isPerson: 'yes', name: one.name,
      bornOn: '60/1/1', idNumber: 'A100000000', address: '示範縣金城鎮示範路1號',
    }
    if (one.online) {
      valueOf(await fileOnline(on({ db, person: null }, receivedOn, 20), { ...filing, email: 'appellant@example.org', origin: 'https://windlion.example' }))
      continue
    }
    const { number } = valueOf(await registerAppeal(on(who.clerk, receivedOn, 9), { ...filing, channel: 'paper', receivedOn, signed: one.signed === false ? '' : 'yes', unitId }))
    for (const [id, daysAgo, more] of one.steps) {
      const day = before(now, daysAgo)
      valueOf(await stepActs[id as StepId](on(who.law, day, 10), { name: number, on: day, ...more, ...(typeof more?.ceased === 'number' ? { ceased: before(now, more.ceased) } : {}) }))
    }
    if (one.decided) valueOf(await recordAuthorityDecision(on(who.law, before(now, one.decided[0] - 3), 10), { name: number, decidedOn: before(now, one.decided[0]), on: before(now, one.decided[0] - 3), authority: '示範部', number: '示訴字第1號', outcomes: { 1: one.decided[1] }, ...(one.decided[1] === 'revoked' ? { days: 60 } : {}) }))
    if (one.signed === false) await serveCorrection(who.clerk, number, before(now, 12))
  }
}

/** Suits against decisions of earlier years, some of them judged; nothing where there are any. */
export async function sueSome(law: Caller, now: Date): Promise<void> {
  const { db } = law
  if (await db.selectFrom('appeal_sequels').select('id').executeTakeFirst()) return
  const dismissed = await db.selectFrom('appeals').innerJoin('cases', 'cases.id', 'appeals.id').select(['number', 'decided_on']).where('decision', '=', 'dismissed').where('cases.stage', '=', 'closed').where('dispatched_on', 'is not', null).orderBy('decided_on').orderBy('appeals.id').execute()
  for (const [i, { number, decided_on: decidedOn }] of dismissed.filter((_, at) => at % 5 === 2).entries()) {
    const [sued, judged] = [addDays(decidedOn!, 48), addDays(decidedOn!, 340)]
    if (judged >= dayOf(now)) break
    valueOf(await recordSequel({ ...law, now }, { name: number!, kind: 'litigation', on: sued, authority: '示範高等行政法院地方行政訴訟庭', number: `示訴字第${i + 1}號` }))
    const { id } = await db.selectFrom('appeal_sequels').select('appeal_sequels.id').innerJoin('cases', 'cases.id', 'case_id').where('cases.number', '=', number).executeTakeFirstOrThrow()
    valueOf(await recordResult({ ...law, now }, { name: number!, sequel: id, result: judgments[i % judgments.length]!, on: judged }))
  }
}
const judgments = ['dismissed', 'dismissed', 'revoked', 'dismissed', 'withdrawn'] as const

/** The notice to correct was posted and served two days later. */
async function serveCorrection(clerk: Caller, name: string, sentOn: Day): Promise<void> {
  const letter = await clerk.db.selectFrom('appeal_letters').innerJoin('cases', 'cases.id', 'case_id').select('appeal_letters.id').where('cases.number', '=', name).where('appeal_letters.kind', '=', 'correction').executeTakeFirstOrThrow()
  valueOf(await sendLetter(on(clerk, sentOn, 15), { name, letter: letter.id, on: sentOn, documentNo: '府法訴字第1號' }))
  valueOf(await recordService(on(clerk, addDays(sentOn, 3), 15), { name, letter: letter.id, on: addDays(sentOn, 2), kind: '送達' }))
}

const before = (now: Date, days: number): Day => addDays(dayOf(now), -days)
const on = (caller: Caller, day: Day, hour: number): Caller => ({ ...caller, now: new Date(startOf(day).getTime() + hour * 3_600_000) })
