import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { type Db, read, type Reader } from '../../../core/db.ts'
import { day } from '../../../core/time.ts'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { plansOf } from '../../../../test/support/plans.ts'
import { findCaseFile } from '../casepage/case-file.ts'
import { findTray } from '../dispatch/tray.ts'
import { makeOffice, type Office } from '../office-for-tests.ts'
import { findSimilar } from '../registration/similar.ts'
import { readFilter } from './filter.ts'
import { findPetitions, readCursor } from './list-query.ts'
import { findOverdue } from './overdue-query.ts'
import { findTrays } from './trays.ts'

let db: Db
let office: Office
const today = day('2021-11-01')

// Ten years of narrow rows, of which a few hundred are open.
beforeAll(async () => {
  db = (await createTestDatabase()).db
  office = await makeOffice(db)
  await sql`with g as (select n, timestamptz '2012-01-01 09:00+08' + n * interval '130 minutes' as received, n > 39700 as open from generate_series(1, 40000) n),
    c as (insert into cases (kind, follow_no, number, title, stage, unit_id, officer_id, township, received_at, due_on, closed_at, outcome)
      select 'petition', 'F' || n, 'N' || n, '路燈不亮', case when not open then 'closed' when n % 5 = 0 then 'received' else 'handling' end,
        case when open and n % 5 = 0 then null when n % 20 = 1 then ${office.units.works}::bigint when n % 20 = 2 then ${office.units.roads}::bigint else ${office.units.environment}::bigint end,
        case when open and n % 5 <> 0 then ${office.officer.person.id}::bigint end, '金城鎮', received, received::date + 42, case when not open then received + interval '20 days' end, case when not open then 'answered' end from g returning id, received_at),
    p as (insert into petitions (id, channel, filed_at, category, name_hash) select id, 'mayor-mail', received_at, '路燈號誌', decode(md5((id % 9000)::text), 'hex') from c),
    l as (insert into petition_letters (case_id, kind, text, at) select id, 'letter', '巷口的路燈不亮', received_at from c)
    insert into case_texts (case_id, text) select id, '路燈不亮 巷口的路燈不亮 第' || id || '件' from c`.execute(db)
  await sql`vacuum (analyze) cases, petitions, petition_letters, case_texts`.execute(db)
  await sql`analyze`.execute(db)
})

const clerk = () => office.clerk.person
const list = (query: Record<string, string>) => (reader: Reader) => findPetitions(reader, clerk(), readFilter(query), today, readCursor(query, query.stage ? 'received' : 'due'))

// `anyRow`: nearly every row counts, so that reading on until there are enough of them is the shortest way
const asked: Record<string, { ask: (reader: Reader) => Promise<unknown>; index: RegExp; anyRow?: true }> = {
  'the first page of open cases': { ask: list({}), index: /cases_open_list/ },
  'a deep page of open cases': { ask: list({ after: '2021-10-20.39900' }), index: /cases_open_list/ },
  'everything, newest first': { ask: list({ stage: 'all' }), index: /cases_received/, anyRow: true },
  'a deep page of everything': { ask: list({ stage: 'all', after: '2015-01-01 09:00:00+08.12345' }), index: /cases_received/, anyRow: true },
  'one unit’s closed cases': { ask: (reader) => findPetitions(reader, clerk(), { ...readFilter({ stage: 'closed', unit: String(office.units.works) }), unitIds: [office.units.works, office.units.roads] }, today, null), index: /cases_(received|list)/ },
  'one officer’s open cases': { ask: (reader) => findPetitions(reader, office.officer.person, readFilter({ officer: 'me' }), today, null), index: /cases_(officer|open_list)/ },
  'a search of open cases': { ask: list({ q: '第39900件' }), index: /case_texts_grams|cases_open_list/ },
  'the worklist': { ask: (reader) => findTrays(reader, office.head.person, today), index: /cases_(open_list|open_due|unit_open|officer)/ },
  'the desk’s tray': { ask: (reader) => findTray(reader, clerk()), index: /cases_(open_list|open_due|list)/ },
  'what is overdue': { ask: (reader) => findOverdue(reader, clerk(), today), index: /cases_(open|officer|unit)/ },
  'the case page': { ask: (reader) => findCaseFile(reader, clerk(), 'N39999'), index: /cases_number_key/ },
  'similar cases': { ask: (reader) => findSimilar(reader, clerk(), { id: 39_999, title: '路燈不亮', receivedAt: new Date('2021-10-01T00:00:00Z'), text: '路燈不亮' }), index: /petitions_name/ },
}

for (const [what, { ask, index, anyRow }] of Object.entries(asked)) {
  test(`${what}: an index finds it, no table is read through`, async () => {
    const plans = await read(db, (reader) => plansOf(reader, ask))
    const plan = plans.find((one) => index.test(one))
    expect(plans.length).toBeGreaterThan(0)
    expect(plan, plans.join('\n\n')).toBeDefined()
    if (!anyRow) expect(plans.join('\n')).not.toMatch(/Seq Scan on (cases|petitions|case_texts|petition_letters)\b/)
  })
}
