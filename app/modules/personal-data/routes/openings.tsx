import { officeCalendar } from '../../../core/clocks/index.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { type Day, rocDateTime, rocDay, weekday } from '../../../core/time.ts'
import { Card, EmptyState, FilterBar, Pagination, Select, Table, TextInput, Toolbar, WarningText } from '../../../ui/index.ts'
import { findGivenAccess, findJudged, type GivenAccess, judgedMax, listOpenings, type OpeningRow, type OpeningsFilter, readFilter, type Tallies, type Tally, tallyOpenings } from '../openings/queries.ts'
import { type Finding, findUnusual } from '../openings/unusual.ts'
import { openingsPath, withQuery } from '../paths.ts'

/** Who opened whose contact data, when, for whom and what for; and what the data protection officer should ask about. */
async function openings(request: StaffRequest): Promise<Reply> {
  const { db, query, today } = request
  const filter = readFilter(query, today)
  const before = /^\d{1,15}$/.test(query.before ?? '') ? Number(query.before) : null
  const [page, tallies, judged, given] = await Promise.all([listOpenings(db, filter, before), tallyOpenings(db, filter), findJudged(db, filter), findGivenAccess(db, filter)])
  const findings = findUnusual(judged, (day) => officeCalendar.isOpen(day) ?? true)
  const kept = queryOf(filter)
  return consolePage(request, {
    title: '個人資料的開啟紀錄',
    current: openingsPath,
    children: (
      <>
        <Filters filter={filter} tallies={tallies} />
        <div class="columns">
          <div class="columns__main">
            <Toolbar count={tallies.count} unit="次" />
            <Table<OpeningRow>
              caption="開啟紀錄" captionHidden rows={page.rows} rowKey={(row) => row.id}
              empty={<EmptyState title="這段期間沒有人打開過個人資料">同仁在案件頁選擇目的、打開遮蔽的姓名或聯絡方式時，會記在這裡。</EmptyState>}
              columns={[
                { heading: '時間', width: 'fit', cell: (row) => <span class="number nowrap">{rocDateTime(row.at)}</span> },
                { heading: '誰', rowHeader: true, cell: (row) => <><span class="nowrap">{row.personName}{row.onBehalfOf && `（代理 ${row.onBehalfOf}）`}</span>{row.unitName && <div class="muted small">{row.unitName}</div>}</> },
                { heading: '案件', width: 'fit', cell: (row) => <><span class="nowrap number">{row.caseName}</span>{row.caseUnit && <div class="muted small">{row.caseUnit}</div>}</> },
                { heading: '目的', width: 'grow', cell: (row) => row.purpose },
              ]}
            />
            <Pagination next={page.next === null ? null : withQuery(openingsPath, { ...kept, before: page.next })} previous={before === null ? null : withQuery(openingsPath, kept)} />
          </div>
          <div class="columns__side">
            <Card title="值得問一問" id="unusual"><Unusual findings={findings} partial={judged.length === judgedMax} /></Card>
            <Given rows={given} />
            <Split title="同仁" what="person" tallies={tallies.people} kept={kept} />
            <Split title="單位" what="unit" tallies={tallies.units} kept={kept} />
            <Split title="目的" what="purpose" tallies={tallies.purposes} kept={kept} />
            <Days days={tallies.days} />
          </div>
        </div>
      </>
    ),
  })
}

const queryOf = ({ from, to, personId, unitId, purpose, caseName }: OpeningsFilter) => ({ from, to, person: personId, unit: unitId, purpose, case: caseName })

function Filters({ filter, tallies }: { filter: OpeningsFilter; tallies: Tallies }) {
  const kept = queryOf(filter)
  const label = (of: Tally[], key: number | null) => of.find((one) => one.key === String(key))?.label ?? ''
  const active = [
    ...(filter.personId === null ? [] : [{ label: label(tallies.people, filter.personId) || '一位同仁', removeHref: withQuery(openingsPath, { ...kept, person: null }) }]),
    ...(filter.unitId === null ? [] : [{ label: label(tallies.units, filter.unitId) || '一個單位', removeHref: withQuery(openingsPath, { ...kept, unit: null }) }]),
  ]
  return (
    <FilterBar action={openingsPath} clearHref={openingsPath} active={active} keep={{ ...(filter.personId === null ? {} : { person: String(filter.personId) }), ...(filter.unitId === null ? {} : { unit: String(filter.unitId) }) }}>
      <TextInput name="from" label="起" value={rocDay(filter.from)} width={10} autocomplete="off" />
      <TextInput name="to" label="迄" value={rocDay(filter.to)} width={10} autocomplete="off" />
      <Select name="purpose" label="目的" value={filter.purpose} empty="全部" options={[...new Set([...tallies.purposes.map((one) => one.label), filter.purpose].filter(Boolean))].map((text) => ({ value: text, text }))} />
      <TextInput name="case" label="案號" value={filter.caseName} width={10} autocomplete="off" />
    </FilterBar>
  )
}

function Unusual({ findings, partial }: { findings: Finding[]; partial: boolean }) {
  return (
    <>
      {partial && <WarningText>這段期間太長，只看了最近 {judgedMax.toLocaleString('en')} 次。請縮短期間。</WarningText>}
      {findings.length === 0 ? <p class="muted">沒有不尋常的情形。</p> : (
        <ul class="govuk-list">
          {findings.slice(0, 30).map((one) => (
            <li key={`${one.personId} ${one.day} ${one.why}`}><a href={withQuery(openingsPath, { from: one.day, to: one.day, person: one.personId })}>{one.personName}</a>　{rocDay(one.day)}（{weekday(one.day)}）<br /><span class="muted small">{one.why}，{one.count} 次</span></li>
          ))}
        </ul>
      )}
      {findings.length > 30 && <p class="muted small">還有 {findings.length - 30} 項，請縮短期間來看。</p>}
      <p class="muted small">這些是提問的線索，不代表有錯。</p>
    </>
  )
}

/** Who could have come in as somebody else. */
function Given({ rows }: { rows: GivenAccess[] }) {
  if (!rows.length) return null
  return (
    <Card title="替同仁重設登入" id="given">
      <ul class="stack">
        {rows.map((one) => <li key={one.id}>{one.whom}　{one.what === 'person.reset' ? '密碼' : '第二道驗證'}<br /><span class="muted small">{rocDateTime(one.at)}，{one.by ?? '主機上的操作人員'}</span></li>)}
      </ul>
      <p class="muted small">重設的人在本人換密碼以前知道這組密碼；可以問本人是不是自己要求的。</p>
    </Card>
  )
}

type SplitProps = { title: string; what: 'person' | 'unit' | 'purpose'; tallies: Tally[]; kept: ReturnType<typeof queryOf> }

function Split({ title, what, tallies, kept }: SplitProps) {
  if (!tallies.length) return null
  return (
    <Card title={title}>
      <Table<Tally> caption={`依${title}的次數`} captionHidden rows={tallies.slice(0, 12)} rowKey={(row) => row.key} columns={[
        { heading: title, rowHeader: true, width: 'grow', cell: (row) => <a href={withQuery(openingsPath, { ...kept, [what]: row.key })}>{row.label}</a> },
        { heading: '次', numeric: true, width: 'fit', cell: (row) => row.count.toLocaleString('en') },
      ]} />
    </Card>
  )
}

function Days({ days }: { days: Tally[] }) {
  if (days.length < 2) return null
  return (
    <Card title="每天">
      <Table<Tally> caption="每天的次數" captionHidden rows={days.slice(-31).reverse()} rowKey={(row) => row.key} columns={[
        { heading: '日期', rowHeader: true, width: 'grow', cell: (row) => <span class="nowrap">{rocDay(row.key as Day)}（{weekday(row.key as Day)}）</span> },
        { heading: '次', numeric: true, width: 'fit', cell: (row) => row.count.toLocaleString('en') },
      ]} />
    </Card>
  )
}

export const routes = [get(openingsPath, 'personal-data.oversee', openings)]
