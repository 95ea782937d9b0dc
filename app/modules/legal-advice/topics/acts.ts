import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { done, NotFound, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import '../tables.ts'

const Speciality = z.object({
  id: z.coerce.number().int().optional(),
  name: z.string().trim().min(2, '請填名稱').max(20, '名稱最多 20 個字'),
  hint: z.string().trim().max(60, '說明最多 60 個字').default(''),
  nameEn: z.string().trim().max(60, '英文名稱最多 60 個字').default(''),
  hintEn: z.string().trim().max(150, '英文說明最多 150 個字').default(''),
  position: z.coerce.number({ error: '順序請填數字' }).int().min(1, '順序從 1 開始').max(99, '順序最多 99'),
  active: z.string().optional(),
})

/** 諮詢類別; without English words the English pages show the Chinese. One in use is never deleted: closed, it is offered no more and stays with the consultations it was of. */
export const saveSpeciality = act('legal-advice.save-speciality', Speciality, async (tx, ctx, input) => {
  const same = await sql`select from advice_specialities where name = ${input.name} and id is distinct from ${input.id ?? null}`.execute(tx)
  if (same.rows.length) return refusal('topic.same', '已經有這個類別', { field: 'name' })
  const row = { name: input.name, hint: input.hint, name_en: input.nameEn, hint_en: input.hintEn, position: input.position, active: input.active === 'yes' }
  if (input.id) {
    const led = row.active ? null : (await sql<{ text: string }>`select q.text from advice_answers a join advice_questions q on q.id = a.question_id where a.speciality_id = ${input.id} limit 1`.execute(tx)).rows[0]
    if (led) return refusal('topic.led', `引導問題「${led.text}」還會帶到這一類，請先改那個問題`, { field: 'active' })
    const changed = await tx.updateTable('advice_specialities').set(row).where('id', '=', input.id).returning('id').executeTakeFirst()
    if (!changed) throw new NotFound('找不到這個類別')
    await record(tx, ctx, 'legal-advice.speciality-changed', { payload: { speciality: input.id, active: row.active } })
    return done({ id: input.id })
  }
  const { id } = await tx.insertInto('advice_specialities').values({ ...row, code: sql<string>`'s-' || left(translate(md5(random()::text), '0123456789', 'ghijklmnop'), 12)` }).returning('id').executeTakeFirstOrThrow()
  await record(tx, ctx, 'legal-advice.speciality-added', { payload: { speciality: id } })
  return done({ id })
}, { permission: 'legal-advice.topics' })

/** `q7` a further question, `s3` a speciality. */
const leads = /^([qs])(\d{1,9})$/
const Question = z.object({
  id: z.coerce.number().int().optional(),
  text: z.string().trim().min(4, '請寫問題').max(100, '問題最多 100 個字'),
  hint: z.string().trim().max(100, '說明最多 100 個字').default(''),
  textEn: z.string().trim().max(200, '英文問題最多 200 個字').default(''),
  hintEn: z.string().trim().max(200, '英文說明最多 200 個字').default(''),
  answers: z.array(z.object({ text: z.string().trim().max(60, '答案最多 60 個字'), textEn: z.string().trim().max(120, '英文答案最多 120 個字').default(''), to: z.string().max(12) })).transform((all) => all.filter(({ text }) => text)),
})

/** 引導問題 with its answers, each of which leads on. The questions end: no way through them comes back to where it was. */
export const saveQuestion = act('legal-advice.save-question', Question, async (tx, ctx, input) => {
  if (input.answers.length < 2) return refusal('question.answers', '至少要有兩個答案', { field: 'answer-1' })
  const targets = input.answers.map(({ to }) => leads.exec(to))
  const open = targets.findIndex((target) => !target)
  if (open >= 0) return refusal('question.leads', `請選「${input.answers[open]!.text}」帶到哪裡`, { field: `to-${open + 1}` })
  const words = { text: input.text, hint: input.hint, text_en: input.textEn, hint_en: input.hintEn }
  const id = input.id ?? (await tx.insertInto('advice_questions').values(words).returning('id').executeTakeFirstOrThrow()).id
  if (input.id) {
    const changed = await tx.updateTable('advice_questions').set(words).where('id', '=', id).returning('id').executeTakeFirst()
    if (!changed) throw new NotFound('找不到這個問題')
  }
  await tx.deleteFrom('advice_answers').where('question_id', '=', id).execute()
  for (const [i, target] of targets.entries()) {
    const to = Number(target![2])
    if (target![1] === 'q' && to === id) return refusal('question.round', '答案不能帶回同一個問題', { field: `to-${i + 1}` })
    await tx.insertInto('advice_answers').values({ question_id: id, text: input.answers[i]!.text, text_en: input.answers[i]!.textEn, position: i + 1, next_question_id: target![1] === 'q' ? to : null, speciality_id: target![1] === 's' ? to : null }).execute()
  }
  if (await goesRound(tx, id)) return refusal('question.round', '這樣會繞回同一個問題，回答的人走不出去', { field: 'answer-1' })
  await record(tx, ctx, 'legal-advice.question-saved', { payload: { question: id, answers: targets.length } })
  return done({ id })
}, { permission: 'legal-advice.topics' })

async function goesRound(tx: Tx, id: number): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    with recursive way(at) as (select next_question_id from advice_answers where question_id = ${id} and next_question_id is not null
      union select a.next_question_id from way join advice_answers a on a.question_id = way.at where a.next_question_id is not null)
    select exists (select from way where at = ${id}) as found`.execute(tx)
  return rows[0]!.found
}

/** The first question stays, and one to which an answer leads. */
export const deleteQuestion = act('legal-advice.delete-question', z.object({ id: z.coerce.number().int() }), async (tx, ctx, { id }) => {
  const question = await tx.selectFrom('advice_questions').select(['id', 'first']).where('id', '=', id).executeTakeFirst()
  if (!question) throw new NotFound('找不到這個問題')
  if (question.first) return refusal('question.first', '第一個問題不能刪除')
  const led = await sql<{ text: string }>`select q.text from advice_answers a join advice_questions q on q.id = a.question_id where a.next_question_id = ${id} limit 1`.execute(tx)
  if (led.rows[0]) return refusal('question.led', `「${led.rows[0].text}」的答案還會帶到這個問題`)
  await tx.deleteFrom('advice_questions').where('id', '=', id).execute()
  await record(tx, ctx, 'legal-advice.question-deleted', { payload: { question: id } })
  return done()
}, { permission: 'legal-advice.topics' })
