import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Reader } from '../../../core/db.ts'
import { done } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import { CaseNameInput } from '../inputs.ts'
import { lockForStaff } from '../petition.ts'
import type { OpenedPersonalData } from './facts.tsx'
import type { CaseFile } from './case-file.ts'

/** Why somebody needs to know; chosen, so that openings can be counted by purpose. */
export const purposes = ['聯絡陳情人', '查證事實', '郵寄答復', '判斷是否同一人', '移轉其他機關', '督導查核'] as const

/** An opening shows the data for this long; after that it is asked and recorded again. */
const minutesOpen = 10

export const OpenPersonalData = z.object({ name: CaseNameInput, reason: z.enum(purposes, { error: '請選擇查看的目的' }) })

/** Shows a petitioner's name and ways to reach them; who looked and why stays on record. */
export const openPersonalData = act('petitions.open-personal-data', OpenPersonalData, async (tx, ctx, input) => {
  const petition = await lockForStaff(tx, ctx.person, input.name, 'petitions.open-personal-data')
  const read = await tx
    .insertInto('personal_data_reads')
    .values({ case_id: petition.id, person_id: ctx.person.id, fields: ['name', 'email', 'phone', 'address'], purpose: input.reason, at: ctx.now })
    .returning('id')
    .executeTakeFirstOrThrow()
  await record(tx, ctx, 'petition.personal-data-opened', { caseId: petition.id, payload: { read: read.id } })
  return done({ read: read.id })
})

/** The data of an opening that this person made on this case a moment ago; null otherwise. */
export async function findOpened(reader: Reader, person: Person, file: CaseFile, readId: string | undefined, now: Date): Promise<OpenedPersonalData | null> {
  if (!readId || !/^\d{1,15}$/.test(readId)) return null
  const read = await reader
    .selectFrom('personal_data_reads')
    .select('at')
    .where('id', '=', Number(readId))
    .where('case_id', '=', file.id)
    .where('person_id', '=', person.id)
    .executeTakeFirst()
  if (!read || now.getTime() - read.at.getTime() > minutesOpen * 60_000) return null
  return { name: unseal(file.sender.name), email: unseal(file.sender.email), phone: unseal(file.sender.phone), address: unseal(file.sender.address) }
}
