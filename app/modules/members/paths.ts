import type { MemberKind } from '../../core/identity/members.ts'

/** Residents under /my, vendors under /vendor: the same pages. */
export const ownPath = (kind: MemberKind, what?: string) => `${kind === 'resident' ? '/my' : '/vendor'}${what ? `/${what}` : ''}`
