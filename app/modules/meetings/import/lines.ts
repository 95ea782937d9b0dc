import { type Attendance, attendances } from '../../../core/committees/words.ts'
import { type Decision, decisions, decisionsFor, type Section, sections } from '../schema.ts'

export type PersonLine = { name: string; title: string; attendance: Attendance; deputy: string }
export type AgendaLine = { section: Section; subject: string; /** 案號, where the line treats a case */ number: string | null; decision: Decision | null; text: string }

const byWord = <K extends string>(words: Record<K, string>, word: string): K | undefined => (Object.keys(words) as K[]).find((key) => words[key] === word)

/** 「李示範，工務處，請假」, a line each; without a word for it the person was there. 「代理出席：王示範」 names the deputy. */
export function parsePeople(written: string): { people: PersonLine[] } | { problem: string } {
  const people: PersonLine[] = []
  for (const line of linesOf(written)) {
    const [name = '', title = '', word = ''] = line.split(/[，,]/).map((part) => part.trim())
    const [how, deputy = ''] = word.split(/[:：]/)
    const attendance = word ? byWord(attendances, how!) : 'present'
    if (!name) return { problem: `「${line}」沒有姓名` }
    if (!attendance) return { problem: `「${word}」不是 ${Object.values(attendances).join('、')} 之一` }
    people.push({ name: name.slice(0, 50), title: title.slice(0, 100), attendance, deputy: attendance === 'deputy' ? deputy : '' })
  }
  return people.length ? { people } : { problem: '沒有出席人員' }
}

const words = Object.fromEntries(Object.entries(decisions).map(([code, { label }]) => [code, label])) as Record<Decision, string>

/** 「討論事項｜法110-000012｜照案通過｜內容」, a line each: part, case or words, decision, text. A meeting to come has no decisions. */
export function parseAgenda(written: string): { items: AgendaLine[] } | { problem: string } {
  const items: AgendaLine[] = []
  for (const line of linesOf(written)) {
    const [part = '', subject = '', word = '', ...rest] = line.split(/[｜|]/).map((one) => one.trim())
    const section = byWord(sections, part)
    const decision = word ? byWord(words, word) : null
    const number = /^\p{Script=Han}{1,2}\d{2,3}-\d{6}$/u.test(subject) ? subject : null
    if (!section) return { problem: `「${part}」不是 ${Object.values(sections).join('、')} 之一` }
    if (!subject) return { problem: `「${line}」沒有案由` }
    if (decision === undefined) return { problem: `「${word}」不是 ${Object.values(words).join('、')} 之一` }
    if (decision && !decisionsFor(number?.startsWith('法') ? 'regulation' : null, section).includes(decision)) return { problem: `「${part}」的「${subject}」不能是「${word}」` }
    items.push({ section, subject, number, decision, text: rest.join('｜') })
  }
  return items.length ? { items } : { problem: '沒有議案' }
}

const linesOf = (written: string): string[] => written.split('\n').map((line) => line.trim()).filter(Boolean)
