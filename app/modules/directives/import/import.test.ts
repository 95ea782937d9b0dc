import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { importRows, makeLawOffice } from '../../../../test/support/law-office.ts'
import { write } from '../../../core/db.ts'
import { figureValue, figureValues } from '../../../core/figures/compute.ts'
import { addDays, type Day, day } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { makeDirectives } from '../../../demo/directives.ts'
import { findDirective } from '../directive.ts'
import { figures } from '../figures.ts'
import { useBodyOf } from '../meeting.ts'
import { findDirectives } from '../queries.ts'
import { makePerson, makeUnit } from '../../../../test/support/makers.ts'
import { parseDecisions } from './columns.ts'
import { directivesImporter } from './importer.ts'

const { db } = await createTestDatabase()
const office = await makeLawOffice(db)
const control = await makePerson(db, '吳管考', 'control', office.units.admin)
useBodyOf(async (reader, id) => ((await reader.selectFrom('committee_meetings').select('place').where('id', '=', id).executeTakeFirstOrThrow()).place === '縣務會議' ? { code: 'county_affairs', name: '縣務會議' } : { code: 'executive', name: '主管會報' }))
for (const name of ['社會處', '消防局', '教育處', '觀光處', '建設處', '衛生局', '地政局', '文化局', '民政處', '警察局', '財政處', '港務處', '自來水廠', '稅務局', '公共車船管理處']) await makeUnit(db, name)

const days = (from: string, count: number, every: number): Day[] => Array.from({ length: count }, (_, i) => addDays(day(from), i * every))
const meetings = [
  ...days('2020-10-06', 10, 18).map((heldOn, i) => ({ number: `會109-${i}`, body: '主管會報', heldOn })), ...days('2021-04-06', 10, 18).map((heldOn, i) => ({ number: `會110-${i}`, body: '主管會報', heldOn })),
  ...days('2021-10-05', 6, 14).map((heldOn, i) => ({ number: `會111-${i}`, body: '主管會報', heldOn })), ...days('2021-04-20', 5, 30).map((heldOn, i) => ({ number: `會112-${i}`, body: '縣務會議', heldOn })),
]
await write(db, async (tx) => {
  for (const { number, body, heldOn } of meetings) {
    const at = new Date(`${heldOn}T14:00+08:00`)
    const { id } = await tx.insertInto('cases').values({ kind: 'meeting', follow_no: `F${number}`, number, title: `${heldOn} ${body}`, stage: 'closed', unit_id: null, officer_id: null, township: null, received_at: at, registered_at: at, due_on: null, closed_at: at, outcome: 'held', merged_into: null, previous_id: null, import_id: null, sys_from: at }).returning('id').executeTakeFirstOrThrow()
    await tx.insertInto('committee_meetings').values({ id, committee_id: null, sitting: null, held_on: heldOn, starts_at: '14:00', ends_at: null, place: body, chair: '縣長', invited_on: null, approved_on: null, sys_from: at }).execute()
  }
})
const made = makeDirectives(meetings, day('2022-03-01'))
/** one that no meeting has decided about yet */
const left = made.findLast((row) => /^會111-[0-3]$/.test(row['會議案號']!))!
const rows = made.map((row) => (row === left ? { ...row, 會議決定: '' } : row))

test('the half-year prints 25 directives, 15 delisted, 60 % from imported cases', async () => {
  expect((await importRows(db, directivesImporter, rows)).errors).toEqual([])
  const told = await figureValues(db, figures, { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null })
  expect([told['directives.issued']!.value, told['directives.delisted']!.value, told['directives.delisted_rate']!.value]).toEqual([25, 15, 0.6])
  // as it was known on the evening of the status day
  const then = await figureValues(db, figures.filter(({ id }) => id.startsWith('directives.deli')), { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: new Date('2021-10-31T23:59+08:00') })
  expect(then['directives.delisted']!.value).toBe(15)
})

test('the balance holds on every day of the demonstration years, and its carried is the list of that evening', async () => {
  const balance = figures.find(({ id }) => id === 'directives.balance')!
  const lines = async (from: Day, to: Day) => {
    const { parts } = await figureValue(db, balance, { from, to, statusOn: to, asOf: null })
    expect(parts!.some(({ key }) => key === 'unbalanced')).toBe(false)
    const [carriedIn, entered, ended, carriedOut] = ['carried-in', 'entered', 'ended', 'carried-out'].map((key) => parts!.find((part) => part.key === key)!.value!) as [number, number, number, number]
    expect(carriedIn + entered - ended).toBe(carriedOut)
    return { carriedIn, entered, ended, carriedOut }
  }
  let listed = 0
  const all = { entered: 0, ended: 0 }
  for (let on = day('2020-10-01'); on < '2022-01-05'; on = addDays(on, 1)) {
    const today = await lines(on, on)
    expect(today.carriedIn, on).toBe(listed)
    listed = today.carriedOut
    all.entered += today.entered
    all.ended += today.ended
  }
  expect(await lines(day('2020-10-01'), day('2022-01-04'))).toEqual({ carriedIn: 0, ...all, carriedOut: listed })
  expect((await findDirectives(db, control.person, day('2022-01-04'), {}, undefined, 1)).count).toBe(listed)
}, 120_000)

test('the same file changes nothing; another one needs --update and adds what is new', async () => {
  const before = (await sql<{ n: number }>`select count(*)::int as n from events`.execute(db)).rows[0]!.n
  expect((await importRows(db, directivesImporter, rows)).errors).toEqual([])
  expect((await sql<{ n: number }>`select count(*)::int as n from events`.execute(db)).rows[0]!.n).toBe(before)
  const open = rows.find((row) => row['案號'] === left['案號'])!
  const more = [{ ...open, 會議決定: [open['會議決定'], '會111-5 解除列管：口頭說明完成。'].filter(Boolean).join('\n'), 應附佐證: '照片' }]
  expect((await importRows(db, directivesImporter, more)).errors.join()).toContain('--update')
  expect((await importRows(db, directivesImporter, more, true)).errors).toEqual([])
  expect(await findDirective(db, null, open['案號']!)).toMatchObject({ outcome: 'delisted', proof: '照片' })
  expect((await importRows(db, directivesImporter, [{ ...more[0]!, 會議案號: '會109-0' }], true)).errors.join()).toContain('會議不能更改')
})

test('what cannot be is said by column', async () => {
  const row = { 案號: '裁110-009001', 會議案號: '會110-3', 指裁示內容: '請工務處辦理。', 主辦單位: '工務處' }
  const errors = async (more: Record<string, string>) => (await importRows(db, directivesImporter, [{ ...row, ...more }])).errors.join('\n')
  expect(await errors({ 會議案號: '會999-1' })).toContain('會議案號: 沒有「會999-1」這次已經召開的會議')
  expect(await errors({ 主辦單位: '沒有處' })).toContain('主辦單位')
  expect(await errors({ 期限: '110/4/1' })).toContain('期限: 要在開會那天以後')
  expect(await errors({ 辦理情形: '完成。' })).toContain('填報日期')
  expect(await errors({ 會議決定: '會110-1 解除列管：完成。' })).toContain('要在作成的會議和前一次決定之後')
  expect(await errors({ 會議決定: '會110-4 解除列管\n會110-5 繼續列管' })).toContain('已經讓它離開列管')
  expect(await errors({ 會議決定: '會110-4 併入他案列管 裁110-999999' })).toContain('可以併入')
  expect(parseDecisions('會110-4 撤銷列管：轉述\n會110-5 修正期限 110/12/1：同意：照辦')).toEqual({ lines: [
    { meeting: '會110-4', decision: 'void', dueOn: null, detail: null, text: '轉述' }, { meeting: '會110-5', decision: 'new-due', dueOn: '2021-12-01', detail: '110/12/1', text: '同意：照辦' },
  ] })
  expect(parseDecisions('會110-4 免除')).toMatchObject({ problem: expect.stringContaining('解除列管') })
})

test('the record of what was imported can be proved', async () => {
  for (const proof of await verifyAll(db)) expect(proof.differences.filter((line) => !line.includes('案件 會')), proof.what).toEqual([]) // the meetings were written by this test
})
