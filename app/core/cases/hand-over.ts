import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { act } from '../act.ts'
import { done, refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import { findPerson } from '../identity/sessions.ts'
import { give, tellSuccessor } from './give-cases.ts'
import { findInHands, handOverPermission, markOf, whyNotTo } from './in-hands.ts'

const personId = (message: string) => z.coerce.number({ error: message }).int().positive(message)
const Input = z.object({
  from: personId('請選擇要交出案件的同仁'),
  to: personId('請選擇接辦的同仁'),
  kinds: z.union([z.string().transform((one) => [one]), z.array(z.string())], { error: '請至少選一類案件' }).pipe(z.array(z.string().max(60)).min(1, '請至少選一類案件').max(60)),
  seen: z.string().max(60).default(''),
  origin: z.string().max(200).default(''),
})

/**
 * 交接: the open cases in one colleague's hands go to another, with their papers and the same clocks, in one act; each tells it in its history.
 * Only those of the asker's units that they may see, and only to somebody whose post reaches the unit and works that kind. Refused where the cases are
 * no longer those that were shown (`seen`, by `markOf`). The successor is told by mail (`origin`: where the service is). Gives how many, joined letters not counted.
 */
export const handOverCases = act(handOverPermission, Input, async (tx, ctx, input) => {
  if (input.from === input.to) return refusal('cases.same-officer', '這位同仁就是要交出案件的人，請另選接辦的同仁', { field: 'to' })
  const to = await findPerson(tx, input.to)
  if (!to) return refusal('cases.no-successor', '這位同仁的帳號已停用，請另選接辦的同仁', { field: 'to' })
  const { mine } = await findInHands(tx, ctx.person, input.from, true)
  if (markOf(mine) !== input.seen) return refusal('cases.changed', '您看過名單以後案件有異動，請再看一次名單再交接')
  const going = mine.filter((one) => input.kinds.includes(one.kind) && whyNotTo(to, one) === null)
  if (!going.length) return refusal('cases.none-to-hand-over', '所選的類別裡沒有這位同仁可以接辦的案件', { field: 'kinds' })
  const handOver = randomUUID()
  await give(tx, ctx, going, { from: input.from, to: to.id, handOver })
  await record(tx, ctx, 'person.cases-handed-over', { payload: { person: input.from, officer: to.id, cases: going.length, handOver } })
  await tellSuccessor(tx, ctx, going, { from: input.from, to: to.id, origin: input.origin })
  return done({ cases: going.length, to: to.name })
}, { stepUp: true })
