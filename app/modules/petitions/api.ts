import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { type Db, madeOnce } from '../../core/db.ts'
import type { Person } from '../../core/identity/permissions.ts'
import { newestFirst } from '../../core/search/search.ts'
import { searchTerms } from '../../core/search/text.ts'
import { apiRoute, JsonText } from '../../core/web/api.ts'
import { registerByApi } from './registration/api-act.ts'
import { caseKind, channels, outcomes, stages } from './schema.ts'
import { readsAll, visibleTo, visibleToReaderOfAll } from './visible.ts'

const channelNames = Object.keys(channels) as [keyof typeof channels, ...(keyof typeof channels)[]]
const stageNames = Object.keys(stages) as [keyof typeof stages, ...(keyof typeof stages)[]]
const outcomeNames = Object.keys(outcomes) as [keyof typeof outcomes, ...(keyof typeof outcomes)[]]

const instant = z.iso.datetime({ offset: true })

const Petition = z.object({
  number: z.string().nullable().describe('案號'),
  followNo: z.string().describe('追蹤號碼'),
  channel: z.enum(channelNames),
  title: z.string(),
  stage: z.enum(stageNames),
  unit: z.string().nullable(),
  township: z.string().nullable(),
  category: z.string().nullable(),
  receivedAt: instant.nullable(),
  dueOn: z.iso.date().nullable(),
  closedAt: instant.nullable(),
  outcome: z.enum(outcomeNames).nullable(),
})

const Clock = z.object({
  rule: z.string().describe('期間規則的代號'),
  dueOn: z.iso.date().nullable(),
  pausedOn: z.iso.date().nullable().describe('自哪一天起停止計算'),
  because: z.string().nullable().describe('沒有到期日的原因'),
  calendarVersion: z.string().nullable(),
  explanation: z.array(z.string()).describe('怎麼算出來的，和案件頁、通知信相同'),
})

const columns = sql`c.number, c.follow_no as "followNo", p.channel, c.title, c.stage, u.name as unit, c.township, p.category,
  c.received_at as "receivedAt", c.due_on as "dueOn", c.closed_at as "closedAt", c.outcome`

type Page = { items: string; next: string | null }
const page = (row: Page | undefined) => new JsonText(`{"items":${row?.items ?? '[]'},"next":${row?.next ? JSON.stringify(row.next) : 'null'}}`)

/** The order of the index cases_list: what has no due day just now comes last. */
const dueOrder = sql`coalesce(c.due_on, 'infinity'::date)`

/** `YYYY-MM-DD.id`: where the list goes on. */
const cursor = z.string().regex(/^(\d{4}-\d{2}-\d{2}|infinity)\.\d{1,15}$/, '接續位置不正確')

const one = (named: RawBuilder<unknown>, visible: RawBuilder<boolean>, name = '') => sql<{ body: string }>`
    select row_to_json(t)::text as body from (
      select ${columns}, (select text from petition_letters l where l.case_id = c.id order by l.id limit 1) as letter, p.answer,
        (select json_build_object('rule', k.rule, 'dueOn', k.due_on, 'pausedOn', k.paused_on, 'because', k.because, 'calendarVersion', k.calendar_version, 'explanation', k.explanation)
          from case_clocks k where k.case_id = c.id and k.main) as clock
      from cases c join petitions p on p.id = c.id left join units u on u.id = c.unit_id
      where ${named} = ${name} and c.kind = ${sql.lit(caseKind)} and ${visible}) t`

const list = (visible: RawBuilder<boolean>, unit = '', stage = '', day = '', id = 0) => sql<Page>`
        select coalesce(json_agg(t), '[]')::text as items, case when count(*) = 50 then (array_agg(coalesce(t."dueOn"::text, 'infinity') || '.' || t.id))[50] end as next from (
          select c.id, ${columns} from cases c join petitions p on p.id = c.id join units u on u.id = c.unit_id
          where c.kind = ${sql.lit(caseKind)} and c.unit_id = (select id from units where name = ${unit} limit 1) and c.stage = ${stage}
            and (${dueOrder}, c.id) > (${day}::date, ${id}::bigint) and ${visible}
          order by ${dueOrder}, c.id limit 50) t`

/** For who reads all: the condition's values come last. */
const forReaderOfAll = visibleToReaderOfAll({ id: 0, login: '', name: '', posts: [], deputyFor: [] })
const [oneByNumber, oneByFollowNo, listOfAll] = [madeOnce(one(sql`c.number`, forReaderOfAll)), madeOnce(one(sql`c.follow_no`, forReaderOfAll)), madeOnce(list(forReaderOfAll))]
const valuesFor = (db: Db, person: Person): readonly unknown[] => visibleToReaderOfAll(person).compile(db).parameters

/** By 案號, or by the follow number before it has one. */
async function findOne(db: Db, person: Person, name: string): Promise<JsonText | null> {
  const all = readsAll(person) ? valuesFor(db, person) : null
  const byNumber = all ? await oneByNumber(db, [name, ...all]) : (await one(sql`c.number`, visibleTo(person), name).execute(db)).rows
  const found = byNumber[0] ?? (all ? await oneByFollowNo(db, [name, ...all]) : (await one(sql`c.follow_no`, visibleTo(person), name).execute(db)).rows)[0]
  return found ? new JsonText(found.body) : null
}

const shown = sql`c.number, c.follow_no as "followNo", c.title, c.received_at as "receivedAt", c.stage`
const newestOrder = sql`t.received_at desc nulls last, t.case_id desc`
type Found = Page & { complete: boolean }

/**
 * The newest twenty, for who reads all: the newest texts are taken before any case is looked at, with some to spare for the
 * confidential ones among them. `complete` is false where these were so many that more has to be looked through.
 */
const searchNewest = (condition: RawBuilder<unknown>, visible: RawBuilder<boolean>) => sql<Found>`
  with newest as materialized (select t.case_id, t.received_at from case_texts t where t.kind = ${caseKind} and ${condition} order by ${newestOrder} limit 60)
  select coalesce(json_agg(r), '[]')::text as items, null as next, count(*) = 20 or (select count(*) from newest) < 60 as complete
  from (select ${shown} from newest t join cases c on c.id = t.case_id where ${visible} order by ${newestOrder} limit 20) r`

/** The newest twenty among the cases one may see, all of them looked through if need be. */
const searchAll = (condition: RawBuilder<unknown>, visible: RawBuilder<boolean>) => sql<Found>`
  select coalesce(json_agg(r), '[]')::text as items, null as next, true as complete
  from (select ${shown} from case_texts t join cases c on c.id = t.case_id where t.kind = ${caseKind} and ${condition} and ${visible} order by ${newestOrder} limit 20) r`

export const api = [
  apiRoute({
    method: 'GET',
    path: '/petitions/:name',
    permission: 'petitions.read',
    summary: '一件陳情：以案號或追蹤號碼',
    params: z.object({ name: z.string().min(3).max(40) }),
    response: Petition.extend({ letter: z.string().nullable(), answer: z.string().nullable(), clock: Clock.nullable() }),
    handle: ({ db, person, params }) => findOne(db, person, params.name),
  }),
  apiRoute({
    method: 'GET',
    path: '/petitions',
    permission: 'petitions.read',
    summary: '陳情清單：一個單位、一個階段，依限辦日期，每頁 50 件',
    query: z.object({ unit: z.string().min(1).max(50), stage: z.enum(stageNames), after: cursor.optional() }),
    response: z.object({ items: z.array(Petition), next: z.string().nullable() }),
    handle: async ({ db, person, query }) => {
      const [day, id] = query.after?.split('.') ?? ['0001-01-01', '0']
      const found = readsAll(person)
        ? await listOfAll(db, [query.unit, query.stage, day, Number(id), ...valuesFor(db, person)])
        : (await list(visibleTo(person), query.unit, query.stage, day, Number(id)).execute(db)).rows
      return page(found[0])
    },
  }),
  apiRoute({
    method: 'GET',
    path: '/search',
    permission: 'petitions.read',
    summary: '全文搜尋陳情：最近收件的 20 件',
    query: z.object({ q: z.string().min(1, '請輸入要找的字').max(100) }),
    response: z.object({ items: z.array(Petition.pick({ number: true, followNo: true, title: true, receivedAt: true, stage: true })), next: z.string().nullable() }),
    handle: async ({ db, person, query }) => {
      if (!searchTerms(query.q).length) return { items: [], next: null }
      const condition = await newestFirst(db, query.q, 1, 't')
      const visible = visibleTo(person)
      const newest = readsAll(person) ? (await searchNewest(condition, visible).execute(db)).rows[0] : undefined
      return page(newest?.complete ? newest : (await searchAll(condition, visible).execute(db)).rows[0])
    },
  }),
  apiRoute({
    method: 'POST',
    path: '/petitions',
    permission: 'petitions.register',
    summary: '代為登錄一件陳情（收件，尚未取案號）',
    status: 201,
    body: z.object({
      channel: z.enum(channelNames),
      title: z.string(),
      body: z.string(),
      township: z.string().nullish(),
      category: z.string().nullish(),
      name: z.string().nullish(),
      email: z.string().nullish(),
      phone: z.string().nullish(),
      address: z.string().nullish(),
    }),
    response: z.object({ followNo: z.string() }),
    handle: ({ caller, body }) => registerByApi(caller, body),
  }),
]
