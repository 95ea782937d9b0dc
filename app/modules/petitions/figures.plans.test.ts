import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makeUnit } from '../../../test/support/makers.ts'
import { plansOf } from '../../../test/support/plans.ts'
import { type Db, read, type Reader } from '../../core/db.ts'
import { countFigureCases, figureCases, figureSplits, figureValues } from '../../core/figures/compute.ts'
import { type FigureSpan, type SplitBy, splits } from '../../core/figures/figure.ts'
import { day } from '../../core/time.ts'
import { figures } from './figures.ts'

let db: Db
// Ten years of history, narrow rows: each case was open for some weeks, with an earlier version of each row.
beforeAll(async () => {
  db = (await createTestDatabase()).db
  const unit = await makeUnit(db, '工務處')
  await sql`with g as (
      select n, timestamptz '2012-01-01 09:00+08' + n * interval '4 hours' as received, n * interval '1 day' / 700 as wait from generate_series(1, 20000) n),
    c as (insert into cases (kind, follow_no, number, title, stage, unit_id, received_at, closed_at, outcome, sys_from)
      select 'petition', 'F' || n, 'N' || n, 't', 'closed', ${unit}, received, received + wait, 'answered', received + wait from g returning id, received_at, closed_at),
    p as (insert into petitions (id, channel, filed_at, sys_from) select id, 'mayor-mail', received_at, received_at from c),
    d as (insert into case_dues (case_id, at, due_on, cause, sys_from) select id, received_at, received_at::date + 40, 'received', received_at from c),
    hc as (insert into windlion_history.cases (id, kind, follow_no, number, title, stage, unit_id, received_at, confidential, sys_from, sys_to)
      select id, 'petition', 'F', 'N', 't', 'handling', ${unit}, received_at, false, received_at, closed_at from c where closed_at > received_at),
    hp as (insert into windlion_history.petitions (id, channel, answer_by, language, publish_consent, filed_at, sys_from, sys_to)
      select id, 'letter', 'none', 'zh', false, received_at, received_at - interval '1 hour', received_at from c)
    insert into windlion_history.case_dues (id, case_id, at, due_on, cause, sys_from, sys_to)
      select id, id, received_at, received_at::date + 30, 'received', received_at - interval '1 hour', received_at from c`.execute(db)
  await sql`update cases set closed_at = null, outcome = null, stage = 'handling' where id in (select id from cases order by id desc limit 100)`.execute(db)
  await sql`analyze`.execute(db)
})

const halfYear: FigureSpan = { from: day('2020-04-01'), to: day('2020-09-30'), statusOn: day('2020-10-31'), asOf: null }
const instants = [['now', null], ['as of an instant', new Date('2020-11-05T00:00:00Z')]] as const

const asked: Record<string, (reader: Reader, span: FigureSpan) => Promise<unknown>> = {
  values: (reader, span) => figureValues(reader, figures, span),
  parts: (reader, span) => figureSplits(reader, figures, span, Object.keys(splits) as SplitBy[]),
  ...Object.fromEntries(figures.map((figure) => [`the first page of ${figure.id}`, (reader: Reader, span: FigureSpan) => figureCases(reader, figure, span, { limit: 51 })])),
  ...Object.fromEntries(figures.map((figure) => [`the count of ${figure.id}`, (reader: Reader, span: FigureSpan) => countFigureCases(reader, figure, span, {})])),
}

for (const [when, asOf] of instants) {
  test(`no figure reads more cases than its own, ${when}`, async () => {
    for (const [what, ask] of Object.entries(asked)) {
      const plans = await read(db, (reader) => plansOf(reader, (explained) => ask(explained, { ...halfYear, asOf })), asOf)
      expect(plans.length, what).toBeGreaterThan(0)
      for (const plan of plans) {
        expect(plan, what).not.toMatch(/Seq Scan on (cases|petitions|case_dues)/)
        expect(plan, what).toMatch(/cases_received|cases_span/)
        if (asOf) expect(plan, what).toMatch(/cases_history_received|cases_history_believed/)
      }
    }
  })
}
