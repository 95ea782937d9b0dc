import { expect, test } from 'vitest'
import { dayOf } from '../core/time.ts'
import { withCorrections } from './corrections.ts'
import { type DemoPetition, isMailbox, makePetitions, makeRecentPetitions } from './petitions.ts'
import { Random } from './random.ts'
import { demoUnits } from './units.ts'

const petitions = makePetitions()
const inPeriod = (from: string, to: string) => petitions.filter((each) => isMailbox(each.channel) && dayOf(each.receivedAt) >= from && dayOf(each.receivedAt) <= to)
const share = (fits: (each: DemoPetition) => boolean): number => petitions.filter(fits).length / petitions.length

test('the county is the same each time', () => {
  expect(makePetitions()).toEqual(petitions)
  expect(makePetitions('other')).not.toEqual(petitions)
})

test('the reported half-year has its 407 and 405; three half-years came before', () => {
  const reported = inPeriod('2021-04-01', '2021-09-30')
  expect(reported).toHaveLength(407)
  expect(reported.filter((each) => dayOf(each.closedAt!) <= '2021-10-31')).toHaveLength(405)
  for (const [from, to] of [['2019-10-01', '2020-03-31'], ['2020-04-01', '2020-09-30'], ['2020-10-01', '2021-03-31']] as const) {
    expect(inPeriod(from, to).length).toBeGreaterThanOrEqual(350)
    expect(inPeriod(from, to).length).toBeLessThanOrEqual(450)
  }
})

test('cases are carried in and out of every half-year', () => {
  for (const first of ['2019-10-01', '2020-04-01', '2020-10-01', '2021-04-01', '2021-10-01']) {
    const open = petitions.filter((each) => dayOf(each.receivedAt) < first && dayOf(each.closedAt!) >= first)
    expect(open.length, first).toBeGreaterThan(10)
  }
})

test('nothing happens before what must come first', () => {
  for (const each of petitions) {
    expect(each.registeredAt >= each.receivedAt && each.dispatchedAt >= each.registeredAt && each.closedAt! >= each.dispatchedAt, each.number).toBe(true)
    if (each.mergedInto) expect(each.mergedInto.mergedInto, each.number).toBeNull()
  }
})

test('the spread is that of an office: most are answered, few are late, some are extended or joined', () => {
  expect(share((each) => each.outcome === '答復')).toBeGreaterThan(0.85)
  expect(share((each) => each.mergedInto !== null)).toBeGreaterThan(0.01)
  expect(share((each) => each.extendedTo !== null)).toBeGreaterThan(0.02)
  expect(share((each) => each.extendedTo !== null)).toBeLessThan(0.1)
  for (const outcome of ['移轉', '不予處理', '撤回', '轉其他程序']) expect(share((each) => each.outcome === outcome)).toBeGreaterThan(0.005)
  for (const township of ['金城鎮', '金沙鎮', '金湖鎮', '金寧鄉', '烈嶼鄉', '烏坵鄉', '縣外', '']) expect(share((each) => each.township === township)).toBeGreaterThan(0.003)
})

test('letters differ, and read like letters', () => {
  const mails = petitions.filter((each) => isMailbox(each.channel) && !each.mergedInto)
  expect(new Set(mails.map((each) => each.body)).size / mails.length).toBeGreaterThan(0.97)
  for (const each of petitions) {
    expect(each.body.length).toBeGreaterThanOrEqual(50)
    expect(each.body.length).toBeLessThanOrEqual(500)
    expect(`${each.subject}${each.body}${each.answer}`).not.toMatch(/[{}]|undefined|null/)
  }
  expect(petitions.filter((each) => each.body.includes('\n二、')).length).toBeGreaterThan(150)
})

test('nobody in it is real: names say that they are made up, mail goes to example domains', () => {
  for (const { resident } of petitions) {
    if (!resident) continue
    expect(resident.name).toMatch(/^.(示範|測試|範例|樣本|演練|虛構|試用|假設)$/)
    expect(resident.email).toMatch(/@example\.(org|net|com)$/)
    expect(resident.phone).toMatch(/^0\d{2,3}-000-\d{3}$/)
  }
})

test('numbers are drawn without gaps in the order of registration', () => {
  const byYear = Map.groupBy(petitions, ({ number }) => number.slice(0, 4))
  for (const some of byYear.values()) expect(some.map(({ number }) => Number(number.slice(5)))).toEqual(some.map((_, i) => i + 1))
})

test('corrections come after all else that is known of a case', () => {
  const { first, corrections } = withCorrections(petitions)
  expect(corrections.length).toBeGreaterThan(30)
  const believed = new Map(first.map((each) => [each.number, each]))
  for (const { recordedAt, petitions: corrected } of corrections) {
    for (const each of corrected) {
      const before = believed.get(each.number)!
      expect(recordedAt.getTime(), each.number).toBeGreaterThan(Math.max(before.closedAt?.getTime() ?? 0, before.dispatchedAt.getTime()))
      believed.set(each.number, each)
    }
  }
  for (const each of petitions) expect(believed.get(each.number)).toEqual(each)
})

test('letters of the last weeks are there on whatever day the county is set up', () => {
  for (const now of ['2023-01-20T09:00', '2024-02-29T23:50', '2025-11-24T10:00', '2026-08-01T03:00', '2027-05-05T12:00'].map((text) => new Date(`${text}+08:00`))) {
    const recent = makeRecentPetitions(now)
    expect(recent.length).toBeGreaterThan(30)
    for (const each of recent) expect(each.dispatchedAt < now && (each.closedAt === null || each.closedAt < now)).toBe(true)
    expect(recent.filter((each) => each.closedAt === null).length).toBeGreaterThan(8)
  }
  expect(makeRecentPetitions(new Date('2035-01-01'))).toEqual([])
})

test('there are 18 bureaux, five township offices and their sections and agencies', () => {
  const count = (...kinds: string[]): number => demoUnits.filter(({ kind }) => kinds.includes(kind)).length
  expect([count('處', '局'), count('鄉鎮公所'), count('所屬機關')]).toEqual([18, 5, 10])
  expect(new Set(demoUnits.map(({ code }) => code)).size).toBe(demoUnits.length)
  expect(new Set(demoUnits.filter(({ kind }) => kind !== '科').map(({ name }) => name)).size).toBe(33)
})

test('random streams are even and independent of each other', () => {
  const random = new Random('x')
  const counts = Array.from({ length: 10 }, () => 0)
  for (let i = 0; i < 20_000; i++) counts[random.int(0, 9)]!++
  for (const n of counts) expect(Math.abs(n - 2000)).toBeLessThan(200)
  expect(new Random('x').fork('a').next()).not.toBe(new Random('x').fork('b').next())
  expect(random.some([1, 2, 3], 5)).toEqual([1, 2, 3])
})
