// `node --import tsx test/kill/many.ts [1000]`: the same many times, on a database of its own with fsync on; every tenth time the database is killed too.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../app/core/database/embedded.ts'
import { migrate } from '../../app/core/database/migrate.ts'
import { connect } from '../../app/core/db.ts'
import { addCaseState } from '../../app/core/events/case-state.ts'
import { killRounds } from './rounds.ts'

const rounds = Number(process.argv[2] ?? 1000)
const folder = mkdtempSync(join(tmpdir(), 'windlion-kill-many-'))
chmodSync(folder, 0o755)
const database = await openDatabase({ dataDir: folder })
const connection = connect(database.url)
let answered = false
try {
  addCaseState('petitions', 'id')
  await migrate(connection.db)
  const { acknowledged, signed, faults } = await killRounds(connection.db, database.url, rounds, { every: 10, kill: killServer })
  for (const fault of faults) process.stdout.write(`${fault}\n`)
  process.stdout.write(`${rounds} kills, ${acknowledged} acknowledged of which ${signed} signed checkpoints, ${faults.length} faults\n`)
  answered = faults.length === 0
} finally {
  await connection.close()
  await database.close()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(answered ? 0 : 1)

/** kill -9 to PostgreSQL; the embedded database brings it back at the same address. */
async function killServer(): Promise<void> {
  process.stdout.write('.')
  process.kill(Number(readFileSync(join(folder, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
  for (let waited = 0; waited < 600; waited += 1) {
    await new Promise((wake) => setTimeout(wake, 100))
    const isBack = await connection.pool.query('select 1').then(() => true, () => false)
    if (isBack) return
  }
  throw new Error('the database did not come back')
}
