import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import '../tables.ts'

export type Topic = { id: number; code: string; name: string; hint: string; nameEn: string; hintEn: string; position: number; active: boolean; lawyers: number }
export type TopicQuestion = { id: number; text: string; hint: string; textEn: string; hintEn: string; first: boolean; answers: { id: number; text: string; textEn: string; next: number | null; speciality: number | null }[] }

/** 類別 and 引導問題, as the office edits them. */
export async function findTopics(reader: Reader): Promise<{ specialities: Topic[]; questions: TopicQuestion[] }> {
  const [specialities, questions] = [
    await sql<Topic>`select s.id, s.code, s.name, s.hint, s.name_en as "nameEn", s.hint_en as "hintEn", s.position, s.active, (select count(*) from advice_lawyers l where s.id = any(l.specialities) and coalesce(l.valid_until, 'infinity'::date) >= current_date) as lawyers from advice_specialities s order by s.position, s.id`.execute(reader),
    await sql<TopicQuestion>`select q.id, q.text, q.hint, q.text_en as "textEn", q.hint_en as "hintEn", q.first, coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'text', a.text, 'textEn', a.text_en, 'next', a.next_question_id, 'speciality', a.speciality_id) order by a.position, a.id) from advice_answers a where a.question_id = q.id), '[]') as answers
      from advice_questions q order by q.first desc, q.id`.execute(reader),
  ]
  return { specialities: specialities.rows, questions: questions.rows }
}
