import { type Db, type Tx, write } from '../core/db.ts'
import { hashPassword } from '../core/identity/password.ts'
import { findSetting, saveSetting } from '../core/identity/settings.ts'
import { unitsImporter } from '../core/identity/units-import.ts'
import { type FileOfKind, type Importer, importTables } from '../core/tabular/import.ts'
import { type Day, day } from '../core/time.ts'
import { petitions as petitionsModule } from '../modules/petitions/index.ts'
import { withCorrections } from './corrections.ts'
import { demoPeople } from './people.ts'
import { makePetitions, makeRecentPetitions } from './petitions.ts'
import { petitionsFile, unitsFile } from './tables.ts'
import { demoUnits } from './units.ts'

export const demonstrationPassword = 'windlion-demo'

const petitionsImporter: Importer = petitionsModule.importers![0]!
const importers = [unitsImporter, petitionsImporter]

/**
 * Fills an empty database with the demonstration county; a database that has units of its own, or was filled before, is left
 * alone. Its records go through the same import as those of a real office. `now` decides only which letters count as recent.
 * A load that was broken off goes on where it was at the next start.
 */
export async function loadDemonstration(db: Db, log: (line: string) => void, now = new Date()): Promise<void> {
  if ((await findSetting(db, 'demonstration')) !== undefined) return
  let progress = await findSetting<Progress>(db, 'demonstration.progress')
  if (!progress && (await db.selectFrom('units').select('id').limit(1).executeTakeFirst())) return
  log('載入示範縣政府：單位、同仁與四個半年度的陳情案件')
  progress ??= { done: 0, startedAt: now.toISOString() }
  const steps = loads(new Date(progress.startedAt))
  for (let done = progress.done; done < steps.length; done++) {
    // A step that was done but not yet noted is done again: the same rows change nothing.
    await saveProgress(db, { ...progress, done })
    await load(db, steps[done]!)
  }
  await write(db, async (tx) => {
    await saveSetting(tx, 'county.name', '示範縣政府')
    await loadPeople(tx)
    await saveSetting(tx, 'demonstration', true)
  })
}

type Progress = { done: number; startedAt: string }
type Load = { file: FileOfKind; recordedAt?: Date }

function loads(now: Date): Load[] {
  const { first, corrections } = withCorrections(makePetitions())
  const recent = makeRecentPetitions(now)
  return [
    { file: unitsFile(unitsImporter, demoUnits) },
    { file: petitionsFile(petitionsImporter, '示範縣舊系統陳情案件.csv', first) },
    ...corrections.map(({ recordedAt, petitions }) => ({ file: petitionsFile(petitionsImporter, '示範縣舊系統更正.csv', petitions), recordedAt })),
    ...(recent.length > 0 ? [{ file: petitionsFile(petitionsImporter, '示範縣近日陳情案件.csv', recent) }] : []),
  ]
}

async function load(db: Db, { file, recordedAt }: Load): Promise<void> {
  const outcome = await importTables(db, [file], importers, recordedAt ? { update: true, recordedAt } : {})
  if (outcome.exitCode !== 0) throw new Error(`the demonstration county does not import: ${outcome.errors.slice(0, 3).join(' / ')}`)
}

async function saveProgress(db: Db, progress: Progress): Promise<void> {
  await write(db, (tx) => saveSetting(tx, 'demonstration.progress', progress))
}

async function loadPeople(tx: Tx): Promise<void> {
  const hash = await hashPassword(demonstrationPassword)
  const units = new Map((await tx.selectFrom('units').select(['id', 'code']).execute()).map(({ id, code }) => [code, id]))
  const validFrom: Day = day('2019-01-01')
  for (const { login, name, role, unit } of demoPeople) {
    const person = { login, name, email: `${login}@windlion.example`, password_hash: hash, locked_at: null, last_failed_at: null }
    const { id } = await tx.insertInto('people').values(person).returning('id').executeTakeFirstOrThrow()
    await tx.insertInto('posts').values({ person_id: id, unit_id: units.get(unit)!, role, valid_from: validFrom, valid_until: null }).execute()
  }
}
