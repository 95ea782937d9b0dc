import { NotFound } from '../../../core/errors.ts'
import { rocLongDay } from '../../../core/time.ts'
import { get, html, type PageRequest, type Reply, type Route } from '../../../core/web/route.ts'
import { Document } from '../../../ui/layouts/document.tsx'
import { displayPath } from '../paths.ts'
import { findBoard } from './queries.ts'

/** Seconds until an old tablet without script asks again. */
const refreshSeconds = 10

/** The waiting room's screen: numbers and desks, never a name. */
async function board(request: PageRequest): Promise<Reply> {
  const found = await findBoard(request.publicDb, request.params.number!)
  if (!found) throw new NotFound('找不到這個場次')
  const [latest, ...earlier] = found.called
  const reply = html(
    <Document title={`叫號 ${found.number}`} site={request.site.county} density="portal" noindex>
      <main class="call-board" id="main">
        <h1 class="call-board__title">{request.site.county}法律諮詢<span>{rocLongDay(found.heldOn)} {found.startsAt}．{found.place}</span></h1>
        {latest
          ? <p class="call-board__now"><span class="call-board__number">{latest.ticket}</span><span class="call-board__where">號　請到第 {latest.desk} 桌</span></p>
          : <p class="call-board__now call-board__now--none">{found.stage === 'closed' ? '今天的諮詢已經結束' : '請稍候叫號'}</p>}
        {earlier.length > 0 && <ul class="call-board__earlier">{earlier.map((one) => <li key={one.ticket}><strong>{one.ticket}</strong> 號在第 {one.desk} 桌</li>)}</ul>}
        <p class="call-board__waiting">{found.waiting.length ? <>等候中：{found.waiting.map((ticket) => <span key={ticket} class="call-board__ticket">{ticket}</span>)}</> : '目前沒有人在等'}</p>
      </main>
    </Document>,
  )
  return { ...reply, headers: { refresh: String(refreshSeconds) } } as Reply
}

export const routes: Route[] = [get(displayPath(':number'), 'public', board)]
