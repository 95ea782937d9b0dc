import { type RawBuilder, sql } from 'kysely'

/**
 * SQL for the name of who did something, with whom they stood in for: 「陳示範（代林示範）」. `alias`: the joined row of `people`; `which`: the
 * condition by which the act's event `e` is found among that person's events. Null where `alias` is.
 */
export function actedBy(alias: string, which: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql<string | null>`${sql.ref(`${alias}.name`)} || coalesce((select '（代' || absent.name || '）' from windlion.events e join windlion.people absent on absent.id = e.on_behalf_of
    where e.person_id = ${sql.ref(`${alias}.id`)} and ${which} order by e.id desc limit 1), '')`
}

/** The event of that kind whose payload names this row: `payloadOf('petition.submitted', 'submission', sql\`s.id\`)`. */
export const payloadOf = (kind: string, key: string, value: RawBuilder<unknown>): RawBuilder<unknown> => sql`e.kind = ${sql.lit(kind)} and e.payload->>${sql.lit(key)} = (${value})::text`
