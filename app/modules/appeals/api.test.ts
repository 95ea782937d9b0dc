import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { isRefusal, valueOf } from '../../core/errors.ts'
import { api } from './api.ts'
import { at, makeOffice } from './office-for-tests.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
const post = api.find(({ method }) => method === 'POST')!

/** As the server does it: the body checked by its schema, then handled as that person. */
async function send(body: object, who = office.clerk) {
  const request = { caller: at(who, '113/8/5 09:00'), db, person: who.person, body: (post as unknown as { body: { parse(body: object): unknown } }).body.parse(body) }
  return (post.handle as unknown as (of: typeof request) => Promise<{ value: { number: string } }>)(request)
}
const filing = {
  channel: 'paper', receivedOn: '2024-08-05', form: 'appeal', ground: 'disposition', title: '因違章建築事件', claims: ['原處分撤銷', '退還罰鍰'], facts: '認定事實有誤。', agencyKind: 'township', agencyUnitId: office.units.township, servedOn: '113/7/16', residence: '臺北市', signed: true,
  appellant: { name: '王示範', address: '示範縣金湖鎮示範路1號' }, agent: { name: '李律師', lawyer: true }, unitId: office.units.lawSection,
}

test('a program of the desk files an appeal: its 案號 at once, claims, agent and travelling days as on paper', async () => {
  const { number } = valueOf(await send(filing) as never) as { number: string }
  const row = await db.selectFrom('cases').innerJoin('appeals', 'appeals.id', 'cases.id').select(['cases.id', 'filing_due_on', 'signed', 'residence', 'confidential']).where('number', '=', number).executeTakeFirstOrThrow()
  // thirty days and thirty more of travelling from Taipei to Kinmen (訴願扣除在途期間辦法)
  expect(row).toMatchObject({ filing_due_on: '2024-09-16', signed: true, residence: '臺北市', confidential: false })
  expect((await db.selectFrom('appeal_claims').select('text').where('case_id', '=', row.id).orderBy('position').execute()).map(({ text }) => text)).toEqual(['原處分撤銷', '退還罰鍰'])
  expect((await db.selectFrom('appeal_parties').select(['role', 'lawyer']).where('case_id', '=', row.id).orderBy('id').execute())).toEqual([{ role: 'appellant', lawyer: false }, { role: 'agent', lawyer: true }])
})

test('what the desk would be refused a program is refused, in the same words; the agency cannot file', async () => {
  const refused = await send({ ...filing, claims: [] }) as unknown
  expect(isRefusal(refused as never) && (refused as { code: string }).code).toBe('appeal.claims')
  await expect(send(filing, office.agency)).rejects.toThrow()
})
