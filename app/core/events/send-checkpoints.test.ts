import { createServer } from 'node:http'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { useTestKeys } from '../../../test/support/makers.ts'
import type { Db } from '../db.ts'
import { openJobs, runDueJobs } from '../jobs/jobs.ts'
import { useSender } from '../mail/outbox.ts'
import { isCheckpointPlace, placeName } from './checkpoint-places.ts'
import { findNotes, signCheckpoint } from './checkpoints.ts'
import { checkpointCopies, sendCheckpoint, sendCheckpoints, useCheckpointPlaces } from './send-checkpoints.ts'

let db: Db
let folder: string
const received: { path: string; authorization: string | undefined; body: string }[] = []
let answer = 200
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => (body += chunk)).on('end', () => {
    received.push({ path: request.url!, authorization: request.headers.authorization, body })
    response.writeHead(answer, answer === 307 ? { location: '/keep' } : {}).end()
  })
})

beforeAll(async () => {
  useTestKeys()
  db = (await createTestDatabase()).db
  await openJobs(db)
  folder = await mkdtemp(join(tmpdir(), 'windlion-checkpoints-'))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  useSender({ domain: 'example.org', close() {}, send: async () => ({ state: 'sent', response: '250 OK' }) })
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true, force: true })
})

test('the newest head reaches file, mail and address, and is noted without the password', async () => {
  const address = `http://auditor:s%C3%A9cret@127.0.0.1:${(server.address() as AddressInfo).port}/keep`
  useCheckpointPlaces([join(folder, 'kept.txt'), 'mailto:audit@example.org', address])
  await sendCheckpoints.run(db, {})
  await runDueJobs(db)
  const { size, note } = await signCheckpoint(db)
  expect(findNotes(await readFile(join(folder, 'kept.txt'), 'utf8'))).toEqual([note])
  expect(received).toEqual([{ path: '/keep', authorization: `Basic ${Buffer.from('auditor:sécret').toString('base64')}`, body: note }])
  const mails = await sql<{ text: string }>`select text from mail_messages`.execute(db)
  expect(findNotes(mails.rows[0]!.text)).toEqual([note])
  const copies = await checkpointCopies(db)
  expect(copies.map((copy) => copy.size)).toEqual([size, size, size])
  expect(JSON.stringify(copies)).not.toContain('cret')
  // nothing happened since: nothing goes
  await sendCheckpoints.run(db, {})
  await runDueJobs(db)
  expect(received).toHaveLength(1)
})

test('a place that refuses fails its own job alone', async () => {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/refuses`
  useCheckpointPlaces([address, join(folder, 'none', 'kept.txt')])
  answer = 503
  await expect(sendCheckpoint.run(db, { place: address })).rejects.toThrow('503')
  await expect(sendCheckpoint.run(db, { place: join(folder, 'none', 'kept.txt') })).rejects.toThrow('無法寫入')
  expect((await checkpointCopies(db)).map((copy) => copy.place)).not.toContain(address)
})

test('a redirect is not followed', async () => {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/moved`
  useCheckpointPlaces([address])
  answer = 307
  const before = received.length
  await expect(sendCheckpoint.run(db, { place: address })).rejects.toThrow()
  expect(received.slice(before).map(({ path }) => path)).toEqual(['/moved'])
})

test('places are absolute files, mail and web addresses', () => {
  expect(['/mnt/x.txt', 'mailto:a@b.example', 'https://a.example/x', 'http://127.0.0.1:8/x', 'http://[::1]/x'].every(isCheckpointPlace)).toBe(true)
  expect(['x.txt', 'mailto:', 'ftp://a', 'mailto:a b@c', 'http://a.example/x', 'http://127.0.0.1.a.example/', 'https://'].some(isCheckpointPlace)).toBe(false)
  expect(placeName('https://u:p@a.example/x?token=1')).toBe('https://a.example/x')
})
