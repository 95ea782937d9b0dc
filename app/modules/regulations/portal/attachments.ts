import { readDocument } from '../../../core/documents/store.ts'
import { NotFound } from '../../../core/errors.ts'
import { file, get, type PageRequest, type Reply } from '../../../core/web/route.ts'
import { attachmentPath } from '../paths.ts'
import { openLaw } from './law.tsx'

const shown = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/webp'])

/** A file that some promulgation of this public law attached; what no promulgation names is not there. */
async function download(request: PageRequest): Promise<Reply> {
  const { rows } = await openLaw(request, request.params.code!)
  const attached = rows.flatMap(({ operations }) => operations.flatMap((operation) => (operation.do === 'attach' ? [operation.attachment] : [])))
  const found = attached.findLast(({ sha256 }) => sha256 !== undefined && sha256 === request.params.sha256)
  if (!found) throw new NotFound('找不到這個附件')
  const mediaType = found.mediaType ?? 'application/octet-stream'
  return file(await readDocument(found.sha256!), mediaType, found.name, shown.has(mediaType))
}

export const routes = [get(attachmentPath(':code', ':sha256'), 'public', download, { limit: 60 })]
