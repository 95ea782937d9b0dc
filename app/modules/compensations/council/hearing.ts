import { sql } from 'kysely'
import type { Hearing } from '../../../core/committees/hearing.ts'
import { hearingActs, hearingRoutes } from '../../../core/committees/routes.tsx'
import { done, isRefusal, refusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { lockFor, performStep } from '../../../core/procedure/take-step.ts'
import { type Day, rocDay } from '../../../core/time.ts'
import { visibleTo } from '../claim.ts'
import { claimPath, councilsPath } from '../paths.ts'
import { caseKind, councilKind, councilPrefix, deliberations } from '../schema.ts'
import { procedure } from '../steps.ts'

const decide = 'compensations.decide'
// no statute asks for this committee or says how it resolves: the county's own rules do
const local = '本縣國家賠償事件處理規定，待法制單位確認'
const treated = ['received', 'examining', 'negotiating']

/** 國家賠償審議委員會: whether to refuse or to negotiate, and within what. What it resolves stands on the claim; refusing and agreeing stay steps of their own. */
export const hearing: Hearing = {
  kind: councilKind, prefix: councilPrefix, label: '國家賠償審議委員會會議', itemLabel: '國家賠償事件', path: councilsPath, read: decide, manage: decide,
  committee: { code: 'state-compensation', name: '國家賠償審議委員會', basis: local, rules: { attendance: { share: 'over-half', law: local }, approval: { share: 'over-half', law: local }, outside: null, gender: null, inPerson: null } },
  decisions: { refuse: { label: deliberations.refuse, needsText: true }, negotiate: { label: deliberations.negotiate, needsText: true }, again: { label: deliberations.again, needsText: true } },
  grounds: ['relative', 'joint-interest', 'agent', 'witness', 'bias'],
  visibleTo: (person) => (holds(person, decide) ? sql<boolean>`true` : sql<boolean>`false`),
  itemPath: (number) => claimPath(number),
  eligible: async (reader, person) =>
    (await sql<{ number: string; title: string; dueOn: Day | null }>`
      select c.number, c.title, c.due_on as "dueOn" from cases c where c.kind = ${caseKind} and c.number is not null and c.stage = any(${treated}) and ${visibleTo(person)}
        and not exists (select from committee_items i join cases m on m.id = i.meeting_id where i.case_id = c.id and m.kind = ${councilKind} and m.stage = 'planned') order by c.due_on nulls last, c.id`.execute(reader)).rows
      .map(({ number, title, dueOn }) => ({ number, title: dueOn ? `${title}（期限 ${rocDay(dueOn)}）` : title })),
  lockItem: async (tx, ctx, number) => {
    const { state } = await lockFor(procedure, tx, ctx, number, decide)
    return treated.includes(state.stage) ? done({ id: state.id, title: state.title }) : refusal('compensation.not-deliberated', `${number} 不在審查或協議中`)
  },
  carryOut: async (tx, ctx, { number, decision, text, meeting }) => {
    const taken = await performStep(procedure, tx, ctx, number, 'deliberated', { on: meeting.heldOn, documentNo: meeting.number, note: null, answers: { result: decision, opinion: text || null } })
    return isRefusal(taken) ? taken : null
  },
}

export const councilActs = hearingActs(hearing)
export const routes = hearingRoutes(hearing, councilActs)
