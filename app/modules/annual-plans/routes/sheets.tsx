import { NotAllowed } from '../../../core/errors.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { Pagination } from '../../../ui/components/pagination.tsx'
import { findRanked } from '../cut.ts'
import { NeedsTable } from '../parts.tsx'
import { roundPath, roundsPath, sheetsPath } from '../paths.ts'
import { findProposal, findRound } from '../queries.ts'
import { findDecided, findSets, findVerdicts, seesWhole } from '../review-queries.ts'
import { Decisions, Reviews } from '../verdict.tsx'
import { Facts, History } from './show.tsx'

const perPage = 20

/** 決議單: one sheet a proposal for the review meeting, in the order of the list; each begins a page on paper. */
async function sheets(request: StaffRequest): Promise<Reply> {
  const { db, person, query } = request
  const round = await findRound(db, Number(request.params.year))
  if (!(await seesWhole(db, person, round.id))) throw new NotAllowed('annual-plans.cut')
  const cut = (await findSets(db, round.id)).find(({ kind }) => kind === 'cut')
  // once decided, those of the signed list, with what became of each
  const ranked: { number: string }[] = cut ? (await findDecided(db, round.id)).filter(({ setId }) => setId === cut.id) : await findRanked(db, round.id)
  const from = Math.max(0, Math.min(Number(/^\d{1,5}$/.exec(query.after ?? '')?.[0] ?? 0), ranked.length))
  const files = []
  for (const { number } of ranked.slice(from, from + perPage)) files.push(await findProposal(db, null, number))
  const verdicts = await findVerdicts(db, files.map(({ id }) => id))
  return consolePage(request, {
    title: `${round.year} 年度決議單`, heading: `${round.year} 年度審查會議決議單`, current: roundsPath, breadcrumbs: [{ text: '施政計畫先期作業', href: roundsPath }, { text: `${round.year} 年度`, href: roundPath(round.year) }, { text: '決議單' }],
    children: files.length === 0 ? <EmptyState title="沒有待審的提報">檢查完成而還沒有審定的提報，每件一張決議單。</EmptyState> : (
      <>
        <p class="no-print">{cut ? '依審定的序位，連同結果與理由' : '依目前序位'}，一件一張，列印時各自換頁。這一頁是第 {from + 1} 至 {from + files.length} 張，共 {ranked.length} 張。</p>
        {files.map((file, i) => (
          <section key={file.number} class="decision-sheet">
            <h2>{from + i + 1}　{file.title}　<span class="muted number">{file.number}</span></h2>
            <Facts file={file} />
            <NeedsTable needs={file.needs} years={[...new Set(file.needs.map(({ year }) => year))].toSorted((a, b) => a - b)} of={file.number} />
            <h3>內容與效益</h3>
            <Letter text={`${file.content}\n${file.benefit}${file.results ? `\n前期成果：${file.results}` : ''}`} />
            <Reviews reviews={verdicts.get(file.id)!.reviews} criteria={file.criteria} of={file.number} />
            <History rows={file.history} of={file.number} />
            <Decisions pin={verdicts.get(file.id)!.pin} decisions={verdicts.get(file.id)!.decisions} of={file.number} />
            {!cut && <p class="print-only">會議決議：□ 納入概算，核列　　　　　　千元　□ 不納入，理由：　　　　　　　　　　　　</p>}
          </section>
        ))}
        <Pagination previous={from > 0 ? sheetsPath(round.year, String(Math.max(0, from - perPage))) : null} next={from + perPage < ranked.length ? sheetsPath(round.year, String(from + perPage)) : null} />
      </>
    ),
  })
}

export const routes = [get(`${roundsPath}/:year/sheets`, 'annual-plans.read', sheets)]
