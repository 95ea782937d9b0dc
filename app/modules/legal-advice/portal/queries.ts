import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import type { Day } from '../../../core/time.ts'
import type { Language } from '../../../core/web/language.ts'
import { inWords } from '../in-words.ts'
import { closedUntil } from '../rules.ts'
import type { ServiceRules } from '../service-rules.ts'
import { rulesOf } from '../settings/settings.ts'

// everything here reads the public views, on the public's own connection

export type Speciality = { id: number; code: string; name: string; hint: string }

export async function findSpecialities(reader: Reader, language: Language = 'zh'): Promise<Speciality[]> {
  return (await sql<Speciality>`select id, code, ${inWords(language, 'name')} as name, ${inWords(language, 'hint')} as hint from windlion_public.advice_specialities order by position, id`.execute(reader)).rows
}

export type Question = { id: number; text: string; hint: string; answers: { id: number; text: string; nextQuestionId: number | null; speciality: string | null }[] }

/** The question of this id, or the first; null when there is none. */
export async function findQuestion(reader: Reader, id: number | null, language: Language = 'zh'): Promise<Question | null> {
  return (await sql<Question>`
    select q.id, ${inWords(language, 'q.text')} as text, ${inWords(language, 'q.hint')} as hint, coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'text', ${inWords(language, 'a.text')}, 'nextQuestionId', a.next_question_id, 'speciality', s.code) order by a.position, a.id)
      from windlion_public.advice_answers a left join windlion_public.advice_specialities s on s.id = a.speciality_id where a.question_id = q.id), '[]') as answers
    from windlion_public.advice_questions q where ${id === null ? sql`q.first` : sql`q.id = ${id}`}`.execute(reader)).rows[0] ?? null
}

/** The rules of the service that hold now. */
export async function findPublicRules(reader: Reader): Promise<ServiceRules> {
  return rulesOf((await sql<{ rules: Partial<ServiceRules> }>`select rules from windlion_public.advice_rules`.execute(reader)).rows[0]?.rules)
}

/** `free`: nobody has the time and it can still be taken on the web. */
export type OpenSession = { number: string; heldOn: Day; startsAt: string; endsAt: string; minutes: number; place: string; note: string; slots: { id: number; at: string; lawyer: string; specialities: number[]; free: boolean }[] }

/** Planned sessions that can still be booked or waited for, with their times, by the day. */
export async function findOpenSessions(reader: Reader, now: Date): Promise<OpenSession[]> {
  const closed = closedUntil(now, await findPublicRules(reader))
  const { rows } = await sql<OpenSession>`
    select s.number, s.held_on as "heldOn", to_char(s.starts_at, 'HH24:MI') as "startsAt", to_char(s.ends_at, 'HH24:MI') as "endsAt", s.minutes, s.place, s.note,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'at', t.at, 'lawyer', t.lawyer, 'specialities', t.specialities, 'free', t.free and t.at > ${closed}::timestamptz) order by t.at, t.lawyer) from windlion_public.advice_slots t where t.session_id = s.id), '[]') as slots
    from windlion_public.advice_sessions s where s.stage = 'planned' and (s.held_on + s.starts_at) at time zone 'Asia/Taipei' > ${closed} and s.held_on < (${now}::timestamptz at time zone 'Asia/Taipei')::date + 100
    order by s.held_on, s.starts_at, s.id`.execute(reader)
  return rows
}

/** The times of a session that a resident may still take for a matter of this kind. */
export const freeTimes = (session: OpenSession, speciality: number) => session.slots.filter((slot) => slot.free && slot.specialities.includes(speciality))

export async function findSlot(reader: Reader, id: number): Promise<{ id: number; at: Date; lawyer: string; free: boolean; place: string; minutes: number } | null> {
  const { rows } = await sql<{ id: number; at: Date; lawyer: string; free: boolean; place: string; minutes: number }>`
    select t.id, t.at, t.lawyer, t.free, s.place, s.minutes from windlion_public.advice_slots t join windlion_public.advice_sessions s on s.id = t.session_id where t.id = ${id} and s.stage = 'planned'`.execute(reader)
  return rows[0] ?? null
}

export type Board = { number: string; heldOn: Day; startsAt: string; place: string; stage: string; called: { ticket: number; desk: number }[]; waiting: number[] }

/** What the waiting room sees: numbers. Who was called last comes first. */
export async function findBoard(reader: Reader, number: string): Promise<Board | null> {
  return (await sql<Board>`
    select s.number, s.held_on as "heldOn", to_char(s.starts_at, 'HH24:MI') as "startsAt", s.place, s.stage,
      coalesce((select jsonb_agg(jsonb_build_object('ticket', q.ticket, 'desk', q.desk) order by q.called_at desc) from windlion_public.advice_queue q where q.session_id = s.id and q.stage = 'called'), '[]') as called,
      coalesce((select jsonb_agg(q.ticket order by q.ticket) from windlion_public.advice_queue q where q.session_id = s.id and q.stage = 'arrived'), '[]') as waiting
    from windlion_public.advice_sessions s where s.number = ${number}`.execute(reader)).rows[0] ?? null
}
