import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { makePetition } from '../../../test/support/makers.ts'
import { createEverydayDatabase, differencesIn } from '../../../test/support/record.ts'
import { fileRequest, lapseAt as lapseRequests } from '../../modules/personal-data/requests/file.ts'
import { createPetition } from '../../modules/petitions/create.ts'
import { lapseAt as lapsePetitions } from '../../modules/petitions/filing/erase.ts'
import { proposeRegulation } from '../../modules/regulations/propose.ts'
import { makeOffice } from '../../modules/regulations/office-for-tests.ts'
import { lapseCommentsAt } from '../../modules/regulations/notices/acts.ts'
import { type Db, read, write } from '../db.ts'
import { useDocumentFolder } from '../documents/store.ts'
import { valueOf } from '../errors.ts'
import { signCheckpoint } from '../events/checkpoints.ts'
import { checkpointOf, sealEvents } from '../events/seal.ts'
import { verifyAll } from '../verify.ts'
import { eraseHistory } from './erase.ts'
import { testFolder } from '../../../test/support/folder.ts'

let db: Db // of the role in which the service works
beforeAll(async () => {
  db = (await createEverydayDatabase()).db
  useDocumentFolder(testFolder())
})

const at = new Date('2026-03-02T10:00:00+08:00')
const over = new Date('2026-03-09T10:00:00+08:00')
const sender = { name: '余稀有', email: 'rare.name@example.org', phone: '0912-000-777' }
const versions = async (table: string, id: number) => (await sql`select from ${sql.table(`windlion_history.${table}`)} where id = ${id}`.execute(db)).rows.length
const saltOf = async (id: number) => (await sql<{ salt: string }>`select encode(salt, 'hex') as salt from case_salts where case_id = ${id}`.execute(db)).rows[0]?.salt ?? null
const received = (asOf: Date) => read(db, async (reader) => (await sql<{ n: number }>`select count(*) as n from cases where received_at is not null`.execute(reader)).rows[0]!.n, asOf)

/** Each way of erasing: an unfinished filing of its kind, changed once; and what takes it away. */
const ways = {
  'a petition that was not confirmed': {
    tables: ['petitions', 'cases'],
    make: () => write(db, async (tx) => (await createPetition(tx, { person: null, onBehalfOf: null, now: at, today: '2026-03-02' as never }, { channel: 'mayor-mail', title: '余稀有寫的信', body: '余稀有寫的信', sender, receivedAt: null, confirm: { tokenHash: Buffer.alloc(32, 1), until: new Date('2026-03-06T00:00+08:00') } })).id),
    erase: () => lapsePetitions(db, over),
  },
  'a request about personal data that was not confirmed': {
    tables: ['personal_data_requests', 'cases'],
    make: async () => {
      valueOf(await fileRequest({ db, person: null, now: at }, { what: 'access', wish: '余稀有寫的信', ...sender, origin: 'https://county.example' }))
      return (await sql<{ id: number }>`select max(id) as id from personal_data_requests`.execute(db)).rows[0]!.id
    },
    erase: () => lapseRequests(db, over),
  },
}

test.each(Object.entries(ways))('%s leaves no earlier version and no salt; seals, checkpoints and figures stay', async (_, { tables, make, erase }) => {
  await makePetition(db, at)
  const id = await make()
  for (const table of tables) await write(db, (tx) => sql`update ${sql.table(table)} set ${sql.ref(table === 'cases' ? 'township' : table === 'petitions' ? 'place' : 'wish')} = '余稀有家' where id = ${id}`.execute(tx))
  await write(db, (tx) => sql`insert into events (kind, happened_at, case_id) values ('test.changed', now(), ${id})`.execute(tx))
  const before = await signCheckpoint(db)
  const then = new Date()
  const [salt, figure] = [await saltOf(id), await received(then)]
  expect(salt).not.toBeNull()
  for (const table of tables) expect(await versions(table, id), table).toBeGreaterThan(0)

  expect(await erase()).toBe(1)
  expect(await saltOf(id)).toBeNull()
  for (const table of tables) expect(await versions(table, id), table).toBe(0)
  const size = await sealEvents(db)
  expect(await saltOf(id)).not.toBe(salt)
  expect(size).toBeGreaterThan(before.size)
  expect(await checkpointOf(db, before.size)).toBe(`${before.size}:${Buffer.from(before.note.split('\n')[2]!, 'base64').toString('hex')}`)
  expect((await verifyAll(db, { notes: [before.note], keys: [] })).flatMap((proof) => proof.differences)).toEqual([])
  expect(await received(then)).toBe(figure)
})

test('a comment on a draft goes with its versions; the proposal’s proof does not change', async () => {
  const office = await makeOffice(db)
  const { number } = valueOf(await proposeRegulation({ ...office.officer, now: at }, { title: '示範縣步道自治條例', change: 'enact', instrument: 'ordinance', reason: '為管理步道。', text: '第一條\n甲。', unitId: office.units.parks }))
  const id = await write(db, async (tx) => (await sql<{ id: number }>`insert into regulation_comments (case_id, text, confirm_until, filed_at) select id, '余稀有寫的信', ${new Date('2026-03-06T00:00+08:00')}, ${at} from cases where number = ${number} returning id`.execute(tx)).rows[0]!.id)
  await write(db, (tx) => sql`update regulation_comments set text = '改過' where id = ${id}`.execute(tx))
  expect(await versions('regulation_comments', id)).toBe(1)
  expect(await lapseCommentsAt(db, over)).toBe(1)
  expect(await versions('regulation_comments', id)).toBe(0)
  expect(await differencesIn(db)).toEqual([])
})

test('history of a case that was received, or of a row that is there, is refused', async () => {
  const { id } = await makePetition(db, at)
  await expect(write(db, (tx) => eraseHistory(tx, 'petitions', 'id', id))).rejects.toThrow('only an approved destruction list')
  await expect(write(db, (tx) => eraseHistory(tx, 'case_dues', 'case_id', id))).rejects.toThrow('only an approved destruction list')
})
