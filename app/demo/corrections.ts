import { day, dayOf, endOf, startOf } from '../core/time.ts'
import { at, officeDay, officeTime } from './office-time.ts'
import { type Channel, type DemoPetition, isMailbox, reported } from './petitions.ts'
import type { Township } from './places.ts'
import { Random } from './random.ts'
import { unitCode } from './units.ts'

/** What was believed first, and what was corrected when: each batch is an import with --update, recorded at its instant. */
export type Believed = { first: DemoPetition[]; corrections: { recordedAt: Date; petitions: DemoPetition[] }[] }

type Correction = { recordedAt: Date; petition: DemoPetition }

/**
 * Turns the petitions as they are into what the office believed first and the corrections since. A correction comes after
 * everything else that is known of its case, and touches none that others are merged with.
 */
export function withCorrections(petitions: DemoPetition[], seed = 'windlion'): Believed {
  const random = new Random(`${seed}/corrections`)
  const joined = new Set(petitions.flatMap((each) => (each.mergedInto ? [each, each.mergedInto] : [])))
  const free = petitions.filter((each) => !joined.has(each) && each.outcome === '答復' && dayOf(each.registeredAt) < day('2021-11-01'))
  const taken = new Map<DemoPetition, DemoPetition>()
  const corrections: Correction[] = []
  const take = (count: number, fits: (each: DemoPetition) => boolean, make: (each: DemoPetition) => { first: Partial<DemoPetition>; recordedAt: Date }): void => {
    for (const each of random.some(free.filter((other) => !taken.has(other) && fits(other)), count)) {
      const { first, recordedAt } = make(each)
      taken.set(each, { ...each, ...first })
      corrections.push({ recordedAt, petition: each })
    }
  }
  const later = (each: DemoPetition, from: number, to: number): Date => officeTime(officeDay(dayOf(each.closedAt!), random.int(from, to)), random)

  takeReported(free, taken, corrections)
  take(28, (each) => each.satisfaction !== null, (each) => ({ first: { satisfaction: null }, recordedAt: later(each, 2, 9) }))
  take(8, (each) => each.township === '金湖鎮', (each) => ({ first: { township: '金沙鎮' as Township }, recordedAt: later(each, 4, 30) }))
  take(6, (each) => each.unit === unitCode('養護工程所'), (each) => ({ first: { unit: unitCode('工務處') }, recordedAt: later(each, 3, 20) }))
  take(5, isPlain, (each) => ({ first: { closedAt: officeTime(officeDay(dayOf(each.closedAt!), 2), random) }, recordedAt: later(each, 5, 25) }))
  take(2, (each) => isMailbox(each.channel) && dayOf(each.receivedAt) < reported.from, (each) => ({ first: { channel: '臨櫃' as Channel }, recordedAt: later(each, 10, 40) }))
  take(4, (each) => each.category === '路燈號誌', (each) => ({ first: { category: '道路交通' }, recordedAt: later(each, 2, 12) }))

  return { first: petitions.map((each) => taken.get(each) ?? each), corrections: byInstant(corrections) }
}

const isPlain = (each: DemoPetition): boolean => each.extendedTo === null && !isReported(each)
const isReported = (each: DemoPetition): boolean => isMailbox(each.channel) && dayOf(each.receivedAt) >= reported.from && dayOf(each.receivedAt) <= reported.to

/**
 * What changes the reported half-year: a letter first entered under another channel; a closing typed in with the wrong day; a
 * case closed by mistake in September, opened again and closed in October.
 */
function takeReported(free: DemoPetition[], taken: Map<DemoPetition, DemoPetition>, corrections: Correction[]): void {
  const own = free.filter((each) => isReported(each) && each.extendedTo === null && each.satisfaction === null)
  const closedBetween = (from: string, to: string): DemoPetition =>
    own.find((each) => !taken.has(each) && each.closedAt! >= startOf(day(from)) && each.closedAt! < endOf(day(to)) && each.channel === '縣長電子信箱')!

  const otherChannel = closedBetween('2021-08-02', '2021-08-31')
  taken.set(otherChannel, { ...otherChannel, channel: '書面' })
  corrections.push({ recordedAt: at(day('2021-11-10'), 14, 5), petition: otherChannel })

  const wrongDay = closedBetween('2021-09-27', '2021-09-30')
  taken.set(wrongDay, { ...wrongDay, closedAt: at(day('2021-10-05'), 16, 0) })
  corrections.push({ recordedAt: at(day('2021-10-15'), 11, 30), petition: wrongDay })

  const tooSoon = closedBetween('2021-10-12', '2021-10-29')
  const early = at(day('2021-09-29'), 10, 20)
  taken.set(tooSoon, { ...tooSoon, closedAt: early > tooSoon.dispatchedAt ? early : tooSoon.dispatchedAt })
  corrections.push({ recordedAt: at(day('2021-10-06'), 9, 15), petition: { ...tooSoon, closedAt: null } })
  corrections.push({ recordedAt: new Date(tooSoon.closedAt!.getTime() + 20 * 60_000), petition: tooSoon })
}

function byInstant(corrections: Correction[]): Believed['corrections'] {
  const batches = Map.groupBy(corrections, ({ recordedAt }) => recordedAt.getTime())
  return [...batches]
    .sort(([a], [b]) => a - b)
    .map(([time, some]) => ({ recordedAt: new Date(time), petitions: some.map(({ petition }) => petition) }))
}
