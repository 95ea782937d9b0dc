import { NotFound } from '../../../core/errors.ts'
import { readDocument } from '../../../core/documents/store.ts'
import { dayOf } from '../../../core/time.ts'
import { portalPage } from '../../../core/web/pages.tsx'
import { file, get, type PageRequest, type Reply, type Route } from '../../../core/web/route.ts'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { BeforeAfter } from '../parts.tsx'
import { filteredPublicPath, publicItemPath, publicPath, publicPicturePath } from '../paths.ts'
import { findAchievement, findAchievements, publishedYears } from '../queries.ts'
import { evidenceKinds, townships, wholeCounty } from '../schema.ts'
import type { Achievement } from '../tables.ts'

const title = '施政成果'
const lead = '縣府完成了哪些您感受得到的改變，改善前後各是什麼樣子。'

/** What was achieved, by year and township, with pictures before and after. */
async function list(request: PageRequest): Promise<Reply> {
  const years = await publishedYears(request.publicDb)
  const year = years.find((each) => String(each.year) === request.query.year)?.year ?? years[0]?.year
  if (year === undefined) return portalPage(request, { title, current: publicPath, children: <><h1>{title}</h1><EmptyState title="還沒有公開的成果">完成的項目核可後會列在這裡。</EmptyState></> })
  const places: readonly string[] = [...townships, wholeCounty]
  const township = places.includes(request.query.township ?? '') ? request.query.township! : null
  const rows = await findAchievements(request.publicDb, year, township)
  return portalPage(request, {
    title, current: publicPath, wide: true,
    children: (
      <>
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        <FilterBar action={publicPath} submit="看這些">
          <Select name="year" label="年度" value={String(year)} options={years.map((each) => ({ value: String(each.year), text: `${each.year} 年（${each.count} 項）` }))} />
          <Select name="township" label="鄉鎮" value={township} empty="全部" options={places.map((text) => ({ value: text, text }))} />
        </FilterBar>
        <Toolbar count={rows.length} unit="項" />
        {rows.length === 0 && <EmptyState title={`${year} 年${township ?? ''}還沒有公開的成果`} action={<a href={filteredPublicPath({ year })}>看全部鄉鎮</a>}>換一個年度或鄉鎮看看。</EmptyState>}
        {rows.map((row) => (
          <Card key={row.number} title={<a href={publicItemPath(row.number)}>{row.title}</a>}>
            <p class="muted">{[row.township ?? wholeCounty, row.unit].filter(Boolean).join('．')}</p>
            <BeforeAfter pictures={picturesOf(row)} noBefore={row.no_before} noAfter={row.no_after} />
            <p>{firstOf(row.text)}</p>
          </Card>
        ))}
      </>
    ),
  })
}

/** The first paragraph. */
const firstOf = (text: string): string => text.split('\n').find((line) => line.trim()) ?? ''

const picturesOf = (row: Achievement) => (['before', 'after'] as const).map((which) => (row[`${which}_sha256`] ? { src: publicPicturePath(row.number, which), alt: `${row.title}，${evidenceKinds[which]}`, label: evidenceKinds[which] } : null))

async function show(request: PageRequest): Promise<Reply> {
  const row = await published(request)
  return portalPage(request, {
    title: row.title, current: publicPath, breadcrumbs: [{ text: title, href: filteredPublicPath({ year: row.roc_year }) }, { text: row.title }],
    children: (
      <>
        <h1>{row.title}</h1>
        <SummaryList columns={3} rows={[{ key: '年度', value: `${row.roc_year} 年` }, { key: '地方', value: row.township ?? wholeCounty }, { key: '主辦', value: row.unit ?? '—' }]} />
        <BeforeAfter pictures={picturesOf(row)} noBefore={row.no_before} noAfter={row.no_after} />
        <Letter text={row.text} />
        <p class="muted small"><DayText day={dayOf(new Date(row.published_at))} /> 公開</p>
      </>
    ),
  })
}

async function published(request: PageRequest): Promise<Achievement> {
  const row = await findAchievement(request.publicDb, request.params.number!)
  if (!row) throw new NotFound('找不到這項成果，或是已經下架')
  return row
}

/** A picture as it was approved; nothing else of the item's files is public. */
async function picture(request: PageRequest, which: 'before' | 'after'): Promise<Reply> {
  const row = await published(request)
  const sha256 = row[`${which}_sha256`]
  if (!sha256) throw new NotFound('這項沒有這張照片')
  return file(await readDocument(sha256), row[`${which}_type`]!, undefined, true)
}

export const routes: Route[] = [
  get(publicPath, 'public', list),
  get(`${publicPath}/:number`, 'public', show),
  get(`${publicPath}/:number/before`, 'public', (request) => picture(request, 'before')),
  get(`${publicPath}/:number/after`, 'public', (request) => picture(request, 'after')),
]
export const portal = [{ label: title, path: publicPath, about: lead }]
