import { may, type Person, reach } from '../../../core/identity/permissions.ts'

/** The desk and the unit's head may do it at once; anybody else sends it up for approval. */
export function decidesAlone(person: Person, permission: string, petition: { unitId: number | null; officerId: number | null }): boolean {
  return reach(person, permission).all || may(person, 'petitions.approve-as-head', petition)
}
