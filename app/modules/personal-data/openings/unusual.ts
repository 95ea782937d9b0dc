import { type Day, clockTimeOf, dayOf } from '../../../core/time.ts'

/** An opening as it is judged: `foreign`: the case was never with the unit (處、局) of who opened it, nor do they dispatch. */
export type Judged = { id: number; personId: number; personName: string; caseId: number; at: Date; foreign: boolean }

export type Finding = { personId: number; personName: string; day: Day; why: string; count: number }

export const limits = { openingsADay: 20, sameCaseADay: 3, fromHour: 7, untilHour: 20 }

/**
 * What the data protection officer should ask about; a finding is a question, not a reproach. Many in one day, the same case again
 * and again, outside working days and hours, cases of other units.
 */
export function findUnusual(openings: Judged[], isOpen: (day: Day) => boolean): Finding[] {
  const findings: Finding[] = []
  for (const [key, ofDay] of Map.groupBy(openings, (one) => `${one.personId} ${dayOf(one.at)}`)) {
    const { personId, personName } = ofDay[0]!
    const day = key.split(' ')[1] as Day
    const add = (why: string, count: number) => findings.push({ personId, personName, day, why, count })
    if (ofDay.length > limits.openingsADay) add(`一天打開超過 ${limits.openingsADay} 次`, ofDay.length)
    const again = Math.max(...[...Map.groupBy(ofDay, (one) => one.caseId).values()].map((some) => some.length))
    if (again > limits.sameCaseADay) add(`同一案件一天打開超過 ${limits.sameCaseADay} 次`, again)
    const late = ofDay.filter((one) => !isOpen(day) || !isDaytime(one.at)).length
    if (late) add(isOpen(day) ? `在 ${limits.fromHour} 時以前或 ${limits.untilHour} 時以後打開` : '在不上班的日子打開', late)
    const foreign = ofDay.filter((one) => one.foreign).length
    if (foreign) add('案件不是所屬單位主辦或協辦', foreign)
  }
  return findings.sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : b.count - a.count))
}

function isDaytime(at: Date): boolean {
  const { hour } = clockTimeOf(at)
  return hour >= limits.fromHour && hour < limits.untilHour
}
