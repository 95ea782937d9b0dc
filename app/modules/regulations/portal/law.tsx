import { changeOf, type ChangeRow, findChangeRows, findLaw, type LawRow } from '../../../core/laws/queries.ts'
import { type DatedText, isOver, textOn, versionDays } from '../../../core/laws/dated.ts'
import { endingKinds, lawKinds } from '../../../core/laws/tables.ts'
import { NotFound } from '../../../core/errors.ts'
import { type Day, rocDay, rocLongDay } from '../../../core/time.ts'
import { get, type PageRequest, type Reply } from '../../../core/web/route.ts'
import { Button } from '../../../ui/components/button.tsx'
import { EmptyState, InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { comparePath, exportPath, lawPath, publicPath } from '../paths.ts'
import { Contents, LawView } from './law-view.tsx'
import { dayAsked, lawsPage, linksOf } from './page.tsx'
import { changeWords } from './words.ts'

/** A law as the public may read it, with all its changes. Not found when it is not public. */
export async function openLaw({ publicDb }: PageRequest, code: string): Promise<{ law: LawRow; rows: ChangeRow[] }> {
  const law = /^[A-Z]{1,3}[\w-]{1,40}$/.test(code) ? await findLaw(publicDb, code) : null
  if (!law) throw new NotFound('找不到這個法規，或它沒有公開')
  return { law, rows: await findChangeRows(publicDb, law.id) }
}

/** What was in force before a national law was taken over is not known here. */
export const isBefore = (first: ChangeRow | undefined, on: Day): boolean => first?.kind === 'consolidated' && first.effective_on !== null && on < first.effective_on

async function show(request: PageRequest): Promise<Reply> {
  const { law, rows } = await openLaw(request, request.params.code!)
  const { on, isToday, wrong } = dayAsked(request.query.on, request.today)
  const changes = rows.map(changeOf)
  const standing = textOn(changes, on, law.name)
  const links = await linksOf(request.publicDb)
  const shownOn = isToday ? null : on
  const name = standing.text.name || law.name
  // the end of its time stands among the facts
  const next = versionDays(changes).find((day) => day > on && textOn(changes, day).state !== 'lapsed')
  return lawsPage(request, {
    title: name,
    breadcrumbs: [{ text: '本縣法規', href: publicPath }, { text: law.name }],
    wide: true,
    children: (
      <>
        <h1>{name}</h1>
        {wrong && <WarningText>{wrong}，先顯示今天的條文。</WarningText>}
        <p class="cluster"><StateTag standing={standing} untold={isBefore(rows[0], on)} /> <span class="muted">{isToday ? '今天有效的條文' : `${rocLongDay(on)}有效的條文`}</span>{!isToday && <a href={lawPath(law.code)}>看今天的</a>}</p>
        <Facts law={law} rows={rows} standing={standing} />
        {next && <InsetText><p>自 {rocLongDay(next)} 起條文不同。<a href={lawPath(law.code, next)}>看那一天的條文</a></p></InsetText>}
        <form action={lawPath(law.code)} method="get" class="cluster cluster--end no-print">
          <TextInput name="on" label="看哪一天有效的條文" hint="例：110/4/1" value={isToday ? '' : rocDay(on)} width={10} error={wrong ?? undefined} />
          <Button kind="secondary">看條文</Button>
        </form>
        {standing.state === 'none' ? <NotYet law={law} rows={rows} on={on} /> : isOver(standing) ? <Repealed law={law} rows={rows} standing={standing} /> : (
          <>
            <Contents text={standing.text} />
            <LawView code={law.code} standing={standing} links={links} on={shownOn} />
          </>
        )}
        <History law={law} rows={rows} />
        <p class="no-print">下載：{forms.map(([form, label], i) => <>{i > 0 && '、'}<a href={exportPath(law.code, form, shownOn)} data-turbo="false">{label}</a></>)}</p>
      </>
    ),
  })
}

const forms = [['pdf', 'PDF'], ['odt', 'ODT'], ['xml', 'Akoma Ntoso'], ['json', 'JSON'], ['txt', '純文字']] as const

/** `untold`: of a day before the first text that is known here, which says nothing of the law itself. */
export function StateTag({ standing, untold }: { standing: DatedText; untold: boolean }) {
  if (untold) return <Tag tone="ended">未收錄</Tag>
  switch (standing.state) {
    case 'none': return <Tag tone="waiting">尚未生效</Tag>
    case 'repealed': case 'lapsed': return <Tag tone="ended">已失效</Tag>
    case 'suspended': return <Tag tone="soon">暫停適用</Tag>
    case 'in-force': return <Tag tone="active">有效</Tag>
  }
}

const isRetroactive = ({ kind, effective_on, promulgated_on }: ChangeRow): boolean => kind !== 'consolidated' && effective_on !== null && effective_on < promulgated_on

function Facts({ law, rows, standing }: { law: LawRow; rows: ChangeRow[]; standing: DatedText }) {
  const last = standing.basis.at(-1)
  const row = last && rows.find(({ id }) => id === last.id)
  const facts = [
    { key: '種類', value: lawKinds[law.kind] },
    ...(law.category ? [{ key: '分類', value: law.category }] : []),
    ...(law.unit_name ? [{ key: '主管單位', value: law.unit_name }] : []),
    ...(standing.endsOn && !isOver(standing) ? [{ key: '施行期限', value: <>至 <DayText day={standing.endsOn} weekday /></> }] : []),
    ...(row ? [{ key: changeWords(row.kind, law.kind), value: <><DayText day={row.promulgated_on} />{row.document_no && `　${row.document_no}`}</> }, { key: '生效', value: row.effective_on ? <><DayText day={row.effective_on} />{isRetroactive(row) && '（溯及公布以前）'}</> : '施行日期另定' }] : []),
  ]
  return <SummaryList rows={facts} columns={2} />
}

function NotYet({ law, rows, on }: { law: LawRow; rows: ChangeRow[]; on: Day }) {
  const first = rows[0]
  if (first && isBefore(first, on)) {
    return <EmptyState title="本系統沒有這一天的條文" action={<a href={`https://law.moj.gov.tw/LawClass/LawHistory.aspx?pcode=${law.code}`}>到全國法規資料庫看沿革</a>}>這個法規的條文自 {rocDay(first.effective_on!)} 起收錄。<a href={lawPath(law.code, first.effective_on)}>看收錄的條文</a></EmptyState>
  }
  return <EmptyState title="這一天還沒有生效的條文">{first?.effective_on ? <>自 <a href={lawPath(law.code, first.effective_on)}>{rocDay(first.effective_on)}</a> 起生效。</> : '施行日期另定。'}</EmptyState>
}

function Repealed({ law, rows, standing }: { law: LawRow; rows: ChangeRow[]; standing: DatedText }) {
  if (standing.state === 'lapsed') return <EmptyState title="這個法規施行期滿，當然廢止">施行到 {rocDay(standing.endsOn!)} 為止（中央法規標準法 §23；本縣自治法規類推適用，待法制單位確認）。<a href={lawPath(law.code, standing.endsOn!)}>看最後一天的條文</a></EmptyState>
  const repeal = rows.findLast(({ kind }) => (endingKinds as readonly string[]).includes(kind))
  const before = repeal?.effective_on && dayBefore(repeal.effective_on, rows)
  const title = repeal?.kind === 'void' ? '這個法規已經函告無效' : repeal?.kind === 'lapse' ? '這個法規施行期滿，已經廢止' : '這個法規已經廢止'
  return <EmptyState title={title}>{repeal?.effective_on && <>自 {rocDay(repeal.effective_on)} 起失其效力。{before && <a href={lawPath(law.code, before)}>看以前的條文</a>}</>}</EmptyState>
}

/** The last day on which another text began before that day. */
const dayBefore = (day: Day, rows: ChangeRow[]): Day | undefined => versionDays(rows.map(changeOf)).findLast((each) => each < day)

/** 中央法規標準法 §18, for who has applied for something while the law changes. */
const duringChange = '申請許可的案件在處理程序終結以前法規變更的，適用新法規；舊法規有利於當事人，而新法規沒有廢除或禁止所申請的事項的，適用舊法規（中央法規標準法 §18；本縣自治法規類推適用，待法制單位確認）。'

function History({ law, rows }: { law: LawRow; rows: ChangeRow[] }) {
  const versions = versionDays(rows.map(changeOf))
  return (
    <>
      <h2>沿革</h2>
      <Table<ChangeRow>
        caption="沿革"
        captionHidden
        rows={rows.toReversed()}
        rowKey={(row) => row.id}
        columns={[
          { heading: '日期', cell: (row) => <DayText day={row.promulgated_on} />, width: 'fit', rowHeader: true },
          { heading: '異動', cell: (row) => <>{changeWords(row.kind, law.kind)}{row.document_no && <span class="muted">　{row.document_no}</span>}{row.kind !== 'consolidated' && row.note && <><br /><span class="small">{row.note.split('\n')[0]}</span></>}</>, width: 'grow' },
          { heading: '生效', cell: (row) => (row.effective_on ? <><a href={lawPath(law.code, row.effective_on)}><DayText day={row.effective_on} /></a>{isRetroactive(row) && <><br /><span class="small">溯及</span></>}</> : '另定'), width: 'fit' },
          {
            heading: '比較',
            cell: (row) => {
              const before = row.effective_on && versions.findLast((day) => day < row.effective_on!)
              return before ? <a href={comparePath(law.code, before, row.effective_on!)}>{rows.filter((one) => one.effective_on === row.effective_on).length > 1 ? '同日異動合併對照' : '條文對照'}</a> : '—'
            },
            width: 'fit',
          },
        ]}
      />
      {law.kind !== 'national' && rows.length > 1 && <p class="muted small">{duringChange}</p>}
    </>
  )
}

export const routes = [get(`${publicPath}/:code`, 'public', show)]
