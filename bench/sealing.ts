// What sealing costs an act: the same mixed acts on cases (filing and registering, dispatch, a document, acceptance), in alternating
// bursts with the record kept and not kept; prints JSON. Counted is CPU time, of this process and of PostgreSQL's, so that a busy machine
// changes little. What a burst without sealing left open is sealed afterwards, counted by itself (`alone`); with sealing, until nothing is
// open. One pair says little, since two bursts alike differ by some 8 %: `percent` is of all pairs together, `error` its standard error.
//   sealing.ts [URL [CASES [PAIRS]]]   a database that it may fill; none: an embedded one, taken away at the end; cases a burst
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { sql } from 'kysely'
import { openDatabase } from '../app/core/database/embedded.ts'
import { migrate } from '../app/core/database/migrate.ts'
import { connect, type Db, write } from '../app/core/db.ts'
import { attachDocument, storeDocument, useDocumentFolder } from '../app/core/documents/store.ts'
import { valueOf } from '../app/core/errors.ts'
import { keepRecord } from '../app/core/events/keep.ts'
import { record } from '../app/core/events/record.ts'
import { sealEvents } from '../app/core/events/seal.ts'
import { openJobs } from '../app/core/jobs/jobs.ts'
import { dayOf } from '../app/core/time.ts'
import { dispatchPetition } from '../app/modules/petitions/dispatch/actions.ts'
import { acceptPetition } from '../app/modules/petitions/handling/accept.ts'
import { makeOffice, type Office } from '../app/modules/petitions/office-for-tests.ts'
import { declareModules } from '../app/start.ts'
import { makePetition, useTestKeys } from '../test/support/makers.ts'

const hands = 4
const actsOfCase = 4
const [url, cases, pairs] = [process.argv[2] || null, Number(process.argv[3] ?? 300), Number(process.argv[4] ?? 12)]
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const folder = mkdtempSync(join(tmpdir(), 'windlion-sealing-'))
chmodSync(folder, 0o755)
const embedded = url ? null : await openDatabase({ dataDir: folder })
const connection = connect(url ?? embedded!.url)
try {
  console.log(JSON.stringify(await measure(connection.db), null, 2))
} finally {
  await connection.close()
  await embedded?.close()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0) // pg-boss keeps a timer

async function measure(db: Db) {
  useTestKeys()
  declareModules()
  await migrate(db)
  await openJobs(db)
  useDocumentFolder(join(folder, 'documents'))
  const office = await makeOffice(db)
  const server = await serverOf(db)
  await burst(db, office) // warms up
  await sealEvents(db)
  const found = { off: [] as number[], on: [] as number[], alone: [] as number[] }
  for (let pair = 0; pair < pairs; pair += 1) {
    for (const how of pair % 2 ? (['on', 'off'] as const) : (['off', 'on'] as const)) {
      // tables grow alike for both, and neither pays for the other's rubbish
      await sql`vacuum analyze`.execute(db)
      collectGarbage()
      found[how].push(await cost(server, () => (how === 'on' ? keeping(db, () => burst(db, office)) : burst(db, office))))
      if (how === 'off') found.alone.push(await cost(server, async () => void (await sealEvents(db))))
    }
  }
  return summary(found)
}

function summary({ off, on, alone }: { off: number[]; on: number[]; alone: number[] }) {
  const acts = cases * actsOfCase
  const without = sum(off) / pairs
  const more = on.map((ms, pair) => ((ms - off[pair]!) / without) * 100)
  const percent = sum(more) / pairs
  const error = Math.sqrt(sum(more.map((one) => (one - percent) ** 2)) / (pairs - 1) / pairs)
  const ofWithout = (ms: number) => +((ms / without) * 100).toFixed(1)
  return {
    percent: +percent.toFixed(1), error: +error.toFixed(1), median: +median(more).toFixed(1), pairs: more.map((one) => +one.toFixed(1)),
    /** all events of a burst in one sealing, each case hashed once */
    alone: ofWithout(sum(alone) / pairs), msAnActWithout: +(without / acts).toFixed(3), msAnActWith: +(sum(on) / pairs / acts).toFixed(3), actsABurst: acts,
  }
}

/** Several hands at once; every case goes from its filing to the officer's acceptance. */
async function burst(db: Db, office: Office): Promise<void> {
  let open = cases
  const hand = async () => {
    while (open-- > 0) await oneCase(db, office)
  }
  await Promise.all(Array.from({ length: hands }, hand))
}

async function oneCase(db: Db, { clerk, officer, units }: Office): Promise<void> {
  const { id, number } = await makePetition(db, new Date())
  valueOf(await dispatchPetition(clerk, { name: number, unitId: units.roads, jointUnitIds: [] }))
  await write(db, async (tx, now) => {
    const { id: documentId } = await storeDocument(tx, Buffer.from(`補正 ${number}`), 'text/plain')
    await attachDocument(tx, { caseId: id, documentId, name: '補正.txt', kind: 'supplement' })
    await record(tx, { person: null, onBehalfOf: null, now, today: dayOf(now) }, 'petition.supplemented', { caseId: id })
  })
  valueOf(await acceptPetition(officer, { name: number }))
}

/** As the service keeps the record: sealed every second, signed every minute, and to its end. */
async function keeping(db: Db, run: () => Promise<void>): Promise<void> {
  const stop = keepRecord(db, (error) => { throw error })
  await run()
  stop()
  await sealEvents(db)
}

/** Milliseconds of CPU time that `run` takes here and in PostgreSQL. */
async function cost(server: number, run: () => Promise<void>): Promise<number> {
  const before = cpuOf(server)
  const own = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(own)
  return (user + system) / 1000 + cpuOf(server) - before
}

/** The process above all of the server's; it must run on this machine. */
async function serverOf(db: Db): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
  if (!readFileSync(`/proc/${rows[0]!.pid}/cmdline`, 'utf8').startsWith('postgres')) throw new Error('PostgreSQL runs on another machine: its CPU time cannot be read')
  return statOf(rows[0]!.pid).parent
}

/** CPU time of the server's processes, of those that have ended too: milliseconds. Backends stay connected during the bursts. */
function cpuOf(server: number): number {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => tryStat(Number(name))).filter((stat) => stat !== null)
  return all.filter(({ pid, parent }) => pid === server || parent === server).reduce((sum, { pid, own, ended }) => sum + own + (pid === server ? ended : 0), 0)
}

/** Of /proc/PID/stat: times are in hundredths of a second. */
function statOf(pid: number): { pid: number; parent: number; own: number; ended: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ').map(Number)
  return { pid, parent: fields[1]!, own: (fields[11]! + fields[12]!) * 10, ended: (fields[13]! + fields[14]!) * 10 }
}

function tryStat(pid: number) {
  try {
    return statOf(pid)
  } catch {
    return null // ended meanwhile
  }
}

function sum(values: number[]): number {
  return values.reduce((total, one) => total + one, 0)
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}
