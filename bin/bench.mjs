// `npm run bench`: our service beside the ceiling of a Node server, the SQL alone and its peer, on the same 400,000 petitions
// in one run. `--quick` short bursts, `--no-peer` without Directus, `--no-figures` without the history. Loopback only.
// What is measured and how to read it: bench/README.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { database, findKit, measureSealing, openCluster, seedHistory, seedOurs, timeDeadlines, timeFigures } from '../bench/databases.mjs'
import { judge, rates, table, work } from '../bench/goals.mjs'
import { run, start, stopAll } from '../bench/processes.mjs'
import { node, root } from './runtime.mjs'

const options = new Set(process.argv.slice(2))
for (const option of options) if (!['--quick', '--no-peer', '--no-figures', '--no-load'].includes(option)) giveUp(`unknown option ${option}: --quick, --no-peer, --no-figures, --no-load`)
const quick = options.has('--quick')
const clients = 8
const [seconds, rounds] = quick ? [2, 1] : [3, 2]
const ports = { ours: 8106, ceiling: 8107 }
const benchFolder = (process.env.BENCH_DIR ??= '/var/tmp/windlion-bench')
const login = { name: 'bench-clerk', password: 'only-for-measuring-42' }
const skipped = []

async function main() {
  const kit = findKit()
  if (!kit && !process.env.DATABASE_URL_BENCH) return giveUp('neither the kit ../shared/bench nor a server in DATABASE_URL_BENCH: nothing to measure on')
  const cluster = kit ? await openCluster(kit) : database(process.env.DATABASE_URL_BENCH)
  const found = { load: null, sql: null, figures: null, rss: null, deadlines: await timeDeadlines(), sealing: await measureSealing(cluster).catch((cause) => skip('sealing', cause.message.split('\n')[0])), targets: [] }
  if (!kit) skip('API, pages, ceiling, SQL alone, peer', 'their petitions and the load generator are in the kit ../shared/bench')
  else if (options.has('--no-load')) skip('API, pages, ceiling, SQL alone, peer', '--no-load')
  else await measureLoad(kit, cluster, found)
  if (options.has('--no-figures')) skip('figures', '--no-figures')
  else found.figures = await measureFigures(cluster)
  report(found)
}

async function measureLoad(kit, cluster, found) {
  await seedOurs(cluster)
  const { psql, url } = cluster
  const ours = await startOurs(cluster)
  const ceiling = await start(node(), [join(kit, 'ceiling.mjs')], { env: { DATABASE_URL: url, PORT: String(ports.ceiling), PG_MODULE_BASE: `${root}/` }, ready: /ready/ })
  const peer = await startPeer(kit)
  const pages = Object.keys(JSON.parse(readFileSync(join(root, 'bench/requests.pages.json'), 'utf8')).requests)
  const base = `http://127.0.0.1:${ports.ours}`
  const targets = [
    `windlion=${base},${join(root, 'bench/requests.windlion.json')},${ours.child.pid}`,
    `pages=${base},${join(root, 'bench/requests.pages.json')},${ours.child.pid}`,
    ...(peer ? [`directus=${peer.url},${join(kit, 'requests.directus.json')},${peer.pid}`] : []),
    `ceiling=http://127.0.0.1:${ports.ceiling},${join(kit, 'requests.ceiling.json')},${ceiling.child.pid}`,
  ]
  const unit = (await psql(['-c', `select id from windlion.units where name = '工務處'`])).trim()
  const out = join(benchFolder, 'load.json')
  const clean = `psql -qX '${url}' -f '${join(kit, 'clean.sql')}' -f '${join(root, 'bench/clean.windlion.sql')}' >/dev/null`
  console.log(`load: ${clients} clients, ${rounds} rounds of ${seconds} s, alternating …`)
  // filing last in each round, since it changes the tables; cleaned after every burst
  const requests = [...new Set([...pages, 'list_keyset', 'create'])]
  const shown = await run(node(), [join(kit, 'load.mjs'), '-c', clients, '-d', seconds, '-r', rounds, '--warm', '1', '--only', requests.join(), '--pgpid', cluster.pid, '--json', out, '--clean', clean, ...targets.flatMap((target) => ['--target', target])].map(String), {
    env: { WINDLION_TOKEN: await signIn(base), WINDLION_UNIT: unit, DIRECTUS_TOKEN: peer?.token ?? '' },
    mayFail: true,
  })
  console.log(shown)
  const bursts = JSON.parse(readFileSync(out, 'utf8'))
  found.load = Object.fromEntries(Object.entries(bursts).map(([request, by]) => [request, Object.fromEntries(Object.entries(by).map(([target, all]) => [target, mean(all.map((one) => one.rps))]))]))
  found.work = Object.fromEntries(Object.entries(bursts).map(([request, by]) => [request, Object.fromEntries(Object.entries(by).map(([target, all]) => [target, mean(all.map((one) => one.cpuMs + one.pgMs))]))]))
  found.bad = Object.values(bursts).flatMap(Object.values).flat().reduce((sum, one) => sum + one.bad, 0)
  found.rss = memoryOf(ours.child.pid)
  found.targets = ['windlion', 'pages', ...(peer ? ['directus'] : []), 'ceiling']
  found.sql = await measureSql(kit, cluster)
}

/** Our service, migrated and seeded, with somebody who may read and file. */
async function startOurs({ url, psql }) {
  const env = { DATABASE_URL: url, WINDLION_DATA: join(benchFolder, 'data'), WINDLION_DEMO: '0', WINDLION_LOG: 'error', PORT: String(ports.ours) }
  const known = (await psql(['-c', `select 1 from windlion.people where login = '${login.name}'`])).trim()
  if (!known) await run(join(root, 'bin/windlion'), ['user', 'create', login.name, '--name', '效能測試', '--unit', 'B1', '--role', 'clerk'], { env: { ...env, WINDLION_PASSWORD: login.password } })
  const ours = await start(join(root, 'bin/windlion'), ['serve'], { env, ready: /Ctrl\+C/ })
  // events are sealed in the background; the seeded ones first
  for (let waited = 0; waited < 900; waited += 1) {
    const open = Number(await psql(['-c', 'select (select count(*) from windlion.events) - (select count(*) from windlion.event_seals)']))
    if (open < 1000) break
    await new Promise((wake) => setTimeout(wake, 1000))
  }
  return ours
}

async function signIn(base) {
  const answer = await fetch(`${base}/sign-in`, { method: 'POST', redirect: 'manual', headers: { origin: base }, body: new URLSearchParams({ login: login.name, password: login.password }) })
  const token = /windlion_session=([\w-]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1]
  if (!token) throw new Error(`sign-in failed: ${answer.status}`)
  return token
}

async function startPeer(kit) {
  if (options.has('--no-peer')) return skip('peer', '--no-peer')
  try {
    const { printed } = await start(join(kit, 'peer-directus.sh'), [], { env: { BENCH_KEEP_PG: '1', DIRECTUS_NODE: await peerNode() }, ready: /token in \S+/, timeoutSeconds: 1200 })
    const [, url, pid, file] = /(http:\S+) pid (\d+),.*token in (\S+)/.exec(printed)
    return { url, pid, token: readFileSync(file, 'utf8') }
  } catch (cause) {
    return skip('peer', cause.message.split('\n')[0])
  }
}

/** The peer's Node: 22, from npm into the folder of the bench. What it compiles does not build for ours. */
async function peerNode() {
  if (process.env.DIRECTUS_NODE) return process.env.DIRECTUS_NODE
  const folder = join(benchFolder, 'node22')
  const found = join(folder, `node_modules/node-linux-${process.arch}/bin/node`)
  if (!existsSync(found)) await run('npm', ['install', '--silent', '--no-save', '--prefix', folder, `node-linux-${process.arch}@22`])
  return found
}

/** The kit's statements through pgbench: what the database alone can do. */
async function measureSql(kit, { url }) {
  const statements = { get: 'get', list_page1: 'list_page1', list_keyset: 'list_deep_keyset', search_rare: 'search_rare', search_medium: 'search_medium_scan', search_common: 'search_common_scan', create: 'create' }
  const printed = await run(join(kit, 'limit.sh'), ['-c', clients, '-j', 2, '-d', seconds, '-r', 1, ...Object.values(statements)].map(String), { env: { BENCH_KEEP_PG: '1', DATABASE_URL_BENCH: url }, mayFail: true })
  return Object.fromEntries(Object.entries(statements).map(([request, statement]) => [request, Number(new RegExp(`^${statement} +([\\d.]+)`, 'm').exec(printed)?.[1]) || null]))
}

async function measureFigures(cluster) {
  const [short, long] = [await seedHistory(cluster, 400_000), await seedHistory(cluster, 4_000_000)]
  const times = await timeFigures([short, long])
  return { short: median(times[short].uncached), long: median(times[long].uncached), cached: median([...times[short].cached, ...times[long].cached]), count: times[short].figures }
}

function report(found) {
  const goals = judge(found)
  const lines = [
    `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, node ${process.version}, ${clients} clients, ${rounds} alternating rounds of ${seconds} s, machine load ${loadavg()[0].toFixed(1)} at the end${found.bad ? `, ${found.bad} bad answers` : ''}`,
    '',
    ...(found.load ? [table(['requests a second', ...found.targets, 'SQL alone'], rates(found.load, found.sql, found.targets)), '', table(['CPU ms a request, with PostgreSQL', ...found.targets], work(found.work, found.targets)), ''] : []),
    ...(found.figures ? [`All ${found.figures.count} petition figures of a half-year: ${found.figures.short.toFixed(0)} ms over 400,000, ${found.figures.long.toFixed(0)} ms over 4,000,000 petitions; ${found.figures.cached.toFixed(1)} ms when computed before.`, ''] : []),
    table(['goal', 'must be', 'is', ''], goals.map((row) => [row.what, row.goal, row.printed, row.verdict])),
    ...skipped.map(({ what, why }) => `\nSkipped: ${what} (${why}).`),
  ]
  console.log(`\n${lines.join('\n')}\n`)
  if (quick) return
  mkdirSync(join(root, 'bench/results'), { recursive: true })
  writeFileSync(join(root, 'bench/results/latest.md'), `${lines.join('\n')}\n`)
}

function memoryOf(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
}

const mean = (all) => all.reduce((sum, one) => sum + one, 0) / all.length
const median = (all) => [...all].sort((a, b) => a - b)[all.length >> 1]

function skip(what, why) {
  skipped.push({ what, why })
  return null
}

function giveUp(message) {
  console.error(message)
  process.exit(2)
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stopAll().then(() => process.exit(130)))
main()
  .catch((cause) => {
    console.error(cause.message)
    process.exitCode = 1
  })
  .finally(stopAll)
