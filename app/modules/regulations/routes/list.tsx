import { holds } from '../../../core/identity/permissions.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Checkboxes, Select } from '../../../ui/components/choices.tsx'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Pagination } from '../../../ui/components/pagination.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { listPath, newPath, regulationPath } from '../paths.ts'
import { findRegulations, type ListedRegulation } from '../queries.ts'
import { instruments, stages } from '../schema.ts'
import { StageTag } from '../stage-tag.tsx'

async function list(request: StaffRequest): Promise<Reply> {
  const { db, person, query } = request
  const filter = { stage: query.stage, instrument: query.instrument, query: query.q?.slice(0, 100), all: query.all === 'yes' }
  const page = await findRegulations(db, person, filter, query.after)
  const kept = { ...(query.stage ? { stage: query.stage } : {}), ...(query.instrument ? { instrument: query.instrument } : {}), ...(query.q ? { q: query.q } : {}), ...(filter.all ? { all: 'yes' } : {}) }
  const address = (more: Record<string, string>) => `${listPath}?${new URLSearchParams({ ...kept, ...more })}`
  return consolePage(request, {
    title: '法規案',
    heading: '法規案',
    current: listPath,
    actions: holds(person, 'regulations.propose') ? <ButtonLink href={newPath}>提出法規案</ButtonLink> : undefined,
    children: (
      <>
        <FilterBar action={listPath} clearHref={listPath} active={[]}>
          <TextInput name="q" type="search" label="關鍵字" value={query.q} width={10} />
          <Select name="stage" label="階段" value={query.stage} empty="全部" options={Object.entries(stages).map(([value, text]) => ({ value, text }))} />
          <Select name="instrument" label="種類" value={query.instrument} empty="全部" options={Object.entries(instruments).map(([value, text]) => ({ value, text }))} />
          <Checkboxes name="all" label="範圍" labelSize="hidden" values={filter.all ? ['yes'] : []} options={[{ value: 'yes', text: '含已結案' }]} />
        </FilterBar>
        <Toolbar count={page.count} unit="件" />
        <Table<ListedRegulation>
          caption="法規案"
          captionHidden
          rows={page.rows}
          rowKey={(row) => row.number}
          rowHref={(row) => regulationPath(row.number)}
          empty={<EmptyState title={Object.keys(kept).length ? '沒有符合的法規案' : '目前沒有辦理中的法規案'} action={Object.keys(kept).length ? <a href={listPath}>看全部辦理中的</a> : <a href={`${listPath}?all=yes`}>看已結案的</a>}>{Object.keys(kept).length ? '少用一個條件看看。' : '提出的法規案會列在這裡。'}</EmptyState>}
          columns={[
            { heading: '案號', cell: (row) => <a class="nowrap number" href={regulationPath(row.number)}>{row.number}</a>, width: 'fit' },
            { heading: '案由', cell: (row) => row.title, rowHeader: true, width: 'grow' },
            { heading: '種類', cell: (row) => instruments[row.instrument], width: 'fit', wideOnly: true },
            { heading: '主辦單位', cell: (row) => row.unit ?? '—', wideOnly: true },
            { heading: '階段', cell: (row) => <StageTag stage={row.stage} outcome={row.outcome} />, width: 'fit' },
            { heading: '期限', cell: (row) => (row.dueOn ? <DayText day={row.dueOn} /> : '—'), width: 'fit' },
            { heading: '公布', cell: (row) => (row.promulgatedOn ? <DayText day={row.promulgatedOn} /> : '—'), width: 'fit', wideOnly: true },
          ]}
        />
        <Pagination previous={query.after ? address({}) : null} next={page.next && address({ after: page.next })} />
      </>
    ),
  })
}

export const routes = [get(listPath, 'regulations.read', list)]
