import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Kysely, sql } from 'kysely'
import { openCalendar } from '../calendar/follow.ts'

const appFolder = fileURLToPath(new URL('../..', import.meta.url))
const migrationLock = 7_301_002

/**
 * Applies every `migrations/<date>-<what>.sql` under app/ that this database has not seen, in order of
 * file name over all folders, all in one transaction. Returns the names applied.
 * A file changed after it was applied is a fault: write a new one. Then takes the county's calendar into use.
 */
export async function migrate(db: Kysely<any>): Promise<string[]> {
  const files = await findMigrations()
  const applied = await db.transaction().execute((tx) => applyNew(tx, files))
  await openCalendar(db)
  return applied
}

async function applyNew(tx: Kysely<any>, files: Awaited<ReturnType<typeof findMigrations>>): Promise<string[]> {
  await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(tx)
  await sql`create schema if not exists windlion`.execute(tx)
  await sql`create table if not exists windlion.migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`.execute(tx)
  const known = await sql<{ name: string; sha256: string }>`select name, sha256 from windlion.migrations`.execute(tx)
  const seen = new Map(known.rows.map((row) => [row.name, row.sha256]))
  const applied: string[] = []
  for (const file of files) {
    if (seen.has(file.name)) {
      if (seen.get(file.name) !== file.sha256) throw new Error(`migration ${file.name} was changed after it had been applied`)
      continue
    }
    await sql.raw(file.text).execute(tx).catch((cause) => {
      throw new Error(`migration ${file.path} failed: ${cause.message}`, { cause })
    })
    await sql`insert into windlion.migrations (name, sha256) values (${file.name}, ${file.sha256})`.execute(tx)
    applied.push(file.name)
  }
  return applied
}

async function findMigrations() {
  const entries = await readdir(appFolder, { recursive: true })
  const paths = entries.filter((path) => /(^|\/)migrations\/[^/]+\.sql$/.test(path))
  const files = await Promise.all(
    paths.map(async (path) => {
      const text = await readFile(join(appFolder, path), 'utf8')
      const name = path.split('/').at(-1)!
      return { name, path: relative(appFolder, join(appFolder, path)), text, sha256: createHash('sha256').update(text).digest('hex') }
    }),
  )
  return files.sort((a, b) => (a.name < b.name ? -1 : 1))
}
