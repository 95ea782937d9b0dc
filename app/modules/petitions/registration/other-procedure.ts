import { z } from 'zod'
import { act, type StaffContext } from '../../../core/act.ts'
import { startSideClock } from '../../../core/cases/due.ts'
import { computeDeadline } from '../../../core/clocks/compute.ts'
import { rulebook } from '../../../core/clocks/rules.ts'
import type { Tx } from '../../../core/db.ts'
import { done, isRefusal, type Refusal } from '../../../core/errors.ts'
import type { Day } from '../../../core/time.ts'
import { registerPetition } from '../create.ts'
import { type Asked, sendUp } from '../handling/submissions.ts'
import { CaseNameInput, optionalText } from '../inputs.ts'
import { otherProcedureNotice } from '../notice-words.ts'
import { tellPetitioner } from '../notify.ts'
import { closePetition, hold, type LockedPetition } from '../petition.ts'
import { type OtherProcedure, otherProcedures } from '../schema.ts'
import { decidesAlone } from './decides-alone.ts'
import { closeMerged } from './joint-answer.ts'

export const TurnInto = z.object({
  name: CaseNameInput,
  procedure: z.enum(Object.keys(otherProcedures) as [OtherProcedure, ...OtherProcedure[]], { error: '請選擇是哪一種程序' }),
  note: optionalText(1000),
})

/** 轉其他程序: it is really an application, an appeal, a claim; that procedure's clock starts from the original receipt. */
export const turnInto = act('petitions.other-procedure', TurnInto, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'other-procedure')
  if (isRefusal(held)) return held
  const { ctx } = held
  let { petition } = held
  if (!petition.number) petition = { ...petition, number: await registerPetition(tx, ctx, petition.id) }
  const asked = { procedure: input.procedure, note: input.note }
  if (!decidesAlone(ctx.person, 'petitions.other-procedure', petition)) return (await sendUp(tx, ctx, petition, 'other-procedure', asked)) ?? done({ decided: false })
  return (await closeAsOtherProcedure(tx, ctx, petition, asked)) ?? done({ decided: true })
})

/** Clocks of the procedures a petition may turn into; those whose rules are not in the book yet are told without a day. */
export const procedureRules: Record<OtherProcedure, string | null> = {
  application: 'petition-as-application',
  appeal: 'appeal-decision-3mo',
  compensation: 'sc-open-negotiation-30d',
  consumer: 'cp-business-15d',
  report: null,
}

export type ProcedureDue = { dueOn: Day | null; rule: string | null; explanation: string[] }

/** When the other procedure is due, from the original receipt. */
export function procedureDue(procedure: OtherProcedure, receivedAt: Date): ProcedureDue {
  const rule = procedureRules[procedure]
  if (!rule || !rulebook.has(rule)) return { dueOn: null, rule: null, explanation: ['這個程序的期限由承辦單位依該程序的規定計算，自原收件時間起算。'] }
  const answer = computeDeadline(rule, receivedAt)
  return answer.kind === 'due' ? { dueOn: answer.day, rule, explanation: answer.explanation } : { dueOn: null, rule, explanation: [answer.because] }
}

export async function closeAsOtherProcedure(tx: Tx, ctx: StaffContext, petition: LockedPetition, given: Asked['other-procedure']): Promise<Refusal | null> {
  const asked = { ...given, procedure: given.procedure as OtherProcedure }
  const name = otherProcedures[asked.procedure]
  const due = await startOtherClock(tx, petition, asked.procedure)
  await closePetition(tx, ctx, petition, 'other-procedure', { procedure: asked.procedure, dueOn: due.dueOn })
  await tellPetitioner(tx, ctx, petition.id, otherProcedureNotice(petition, name, due, asked.note))
  await closeMerged(tx, ctx, petition, async (member) => otherProcedureNotice(member, name, await startOtherClock(tx, member, asked.procedure), asked.note))
  return null
}

async function startOtherClock(tx: Tx, petition: LockedPetition, procedure: OtherProcedure): Promise<ProcedureDue> {
  await tx.updateTable('petitions').set({ other_procedure: procedure }).where('id', '=', petition.id).execute()
  const due = procedureDue(procedure, petition.receivedAt!)
  if (due.rule) await startSideClock(tx, { caseId: petition.id, rule: due.rule, trigger: petition.receivedAt! })
  return due
}
