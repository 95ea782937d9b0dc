import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { dropOldBases, keepArchive, listBases } from './archive.ts'
import { openDatabase } from './embedded.ts'
import { returnTo } from './return.ts'

const root = mkdtempSync(join(tmpdir(), 'windlion-archive-'))
chmodSync(root, 0o755)
const [data, archive] = [join(root, 'data'), join(root, 'archive')] as const
mkdirSync(data)
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function ask<T>(dataDir: string, ...questions: string[]): Promise<T[]> {
  const database = await openDatabase({ dataDir })
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    let rows: T[] = []
    for (const question of questions) rows = (await client.query(question)).rows as T[]
    return rows
  } finally {
    await client.end()
    await database.close()
  }
}

const now = async () => (await ask<{ at: Date }>(data, 'select clock_timestamp() as at'))[0]!.at
const lettersOf = async (dataDir: string) => (await ask<{ text: string }>(dataDir, 'select text from letters order by text')).map(({ text }) => text)
const tomorrow = new Date(Date.now() + 86_400_000)

test('a service that was started without an archive has to be started again first', async () => {
  await ask(data, 'create table letters (text text)', "insert into letters values ('before the base')")
  const service = await openDatabase({ dataDir: data })
  expect(await keepArchive(data, archive)).toBeNull()
  await service.close()
})

let early: Date
let between: Date
test('a base and the logs after it bring back any instant, and no later row', async () => {
  early = await now()
  mkdirSync(join(data, 'documents/ab'), { recursive: true })
  writeFileSync(join(data, `documents/ab/${'ab'.repeat(32)}`), 'a letter')
  expect(await keepArchive(data, archive)).toMatchObject({ major: expect.any(Number) })
  expect(readFileSync(join(archive, `documents/ab/${'ab'.repeat(32)}`), 'utf8')).toBe('a letter')
  await ask(data, "insert into letters values ('in time')")
  between = await now()
  await ask(data, "insert into letters values ('too late')", 'select pg_switch_wal()')
  await ask(data, "insert into letters values ('in no log that was kept')") // the stopping server archives this one too
  rmSync(data, { recursive: true, force: true })

  const back = join(root, 'back')
  await returnTo(back, archive, between)
  expect(await lettersOf(back)).toEqual(['before the base', 'in time'])
  // it goes on from there, by itself, and leaves the archive alone
  await ask(back, "insert into letters values ('after the accident')")
  expect(await ask(back, 'show archive_mode')).toEqual([{ archive_mode: 'off' }])
  expect(await ask(back, 'show restore_command')).toEqual([{ restore_command: '' }])
  expect(await lettersOf(back)).toContain('after the accident')
})

test('without an instant it goes as far as the logs do', async () => {
  const last = join(root, 'last')
  await returnTo(last, archive, null)
  expect(await lettersOf(last)).toEqual(expect.arrayContaining(['before the base', 'in time', 'too late']))
})

test('an instant before the first base, or after the last log, is refused and leaves nothing behind', async () => {
  await expect(returnTo(join(root, 'never'), archive, early)).rejects.toThrow('最早的基礎備份')
  const beyond = join(root, 'beyond')
  await expect(returnTo(beyond, archive, tomorrow)).rejects.toThrow('交易日誌還沒到')
  expect(existsSync(join(beyond, 'postgres/cluster'))).toBe(false)
  await expect(returnTo(join(root, 'other'), root, between)).rejects.toThrow('這不是')
})

test('what is there already is not overwritten; old bases go', async () => {
  await expect(returnTo(join(root, 'back'), archive, between)).rejects.toThrow('還原不覆蓋')
  expect(await dropOldBases(archive, 1)).toBe(0)
  expect(await dropOldBases(archive, 0)).toBe(1)
  expect(await listBases(archive)).toEqual([])
})
