import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { type EmbeddedDatabase, openDatabase } from './embedded.ts'
import { explain } from './embedded/faults.ts'
import { findPlace } from './embedded/place.ts'

const root = mkdtempSync(join(tmpdir(), 'windlion-embedded-'))
chmodSync(root, 0o755)
const dataDir = join(root, 'data')
const open: EmbeddedDatabase[] = []

async function openHere(): Promise<EmbeddedDatabase> {
  const database = await openDatabase({ dataDir })
  open.push(database)
  return database
}

async function ask<T>(url: string, question: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(question)).rows as T[]
  } finally {
    await client.end()
  }
}

const serverPid = () => Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0])

afterAll(async () => {
  for (const database of open) await database.close()
  rmSync(root, { recursive: true, force: true })
})

test('the first to open creates and starts the database, the next shares it, the last stops it', async () => {
  const first = await openHere()
  expect(first.started).toBe(true)
  expect(first.location).toBe(join(dataDir, 'postgres'))
  await ask(first.url, 'create table notes (text text)')
  const second = await openHere()
  expect(second.started).toBe(false)
  const pid = serverPid()
  await first.close()
  expect(await ask(second.url, 'select * from notes')).toEqual([])
  await second.close()
  expect(existsSync(`/proc/${pid}/cwd`)).toBe(false)
})

test('an existing database starts in half a second, safe against power loss, with Chinese collations', async () => {
  const started = performance.now()
  const database = await openHere()
  expect(performance.now() - started).toBeLessThan(2000) // 0.1 s alone; the bound is for a busy machine
  expect(await ask(database.url, `select current_setting('fsync') as fsync, '王' < '林' collate "zh-Hant-TW-x-icu" as strokes`)).toEqual([{ fsync: 'on', strokes: true }])
  await database.close()
})

test('several that open at once get one server', async () => {
  const all = await Promise.all([openHere(), openHere(), openHere()])
  expect(all.filter((each) => each.started)).toHaveLength(1)
  expect(new Set(all.map((each) => each.url)).size).toBe(1)
  for (const each of all) await each.close()
})

test('a server left behind by a killed service is taken over', async () => {
  const script = join(root, 'service.mts')
  writeFileSync(script, `import { openDatabase } from ${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)}
    const { url } = await openDatabase({ dataDir: ${JSON.stringify(dataDir)} })
    console.log(url)
    setInterval(() => {}, 1000)`)
  const service = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(service.stdout, 'data')
  const pid = serverPid()
  service.kill('SIGKILL')
  await once(service, 'exit')
  const database = await openHere()
  expect(database.started).toBe(false)
  expect(serverPid()).toBe(pid)
  await database.close()
})

test('a server that dies under its user is started again at the same address', async () => {
  const database = await openHere()
  process.kill(serverPid(), 'SIGKILL')
  await expect.poll(() => ask(database.url, 'select 1').then(() => true, () => false), { timeout: 10_000 }).toBe(true)
  await database.close()
})

test('a pid file of a dead server is no obstacle, even when its pid is now somebody else', async () => {
  const note = join(dataDir, 'postgres/cluster/postmaster.pid')
  writeFileSync(note, `${process.pid}\n${dataDir}/postgres/cluster\n1700000000\n5432\n/nowhere\n\n\nready\n`)
  const database = await openHere()
  expect(database.started).toBe(true)
  await database.close()
})

test('a data folder whose path is too long for a socket works all the same', async () => {
  const deep = join(root, 'a'.repeat(60), '資料')
  const database = await openDatabase({ dataDir: deep })
  expect(await ask(database.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await database.close()
})

const isRoot = process.getuid?.() === 0

test.skipIf(!isRoot)('below a folder only root can enter, the database lives elsewhere, follows a move and is not shared with a copy', () => {
  const closed = join(root, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const place = findPlace(join(closed, 'data'))
  expect(place.folder).toMatch(/^\/var\/lib\/windlion\/[0-9a-f]{16}$/)
  expect(findPlace(join(closed, 'data'))).toEqual(place)
  cpSync(join(closed, 'data'), join(closed, 'copy'), { recursive: true })
  expect(() => findPlace(join(closed, 'copy'))).toThrow(/複製/)
  renameSync(join(closed, 'data'), join(closed, 'moved'))
  expect(findPlace(join(closed, 'moved'))).toEqual(place)
  rmSync(join(closed, 'moved'), { recursive: true })
  const fresh = findPlace(join(closed, 'moved'))
  expect(fresh.folder).not.toBe(place.folder)
  for (const folder of [place.folder, fresh.folder]) rmSync(folder, { recursive: true })
})

test.each([
  ['No space left on device', /磁碟空間不足.*請騰出/],
  ['Permission denied', /沒有權限.*WINDLION_DATA/],
  ['database files are incompatible with server', /backup/],
  ['could not bind Unix address', /Unix socket/],
  ['FATAL:  something never seen', /something never seen.*postgres\.log/],
])('a fault says in one sentence what to do: %s', (output, sentence) => {
  const { message } = explain(tmpdir(), new Error('postgres ended with 1'), output)
  expect(message).toMatch(sentence)
  expect(message).not.toContain('\n')
})
