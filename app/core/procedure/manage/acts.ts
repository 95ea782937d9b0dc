import { z } from 'zod'
import { act, type StaffContext } from '../../act.ts'
import { assignLead } from '../../cases/assign.ts'
import { nameReader, unnameReader } from '../../cases/readers.ts'
import type { Tx } from '../../db.ts'
import { done, NotFound, refusal } from '../../errors.ts'
import { record } from '../../events/record.ts'
import { addParty, findParties, partyColumns, partyFields, partyOf } from '../parties.ts'
import type { StepState } from '../step.ts'
import { lockFor, writeStep } from '../take-step.ts'
import type { Managed } from './managed.ts'

const name = z.string().min(1).max(40)
const reason = z.string().trim().min(2, '請寫下理由').max(1000, '最多 1,000 個字')
export type ManageActs = ReturnType<typeof manageActs>

/** Acts beside the steps: whose case it is, who may see it, who its parties are. */
export function manageActs<State extends StepState>(of: Managed<State>) {
  const { procedure, partyRoles } = of
  const { noun } = procedure
  const noted = (tx: Tx, ctx: StaffContext, caseId: number, step: string, note: string | null) => writeStep(tx, ctx, caseId, step, { on: ctx.today, documentNo: null, note, answers: {} })
  const role = z.string().refine((code) => Object.hasOwn(partyRoles, code), '請選擇是什麼身分')
  return {
    assign: act(`${noun}.assign`, z.object({ name, officerId: z.coerce.number({ error: '請選擇承辦人' }).int().positive('請選擇承辦人') }), async (tx, given, input) => {
      const { state, ctx } = await lockFor(procedure, tx, given, input.name, of.assign)
      if (state.closedAt) return refusal(`${noun}.closed`, '這件已經結案')
      const post = await tx.selectFrom('posts').innerJoin('people', 'people.id', 'person_id').select(['unit_id', 'people.name']).where('person_id', '=', input.officerId).where('role', 'in', [...of.officers]).where('valid_until', 'is', null).where('locked_at', 'is', null).executeTakeFirst()
      if (!post) return refusal(`${noun}.no-officer`, '請選擇辦理這類案件的同仁', { field: 'officerId' })
      await assignLead(tx, { caseId: state.id, unitId: post.unit_id, officerId: input.officerId, at: ctx.now, endedAs: 'reassigned' })
      await noted(tx, ctx, state.id, 'assigned', post.name)
      await record(tx, ctx, `${noun}.assigned`, { caseId: state.id, payload: { officer: input.officerId } })
      return done()
    }, { permission: of.assign }),

    /** 列為保密 or 解除: only its officer and those named on it see it. Who marks it is named too. */
    confide: act(`${noun}.confide`, z.object({ name, confidential: z.enum(['1', '0']), reason }), async (tx, given, input) => {
      const { state, ctx } = await lockFor(procedure, tx, given, input.name, of.confide)
      const confidential = input.confidential === '1'
      if (state.confidential === confidential) return refusal(`${noun}.already-so`, confidential ? '已列為保密' : '沒有列為保密')
      await tx.updateTable('cases').set({ confidential }).where('id', '=', state.id).execute()
      await noted(tx, ctx, state.id, confidential ? 'confided' : 'disclosed', input.reason)
      await record(tx, ctx, confidential ? `${noun}.confided` : `${noun}.disclosed`, { caseId: state.id })
      if (confidential) await nameReader(tx, { caseId: state.id, personId: ctx.person.id, by: ctx.person.id })
      return done()
    }, { permission: of.confide, stepUp: true }),

    /** 指名閱覽: one more person may see a confidential case. */
    nameReader: act(`${noun}.name-reader`, z.object({ name, login: z.string().trim().toLowerCase().min(1, '請填同仁的帳號').max(100) }), async (tx, given, input) => {
      const { state, ctx } = await lockFor(procedure, tx, given, input.name, of.confide)
      const person = await tx.selectFrom('people').select('id').where('login', '=', input.login).where('locked_at', 'is', null).executeTakeFirst()
      if (!person) return refusal(`${noun}.no-such-person`, `沒有帳號 ${input.login}，或已停用`, { field: 'login' })
      if (!(await nameReader(tx, { caseId: state.id, personId: person.id, by: ctx.person.id }))) return refusal(`${noun}.named-already`, '已經指名這位同仁', { field: 'login' })
      await record(tx, ctx, `${noun}.reader-named`, { caseId: state.id, payload: { reader: person.id } })
      return done()
    }, { permission: of.confide, stepUp: true }),

    /** Ends it; who removes themselves does not see the case any more, unless they have it. */
    removeReader: act(`${noun}.remove-reader`, z.object({ name, reader: z.coerce.number().int().positive() }), async (tx, given, input) => {
      const { state, ctx } = await lockFor(procedure, tx, given, input.name, of.confide)
      const personId = await unnameReader(tx, { caseId: state.id, readerId: input.reader, at: ctx.now })
      if (personId === null) return refusal(`${noun}.not-named`, '這位同仁已經不在名單上')
      await record(tx, ctx, `${noun}.reader-removed`, { caseId: state.id, payload: { reader: personId } })
      return done()
    }, { permission: of.confide, stepUp: true }),

    /** What was entered of a party put right. Papers that were issued keep what they say. */
    correctParty: act(`${noun}.correct-party`, z.object({ name, party: z.coerce.number().int().positive(), reason, ...partyFields('party', '當事人') }), async (tx, given, input) => {
      const { state, ctx } = await lockFor(procedure, tx, given, input.name, of.correct)
      const was = (await findParties(tx, state.id)).find(({ id }) => id === input.party)
      if (!was) throw new NotFound('找不到這位當事人')
      const party = partyOf('party', was.role, input)
      if (!party) return refusal('input.invalid', '請填姓名或名稱', { field: 'partyName' })
      await tx.updateTable('case_parties').set(partyColumns(party)).where('id', '=', was.id).execute()
      await noted(tx, ctx, state.id, 'party-corrected', `${partyRoles[was.role] ?? was.role}：${input.reason}`)
      await record(tx, ctx, `${noun}.party-corrected`, { caseId: state.id, payload: { party: was.id } })
      return done()
    }, { permission: of.correct }),

    addParty: act(`${noun}.add-party`, z.object({ name, role, represents: z.coerce.number().int().optional(), reason, ...partyFields('party', '當事人') }), async (tx, given, input) => {
      const { state, ctx } = await lockFor(procedure, tx, given, input.name, of.correct)
      const party = partyOf('party', input.role, input)
      if (!party) return refusal('input.invalid', '請填姓名或名稱', { field: 'partyName' })
      const represented = input.represents ? (await findParties(tx, state.id)).find(({ id }) => id === input.represents) : undefined
      if (input.role === 'representative' && !represented) return refusal('input.invalid', '請選擇代理誰', { field: 'represents' })
      const id = await addParty(tx, state.id, party, { representsId: input.role === 'representative' ? represented!.id : null })
      await noted(tx, ctx, state.id, 'party-added', `${partyRoles[input.role]}：${input.reason}`)
      await record(tx, ctx, `${noun}.party-added`, { caseId: state.id, payload: { party: id } })
      return done()
    }, { permission: of.correct }),

    /** A party left, or was entered by mistake: their data stay with the case, papers do not go to them any more. */
    endParty: act(`${noun}.end-party`, z.object({ name, party: z.coerce.number().int().positive(), reason }), async (tx, given, input) => {
      const { state, ctx } = await lockFor(procedure, tx, given, input.name, of.correct)
      const parties = await findParties(tx, state.id)
      const was = parties.find(({ id }) => id === input.party)
      if (!was) throw new NotFound('找不到這位當事人')
      if (was.role !== 'representative' && parties.filter((one) => one.role === was.role).length === 1) return refusal(`${noun}.last-party`, `${partyRoles[was.role] ?? was.role}只有這一位，請用更正，或先加入別人`)
      const filer = await tx.selectFrom('case_filings').select('party_id').where('id', '=', state.id).executeTakeFirst()
      if (filer?.party_id === was.id) return refusal(`${noun}.filer`, '這位是線上提出的人，追蹤的通知寄給他，不能退出')
      await tx.updateTable('case_parties').set({ ended_at: ctx.now }).where((where) => where.or([where('id', '=', was.id), where('represents_id', '=', was.id)])).where('ended_at', 'is', null).execute()
      await noted(tx, ctx, state.id, 'party-ended', `${partyRoles[was.role] ?? was.role}：${input.reason}`)
      await record(tx, ctx, `${noun}.party-ended`, { caseId: state.id, payload: { party: was.id } })
      return done()
    }, { permission: of.correct }),
  }
}
