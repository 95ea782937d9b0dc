import { type RawBuilder, sql } from 'kysely'
import type { CaseSet, FigureDefinition, FigureSpan } from '../../core/figures/figure.ts'
import { bureaus, labelled, lastInstant } from '../../core/figures/sql.ts'
import { consultationPath, sessionPath } from './paths.ts'
import { adviceKind, outcomes, sessionKind, sessionOutcomes, ways } from './schema.ts'
import { consultationVisibleTo, sessionVisibleTo } from './visible.ts'

const heldInPeriod = (span: FigureSpan): RawBuilder<boolean> => sql`s.held_on between ${span.from}::date and ${span.to}::date and s.held_on <= ${span.statusOn}::date`

/** Sessions of the period that were held; one that was cancelled, or that nobody has ended yet, does not count. */
const sessions: CaseSet = {
  name: 'legal-advice.sessions',
  casePath: (number) => sessionPath(number),
  visibleTo: (person) => sessionVisibleTo(person),
  cases: (span) => sql`
    with ${bureaus}
    select c.id as case_id, c.number, c.title, c.confidential, c.received_at, c.due_on, bureaus.name as unit, bureaus.code as unit_code, null::text as township,
      to_char(s.held_on, 'YYYY-MM') as month, null::text as channel, null::text as category, '法律諮詢場次' as kind, c.closed_at, ${labelled(sql`c.outcome`, sessionOutcomes)} as outcome
    from advice_sessions s join cases c on c.id = s.id and c.kind = ${sessionKind} left join bureaus on bureaus.id = c.unit_id
    where ${heldInPeriod(span)} and c.outcome = 'held' and c.closed_at <= ${lastInstant(span)}`,
}

/** Consultations of sessions of the period, as they ended until the status day: one a person's turn (人次), however often the same person came. */
const consultations: CaseSet = {
  name: 'legal-advice.consultations',
  casePath: (number) => consultationPath(number),
  visibleTo: (person) => consultationVisibleTo(person),
  order: { channel: Object.values(ways) },
  cases: (span) => sql`
    with ${bureaus}
    select c.id as case_id, c.number, c.title, c.confidential, c.received_at, c.due_on, bureaus.name as unit, bureaus.code as unit_code, null::text as township,
      to_char(s.held_on, 'YYYY-MM') as month, ${labelled(sql`b.way`, ways)} as channel, p.name as category, '法律諮詢' as kind, c.closed_at, ${labelled(sql`c.outcome`, outcomes)} as outcome,
      c.outcome as ended_as, extract(epoch from b.called_at - b.arrived_at) / 60 as waited, b.way,
      case when b.filed_at < (s.held_on + s.starts_at) at time zone 'Asia/Taipei' then s.held_on - (b.filed_at at time zone 'Asia/Taipei')::date end as ahead
    from advice_bookings b join advice_sessions s on s.id = b.session_id join cases c on c.id = b.case_id and c.kind = ${adviceKind} left join bureaus on bureaus.id = c.unit_id left join advice_specialities p on p.id = b.speciality_id
    where ${heldInPeriod(span)} and c.closed_at <= ${lastInstant(span)}`,
}

const ofConsultations = { set: consultations, kind: 'flow', adds: 'count', unit: '人次', splits: ['unit', 'month', 'category', 'channel'] } as const satisfies Partial<FigureDefinition>
const served = sql<boolean>`ended_as = 'served'`
const bySpeciality = ['month', 'category', 'channel'] as const

export const figures: FigureDefinition[] = [
  { id: 'legal_aid.sessions', title: '法律諮詢場次', definition: '期間內辦理的免費法律諮詢場次數，取消的不算。', set: sessions, kind: 'flow', unit: '場次', adds: 'count', splits: ['unit', 'month'], public: true },
  { id: 'legal_aid.persons', title: '法律諮詢人次', definition: '期間內免費法律諮詢服務的人次：每一位實際諮詢的人每次算一人次，未到和取消的不算。', ...ofConsultations, splits: [...ofConsultations.splits], where: served, public: true, publicMin: 3 },
  {
    id: 'legal_aid.no_show_rate', title: '法律諮詢未到率', definition: '期間內場次預約的人當中，沒有來也沒有先取消的比率；現場候位的不算。', set: consultations, kind: 'rate', unit: '', adds: 'share', splits: [...bySpeciality],
    where: sql<boolean>`ended_as in ('served', 'no-show') and way <> 'walk-in'`, value: sql<number>`case when ended_as = 'no-show' then 1 else 0 end`, public: true, publicMin: 3,
  },
  { id: 'legal_aid.waiting_minutes', title: '法律諮詢現場等候時間', definition: '期間內諮詢的人從報到到叫號的分鐘數，取中位數。', set: consultations, kind: 'median', unit: '分鐘', adds: 'median', splits: [...bySpeciality], where: served, value: sql<number>`waited`, public: true, publicMin: 3 },
  { id: 'legal_aid.days_ahead', title: '法律諮詢預約等候天數', definition: '期間內諮詢的人從預約到場次當天的日曆天數，取中位數；現場候位的不算。', set: consultations, kind: 'median', unit: '天', adds: 'median', splits: [...bySpeciality], where: sql<boolean>`ended_as = 'served' and way <> 'walk-in'`, value: sql<number>`ahead`, public: true, publicMin: 3 },
]
