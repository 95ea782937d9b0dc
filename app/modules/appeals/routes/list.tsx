import { holds } from '../../../core/identity/permissions.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import type { Day } from '../../../core/time.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { Checkboxes, Select } from '../../../ui/components/choices.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Pagination } from '../../../ui/components/pagination.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { appealPath, listPath, newPath } from '../paths.ts'
import { findAgencyNames, findAppeals, type ListedAppeal, waitings } from '../queries.ts'
import { outcomes, stages } from '../schema.ts'
import { StageTag } from '../stage-tag.tsx'
import { clockName, waitsFor } from '../waits-for.ts'

async function list(request: StaffRequest): Promise<Reply> {
  const { db, person, query, today } = request
  const filter = { stage: query.stage, agency: query.agency, outcome: query.outcome, waits: query.waits, today, query: query.q?.slice(0, 100), all: query.all === 'yes' }
  const page = await findAppeals(db, person, filter, query.after)
  const kept = Object.fromEntries(Object.entries({ stage: query.stage, agency: query.agency, outcome: query.outcome, waits: query.waits, q: query.q, all: filter.all ? 'yes' : '' }).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  const address = (more: Record<string, string>) => `${listPath}?${new URLSearchParams({ ...kept, ...more })}`
  const options = (of: Record<string, string>) => Object.entries(of).map(([value, text]) => ({ value, text }))
  const filtered = Object.keys(kept).length > 0
  return consolePage(request, {
    title: '訴願案件',
    heading: '訴願案件',
    current: listPath,
    actions: holds(person, 'appeals.register') ? <ButtonLink href={newPath}>登錄訴願</ButtonLink> : undefined,
    children: (
      <>
        <FilterBar action={listPath} clearHref={listPath} active={[]}>
          <TextInput name="q" type="search" label="關鍵字" value={query.q} width={10} />
          <Select name="stage" label="階段" value={query.stage} empty="全部" options={options(stages)} />
          <Select name="agency" label="原處分機關" value={query.agency} empty="全部" options={(await findAgencyNames(db, person)).map((name) => ({ value: name, text: name }))} />
          <Select name="outcome" label="結果" value={query.outcome} empty="全部" options={options(outcomes)} />
          <Select name="waits" label="要處理的" value={query.waits} empty="全部" options={options(waitings)} />
          <Checkboxes name="all" label="範圍" labelSize="hidden" values={filter.all ? ['yes'] : []} options={[{ value: 'yes', text: '含已結案' }]} />
        </FilterBar>
        <Toolbar count={page.count} unit="件" />
        <Table<ListedAppeal>
          caption="訴願案件"
          captionHidden
          rows={page.rows}
          rowKey={(row) => row.name}
          rowHref={(row) => appealPath(row.name)}
          rowTone={(row) => ((row.sideDueOn ?? row.dueOn) !== null && row.outcome === null && [row.sideDueOn, row.dueOn].some((due) => due && due < today) ? 'danger' : undefined)}
          empty={<EmptyState title={filtered ? '沒有符合的訴願' : '目前沒有審理中的訴願'} action={filtered ? <a href={listPath}>看全部審理中的</a> : <a href={`${listPath}?all=yes`}>看已結案的</a>}>{filtered ? '少用一個條件看看。' : '收到的訴願會列在這裡。'}</EmptyState>}
          columns={[
            { heading: '案號', cell: (row) => <a class="nowrap number" href={appealPath(row.name)}>{row.name}</a>, width: 'fit' },
            { heading: '案由', cell: (row) => <>{row.title}{row.confidential && <> <Tag tone="danger">保密</Tag></>}</>, rowHeader: true, width: 'grow' },
            { heading: '原處分機關', cell: (row) => row.agency, wideOnly: true },
            { heading: '提起', cell: (row) => <DayText day={row.filedOn} />, width: 'fit', wideOnly: true },
            { heading: '階段', cell: (row) => <StageTag stage={row.stage} outcome={row.outcome} />, width: 'fit' },
            { heading: '在等誰', cell: (row) => waitsFor(row.stage, row), wideOnly: true },
            { heading: '最近期限', cell: (row) => <Nearest row={row} today={today} />, width: 'fit' },
          ]}
        />
        <Pagination previous={query.after ? address({}) : null} next={page.next && address({ after: page.next })} />
      </>
    ),
  })
}

/** The day that comes first, and what it is the last day of. */
function Nearest({ row, today }: { row: ListedAppeal; today: Day }) {
  if (row.outcome) return <>—</>
  const side = row.sideDueOn && (!row.dueOn || row.sideDueOn <= row.dueOn)
  const day = side ? row.sideDueOn : row.dueOn
  if (!day) return <>—</>
  return <><DayText day={day} /><br /><span class="muted small">{side ? clockName(row.sideRule!) : '作成決定'}</span>{day < today && <> <Tag tone="danger">已過</Tag></>}{side && row.dueOn && row.dueOn < today && <><br /><Tag tone="danger">決定已逾期</Tag></>}</>
}

export const routes = [get(listPath, 'appeals.read', list)]
