import { Cited } from '../../../../core/laws/cited.tsx'
import { NotFound } from '../../../../core/errors.ts'
import { rocMonth } from '../../../../core/time.ts'
import { file, get, type PageRequest, type Reply, type Route } from '../../../../core/web/route.ts'
import { Select } from '../../../../ui/components/choices.tsx'
import { FilterBar, Toolbar } from '../../../../ui/components/filter-bar.tsx'
import { EmptyState } from '../../../../ui/components/notes.tsx'
import { Letter } from '../../../../ui/components/law.tsx'
import { Pagination } from '../../../../ui/components/pagination.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { DayText } from '../../../../ui/components/time.tsx'
import { residentPage } from '../../filing/page.tsx'
import { newPath } from '../../filing/paths.ts'
import type { PublishedPetitionView } from '../../tables.ts'
import { atomFeed } from '../feed.ts'
import { feedPath, filteredPublishedPath, publicationPath, publishedPath } from '../paths.ts'
import { type Filters, findChoices, findPublication, findPublished, latestPublished } from '../queries.ts'

/** What residents agreed to share, without personal data: read only from the published copies. */
async function list(request: PageRequest): Promise<Reply> {
  const { query, publicDb } = request
  const filters: Filters = { ...(query.category ? { category: query.category } : {}), ...(query.township ? { township: query.township } : {}), ...(query.month ? { month: query.month } : {}), ...(query.q?.trim() ? { query: query.q.slice(0, 100) } : {}) }
  const [page, choices] = await Promise.all([findPublished(publicDb, filters, query.after), findChoices(publicDb)])
  const inAddress = { category: filters.category, township: filters.township, month: filters.month, q: filters.query }
  const without = (name: string) => filteredPublishedPath({ ...inAddress, [name]: undefined })
  const names = { category: filters.category, township: filters.township, month: filters.month && rocMonth(filters.month), q: filters.query && `「${filters.query}」` }
  const active = Object.entries(names).flatMap(([name, label]) => (label ? [{ label, removeHref: without(name) }] : []))
  return residentPage(request, 'zh', {
    title: '公開的陳情與答復',
    current: publishedPath,
    children: (
      <>
        <h1>公開的陳情與答復</h1>
        <p class="lead">這些是陳情人同意公開、遮去個人資料後的內容。您的問題也許已經有答案。</p>
        <FilterBar action={publishedPath} active={active} clearHref={publishedPath} submit="查詢">
          <TextInput name="q" type="search" label="關鍵字" value={filters.query} width={20} />
          <Select name="category" label="類別" value={filters.category} empty="全部" options={choices.categories.map(same)} />
          <Select name="township" label="鄉鎮" value={filters.township} empty="全部" options={choices.townships.map(same)} />
          <Select name="month" label="辦結月份" value={filters.month} empty="全部" options={choices.months.map((value) => ({ value, text: rocMonth(value) }))} />
        </FilterBar>
        {page.rows.length > 0 && <Toolbar count={page.count}><a href={feedPath} type="application/atom+xml">訂閱（Atom）</a></Toolbar>}
        {page.rows.length === 0 && <Nothing filtered={active.length > 0} />}
        {page.rows.length > 0 && <ul class="results">{page.rows.map((row) => <Row key={row.id} row={row} />)}</ul>}
        <Pagination previous={query.after ? filteredPublishedPath(inAddress) : null} next={page.next && filteredPublishedPath({ ...inAddress, after: page.next })} />
      </>
    ),
  })
}

const same = (value: string) => ({ value, text: value })

function Nothing({ filtered }: { filtered: boolean }) {
  if (filtered) return <EmptyState title="沒有符合的內容" action={<a href={publishedPath}>看全部</a>}>換個關鍵字，或少選一個條件看看。</EmptyState>
  return <EmptyState title="還沒有公開的陳情" action={<a href={newPath('zh')}>提出陳情</a>}>陳情人同意公開的答復，遮去個人資料後會放在這裡。</EmptyState>
}

function Row({ row }: { row: PublishedPetitionView }) {
  return (
    <li>
      <h2><a href={publicationPath(row.id)}>{row.title}</a></h2>
      <Facts row={row} />
      <p>{start(row.question, 90)}</p>
    </li>
  )
}

function Facts({ row }: { row: PublishedPetitionView }) {
  const facts = [row.category, row.township, row.unit_name].filter(Boolean)
  return <p class="muted">{facts.join('．')}．<DayText day={row.closed_on} />答復</p>
}

function start(text: string, characters: number): string {
  const all = [...text.replace(/\s+/g, ' ')]
  return all.length > characters ? `${all.slice(0, characters).join('')}…` : all.join('')
}

async function show(request: PageRequest): Promise<Reply> {
  const row = await findPublication(request.publicDb, request.params.id!)
  if (!row) throw new NotFound('這件陳情沒有公開，或已經下架')
  return residentPage(request, 'zh', {
    title: row.title,
    current: publishedPath,
    breadcrumbs: [{ text: '公開的陳情與答復', href: publishedPath }, { text: row.title }],
    children: (
      <>
        <h1>{row.title}</h1>
        <Facts row={row} />
        <h2>陳情內容</h2>
        <Letter text={row.question} />
        <h2>{row.unit_name}的答復</h2>
        <Letter serif><Cited text={row.answer} on={row.closed_on} /></Letter>
        <p class="muted small">〔　〕和 ○○ 是為了保護個人資料而遮去的地方。答復以當時的法令和事實為準。</p>
      </>
    ),
  })
}

async function feed(request: PageRequest): Promise<Reply> {
  const rows = await latestPublished(request.publicDb, 30)
  return file(atomFeed(rows, { origin: request.origin, county: request.site.county, now: request.now }), 'application/atom+xml; charset=utf-8', undefined, true)
}

export const routes: Route[] = [get(publishedPath, 'public', list), get(feedPath, 'public', feed), get(publicationPath(':id'), 'public', show)]
