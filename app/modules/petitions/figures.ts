import { type RawBuilder, sql } from 'kysely'
import type { CaseSet, FigureDefinition, FigureSpan, SplitBy } from '../../core/figures/figure.ts'
import { labelled, lastInstant } from '../../core/figures/sql.ts'
import { endOf, startOf } from '../../core/time.ts'
import { petitionPath } from './paths.ts'
import { visibleTo } from './visible.ts'
import { caseKind, categories, channels, mailboxChannels, outcomes, outsideCounty, townships } from './schema.ts'

const shared = {
  casePath: (number: string) => petitionPath(number),
  visibleTo: (person) => visibleTo(person, 'c'),
  // 1999 comes last; as an object's key it would come first
  order: { township: [...townships, outsideCounty], channel: [...mailboxChannels.map((name) => channels[name]), '臨櫃', '電話', '書面', '1999'], category: categories },
} satisfies Partial<CaseSet>

/** What came in during the period. Unconfirmed and lapsed filings have no receipt and never count. */
const received: CaseSet = {
  ...shared,
  name: 'petitions.received',
  cases: (span) => petitionsWhere(span, sql`c.received_at >= ${startOf(span.from)}::timestamptz and c.received_at < ${endOf(span.to)}::timestamptz`),
}

/** What was open at the end of the status day, whenever it had come in. */
const open: CaseSet = {
  ...shared,
  name: 'petitions.open',
  cases: (span) => petitionsWhere(span, sql`c.received_at is not null and tstzrange(c.received_at, c.closed_at) @> ${lastInstant(span)}`),
}

const dayOf = (instant: RawBuilder<unknown>): RawBuilder<unknown> => sql`(${instant} at time zone 'Asia/Taipei')::date`

/**
 * Petitions as they stood on the status day: what came later (closing, outcome, extension, score) is not there yet.
 *
 * As of an instant each table is a view over current and earlier rows, into which PostgreSQL pushes a value but not a join:
 * so details are looked up case by case (lateral, offset 0), and small tables are read once (materialized).
 */
function petitionsWhere(span: FigureSpan, chosen: RawBuilder<unknown>): RawBuilder<unknown> {
  const last = lastInstant(span)
  const isClosed = sql`c.closed_at <= ${last}`
  // closed by then, or looked at on the status day
  const judged = sql`least(c.closed_at, ${last})`
  // the due day that held at that moment: an extension granted later does not count
  const dueThen = (what: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`(select ${what} from case_dues d where d.case_id = c.id and d.at <= ${judged} order by d.at desc, d.id desc limit 1)`
  return sql`
    with bureaus as materialized (select u.id, coalesce(b.name, u.name) as name, coalesce(b.code, u.code) as code from units u left join units b on b.id = u.bureau_id),
      days as materialized (select day, ordinal from office_days where day between ${span.from}::date and ${span.statusOn}::date)
    select c.id as case_id, coalesce(c.number, c.follow_no) as number, c.title, c.confidential, c.received_at,
      bureaus.name as unit, bureaus.code as unit_code, nullif(c.township, '') as township,
      to_char(c.received_at at time zone 'Asia/Taipei', 'YYYY-MM') as month,
      ${labelled(sql`p.channel`, channels)} as channel, p.channel in (${sql.join(mailboxChannels.map((name) => sql.lit(name)))}) as by_mailbox,
      nullif(p.category, '') as category, '人民陳情' as kind,
      case when ${isClosed} then c.closed_at end as closed_at,
      case when ${isClosed} then ${labelled(sql`c.outcome`, outcomes)} end as outcome,
      ${dueThen(sql`d.due_on`)} as due_on,
      ${dueThen(sql`case when d.due_on is not null then d.due_on < ${dayOf(judged)} when d.cause = 'pause' then false end`)} as late,
      case when ${isClosed} then closing.ordinal - receipt.ordinal end as office_days,
      coalesce(p.extended_at <= ${last}, false) as extended,
      case when p.satisfied_at <= ${last} then p.satisfaction end as score
    from cases c
    join lateral (select channel, category, extended_at, satisfied_at, satisfaction from petitions where id = c.id offset 0) p on true
    left join bureaus on bureaus.id = c.unit_id
    left join days receipt on receipt.day = ${dayOf(sql`c.received_at`)}
    left join days closing on closing.day = ${dayOf(sql`c.closed_at`)}
    where c.kind = ${sql.lit(caseKind)} and ${chosen}`
}

const splits: SplitBy[] = ['unit', 'township', 'month', 'channel', 'category', 'kind']
const common = { splits, public: true, set: received } as const
const byMailbox = sql<boolean>`by_mailbox`
const closed = sql<boolean>`closed_at is not null`

export const figures: FigureDefinition[] = [
  {
    ...common,
    id: 'petitions.received',
    title: '信箱收到陳情',
    definition: '期間內由縣長電子信箱、院長電子信箱、總統信箱收到的陳情，一封信在一個信箱算一件。',
    kind: 'flow',
    unit: '件',
    where: byMailbox,
    adds: 'count',
  },
  {
    ...common,
    id: 'petitions.closed',
    title: '信箱陳情已結案',
    definition: '期間內由三個信箱收到的陳情，到資料截止日已經結案的件數，不論以何種方式結案。',
    kind: 'cohort',
    unit: '件',
    where: sql`by_mailbox and closed_at is not null`,
    adds: 'count',
  },
  {
    ...common,
    id: 'petitions.closed_rate',
    title: '信箱陳情結案率',
    definition: '期間內由三個信箱收到的陳情，到資料截止日已經結案的比率。',
    kind: 'rate',
    unit: '',
    where: byMailbox,
    value: sql`(closed_at is not null)::int`,
    adds: 'share',
  },
  {
    ...common,
    id: 'petitions.received_all',
    title: '收到陳情（全部管道）',
    definition: '期間內由全部管道收到的陳情，包括三個信箱、臨櫃、電話、書面與 1999。',
    kind: 'flow',
    unit: '件',
    adds: 'count',
  },
  {
    ...common,
    id: 'petitions.closed_all',
    title: '已結案（全部管道）',
    definition: '期間內由全部管道收到的陳情，到資料截止日已經結案的件數，不論以何種方式結案。',
    kind: 'cohort',
    unit: '件',
    where: closed,
    adds: 'count',
  },
  {
    ...common,
    id: 'petitions.on_time_rate',
    title: '如期結案率',
    definition: '期間內收到、到資料截止日已經結案的陳情，在限辦日期當日或之前結案的比率；限辦日期無法推定的不計。',
    kind: 'rate',
    unit: '',
    where: closed,
    value: sql`(not late)::int`,
    adds: 'share',
  },
  {
    ...common,
    set: open,
    id: 'petitions.overdue',
    title: '逾期未結',
    definition: '資料截止日還沒有結案、而且已經超過當日所適用限辦日期的陳情；等待補充資料而停止計算的不算逾期。',
    kind: 'stock',
    unit: '件',
    where: sql`late`,
    adds: 'count',
  },
  {
    ...common,
    set: open,
    id: 'petitions.open',
    title: '未結案',
    definition: '資料截止日還沒有結案的陳情，不論何時收到。',
    kind: 'stock',
    unit: '件',
    adds: 'count',
  },
  {
    ...common,
    id: 'petitions.days_median',
    title: '辦理日數中位數',
    definition: '期間內收到、到資料截止日已經結案的陳情，從收件次日到結案所經工作日數的中位數。',
    kind: 'median',
    unit: '工作日',
    where: closed,
    value: sql`office_days`,
    adds: 'median',
  },
  {
    ...common,
    id: 'petitions.days_p90',
    title: '九成案件的辦理日數',
    definition: '期間內收到、到資料截止日已經結案的陳情，有九成在這個工作日數以內結案（從收件次日起算）。',
    kind: 'percentile',
    unit: '工作日',
    where: closed,
    value: sql`office_days`,
    adds: 'p90',
  },
  {
    ...common,
    id: 'petitions.extension_rate',
    title: '展期率',
    definition: '期間內收到的陳情，到資料截止日曾經核准展期（延長辦理期限）的比率。',
    kind: 'rate',
    unit: '',
    value: sql`extended::int`,
    adds: 'share',
  },
  {
    ...common,
    id: 'petitions.satisfaction',
    title: '滿意度',
    definition: '期間內收到的陳情，陳情人到資料截止日所給分數（1 到 5 分）的平均。',
    kind: 'mean',
    unit: '分',
    value: sql`score`,
    adds: 'mean',
    publicMin: 3,
  },
  {
    ...common,
    id: 'petitions.satisfaction_answers',
    title: '滿意度回復數',
    definition: '期間內收到的陳情，陳情人到資料截止日已經評分的件數。',
    kind: 'cohort',
    unit: '件',
    where: sql`score is not null`,
    adds: 'count',
    publicMin: 3,
  },
]
