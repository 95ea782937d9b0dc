import { randomUUID } from 'node:crypto'
import { byUnit, type Cut, cutAt, writeRows } from '../../../client/cut.ts'
import { isRefusal, NotAllowed, type Refusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { parseTwd, thousandsOf } from '../../../core/money.ts'
import { dayOf, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState, InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { acceptCut, findRanked, type Ranked, reviewMeeting } from '../cut.ts'
import { Thousands } from '../parts.tsx'
import { acceptPath, cutPath, decisionPath, proposalPath, roundPath, roundsPath } from '../paths.ts'
import { countWaiting, findRound } from '../queries.ts'
import { findLastReviewMeeting } from '../review-meeting.ts'
import { findSets, seesWhole } from '../review-queries.ts'
import { pinDecisions } from '../schema.ts'

const sumOf = (rows: readonly { twd: number }[]) => rows.reduce((sum, { twd }) => sum + twd, 0)

async function cut(request: StaffRequest): Promise<Reply> {
  const { db, query, person } = request
  const round = await findRound(db, Number(request.params.year))
  if (!(await seesWhole(db, person, round.id))) throw new NotAllowed('annual-plans.cut')
  if ((await findSets(db, round.id)).some(({ kind }) => kind === 'cut')) return redirect(decisionPath(round.year))
  const [rows, waiting] = [await findRanked(db, round.id), await countWaiting(db, round.id)]
  const all = sumOf(rows)
  const asked = query.ceiling ? parseTwd(query.ceiling) : all
  const ceiling = asked ?? all
  const result = cutAt(rows, ceiling)
  const units = [...new Set(rows.map(({ unit }) => unit ?? '未填'))].toSorted()
  return consolePage(request, {
    title: `${round.year} 年度切線`, heading: `${round.year} 年度切線`, current: roundsPath, breadcrumbs: [{ text: '施政計畫先期作業', href: roundsPath }, { text: `${round.year} 年度`, href: roundPath(round.year) }, { text: '切線' }],
    children: rows.length === 0 ? <EmptyState title="還沒有可以排序的提報">檢查完成的提報會依評分排在這裡。</EmptyState> : (
      <>
        {asked === null && <WarningText>「{query.ceiling}」讀不出金額，先以全部納入計算。</WarningText>}
        {waiting > 0 && <InsetText><p>還有 {waiting} 件待檢查或補正，不在這張清單；檢查完或撤回後才能審定。</p></InsetText>}
        <p>依各審查人員評分的平均由高到低，同分依單位內順序。由上往下納入，第一件放不下的就是線，線以下都不納入。</p>
        <CutBar year={round.year} rows={rows} units={units} all={all} ceiling={ceiling} result={result} decides={holds(person, 'annual-plans.decide')} />
        <Details summary="各單位納入情形"><Units rows={rows} units={units} result={result} /></Details>
        <RankedTable rows={rows} result={result} />
      </>
    ),
  })
}

function CutBar({ year, rows, units, all, ceiling, result, decides }: { year: number; rows: Ranked[]; units: string[]; all: number; ceiling: number; result: Cut; decides: boolean }) {
  const say = (name: string, text: string) => <strong class="number" data-cut-say={name}>{text}</strong>
  return (
    <form class="cut-bar" action={cutPath(year)} method="get" data-cut={writeRows(placed(rows, units))}>
      <div class="cluster cluster--end">
        <TextInput name="ceiling" label="經費上限" hint="可以寫 85億 或 8,500,000,000" suffix="元" value={ceiling.toLocaleString('en')} width={20} />
        <Button kind="secondary">重算</Button>
        {decides && <Button formaction={acceptPath(year)}>以這條線審定</Button>}
      </div>
      <div data-cut-slider hidden>
        <label class="govuk-visually-hidden" for="ceiling-slider">拖動經費上限</label>
        <input id="ceiling-slider" class="cut-bar__slider" type="range" min="0" max={Math.max(all, ceiling)} step={stepOf(all)} value={ceiling} />
      </div>
      <p class="cut-bar__says" role="status">
        <span>納入 {say('count', result.count.toLocaleString('en'))} 件、{say('sum', thousandsOf(result.sumTwd))} 千元</span>
        <span>未納入 {say('out', (rows.length - result.count).toLocaleString('en'))} 件、{say('out-sum', thousandsOf(all - result.sumTwd))} 千元</span>
        <span>上限餘額 {say('left', thousandsOf(ceiling - result.sumTwd))} 千元</span>
      </p>
    </form>
  )
}

/** Each row with the place of its unit in the list of units. */
function placed(rows: readonly Ranked[], units: readonly string[]) {
  const places = new Map(units.map((unit, i) => [unit, i]))
  return rows.map(({ twd, pin, unit }) => ({ twd, pin, unit: places.get(unit ?? '未填')! }))
}

/** Fine enough for any list, coarse enough for a keyboard: about a thousand steps. */
const stepOf = (all: number): number => Math.max(1000, 10 ** Math.floor(Math.log10(Math.max(all, 10)) - 2) / 2)

function Units({ rows, units, result }: { rows: Ranked[]; units: string[]; result: Cut }) {
  const of = byUnit(placed(rows, units), result.within, units.length).map((sums, i) => ({ unit: units[i]!, ...sums }))
  return (
    <div data-cut-units>
      <Table caption="各單位納入情形" captionHidden rows={of} rowKey={(row) => row.unit} columns={[
        { heading: '單位', cell: (row) => row.unit, rowHeader: true },
        { heading: '納入', cell: (row) => <span data-unit="count">{row.count}</span>, numeric: true },
        { heading: '納入經費（千元）', cell: (row) => <span data-unit="sum">{thousandsOf(row.twd)}</span>, numeric: true },
        { heading: '未納入', cell: (row) => <span data-unit="out">{row.out}</span>, numeric: true },
      ]} />
    </div>
  )
}

function RankedTable({ rows, result }: { rows: Ranked[]; result: Cut }) {
  const listed = rows.map((row, i) => ({ ...row, position: i + 1, within: result.within[i]! }))
  return (
    <div data-cut-rows>
      <Table
        caption="依序位排列的提報" captionHidden rows={listed} rowKey={(row) => row.number} rowHref={(row) => proposalPath(row.number)} rowTone={(row) => (row.within ? undefined : 'quiet')}
        columns={[
          { heading: '序位', cell: (row) => row.position, numeric: true },
          { heading: '計畫', cell: (row) => <><a href={proposalPath(row.number)}>{row.title}</a><p class="muted small">{row.number}．{row.unit ?? '—'}</p>{row.pin && <p class="small">調整為{pinDecisions[row.pin]}：{row.pinReason}（{row.pinnedBy ?? '—'}）</p>}</>, rowHeader: true, width: 'grow' },
          { heading: '評分', cell: (row) => (row.score === null ? '未評' : row.score.toFixed(2)), numeric: true },
          { heading: '需求（千元）', cell: (row) => <Thousands twd={row.askedTwd} />, numeric: true, wideOnly: true },
          { heading: '建議數（千元）', cell: (row) => <Thousands twd={row.twd} />, numeric: true },
          { heading: '結果', cell: () => <span class="cut-side"><span class="cut-side__in"><Tag tone="done">納入</Tag></span><span class="cut-side__out"><Tag tone="ended">未納入</Tag></span></span>, width: 'fit' },
        ]}
      />
    </div>
  )
}

async function accept(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db } = request
  const round = await findRound(db, Number(request.params.year))
  const text = request.form.ceiling ?? request.query.ceiling ?? ''
  const ceiling = parseTwd(text)
  const rows = await findRanked(db, round.id)
  const result = cutAt(rows, ceiling ?? 0)
  const held = await findLastReviewMeeting(db, request.person, dayOf(round.openedAt), request.today)
  const pins = rows.flatMap((row) => (row.pin ? [row] : []))
  const error = errorOf(failed)
  return consolePage(request, {
    title: `審定 ${round.year} 年度`, heading: `審定 ${round.year} 年度施政計畫`, current: roundsPath, breadcrumbs: [{ text: `${round.year} 年度`, href: roundPath(round.year) }, { text: '切線', href: cutPath(round.year, text) }, { text: '審定' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {ceiling === null ? <WarningText>還沒有經費上限，請回切線頁填寫。</WarningText> : (
          <SummaryList columns={4} rows={[
            { key: '經費上限（千元）', value: <Thousands twd={ceiling} /> }, { key: '納入', value: `${result.count} 件` }, { key: '納入經費（千元）', value: <Thousands twd={result.sumTwd} /> }, { key: '未納入', value: `${rows.length - result.count} 件` },
          ]} />
        )}
        {pins.length > 0 && <><h2>調整的 {pins.length} 件</h2><ul>{pins.map((row) => <li key={row.number}><a href={proposalPath(row.number)}>{row.number}　{row.title}</a>　{pinDecisions[row.pin!]}：{row.pinReason}</li>)}</ul></>}
        <Form action={acceptPath(round.year)} formKey={randomUUID()} id={`accept-${round.year}`} keep>
          <p>審定後每件提報都有結果與理由，整張清單連同上限加上簽章保存，不能收回；漏列的可以日後補列。</p>
          <input type="hidden" name="ceiling" value={text} />
          <TextInput name="meeting" label="會議" value={request.form.meeting ?? reviewMeeting} error={error('meeting')} width={30} />
          <TextInput name="meetingOn" label="會議日期" hint={held ? `最近的審查會議是 ${rocDay(held.heldOn)}` : '例如 110/8/25'} value={request.form.meetingOn ?? (held ? rocDay(held.heldOn) : undefined)} error={error('meetingOn')} width={10} />
          <ButtonGroup><Button {...(ceiling === null ? { reason: '還沒有經費上限' } : {})}>審定</Button><a href={cutPath(round.year, text)}>回切線</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

export const routes: Route[] = [
  get(`${roundsPath}/:year/cut`, 'annual-plans.read', cut),
  get(`${roundsPath}/:year/accept`, 'annual-plans.decide', (request) => accept(request)),
  post(`${roundsPath}/:year/accept`, 'annual-plans.decide', async (request) => {
    const year = Number(request.params.year)
    const result = await acceptCut(request.caller, { ...request.form, year })
    return isRefusal(result) ? accept(request, result) : redirect(decisionPath(year), `已審定：納入 ${result.value.within} 件，未納入 ${result.value.out} 件`)
  }),
]
