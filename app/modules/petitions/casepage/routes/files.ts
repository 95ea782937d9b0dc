import { sql } from 'kysely'
import { NotFound } from '../../../../core/errors.ts'
import { get, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { shownFile, wantsOriginal } from '../../../../core/web/shown-file.ts'
import { visibleTo } from '../../visible.ts'

async function serveFile(request: StaffRequest): Promise<Reply> {
  const { params, person } = request
  if (!/^\d{1,15}$/.test(params.id!)) throw new NotFound('找不到這個檔案')
  const found = await sql<{ name: string; kind: string; mediaType: string; sha256: string }>`
    select d.name, d.kind, f.media_type as "mediaType", encode(f.sha256, 'hex') as sha256
    from case_documents d join documents f on f.id = d.document_id join cases c on c.id = d.case_id
    where d.id = ${params.id}::bigint and ${params.name} in (c.number, c.follow_no) and ${visibleTo(person)}`.execute(request.db)
  const row = found.rows[0]
  if (!row) throw new NotFound('找不到這個檔案')
  return shownFile(row, row.kind === 'original-mail' || wantsOriginal(request.query))
}

export const routes = [get('/console/petitions/:name/files/:id', 'petitions.read', serveFile)]
