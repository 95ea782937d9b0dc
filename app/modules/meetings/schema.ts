export const meetingKind = 'meeting'
/** 案號: 會110-000001 */
export const meetingPrefix = '會'

export const proposalKind = 'meeting-proposal'
/** 案號: 提案110-000001 */
export const proposalPrefix = '提案'
export const proposalStages = { draft: '研擬', submitted: '已提送', 'on-agenda': '已排入議程', closed: '已結案' } as const
export type ProposalStage = keyof typeof proposalStages
export const proposalSections = { report: '報告事項', discussion: '討論事項' } as const

/** What sort of body meets. */
export const bodyKinds = { meeting: '會議', committee: '委員會', group: '小組', board: '管理會', advisory: '諮詢會', council: '審議會' } as const
export type BodyKind = keyof typeof bodyKinds

export const bodyLevels = { county: '縣府', agency: '所屬機關', township: '鄉鎮公所' } as const
export type BodyLevel = keyof typeof bodyLevels

export const sittings = { bureaux: '各處局', 'bureaux-townships': '各處局及鄉鎮公所', listed: '指定的單位' } as const
export type Sits = keyof typeof sittings

export const readerKinds = { bureaux: '出席單位的同仁', heads: '出席單位的主管' } as const
export type Readers = keyof typeof readerKinds

export const publications = { published: '紀錄對外公開', internal: '內部，核定後才公開' } as const
export type Publication = keyof typeof publications

/** The parts of an agenda, in order. */
export const sections = { minutes: '確認前次會議紀錄', report: '報告事項', discussion: '討論事項', motion: '臨時動議' } as const
export type Section = keyof typeof sections

/** What a meeting may decide. Which of them an item offers depends on what it is. */
export const decisions = {
  confirmed: { label: '紀錄確認' },
  'confirmed-amended': { label: '修正後確認', needsText: true },
  noted: { label: '准予備查' },
  passed: { label: '照案通過' },
  'passed-amended': { label: '修正通過', needsText: true },
  instructed: { label: '依裁示辦理', needsText: true },
  again: { label: '再議', needsText: true },
  returned: { label: '退回', needsText: true },
  rejected: { label: '不通過', needsText: true },
} as const
export type Decision = keyof typeof decisions
/** How a proposal ends: by what was decided, or pulled back. */
export const proposalOutcomes = { noted: '准予備查', passed: '照案通過', 'passed-amended': '修正通過', instructed: '依裁示辦理', rejected: '不通過', withdrawn: '撤回' } as const

/** The decisions that fit an item: by the kind of case it treats (null: words alone) and its part of the agenda. */
export function decisionsFor(caseKind: string | null, section: string | null): Decision[] {
  if (caseKind === meetingKind) return ['confirmed', 'confirmed-amended']
  if (caseKind === 'regulation') return ['passed', 'passed-amended', 'again', 'returned']
  if (caseKind === proposalKind) return ['passed', 'passed-amended', 'instructed', 'noted', 'again', 'returned', 'rejected']
  if (section === 'minutes') return ['confirmed', 'confirmed-amended']
  if (section === 'report') return ['noted', 'instructed', 'again']
  return ['passed', 'passed-amended', 'instructed', 'noted', 'again', 'returned', 'rejected']
}
