import { cleanOutgoing } from '../documents/outgoing.ts'
import { readDocument } from '../documents/store.ts'
import { isRefusal } from '../errors.ts'
import { file, type Reply } from './route.ts'

/** Shown in the browser; everything else is downloaded, so that nothing of what people send ever runs on our pages. */
const shownInline = new Set(['application/pdf', 'image/jpeg', 'image/png', 'image/gif', 'image/webp', 'text/plain'])
const drawn = new Set(['image/jpeg', 'image/png', 'image/webp'])

/**
 * A file that somebody sent, for staff who may see its case. Pictures are drawn anew: no camera data on the screen or in what is saved from it, and no
 * strange bytes for a browser's decoder; one that cannot be drawn is only downloaded. `original`: as it came, evidence under its hash, as a download.
 */
export async function shownFile({ sha256, mediaType, name }: { sha256: string; mediaType: string; name: string }, original = false): Promise<Reply> {
  const bytes = await readDocument(sha256)
  if (original || !shownInline.has(mediaType)) return file(bytes, mediaType, name)
  if (!drawn.has(mediaType)) return file(bytes, mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType, name, true)
  const shown = await cleanOutgoing([{ name, mediaType, bytes }])
  return isRefusal(shown) ? file(bytes, mediaType, name) : file(shown.files[0]!.bytes, mediaType, name, true)
}

/** The address of the file as it came, where what is shown differs. */
export const originalOf = (path: string, mediaType: string): string | undefined => (drawn.has(mediaType) ? `${path}?original=1` : undefined)
export const wantsOriginal = (query: Record<string, string | undefined>): boolean => query.original === '1'
