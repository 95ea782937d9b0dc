import { NotFound } from '../../../core/errors.ts'
import { isPaperForm, paperReply } from '../../../core/reports/paper/reply.ts'
import { portalPage } from '../../../core/web/pages.tsx'
import { get, type PageRequest, type Reply, type Route } from '../../../core/web/route.ts'
import { ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Pagination } from '../../../ui/components/pagination.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { publishedPaper } from '../decision/paper.ts'
import { decisionsPath, publishedPath } from '../paths.ts'
import { decisions, outcomes } from '../schema.ts'
import { findDecisionChoices, findPublishedDecision, findPublishedDecisions } from './queries.ts'

const address = (values: Record<string, string | null | undefined>) => {
  const found = new URLSearchParams(Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return found.size ? `${decisionsPath}?${found}` : decisionsPath
}

/** 訴願決定書: what was published, by word, agency, outcome and year. */
async function list(request: PageRequest): Promise<Reply> {
  const { query, publicDb } = request
  const filters = { query: query.q?.trim().slice(0, 100), agency: query.agency, decision: query.decision, year: query.year }
  const [page, choices] = await Promise.all([findPublishedDecisions(publicDb, filters, query.after), findDecisionChoices(publicDb)])
  const inAddress = { q: filters.query, agency: query.agency, decision: query.decision, year: query.year }
  const labels: Record<string, string | undefined> = { q: filters.query && `「${filters.query}」`, agency: query.agency, decision: query.decision && outcomes[query.decision as keyof typeof outcomes], year: query.year && `${query.year} 年` }
  const active = Object.entries(labels).flatMap(([name, label]) => (label ? [{ label, removeHref: address({ ...inAddress, [name]: null }) }] : []))
  return portalPage(request, {
    title: '訴願決定書',
    current: decisionsPath,
    children: (
      <>
        <h1>訴願決定書</h1>
        <p class="lead">本府作成的訴願決定，遮去個人資料後公開（政府資訊公開法第 7 條第 1 項第 7 款）。</p>
        <FilterBar action={decisionsPath} active={active} clearHref={decisionsPath} submit="查詢">
          <TextInput name="q" type="search" label="關鍵字" hint="案由、主文、理由或案號" required={false} value={filters.query} width={20} />
          <Select name="agency" label="原處分機關" value={query.agency} empty="全部" required={false} options={choices.agencies.map((value) => ({ value, text: value }))} />
          <Select name="decision" label="決定" value={query.decision} empty="全部" required={false} options={decisions.map((value) => ({ value, text: outcomes[value] }))} />
          <Select name="year" label="年度" value={query.year} empty="全部" required={false} options={choices.years.map((value) => ({ value, text: `${value} 年` }))} />
        </FilterBar>
        <Toolbar count={page.count} unit="件">{null}</Toolbar>
        {page.rows.length === 0 && (active.length ? <EmptyState title="沒有符合的決定書" action={<a href={decisionsPath}>看全部</a>}>換個字，或少選一個條件看看。</EmptyState> : <EmptyState title="還沒有公開的決定書">決定書送達並遮去個人資料後會列在這裡。</EmptyState>)}
        {page.rows.length > 0 && (
          <ul class="results">
            {page.rows.map((row) => (
              <li key={row.id}>
                <h2><a href={publishedPath(row.number)}>{row.title}</a></h2>
                <p class="muted"><span class="nowrap number">{row.number}</span>．<DayText day={row.decided_on} />．{row.agency}．{outcomes[row.decision]}</p>
                <p>{row.main.replaceAll('\n', '')}</p>
              </li>
            ))}
          </ul>
        )}
        <Pagination previous={query.after ? address(inAddress) : null} next={page.next && address({ ...inAddress, after: page.next })} />
      </>
    ),
  })
}

async function find(request: PageRequest) {
  const one = await findPublishedDecision(request.publicDb, request.params.number!)
  if (!one) throw new NotFound('沒有這件公開的決定書，可能還沒有公開或已經下架')
  return one
}

/** One decision at its permanent address. */
async function show(request: PageRequest): Promise<Reply> {
  const one = await find(request)
  return portalPage(request, {
    title: `${one.title}（${one.number}）`,
    current: decisionsPath,
    breadcrumbs: [{ text: '訴願決定書', href: decisionsPath }, { text: one.number }],
    children: (
      <>
        <h1>{one.title}</h1>
        <SummaryList rows={[{ key: '案號', value: one.number }, { key: '決定日期', value: <DayText day={one.decided_on} long /> }, { key: '原處分機關', value: one.agency }, { key: '決定', value: outcomes[one.decision] }]} />
        <h2>主文</h2><Letter text={one.main} serif />
        {one.facts && <><h2>事實</h2><Letter text={one.facts} serif /></>}
        <h2>理由</h2><Letter text={one.reasons} serif />
        {one.members.length > 0 && <><h2>訴願審議委員會</h2><p>{one.members.join('、')}</p></>}
        <p class="muted">這是去識別化的版本，不是送達的正本，不得據以起算救濟期間。</p>
        <ButtonGroup><ButtonLink href={publishedPath(one.number, 'pdf')} kind="secondary" download>PDF</ButtonLink><ButtonLink href={publishedPath(one.number, 'odt')} kind="secondary" download>ODT</ButtonLink></ButtonGroup>
      </>
    ),
  })
}

async function download(request: PageRequest): Promise<Reply> {
  const one = await find(request)
  const { form } = request.params
  if (!isPaperForm(form)) throw new NotFound('沒有這種格式')
  return paperReply(publishedPaper(one, request.site.county), form, `訴願決定書-${one.number}`)
}

export const routes: Route[] = [get(decisionsPath, 'public', list), get(`${decisionsPath}/:number`, 'public', show), get(`${decisionsPath}/:number/text.:form`, 'public', download, { limit: 20 })]
/** At the foot of every page and from the page on appeals: the navigation on top is long enough. */
export const portal = [{ label: '訴願決定書', path: decisionsPath, footer: 'only' as const }]
