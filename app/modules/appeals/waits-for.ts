import type { Stage } from './schema.ts'

/** Whom an appeal waits for now, in words of the office. */
export function waitsFor(stage: Stage, of: { agency: string; officer: string | null }): string {
  switch (stage) {
    case 'filed': return '收發或法制登錄'
    case 'statement': return '訴願人補送訴願書'
    case 'correction': return '訴願人補正'
    case 'agency': return `${of.agency}答辯`
    case 'received': case 'review': return of.officer ?? '法制承辦'
    case 'committee': return '訴願會'
    case 'suspended': return '他法律關係確定'
    case 'decided': return '決定書送達'
    case 'closed': return '—'
  }
}

const names: Record<string, string> = {
  'appeal-decision-3mo': '作成決定', 'appeal-supplement-30d': '補送訴願書', 'appeal-correction-20d': '補正', 'appeal-agency-reply-20d': '原處分機關答辯', 'appeal-misfiled-10d': '移送原處分機關', 'appeal-agency-forward-10d': '移由訴願管轄機關', 'appeal-file-access-10d': '通知閱卷',
  'appeal-service-15d': '決定書送達', 'appeal-litigation-2mo': '提起行政訴訟', 'appeal-remand-period': '另為處分', 'appeal-restitution-10d': '申請回復原狀', 'appeal-succession-30d': '承受訴願',
}

/** Clocks whose end somebody in the office has to see to (after the case is closed none is waited for here). */
export const lapsing: readonly string[] = ['appeal-decision-3mo', 'appeal-supplement-30d', 'appeal-correction-20d', 'appeal-agency-reply-20d', 'appeal-misfiled-10d', 'appeal-agency-forward-10d', 'appeal-file-access-10d', 'appeal-service-15d', 'appeal-succession-30d']

/** What a clock of the case runs for; the rule's id where it has no shorter name. */
export const clockName = (rule: string): string => names[rule] ?? rule
