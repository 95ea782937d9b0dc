import { sql } from 'kysely'
import type { Hearing } from '../../../core/committees/hearing.ts'
import { hearingActs, hearingRoutes } from '../../../core/committees/routes.tsx'
import { done, refusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { lockForStaff, visibleTo } from '../appeal.ts'
import { refuseUnreviewed } from '../decision/rules.ts'
import '../decision/tables.ts'
import { appealPath, meetingsPath } from '../paths.ts'
import { caseKind, meetingKind, meetingPrefix } from '../schema.ts'
import { perform } from '../take-step.ts'

const rules = {
  attendance: { share: 'over-half', law: '訴願法 §53' },
  approval: { share: 'over-half', law: '訴願法 §53' },
  outside: { share: 'at-least-half', law: '訴願法 §52 II' },
  gender: { share: 'at-least-third', law: '行政院性別平等政策，待法制單位確認' },
  inPerson: '審議規則 §13',
} as const

/** 訴願審議委員會: it resolves on what was drafted for each claim, or sends the case back. Its papers are not open to the parties (訴願法 §51). */
export const hearing: Hearing = {
  kind: meetingKind, prefix: meetingPrefix, label: '訴願審議委員會會議', itemLabel: '訴願案件', path: meetingsPath, read: 'appeals.committee', manage: 'appeals.committee',
  committee: { code: 'appeals', name: '訴願審議委員會', basis: '訴願法 §52；行政院及各級行政機關訴願審議委員會組織規程、審議規則', rules },
  decisions: {
    'as-drafted': { label: '照擬處意見決定' }, amended: { label: '修正後決定', needsText: true }, oral: { label: '定期言詞辯論', needsText: true }, again: { label: '補充調查後再行審議', needsText: true },
  },
  grounds: ['interest', 'relative', 'joint-interest', 'agent', 'witness', 'bias'],
  note: '會議紀錄及審議文件不提供閱覽（訴願法 §51 ②）；決定書依政府資訊公開法 §7 I ⑦ 另製去識別化的版本公開。',
  visibleTo: (person) => (holds(person, 'appeals.committee') ? sql<boolean>`true` : sql<boolean>`false`),
  itemPath: (number) => appealPath(number),
  eligible: async (reader, person) =>
    (await sql<{ number: string; title: string }>`
      select c.number, c.title from cases c join appeals a on a.id = c.id join appeal_drafts d on d.id = c.id where c.kind = ${caseKind} and c.stage = 'committee' and d.resolved_on is null and ${visibleTo(person)}
        and not exists (select from committee_items i join cases m on m.id = i.meeting_id where i.case_id = c.id and m.stage = 'planned') order by c.due_on nulls last, c.id`.execute(reader)).rows,
  lockItem: async (tx, ctx, number) => {
    const { appeal } = await lockForStaff(tx, ctx, number, 'appeals.handle')
    if (appeal.stage !== 'committee') return refusal('appeal.not-at-committee', `${number} 還沒有送訴願會`)
    const draft = await tx.selectFrom('appeal_drafts').select('resolved_on').where('id', '=', appeal.id).executeTakeFirst()
    if (!draft) return refusal('appeal.no-draft', `${number} 還沒有擬處意見`, { law: '審議規則 §11 I' })
    if (draft.resolved_on) return refusal('appeal.resolved', `${number} 已經決議`)
    const reviews = await tx.selectFrom('appeal_reviews').select('opinion').where('case_id', '=', appeal.id).execute()
    const members = await tx.selectFrom('committee_members as m').innerJoin('committees as c', 'c.id', 'm.committee_id').select('m.id').where('c.code', '=', 'appeals').where('m.from_on', '<=', ctx.today).where((where) => where.or([where('m.until_on', 'is', null), where('m.until_on', '>=', ctx.today)])).execute()
    const no = refuseUnreviewed(reviews.filter(({ opinion }) => opinion).length, members.length, appeal.agencyReply)
    return no ? { ...no, message: `${number}：${no.message}` } : done({ id: appeal.id, title: appeal.title })
  },
  carryOut: async (tx, ctx, { number, decision, text, meeting }) => {
    const { appeal } = await lockForStaff(tx, ctx, number, 'appeals.handle')
    if (appeal.stage !== 'committee') return refusal('appeal.not-at-committee', '案件已經不在訴願會')
    const on = meeting.heldOn
    if (decision === 'again') await perform(tx, ctx, 'back-to-review', appeal, { on, note: `${meeting.number}：${text}` })
    else if (decision === 'oral') await perform(tx, ctx, 'grant-hearing', appeal, { on, meeting: text, note: `${meeting.number} 決議言詞辯論` })
    else {
      await tx.updateTable('appeal_drafts').set({ resolved_on: on, resolution: decision === 'amended' ? 'amended' : 'as-drafted', meeting_id: meeting.id }).where('id', '=', appeal.id).execute()
      await tx.insertInto('appeal_steps').values({ case_id: appeal.id, step: 'resolved', happened_on: on, document_no: meeting.number, note: decision === 'amended' ? text : null, person_id: ctx.person.id }).execute()
    }
    return null
  },
}

export const meetingActs = hearingActs(hearing)
export const routes = hearingRoutes(hearing, meetingActs)
