import type { StaffContext } from '../act.ts'
import type { Tx } from '../db.ts'
import { record } from '../events/record.ts'
import { onBehalfOf } from '../identity/permissions.ts'
import { queueMail, refuseAddress } from '../mail/outbox.ts'
import { namePurposes } from '../mail/purposes.ts'
import { rocDay } from '../time.ts'
import { assignLead } from './assign.ts'
import { caseKinds } from './case-kinds.ts'
import { handOverPermission, type InHand } from './in-hands.ts'

export type Given = { from: number; to: number; handOver: string; back?: true }

/** Each case with the officer `to`, told in its own history; `back`: 收回. */
export async function give(tx: Tx, ctx: StaffContext, going: readonly InHand[], { from, to, handOver, back }: Given): Promise<void> {
  for (const one of going) {
    const forOne = { ...ctx, onBehalfOf: ctx.onBehalfOf ?? onBehalfOf(ctx.person, handOverPermission, one) }
    await assignLead(tx, { caseId: one.id, unitId: one.unitId, officerId: to, at: ctx.now, endedAs: 'handed-over' })
    await record(tx, forOne, 'case.handed-over', { caseId: one.id, payload: { from, officer: to, unit: one.unitId, handOver, ...(back ? { back } : {}) } })
    await caseKinds().find(({ kind }) => kind === one.kind)?.carry?.(tx, forOne, one.id, { unitId: one.unitId, officerId: to })
  }
}

namePurposes({ 'cases.handed-over': '案件交接' })

/** Numbers and days only: what the cases are about stays in the office. Nothing where the successor has no address. */
export async function tellSuccessor(tx: Tx, ctx: StaffContext, going: readonly InHand[], { from, to, origin }: { from: number; to: number; origin: string }): Promise<void> {
  const people = await tx.selectFrom('people').select(['id', 'name', 'email']).where('id', 'in', [from, to]).execute()
  const [giver, taker] = [people.find(({ id }) => id === from)!, people.find(({ id }) => id === to)!]
  if (!taker.email || refuseAddress(taker.email)) return
  const lines = caseKinds().flatMap(({ kind, label, path }) => {
    const ofKind = going.filter((one) => one.kind === kind)
    return ofKind.length ? [`${label} ${ofKind.length} 件`, ...ofKind.map((one) => `${one.name}${one.dueOn ? `　期限 ${rocDay(one.dueOn)}` : ''}${one.joined ? `　併案 ${one.joined} 件隨同` : ''}${origin ? `\n${origin}${path(one.name)}` : ''}`), ''] : []
  })
  await queueMail(tx, { to: taker.email, subject: `${going.length} 件案件交接給您`, text: `${taker.name}您好：\n\n${ctx.person.name}把${giver.name}名下的下列案件交接給您，文件和期限照舊：\n\n${lines.join('\n')}\n如有不能承辦的，請告訴${ctx.person.name}。`, purpose: 'cases.handed-over' })
}
