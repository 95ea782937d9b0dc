import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../../test/support/makers.ts'
import { read } from '../../../core/db.ts'
import { unitsImporter } from '../../../core/identity/units-import.ts'
import { importFiles } from '../../../core/tabular/import.ts'
import { day, parseInstant } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { declareModules } from '../../../start.ts'
import { findProjects } from '../queries.ts'
import '../tables.ts'
import { monthsImporter } from './months.ts'
import { projectsImporter } from './projects.ts'
import { testFolder } from '../../../../test/support/folder.ts'

const { db } = await createTestDatabase()
declareModules()
useTestKeys()
const section = await makePerson(db, '吳管考', 'control', await makeUnit(db, '行政處'))

const header = '案號,計畫名稱,類別,主辦單位,總經費,開始日期,完成期限,完成日期,列管日期,撤管日期,撤管原因,查核點'
const bridge = '管110-000007,示範橋梁補強,重大施政計畫,工務處,"1,200萬",110/1/1,110/12/31,,110/1/5,,,"110/3/1 決標（110/3/8 達成）\n110/6/30 工程過半"'
const ended = '管109-000003,示範步道,特定案件,建設處,5000000,109/1/1,109/12/31,109/12/20,109/1/6,110/2/1,完成撤管,'
const months = '案號,月份,預定進度,預定支用,實際進度,實際支用,辦理情形,落後原因,因應對策,填報日期\n管110-000007,110/1,10,100萬,9,90萬,設計中,,,110/2/3\n管110-000007,110/2,20,200萬,9,90萬,設計中,流標,重新招標,\n管110-000007,110/3,30,300萬,,,,,,\n'

async function run(files: Record<string, string>, options: { update?: boolean } = {}) {
  const folder = testFolder()
  for (const [name, text] of Object.entries({ 'units.csv': '代碼,名稱,類型,上級\nA05,工務處,處,\nA04,建設處,處,\n', ...files })) writeFileSync(join(folder, name), text)
  return importFiles(db, [folder], [unitsImporter, projectsImporter, monthsImporter], options)
}
const stateOn = async (on: string, asOf: string) => (await read(db, (reader) => findProjects(reader, section.person, day(on)), parseInstant(asOf))).map(({ number, state }) => `${number} ${state}`).toSorted()

test('projects and their months come in, each known from its own day', async () => {
  const outcome = await run({ 'projects.csv': [header, bridge, ended].join('\n'), 'project-months.csv': months })
  expect(outcome.errors).toEqual([])
  expect(await stateOn('2021-01-31', '110/1/31 23:00')).toEqual(['管109-000003 done', '管110-000007 unreported'])
  // the report of January was written on 3 February; that of February counts from its last evening; the footpath left the list on 1 February
  expect(await stateOn('2021-02-10', '110/2/10 12:00')).toEqual(['管110-000007 on-track'])
  expect(await stateOn('2021-02-28', '110/3/1 12:00')).toEqual(['管110-000007 severe'])
  const milestones = await db.selectFrom('project_milestones').select(['title', 'reached_on']).orderBy('position').execute()
  expect(milestones).toEqual([{ title: '決標', reached_on: '2021-03-08' }, { title: '工程過半', reached_on: null }])
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})

test('the same files change nothing; another value is refused unless it is meant, and then the past stays', async () => {
  expect((await run({ 'projects.csv': [header, bridge, ended].join('\n'), 'project-months.csv': months })).messages.join()).toContain('列管計畫月進度：新增 0 筆、更新 0 筆、原本就有 3 筆')
  const corrected = months.replace('200萬,9,90萬', '200萬,19,90萬')
  expect((await run({ 'project-months.csv': corrected })).errors.join()).toContain('project-months.csv:3:月份: 與先前的「管110-000007 2021-02」不同')
  expect((await run({ 'project-months.csv': corrected }, { update: true })).errors).toEqual([])
  expect((await findProjects(db, section.person, day('2021-02-28'))).map(({ state }) => state)).toEqual(['on-track'])
  expect(await stateOn('2021-02-28', '110/3/1 12:00')).toEqual(['管110-000007 severe'])
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})

test('what is cumulative never falls, also against what is there; nothing but 100 is planned after the last day', async () => {
  const falling = '案號,月份,預定進度,預定支用,實際進度,實際支用\n管110-000007,110/3,15,300萬,5,50萬\n管110-000007,110/4,40,1300萬,100,80萬\n管110-000007,111/1,90,1300萬,,\n管109-000003,110/1,100,0,,\n'
  const { errors } = await run({ 'project-months.csv': falling }, { update: true })
  for (const part of [':2:預定進度: 比110年2月的 20% 少', ':2:實際進度: 比110年2月的 19% 少', ':2:實際支用: 比110年2月少', ':3:預定支用: 超過總經費', ':3:實際進度: 100% 時', ':4:預定進度: 在完成期限 110/12/31以後', ':5:月份: 在完成期限和完成日期 109/12/20以後']) expect(errors.join('\n')).toContain(`project-months.csv${part}`)
})

test('what cannot be is named with its row and column, and nothing is loaded', async () => {
  const wrong = await run({
    'projects.csv': [header, bridge.replace('000007', '000008').replace('工務處', '夢想處').replace('110/12/31', '109/12/31'), ended.replace('000003', '000004').replace('完成撤管', '')].join('\n'),
    'project-months.csv': '案號,月份,預定進度,實際進度\n管110-000099,110/1,10,\n管110-000007,110/13,10,\n管110-000007,110/4,100.00001,\n管110-000007,130/1,50,40\n',
  })
  expect(wrong.exitCode).toBe(1)
  for (const part of ['projects.csv:2:主辦單位: 沒有「夢想處」', 'projects.csv:2:完成期限: 在開始日期以前', ':撤管原因: 填了撤管日期就要填', 'project-months.csv:2:案號: 沒有「管110-000099」', 'project-months.csv:3:月份: 「110/13」不是月份', 'project-months.csv:4:預定進度', 'project-months.csv:5:月份: 還沒有到']) expect(wrong.errors.join('\n')).toContain(part)
})
