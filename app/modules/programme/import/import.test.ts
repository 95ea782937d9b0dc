import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { testFolder } from '../../../../test/support/folder.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../../test/support/makers.ts'
import { valueOf } from '../../../core/errors.ts'
import { importFiles } from '../../../core/tabular/import.ts'
import { verifyAll } from '../../../core/verify.ts'
import { declareModules } from '../../../start.ts'
import { startProgramme } from '../acts.ts'
import { findProgrammeFile, findProject } from '../queries.ts'
import { findProgrammeState } from '../programme.ts'
import { projectsImporter } from './projects.ts'

const { db } = await createTestDatabase()
declareModules()
useTestKeys()
const section = await makePerson(db, '吳規劃', 'control', await makeUnit(db, '行政處'))
await makeUnit(db, '工務處', { code: 'A05' })
await makeUnit(db, '觀光處', { code: 'A09' })
const { number: name } = valueOf(await startProgramme(section, { term: 7, fromYear: 116, aim: '永續海島宜居家園的目標' }))
const { id } = await findProgrammeState(db, section.person, name)
const folder = testFolder()

async function run(rows: string, options: { update?: boolean; keepGood?: boolean; big5?: boolean } = {}) {
  const path = join(folder, 'programme-projects.csv')
  const csv = `${projectsImporter.columnNames.join(',')}\n${rows}`
  writeFileSync(path, options.big5 ? iconv.encode(csv, 'cp950') : csv)
  const { messages, errors } = await importFiles(db, [path], [projectsImporter], options)
  return errors.length ? errors.join('\n') : messages.join('\n')
}
const shown = async () => (await findProgrammeFile(db, id)).projects.map(({ heading, title, unit, township, money }) => [heading, title, unit, township, ...money.map(({ year, source, twd }) => `${year} ${source} ${twd}`)])

const parking = '7,3,示範停車場（二期）,工務處,烈嶼鄉,"116 離島建設基金 4,000萬\n117 縣款 10,000千元",立體停車場\n'
const visitors = '116–119,第九款,旅遊服務中心,A09,全縣,117 中央補助 5000000；119 縣款 100萬,\n'

test('projects come in from Big5, with their money by year and source; the same file again adds nothing', async () => {
  expect(await run(parking + visitors, { big5: true })).toContain('新增 2 筆、更新 0 筆、原本就有 0 筆')
  const both = [[3, '示範停車場（二期）', '工務處', '烈嶼鄉', '116 offshore 40000000', '117 county 10000000'], [9, '旅遊服務中心', '觀光處', null, '117 central 5000000', '119 county 1000000']]
  expect(await shown()).toEqual(both)
  expect(await run(parking + visitors)).toContain('新增 0 筆、更新 0 筆、原本就有 2 筆')
  expect(await run(parking.replace('7,3,', '第七期,三、基礎建設,').replace('（二期）', '(二期)').replace('10,000千元', '1,000萬'))).toContain('原本就有 1 筆')
  expect(await shown()).toEqual(both)
})

test('another row of a known project must be meant, and its money as it was stays in the history', async () => {
  const other = parking.replace('烈嶼鄉', '金城鎮').replace('4,000萬', '5,000萬')
  expect(await run(other)).toContain('programme-projects.csv:2:計畫名稱: 與先前的這件計畫不同，確定要更改請加上 --update')
  expect(await run(other, { update: true })).toContain('新增 0 筆、更新 1 筆')
  const [project] = (await findProgrammeFile(db, id)).projects
  expect(await findProject(db, id, project!.id)).toMatchObject({ township: '金城鎮', history: [{ by: null, before: { money: [{ year: 116, source: 'offshore', twd: 40_000_000 }, { year: 117, source: 'county', twd: 10_000_000 }], facts: { township: '烈嶼鄉' } } }] })
  expect(await run(parking, { update: true })).toContain('更新 1 筆')
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})

test('what cannot be is named with its row and column, and nothing is loaded', async () => {
  const before = await shown()
  const row = (more: Partial<Record<'which' | 'heading' | 'title' | 'unit' | 'township' | 'money', string>>) => Object.values({ which: '7', heading: '3', title: '示範步道', unit: '工務處', township: '', money: '116 縣款 100萬', ...more, summary: '' }).join(',')
  const said = await run([
    row({}), row({ title: '示範步道 ' }), row({ title: '甲示範', which: '9' }), row({ title: '乙示範', which: '115–118' }), row({ title: '丙示範', which: '明年' }), row({ title: '丁示範', heading: '16' }), row({ title: '戊示範', heading: '4、基礎建設' }),
    row({ title: '己示範', unit: '澎湖縣政府工務處' }), row({ title: '庚示範', township: '馬公市' }), row({ title: '辛示範', money: '120 縣款 100萬' }), row({ title: '壬示範', money: '116 彩券 100萬' }), row({ title: '癸示範', money: '116 縣款 1萬;116 縣款 2萬' }), row({ title: '子示範', money: '' }),
  ].join('\n'))
  const expected = [
    '3:計畫名稱: 與第 2 列是同一期的同名計畫', '4:期別: 沒有第 9 期的方案', '5:期別: 沒有 115 至 118 年的方案', '6:期別: 「明年」請寫成', '7:款次: 「16」不是離島建設條例 §5 的十五款', '8:款次: 「4、基礎建設」', '9:主辦單位: 沒有「澎湖縣政府工務處」這個單位', '10:鄉鎮: 「馬公市」不是',
    '11:分年經費: 120 年度不在 116 至 119 年的期程', '12:分年經費: 「116 彩券 100萬」', '13:分年經費: 116 年度的縣款寫了兩次', '14:分年經費: 沒有填',
  ]
  const lines = said.split('\n')
  for (const part of expected) expect(lines.filter((line) => line.startsWith(`programme-projects.csv:${part}`)), part).toHaveLength(1)
  expect(lines).toHaveLength(expected.length + 1)
  expect(await shown()).toEqual(before)
})

test('a programme that is no longer drafted takes no project and no change; what is there already is no error', async () => {
  await db.updateTable('units').set({ valid_until: '2020-12-31' as never }).where('code', '=', 'A09').execute()
  expect(await run(visitors)).toContain('原本就有 1 筆')
  expect(await run(visitors.replace('旅遊服務中心', '遊客碼頭'))).toContain('「A09」已經裁撤')
  await db.updateTable('cases').set({ stage: 'in-force' }).where('id', '=', id).execute()
  expect(await run(parking + visitors)).toContain('原本就有 2 筆')
  expect(await run(parking.replace('示範停車場', '示範步道'))).toContain('programme-projects.csv:2:期別: 第 7 期方案現在是「核定實施」，研擬中才能匯入計畫')
  expect(await run(parking.replace('4,000萬', '5,000萬'), { update: true })).toContain('研擬中才能匯入計畫')
})
