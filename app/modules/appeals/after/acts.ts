import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { done, NotFound, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { type Day, rocDay, startOf } from '../../../core/time.ts'
import { lockForStaff } from '../appeal.ts'
import '../decision/tables.ts'
import { litigationUntil } from '../decision/served.ts'
import { meetSideClock } from '../handling/clocks.ts'
import { namedDay, optionalDay } from '../../../core/day-fields.ts'
import { finalOn, rehearingGrounds, rehearingUntil, results } from './rules.ts'
import { authorityDecidedOn } from './authority.ts'

const codes = <T extends object>(of: T) => Object.keys(of) as [keyof T & string, ...(keyof T & string)[]]
const Sequel = z.object({
  name: z.string().max(40), kind: z.enum(['litigation', 'rehearing', 'compliance'], { error: '請選擇是什麼' }), on: namedDay('日期'), authority: z.string().trim().max(60).default(''), number: z.string().trim().max(100).default(''),
  ground: z.preprocess((value) => value || undefined, z.enum(codes(rehearingGrounds)).optional()), knownOn: optionalDay(), party: z.preprocess((value) => value || undefined, z.coerce.number().int().optional()), note: z.string().trim().max(5000).default(''),
})

/** A suit (§90), an application for rehearing (§97), or the agency's report of what it did (§96). Only of a decision that was served, or of the ministry's on an appeal against the county. */
export const recordSequel = act('appeals.record-sequel', Sequel, async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.handle')
  const decidedOn = appeal.decidedOn ?? (await authorityDecidedOn(tx, appeal.id))
  if (appeal.stage !== 'closed' || !decidedOn) return refusal('sequel.not-served', appeal.agencyKind === 'county' ? '登錄上級機關的決定之後才登錄' : '決定書送達之後才登錄')
  if (input.on > ctx.today || input.on < decidedOn) return refusal('sequel.day', `日期不能早於決定（${rocDay(decidedOn)}）或晚於今天`, { field: 'on' })
  const clock = await tx.selectFrom('case_clocks').select('due_on').where('case_id', '=', appeal.id).where('rule', '=', 'appeal-litigation-2mo').orderBy('id', 'desc').executeTakeFirst()
  const until = clock?.due_on ?? null
  const suits = await tx.selectFrom('appeal_sequels').select(['result', 'result_on as resultOn', 'party_id as partyId']).where('case_id', '=', appeal.id).where('kind', '=', 'litigation').execute()
  let late = false
  const originals = await tx.selectFrom('appeal_letters').select(['party_id', 'served_on', 'service_kind']).where('case_id', '=', appeal.id).where('kind', '=', 'decision').where('party_id', 'is not', null).where('served_on', 'is not', null).execute()
  const suing = originals.length === 1 ? originals[0]! : originals.find(({ party_id: party }) => Number(party) === input.party)
  if (input.kind === 'litigation') {
    if (!input.authority) return refusal('sequel.court', '請填法院', { field: 'authority' })
    if (originals.length > 1 && !suing) return refusal('sequel.party', '請選擇誰起訴：期間自送達他的次日起算', { field: 'party', law: '訴願法 §90' })
    const own = suing ? litigationUntil(suing.served_on!, suing.service_kind) : until
    late = own !== null && input.on > own
    const sued = new Set([...suits.map(({ partyId }) => partyId), suing?.party_id ?? null].map(Number))
    if (originals.every(({ party_id: party }) => sued.has(Number(party)))) await meetSideClock(tx, appeal.id, 'appeal-litigation-2mo', startOf(input.on))
  }
  if (input.kind === 'rehearing') {
    if (!input.ground) return refusal('sequel.ground', '請選擇再審事由', { field: 'ground', law: '訴願法 §97 I' })
    const final = finalOn(until, suits, ctx.today)
    if (!final || final > input.on) return refusal('sequel.not-final', '對確定的訴願決定才能申請再審', { field: 'on', law: '訴願法 §97 I' })
    const last = rehearingUntil(final, input.knownOn)
    late = last !== null && input.on > last
  }
  if (input.kind === 'compliance') {
    if (!input.note) return refusal('sequel.note', '請寫處理情形', { field: 'note', law: '訴願法 §96' })
    const due = await tx.selectFrom('case_clocks').select('due_on').where('case_id', '=', appeal.id).where('rule', '=', 'appeal-remand-period').where('met_at', 'is', null).executeTakeFirst()
    if (!due) return refusal('sequel.no-remand', '這件決定沒有指定另為處分的期間，或已經登錄處理情形', { law: '訴願法 §81 II、§82 I' })
    late = due.due_on !== null && input.on > due.due_on
    await meetSideClock(tx, appeal.id, 'appeal-remand-period', startOf(input.on))
  }
  const { id } = await tx
    .insertInto('appeal_sequels')
    .values({ case_id: appeal.id, kind: input.kind, happened_on: input.on, authority: input.authority || (input.kind === 'compliance' ? appeal.agency : appeal.authority), number: input.number, ground: input.kind === 'rehearing' ? input.ground! : null, late, result: null, result_on: null, note: input.note, party_id: input.kind === 'litigation' ? (suing?.party_id ?? null) : null })
    .returning('id').executeTakeFirstOrThrow()
  await record(tx, ctx, `appeal.${input.kind}-recorded`, { caseId: appeal.id, payload: { sequel: id, on: input.on, late } })
  return done({ late })
}, { permission: 'appeals.handle' })

const Ended = z.object({ name: z.string().max(40), sequel: z.coerce.number({ error: '請選擇是哪一件' }).int(), result: z.string().max(40), on: namedDay('結果的日期'), note: z.string().trim().max(5000).default('') })

/** The judgment, or how the rehearing ended. Its own record stays; another judgment (上訴) is another suit. */
export const recordResult = act('appeals.record-result', Ended, async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.handle')
  const sequel = await tx.selectFrom('appeal_sequels').selectAll().where('id', '=', input.sequel).where('case_id', '=', appeal.id).executeTakeFirst()
  if (!sequel || sequel.kind === 'compliance' || sequel.kind === 'authority-decision') throw new NotFound('找不到這件訴訟或再審')
  if (sequel.result) return refusal('sequel.ended', '已經登錄結果')
  if (!(input.result in results[sequel.kind])) return refusal('input.invalid', '請選擇結果', { field: 'result' })
  if (input.on < (sequel.happened_on as Day) || input.on > ctx.today) return refusal('sequel.day', '結果的日期早於提起或晚於今天', { field: 'on' })
  await tx.updateTable('appeal_sequels').set({ result: input.result, result_on: input.on, note: [sequel.note, input.note].filter(Boolean).join('\n') }).where('id', '=', sequel.id).execute()
  await record(tx, ctx, `appeal.${sequel.kind}-ended`, { caseId: appeal.id, payload: { sequel: sequel.id, result: input.result, on: input.on } })
  return done()
}, { permission: 'appeals.handle' })
