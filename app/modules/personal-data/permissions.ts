import type { Grants } from '../../core/identity/permissions.ts'

/** 個資保護 looks after what is known of people; the same person never makes and approves a list of destruction. */
export const permissions: Grants = {
  'personal-data.oversee': { 'data-protection': 'all' },
  'personal-data.requests': { 'data-protection': 'all' },
  'personal-data.retention': { 'data-protection': 'all', law: 'all' },
  'personal-data.keep-retention': { 'data-protection': 'all' },
  'personal-data.approve-destruction': { 'data-protection': 'all', law: 'all' },
}
