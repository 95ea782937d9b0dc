import { type RawBuilder, sql } from 'kysely'
import type { CaseSet, FigureDefinition, FigureSpan } from '../../core/figures/figure.ts'
import { bureaus, ifClosed, labelled, lastInstant } from '../../core/figures/sql.ts'
import { endOf, startOf } from '../../core/time.ts'
import { visibleTo } from './claim.ts'
import { claimPath } from './paths.ts'
import { basisNames, caseKind, outcomes } from './schema.ts'

/** Columns of every set: split by the agency held liable, the basis (kind) and what became of the claim by the status day (category). */
const columns = (span: FigureSpan, month: RawBuilder<unknown>) => sql`
  c.id as case_id, coalesce(c.number, c.follow_no) as number, c.title, c.confidential, c.received_at, m.open_due_on as due_on, coalesce(b.name, m.agency) as unit, b.code as unit_code, null::text as township,
  to_char(${month}, 'YYYY-MM') as month, null::text as channel, ${labelled(sql`m.decision`, outcomes)} as category, coalesce(${labelled(sql`m.basis`, basisNames)}, '未認定') as kind,
  ${ifClosed(span, sql`c.closed_at`)} as closed_at, ${ifClosed(span, labelled(sql`c.outcome`, outcomes))} as outcome, m.decision, m.decided_on, m.open_due_on, m.first_meeting_on, m.requested_twd, m.paid_twd, m.paid_on, m.agreed_twd, ${span.statusOn}::date as status_on`

/** The detail row as it stood on the status day: what was decided or paid later is not there yet. */
const detail = (span: FigureSpan) => sql`lateral (
  select d.agency, d.agency_unit_id, d.basis, d.open_due_on, d.requested_twd,
    case when d.decided_on <= ${span.statusOn}::date then d.decision end as decision, case when d.decided_on <= ${span.statusOn}::date then d.decided_on end as decided_on,
    case when d.decided_on <= ${span.statusOn}::date then d.agreed_twd end as agreed_twd, case when d.first_meeting_on <= ${span.statusOn}::date then d.first_meeting_on end as first_meeting_on,
    case when d.paid_on <= ${span.statusOn}::date then d.paid_on end as paid_on, case when d.paid_on <= ${span.statusOn}::date then d.paid_twd end as paid_twd
  from compensations d where d.id = c.id offset 0) m`
const opens = { casePath: (number: string) => claimPath(number), visibleTo: (person: Parameters<CaseSet['visibleTo']>[0]) => visibleTo(person, 'c'), order: { kind: Object.values(basisNames), category: Object.values(outcomes) } }

/** Claims received in the period, as they stood on the status day. */
const received: CaseSet = {
  name: 'compensations.received',
  ...opens,
  cases: (span) => sql`
    with ${bureaus}
    select ${columns(span, sql`c.received_at at time zone 'Asia/Taipei'`)}
    from cases c cross join ${detail(span)} left join bureaus b on b.id = m.agency_unit_id
    where c.kind = ${caseKind} and c.received_at >= ${startOf(span.from)} and c.received_at < ${endOf(span.to)} and c.received_at <= ${lastInstant(span)} and c.stage not in ('unconfirmed', 'lapsed')`,
}

/** Claims decided in the period, whenever they were received. */
const decided: CaseSet = {
  name: 'compensations.decided',
  ...opens,
  cases: (span) => sql`
    with ${bureaus}
    select ${columns(span, sql`m.decided_on`)}
    from compensations k join cases c on c.id = k.id and c.kind = ${caseKind} cross join ${detail(span)} left join bureaus b on b.id = m.agency_unit_id
    where k.decided_on between ${span.from}::date and ${span.to}::date and k.decided_on <= ${span.statusOn}::date`,
}

/** Claims paid in the period, by agreement or by judgement. */
const paid: CaseSet = {
  name: 'compensations.paid',
  ...opens,
  cases: (span) => sql`
    with ${bureaus}
    select ${columns(span, sql`m.paid_on`)}
    from compensations k join cases c on c.id = k.id and c.kind = ${caseKind} cross join ${detail(span)} left join bureaus b on b.id = m.agency_unit_id
    where k.paid_on between ${span.from}::date and ${span.to}::date and k.paid_on <= ${span.statusOn}::date`,
}

/** Claims that were pending at some time of the period. Whether one is still pending at its end is told by its steps, the other lines by its days. */
const alive: CaseSet = {
  name: 'compensations.alive',
  ...opens,
  cases: (span) => sql`
    with ${bureaus}
    select ${columns(span, sql`c.received_at at time zone 'Asia/Taipei'`)}, c.received_at < ${startOf(span.from)} as carried_in, c.received_at >= ${startOf(span.from)} as entered,
      coalesce(k.decided_on <= ${span.to}::date, false) as ended,
      not exists (select from case_steps s where s.case_id = c.id and s.happened_on <= ${span.to}::date and (s.step in ('refuse', 'transfer', 'superior-lapsed', 'agree', 'fail', 'withdraw')
        or (s.step = 'superior-decided' and s.answers->>'result' = 'other') or (s.step = 'certificate' and k.certificate_on = k.decided_on))) as carried_out
    from cases c join compensations k on k.id = c.id cross join ${detail(span)} left join bureaus b on b.id = m.agency_unit_id
    where c.kind = ${caseKind} and c.received_at < ${endOf(span.to)} and c.stage not in ('unconfirmed', 'lapsed') and (k.decided_on is null or k.decided_on >= ${span.from}::date)`,
}

const undecided: CaseSet = {
  name: 'compensations.undecided',
  ...opens,
  cases: (span) => sql`
    with ${bureaus}
    select ${columns(span, sql`c.received_at at time zone 'Asia/Taipei'`)}
    from cases c cross join ${detail(span)} left join bureaus b on b.id = m.agency_unit_id
    where c.kind = ${caseKind} and c.received_at <= ${lastInstant(span)} and c.stage not in ('unconfirmed', 'lapsed') and m.decision is null`,
}

const count = (kind: FigureDefinition['kind'], set: CaseSet): Pick<FigureDefinition, 'set' | 'kind' | 'unit' | 'adds' | 'splits' | 'public'> => ({ set, kind, unit: '件', adds: 'count', splits: ['unit', 'month', 'category', 'kind'], public: true })

export const figures: FigureDefinition[] = [
  { id: 'compensation.received', title: '受理國家賠償請求', definition: '期間內收到的國家賠償請求件數，線上提出而未確認的不算。', ...count('flow', received) },
  { id: 'compensation.refused', title: '其中拒絕賠償', definition: '期間內收到的國家賠償請求中，至資料截止日已決定拒絕賠償的件數。', ...count('cohort', received), where: sql<boolean>`decision = 'refused'` },
  { id: 'compensation.received_pending', title: '其中還沒有結果', definition: '期間內收到的國家賠償請求中，至資料截止日還沒有決定的件數。', ...count('cohort', received), where: sql<boolean>`decision is null` },
  { id: 'compensation.decided', title: '國家賠償有結果的', definition: '期間內決定拒絕賠償、協議成立或不成立、撤回、移轉的件數，不論何時收到。', ...count('flow', decided) },
  { id: 'compensation.agreed', title: '協議成立', definition: '期間內協議成立的國家賠償事件件數。', ...count('flow', decided), where: sql<boolean>`decision = 'agreed'` },
  { id: 'compensation.open', title: '國家賠償未結', definition: '資料截止日時，收到而還沒有決定的國家賠償事件件數。', ...count('stock', undecided) },
  { id: 'compensation.decided_by_outcome', title: '國家賠償處理結果', definition: '期間內有結果的國家賠償事件，依結果分列的件數。', kind: 'breakdown', unit: '件', set: decided, adds: 'breakdown', part: sql`decision`, parts: Object.entries(outcomes).map(([key, label]) => ({ key, label })), splits: ['part', 'unit', 'month', 'kind'], public: true },
  { id: 'compensation.balance', title: '國家賠償收結', definition: '期初未結加新收減終結等於期末未結的國家賠償事件件數。', kind: 'balance', unit: '件', set: alive, adds: 'balance', splits: ['part', 'unit', 'kind'], public: true },
  { id: 'compensation.requested_twd', title: '請求賠償金額', definition: '期間內收到的國家賠償請求所請求的金額合計；只請求回復原狀的不算。', kind: 'flow', unit: '元', set: received, adds: 'sum', value: sql`requested_twd`, splits: ['unit', 'month', 'kind'], public: true, publicMin: 2 },
  { id: 'compensation.paid_twd', title: '支付賠償金額', definition: '期間內支付的國家賠償金合計，含依假處分先行墊付而扣抵的部分。', kind: 'flow', unit: '元', set: paid, adds: 'sum', value: sql`paid_twd`, splits: ['unit', 'month', 'kind'], public: true },
  {
    id: 'compensation.in_time_rate', title: '三十日內開始協議或拒絕', definition: '期間內收到、至資料截止日期限已到或已有結果的國家賠償請求中，在三十日內開始協議、拒絕或移轉的比率（國家賠償法 §11 I）；撤回的不算。',
    set: received, kind: 'rate', unit: '', adds: 'share', splits: ['unit', 'month', 'kind'], public: true,
    value: sql<number | null>`case when decision = 'withdrawn' then null when least(first_meeting_on, decided_on) is not null then (least(first_meeting_on, decided_on) <= open_due_on)::int when open_due_on < status_on then 0 end`,
  },
]
