import { sql } from 'kysely'
import type { DecidedItem, Hearing } from '../../../core/committees/hearing.ts'
import { findHeld, type HeldPerson } from '../../../core/committees/queries.ts'
import { hearingActs, hearingRoutes } from '../../../core/committees/routes.tsx'
import { isThere } from '../../../core/committees/rules.ts'
import { isRefusal, refusal, type Refusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { performStep } from '../../../core/procedure/take-step.ts'
import { visibleTo } from '../claim.ts'
import { claimPath, negotiationsPath } from '../paths.ts'
import { procedure } from '../steps.ts'
import { partyRoles } from '../schema.ts'
import { called } from './call.ts'

const negotiate = 'compensations.negotiate'

/** What a day of negotiation comes to, and what that is called on the claim (`meet`). */
const decisions = {
  agreed: { label: '協議成立', needsText: false, result: 'agreed' },
  approval: { label: '雙方同意，金額報請核定後再成立', needsText: true, result: 'agreed' },
  again: { label: '另定期日續行', needsText: false, result: 'again' },
  stopped: { label: '不能合意', needsText: true, result: 'stopped' },
  absent: { label: '請求權人未到場', needsText: false, result: 'absent' },
} as const
type Decision = keyof typeof decisions

/**
 * 協議期日 (國家賠償法施行細則 §21–§23): parties meet, without a committee. Called by the notice of the claim (`notify`), whose service in time is judged there; its
 * record is written here once, and an agreement becomes the claim's at the same moment.
 */
export const hearing: Hearing = {
  ...called, path: negotiationsPath, read: negotiate, manage: negotiate,
  parties: { decision: '協議結果', called: '在案件裡登錄「通知協議期日」，或核發協議期日通知書，期日就會列在這裡。' },
  decisions: Object.fromEntries(Object.entries(decisions).map(([code, { label, needsText }]) => [code, { label, ...(needsText ? { needsText } : {}) }])),
  // §23 II ④–⑦, §27 I ⑤ ⑥
  asks: [
    { name: 'claimed', label: '請求的金額或回復原狀的內容，及事實理由', kind: 'text' },
    { name: 'opinion', label: '賠償義務機關的意見', kind: 'text' },
    { name: 'others', label: '應負責的人、專家、檢察官的意見與其他重要事項', hint: '一併寫下到場的是誰（施行細則 §15、§16、§22）。', kind: 'text', required: false },
    { name: 'amount', label: '協議成立：賠償金額', kind: 'money', required: false },
    { name: 'restoration', label: '協議成立：回復原狀的內容', kind: 'text', required: false },
    { name: 'waiver', label: '協議成立：請求權人拋棄同一原因事實的其他損害賠償請求權（施行細則 §27 I ⑥）', kind: 'yes' },
  ],
  grounds: [],
  minutes: async (tx, meetingId) => ({ quiet: true, lines: true, chair: '主持', decision: '協議結果', after: ['到場人員簽名或蓋章（國家賠償法施行細則 §23 III）：', ...(await findHeld(tx, meetingId)).people.filter(isThere).map((one) => `${nameOf(one)}　＿＿＿＿＿＿`)] }),
  note: '列印後由到場人員緊接末行簽名或蓋章（國家賠償法施行細則 §23 III），掃描檔附回案件。協議成立的，接著在案件製作協議書，十日內送達（§27 II）；協議書得為執行名義（國家賠償法 §10 II）。',
  visibleTo: (person, alias) => (holds(person, negotiate) ? sql<boolean>`exists (select from committee_items i join cases k on k.id = i.case_id where i.meeting_id = ${sql.ref(`${alias}.id`)} and ${visibleTo(person, 'k')})` : sql<boolean>`false`),
  itemPath: (number) => claimPath(number),
  eligible: () => Promise.resolve([]),
  carryOut: async (tx, ctx, item) => {
    const held = await findHeld(tx, item.meeting.id)
    const no = refuseAttendance(held.people, item)
    if (no) return no
    const { claimed, opinion, others, amount, restoration, waiver } = item.answers
    const take = (step: string, note: string | null, answers: DecidedItem['answers']) => performStep(procedure, tx, ctx, item.number, step, { on: item.meeting.heldOn, documentNo: item.meeting.number, note, answers })
    const met = await take('meet', item.text || null, { present: held.people.filter(isThere).map(nameOf).join('\n'), claimed: claimed!, opinion: opinion!, others: others ?? null, result: decisions[item.decision as Decision].result })
    if (isRefusal(met)) return here(met, item, { result: 'decision' })
    if (item.decision !== 'agreed') return null
    const agreed = await take('agree', null, { amount: amount ?? null, restoration: restoration ?? null, waiver: waiver === true })
    return isRefusal(agreed) ? here(agreed, item, { amount: 'amount' }) : null
  },
}

/** Who came and what the day came to must go together. */
function refuseAttendance(people: readonly HeldPerson[], { id, decision }: DecidedItem): Refusal | null {
  const came = people.some((one) => isThere(one) && (one.name === partyRoles.claimant || one.name === partyRoles.representative))
  if (decision === 'absent') return came ? refusal('compensation.came', '請求權人或代理人登錄為到場，請更正出席或協議結果', { field: `decision-${id}` }) : null
  return came || decision === 'again' ? null : refusal('compensation.nobody-came', '請求權人和代理人都沒有到場，不能合意；請更正出席或協議結果', { field: `decision-${id}` })
}

const nameOf = ({ name, title, deputy }: HeldPerson): string => `${name}${title ? `（${title}）` : ''}${deputy ? `（${deputy} 代）` : ''}`

/** What a step of the claim refuses, said beside the field of this form. */
const here = (no: Refusal, { id }: DecidedItem, fields: Record<string, string>): Refusal => {
  const { field, ...more } = no
  const own = field && fields[field]
  return own ? { ...more, field: `${own}-${id}` } : more
}

export const negotiationActs = hearingActs(hearing)
export const routes = hearingRoutes(hearing, negotiationActs)
