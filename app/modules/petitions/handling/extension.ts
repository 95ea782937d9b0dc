import { z } from 'zod'
import { act, type StaffContext } from '../../../core/act.ts'
import { findDueReasons } from '../../../core/cases/due.ts'
import { officeCalendar } from '../../../core/clocks/calendar.ts'
import type { Tx } from '../../../core/db.ts'
import { done, isRefusal, refusal, type Refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { CaseNameInput, reason } from '../inputs.ts'
import { extensionNotice } from '../notice-words.ts'
import { tellPetitioner } from '../notify.ts'
import { hold, type LockedPetition } from '../petition.ts'
import { lockMerged } from '../registration/merged.ts'
import { recomputeDue } from './clock.ts'
import { type Asked, sendUp } from './submissions.ts'

/** One extension, no longer than the period itself. */
export const extensionDaysMax = 30

export const Extend = z.object({
  name: CaseNameInput,
  officeDays: z.coerce.number({ error: '請填要展幾個工作日' }).int('請填整數').min(1, '至少 1 個工作日').max(extensionDaysMax, `最多 ${extensionDaysMax} 個工作日`),
  reason: reason('展期理由'),
})

/** 展期（延長辦理期限）: asked by the officer, approved by the head, told to the petitioner with its reason. */
export const askExtension = act('petitions.extend', Extend, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'extend')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  if (petition.dueOn && petition.dueOn < ctx.today) return refusal('petition.overdue', '已經逾期，展期要在期限前提出；請儘快答復並向陳情人說明')
  const due = petition.dueOn && officeCalendar.addOfficeDays(petition.dueOn, input.officeDays)
  if (!due) return refusal('petition.beyond-calendar', '展期後的日子超出辦公日曆，請洽系統管理人員更新日曆', { field: 'officeDays' })
  return (await sendUp(tx, ctx, petition, 'extension', { officeDays: input.officeDays, reason: input.reason })) ?? done()
})

/** The extension as approved: a new due day from the original receipt, and a letter to the petitioner. Joined letters get it too. */
export async function carryOutExtension(tx: Tx, ctx: StaffContext, petition: LockedPetition, asked: Asked['extension']): Promise<Refusal | null> {
  for (const each of [petition, ...(await lockMerged(tx, petition.id))]) {
    if (each.extendedTo !== null || !each.receivedAt) continue
    if (each.id !== petition.id) await copySubmission(tx, ctx, each, asked)
    const dueOn = await recomputeDue(tx, { id: each.id, receivedAt: each.receivedAt }, { cause: 'extension', at: ctx.now })
    if (!dueOn) return refusal('petition.beyond-calendar', '展期後的日子算不出來，請洽系統管理人員更新辦公日曆')
    await tx.updateTable('petitions').set({ extended_to: dueOn, extended_at: ctx.now }).where('id', '=', each.id).execute()
    await record(tx, ctx, 'petition.extended', { caseId: each.id, payload: { officeDays: asked.officeDays, dueOn } })
    await tellPetitioner(tx, ctx, each.id, extensionNotice(each, asked, dueOn, await findDueReasons(tx, each.id)))
  }
  return null
}

/** The clock of a joined letter reads the days from its own approved submission. */
async function copySubmission(tx: Tx, ctx: StaffContext, member: LockedPetition, asked: Asked['extension']): Promise<void> {
  await tx
    .insertInto('petition_submissions')
    .values({ case_id: member.id, what: 'extension', draft_id: null, asked: JSON.stringify(asked) as never, from_stage: member.stage, step: 'done', state: 'approved', submitted_by: ctx.person.id, submitted_at: ctx.now, decided_at: ctx.now })
    .execute()
}
