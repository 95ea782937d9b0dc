import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { assignLead } from '../../../core/cases/assign.ts'
import type { Reader, Tx } from '../../../core/db.ts'
import { done, isRefusal, refusal } from '../../../core/errors.ts'
import { may } from '../../../core/identity/permissions.ts'
import type { Day } from '../../../core/time.ts'
import { CaseNameInput, remark } from '../inputs.ts'
import { carryMerged } from '../registration/merged.ts'
import { keepNote } from '../notes.ts'
import { hold, type LockedPetition, moveTo } from '../petition.ts'

export const Accept = z.object({ name: CaseNameInput, officerId: z.coerce.number().int().positive().optional() })

/** 簽收: the unit takes the case; whoever accepts works on it, or a chief or head gives it to an officer of theirs. */
export const acceptPetition = act('petitions.accept', Accept, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'accept')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  const officerId = input.officerId ?? ctx.person.id
  if (officerId !== ctx.person.id && !may(ctx.person, 'petitions.assign-officer', petition)) return refusal('petition.not-yours-to-assign', '由科長或主管指定承辦人；您可以自己簽收', { field: 'officerId' })
  const officer = await findOfficer(tx, petition, officerId, ctx.today)
  if (!officer) return refusal('petition.no-such-officer', '這位同仁目前不在主辦單位，請另選承辦人', { field: 'officerId' })
  await assignLead(tx, { caseId: petition.id, unitId: officer.unitId, officerId, at: ctx.now, endedAs: 'accepted' })
  await moveTo(tx, ctx, petition, 'handling', 'petition.accepted', { officer: officerId, unit: officer.unitId })
  await carryMerged(tx, ctx, petition, { unitId: officer.unitId, officerId })
  return done()
})

export const HandOver = z.object({ name: CaseNameInput, officerId: z.coerce.number({ error: '請選擇接辦的同仁' }).int().positive('請選擇接辦的同仁'), note: remark })

/** 交接: the case goes on with another officer of the same bureau, with all its papers and the same clock. */
export const handOver = act('petitions.hand-over', HandOver, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'hand-over')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  if (input.officerId === petition.officerId) return refusal('petition.same-officer', '這位同仁已經是承辦人', { field: 'officerId' })
  const officer = await findOfficer(tx, petition, input.officerId, ctx.today, 'bureau')
  if (!officer) return refusal('petition.no-such-officer', '只能交給同一局處的同仁；要換單位請退文或改分', { field: 'officerId' })
  const note = await keepNote(tx, ctx, petition.id, input.note)
  await assignLead(tx, { caseId: petition.id, unitId: officer.unitId, officerId: input.officerId, at: ctx.now, endedAs: 'handed-over' })
  await moveTo(tx, ctx, petition, petition.stage, 'petition.handed-over', { from: petition.officerId, officer: input.officerId, unit: officer.unitId, note })
  await carryMerged(tx, ctx, petition, { unitId: officer.unitId, officerId: input.officerId })
  return done()
})

export type Colleague = { personId: number; name: string; unitId: number; unitName: string; openCases: number }

/** Colleagues who can work on a case of this unit: of it and below, or of its whole bureau; with how much they have open. */
export async function findColleagues(reader: Reader, unitId: number, today: Day, within: 'unit' | 'bureau' = 'unit'): Promise<Colleague[]> {
  const found = await sql<Colleague>`
    with recursive below as (
      select id, name, parent_id from units where ${within === 'unit' ? sql`id = ${unitId}` : sql`id = (select bureau_id from units where id = ${unitId})`}
      union all
      select u.id, u.name, u.parent_id from units u join below on u.parent_id = below.id
    )
    select distinct on (person.id) person.id as "personId", person.name, below.id as "unitId", below.name as "unitName",
      (select count(*) from cases c where c.officer_id = person.id and c.closed_at is null) as "openCases"
    from posts p join below on below.id = p.unit_id join people person on person.id = p.person_id
    where p.role in ('officer', 'section-chief', 'head') and person.locked_at is null
      and p.valid_from <= ${today} and (p.valid_until is null or p.valid_until >= ${today})
    order by person.id, (below.id = ${unitId}) desc, (p.role = 'officer') desc`.execute(reader)
  return found.rows.sort((a, b) => a.unitId - b.unitId || a.personId - b.personId)
}

/** The unit the officer would work on it in: the case's own where they have a post there, else theirs below it. */
async function findOfficer(tx: Tx, petition: LockedPetition, personId: number, today: Day, within: 'unit' | 'bureau' = 'unit'): Promise<Colleague | undefined> {
  const colleagues = await findColleagues(tx, petition.unitId!, today, within)
  return colleagues.find((one) => one.personId === personId)
}
