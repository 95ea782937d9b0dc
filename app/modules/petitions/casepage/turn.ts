import { rocDay } from '../../../core/time.ts'
import { stepNames } from '../handling/approvers.ts'
import { submissionNames } from '../handling/submissions.ts'
import { outcomes } from '../schema.ts'
import { type CaseFile, pendingOf } from './case-file.ts'

/** Whose turn it is, and to do what. */
export type Turn = { who: string; what: string }

/** The one sentence at the top of a case: who must act now. */
export function whoseTurn(file: CaseFile): Turn {
  if (file.outcome) return { who: '沒有人', what: `已結案（${outcomes[file.outcome]}）` }
  if (file.mergedInto) return { who: `主案 ${file.mergedInto.name}`, what: '隨主案一起答復' }
  const pending = pendingOf(file)
  if (pending && pending.step !== 'done') return { who: `${file.unitName ?? ''} ${stepNames[pending.step]}`.trim(), what: `核定${submissionNames[pending.what]}` }
  switch (file.stage) {
    case 'unconfirmed': return { who: '陳情人', what: '點選信中的連結確認' }
    case 'lapsed': return { who: '沒有人', what: '逾期未確認，沒有成案' }
    case 'received': return { who: '收發', what: file.number ? '分文' : '登錄並分文' }
    case 'dispatched': return { who: file.unitName ?? '主辦單位', what: '簽收並指定承辦人' }
    case 'handling': return { who: file.officerName ? `${file.unitName} ${file.officerName}` : (file.unitName ?? '主辦單位'), what: file.drafts.length ? '完成答復並陳核' : '查處並擬答' }
    case 'awaiting-supplement': return { who: '陳情人', what: `在 ${rocDay(file.requests.at(-1)!.untilOn)} 以前補充資料` }
    case 'approval': return { who: file.unitName ?? '主辦單位', what: '核定' }
    case 'closed': return { who: '沒有人', what: '已結案' }
  }
}
