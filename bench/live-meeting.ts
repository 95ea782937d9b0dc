// How soon 500 readers of a running meeting have a decision, by HTTP, of one service with its PostgreSQL on this machine: from the act's commit to each
// reader's whole answer. Beside it, in the same run and alternating, the same 500 asking for a page that never changes, so that the machine's own share
// can be seen: only the ratio means something. Prints JSON.   live-meeting.ts [READERS [ROUNDS]]
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../app/core/database/embedded.ts'
import { migrate } from '../app/core/database/migrate.ts'
import { connect, type Db } from '../app/core/db.ts'
import { findHeld } from '../app/core/committees/queries.ts'
import { valueOf } from '../app/core/errors.ts'
import { tokenHash } from '../app/core/identity/sessions.ts'
import { buildServer, sessionCookie } from '../app/core/web/server.ts'
import { callBody } from '../app/modules/meetings/call.ts'
import { decideItem } from '../app/modules/meetings/hold.ts'
import { versionsOf } from '../app/modules/meetings/live/watch.ts'
import { at, makeOffice } from '../app/modules/meetings/office-for-tests.ts'
import { modules } from '../app/modules.ts'
import { projectFolder } from '../app/config.ts'

const [readers, rounds] = [Number(process.argv[2] ?? 500), Number(process.argv[3] ?? 8)]
const folder = mkdtempSync(join(tmpdir(), 'windlion-live-'))
chmodSync(folder, 0o755)
const embedded = await openDatabase({ dataDir: folder })
const connection = connect(embedded.url)
try {
  console.log(JSON.stringify(await measure(connection.db), null, 2))
} finally {
  await connection.close()
  await embedded.close()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)

async function measure(db: Db) {
  await migrate(db)
  const office = await makeOffice(db)
  const items = Array.from({ length: rounds * 2 }, (_, i) => `報告事項 ${i + 1}`).join('\n')
  const name = valueOf(await callBody(at(office.control, '110/6/1 09:00'), { body: 'county_affairs', on: '110/6/15', startsAt: '09:30', place: '第一會議室', units: [office.units.works], reports: items })).number
  const { id } = await db.selectFrom('cases').select('id').where('number', '=', name).executeTakeFirstOrThrow()
  const app = await buildServer({ db, publicDb: db, site: { county: '示範縣政府', demo: true, publicUrl: undefined }, routes: modules.flatMap((module) => module.routes), publicFolder: `${projectFolder}/public`, behindProxy: false, logLevel: 'silent' })
  const base = await app.listen({ port: 0, host: '127.0.0.1' })
  const token = randomBytes(32).toString('base64url')
  await db.insertInto('sessions').values({ token_hash: tokenHash(token), person_id: office.head.person.id, expires_at: new Date(Date.now() + 3_600_000), label: null }).execute()
  const agent = new Agent({ keepAlive: true, maxSockets: readers + 8 })
  const ask = (path: string) => new Promise<number>((resolve, reject) => { get(`${base}${path}`, { agent, headers: { cookie: `${sessionCookie}=${token}` } }, (answer) => { answer.resume(); answer.on('end', () => (answer.statusCode === 200 ? resolve(performance.now()) : reject(new Error(String(answer.statusCode))))) }).on('error', reject) })
  const board = `/console/meetings/${encodeURIComponent(name)}/live/board?since=`
  const { items: all } = await findHeld(db, id)
  const found = { live: [] as number[], still: [] as number[] }
  for (let round = 0; round < rounds; round += 1) {
    const seen = (await versionsOf(db, [id])).get(id)!
    const waiting = Array.from({ length: readers }, () => ask(board + encodeURIComponent(seen)))
    await new Promise((resolve) => setTimeout(resolve, 2_500)) // all of them wait at the server
    valueOf(await decideItem(at(office.control, '110/6/15 10:00'), { name, item: all[round]!.id, decision: 'noted' }))
    const decided = performance.now()
    found.live.push(...(await Promise.all(waiting)).map((when) => when - decided))
    const asked = performance.now()
    found.still.push(...(await Promise.all(Array.from({ length: readers }, () => ask('/healthz')))).map((when) => when - asked))
  }
  await app.close()
  const [live, still] = [spread(found.live), spread(found.still)]
  return { readers, rounds, liveMs: live, healthzMs: still, ratioOfMedians: Number((live.median / still.median).toFixed(2)), withinASecond: Number((found.live.filter((ms) => ms <= 1_000).length / found.live.length).toFixed(4)) }
}

function spread(all: number[]) {
  const sorted = all.toSorted((a, b) => a - b)
  const of = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!)
  return { median: of(0.5), p95: of(0.95), max: of(1) }
}
