import { latestChanges } from '../../../core/laws/queries.ts'
import { isoInstant, rocLongDay, startOf } from '../../../core/time.ts'
import { xmlText } from '../../../core/laws/xml.ts'
import { file, get, type PageRequest, type Reply } from '../../../core/web/route.ts'
import { feedPath, lawPath, publicPath } from '../paths.ts'
import { changeWords } from './words.ts'

/** Atom feed (RFC 4287) of what was promulgated last; `?code=` follows one regulation. */
async function feed(request: PageRequest): Promise<Reply> {
  const code = request.query.code
  const changes = await latestChanges(request.publicDb, 50, code)
  const { origin, site } = request
  const self = origin + feedPath + (code ? `?code=${encodeURIComponent(code)}` : '')
  const entries = changes.map((change) => {
    const title = `${changeWords(change.kind, change.law_kind)}「${change.name}」`
    const address = `${origin}${lawPath(change.code, change.effective_on)}`
    const words = [`${rocLongDay(change.promulgated_on)}${change.document_no ? `　${change.document_no}` : ''}`, change.effective_on ? `${rocLongDay(change.effective_on)}生效` : '施行日期另定', ...(change.note ? [change.note] : [])].join('\n')
    return `<entry><id>${xmlText(`${origin}${publicPath}/changes/${change.id}`)}</id><title>${xmlText(title)}</title><link rel="alternate" href="${xmlText(address)}"/><updated>${isoInstant(startOf(change.promulgated_on))}</updated><content type="text">${xmlText(words)}</content></entry>`
  })
  const updated = changes[0] ? startOf(changes[0].promulgated_on) : request.now
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hant-TW"><id>${xmlText(self)}</id><title>${xmlText(`${site.county}：法規異動`)}</title><link rel="self" href="${xmlText(self)}"/><link rel="alternate" href="${xmlText(origin + publicPath)}"/><updated>${isoInstant(updated)}</updated><author><name>${xmlText(site.county)}</name></author>${entries.join('')}</feed>\n`
  return file(body, 'application/atom+xml; charset=utf-8', undefined, true)
}

export const routes = [get(feedPath, 'public', feed)]
