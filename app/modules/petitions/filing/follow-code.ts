import type { Db, Tx } from '../../../core/db.ts'
import { followCodeHash, isFollowCode, levelNumberOf, newFollowCode } from '../../../core/filing/follow-code.ts'
import { caseKind, numberPrefix } from '../schema.ts'

/** A follow number or 案號 as people type it, in the form it is stored in; null when it can be neither. */
export const levelNumber = (typed: string | undefined): string | null => levelNumberOf(numberPrefix, typed)

export type Followed = { id: number; followNo: string }

/** The petition of a number and its code, or null: the same answer, in the same time, whether number or code is wrong. */
export async function findByFollowCode(db: Db, typedNumber: string | undefined, typedCode: string | undefined): Promise<Followed | null> {
  const number = levelNumber(typedNumber) ?? ''
  const row = await db
    .selectFrom('cases')
    .innerJoin('petitions', 'petitions.id', 'cases.id')
    .select(['cases.id', 'cases.follow_no', 'petitions.follow_code_hash'])
    .where('cases.kind', '=', caseKind)
    .where((eb) => eb.or([eb('cases.number', '=', number), eb('cases.follow_no', '=', number)]))
    .executeTakeFirst()
  const matches = isFollowCode(row?.follow_code_hash ?? null, typedCode ?? '')
  return row && matches ? { id: row.id, followNo: row.follow_no } : null
}

/** Gives the petition a new code, which replaces the one it had, and returns it once. The caller tells the resident and records why. */
export async function renewFollowCode(tx: Tx, caseId: number): Promise<string> {
  const code = newFollowCode()
  await tx.updateTable('petitions').set({ follow_code_hash: followCodeHash(code) }).where('id', '=', caseId).execute()
  return code
}
