import { findCategories, findLaws, hasNational, findNames, type FoundArticle, type LawFilter, latestChanges, type ListedLaw, searchArticles } from '../../../core/laws/queries.ts'
import { findCitations } from '../../../core/laws/citations.ts'
import { lawKinds } from '../../../core/laws/tables.ts'
import { articleName } from '../../../core/laws/text.ts'
import { searchTerms } from '../../../core/search/text.ts'
import { get, type PageRequest, type Reply } from '../../../core/web/route.ts'
import { Select } from '../../../ui/components/choices.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { EmptyState, WarningText } from '../../../ui/components/notes.tsx'
import { Pagination } from '../../../ui/components/pagination.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { articlePath, feedPath, filteredPublicPath, lawPath, noticesPath, publicPath } from '../paths.ts'
import { changeWords } from './words.ts'
import { dayAsked, lawsPage } from './page.tsx'

/** Regulations by name, kind and matter; the words of their articles; and what was promulgated last. */
async function list(request: PageRequest): Promise<Reply> {
  const { query, publicDb, today } = request
  const { on, isToday, wrong } = dayAsked(query.on, today)
  const state = query.state === 'repealed' ? 'repealed' : 'in-force'
  const q = query.q?.trim().slice(0, 100) ?? ''
  const filter: LawFilter = { kind: query.kind, category: query.category, query: q, state, on }
  const [page, categories, articles, latest] = await Promise.all([
    findLaws(publicDb, filter, query.after), findCategories(publicDb), q ? searchArticles(publicDb, q, on, query.kind === 'national') : null, q || query.kind || query.category || query.after ? [] : latestChanges(publicDb, 6),
  ])
  const cited = q ? await citedArticle(request, q) : null
  const inAddress = { q, kind: query.kind, category: query.category, state: state === 'repealed' ? state : undefined, on: isToday ? undefined : on }
  const without = (name: string) => filteredPublicPath({ ...inAddress, [name]: undefined })
  const labels = { q: q && `「${q}」`, kind: query.kind && lawKinds[query.kind as keyof typeof lawKinds], category: query.category, state: state === 'repealed' ? '已廢止或失效' : '', on: isToday ? '' : `${on} 的條文` }
  const active = Object.entries(labels).flatMap(([name, label]) => (label ? [{ label, removeHref: without(name) }] : []))
  return lawsPage(request, {
    title: '本縣法規',
    children: (
      <>
        <h1>本縣法規</h1>
        <p class="lead">自治條例、自治規則和行政規則的條文。可以看任何一天有效的條文，也可以比較兩個日期。<a href={noticesPath}>看預告中的草案</a></p>
        {wrong && <WarningText>{wrong}，先顯示今天的條文。</WarningText>}
        <FilterBar action={publicPath} active={active} clearHref={publicPath} submit="查詢">
          <TextInput name="q" type="search" label="名稱、條文或條號" hint="例：公園、罰鍰、訴願法第 14 條" value={q} width={20} />
          <Select name="kind" label="種類" value={query.kind} empty="本縣法規" options={Object.entries(lawKinds).map(([value, text]) => ({ value, text }))} />
          <Select name="category" label="分類" value={query.category} empty="全部" options={categories.map((value) => ({ value, text: value }))} />
          <Select name="state" label="狀態" value={state} options={[{ value: 'in-force', text: '現行' }, { value: 'repealed', text: '已廢止或失效' }]} />
          <TextInput name="on" label="哪一天" hint="空白是今天" value={query.on} width={5} />
        </FilterBar>
        {q && query.kind !== 'national' && (await hasNational(publicDb)) && <p><a href={filteredPublicPath({ ...inAddress, kind: 'national' })}>在中央法規裡找「{q}」</a></p>}
        {cited && <p><a href={articlePath(cited.code, cited.no, isToday ? null : on)}>前往{cited.name}{articleName(cited.no, 'article')}</a></p>}
        <Toolbar count={page.count} unit="種"><a href={feedPath} type="application/atom+xml">訂閱異動（Atom）</a></Toolbar>
        {page.rows.length === 0 && <Nothing q={q} found={(articles?.count ?? 0) > 0} />}
        {page.rows.length > 0 && <ul class="results">{page.rows.map((row) => <Law key={row.id} row={row} on={isToday ? null : on} />)}</ul>}
        <Pagination previous={query.after ? filteredPublicPath(inAddress) : null} next={page.next && filteredPublicPath({ ...inAddress, after: page.next })} />
        {articles && articles.count > 0 && <Articles found={articles} q={q} on={isToday ? null : on} />}
        {latest.length > 0 && (
          <>
            <h2>最近異動</h2>
            <ul>{latest.map((change) => <li key={change.id}><DayText day={change.promulgated_on} /> {changeWords(change.kind, change.law_kind)} <a href={lawPath(change.code)}>{change.name}</a></li>)}</ul>
          </>
        )}
      </>
    ),
  })
}

async function citedArticle({ publicDb }: PageRequest, q: string): Promise<{ name: string; code: string; no: string } | null> {
  const names = await findNames(publicDb)
  const cited = findCitations(q, { names: names.keys() }).find(({ law }) => law !== null && names.has(law))
  return cited ? { name: cited.law!, code: names.get(cited.law!)!, no: cited.article } : null
}

function Nothing({ q, found }: { q: string; found: boolean }) {
  if (found) return <p>沒有名稱符合的法規，條文符合的在下面。</p>
  if (q) return <EmptyState title="沒有符合的法規" action={<a href={publicPath}>看全部</a>}>換個字，或少選一個條件看看。</EmptyState>
  return <EmptyState title="還沒有法規">公布的法規會列在這裡。</EmptyState>
}

function Law({ row, on }: { row: ListedLaw; on: string | null }) {
  return (
    <li>
      <h2><a href={lawPath(row.code, on)}>{row.name}</a></h2>
      <p class="muted">{[lawKinds[row.kind], row.category, row.unit_name].filter(Boolean).join('．')}．<DayText day={row.last_on} />{changeWords(row.last_kind, row.kind)} {row.repealed && <Tag tone="ended">已失效</Tag>}</p>
    </li>
  )
}

function Articles({ found, q, on }: { found: { rows: FoundArticle[]; count: number }; q: string; on: string | null }) {
  return (
    <>
      <h2>條文裡有「{q}」的 {found.count} 條</h2>
      {found.count > found.rows.length && <p class="muted">先列出 {found.rows.length} 條，多打幾個字可以縮小範圍。</p>}
      <ul class="results">
        {found.rows.map((row) => (
          <li key={row.code + row.no}>
            <h3><a href={articlePath(row.code, row.no, on)}>{row.name}{articleName(row.no, 'article')}</a></h3>
            <p>{around(row.body, q)}</p>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The words around the first term that is found. */
function around(body: string, q: string): string {
  const text = body.replace(/\s+/g, ' ')
  const at = Math.max(0, ...searchTerms(q).map((term) => text.toLowerCase().indexOf(term)))
  const from = Math.max(0, at - 30)
  return `${from > 0 ? '…' : ''}${text.slice(from, from + 110)}${from + 110 < text.length ? '…' : ''}`
}

export const routes = [get(publicPath, 'public', list)]
