import { type Day, addDays, day, dayOf, endOf, rocYear } from '../core/time.ts'
import { type Letter, oralRecord, writeAnswer, writeLetter, writeNotice } from './letters.ts'
import { at, homeTime, isKnown, officeDay, officeTime, soonAfter } from './office-time.ts'
import { type Place, type Township, makePlace, townshipWeights } from './places.ts'
import { daysOfReceipt, months } from './plan.ts'
import { Random } from './random.ts'
import { type Resident, makeResidents, pickResident } from './residents.ts'
import { type Matter, type Topic, topics } from './topics/index.ts'
import { unitCode } from './units.ts'

export type Channel = '縣長電子信箱' | '院長電子信箱' | '總統信箱' | '臨櫃' | '電話' | '書面' | '1999'
export type Outcome = '答復' | '併案' | '移轉' | '不予處理' | '撤回' | '轉其他程序'

/** One petition of the demonstration county, as the old system would have kept it. */
export type DemoPetition = {
  number: string
  channel: Channel
  receivedAt: Date
  registeredAt: Date
  subject: string
  body: string
  resident: Resident | null
  township: Township | '縣外' | ''
  category: string
  unit: string
  jointUnits: string[]
  dispatchedAt: Date
  /** only where the office set a day of its own */
  dueOn: Day | null
  extendedTo: Day | null
  /** null: still open */
  closedAt: Date | null
  outcome: Outcome
  answer: string
  satisfaction: number | null
  consent: boolean
  mergedInto: DemoPetition | null
}

type Draft = Omit<DemoPetition, 'mergedInto' | 'closedAt'> & { mergedInto: Draft | null; closedAt: Date; topic: Topic; matter: Matter; place: Place; letter: Letter; days: number }

const mailboxes: Channel[] = ['縣長電子信箱', '院長電子信箱', '總統信箱']
export const isMailbox = (channel: Channel): boolean => mailboxes.includes(channel)

/** The half-year of the council report, and the day until which its letters' closings were looked at. */
export const reported = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31') }

/** Every petition from 108-08 to 110-12, numbered in the order of registration. The same each time. */
export function makePetitions(seed = 'windlion'): DemoPetition[] {
  const random = new Random(seed)
  const drafts = draftAll(receipts(random.fork('receipts')), random)
  settleReported(drafts, random.fork('reported'))
  for (const [i, each] of drafts.entries()) finish(each, random.fork(`end ${i}`))
  return numbered(drafts)
}

/**
 * Some eighty letters of the weeks before `now`, so that today's worklists are not empty: most are still being worked on, a few
 * are late. The same for the same instant; none where the office calendar does not reach.
 */
export function makeRecentPetitions(now: Date, seed = 'windlion'): DemoPetition[] {
  const today = dayOf(now)
  if (!isKnown(addDays(today, -100)) || !isKnown(addDays(today, 100))) return []
  const random = new Random(`${seed}/recent`)
  const days = Array.from({ length: 90 }, () => addDays(today, -Math.floor(random.next() ** 1.4 * 52)))
  const came = days.map((on) => ({ channel: someChannel(random), receivedAt: homeTime(on, random) })).sort(byReceipt)
  const drafts = draftAll(came, random).filter((each) => each.dispatchedAt < now)
  // The officer whose sign-in is shown works in 工務處 and should find enough to do.
  for (const each of drafts) if (each.topic.units.some(([unit]) => unit === '工務處')) each.unit = unitCode('工務處')
  for (const [i, each] of drafts.entries()) finish(each, random.fork(`end ${i}`))
  return numbered(drafts).map((each) => (each.closedAt! < now ? each : { ...each, closedAt: null, extendedTo: null, mergedInto: null }))
}

function draftAll(came: Receipt[], random: Random): Draft[] {
  const residents = makeResidents(random.fork('residents'), 900)
  const drafts = came.map(({ channel, receivedAt }, i) => draft(channel, receivedAt, residents, random.fork(`letter ${i}`)))
  joinSameMatters(drafts, random.fork('same matters'))
  for (const [i, each] of drafts.entries()) settle(each, random.fork(`course ${i}`))
  return drafts
}

type Receipt = { channel: Channel; receivedAt: Date }
const byReceipt = (a: Receipt, b: Receipt): number => a.receivedAt.getTime() - b.receivedAt.getTime()

function receipts(random: Random): Receipt[] {
  const all = months.flatMap(({ month, mailboxes: mails, others }) => [
    ...daysOfReceipt(month, mails, true, random).map((on) => ({
      channel: random.weighted<Channel>([['縣長電子信箱', 78], ['院長電子信箱', 15], ['總統信箱', 7]]),
      receivedAt: homeTime(on, random),
    })),
    ...daysOfReceipt(month, others, false, random).map((on) => ({
      channel: random.weighted<Channel>([['1999', 36], ['電話', 30], ['書面', 20], ['臨櫃', 14]]),
      receivedAt: officeTime(on, random),
    })),
  ])
  return all.sort(byReceipt)
}

const someChannel = (random: Random): Channel => random.weighted<Channel>([['縣長電子信箱', 60], ['院長電子信箱', 9], ['總統信箱', 4], ['1999', 11], ['電話', 8], ['書面', 5], ['臨櫃', 3]])

function draft(channel: Channel, receivedAt: Date, residents: Resident[], random: Random): Draft {
  const month = Number(dayOf(receivedAt).slice(5, 7))
  const topic = random.weighted(topics.map((each): [Topic, number] => [each, each.weight * (each.season?.includes(month) ? 2 : 1)]))
  const matter = random.pick(topic.matters)
  const resident = pickResident(random, residents)
  const township = topic.fromAway && random.chance(0.4) ? '縣外' : random.weighted(townshipWeights)
  const place = makePlace(random, township === '縣外' || township === '' ? random.pick(['金城鎮', '金湖鎮', '金寧鄉']) : township)
  const isOral = channel === '電話' || channel === '1999' || channel === '臨櫃'
  const letter = isOral ? oralRecord(matter, place, random) : writeLetter(matter, place, random)
  return {
    number: '', channel, receivedAt, registeredAt: receivedAt, subject: letter.subject, body: letter.body,
    resident: channel === '1999' && random.chance(0.3) ? null : resident,
    township, category: topic.category, unit: unitCode(localOffice(random.weighted(topic.units), township, random)), jointUnits: [],
    dispatchedAt: receivedAt, dueOn: null, extendedTo: null, closedAt: receivedAt, outcome: '答復', answer: '', satisfaction: null,
    consent: isMailbox(channel) ? random.chance(0.34) : random.chance(0.12),
    mergedInto: null, topic, matter, place, letter, days: 0,
  }
}

// A township office answers only for its own township; 烏坵鄉 and letters from away go to the county.
function localOffice(unit: string, township: string, random: Random): string {
  if (!unit.endsWith('公所')) return unit
  const own = `${township}公所`
  return township === '' || township === '縣外' || township === '烏坵鄉' ? random.pick(['環境保護局', '工務處']) : own
}

/** The same letter to several mailboxes, and neighbours who write about the same thing: each is a case, answered once. */
function joinSameMatters(drafts: Draft[], random: Random): void {
  for (const [i, each] of drafts.entries()) {
    if (!isMailbox(each.channel) || each.mergedInto || !random.chance(0.035)) continue
    const sameSender = random.chance(0.65)
    const within = each.receivedAt.getTime() + (sameSender ? 2 : 8) * 86_400_000
    const follower = drafts.slice(i + 1, i + 60).find((other) => other.receivedAt.getTime() < within && isMailbox(other.channel) && !other.mergedInto && (!sameSender || other.channel !== each.channel))
    if (!follower) continue
    follower.mergedInto = each
    Object.assign(follower, { topic: each.topic, matter: each.matter, place: each.place, township: each.township, category: each.category, unit: each.unit })
    const letter = sameSender ? each.letter : writeLetter(each.matter, each.place, random)
    Object.assign(follower, { letter, subject: letter.subject, body: letter.body, ...(sameSender && { resident: each.resident }) })
  }
}

const paceOfUnit: Record<string, number> = { 工務處: 1.35, 建設處: 1.45, 環境保護局: 0.9, 警察局: 0.75, 社會處: 0.85, 地政局: 1.1, 養護工程所: 1.1, 人事處: 0.8, 衛生局: 0.8 }

/** Registration, dispatch, outcome, and how long it took. */
function settle(each: Draft, random: Random): void {
  each.registeredAt = soonAfter(each.receivedAt, 150, random)
  // Found late: in another unit's tray, among junk mail, in the weekend's notes.
  if (random.chance(0.03)) each.registeredAt = officeTime(officeDay(dayOf(each.receivedAt), random.int(3, 9)), random)
  each.dispatchedAt = soonAfter(each.registeredAt, 300, random)
  each.outcome = outcomeOf(each, random)
  const helpers = (each.topic.joint ?? ['工務處', '環境保護局', '警察局', '建設處', '民政處', '觀光處']).map(unitCode).filter((code) => code !== each.unit)
  if (random.chance(each.topic.joint ? 0.3 : 0.08)) each.jointUnits = random.some(helpers, random.int(1, 2))
  const pace = paceOfUnit[Object.keys(paceOfUnit).find((name) => unitCode(name) === each.unit) ?? ''] ?? 1
  each.days = daysToClose(each, pace, random)
  close(each, officeDay(dayOf(each.dispatchedAt), each.days), random)
}

function outcomeOf(each: Draft, random: Random): Outcome {
  if (each.mergedInto) return '併案'
  if (each.matter.elsewhere) return '移轉'
  return random.weighted<Outcome>([['答復', 940], ['移轉', 20], ['不予處理', 15], ['撤回', 15], ['轉其他程序', 10]])
}

// Office days from dispatch to closing: most answers take one to three weeks, a few much longer.
function daysToClose(each: Draft, pace: number, random: Random): number {
  if (each.outcome === '移轉') return random.int(0, 3)
  if (each.outcome === '撤回' || each.outcome === '不予處理') return random.int(1, 8)
  return Math.min(62, Math.max(1, Math.round(Math.exp(Math.log(8.8 * pace) + random.normal() * 0.72))))
}

const period = 30

function close(each: Draft, on: Day, random: Random): void {
  const opened = each.dispatchedAt
  each.closedAt = on === dayOf(opened) ? soonAfter(opened, 200, random) : officeTime(on, random, 9)
  const due = officeDay(dayOf(each.receivedAt), period)
  each.extendedTo = null
  // Most of the late ones had asked for more time; a few simply were late.
  if (on > due && random.chance(0.86)) each.extendedTo = officeDay(due, random.chance(0.9) ? Math.max(15, each.days - period + 2) : 10)
}

/** Of the letters of the reported half-year exactly two are still open on the status day. */
function settleReported(drafts: Draft[], random: Random): void {
  const end = endOf(reported.statusOn)
  const letters = drafts.filter((each) => isMailbox(each.channel) && dayOf(each.receivedAt) >= reported.from && dayOf(each.receivedAt) <= reported.to)
  const targets = new Set(drafts.map((each) => each.mergedInto))
  const ordinary = letters.filter((each) => !each.mergedInto && !targets.has(each) && each.outcome === '答復')
  const hard = ordinary.find((each) => dayOf(each.receivedAt) >= day('2021-08-24') && each.channel === '縣長電子信箱')!
  const found = ordinary.find((each) => dayOf(each.receivedAt) >= day('2021-09-16') && each.channel === '院長電子信箱')!
  for (const each of letters) {
    if (each === hard || each === found || each.closedAt < end) continue
    const earliest = officeDay(dayOf(each.dispatchedAt), 3)
    close(each, officeDay(earliest > day('2021-10-18') ? earliest : day('2021-10-18'), random.int(0, 8)), random)
  }
  leaveOpen(hard, found, random)
  leaveLate(drafts, random)
}

/** Through the other channels a few are overdue on the status day. */
function leaveLate(drafts: Draft[], random: Random): void {
  const isLateToBe = (each: Draft): boolean => {
    const on = dayOf(each.receivedAt)
    return !isMailbox(each.channel) && !each.mergedInto && each.outcome === '答復' && on >= day('2021-08-16') && on <= day('2021-09-10')
  }
  for (const each of random.some(drafts.filter(isLateToBe), 4)) {
    each.extendedTo = null
    each.closedAt = officeTime(officeDay(reported.statusOn, random.int(2, 14)), random, 9)
  }
}

/** One that took long, and one that lay unseen in a full mailbox until November. */
function leaveOpen(hard: Draft, found: Draft, random: Random): void {
  hard.extendedTo = day('2021-11-30')
  hard.closedAt = at(day('2021-11-18'), 15, 20)
  found.registeredAt = at(day('2021-11-04'), 9, 40)
  found.dispatchedAt = at(day('2021-11-04'), 10, 15)
  found.extendedTo = day('2021-11-30')
  found.closedAt = at(day('2021-11-26'), 11, random.int(0, 50))
}

/** What is said at the end; merged letters are closed by the answer to the first. */
function finish(each: Draft, random: Random): void {
  if (each.mergedInto) followFirst(each, each.mergedInto)
  if (random.chance(0.015)) each.dueOn = officeDay(dayOf(each.receivedAt), 6)
  if (each.dueOn && each.extendedTo && each.extendedTo < each.dueOn) each.extendedTo = null
  each.answer = each.mergedInto ? each.mergedInto.answer : answerTo(each, random)
  const isScored = ['答復', '併案'].includes(each.outcome) && each.resident && random.chance(isMailbox(each.channel) ? 0.36 : 0.1)
  if (isScored) each.satisfaction = scoreOf(each, random)
}

// An answer that went out before the second letter came does not answer it: that one was answered on its own.
function followFirst(each: Draft, first: Draft): void {
  if (first.closedAt <= each.dispatchedAt || first.outcome !== '答復') {
    each.mergedInto = null
    each.outcome = '答復'
    return
  }
  each.closedAt = first.closedAt
  each.extendedTo = first.extendedTo
}

function answerTo(each: Draft, random: Random): string {
  switch (each.outcome) {
    case '答復': case '併案':
      return writeAnswer(each.matter, each.letter, { unit: each.unit, receivedOn: dayOf(each.receivedAt) }, random)
    case '移轉':
      return each.matter.elsewhere
        ? writeAnswer(each.matter, each.letter, { unit: each.unit, receivedOn: dayOf(each.receivedAt) }, random)
        : writeNotice(each.letter, each.unit, '經查屬其他機關權責，已於今日移請該機關處理並請其逕復，特此告知。')
    case '不予處理':
      return writeNotice(each.letter, each.unit, '前已就同一事由明確答復，依行政程序法第一百七十三條規定登錄存查，不另處理，特此告知。')
    case '撤回':
      return ''
    case '轉其他程序':
      return writeNotice(each.letter, each.unit, '內容屬依法規之申請，已自收到您來信之日起改依申請程序辦理，承辦單位將另行與您聯繫。')
  }
}

// Who waited long is less content.
function scoreOf(each: Draft, random: Random): number {
  const waited = (each.closedAt.getTime() - each.receivedAt.getTime()) / 86_400_000
  const mean = 4.1 - Math.min(1.6, waited / 40)
  return Math.min(5, Math.max(1, Math.round(mean + random.normal() * 0.95)))
}

function numbered(drafts: Draft[]): DemoPetition[] {
  const last = new Map<number, number>()
  const inOrder = [...drafts].sort((a, b) => a.registeredAt.getTime() - b.registeredAt.getTime() || a.receivedAt.getTime() - b.receivedAt.getTime())
  for (const each of inOrder) {
    const year = rocYear(dayOf(each.registeredAt))
    const next = (last.get(year) ?? 0) + 1
    last.set(year, next)
    each.number = `陳${year}-${String(next).padStart(6, '0')}`
  }
  return inOrder
}
