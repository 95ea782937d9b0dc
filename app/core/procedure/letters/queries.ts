import { sql } from 'kysely'
import type { Reader } from '../../db.ts'
import type { Person } from '../../identity/permissions.ts'
import { reach } from '../../identity/permissions.ts'
import { unseal } from '../../personal-data/index.ts'
import type { Day } from '../../time.ts'
import type { Answers, LetterSection } from '../tables.ts'
import type { StepState } from '../step.ts'
import type { Letters } from './letter.ts'
import type { Printed } from './paper.ts'

export type Copy = { id: number; partyId: number | null; addressee: string | null; original: boolean; waits: boolean; servedOn: Day | null; serviceKind: string | null; effectiveOn: Day | null; proof: string | null }
export type CaseLetter = {
  id: number; kind: string; title: string; sections: LetterSection[]; answers: Answers | null; draftedBy: string | null; draftedById: number | null; draftedAt: Date; documentNo: string | null; issuedOn: Day | null; issuedBy: string | null
  /** the parties as the paper names them; null while it is a draft */
  printed: Printed[] | null
  copies: Copy[]
}

/** The letters of a case, the newest first. Ask only for a case that the person may see. */
export async function findLetters(reader: Reader, caseId: number): Promise<CaseLetter[]> {
  const { rows } = await sql<Omit<CaseLetter, 'printed' | 'draftedAt'> & { printed: Buffer | null; draftedAt: Date }>`
    select l.id, l.kind, l.title, l.sections, l.answers, d.name as "draftedBy", l.drafted_by as "draftedById", l.drafted_at as "draftedAt", l.document_no as "documentNo", l.issued_on as "issuedOn", i.name as "issuedBy", l.printed,
      coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'partyId', k.party_id, 'addressee', k.addressee, 'original', k.original, 'waits', k.waits, 'servedOn', k.served_on, 'serviceKind', k.service_kind, 'effectiveOn', k.effective_on, 'proof', k.proof) order by k.original desc, k.id)
        from case_letter_copies k where k.letter_id = l.id), '[]') as copies
    from case_letters l left join people d on d.id = l.drafted_by left join people i on i.id = l.issued_by where l.case_id = ${caseId} order by l.id desc`.execute(reader)
  return rows.map((row) => ({ ...row, printed: row.printed ? (JSON.parse(unseal(row.printed)!) as Printed[]) : null }))
}

/** What a party may read: issued to them, or to who acts for them or for whom they act. */
export async function findLettersFor(reader: Reader, caseId: number, partyId: number): Promise<CaseLetter[]> {
  const side = await sql<{ id: number }>`select p.id from case_parties p, case_parties me where me.id = ${partyId} and p.case_id = me.case_id and (p.id = me.id or p.represents_id = me.id or p.id = me.represents_id)`.execute(reader)
  const ids = new Set(side.rows.map(({ id }) => Number(id)))
  return (await findLetters(reader, caseId)).filter(({ issuedOn, copies }) => issuedOn !== null && copies.some((copy) => copy.partyId !== null && ids.has(Number(copy.partyId))))
}

export type WaitingLetter = { id: number; kind: string; title: string; number: string | null; followNo: string; caseTitle: string; draftedBy: string | null; issuedOn: Day | null; own: boolean }

/** Drafts that wait for a second person, and letters out whose service is not proved yet, of cases that this person may see. */
export async function findWaitingLetters<State extends StepState>(reader: Reader, person: Person, { procedure, issue, draft }: Letters<State>, visible: ReturnType<typeof sql<boolean>>): Promise<WaitingLetter[]> {
  const within = (permission: string) => {
    const by = reach(person, permission)
    return by.all ? sql<boolean>`true` : sql<boolean>`c.unit_id = any(${by.unitIds}::bigint[])`
  }
  const { rows } = await sql<WaitingLetter>`
    select l.id, l.kind, l.title, c.number, c.follow_no as "followNo", c.title as "caseTitle", d.name as "draftedBy", l.issued_on as "issuedOn", coalesce(l.drafted_by = ${person.id}, false) as own
    from case_letters l join cases c on c.id = l.case_id left join people d on d.id = l.drafted_by
    where c.kind = ${procedure.kind} and ${visible} and ((l.issued_on is null and (${within(issue)} or ${within(draft)})) or (${within(draft)} and exists (select from case_letter_copies k where k.letter_id = l.id and k.waits)))
    order by l.issued_on nulls first, l.id limit 200`.execute(reader)
  return rows
}
