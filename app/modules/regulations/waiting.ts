import { sql } from 'kysely'
import type { Waiting } from '../../core/module.ts'
import { addDays, type Day, rocDay } from '../../core/time.ts'
import { endingKinds } from '../../core/laws/tables.ts'
import { extensionDue } from './end-law.ts'
import { endLawPath, listPath } from './paths.ts'
import { visibleTo } from './regulation.ts'
import { caseKind } from './schema.ts'

/** Comments on a draft that nobody has said yet what became of (行政程序法 §154), in proposals that this person may see. */
const comments: Waiting = {
  permission: 'regulations.answer',
  find: async ({ db, person }) => {
    const { rows } = await sql<{ count: number }>`select count(*) as count from regulation_comments m join cases c on c.id = m.case_id
      where c.kind = ${caseKind} and c.closed_at is null and m.confirmed_at is not null and m.answered_at is null and ${visibleTo(person)}`.execute(db)
    return [{ text: '還沒有寫處理情形的草案意見', note: '行政程序法 §154', href: `${listPath}?stage=notice`, count: rows[0]!.count }]
  },
}

/** A period that ran out has effects of its own (視為核定, 逾期未公布依法生效), which a person must record. */
const lapsed: Waiting = {
  permission: 'regulations.advance',
  find: async ({ db, person, today }) => {
    const { rows } = await sql<{ stage: string; count: number }>`select c.stage, count(*) as count from cases c
      where c.kind = ${caseKind} and c.closed_at is null and c.stage in ('approval', 'promulgation', 'reconsideration') and c.due_on < ${today} and ${visibleTo(person)} group by c.stage order by c.stage`.execute(db)
    return rows.map(({ stage, count }) => ({ text: lapsedTexts[stage]!, note: stage === 'reconsideration' ? '地方制度法 §39 IV' : '地方制度法 §32', href: `${listPath}?stage=${stage}`, count }))
  },
}

const lapsedTexts: Record<string, string> = { approval: '核定期限已過，待登錄視為核定', promulgation: '公布期限已過，待登錄依法生效', reconsideration: '議會覆議的期限已過，待登錄原決議失效' }

/** 限時法規 whose last day comes within three months, or has passed without an announcement (中央法規標準法 §23, §24, by analogy). */
const ending: Waiting = {
  permission: 'regulations.promulgate',
  find: async ({ db, today }) => {
    const { rows } = await sql<{ code: string; name: string; ends_on: Day }>`select l.code, l.name, l.ends_on from laws l
      where l.kind <> 'national' and l.ends_on < ${addDays(today, remindDays)} and not exists (select from law_changes h where h.law_id = l.id and h.kind = any(${endingKinds}::text[])) order by l.ends_on, l.id limit 20`.execute(db)
    return rows.map(({ code, name, ends_on }) => ends_on < today
      ? { text: `「${name}」施行期滿，待公告`, note: '中央法規標準法 §23', href: endLawPath(code), count: 1 }
      : { text: `「${name}」施行到 ${rocDay(ends_on)}；要延長，最遲 ${rocDay(extensionDue(ends_on))} 發布`, note: '中央法規標準法 §24', href: endLawPath(code), count: 1 })
  },
}
const remindDays = 92

export const waiting = [comments, lapsed, ending]
