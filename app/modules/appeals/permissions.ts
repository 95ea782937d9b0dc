import type { Grants } from '../../core/identity/permissions.ts'

const desk = { clerk: 'all', law: 'all' } as const
const office = { law: 'all' } as const
/** of the unit that made the disposition, as well as of the unit in charge (`visibleTo`) */
const agency = { officer: 'own-unit', 'section-chief': 'subtree', head: 'subtree' } as const

/** The law section (法制) handles appeals for the whole county; the desk takes papers in and sends letters; an agency sees the appeals against itself and answers them. */
export const permissions: Grants = {
  'appeals.read': { ...desk, control: 'all', ...agency },
  'appeals.open-personal-data': { ...desk, ...agency },
  'appeals.register': desk,
  'appeals.letters': desk,
  'appeals.handle': office,
  'appeals.parties': office,
  'appeals.confide': office,
  'appeals.committee': office,
  'appeals.approve': { head: 'subtree' },
  'appeals.publish': office,
  'appeals.reply': { ...office, ...agency },
}
