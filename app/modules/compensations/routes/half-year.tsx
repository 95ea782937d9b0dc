import { sql } from 'kysely'
import { computeDeadline } from '../../../core/clocks/index.ts'
import type { Reader } from '../../../core/db.ts'
import { NotFound } from '../../../core/errors.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import { nameOf } from '../../../core/procedure/step.ts'
import { type CellValue, writeCsv } from '../../../core/tabular/write-csv.ts'
import { writeOds } from '../../../core/tabular/write-ods.ts'
import { addDays, type Day, day, dayOf, rocDay, yearOf } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { file, get, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { EmptyState, InsetText } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { visibleTo } from '../claim.ts'
import { claimPath, halfYearFilePath, halfYearPath, listPath } from '../paths.ts'
import { type Basis, basisNames, caseKind, type Outcome, outcomes, payable, recourses, type Recourse, type Stage, stages, type SuitResult, suitResults } from '../schema.ts'

/** The half of a calendar year of which 國家賠償法施行細則 §43 wants a list; `dueOn`: the last day to send it, end of July or January. */
export type Half = { key: string; from: Day; to: Day; dueOn: Day }

/** The running half and six that have ended, the newest first. */
export function halvesUntil(today: Day): Half[] {
  const all = [0, 1, 2, 3].flatMap((back) => [halfOf(yearOf(today) - back, 2), halfOf(yearOf(today) - back, 1)])
  return all.filter(({ from }) => from <= today).slice(0, 7)
}

function halfOf(year: number, no: 1 | 2): Half {
  const [from, to] = no === 1 ? [day(`${year}-01-01`), day(`${year}-06-30`)] : [day(`${year}-07-01`), day(`${year}-12-31`)]
  const answer = computeDeadline('sc-semiannual-report', addDays(to, 1))
  return { key: `${year}-${no}`, from, to, dueOn: answer.kind === 'due' ? answer.day : addDays(to, 31) }
}

export type HalfYearRow = {
  number: string | null; followNo: string; title: string; receivedAt: Date; agency: string | null; basis: Basis | null; requestedTwd: number | null; stage: Stage; outcome: Outcome | null; decidedOn: Day | null; agreedTwd: number | null
  paidOn: Day | null; paidTwd: number | null; suitResult: SuitResult | null; suitResultOn: Day | null; suitFinal: boolean; recourse: Recourse | null
}

/** What was received in the half, and of what came before whatever was decided, judged or paid in it or was still open when it ended. */
export async function findHalfYear(reader: Reader, person: Person, { from, to }: Half): Promise<HalfYearRow[]> {
  const within = (column: string) => sql`${sql.ref(column)} between ${from}::date and ${to}::date`
  const { rows } = await sql<HalfYearRow>`
    select c.number, c.follow_no as "followNo", c.title, c.received_at as "receivedAt", m.agency, m.basis, m.requested_twd as "requestedTwd", c.stage, c.outcome, m.decided_on as "decidedOn", m.agreed_twd as "agreedTwd", m.paid_on as "paidOn", m.paid_twd as "paidTwd",
      m.suit_result as "suitResult", m.suit_result_on as "suitResultOn", m.suit_final as "suitFinal", m.recourse
    from compensations m join cases c on c.id = m.id
    where c.kind = ${caseKind} and c.stage not in ('unconfirmed', 'lapsed') and ${visibleTo(person)} and (c.received_at at time zone 'Asia/Taipei')::date <= ${to}::date
      and ((c.received_at at time zone 'Asia/Taipei')::date >= ${from}::date or c.closed_at is null or (c.closed_at at time zone 'Asia/Taipei')::date >= ${from}::date or ${within('m.decided_on')} or ${within('m.suit_result_on')} or ${within('m.paid_on')})
    order by c.received_at, c.id`.execute(reader)
  return rows
}

/** Which copies go along: of an agreement, a settlement in court, a judgment that is final. */
export function copiesOf(row: Pick<HalfYearRow, 'outcome' | 'suitResult' | 'suitFinal'>): string {
  return [row.outcome === 'agreed' ? '協議書' : '', row.suitResult === 'settled' ? '和解筆錄' : '', row.suitFinal && row.suitResult && payable.includes(row.suitResult) && row.suitResult !== 'settled' ? '確定判決' : ''].filter(Boolean).join('、')
}

const stateOf = (row: HalfYearRow): string => (row.outcome ? outcomes[row.outcome] : stages[row.stage])
const suitOf = (row: HalfYearRow): string => (row.suitResult ? `${suitResults[row.suitResult]}${row.suitFinal ? '（確定）' : ''}` : '')

function halfAsked({ query, today }: StaffRequest): { half: Half; halves: Half[] } {
  const halves = halvesUntil(today)
  const half = query.half ? halves.find(({ key }) => key === query.half) : halves[1]
  if (!half) throw new NotFound('沒有這個半年')
  return { half, halves }
}

const called = ({ from, to }: Half): string => `${rocDay(from)} 至 ${rocDay(to)}`

async function page(request: StaffRequest): Promise<Reply> {
  const { half, halves } = halfAsked(request)
  const rows = await findHalfYear(request.db, request.person, half)
  return consolePage(request, {
    title: '國家賠償事件半年列表', heading: '國家賠償事件半年列表', current: listPath, breadcrumbs: [{ text: '國家賠償事件', href: listPath }, { text: '半年列表' }],
    children: (
      <>
        <p>每年一月及七月底前，列表送上級機關及法務部；成立協議、訴訟上和解或判決確定的，檢附影本（國家賠償法施行細則 §43）。這一份最遲 <DayText day={half.dueOn} weekday /> 送出。</p>
        {half.to >= request.today && <InsetText><p>這半年還沒有結束，列的是到今天為止的情形。</p></InsetText>}
        <FilterBar action={halfYearPath()} submit="看這半年"><Select name="half" label="期間" value={half.key} options={halves.map((each) => ({ value: each.key, text: called(each) }))} /></FilterBar>
        <Toolbar count={rows.length}><ButtonLink href={halfYearFilePath(half.key, 'ods')} kind="secondary" download>下載 ODS</ButtonLink><ButtonLink href={halfYearFilePath(half.key, 'csv')} kind="secondary" download>下載 CSV</ButtonLink></Toolbar>
        <Table<HalfYearRow>
          caption={`國家賠償事件 ${called(half)}`} captionHidden rows={rows} rowKey={(row) => row.followNo} rowHref={(row) => claimPath(nameOf(row))} empty={<EmptyState title="這半年沒有國家賠償事件">沒有的也要報送，列表寫「無」。</EmptyState>}
          columns={[
            { heading: '案號', cell: (row) => <a class="nowrap number" href={claimPath(nameOf(row))}>{nameOf(row)}</a>, width: 'fit' },
            { heading: '案由', cell: (row) => row.title, rowHeader: true, width: 'grow' },
            { heading: '收件', cell: (row) => <DayText day={dayOf(row.receivedAt)} />, width: 'fit', wideOnly: true },
            { heading: '處理情形', cell: stateOf, width: 'fit' },
            { heading: '賠償金額', cell: (row) => (row.agreedTwd === null ? '—' : <Money twd={row.agreedTwd} />), numeric: true, wideOnly: true },
            { heading: '檢附影本', cell: (row) => copiesOf(row) || '—', width: 'fit', wideOnly: true },
          ]}
        />
      </>
    ),
  })
}

const header = ['案號', '案由', '收件日期', '賠償義務機關', '請求依據', '請求金額', '處理情形', '處理日期', '賠償金額', '支付日期', '支付金額', '訴訟結果', '訴訟結果日期', '求償', '檢附影本']
const cellsOf = (row: HalfYearRow): CellValue[] => [
  nameOf(row), row.title, rocDay(dayOf(row.receivedAt)), row.agency, row.basis && basisNames[row.basis], row.requestedTwd, stateOf(row), row.decidedOn && rocDay(row.decidedOn), row.agreedTwd, row.paidOn && rocDay(row.paidOn), row.paidTwd,
  suitOf(row), row.suitResultOn && rocDay(row.suitResultOn), row.recourse && recourses[row.recourse], copiesOf(row),
]

async function download(request: StaffRequest): Promise<Reply> {
  const { half } = halfAsked(request)
  const found = (await findHalfYear(request.db, request.person, half)).map(cellsOf)
  // a half without any is reported too
  const rows = found.length ? found : [['無']]
  const name = `國家賠償事件列表 ${half.from}至${half.to}`
  if (request.params.format === 'csv') return file(writeCsv(header, rows), 'text/csv; charset=utf-8', `${name}.csv`)
  if (request.params.format === 'ods') return file(writeOds([{ name: '國家賠償事件', header, rows }]), 'application/vnd.oasis.opendocument.spreadsheet', `${name}.ods`)
  throw new NotFound()
}

export const routes: Route[] = [
  get(halfYearPath(), 'compensations.half-year', page),
  get(`${halfYearPath()}/file.:format`, 'compensations.half-year', download, { limit: 10, stepUp: true }),
]
