import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { Browser } from '../../../test/support/browser-less.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { connect, type Db } from '../../core/db.ts'
import { tokenHash } from '../../core/identity/sessions.ts'
import { openJobs } from '../../core/jobs/jobs.ts'
import { importTables } from '../../core/tabular/import.ts'
import { mountApi } from '../../core/web/api.ts'
import { useNavigation } from '../../core/web/pages.tsx'
import { buildServer, sessionCookie } from '../../core/web/server.ts'
import { parseInstant } from '../../core/time.ts'
import { modules } from '../../modules.ts'
import { declareModules } from '../../start.ts'
import { regulationsImporter } from './import/importer.ts'
import './tables.ts'

export type Staff = Awaited<ReturnType<typeof makePerson>>

/** The law section, a bureau with a section, another bureau; each with its people. */
export async function makeOffice(db: Db) {
  declareModules()
  useTestKeys()
  await openJobs(db)
  const admin = await makeUnit(db, '行政處')
  const works = await makeUnit(db, '建設處')
  const parks = await makeUnit(db, '公園科', { kind: 'section', parentId: works })
  const environment = await makeUnit(db, '環境保護局', { kind: 'bureau' })
  return {
    units: { admin, works, parks, environment },
    law: await makePerson(db, '吳法制', 'law', admin),
    officer: await makePerson(db, '陳承辦', 'officer', parks),
    chief: await makePerson(db, '黃科長', 'section-chief', parks),
    head: await makePerson(db, '張處長', 'head', works),
    stranger: await makePerson(db, '周外人', 'officer', environment),
    clerk: await makePerson(db, '林收發', 'clerk', admin),
  }
}
export type Office = Awaited<ReturnType<typeof makeOffice>>

/** Rows of regulations.csv, imported. Throws with the first problem. */
export async function importRows(db: Db, rows: Record<string, string>[]): Promise<void> {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const table = { file: 'regulations.csv', header, rows: rows.map((row, i) => ({ number: i + 2, cells: header.map((name) => row[name] ?? '') })) }
  const file = { importer: regulationsImporter, name: 'regulations.csv', path: 'regulations.csv', sha256: Buffer.alloc(32), table, problems: [] }
  const outcome = await importTables(db, [file], [regulationsImporter])
  if (outcome.exitCode) throw new Error(outcome.errors.join('\n'))
}

export const at = <C extends object>(caller: C, text: string): C & { now: Date } => ({ ...caller, now: parseInstant(text)! })

/** The whole office on a test database with a fixed clock, the public side on the public's own role. */
export async function serveForTests(db: Db, url: string, now: () => Date) {
  useNavigation(modules)
  const open = connect(url, { max: 2, role: 'windlion_public' })
  const app = await buildServer({
    db, publicDb: open.db, site: { county: '示範縣政府', demo: true, publicUrl: 'https://windlion.example' }, routes: modules.flatMap((module) => module.routes),
    publicFolder: fileURLToPath(new URL('../../../public', import.meta.url)), behindProxy: false, logLevel: 'silent', now,
    extend: (server) => mountApi(server, modules.flatMap((module) => module.api ?? []), { db, publicDb: open.db, county: '示範縣政府' }),
  })
  afterAll(async () => {
    await app.close()
    await open.close()
  })
  const signIn = async (staff: Staff): Promise<Browser> => {
    const token = randomBytes(32).toString('base64url')
    await db.insertInto('sessions').values({ token_hash: tokenHash(token), person_id: staff.person.id, expires_at: new Date(Date.now() + 3_600_000), label: null }).execute()
    return new Browser(app, { [sessionCookie]: token })
  }
  return { app, signIn, visit: () => new Browser(app) }
}
