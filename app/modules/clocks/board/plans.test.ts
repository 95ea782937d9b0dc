import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { plansOf } from '../../../../test/support/plans.ts'
import { type Db, read, type Reader } from '../../../core/db.ts'
import { day } from '../../../core/time.ts'
import { findFeedEvents } from '../feed/queries.ts'
import { makeOffice, type Office } from '../office-for-tests.ts'
import { readFilter } from './filter.ts'
import { findDue, findTally, readCursor } from './query.ts'

let db: Db
let office: Office
const today = day('2021-11-01')

// Ten years of cases, of which a few hundred are open.
beforeAll(async () => {
  db = (await createTestDatabase()).db
  office = await makeOffice(db)
  await sql`with g as (select n, timestamptz '2012-01-01 09:00+08' + n * interval '130 minutes' as received, n > 39700 as open from generate_series(1, 40000) n),
    c as (insert into cases (kind, follow_no, number, title, stage, unit_id, officer_id, received_at, due_on, closed_at, outcome)
      select 'petition', 'F' || n, 'N' || n, '路燈不亮', case when open then 'handling' else 'closed' end,
        case when n % 20 = 1 then ${office.units.works}::bigint when n % 20 = 2 then ${office.units.roads}::bigint else ${office.units.environment}::bigint end,
        ${office.officer.person.id}::bigint, received, received::date + 42, case when not open then received + interval '20 days' end, case when not open then 'answered' end from g returning id, received_at, due_on, closed_at),
    k as (insert into case_clocks (case_id, rule, main, trigger_at, due_on, met_at) select id, 'petition-30wd', true, received_at, due_on, closed_at from c)
    insert into case_texts (case_id, text) select id, '路燈不亮 巷口的路燈不亮 第' || id || '件' from c`.execute(db)
  await sql`vacuum (analyze) cases, case_clocks, case_texts`.execute(db)
})

const due = (query: Record<string, string>) => (reader: Reader) => findDue(reader, office.clerk.person, readFilter(query), today, readCursor(query))

const asked: Record<string, { ask: (reader: Reader) => Promise<unknown>; index: RegExp }> = {
  'the first page': { ask: due({}), index: /case_clocks_running/ },
  'a deep page': { ask: due({ after: '2021-11-20.39900' }), index: /case_clocks_running/ },
  'what is overdue': { ask: due({ when: 'overdue' }), index: /case_clocks_running/ },
  'an officer’s': { ask: (reader) => findDue(reader, office.officer.person, readFilter({ officer: 'me' }), today, null), index: /case_clocks_running|cases_officer/ },
  'a unit’s': { ask: (reader) => findDue(reader, office.head.person, { ...readFilter({}), unitIds: [office.units.works, office.units.roads] }, today, null), index: /case_clocks_running/ },
  'words': { ask: due({ q: '第39900件' }), index: /case_clocks_running|case_texts_grams/ },
  'all the numbers': { ask: (reader) => findTally(reader, office.head.person, readFilter({}), today, '2021-11'), index: /case_clocks_running/ },
  'an officer’s calendar': { ask: (reader) => findFeedEvents(reader, office.officer.person, ''), index: /cases_officer|case_clocks_running/ },
}

for (const [what, { ask, index }] of Object.entries(asked)) {
  test(`${what}: an index finds it, no table is read through`, async () => {
    const plans = await read(db, (reader) => plansOf(reader, ask))
    expect(plans.length).toBeGreaterThan(0)
    expect(plans.join('\n\n')).toMatch(index)
    expect(plans.join('\n')).not.toMatch(/Seq Scan on (cases|case_clocks|case_texts)\b/)
  })
}
