import { dueState } from '../../core/cases/due-state.ts'
import { CaseTag } from '../../core/procedure/case-list.tsx'
import { type Day, rocDay } from '../../core/time.ts'
import { DueDate } from '../../ui/components/due-date.tsx'
import { DayText } from '../../ui/components/time.tsx'
import { directivePath } from './paths.ts'
import type { Decided, ListedDirective } from './queries.ts'
import { decisions, reportAsks } from './schema.ts'
import { procedure } from './steps.ts'

/** Where a directive stands, or how it left the list. */
export const StageTag = ({ stage, outcome }: { stage: string; outcome: string | null }) => <CaseTag procedure={procedure} stage={stage} outcome={outcome} />

/** Its due day and how it stands to it; 未定期限 where none was ordered. */
export function Due({ row, today }: { row: Pick<ListedDirective, 'dueOn' | 'closedAt' | 'stage' | 'delistedOn'>; today: Day }) {
  if (row.delistedOn && row.delistedOn <= today) return <DayText day={row.delistedOn} />
  const due = dueState({ dueOn: row.dueOn, closedAt: null, stage: row.stage }, today)
  return due && row.dueOn ? <DueDate day={row.dueOn} state={due.state} left={due.left} short /> : <>未定期限</>
}

export const units = ({ unit, joint }: Pick<ListedDirective, 'unit' | 'joint'>): string => [unit ?? '—', ...(joint.length ? [`協辦 ${joint.join('、')}`] : [])].join('；')

/** What the lead unit last said, in a line or two of a table. */
export function LastReport({ row }: { row: Pick<ListedDirective, 'asks' | 'work' | 'reportedOn' | 'wantedOn' | 'opinion'> }) {
  if (!row.work) return <span class="muted">還沒有填報</span>
  return (
    <>
      {row.asks && row.asks !== 'working' && <strong>{reportAsks[row.asks]}{row.wantedOn && `（到 ${rocDay(row.wantedOn)}）`}　</strong>}{row.work}
      <span class="muted small">　{row.reportedOn && rocDay(row.reportedOn)}</span>
      {row.opinion && <p class="small">管考意見：{row.opinion}</p>}
    </>
  )
}

/** 「修正期限 110/9/30」 */
export const decisionText = ({ decision, dueOn, unit, into }: Pick<Decided, 'decision' | 'dueOn' | 'unit' | 'into'>): string => [decisions[decision], dueOn && rocDay(dueOn), unit, into].filter(Boolean).join(' ')

export const NumberLink = ({ number }: { number: string }) => <a class="nowrap number" href={directivePath(number)}>{number}</a>
