import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit } from '../../../test/support/makers.ts'
import { valueOf } from '../errors.ts'
import { sql } from 'kysely'
import { write } from '../db.ts'
import { grant } from '../identity/permissions.ts'
import { giveUpJob, runJobAgain } from './decide.ts'
import { defineJob, later, openJobs } from './jobs.ts'
import { countJobs, findJob, listJobs, listScheduled } from './list.ts'

const work = defineJob<{ no: number }>({ name: 'test.work', as: 'system', title: '試做', run: async () => {} })
defineJob({ name: 'test.nightly', as: 'system', title: '夜間試做', every: '5 3 * * *', run: async () => {} })
const { db } = await createTestDatabase()
const boss = await openJobs(db)
grant({ 'office.jobs': { administrator: 'all' } })
const unit = await makeUnit(db, '行政處')
const administrator = await makePerson(db, '許管理', 'administrator', unit)
const officer = await makePerson(db, '陳承辦', 'officer', unit)

/** A job whose last try is over. */
async function makeFailed(no: number): Promise<string> {
  await write(db, (tx) => later(tx, work, { no }))
  const [job] = await boss.fetch(work.name)
  await sql`update windlion_jobs.job set retry_limit = 0 where id = ${job!.id}::uuid`.execute(db)
  await boss.fail(work.name, job!.id, new Error(`第 ${no} 次做不成`))
  return job!.id
}

test('a failed job is listed with its error, runs again, and then waits', async () => {
  const id = await makeFailed(1)
  expect((await listJobs(db, 'failed')).rows).toMatchObject([{ id, name: 'test.work', state: 'failed', error: '第 1 次做不成', endedAt: expect.any(Date), givenUp: null }])
  valueOf(await runJobAgain(administrator, { id }))
  expect(await findJob(db, id)).toMatchObject({ state: 'retry' })
  expect(await countJobs(db)).toEqual({ failed: 0, waiting: 1, 'given-up': 0 })
  const [again] = await boss.fetch(work.name)
  await boss.complete(work.name, again!.id)
  expect(await runJobAgain(administrator, { id })).toMatchObject({ code: 'job.done' })
})

test('a job is given up with a reason, and only then leaves the failed ones', async () => {
  const id = await makeFailed(2)
  expect(await giveUpJob(administrator, { id, reason: ' ' })).toMatchObject({ field: 'reason' })
  valueOf(await giveUpJob(administrator, { id, reason: '收件人已另外通知' }))
  expect((await listJobs(db, 'failed')).rows).toEqual([])
  expect((await listJobs(db, 'given-up')).rows).toMatchObject([{ id, givenUp: { reason: '收件人已另外通知', by: '許管理', at: expect.any(Date) } }])
  valueOf(await runJobAgain(administrator, { id }))
  expect((await listJobs(db, 'given-up')).rows).toEqual([])
})

test('what waits can be run at once or be given up', async () => {
  await write(db, (tx) => later(tx, work, { no: 3 }, { after: new Date(Date.now() + 3_600_000) }))
  const [job] = (await listJobs(db, 'waiting')).rows.filter((row) => row.startAfter > new Date())
  valueOf(await runJobAgain(administrator, { id: job!.id }))
  expect((await findJob(db, job!.id))!.startAfter.getTime()).toBeLessThanOrEqual(Date.now() + 1000)
  valueOf(await giveUpJob(administrator, { id: job!.id, reason: '不需要了' }))
  expect(await findJob(db, job!.id)).toMatchObject({ state: 'cancelled' })
})

test('only an administrator decides about jobs', async () => {
  const id = await makeFailed(4)
  await expect(runJobAgain(officer, { id })).rejects.toMatchObject({ name: 'NotAllowed', permission: 'office.jobs' })
  await expect(giveUpJob(officer, { id, reason: '不做了' })).rejects.toMatchObject({ name: 'NotAllowed', permission: 'office.jobs' })
})

test('lists go on by key in both directions', async () => {
  for (let no = 10; no < 62; no += 1) await makeFailed(no)
  const first = await listJobs(db, 'failed')
  expect([first.rows.length, first.more]).toEqual([50, true])
  const last = first.rows.at(-1)!
  const rest = await listJobs(db, 'failed', { before: last.id })
  expect(rest.rows.length).toBeGreaterThan(0)
  expect(rest.rows.some((row) => first.rows.some((one) => one.id === row.id))).toBe(false)
  const back = await listJobs(db, 'failed', { after: rest.rows[0]!.id })
  expect(back.rows.map((row) => row.id)).toEqual(first.rows.map((row) => row.id))
})

test('what the clock starts is listed', async () => {
  expect(await listScheduled(db)).toContainEqual({ name: 'test.nightly', title: '夜間試做', every: '5 3 * * *', lastDone: null, lastFailed: null })
})
