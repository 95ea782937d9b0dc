import { read } from '../../../core/db.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { type Day, endOf, parseDay, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { EmptyState, InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { MoneySlip, percent, ProjectGantt, slipText, StateTag } from '../parts.tsx'
import { filteredListPath, listPath, newPath, projectPath, statisticsPath } from '../paths.ts'
import { findProjects, type ListedProject, type ProjectFilter } from '../queries.ts'
import { levels, states } from '../schema.ts'

/** The day asked for, and as of when it was known: a past day shows what was known on its evening, or, by `?known=now`, with what came in since, as the figures of the council report count. */
export function dayAsked(request: StaffRequest): { on: Day; asOf: Date | null; known: 'now' | null; wrong: string | null } {
  const text = request.query.on?.trim()
  const on = text ? parseDay(text) : request.today
  if (!on || on > request.today) return { on: request.today, asOf: null, known: null, wrong: `「${text}」${on ? '在今天以後' : '讀不出日期'}，先顯示今天` }
  const known = request.query.known === 'now' && on !== request.today ? 'now' : null
  return { on, asOf: on === request.today || known ? null : new Date(endOf(on).getTime() - 1), known, wrong: null }
}

/** 資料時點: which reports of a past day count, and the way to the other reading. Nothing for today. */
export function KnownNote({ on, today, asOf, nowHref, otherHref }: { on: Day; today: Day; asOf: Date | null; nowHref: string; otherHref: string }) {
  if (on === today) return null
  return (
    <InsetText>
      <p>資料時點：{asOf ? `${rocDay(on)} 當天晚上所知道的樣子，之後的填報和更正不在裡面。` : `${rocDay(on)} 的情形，連之後才到的填報和更正一起算，和議會報告的統計相同。`}</p>
      <p class="no-print"><a href={otherHref}>{asOf ? '連之後的填報一起看' : '只看當天晚上所知道的'}</a>　<a href={nowHref}>看現在</a></p>
    </InsetText>
  )
}

async function list(request: StaffRequest): Promise<Reply> {
  const { db, person, query } = request
  const { on, asOf, known, wrong } = dayAsked(request)
  const filter: ProjectFilter = { level: query.level, state: query.state, query: query.q?.slice(0, 100) }
  const rows = await read(db, (reader) => findProjects(reader, person, on, filter), asOf)
  const kept = { level: query.level, state: query.state, q: query.q, on: on === request.today ? undefined : rocDay(on), known: known ?? undefined }
  const view = query.view === 'gantt' ? 'gantt' : 'list'
  return consolePage(request, {
    title: '列管計畫',
    heading: '列管計畫',
    current: listPath,
    actions: holds(person, 'control.manage') ? <ButtonLink href={newPath}>新增列管</ButtonLink> : undefined,
    children: (
      <>
        {wrong && <WarningText>{wrong}。</WarningText>}
        <KnownNote on={on} today={request.today} asOf={asOf} nowHref={filteredListPath({ ...kept, on: undefined, known: undefined })} otherHref={filteredListPath({ ...kept, known: known ? undefined : 'now' })} />
        <FilterBar action={listPath} clearHref={listPath} active={[]} keep={{ ...(view === 'gantt' && { view }), ...(known && { known }) }}>
          <TextInput name="q" type="search" label="關鍵字" value={query.q} width={10} />
          <Select name="level" label="類別" value={query.level} empty="全部" options={Object.entries(levels).map(([value, text]) => ({ value, text }))} />
          <Select name="state" label="情形" value={query.state} empty="全部" options={Object.entries(states).map(([value, text]) => ({ value, text }))} />
          <TextInput name="on" label="哪一天" hint="空白是今天" value={query.on} width={5} />
        </FilterBar>
        <Toolbar count={rows.length} unit="案">
          <a href={filteredListPath({ ...kept, view: view === 'gantt' ? undefined : 'gantt' })}>{view === 'gantt' ? '看清單' : '看期程圖'}</a>
          <a href={statisticsPath(kept.on, known)}>統計圖</a>
        </Toolbar>
        {rows.length === 0 ? <EmptyState title="沒有符合的計畫">{query.q || query.level || query.state ? '少選一個條件看看。' : '列管後會列在這裡。'}</EmptyState>
          : view === 'gantt' ? <ProjectGantt projects={rows} today={on} /> : <ProjectTable rows={rows} />}
      </>
    ),
  })
}

function ProjectTable({ rows }: { rows: ListedProject[] }) {
  return (
    <Table<ListedProject>
      caption="列管計畫" captionHidden rows={rows} rowKey={(row) => row.number} rowHref={(row) => projectPath(row.number)} rowTone={(row) => (row.state === 'severe' ? 'danger' : row.state === 'behind' ? 'soon' : undefined)}
      columns={[
        { heading: '案號', cell: (row) => <a class="nowrap number" href={projectPath(row.number)}>{row.number}</a>, width: 'fit' },
        { heading: '計畫', cell: (row) => <>{row.title}<p class="muted small">{levels[row.level]}．<Money twd={row.budgetTwd} rounded />{row.warning && <>．{row.warning}</>}</p></>, rowHeader: true, width: 'grow' },
        { heading: '主辦', cell: (row) => row.unit ?? '—', width: 'fit', wideOnly: true },
        { heading: '情形', cell: (row) => <StateTag state={row.state} overridden={row.overridden} />, width: 'fit' },
        { heading: '比預定', cell: (row) => (row.slip === null ? '—' : <><span class="nowrap">{slipText(row.slip)}{row.slipDays !== null && row.slipDays > 0 && <span class="muted">（{row.slipDays} 日）</span>}</span>{row.slipTwd !== null && row.slipTwd !== 0 && <p class="muted small"><MoneySlip twd={row.slipTwd} /></p>}</>), numeric: true },
        { heading: '實際', cell: (row) => (row.actual === null ? '—' : <>{percent(row.actual)}<p class="muted small nowrap">預定 {percent(row.planned)}</p></>), numeric: true },
        { heading: '完成期限', cell: (row) => <DayText day={row.finishOn} />, numeric: true, width: 'fit' },
      ]}
    />
  )
}

export const routes = [get(listPath, 'control.read', list)]
