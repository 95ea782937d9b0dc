import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { findMeeting } from '../../../core/committees/queries.ts'
import { fenceWrites, read } from '../../../core/db.ts'
import { NotFound } from '../../../core/errors.ts'
import { importFiles } from '../../../core/tabular/import.ts'
import { parseInstant } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { hearing } from '../hearing.ts'
import { makeOffice } from '../office-for-tests.ts'
import { meetingsImporter } from './importer.ts'
import { testFolder } from '../../../../test/support/folder.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)

const header = ['案號', '會議體', '開會日期', '主席', '出席人員', '議程', '紀錄確認日', '取消原因']
async function load(rows: string[][], options: { update?: boolean } = {}) {
  const folder = testFolder()
  writeFileSync(join(folder, 'meetings.csv'), [header, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n'))
  return importFiles(db, [folder], [meetingsImporter], options)
}
const people = '李示範，工務處\n周示範，文化局，代理出席：王示範\n示範甲，縣政顧問，請假'
const held = ['會110-000001', '主管會報', '110/4/13', '縣長', people, '報告事項｜重大工程進度｜依裁示辦理｜請工務處於月底前完成。\n討論事項｜公園使用費｜照案通過', '110/4/27', '']

test('a meeting comes with its people, its agenda and its decisions; the minutes write themselves', async () => {
  expect((await load([held])).errors).toEqual([])
  const file = await findMeeting(db, hearing, office.control.person, '會110-000001')
  expect(file).toMatchObject({ outcome: 'held', title: '110/4/13 主管會報', approvedOn: '2021-04-27' })
  expect(file.people.map(({ name, seat, attendance, deputy }) => [name, seat, attendance, deputy])).toEqual([['李示範', 'member', 'present', ''], ['周示範', 'member', 'deputy', '王示範'], ['示範甲', 'other', 'leave', '']])
  for (const part of ['壹、報告事項', '決議：依裁示辦理。請工務處於月底前完成。', '周示範（文化局）（王示範 代）']) expect(file.minutes).toContain(part)
})

test('it is known whole from the evening of its own day, approved from that of the approval, and not before', async () => {
  const asOf = (text: string) => read(db, (reader) => findMeeting(reader, hearing, office.control.person, '會110-000001'), parseInstant(text)!)
  const { minutes } = await findMeeting(db, hearing, office.control.person, '會110-000001')
  await expect(asOf('110/4/13 12:00')).rejects.toThrow(NotFound)
  for (const [at, approvedOn] of [['110/4/13 18:00', null], ['110/4/20 12:00', null], ['110/4/27 18:00', '2021-04-27'], ['110/12/31 12:00', '2021-04-27']] as const) {
    expect(await asOf(at), at).toMatchObject({ minutes, approvedOn, items: [{ decision: 'instructed' }, { decision: 'passed' }], people: [{ name: '李示範' }, { name: '周示範' }, { name: '示範甲' }] })
  }
})

test('the same again changes nothing; a wrong row says where and why', async () => {
  const before = await fenceWrites(db)
  expect((await load([held])).exitCode).toBe(0)
  expect(await db.selectFrom('events').select('id').where('recorded_at', '>', before).where('kind', 'like', 'meeting.%').execute()).toEqual([])
  const reasons = async (more: Record<number, string>) => (await load([held.map((cell, i) => more[i] ?? (i === 0 ? '會110-000002' : cell))])).errors.join('\n')
  expect(await reasons({ 1: '不存在會' })).toContain('沒有「不存在會」這個會議體')
  expect(await reasons({ 5: '討論｜甲｜照案通過' })).toContain('「討論」不是')
  expect(await reasons({ 5: '討論事項｜甲' })).toContain('每一案都要有決議')
  expect(await reasons({ 5: '討論事項｜法199-000001｜照案通過' })).toContain('沒有案號 法199-000001 的案件')
  expect(await reasons({ 6: '110/4/1' })).toContain('要在開會日以後')
  expect(await reasons({ 4: '李示範，工務處，遲到' })).toContain('「遲到」不是')
})

test('a correction is meant, recorded now, and keeps what was believed', async () => {
  const put = held.map((cell, i) => (i === 5 ? '報告事項｜重大工程進度｜准予備查' : cell))
  expect((await load([put])).exitCode).toBe(1)
  expect((await load([put], { update: true })).errors).toEqual([])
  expect((await findMeeting(db, hearing, office.control.person, '會110-000001')).items).toHaveLength(1)
})

test('events, stages, numbers and rows prove each other', async () => {
  expect((await load([['會110-000003', '管考會議', '110/5/1', '秘書長', people, '報告事項｜甲', '', '颱風']])).errors).toEqual([])
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})
