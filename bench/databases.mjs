// The databases of the bench: made once, kept in the cluster.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { node, root } from '../bin/runtime.mjs'
import { run, start } from './processes.mjs'

/** Starts (or finds) the kit's private PostgreSQL with its table of petitions; stopped with the rest if it was started here. */
export async function openCluster(kit) {
  // bash waits for the end of its input, then its trap stops the cluster that it started
  const { printed } = await start('bash', ['-c', `trap '' TERM; . ${kit}/lib.sh; pg_up; ensure_db; echo "ready $BENCH_URL $PGBIN $(pg_postmaster_pid) end"; cat >/dev/null`], { ready: /ready .* end/, timeoutSeconds: 1800 })
  const [, url, bin, pid] = /ready (\S+) (\S+) (\d*) end/.exec(printed)
  return database(url, bin, Number(pid) || 0)
}

/** A server that runs already: DATABASE_URL_BENCH. */
export function database(url, bin = '', pid = 0) {
  const psql = (args, to = url) => run(bin ? join(bin, 'psql') : 'psql', ['-qAtX', '-v', 'ON_ERROR_STOP=1', ...args, to])
  const named = (name) => url.replace(/\/[^/?]*(\?|$)/, `/${name}$1`)
  return { url, pid, psql, named }
}

const tool = (args, env) => run(node(), ['--import', `file://${join(root, 'node_modules/tsx/dist/loader.mjs')}`, ...args], { env: { TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'), ...env } })

/** The kit's petitions in our own schema, once. */
export async function seedOurs({ url, psql }) {
  await tool([join(root, 'bench/figures.ts'), 'prepare', url])
  if ((await psql(['-c', 'select count(*) from (select from windlion.cases limit 1) c'])).trim() === '1') return
  console.log('seeding our tables from the kit’s …')
  await psql(['-f', join(root, 'bench/seed.sql')])
}

/** Petitions of so long a history, without letters, in a database of their own, once. Returns its address. */
export async function seedHistory({ psql, named }, rows) {
  const name = `petitions_figures_${rows}`
  const url = named(name)
  const exists = (await psql(['-c', `select 1 from pg_database where datname = '${name}'`], named('postgres'))).trim()
  if (!exists) await psql(['-c', `create database ${name}`], named('postgres'))
  await tool([join(root, 'bench/figures.ts'), 'prepare', url])
  if ((await psql(['-c', 'select count(*) from (select from windlion.cases limit 1) c'], url)).trim() !== '1') {
    console.log(`generating a history of ${rows.toLocaleString('en')} petitions …`)
    await psql(['-v', `rows=${rows}`, '-f', join(root, 'bench/history.sql')], url)
  }
  return url
}

/** Milliseconds of the whole set of petition figures, by address. */
export async function timeFigures(urls) {
  return JSON.parse(await tool([join(root, 'bench/figures.ts'), 'time', ...urls]))
}

/** A million deadlines on one core: { best: seconds, … }. Needs no database. */
export async function timeDeadlines() {
  return JSON.parse(await tool([join(root, 'bench/deadlines.ts')]))
}

/** What sealing adds to an act: { percent, … }, on a database of its own, made anew, on a server of this machine. */
export async function measureSealing({ psql, named }) {
  const name = 'windlion_sealing'
  for (const statement of [`drop database if exists ${name} with (force)`, `create database ${name}`]) await psql(['-c', statement], named('postgres'))
  return JSON.parse(await tool([join(root, 'bench/sealing.ts'), named(name)]))
}

export const findKit = () => [process.env.WINDLION_BENCH_KIT, join(root, '../shared/bench')].find((folder) => folder && existsSync(join(folder, 'lib.sh')))
