import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { rocDateTime, rocDay } from '../../../core/time.ts'
import { Card, EmptyState, FilterBar, Select, Table, TextInput, Toolbar, WarningText } from '../../../ui/index.ts'
import { refusalsPath, withQuery } from '../paths.ts'
import { listRefusals, readFilter, reasons, type RefusalRow, rowsMax, type RefusalsFilter, type RefusalTally, tallyRefusals } from '../refusals/queries.ts'

/** Requests that were refused, by day, person and kind of page: who tries doors that are not theirs. */
async function refusals(request: StaffRequest): Promise<Reply> {
  const filter = readFilter(request.query, request.today)
  const [{ rows, count, more }, people] = await Promise.all([listRefusals(request.db, filter), tallyRefusals(request.db, filter)])
  return consolePage(request, {
    title: '被拒的要求',
    current: refusalsPath,
    children: (
      <>
        <Filters filter={filter} people={people} />
        <div class="columns">
          <div class="columns__main">
            <Toolbar count={count} unit="次" />
            {more && <WarningText>這段期間有超過 {rowsMax} 列，只列最近的；請縮短期間。</WarningText>}
            <Table<RefusalRow>
              caption="被拒的要求" captionHidden rows={rows} rowKey={(row) => `${row.day} ${row.personId} ${row.reason} ${row.permission} ${row.method} ${row.route}`}
              empty={<EmptyState title="這段期間沒有被拒的要求">同仁開沒有權限的頁面、沒有登入就要求資料、從其他網站送表單或要求太頻繁時，會依日期記在這裡。</EmptyState>}
              columns={[
                { heading: '最近一次', width: 'fit', cell: (row) => <span class="number nowrap">{rocDateTime(row.lastAt)}</span> },
                { heading: '誰', rowHeader: true, cell: (row) => row.personName ? <><span class="nowrap">{row.personName}</span>{row.unitName && <div class="muted small">{row.unitName}</div>}</> : <span class="muted nowrap">{row.reason === 'sign-in' ? '沒有登入的人' : '沒有認人'}</span> },
                { heading: '為什麼', width: 'fit', cell: (row) => <>{reasons[row.reason]}{row.permission && <div class="muted small"><code>{row.permission}</code></div>}</> },
                { heading: '頁面', width: 'grow', cell: (row) => row.route ? <code class="break">{row.method} {row.route}</code> : <span class="muted">沒有這種頁面</span> },
                { heading: '次', numeric: true, width: 'fit', cell: (row) => row.count.toLocaleString('en') },
              ]}
            />
          </div>
          <div class="columns__side">
            <Card title="同仁"><People people={people} filter={filter} /></Card>
            <p class="muted small">頁面只記種類，不記是哪一件。不該看到的案件一律答「找不到」，和真的沒有分不出來，所以不在這裡。從其他網站送來和太頻繁的，在認出是誰以前就拒絕，所以多半沒有姓名。紀錄保存四百天。這些是提問的線索，不代表有錯。</p>
          </div>
        </div>
      </>
    ),
  })
}

const queryOf = ({ from, to, reason, personId }: RefusalsFilter) => ({ from, to, reason: reason || 'all', person: personId })

function Filters({ filter, people }: { filter: RefusalsFilter; people: RefusalTally[] }) {
  const kept = queryOf(filter)
  const active = filter.personId === null ? [] : [{ label: people.find(({ personId }) => personId === filter.personId)?.personName ?? '一位同仁', removeHref: withQuery(refusalsPath, { ...kept, person: null }) }]
  return (
    <FilterBar action={refusalsPath} clearHref={refusalsPath} active={active} keep={filter.personId === null ? {} : { person: String(filter.personId) }}>
      <TextInput name="from" label="起" value={rocDay(filter.from)} width={10} autocomplete="off" />
      <TextInput name="to" label="迄" value={rocDay(filter.to)} width={10} autocomplete="off" />
      <Select name="reason" label="為什麼" value={filter.reason || 'all'} options={[{ value: 'all', text: '全部' }, ...Object.entries(reasons).map(([value, text]) => ({ value, text }))]} />
    </FilterBar>
  )
}

function People({ people, filter }: { people: RefusalTally[]; filter: RefusalsFilter }) {
  if (people.length === 0) return <p class="muted">沒有登入的同仁被拒。</p>
  return (
    <Table<RefusalTally> caption="依同仁的次數" captionHidden rows={people} rowKey={(row) => String(row.personId)} columns={[
      { heading: '同仁', rowHeader: true, width: 'grow', cell: (row) => <a href={withQuery(refusalsPath, { ...queryOf(filter), person: row.personId })}>{row.personName}</a> },
      { heading: '頁面', numeric: true, width: 'fit', cell: (row) => row.routes.toLocaleString('en') },
      { heading: '次', numeric: true, width: 'fit', cell: (row) => row.count.toLocaleString('en') },
    ]} />
  )
}

export const routes = [get(refusalsPath, 'personal-data.oversee', refusals)]
