import { type RawBuilder, sql } from 'kysely'
import { dueState } from '../cases/due-state.ts'
import { isWithinReach } from '../cases/readers.ts'
import type { Reader } from '../db.ts'
import type { Person } from '../identity/permissions.ts'
import { matches } from '../search/search.ts'
import { type Day, dayOf } from '../time.ts'
import { consolePage } from '../web/pages.tsx'
import type { Reply, StaffRequest } from '../web/route.ts'
import { Checkboxes, Select } from '../../ui/components/choices.tsx'
import { DueDate } from '../../ui/components/due-date.tsx'
import { FilterBar, Toolbar } from '../../ui/components/filter-bar.tsx'
import { EmptyState } from '../../ui/components/notes.tsx'
import { Pagination } from '../../ui/components/pagination.tsx'
import { Table } from '../../ui/components/table.tsx'
import { Tag } from '../../ui/components/tag.tsx'
import { TextInput } from '../../ui/components/text-input.tsx'
import { DayText } from '../../ui/components/time.tsx'
import { nameOf, type Procedure, type StepState } from './step.ts'

export type ListedCase = { id: number; number: string | null; followNo: string; title: string; stage: string; outcome: string | null; confidential: boolean; receivedAt: Date; closedAt: Date | null; dueOn: Day | null; about: string | null }

/** How one kind of case is listed. */
export type CaseList = {
  visibleTo(person: Person): RawBuilder<boolean>
  /** one more column, taken from the detail table m: 賠償義務機關 */
  about: { heading: string; table: string; sql: RawBuilder<unknown> }
  unit?: string
  /** permission by which a case is worked in one's own unit: offers those alone */
  mine?: string
  actions?: (request: StaffRequest) => preact.ComponentChildren
  /** above the table */
  above?: preact.ComponentChildren
  empty: string
}

export const pageSize = 50
type Filter = { stage?: string | undefined; query?: string | undefined; all: boolean; overdue: boolean; mine?: boolean }

/** Cases of one kind that a person may see, the newest first; open ones unless asked otherwise. What is not confirmed yet is nobody's. */
export async function findCaseList<State extends StepState>(reader: Reader, person: Person, procedure: Procedure<State>, list: CaseList, filter: Filter, today: Day, after?: string): Promise<{ rows: ListedCase[]; count: number; next: string | null }> {
  const parts: RawBuilder<unknown>[] = [sql`c.kind = ${procedure.kind}`, sql`c.received_at is not null`, list.visibleTo(person)]
  if (filter.stage && filter.stage in procedure.stages) parts.push(sql`c.stage = ${filter.stage}`)
  else if (!filter.all) parts.push(sql`c.closed_at is null`)
  if (filter.overdue) parts.push(sql`c.closed_at is null and c.due_on < ${today}`)
  if (filter.mine && list.mine) parts.push(isWithinReach(person, list.mine, 'c'))
  if (filter.query?.trim()) parts.push(matches(filter.query))
  const from = sql`from cases c join ${sql.table(list.about.table)} m on m.id = c.id left join case_texts on case_texts.case_id = c.id where ${sql.join(parts, sql` and `)}`
  const cursor = after && /^\d{1,15}$/.test(after) ? sql`and c.id < ${Number(after)}` : sql``
  const { rows } = await sql<ListedCase & { count: number }>`
    select c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.outcome, c.confidential, c.received_at as "receivedAt", c.closed_at as "closedAt", c.due_on as "dueOn", ${list.about.sql} as about, (select count(*) ${from}) as count
    ${from} ${cursor} order by c.id desc limit ${pageSize + 1}`.execute(reader)
  const page = rows.slice(0, pageSize)
  return { rows: page, count: rows[0]?.count ?? 0, next: rows.length > pageSize ? String(page.at(-1)!.id) : null }
}

/** The list page: search, filters, stage, whom it waits for, due day. */
export async function caseListPage<State extends StepState>(request: StaffRequest, procedure: Procedure<State>, list: CaseList): Promise<Reply> {
  const { db, person, query, today } = request
  const filter: Filter = { stage: query.stage, query: query.q?.slice(0, 100), all: query.all === 'yes', overdue: query.overdue === 'yes', mine: query.mine === 'yes' }
  const page = await findCaseList(db, person, procedure, list, filter, today, query.after)
  const kept = Object.fromEntries(Object.entries({ stage: query.stage, q: query.q, all: filter.all ? 'yes' : '', overdue: filter.overdue ? 'yes' : '', mine: filter.mine ? 'yes' : '' }).filter((one): one is [string, string] => Boolean(one[1])))
  const address = (more: Record<string, string>) => `${procedure.listPath}?${new URLSearchParams({ ...kept, ...more })}`
  const filtered = Object.keys(kept).length > 0
  const stages = Object.entries(procedure.stages).filter(([stage]) => stage !== 'unconfirmed' && stage !== 'lapsed')
  return consolePage(request, {
    title: procedure.title,
    heading: procedure.title,
    current: procedure.listPath,
    actions: list.actions?.(request),
    children: (
      <>
        <FilterBar action={procedure.listPath} clearHref={procedure.listPath} active={[]}>
          <TextInput name="q" type="search" label="關鍵字" value={query.q} width={10} />
          <Select name="stage" label="階段" value={query.stage} empty="全部" options={stages.map(([value, text]) => ({ value, text }))} />
          <Checkboxes name="overdue" label="期限" labelSize="hidden" values={filter.overdue ? ['yes'] : []} options={[{ value: 'yes', text: '只看逾期的' }]} />
          {list.mine && <Checkboxes name="mine" label="單位" labelSize="hidden" values={filter.mine ? ['yes'] : []} options={[{ value: 'yes', text: '只看我的單位' }]} />}
          <Checkboxes name="all" label="範圍" labelSize="hidden" values={filter.all ? ['yes'] : []} options={[{ value: 'yes', text: '含已結案' }]} />
        </FilterBar>
        {list.above}
        <Toolbar count={page.count} unit={list.unit ?? '件'} />
        <Table<ListedCase>
          caption={procedure.title}
          captionHidden
          rows={page.rows}
          rowKey={(row) => row.followNo}
          rowHref={(row) => procedure.path(nameOf(row))}
          empty={<EmptyState title={filtered ? '沒有符合的案件' : '目前沒有辦理中的案件'} action={filtered ? <a href={procedure.listPath}>看全部辦理中的</a> : <a href={`${procedure.listPath}?all=yes`}>看已結案的</a>}>{filtered ? '少用一個條件看看。' : list.empty}</EmptyState>}
          columns={[
            { heading: '案號', cell: (row) => <a class="nowrap number" href={procedure.path(nameOf(row))}>{row.number ?? '未收案'}</a>, width: 'fit' },
            { heading: '案由', cell: (row) => <>{row.title}{row.confidential && <> <Tag tone="danger">保密</Tag></>}</>, rowHeader: true, width: 'grow' },
            { heading: list.about.heading, cell: (row) => row.about ?? '—', wideOnly: true },
            { heading: '收件', cell: (row) => <DayText day={dayOf(row.receivedAt)} />, width: 'fit', wideOnly: true },
            { heading: '階段', cell: (row) => <CaseTag procedure={procedure} stage={row.stage} outcome={row.outcome} />, width: 'fit' },
            { heading: '等誰', cell: (row) => (row.outcome ? '—' : (procedure.turns[row.stage] ?? '—')), width: 'fit', wideOnly: true },
            { heading: '期限', cell: (row) => <Due row={row} today={today} />, width: 'fit' },
          ]}
        />
        <Pagination previous={query.after ? address({}) : null} next={page.next && address({ after: page.next })} />
      </>
    ),
  })
}

function Due({ row, today }: { row: ListedCase; today: Day }) {
  const due = dueState(row, today)
  return due && row.dueOn ? <DueDate day={row.dueOn} state={due.state} left={due.left} short /> : <>—</>
}

/** Where a case stands, or how it ended. */
export function CaseTag<State extends StepState>({ procedure, stage, outcome }: { procedure: Procedure<State>; stage: string; outcome: string | null }) {
  if (outcome) return <Tag tone={procedure.well?.includes(outcome) ? 'done' : 'ended'}>{procedure.outcomes[outcome] ?? outcome}</Tag>
  const waits = !['本府', '法制', '消保官', '主辦'].some((own) => procedure.turns[stage]?.includes(own))
  return <Tag tone={waits ? 'waiting' : 'active'}>{procedure.stages[stage] ?? stage}</Tag>
}
