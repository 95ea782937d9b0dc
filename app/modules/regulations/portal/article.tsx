import { articleOn, articleSpans, silentNames, textOn } from '../../../core/laws/dated.ts'
import { changeOf } from '../../../core/laws/queries.ts'
import { redline } from '../../../core/laws/redline.ts'
import { articleLabel, articleName, articlesOf, type ArticleNo } from '../../../core/laws/text.ts'
import { NotFound } from '../../../core/errors.ts'
import { addDays, rocDay, rocLongDay } from '../../../core/time.ts'
import { get, type PageRequest, type Reply } from '../../../core/web/route.ts'
import { LawArticle, Redline } from '../../../ui/components/law.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { articlePath, lawPath, publicPath } from '../paths.ts'
import { isBefore, openLaw } from './law.tsx'
import { linesOf } from './law-view.tsx'
import { dayAsked, lawsPage, linksOf } from './page.tsx'

/** One article at its own address, as of a day, with every wording it had. */
async function show(request: PageRequest): Promise<Reply> {
  const { law, rows } = await openLaw(request, request.params.code!)
  const no: ArticleNo = request.params.no!
  const { on, isToday } = dayAsked(request.query.on, request.today)
  const changes = rows.map(changeOf)
  const spans = articleSpans(changes).get(no)
  if (!spans) throw new NotFound('這個法規沒有這一條')
  const found = articleOn(changes, no, on)
  const { text } = textOn(changes, on, law.name)
  const shownOn = isToday ? null : on
  const links = await linksOf(request.publicDb)
  const nos = articlesOf(text).map((article) => article.no)
  const at = nos.indexOf(no)
  const title = `${law.name}${articleName(no, found?.text.form ?? text.form)}`
  return lawsPage(request, {
    title,
    breadcrumbs: [{ text: '本縣法規', href: publicPath }, { text: law.name, href: lawPath(law.code, shownOn) }, { text: articleName(no, text.form) }],
    children: (
      <>
        <h1>{title}</h1>
        <p class="muted">{isToday ? '今天有效的條文' : <>{rocLongDay(on)}有效的條文，<a href={articlePath(law.code, no)}>看今天的</a></>}</p>
        {found
          ? <LawArticle level={2} id={`a${no}`} label={articleLabel(no, text.form)} caption={found.article.caption} lines={linesOf(found.article, { links, on: shownOn, own: law.code })} {...(found.silent ? { note: silentNames[found.silent] } : {})} />
          : isBefore(rows[0], on)
            ? <EmptyState title="本系統沒有這一天的條文" action={<a href={`https://law.moj.gov.tw/LawClass/LawHistory.aspx?pcode=${law.code}`}>到全國法規資料庫看沿革</a>}>這個法規的條文自 {rocDay(rows[0]!.effective_on!)} 起收錄。<a href={articlePath(law.code, no, rows[0]!.effective_on)}>看收錄的條文</a></EmptyState>
            : <EmptyState title="這一天沒有這一條">{spans[0] && <>它自 <a href={articlePath(law.code, no, spans[0].from)}>{rocDay(spans[0].from)}</a> 起生效。</>}</EmptyState>}
        <p class="cluster no-print">
          {at > 0 && <a href={articlePath(law.code, nos[at - 1]!, shownOn)}>前一條：{articleName(nos[at - 1]!, text.form)}</a>}
          {at >= 0 && at < nos.length - 1 && <a href={articlePath(law.code, nos[at + 1]!, shownOn)}>後一條：{articleName(nos[at + 1]!, text.form)}</a>}
        </p>
        <h2>這一條的沿革</h2>
        {spans.toReversed().map((span, i, all) => {
          const before = all[i + 1]
          return (
            <section key={span.from}>
              <h3><a href={articlePath(law.code, no, span.from)}>{rocDay(span.from)} 起</a>{span.until && `，至 ${rocDay(addDays(span.until, -1))}`}</h3>
              {before ? <Redline runs={redline(before.article.text, span.article.text)} /> : all.length === 1 && found ? <p class="muted">文字同上。</p> : <div class="law-side">{span.article.text}</div>}
            </section>
          )
        })}
      </>
    ),
  })
}

export const routes = [get(`${publicPath}/:code/articles/:no`, 'public', show)]
