import { consolePage } from '../../../core/web/pages.tsx'
import { rocDay } from '../../../core/time.ts'
import { file, get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { writeCsv } from '../../../core/tabular/write-csv.ts'
import { Details } from '../../../ui/components/details.tsx'
import { Toolbar } from '../../../ui/components/filter-bar.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { DayText, InstantText } from '../../../ui/components/time.tsx'
import { meetingPath } from '../../meetings/index.ts'
import { isGenuine } from '../decision-set.ts'
import { Thousands } from '../parts.tsx'
import { decisionFilePath, decisionPath, proposalPath, proposalsPath, roundPath, roundsPath } from '../paths.ts'
import { findRound } from '../queries.ts'
import { findReviewMeeting } from '../review-meeting.ts'
import { type DecidedItem, findDecided, findSets, seesWhole, type SetFile } from '../review-queries.ts'
import { outcomes, pinDecisions } from '../schema.ts'

/** The accepted cut whole: what is in and what is not, each with its reason, and the signature over it. */
async function decision(request: StaffRequest): Promise<Reply> {
  const { db, person, query } = request
  const round = await findRound(db, Number(request.params.year))
  const sets = await findSets(db, round.id)
  const cut = sets.find(({ kind }) => kind === 'cut')
  const whole = await seesWhole(db, person, round.id)
  const all = await findDecided(db, round.id, whole ? null : person)
  const held = cut ? await findReviewMeeting(db, person, cut.meetingOn) : null
  const own = all.filter(({ setId }) => setId === cut?.id)
  const later = sets.filter(({ kind }) => kind === 'later')
  const only = query.only === 'in' || query.only === 'out' ? query.only : null
  const rows = only ? own.filter((row) => row.decision === only) : own
  const count = (side: 'in' | 'out') => own.filter((row) => row.decision === side).length
  return consolePage(request, {
    title: `${round.year} 年度審定清單`, heading: `${round.year} 年度審定清單`, current: roundsPath, breadcrumbs: [{ text: '施政計畫先期作業', href: roundsPath }, { text: `${round.year} 年度`, href: roundPath(round.year) }, { text: '審定清單' }],
    children: !cut ? (
      <>
        <EmptyState title="這個年度沒有在本系統審定的清單" action={<a href={proposalsPath(round.year, { state: 'admitted' })}>看這個年度納入的提報</a>}>審查會議決定後，納入與未納入的清單會在這裡；匯入的結果沒有簽章，列在提報清單。</EmptyState>
        {later.length > 0 && <Later sets={later} items={all} />}
      </>
    ) : (
      <>
        <SummaryList columns={4} rows={[
          { key: '會議', value: held ? <a href={meetingPath(held.number)}>{cut.meeting}　<DayText day={cut.meetingOn} /></a> : <>{cut.meeting}　<DayText day={cut.meetingOn} /></> }, { key: '經費上限（千元）', value: <Thousands twd={cut.ceilingTwd ?? 0} /> },
          { key: '納入', value: <a href={decisionPath(round.year, 'in')}>{count('in')} 件</a> }, { key: '未納入', value: <a href={decisionPath(round.year, 'out')}>{count('out')} 件</a> },
        ]} />
        {!whole && <p>件數與清單只算您看得到的提報。</p>}
        <Seal set={cut} />
        {later.length > 0 && <Later sets={later} items={all} />}
        <Toolbar count={rows.length} unit="件">{only && <a href={decisionPath(round.year)}>看全部 {own.length} 件</a>}<a href={decisionFilePath(round.year)}>下載 CSV</a></Toolbar>
        <Table<DecidedItem>
          caption="審定清單" captionHidden rows={rows} rowKey={(row) => row.number} rowHref={(row) => proposalPath(row.number)} rowTone={(row) => (row.decision === 'in' ? undefined : 'quiet')}
          columns={[
            { heading: '序位', cell: (row) => row.position, numeric: true },
            { heading: '計畫', cell: (row) => <><a href={proposalPath(row.number)}>{row.title}</a><p class="muted small">{row.number}．{row.unit ?? '—'}{row.project && `．列管 ${row.project}`}</p>{row.reason && <p class="small">{row.decision === row.computed ? '' : `排序結果是${pinDecisions[row.computed]}，`}{row.decision === 'out' ? '未納入' : '調整納入'}：{row.reason}</p>}</>, rowHeader: true, width: 'grow' },
            { heading: '評分', cell: (row) => (row.score === null ? '未評' : row.score.toFixed(2)), numeric: true },
            { heading: '需求（千元）', cell: (row) => <Thousands twd={row.askedTwd} />, numeric: true, wideOnly: true },
            { heading: '核列（千元）', cell: (row) => (row.decision === 'in' ? <Thousands twd={row.twd} /> : '—'), numeric: true },
            { heading: '結果', cell: (row) => <Tag tone={row.decision === 'in' ? 'done' : 'ended'}>{row.decision === 'in' ? '納入' : row.outcome === 'admitted' ? '未納入，後補列' : '未納入'}</Tag>, width: 'fit' },
          ]}
        />
      </>
    ),
  })
}

function Seal({ set }: { set: SetFile }) {
  const good = isGenuine(set)
  return (
    <Details summary={good ? '簽章相符' : '簽章不符，請通知系統管理人員'}>
      <p>這張清單連同上限、序位、結果與理由在 <InstantText at={set.decidedAt} /> 由 {set.by ?? '—'} 登錄，並以事件紀錄的 Ed25519 金鑰簽章。</p>
      <dl class="small"><dt>SHA-256</dt><dd class="cut-seal">{set.sha256.toString('hex')}</dd><dt>簽章</dt><dd class="cut-seal">{set.signature.toString('base64')}</dd><dt>金鑰</dt><dd class="cut-seal">{set.vkey}</dd></dl>
    </Details>
  )
}

function Later({ sets, items }: { sets: SetFile[]; items: DecidedItem[] }) {
  return (
    <>
      <h2>後來補列</h2>
      <ul>{sets.map((set) => items.filter(({ setId }) => setId === set.id).map((row) => <li key={set.id}><DayText day={set.meetingOn} />　{set.meeting}：<a href={proposalPath(row.number)}>{row.number}　{row.title}</a>，<Thousands twd={row.twd} /> 千元。{row.reason}{isGenuine(set) ? '（簽章相符）' : '（簽章不符）'}</li>))}</ul>
    </>
  )
}

async function download(request: StaffRequest): Promise<Reply> {
  const round = await findRound(request.db, Number(request.params.year))
  const sets = new Map((await findSets(request.db, round.id)).map((set) => [set.id, set]))
  const rows = (await findDecided(request.db, round.id, (await seesWhole(request.db, request.person, round.id)) ? null : request.person)).map((row) => {
    const set = sets.get(row.setId)!
    return [set.kind === 'cut' ? '審定' : '補列', rocDay(set.meetingOn), String(row.position), row.number, row.title, row.unit ?? '', row.score?.toFixed(3) ?? '', String(row.askedTwd), String(row.twd), pinDecisions[row.computed], pinDecisions[row.decision], row.reason, outcomes[row.outcome], row.project ?? '']
  })
  const bytes = writeCsv(['決定', '會議日期', '序位', '案號', '計畫名稱', '主辦單位', '評分', '需求', '核列基準', '排序結果', '決定結果', '理由', '目前結果', '列管案號'], rows)
  return file(bytes, 'text/csv; charset=utf-8', `${round.year}年度審定清單.csv`)
}

export const routes = [get(`${roundsPath}/:year/decision`, 'annual-plans.read', decision), get(`${roundsPath}/:year/decision.csv`, 'annual-plans.read', download)]
