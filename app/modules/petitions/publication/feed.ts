import { isoInstant } from '../../../core/time.ts'
import type { PublishedPetitionView } from '../tables.ts'
import { feedPath, publicationPath, publishedPath } from './paths.ts'

/** An Atom feed (RFC 4287) of what was published last. `origin`: scheme and host. */
export function atomFeed(rows: PublishedPetitionView[], about: { origin: string; county: string; now: Date }): string {
  const { origin, county } = about
  const updated = rows[0]?.published_at ?? about.now
  const entries = rows.map(
    (row) => `<entry><id>${xml(origin + publicationPath(row.id))}</id><title>${xml(row.title)}</title><link rel="alternate" href="${xml(origin + publicationPath(row.id))}"/>` +
      `<updated>${isoInstant(row.published_at)}</updated>${row.category ? `<category term="${xml(row.category)}"/>` : ''}` +
      `<content type="text">${xml(`${row.question}\n\n答復（${row.unit_name}）：\n${row.answer}`)}</content></entry>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hant-TW"><id>${xml(origin + feedPath)}</id><title>${xml(`${county}：公開的陳情與答復`)}</title>` +
    `<link rel="self" href="${xml(origin + feedPath)}"/><link rel="alternate" href="${xml(origin + publishedPath)}"/><updated>${isoInstant(updated)}</updated><author><name>${xml(county)}</name></author>${entries.join('')}</feed>\n`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Escaped, without the controls that XML 1.0 cannot hold. */
const xml = (text: string) => text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"']/g, (sign) => entities[sign]!)
