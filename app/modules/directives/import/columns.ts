import { dayCell, key, labelled, text } from '../../../core/tabular/cells.ts'
import { type Columns, naming, optional, required } from '../../../core/tabular/schema.ts'
import { type Day, parseDay } from '../../../core/time.ts'
import { type Decision, decisions, type Grade, grades, type ReportAsk } from '../schema.ts'

/** One row of directives.csv: a directive, its newest report, and what later meetings decided, a line each. */
export type DirectiveCells = {
  number: string; meeting: string; sentence: string; title: string | null; item: string | null; unit: string; joint: string | null; dueOn: Day | null; proof: string | null; grade: Grade | null; about: string | null
  reportedOn: Day | null; work: string | null; asks: ReportAsk | null; finishedOn: Day | null; wantedOn: Day | null; opinion: string | null; decisions: string | null
}

/** What a report asks for, in the few words of a file. */
const asksInFile: Record<ReportAsk, string> = { working: '辦理中', done: '已辦畢', 'more-time': '請求展期' }
const byLabel = <K extends string>(labels: Record<K, string>) => labelled(new Map(Object.entries<string>(labels).map(([code, label]) => [label, code as K])))

export const directiveColumns: Columns<DirectiveCells> = {
  number: naming('案號', key(40)), meeting: required('會議案號', key(40)), sentence: required('指裁示內容', text(2000)), title: optional('案由', key(100)), item: optional('議案', key(200)), unit: required('主辦單位', key(100)), joint: optional('協辦單位', key(500)),
  dueOn: optional('期限', dayCell), proof: optional('應附佐證', key(500)), grade: optional('列管級別', byLabel(grades)), about: optional('相關案號', key(40)), reportedOn: optional('填報日期', dayCell), work: optional('辦理情形', text(5000)), asks: optional('請求', byLabel(asksInFile)),
  finishedOn: optional('辦畢日期', dayCell), wantedOn: optional('希望的期限', dayCell), opinion: optional('管考意見', text(5000)), decisions: optional('會議決定', text(20_000)),
}
export const columnNames = Object.values(directiveColumns).map(({ name }) => name)

/** `detail`: a day, a unit or the 案號 of another directive, as the decision needs. */
export type DecisionLine = { meeting: string; decision: Decision; dueOn: Day | null; detail: string | null; text: string }

/** Lines such as `會110-000012 修正期限 110/9/30：核准展期` or `會110-000018 解除列管`; what is wrong in words instead. */
export function parseDecisions(written: string | null): { lines: DecisionLine[] } | { problem: string } {
  const lines: DecisionLine[] = []
  for (const line of (written ?? '').split('\n').map((one) => one.trim()).filter(Boolean)) {
    const [head, ...words] = line.split(/[：:]/)
    const [meeting, label, ...rest] = head!.normalize('NFKC').trim().split(/\s+/)
    const decision = (Object.keys(decisions) as Decision[]).find((code) => label === decisions[code].normalize('NFKC') || label === decisions[code].replace(/（.*$/, ''))
    if (!meeting || !decision) return { problem: `「${line}」要寫成：會議案號 決定：內容；決定是 ${Object.values(decisions).join('、')}` }
    const detail = rest.join(' ') || null
    const dueOn = decision === 'new-due' ? parseDay(detail ?? '') : null
    if (decision === 'new-due' && !dueOn) return { problem: `「${line}」的修正期限後面要寫日期` }
    if ((decision === 'reassign' || decision === 'merge') && !detail) return { problem: `「${line}」後面要寫${decision === 'merge' ? '併入的案號' : '改由哪個單位'}` }
    lines.push({ meeting, decision, dueOn, detail, text: words.join('：').trim() })
  }
  return { lines }
}
