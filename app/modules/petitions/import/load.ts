import type { Tx } from '../../../core/db.ts'
import type { ImportCounts, ImportFile } from '../../../core/tabular/import.ts'
import { caseKind, numberPrefix } from '../schema.ts'
import { sql } from 'kysely'
import { changePetition } from './change.ts'
import type { PetitionImportRow } from './check.ts'
import type { Field } from './fields.ts'
import { spreadRows } from './spread.ts'
import { stageRows } from './stage.ts'

export type PetitionToAdd = { row: PetitionImportRow; fieldHashes: Buffer; keyVersion: number }
export type PetitionToChange = PetitionToAdd & { id: number; before: Buffer | null; fields: Field[] }

export type PetitionsToLoad = {
  add: PetitionToAdd[]
  change: PetitionToChange[]
  unchanged: number
  /** what is said about the import */
  files: Pick<ImportFile, 'name' | 'sha256'>[]
  /** when changes are recorded; what is added carries the recorded times of its own */
  recordedAt: Date
}

/** Writes the rows in the caller's transaction. Nothing is recorded when nothing is new. */
export async function loadPetitions(tx: Tx, load: PetitionsToLoad): Promise<ImportCounts> {
  const counts = { added: load.add.length, changed: load.change.length, unchanged: load.unchanged }
  if (counts.added + counts.changed === 0) return counts
  const importId = await recordImport(tx, load)
  if (load.add.length > 0) {
    await stageRows(tx, load.add)
    await spreadRows(tx, importId, load.recordedAt)
  }
  for (const change of load.change) await changePetition(tx, importId, change, load.recordedAt)
  await keepCountersAhead(tx, load.add)
  return counts
}

async function recordImport(tx: Tx, load: PetitionsToLoad): Promise<number> {
  const { id } = await tx
    .insertInto('imports')
    .values({
      what: 'petitions',
      file_name: load.files.map(({ name }) => name).join('、'),
      sha256: load.files[0]?.sha256 ?? Buffer.alloc(32),
      rows: load.add.length + load.change.length,
      imported_at: load.recordedAt,
      person_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

// An imported number of our own form must not be drawn again.
async function keepCountersAhead(tx: Tx, added: PetitionToAdd[]): Promise<void> {
  const last = new Map<number, number>()
  for (const { row } of added) {
    const own = new RegExp(`^${numberPrefix}(\\d{1,3})-(\\d{6})$`).exec(row.number)
    if (own) last.set(Number(own[1]), Math.max(Number(own[2]), last.get(Number(own[1])) ?? 0))
  }
  for (const [year, number] of last) {
    await sql`insert into case_counters (kind, roc_year, last) values (${caseKind}, ${year}, ${number})
      on conflict (kind, roc_year) do update set last = greatest(case_counters.last, excluded.last)`.execute(tx)
  }
}
