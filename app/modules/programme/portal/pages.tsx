import { NotFound } from '../../../core/errors.ts'
import { dayOf } from '../../../core/time.ts'
import { portalPage } from '../../../core/web/pages.tsx'
import { get, type PageRequest, type Reply, type Route } from '../../../core/web/route.ts'
import { Letter } from '../../../ui/components/law.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { publicEditionPath, publicForumPath, publicPath } from '../paths.ts'
import { headings, opinionResults } from '../schema.ts'
import '../tables.ts'

const title = '離島綜合建設實施方案'

/** What was published of the programme: editions, and forums with what became of each opinion. */
async function list(request: PageRequest): Promise<Reply> {
  const editions = await request.publicDb.selectFrom('windlion_public.programme_editions').select(['id', 'title', 'label', 'published_at']).orderBy('term', 'desc').orderBy('edition', 'desc').execute()
  const forums = await request.publicDb.selectFrom('windlion_public.programme_forums').select(['number', 'subject', 'held_on', 'township', 'place', 'attendance']).orderBy('held_on', 'desc').limit(200).execute()
  return portalPage(request, {
    title, current: publicPath,
    children: (
      <>
        <h1>{title}</h1>
        <p class="lead">縣府每四年擬訂一次的建設方案，經離島建設指導委員會審議、行政院核定後實施。座談會的意見怎麼處理，也在這裡。</p>
        {editions.length + forums.length === 0 && <EmptyState title="還沒有公開的內容">公開後會列在這裡。</EmptyState>}
        {editions.length > 0 && <><h2>方案內容</h2><ul>{editions.map((one) => <li key={one.id}><a href={publicEditionPath(one.id)}>{one.title}（{one.label}）</a>　<span class="muted"><DayText day={dayOf(one.published_at)} /> 公開</span></li>)}</ul></>}
        {forums.length > 0 && <><h2>座談會</h2><ul>{forums.map((one) => <li key={one.number}><DayText day={one.held_on} />　<a href={publicForumPath(one.number)}>{one.subject}</a><br /><span class="muted">{one.township} {one.place}，{one.attendance} 人出席</span></li>)}</ul></>}
      </>
    ),
  })
}

async function edition(request: PageRequest): Promise<Reply> {
  const id = /^\d{1,15}$/.test(request.params.id!) ? Number(request.params.id) : 0
  const found = await request.publicDb.selectFrom('windlion_public.programme_editions').selectAll().where('id', '=', id).executeTakeFirst()
  if (!found) throw new NotFound()
  return portalPage(request, {
    title: `${found.title}（${found.label}）`, current: publicPath, breadcrumbs: [{ text: title, href: publicPath }, { text: found.label }],
    children: (
      <>
        <h1>{found.title}</h1>
        <p class="lead">{found.label}，<DayText day={dayOf(found.published_at)} /> 公開。</p>
        {found.texts.map(({ heading, text }) => <section key={heading}><h2>{heading}. {headings[heading - 1]}</h2><Letter text={text} /></section>)}
      </>
    ),
  })
}

async function forum(request: PageRequest): Promise<Reply> {
  const found = await request.publicDb.selectFrom('windlion_public.programme_forums').selectAll().where('number', '=', request.params.number!).executeTakeFirst()
  if (!found) throw new NotFound()
  return portalPage(request, {
    title: found.subject, current: publicPath, breadcrumbs: [{ text: title, href: publicPath }, { text: '座談會' }],
    children: (
      <>
        <h1>{found.subject}</h1>
        <p class="lead"><DayText day={found.held_on} />，{found.township} {found.place}，{found.attendance} 人出席。</p>
        {found.opinions.length === 0 ? <p>意見整理中。</p> : found.opinions.map((one, i) => (
          <section key={i}><h2>意見 {i + 1}　<Tag tone={one.result === 'open' ? 'waiting' : 'done'}>{opinionResults[one.result]}</Tag></h2>{one.heading && <p class="muted">{headings[one.heading - 1]}</p>}<Letter text={one.text} />{one.reply && <><h3>縣府的處理</h3><Letter text={one.reply} /></>}</section>
        ))}
      </>
    ),
  })
}

export const portal = [{ label: '離島建設方案', path: publicPath, about: '四年一期的建設方案，座談會說了什麼、縣府怎麼處理。' }]
export const routes: Route[] = [get(publicPath, 'public', list), get(`${publicPath}/editions/:id`, 'public', edition), get(`${publicPath}/forums/:number`, 'public', forum)]
