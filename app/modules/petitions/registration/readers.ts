import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { nameReader, unnameReader } from '../../../core/cases/readers.ts'
import { done, isRefusal, refusal } from '../../../core/errors.ts'
import { CaseNameInput, reason } from '../inputs.ts'
import { keepNote } from '../notes.ts'
import { hold, moveTo } from '../petition.ts'
import { sees } from '../visible.ts'

export const NameReader = z.object({ name: CaseNameInput, login: z.string().trim().toLowerCase().min(1, '請填要指名的同仁帳號').max(100), reason: reason('理由') })

/** 指名閱覽: one more person may see a confidential case; who named them and why stays in its history. */
export const nameReaderOf = act('petitions.name-reader', NameReader, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'name-reader')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  const person = await tx.selectFrom('people').select('id').where('login', '=', input.login).where('locked_at', 'is', null).executeTakeFirst()
  if (!person) return refusal('petition.no-such-person', `沒有帳號 ${input.login}，或已停用`, { field: 'login' })
  if (!(await nameReader(tx, { caseId: petition.id, personId: person.id, by: ctx.person.id }))) return refusal('petition.named-already', '已經指名這位同仁', { field: 'login' })
  const note = await keepNote(tx, ctx, petition.id, input.reason)
  await moveTo(tx, ctx, petition, petition.stage, 'petition.reader-named', { reader: person.id, note })
  return done()
}, { stepUp: true })

/** Takes it back; who had been named stays in the history. */
export const endReaderOf = act('petitions.end-reader', z.object({ name: CaseNameInput, reader: z.coerce.number().int().positive() }), async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'name-reader')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  const personId = await unnameReader(tx, { caseId: petition.id, readerId: input.reader, at: ctx.now })
  if (personId === null) return refusal('petition.no-reader', '已經取消了')
  await moveTo(tx, ctx, petition, petition.stage, 'petition.reader-ended', { reader: personId })
  return done({ seen: await sees(tx, ctx.person, petition.id) })
}, { permission: 'petitions.name-reader' })
