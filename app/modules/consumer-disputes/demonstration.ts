import type { Caller } from '../../core/act.ts'
import { openDayFrom } from '../../core/clocks/calendar.ts'
import { valueOf } from '../../core/errors.ts'
import { letterActs } from '../../core/procedure/letters/acts.ts'
import { stepActs } from '../../core/procedure/take-step.ts'
import { addDays, type Day, dayOf, rocDay, startOf } from '../../core/time.ts'
import { letters } from './letters/kinds.ts'
import { mediateSome } from './mediation/demonstrate.ts'
import { registerDispute } from './register.ts'
import { procedure, type StepId } from './steps.ts'
import './tables.ts'

type Taken = { step: StepId; /** days before today */ ago: number; answers?: Record<string, string>; note?: string }
type DemoDispute = { title: string; category: string; facts: string; asked: string; money: string; business: string; ago: number; steps: Taken[] }

const toBusiness = (ago: number): Taken => ({ step: 'to-business', ago })
const unhandled = (ago: number): Taken => ({ step: 'answered', ago, answers: { result: 'not-handled', answer: '業者表示商品無瑕疵，不同意退款。' } })
const met = (ago: number, absent: string): Taken => ({ step: 'meet', ago, answers: { members: '9', present: '4', who: '主席示範消保官、委員三人、消費者', absent, minutes: '雙方陳述意見，業者未到場。' } })

/** One dispute at the stages that need somebody, in the hands of the ombudsman. */
const disputes: DemoDispute[] = [
  { title: '民宿訂金不退', category: '旅遊住宿', facts: '因颱風取消住宿，業者不退訂金。', asked: '退還訂金', money: '6000', business: '示範海景民宿', ago: 2, steps: [] },
  { title: '機車保固維修爭議', category: '車輛', facts: '新車三個月故障，業者不認保固，要求自費。', asked: '免費維修', money: '18000', business: '示範機車行', ago: 8, steps: [toBusiness(6)] },
  { title: '健身課程解約扣款', category: '健身美容', facts: '課程上了兩次要求解約，業者扣除高額手續費。', asked: '退還未使用的課程費', money: '32000', business: '示範健身中心', ago: 28, steps: [toBusiness(26), unhandled(14), { step: 'second', ago: 12 }] },
  { title: '冷氣安裝漏水', category: '3C 家電', facts: '冷氣安裝後漏水，天花板受損，業者不願修繕。', asked: '修繕及賠償天花板', money: '150000', business: '示範電器行', ago: 40, steps: [toBusiness(38), unhandled(25), { step: 'apply', ago: 20 }, { step: 'accept', ago: 18, answers: { jurisdiction: 'county' } }] },
  { title: '補習班中途退費', category: '補習教育', facts: '上課一個月要求退費，業者只退三成。', asked: '依定型化契約退還未上課的學費', money: '36000', business: '示範文理補習班', ago: 50, steps: [toBusiness(48), unhandled(34), { step: 'apply', ago: 26 }, { step: 'accept', ago: 25, answers: { jurisdiction: 'county' } }] },
  {
    title: '網購桌椅尺寸不符', category: '網路購物', facts: '收到的桌椅尺寸和網頁不同，業者拒絕退貨。', asked: '退貨退款', money: '12800', business: '示範家具網', ago: 55,
    steps: [toBusiness(53), unhandled(40), { step: 'apply', ago: 36 }, { step: 'accept', ago: 35, answers: { jurisdiction: 'consumer' } }, met(15, 'business'), { step: 'small-plan', ago: 14, answers: { by: 'party', terms: '業者應退還新臺幣一萬二千八百元，消費者返還商品。', amount: '12800', present: '9', agreed: '6' } }, { step: 'plan-served', ago: 8, answers: { side: 'consumer', serviceKind: '送達' } }],
  },
]

/** Disputes of the last weeks. One that is there already is left alone. */
export async function complainSome(ombudsman: Caller, now: Date): Promise<void> {
  const acts = stepActs(procedure)
  const known = new Set((await ombudsman.db.selectFrom('cases').select('title').where('kind', '=', procedure.kind).execute()).map(({ title }) => title))
  for (const one of disputes.filter(({ title }) => !known.has(title))) {
    const receivedOn = before(now, one.ago)
    const { name } = valueOf(await registerDispute(on(ombudsman, receivedOn), {
      title: one.title, category: one.category, facts: one.facts, asked: one.asked, disputedTwd: one.money, channel: 'counter', receivedOn: rocDay(receivedOn),
      consumerName: '鄭示範', consumerPhone: '0900-000-333', businessKind: 'organisation', businessName: one.business,
    }))
    for (const { step, ago, answers, note } of one.steps) {
      const day = step === 'meet' ? openDayFrom(before(now, ago), -1) : before(now, ago)
      valueOf(await acts[step]!(on(ombudsman, day), { name, on: rocDay(day), ...answers, ...(note ? { note } : {}) }))
    }
    if (one === disputes[0]) await draftToBusiness(on(ombudsman, before(now, 1)), name)
  }
  const numberOf = async (title: string) => (await ombudsman.db.selectFrom('cases').select('number').where('kind', '=', procedure.kind).where('title', '=', title).executeTakeFirstOrThrow()).number!
  await mediateSome(ombudsman, now, { failed: await numberOf('補習班中途退費'), waits: await numberOf('冷氣安裝漏水') })
}

/** The complaint as it will go to the business: it waits for a colleague. */
async function draftToBusiness(ombudsman: Caller, name: string): Promise<void> {
  const { id } = await ombudsman.db.selectFrom('case_parties').innerJoin('cases', 'cases.id', 'case_id').select('case_parties.id').where('number', '=', name).where('role', '=', 'business').executeTakeFirstOrThrow()
  valueOf(await letterActs(letters).draft(ombudsman, { name, kind: 'business', parties: { [id]: 'original' } }))
}

const before = (now: Date, days: number): Day => addDays(dayOf(now), -days)
/** The same person on another day, in the morning. */
const on = (caller: Caller, day: Day): Caller => ({ ...caller, now: new Date(startOf(day).getTime() + 36_000_000) })
