import type { Caller } from '../../core/act.ts'
import { openDayFrom } from '../../core/clocks/calendar.ts'
import { findMeeting } from '../../core/committees/queries.ts'
import { valueOf } from '../../core/errors.ts'
import { letterActs } from '../../core/procedure/letters/acts.ts'
import { stepActs } from '../../core/procedure/take-step.ts'
import { addDays, type Day, dayOf, rocDay, startOf } from '../../core/time.ts'
import { deliberateSome } from './council/demonstrate.ts'
import { letters } from './letters/kinds.ts'
import { hearing, negotiationActs } from './negotiation/hearing.ts'
import { registerClaim } from './register.ts'
import { procedure, type StepId } from './steps.ts'
import './tables.ts'

type Taken = { step: StepId | 'held'; /** days before today */ ago: number; answers?: Record<string, string>; /** answers that are days, from today on */ days?: Record<string, number>; note?: string }
type DemoClaim = { title: string; facts: string; agency: string; money: string; ago: number; steps: Taken[] }

const accepted: Taken = { step: 'accept', ago: 20 }
const notified = (meetingOn: number): Taken => ({ step: 'notify', ago: 16, answers: { startsAt: '10:00', place: '縣府第三會議室' }, days: { meetingOn, servedOn: -14 } })
const served: Taken = { step: 'notice-served', ago: 14, answers: { serviceKind: '送達' } }
/** Its day of negotiation, recorded and agreed on. */
const held: Taken = { step: 'held', ago: 4, answers: { claimed: '請求醫療費、修車費。', opinion: '現場確有坑洞，同意就必要費用賠償。', amount: '50000', waiver: 'yes' } }

/** One claim at each stage of the procedure, in the hands of the law section. */
const claims: DemoClaim[] = [
  { title: '自行車道路面突起跌倒受傷', facts: '騎乘自行車經過濱海車道，路面突起沒有警示，跌倒受傷，請求醫療費。', agency: '觀光處', money: '38000', ago: 3, steps: [] },
  { title: '停車場柵欄砸傷', facts: '步行經過停車場出入口，柵欄突然放下砸中肩膀，請求醫療費與慰撫金。', agency: '公共車船管理處', money: '60000', ago: 12, steps: [{ step: 'ask-correction', ago: 8, answers: { defect: 'form', days: '14', asked: '請求書沒有簽名或蓋章，請補簽。' } }] },
  { title: '排水溝工程致住宅龜裂', facts: '住宅旁排水溝施工後牆面龜裂，主張施工管理有欠缺，請求修繕費用。', agency: '工務處', money: '280000', ago: 14, steps: [{ ...accepted, ago: 12 }, { step: 'ask-superior', ago: 9, answers: { superior: '行政院' }, note: '工程由本府與中央機關共同辦理，對賠償義務機關有爭議。' }] },
  { title: '人行道樹根隆起絆倒', facts: '夜間步行被人行道隆起的樹根絆倒，手腕骨折，請求醫療費與工作損失。', agency: '養護工程所', money: '156000', ago: 22, steps: [accepted, notified(4), served] },
  { title: '橋面伸縮縫破損致機車摔倒', facts: '騎機車經過橋面，伸縮縫破損卡住輪胎摔倒，請求醫療費與修車費。', agency: '工務處', money: '72000', ago: 26, steps: [accepted, notified(-6), served, held] },
]

/** Papers of these claims: the notice to correct, served; an agreement that waits for the head. */
async function writeSome(law: Caller, head: Caller, now: Date): Promise<void> {
  const { db } = law
  const papers = letterActs(letters)
  const write = async (title: string, kind: string, ago: number, others: string) => {
    const party = await db.selectFrom('case_parties').innerJoin('cases', 'cases.id', 'case_id').select(['case_parties.id', 'number']).where('title', '=', title).where('cases.kind', '=', procedure.kind).executeTakeFirstOrThrow()
    const drafted = valueOf(await papers.draft(on(law, before(now, ago)), { name: party.number, kind, parties: { [party.id]: 'original' }, othersCc: others }))
    return { name: party.number!, ...drafted }
  }
  if (await db.selectFrom('case_letters').innerJoin('cases', 'cases.id', 'case_id').select('case_letters.id').where('cases.kind', '=', procedure.kind).executeTakeFirst()) return
  const asked = await write('停車場柵欄砸傷', 'correction', 8, '公共車船管理處')
  valueOf(await papers.issue(on(head, before(now, 8)), { ...asked, on: before(now, 8), documentNo: '府行法字第1號' }))
  const { id: copy } = await db.selectFrom('case_letter_copies').select('id').where('letter_id', '=', asked.letter).where('original', '=', true).executeTakeFirstOrThrow()
  valueOf(await papers.serve(on(law, before(now, 7)), { ...asked, copy, on: before(now, 8), kind: '送達', proof: '（示範）送達證書 1 號' }))
  await write('橋面伸縮縫破損致機車摔倒', 'agreement', 3, '工務處')
}

/** Claims of the last weeks, as the section would have worked on them. A claim that is there already is left alone. */
export async function claimSome(law: Caller, head: Caller, now: Date): Promise<void> {
  const acts = stepActs(procedure)
  const known = new Set((await law.db.selectFrom('cases').select('title').where('kind', '=', procedure.kind).execute()).map(({ title }) => title))
  for (const claim of claims.filter(({ title }) => !known.has(title))) {
    const receivedOn = before(now, claim.ago)
    const { name } = valueOf(await registerClaim(on(law, receivedOn), {
      title: claim.title, facts: claim.facts, agency: claim.agency, requestedTwd: claim.money, channel: 'paper', receivedOn: rocDay(receivedOn), damageOn: rocDay(addDays(receivedOn, -30)), knownOn: rocDay(addDays(receivedOn, -30)), basis: 'facility',
      claimantName: '周示範', claimantPhone: '0900-000-222', claimantAddress: '示範縣金城鎮虛構路 2 號',
    }))
    for (const { step, ago, answers, days, note } of claim.steps) {
      if (step === 'held') {
        await holdOne(law, name, answers!)
        continue
      }
      const day = before(now, ago)
      const asked = Object.fromEntries(Object.entries(days ?? {}).map(([question, from]) => [question, rocDay(question === 'meetingOn' ? openDayFrom(before(now, -from), from < 0 ? -1 : 1) : before(now, -from))]))
      valueOf(await acts[step]!(on(law, day), { name, on: rocDay(day), ...answers, ...asked, ...(note ? { note } : {}) }))
    }
  }
  await writeSome(law, head, now)
  const numberOf = async (title: string) => (await law.db.selectFrom('cases').select('number').where('kind', '=', procedure.kind).where('title', '=', title).executeTakeFirstOrThrow()).number!
  await deliberateSome(law, now, { resolved: await numberOf('人行道樹根隆起絆倒'), waits: await numberOf('自行車道路面突起跌倒受傷') })
}

/** The planned day of negotiation of a claim, recorded at its noon: everybody came and agreed. */
async function holdOne(law: Caller, name: string, asked: Record<string, string>): Promise<void> {
  const { negotiation } = await procedure.find(law.db, law.person!, name)
  const { heldOn, people, items } = await findMeeting(law.db, hearing, law.person!, negotiation!)
  const each = (value: string) => Object.fromEntries(items.map(({ id }) => [id, value]))
  valueOf(await negotiationActs.recordMeeting({ ...law, now: new Date(startOf(heldOn).getTime() + 12 * 3_600_000) }, {
    name: negotiation!, next: 'finish', endsAt: '11:30', attendance: Object.fromEntries(people.map(({ id }) => [id, 'present'])), decisions: each('agreed'), answers: Object.fromEntries(Object.entries(asked).map(([question, value]) => [question, each(value)])),
  }))
}

const before = (now: Date, days: number): Day => addDays(dayOf(now), -days)
/** The same person on another day, in the morning. */
const on = (caller: Caller, day: Day): Caller => ({ ...caller, now: new Date(startOf(day).getTime() + 36_000_000) })
