import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Reader } from '../../../core/db.ts'
import { done } from '../../../core/errors.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { isOpened, recordOpening } from '../../../core/personal-data/openings.ts'
import { onBehalfOf, type Person } from '../../../core/identity/permissions.ts'
import { CaseNameInput } from '../inputs.ts'
import { lockForStaff } from '../petition.ts'
import type { OpenedPersonalData } from './facts.tsx'
import type { CaseFile } from './case-file.ts'

/** Why somebody needs to know; chosen, so that openings can be counted by purpose. */
export const purposes = ['聯絡陳情人', '查證事實', '郵寄答復', '判斷是否同一人', '移轉其他機關', '督導查核'] as const

export const OpenPersonalData = z.object({ name: CaseNameInput, reason: z.enum(purposes, { error: '請選擇查看的目的' }) })

/** Shows a petitioner's name and ways to reach them; who looked and why stays on record. */
export const openPersonalData = act('petitions.open-personal-data', OpenPersonalData, async (tx, ctx, input) => {
  const petition = await lockForStaff(tx, ctx.person, input.name, 'petitions.open-personal-data')
  const on = ctx.onBehalfOf ?? onBehalfOf(ctx.person, 'petitions.open-personal-data', petition)
  const read = await recordOpening(tx, { ...ctx, onBehalfOf: on }, { event: 'petition', caseId: petition.id, purpose: input.reason, fields: ['name', 'email', 'phone', 'address'] })
  return done({ read })
})

/** The data of an opening that this person made on this case a moment ago; null otherwise. */
export async function findOpened(reader: Reader, person: Person, file: CaseFile, readId: string | undefined, now: Date): Promise<OpenedPersonalData | null> {
  if (!(await isOpened(reader, person, file.id, readId, now))) return null
  return { name: unseal(file.sender.name), email: unseal(file.sender.email), phone: unseal(file.sender.phone), address: unseal(file.sender.address) }
}
