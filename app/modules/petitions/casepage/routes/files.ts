import { sql } from 'kysely'
import { readDocument } from '../../../../core/documents/store.ts'
import { NotFound } from '../../../../core/errors.ts'
import { file, get, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { visibleTo } from '../../visible.ts'

/** Shown in the browser; everything else is downloaded, so that nothing of a letter ever runs on our pages. */
const shownInline = new Set(['application/pdf', 'image/jpeg', 'image/png', 'image/gif', 'image/webp', 'text/plain'])

async function serveFile(request: StaffRequest): Promise<Reply> {
  const { params, person } = request
  if (!/^\d{1,15}$/.test(params.id!)) throw new NotFound('找不到這個檔案')
  const found = await sql<{ name: string; kind: string; mediaType: string; sha256: string }>`
    select d.name, d.kind, f.media_type as "mediaType", encode(f.sha256, 'hex') as sha256
    from case_documents d join documents f on f.id = d.document_id join cases c on c.id = d.case_id
    where d.id = ${params.id}::bigint and ${params.name} in (c.number, c.follow_no) and ${visibleTo(person)}`.execute(request.db)
  const row = found.rows[0]
  if (!row) throw new NotFound('找不到這個檔案')
  const inline = shownInline.has(row.mediaType) && row.kind !== 'original-mail'
  const type = row.mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : row.mediaType
  return file(await readDocument(row.sha256), type, row.name, inline)
}

export const routes = [get('/console/petitions/:name/files/:id', 'petitions.read', serveFile)]
