import { sql } from 'kysely'
import { casePath, seenBy } from '../../core/cases/case-kinds.ts'
import type { Reader, Tx } from '../../core/db.ts'
import type { Result } from '../../core/errors.ts'
import { done, refusal } from '../../core/errors.ts'
import type { Person } from '../../core/identity/permissions.ts'
import { visibleTo } from './project.ts'
import { caseKind } from './schema.ts'
import './tables.ts'

/** For a module whose case became a project: keeps where the project came from; gives its id. One project has one origin. */
export async function linkOrigin(tx: Tx, person: Person, number: string, fromCaseId: number): Promise<Result<{ id: number; title: string }>> {
  const { rows: [project] } = await sql<{ id: number; title: string; from: number | null }>`
    select c.id, c.title, p.from_case_id as from from cases c join projects p on p.id = c.id where c.kind = ${caseKind} and c.number = ${number} and ${visibleTo(person)} for update of c`.execute(tx)
  if (!project) return refusal('project.not-found', `找不到「${number}」這件列管計畫`, { field: 'project' })
  if (project.from !== null && project.from !== fromCaseId) return refusal('project.has-origin', `「${number}」已經連到另一件案件`, { field: 'project' })
  await tx.updateTable('projects').set({ from_case_id: fromCaseId }).where('id', '=', project.id).execute()
  return done({ id: project.id, title: project.title })
}

export type Origin = { number: string; title: string; path: string }

/** Where a project came from, for who may see that. */
export async function findOrigin(reader: Reader, person: Person, projectId: number): Promise<Origin | null> {
  const { rows: [from] } = await sql<{ kind: string; number: string; title: string }>`
    select c.kind, coalesce(c.number, c.follow_no) as number, c.title from projects p join cases c on c.id = p.from_case_id where p.id = ${projectId} and ${seenBy(person, 'c')}`.execute(reader)
  const path = from && casePath(from.kind, from.number)
  return from && path ? { number: from.number, title: from.title, path } : null
}
