import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { makePetition } from '../../../test/support/makers.ts'
import { behindTheBack, createRecordDatabase, differencesIn } from '../../../test/support/record.ts'
import { type Db, write } from '../db.ts'
import { verifyAll } from '../verify.ts'
import { signCheckpoint } from './checkpoints.ts'
import { sealEvents } from './seal.ts'

let db: Db
beforeAll(async () => {
  db = (await createRecordDatabase()).db
})

const differences = () => differencesIn(db)
/** those of the record alone, with a checkpoint kept elsewhere */
const recordDifferences = async (...notes: string[]) => (await verifyAll(db, { notes, keys: [] })).slice(0, 2).flatMap((proof) => proof.differences)
const at = new Date('2021-05-03T10:00:00+08:00')

/** Tries something in a database whose tables are put back afterwards. */
async function keepingAll(attempt: () => Promise<void>): Promise<void> {
  const tables = ['events', 'event_seals', 'event_tree', 'event_checkpoints', 'cases']
  for (const table of tables) await sql`create table ${sql.table(`kept_${table}`)} as table ${sql.table(table)}`.execute(db)
  try {
    await attempt()
  } finally {
    for (const table of tables) {
      await behindTheBack(db, sql`delete from ${sql.table(table)}`)
      await behindTheBack(db, sql`insert into ${sql.table(table)} overriding system value table ${sql.table(`kept_${table}`)}`)
      await sql`drop table ${sql.table(`kept_${table}`)}`.execute(db)
    }
  }
}

test('an event that was removed is found and named, with its seal or without', async () => {
  await makePetition(db, at)
  const seq = await sealEvents(db)
  await keepingAll(async () => {
    await behindTheBack(db, sql`delete from events where id = (select event_id from event_seals where seq = ${seq - 1})`)
    expect((await differences()).join()).toContain(`封存序號 ${seq - 1}）被刪除`)
    await behindTheBack(db, sql`delete from event_seals where seq = ${seq - 1}`)
    expect((await differences()).join()).toContain(`封存序號 ${seq - 1} 至 ${seq - 1} 不見了`)
  })
})

test('the end of the record cannot be cut off: a signed checkpoint misses it, the kept one too', async () => {
  await makePetition(db, at)
  const { size, note } = await signCheckpoint(db)
  await keepingAll(async () => {
    await cutOff(size - 2)
    expect((await recordDifferences()).join()).toContain(`說有 ${size} 個事件，現在只有 ${size - 2} 個`)
    await behindTheBack(db, sql`delete from event_checkpoints where size > ${size - 2}`)
    const kept = await recordDifferences(note)
    expect(kept).toEqual([`另處保存的檢核點說有 ${size} 個事件，現在只有 ${size - 2} 個：後面的紀錄不見了`])
  })
})

async function cutOff(size: number): Promise<void> {
  await behindTheBack(db, sql`delete from events where id in (select event_id from event_seals where seq > ${size}) or not exists (select from event_seals s where s.event_id = events.id)`)
  await behindTheBack(db, sql`delete from event_seals where seq > ${size}`)
  await behindTheBack(db, sql`delete from event_tree where upto > ${size}`)
}

test('events whose order was changed are found and named', async () => {
  await makePetition(db, at)
  const seq = await sealEvents(db)
  await keepingAll(async () => {
    await behindTheBack(db, sql`update event_seals set seq = 0 where seq = ${seq}`)
    await behindTheBack(db, sql`update event_seals set seq = ${seq} where seq = ${seq - 1}`)
    await behindTheBack(db, sql`update event_seals set seq = ${seq - 1} where seq = 0`)
    for (const moved of [seq - 1, seq]) expect((await differences()).join()).toContain(`封存序號 ${moved}）被竄改：內容、時刻或順序`)
  })
})

test('an event that was dated back is found and named, unless a file brought it', async () => {
  await makePetition(db, at)
  await sealEvents(db)
  const bring = (on: Db, importId: number) => sql<{ id: number }>`insert into events (kind, happened_at, recorded_at, payload) values ('test.brought', now(), now() - interval '40 days', jsonb_build_object('import', ${importId}::bigint)) returning id`.execute(on)
  const importAt = async (on: Db, days: number) => (await sql<{ id: number }>`insert into imports (what, file_name, sha256, rows, imported_at) values ('test', 'x.csv', '', 1, now() - make_interval(days => ${days})) returning id`.execute(on)).rows[0]!.id
  const importId = await write(db, async (tx) => {
    const id = await importAt(tx, 0)
    await bring(tx, id)
    return id
  })
  expect(await differences()).toEqual([])
  await keepingAll(async () => {
    const [later] = (await bring(db, importId)).rows // names a file that came in another transaction
    expect((await differences()).join()).toContain(`事件 ${later!.id}（封存序號`)
  })
  await keepingAll(async () => {
    const slipped = await write(db, async (tx) => (await bring(tx, await importAt(tx, 40))).rows[0]!.id) // with a file that is dated back itself
    expect((await differences()).join()).toContain(`事件 ${slipped}（封存序號`)
  })
  await keepingAll(async () => {
    const [event] = (await sql<{ id: number }>`insert into events (kind, happened_at, recorded_at) values ('petition.closed', now(), now() - interval '40 days') returning id`.execute(db)).rows
    expect((await differences()).join()).toContain(`事件 ${event!.id}（封存序號`)
    expect((await differences()).join()).toContain('可能是倒填')
  })
})

test('whoever rewrites events, seals and tree alike is found by a checkpoint kept elsewhere', async () => {
  await makePetition(db, at)
  const { size, note } = await signCheckpoint(db)
  await keepingAll(async () => {
    await behindTheBack(db, sql`update events set happened_at = happened_at - interval '1 day' where id = (select event_id from event_seals where seq = ${size})`)
    await behindTheBack(db, sql`delete from event_checkpoints`)
    await behindTheBack(db, sql`delete from event_tree where upto >= ${size}`)
    await behindTheBack(db, sql`delete from event_seals where seq >= ${size}`)
    expect(await recordDifferences()).toEqual([]) // it was sealed anew, and no more is known here
    const kept = await recordDifferences(note)
    expect(kept).toEqual([`另處保存的檢核點（到封存序號 ${size}）和現在重算的不同：這之前的紀錄被改寫過`])
    const stranger = await recordDifferences(note.replace(/— .*/, '— test.invalid/other AAAA'))
    expect(stranger.join()).toContain('不是以本機關的金鑰簽署')
  })
})

test('a node of the tree that was changed or taken away is found; sealing says so', async () => {
  await sealEvents(db)
  await keepingAll(async () => {
    await behindTheBack(db, sql`update event_tree set hash = sha256('x') where level = 1 and upto = 2`)
    expect(await differences()).toEqual(['封存樹的節點 1/2（封存序號 1 至 2）和重算的不同'])
    await behindTheBack(db, sql`delete from event_tree`)
    await sql`insert into events (kind, happened_at) values ('test.happened', now())`.execute(db)
    expect((await differences()).join()).toContain('封存樹缺少第')
  })
})

test('a case whose data were destroyed lawfully keeps its events and seals, and verify passes', async () => {
  const { id, number } = await makePetition(db, at)
  await write(db, async (tx) => {
    await sql`update cases set township = '金湖鎮' where id = ${id}`.execute(tx)
    await sql`insert into events (kind, happened_at, case_id) values ('petition.corrected', recorded_now(), ${id})`.execute(tx)
  })
  const before = await sealEvents(db)
  await behindTheBack(db, sql`delete from windlion_history.cases where id = ${id}`)
  expect((await differences()).join()).toContain(number)
  await write(db, async (tx) => {
    await sql`update cases set title = '已銷毀' where id = ${id}`.execute(tx)
    await sql`delete from windlion_history.cases where id = ${id}`.execute(tx)
    await sql`delete from case_salts where case_id = ${id}`.execute(tx)
    await sql`insert into events (kind, happened_at, case_id) values ('case.destroyed', recorded_now(), ${id})`.execute(tx)
  })
  await sealEvents(db)
  // the trigger kept the destroyed version as it was replaced: the act that destroys takes that away as well
  await write(db, async (tx) => {
    await sql`delete from windlion_history.cases where id = ${id}`.execute(tx)
    await sql`insert into events (kind, happened_at, case_id) values ('case.destroyed', recorded_now(), ${id})`.execute(tx)
  })
  expect(await differences()).toEqual([])
  expect(await sealEvents(db)).toBe(before + 2)
})
