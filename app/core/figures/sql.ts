import { type RawBuilder, sql } from 'kysely'
import { endOf } from '../time.ts'
import type { FigureSpan } from './figure.ts'

/** PostgreSQL's last instant of the status day: what happened up to it is known, what happened later is not. */
export const lastInstant = (span: FigureSpan): RawBuilder<Date> => sql`(${endOf(span.statusOn)}::timestamptz - interval '1 microsecond')`

/** Codes as the office prints them. */
export const labelled = (column: RawBuilder<unknown>, labels: Record<string, string>): RawBuilder<unknown> =>
  sql`case ${column} ${sql.join(Object.entries(labels).map(([code, label]) => sql`when ${sql.lit(code)} then ${sql.lit(label)}`), sql` `)} end`

/** A value of the case `c` that it has once it is closed: null while it was open on the status day. */
export const ifClosed = (span: FigureSpan, value: RawBuilder<unknown>): RawBuilder<unknown> => sql`case when c.closed_at <= ${lastInstant(span)} then ${value} end`

/** For `with ${bureaus}`: every unit with name and code of its bureau, read once. */
export const bureaus = sql`bureaus as materialized (select u.id, coalesce(b.name, u.name) as name, coalesce(b.code, u.code) as code from units u left join units b on b.id = u.bureau_id)`
