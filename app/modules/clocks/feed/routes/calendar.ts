import { createHash } from 'node:crypto'
import { NotFound } from '../../../../core/errors.ts'
import { writeCalendar } from '../../../../core/ical.ts'
import { get, type PageRequest, type Reply, type Route } from '../../../../core/web/route.ts'
import { feedPath } from '../../paths.ts'
import { findFeedEvents, findFeedPerson } from '../queries.ts'

/** An officer's due days for their calendar program. Whoever knows the address may read it; a wrong one is not found. */
async function calendar(request: PageRequest): Promise<Reply> {
  const person = await findFeedPerson(request.db, request.params.secret ?? '')
  if (!person) throw new NotFound('沒有這份行事曆')
  const text = writeCalendar(`${request.site.county}限辦 ${person.name}`, await findFeedEvents(request.db, person, request.origin))
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
  return { kind: 'file', bytes: text, type: 'text/calendar; charset=utf-8', name: '限辦.ics', inline: true, etag }
}

/** Calendar programs come once an hour or so; many officers may share one address. */
const fetchesPerMinute = 60

export const routes: Route[] = [{ ...get(feedPath(':secret'), 'public', calendar), limit: fetchesPerMinute }]
