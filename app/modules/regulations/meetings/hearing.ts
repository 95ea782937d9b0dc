import { sql } from 'kysely'
import type { Hearing } from '../../../core/committees/hearing.ts'
import { hearingActs, hearingRoutes } from '../../../core/committees/routes.tsx'
import { done, isRefusal, refusal } from '../../../core/errors.ts'
import { lockForStaff } from '../lock.ts'
import { meetingsPath, regulationPath } from '../paths.ts'
import { visibleTo } from '../regulation.ts'
import { caseKind, meetingKind, meetingPrefix } from '../schema.ts'
import { refuseStep, type StepId } from '../steps.ts'
import { perform } from '../take-step.ts'

const local = '各縣市法規審查會設置要點，待法制單位確認'
const decisions = { passed: { label: '照案通過' }, 'passed-amended': { label: '修正通過', needsText: true }, again: { label: '再審', needsText: true }, returned: { label: '退回', needsText: true } } as const

/** 法規審查會議: what it decides carries each proposal on, back, or leaves it in review. */
export const hearing: Hearing = {
  kind: meetingKind, prefix: meetingPrefix, label: '法規審查會議', itemLabel: '法規案', path: meetingsPath, read: 'regulations.read', manage: 'regulations.meetings',
  committee: { code: 'regulations-review', name: '法規審查會', basis: local, rules: { attendance: { share: 'over-half', law: local }, approval: { share: 'over-half', law: local }, outside: null, gender: null, inPerson: null } },
  decisions,
  grounds: ['relative', 'joint-interest', 'bias'],
  visibleTo,
  itemPath: (number) => regulationPath(number),
  eligible: async (reader, person) =>
    (await sql<{ number: string; title: string }>`
      select c.number, c.title from cases c where c.kind = ${caseKind} and c.stage = 'review' and ${visibleTo(person)}
        and not exists (select from committee_items i join cases m on m.id = i.meeting_id where i.case_id = c.id and m.stage = 'planned') order by c.id`.execute(reader)).rows,
  lockItem: async (tx, ctx, number) => {
    const { proposal } = await lockForStaff(tx, ctx, number, 'regulations.meetings')
    return proposal.stage === 'review' ? done({ id: proposal.id, title: proposal.title }) : refusal('meeting.not-in-review', `${number} 不在法制審查階段`)
  },
  carryOut: async (tx, ctx, { number, decision, text, meeting }) => {
    if (decision === 'again') return null
    const { proposal } = await lockForStaff(tx, ctx, number, 'regulations.meetings')
    const step: StepId = decision === 'returned' ? 'review-returned' : 'review-passed'
    const no = refuseStep(step, proposal, meeting.heldOn)
    if (no) return no
    const stage = await perform(tx, ctx, step, proposal, { on: meeting.heldOn, documentNo: meeting.number, note: text || decisions[decision as keyof typeof decisions].label, effectiveOn: null, until: null })
    return isRefusal(stage) ? stage : null
  },
}

export const meetingActs = hearingActs(hearing)
export const routes = hearingRoutes(hearing, meetingActs)
