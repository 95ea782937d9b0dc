import type { Grants } from '../../core/identity/permissions.ts'

const inUnit = { officer: 'subtree', 'section-chief': 'subtree', head: 'subtree' } as const

/** A body's own unit calls its meetings and keeps their minutes; the control section those of every body. Who sits reads; so do those who need it for the office's work. */
export const permissions: Grants = {
  'meetings.read': { ...inUnit, control: 'all', editor: 'all', clerk: 'all', law: 'all' },
  'meetings.manage': { ...inUnit, editor: 'subtree', control: 'all' },
  'meetings.propose': { ...inUnit, editor: 'subtree', law: 'subtree', control: 'all' },
  'meetings.publish': { control: 'all' },
  'meetings.bodies': { control: 'all' },
}
