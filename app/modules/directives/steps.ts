import { refusal } from '../../core/errors.ts'
import { type Procedure, type Step, textIn } from '../../core/procedure/step.ts'
import { carryOut } from './carry-out.ts'
import { type DirectiveState, findDirective } from './directive.ts'
import { directivePath, listPath } from './paths.ts'
import { caseKind, type Decision, decisions, endings, outcomes, reportAsks, stages } from './schema.ts'

type DirectiveStep = Step<DirectiveState>
const open = ['open', 'reported', 'checked'] as const
const source = '本府會議指裁示事項列管規定（條文未見，待管考單位確認）'

/** What the control section does with a report. Its pages are those of every procedure. */
const sectionSteps = {
  accept: {
    label: '檢核通過', from: ['reported'], to: (state) => (state.asks === 'working' ? 'open' : 'checked'), permission: 'directives.check', law: source,
    hint: (state) => (state.asks === 'working' ? '通過後繼續列管，主辦單位下次再填報。' : '通過後排到下次會議決定；解除列管或修正期限，只有會議能決定。'),
    asks: [{ name: 'opinion', label: '管考意見', kind: 'text', required: false, hint: '會議上的列管表會印出來。' }],
  },
  return: { label: '退回補充', from: ['reported', 'checked'], to: 'open', permission: 'directives.check', because: '要補充什麼' },
  chase: {
    label: '催辦', from: ['open'], to: null, permission: 'directives.check', hint: '寫信給主辦單位的承辦人與科長，逾期的再給單位主管。', asks: [{ name: 'words', label: '催辦的話', kind: 'text', required: false }],
    refuse: (state) => (state.grade === 'own' ? refusal('directive.own', '這件已改列單位自行列管') : null),
  },
} as const satisfies Record<string, DirectiveStep>

/** What has a page of its own: reports with their evidence, and what a meeting decides. */
const ownSteps = {
  report: { label: '填報辦理情形', from: open, to: 'reported', permission: 'directives.report', asks: [{ name: 'asks', label: '目前情形', kind: 'choice', options: reportAsks }, { name: 'finishedOn', label: '辦畢日期', kind: 'day', required: false }, { name: 'wantedOn', label: '希望的期限', kind: 'day', required: false }] },
  'joint-report': { label: '協辦單位填報', from: open, to: null, permission: 'directives.report', asks: [{ name: 'unit', label: '協辦單位', kind: 'line' }] },
  decide: {
    label: '會議決定', from: open, permission: 'directives.decide',
    to: (_state, values) => (endings[decisionIn(values)] ? 'closed' : 'open'), outcome: (_state, values) => endings[decisionIn(values)]!,
    asks: [
      { name: 'decision', label: '決定', kind: 'choice', options: decisions }, { name: 'meeting', label: '會議', kind: 'line' }, { name: 'dueOn', label: '新的期限', kind: 'day', required: false },
      { name: 'unit', label: '改由', kind: 'line', required: false }, { name: 'into', label: '併入', kind: 'line', required: false },
    ],
  },
} as const satisfies Record<string, DirectiveStep>

export const decisionIn = (values: Parameters<typeof textIn>[0]): Decision => textIn(values, 'decision') as Decision

/** How a directive goes. Its end is a decision of a later meeting, never a step that an office takes by itself. */
export const procedure: Procedure<DirectiveState> = {
  kind: caseKind, noun: 'directive', title: '指裁示事項', read: 'directives.read', stages, outcomes, turns: { open: '主辦單位', reported: '本府管考單位', checked: '下次會議' }, well: ['delisted'],
  steps: { ...sectionSteps, ...ownSteps }, listPath, path: directivePath, find: findDirective, carryOut,
}

/** The part of it whose forms are made from the table. */
export const sectionProcedure: Procedure<DirectiveState> = { ...procedure, steps: sectionSteps }
