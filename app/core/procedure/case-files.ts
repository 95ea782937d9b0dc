import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../db.ts'
import { readDocument } from '../documents/store.ts'
import { NotFound } from '../errors.ts'
import type { Person } from '../identity/permissions.ts'
import { file, get, type Reply, type Route } from '../web/route.ts'
import type { Procedure, StepState } from './step.ts'

/** Shown in the browser; everything else is downloaded, so that nothing of what people send ever runs on our pages. */
const shownInline = new Set(['application/pdf', 'image/jpeg', 'image/png', 'image/gif', 'image/webp', 'text/plain'])

export type CaseFileRow = { id: number; name: string; kind: string; bytes: number; mediaType: string; sha256: string }

export async function findCaseFiles(reader: Reader, caseId: number): Promise<CaseFileRow[]> {
  return (await sql<CaseFileRow>`select d.id, d.name, d.kind, o.size as bytes, o.media_type as "mediaType", encode(o.sha256, 'hex') as sha256
    from case_documents d join documents o on o.id = d.document_id where d.case_id = ${caseId} order by d.id`.execute(reader)).rows
}

/** The files beside a case, for those who may see it. */
export function caseFileRoute<State extends StepState>(procedure: Procedure<State>, visibleTo: (person: Person) => RawBuilder<boolean>): Route {
  return get(`${procedure.listPath}/:name/files/:id`, procedure.read, async ({ db, person, params }): Promise<Reply> => {
    if (!/^\d{1,15}$/.test(params.id!)) throw new NotFound('找不到這個檔案')
    const found = await sql<CaseFileRow>`select d.id, d.name, d.kind, o.size as bytes, o.media_type as "mediaType", encode(o.sha256, 'hex') as sha256
      from case_documents d join documents o on o.id = d.document_id join cases c on c.id = d.case_id
      where d.id = ${params.id}::bigint and c.kind = ${procedure.kind} and ${params.name} in (c.number, c.follow_no) and ${visibleTo(person)}`.execute(db)
    if (!found.rows[0]) throw new NotFound('找不到這個檔案')
    return serveCaseFile(found.rows[0])
  })
}

export async function serveCaseFile({ mediaType, sha256, name }: CaseFileRow): Promise<Reply> {
  return file(await readDocument(sha256), mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType, name, shownInline.has(mediaType))
}
