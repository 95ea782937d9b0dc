import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Db } from '../../app/core/db.ts'
import { useDocumentFolder } from '../../app/core/documents/store.ts'
import { verifyAll } from '../../app/core/verify.ts'
import { makeOffice } from '../../app/modules/petitions/office-for-tests.ts'

export type Setting = { url: string; documents: string; clerk: number; officer: number; unit: number }
export type Acknowledged =
  | { what: 'registered' | 'dispatched' | 'accepted'; id: number; number: string }
  | { what: 'attached'; id: number; number: string; text: string }
  | { what: 'signed'; note: string }

const project = fileURLToPath(new URL('../..', import.meta.url))

/** Kills the database too, right after every so many kills. */
export type Hurt = { every: number; kill: () => Promise<void> }

/** Kills a working process at a random moment, so many times; gives what it had acknowledged and every fault found. */
export async function killRounds(db: Db, url: string, rounds: number, hurt: Hurt = { every: Infinity, kill: async () => {} }): Promise<{ acknowledged: number; signed: number; faults: string[] }> {
  const office = await makeOffice(db)
  const documents = mkdtempSync(join(tmpdir(), 'windlion-kill-'))
  useDocumentFolder(documents)
  const setting: Setting = { url, documents, clerk: office.clerk.person.id, officer: office.officer.person.id, unit: office.units.roads }
  const told: Acknowledged[] = []
  try {
    let next = startWorker(setting)
    for (let round = 1; round < rounds; round += 1) {
      const worker = next
      const isHurt = round % hurt.every === 0
      if (!isHurt) next = startWorker(setting) // gets ready meanwhile; one that connects while the database is down would end by itself
      told.push(...(await killAtRandom(worker)))
      if (!isHurt) continue
      await hurt.kill()
      next = startWorker(setting)
    }
    told.push(...(await killAtRandom(next)))
    return { acknowledged: told.length, signed: told.filter(({ what }) => what === 'signed').length, faults: await findFaults(db, told) }
  } finally {
    rmSync(documents, { recursive: true, force: true })
  }
}

function startWorker(setting: Setting): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'test/kill/worker.ts'], { cwd: project, env: { ...process.env, KILL_SETTING: JSON.stringify(setting), TSX_TSCONFIG_PATH: join(project, 'tsconfig.json') }, stdio: ['pipe', 'pipe', 'inherit'] })
}

/** After some acknowledgements, none to a dozen, and a little more: in the middle of whatever is under way then. */
function killAtRandom(worker: ChildProcess): Promise<Acknowledged[]> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const most = Math.floor(Math.random() * 13)
    let begun = false
    let killing = false
    worker.stdout!.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const lines = printed.split('\n').length - 1
      if (lines > 0 && !begun) worker.stdin!.write('go\n')
      begun ||= lines > 0
      if (killing || lines <= most) return
      killing = true
      setTimeout(() => worker.kill('SIGKILL'), Math.random() * 40)
    })
    worker.once('error', reject)
    if (worker.exitCode !== null) return reject(new Error(`the worker ended by itself (${worker.exitCode})`))
    worker.once('close', (code, signal) => {
      if (signal !== 'SIGKILL') return reject(new Error(`the worker ended by itself (${signal ?? code})`))
      resolve(printed.split('\n').slice(1, -1).map((line) => JSON.parse(line) as Acknowledged)) // a line cut in two was not told
    })
  })
}

/** Nothing acknowledged lost, no half act, the record intact. */
async function findFaults(db: Db, told: Acknowledged[]): Promise<string[]> {
  const faults: string[] = []
  const eventOf = { registered: 'petition.registered', dispatched: 'petition.dispatched', accepted: 'petition.accepted', attached: 'petition.supplemented' }
  for (const one of told) {
    if (one.what === 'signed') continue
    const found = await sql<{ event: boolean; document: boolean }>`select exists (select from events where case_id = c.id and kind = ${eventOf[one.what]}) as event,
        exists (select from case_documents d where d.case_id = c.id and d.name = ${one.what === 'attached' ? `${one.text}.txt` : ''}) as document
      from cases c where c.number = ${one.number} and c.id = ${one.id}`.execute(db)
    if (!found.rows[0]?.event || (one.what === 'attached' && !found.rows[0].document)) faults.push(`${one.number}: ${one.what} was acknowledged and is not there`)
  }
  const half = await sql<{ name: string }>`select coalesce(number, follow_no) as name from cases c where number is null or not exists (select from case_clocks where case_id = c.id)
    or not exists (select from case_dues where case_id = c.id) or not exists (select from case_texts where case_id = c.id) or not exists (select from petitions where id = c.id)
    or (select count(*) from case_documents where case_id = c.id) <> (select count(*) from events where case_id = c.id and kind = 'petition.supplemented')`.execute(db)
  faults.push(...half.rows.map(({ name }) => `${name}: half an act`))
  const notes = told.flatMap((one) => (one.what === 'signed' ? [one.note] : []))
  faults.push(...(await verifyAll(db, { notes, keys: [] })).flatMap((proof) => proof.differences))
  return faults
}
