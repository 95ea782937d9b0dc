import { holds, type Person } from '../../core/identity/permissions.ts'
import { boardPath, calendarPath, rulesPath } from './paths.ts'

/** The pages about periods, for the tabs on top of each. */
export function clocksPages(person: Person): { href: string; text: string }[] {
  return [...(holds(person, 'clocks.board') ? [{ href: boardPath, text: '期限總表' }] : []), { href: calendarPath, text: '辦公日曆' }, { href: rulesPath, text: '期間規則' }]
}
