import { sql } from 'kysely'
import type { Hearing } from '../../../core/committees/hearing.ts'
import { findHeld, type HeldMeeting } from '../../../core/committees/queries.ts'
import { hearingActs, hearingRoutes } from '../../../core/committees/routes.tsx'
import { isThere } from '../../../core/committees/rules.ts'
import { done, isRefusal, refusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { lockFor, performStep } from '../../../core/procedure/take-step.ts'
import type { Answers } from '../../../core/procedure/tables.ts'
import { type Day, rocDay } from '../../../core/time.ts'
import { visibleTo } from '../dispute.ts'
import { disputePath, mediationsPath } from '../paths.ts'
import { absences, caseKind, mediationKind, mediationPrefix } from '../schema.ts'
import { oneAway, procedure, type StepId } from '../steps.ts'

const mediate = 'consumer-disputes.mediate'
const rules = {
  attendance: { share: 'at-least-third', law: '消費爭議調解辦法 §8 I' },
  // what the parties agree on needs no vote; a plan is signed by more than half, which its own step asks (§16, §20)
  approval: null, outside: null, gender: null,
  size: { least: 7, most: 21, law: '消費者保護法 §45 I' },
  inPerson: '消費爭議調解辦法 §9 I',
} as const

/** What a meeting comes to. Each is held first (`meet`); what the parties agreed on or what is proposed to them is then written as a step of its own. */
const decisions = {
  agreed: { label: '達成協議，作成調解書', needsText: true }, plan: { label: '提出解決方案', needsText: true }, again: { label: '另定調解期日' }, failed: { label: '調解不成立' }, bound: { label: '異議人無正當理由不到場，視為依方案成立' },
} as const

/** 消費爭議調解委員會: its meetings, from which each dispute on the agenda goes on. Not public (調解辦法 §15). */
export const hearing: Hearing = {
  kind: mediationKind, prefix: mediationPrefix, label: '消費爭議調解會議', itemLabel: '調解事件', path: mediationsPath, read: mediate, manage: mediate,
  committee: { code: 'consumer-mediation', name: '消費爭議調解委員會', basis: '消費者保護法 §45：委員七至二十一人，消費者保護官為主席', rules },
  decisions,
  asks: [
    { name: 'absent', label: '到場情形', kind: 'choice', preset: 'none', options: { none: absences.none, consumer: '消費者沒有到場', business: '企業經營者沒有到場', both: '雙方都沒有到場' } },
    { name: 'excused', label: '沒到場的有正當理由', kind: 'yes' },
  ],
  grounds: ['household'],
  // the parties agree or not; the committee does not vote on it
  minutes: () => Promise.resolve({ quiet: true }),
  note: '調解程序得不公開，調解的內容應保守秘密（消費爭議調解辦法 §15）。',
  visibleTo: (person) => (holds(person, mediate) ? sql<boolean>`true` : sql<boolean>`false`),
  itemPath: (number) => disputePath(number),
  eligible: async (reader, person) =>
    (await sql<{ number: string; title: string; dueOn: Day | null }>`
      select c.number, c.title, c.due_on as "dueOn" from cases c where c.kind = ${caseKind} and c.stage in ('mediating', 'second-meeting') and ${visibleTo(person)}
        and not exists (select from committee_items i join cases m on m.id = i.meeting_id where i.case_id = c.id and m.stage = 'planned') order by c.due_on nulls last, c.id`.execute(reader)).rows
      .map(({ number, title, dueOn }) => ({ number, title: dueOn ? `${title}（最晚 ${rocDay(dueOn)}）` : title })),
  lockItem: async (tx, ctx, number) => {
    const { state } = await lockFor(procedure, tx, ctx, number, mediate)
    return state.stage === 'mediating' || state.stage === 'second-meeting' ? done({ id: state.id, title: state.title }) : refusal('dispute.not-mediating', `${number} 不在調解中`)
  },
  carryOut: async (tx, ctx, { id, number, decision, text, answers, meeting }) => {
    const take = async (step: StepId, asked: Answers, note: string | null = null) => {
      const taken = await performStep(procedure, tx, ctx, number, step, { on: meeting.heldOn, documentNo: meeting.number, note, answers: asked })
      return isRefusal(taken) ? taken : null
    }
    const met = await take('meet', { ...attended(await findHeld(tx, meeting.id), id), single: false, absent: answers.absent!, excused: answers.excused === true, minutes: [decisions[decision as keyof typeof decisions].label, text].filter(Boolean).join('：') })
    if (met) return met
    if (decision === 'bound') return take('objector-absent', {}, text || null)
    if (decision !== 'failed') return null
    const deemed = answers.absent !== 'none' && answers.excused !== true && !oneAway(await procedure.find(tx, ctx.person, number))
    const failed = await take('fail', { how: deemed ? 'absent' : 'no-agreement' }, text || null)
    return failed?.field === 'note' ? { ...failed, field: `text-${id}` } : failed
  },
}

/** How many of all members were there for one item, and who; who sat it out is not among them. */
function attended(held: HeldMeeting, item: number): Answers {
  const recused = held.items.find(({ id }) => id === item)!.recusals.filter(({ granted }) => granted).map(({ memberId }) => memberId)
  const seated = held.people.filter(({ seat }) => seat !== 'other' && seat !== 'alternate')
  const there = held.people.filter((one) => isThere(one) && !recused.includes(one.id))
  return { members: seated.length, present: seated.filter((one) => there.includes(one)).length, who: there.map(({ name, title }) => (title ? `${name}（${title}）` : name)).join('、') }
}

export const mediationActs = hearingActs(hearing)
export const routes = hearingRoutes(hearing, mediationActs)
