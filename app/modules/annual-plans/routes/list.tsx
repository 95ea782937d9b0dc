import { holds } from '../../../core/identity/permissions.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Pagination } from '../../../ui/components/pagination.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { ProposalTag, Thousands } from '../parts.tsx'
import { cutPath, decisionPath, newProposalPath, proposalPath, proposalsPath, reviewersPath, roundPath, roundsPath, sheetsPath } from '../paths.ts'
import { findProposals, findRound, type ListedProposal } from '../queries.ts'
import { seesWhole } from '../review-queries.ts'
import { categories, kinds, outcomes, stages } from '../schema.ts'

async function list(request: StaffRequest): Promise<Reply> {
  const { db, person, query, today } = request
  const round = await findRound(db, Number(request.params.year))
  const units = await db.selectFrom('units').select(['id', 'name']).where('parent_id', 'is', null).where('valid_until', 'is', null).orderBy('code').execute()
  const unitId = /^\d{1,9}$/.test(query.unit ?? '') ? Number(query.unit) : undefined
  const kept = { q: query.q, state: query.state, category: query.category, unit: query.unit }
  const page = await findProposals(db, person, round.id, { state: query.state, category: query.category, unitId, query: query.q?.slice(0, 100) }, query.after)
  const filtered = Object.values(kept).some(Boolean)
  const open = today <= round.dueOn
  const manages = holds(person, 'annual-plans.manage')
  return consolePage(request, {
    title: `${round.year} 年度施政計畫先期作業`, heading: `${round.year} 年度施政計畫先期作業`, current: roundsPath, breadcrumbs: [{ text: '施政計畫先期作業', href: roundsPath }, { text: `${round.year} 年度` }],
    headingNote: <>提報期限 <DayText day={round.dueOn} />{!open && '（已過）'}</>,
    actions: (
      <>
        {manages && <ButtonLink href={roundPath(round.year, 'deadline')} kind="secondary">改期限</ButtonLink>}
        {holds(person, 'annual-plans.propose') && <ButtonLink href={newProposalPath(round.year)} {...(open ? {} : { reason: '提報期限已過，請洽研考單位' })}>提報計畫</ButtonLink>}
      </>
    ),
    children: (
      <>
        <FilterBar action={roundPath(round.year)} clearHref={roundPath(round.year)} active={[]}>
          <TextInput name="q" type="search" label="關鍵字" value={query.q} width={10} />
          <Select name="state" label="情形" value={query.state} empty="全部" options={Object.entries({ ...stages, 'to-review': '待我評分', ...outcomes }).filter(([value]) => value !== 'closed').map(([value, text]) => ({ value, text }))} />
          <Select name="category" label="類別" value={query.category} empty="全部" options={Object.entries(categories).map(([value, text]) => ({ value, text }))} />
          <Select name="unit" label="主辦單位" value={query.unit} empty="全部" options={units.map(({ id, name }) => ({ value: String(id), text: name }))} />
        </FilterBar>
        <Toolbar count={page.count} unit="件">{(await seesWhole(db, person, round.id)) && <><a href={cutPath(round.year)}>切線</a><a href={sheetsPath(round.year)}>決議單</a></>}<a href={decisionPath(round.year)}>審定清單</a>{manages && <a href={reviewersPath(round.year)}>審查人員</a>}<span>{round.year} 年度經費合計 <Money twd={page.askedTwd} rounded /></span></Toolbar>
        <Table<ListedProposal>
          caption={`${round.year} 年度計畫提報`} captionHidden rows={page.rows} rowKey={(row) => row.number} rowHref={(row) => proposalPath(row.number)}
          empty={<EmptyState title={filtered ? '沒有符合的提報' : '還沒有提報'}>{filtered ? '少選一個條件看看。' : '單位提報的計畫會列在這裡。'}</EmptyState>}
          columns={[
            { heading: '案號', cell: (row) => <a class="nowrap number" href={proposalPath(row.number)}>{row.number}</a>, width: 'fit' },
            { heading: '計畫', cell: (row) => <>{row.title}<p class="muted small">{categories[row.category]}．{kinds[row.kind]}</p></>, rowHeader: true, width: 'grow' },
            { heading: '主辦', cell: (row) => row.unit ?? '—', width: 'fit' },
            { heading: '順序', cell: (row) => row.priority, numeric: true, wideOnly: true },
            { heading: '需求（千元）', cell: (row) => <Thousands twd={row.askedTwd} />, numeric: true },
            { heading: '全期（千元）', cell: (row) => <Thousands twd={row.totalTwd} />, numeric: true, wideOnly: true },
            { heading: '情形', cell: (row) => <ProposalTag stage={row.stage} outcome={row.outcome} />, width: 'fit' },
          ]}
        />
        <Pagination previous={query.after ? proposalsPath(round.year, kept) : null} next={page.next && proposalsPath(round.year, { ...kept, after: page.next })} />
      </>
    ),
  })
}

export const routes = [get(`${roundsPath}/:year`, 'annual-plans.read', list)]
