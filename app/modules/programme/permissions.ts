import type { Grants } from '../../core/identity/permissions.ts'

/** Every unit reads the programme; the planning section (綜合規劃) and the control section draft it, hold forums and take it through the committee. */
export const permissions: Grants = {
  'programme.read': { control: 'all', editor: 'all', officer: 'all', 'section-chief': 'all', head: 'all' },
  'programme.manage': { control: 'all', editor: 'all' },
}
