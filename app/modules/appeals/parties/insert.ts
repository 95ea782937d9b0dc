import type { Tx } from '../../../core/db.ts'
import { personalHash, seal } from '../../../core/personal-data/index.ts'
import type { Day } from '../../../core/time.ts'
import type { PartyRole } from '../schema.ts'
import '../tables.ts'

export type NewParty = { role: PartyRole; isPerson?: boolean; lawyer?: boolean; name: string; bornOn?: string | null; idNumber?: string | null; address?: string | null; email?: string | null; phone?: string | null; actsFor?: number | null }

/** One more party of a case since that day, sealed. `succeeds`: the party whose place they take (訴願法 §87, §88). Gives the id. */
export async function insertParty(tx: Tx, caseId: number, party: NewParty, since: Day, succeeds: number | null = null): Promise<number> {
  const { id } = await tx
    .insertInto('appeal_parties')
    .values({
      case_id: caseId, role: party.role, is_person: party.isPerson ?? true, lawyer: party.lawyer ?? false, acts_for: party.actsFor ?? null, since, until: null, succeeds,
      name: seal(party.name), name_hash: personalHash('name', party.name), born_on: seal(party.bornOn), id_number: seal(party.idNumber), id_hash: personalHash('id-number', party.idNumber),
      address: seal(party.address), email: seal(party.email), email_hash: personalHash('email', party.email), phone: seal(party.phone),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
