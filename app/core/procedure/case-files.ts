import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../db.ts'
import { NotFound } from '../errors.ts'
import type { Person } from '../identity/permissions.ts'
import { get, type Reply, type Route } from '../web/route.ts'
import { shownFile, wantsOriginal } from '../web/shown-file.ts'

export type CaseFileRow = { id: number; name: string; kind: string; bytes: number; mediaType: string; sha256: string }

export async function findCaseFiles(reader: Reader, caseId: number): Promise<CaseFileRow[]> {
  return (await sql<CaseFileRow>`select d.id, d.name, d.kind, o.size as bytes, o.media_type as "mediaType", encode(o.sha256, 'hex') as sha256
    from case_documents d join documents o on o.id = d.document_id where d.case_id = ${caseId} order by d.id`.execute(reader)).rows
}

/** The files beside a case, for those who may see it. */
export function caseFileRoute(procedure: { kind: string; read: string; listPath: string }, visibleTo: (person: Person) => RawBuilder<boolean>): Route {
  return get(`${procedure.listPath}/:name/files/:id`, procedure.read, async ({ db, person, params, query }): Promise<Reply> => {
    if (!/^\d{1,15}$/.test(params.id!)) throw new NotFound('找不到這個檔案')
    const found = await sql<CaseFileRow>`select d.id, d.name, d.kind, o.size as bytes, o.media_type as "mediaType", encode(o.sha256, 'hex') as sha256
      from case_documents d join documents o on o.id = d.document_id join cases c on c.id = d.case_id
      where d.id = ${params.id}::bigint and c.kind = ${procedure.kind} and ${params.name} in (c.number, c.follow_no) and ${visibleTo(person)}`.execute(db)
    if (!found.rows[0]) throw new NotFound('找不到這個檔案')
    return shownFile(found.rows[0], wantsOriginal(query))
  })
}
