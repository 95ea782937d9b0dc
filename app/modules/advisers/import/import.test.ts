import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { testFolder } from '../../../../test/support/folder.ts'
import { useTestKeys } from '../../../../test/support/makers.ts'
import { importFiles } from '../../../core/tabular/import.ts'
import { day } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { declareModules } from '../../../start.ts'
import { findAdvisers } from '../queries.ts'
import { advisersImporter } from './advisers.ts'

const { db } = await createTestDatabase()
declareModules()
useTestKeys()
const folder = testFolder()

async function run(rows: string, options: { update?: boolean } = {}) {
  const path = join(folder, 'advisers.csv')
  writeFileSync(path, `${advisersImporter.columnNames.join(',')}\n${rows}`)
  const { messages, errors } = await importFiles(db, [path], [advisersImporter], options)
  return errors.length ? errors.join('\n') : messages.join('\n')
}

const first = '縣政顧問,顧示範,示範大學教授,離島交通,110/1/1,111/12/31,,\n旅台中央鄉賢,鄉示範,,,110/1/1,111/12/31,111/6/30,請辭\n'

test('terms come in; the same file again changes nothing; another row of a known term must be meant', async () => {
  expect(await run(first)).toContain('新增 2 筆')
  expect(await run(first)).toContain('原本就有 2 筆')
  const other = first.replace('離島交通', '離島產業')
  expect(await run(other)).toContain('--update')
  expect(await run(other, { update: true })).toContain('更新 1 筆')
  const rows = await findAdvisers(db, day('2021-10-31'))
  expect(rows.map(({ name, field, untilOn, endedOn }) => [name, field, untilOn, endedOn])).toEqual([['顧示範', '離島產業', '2022-12-31', null], ['鄉示範', '', '2022-12-31', '2022-06-30']])
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})

test.each([
  ['縣政顧問,甲示範,,,110/1/1,109/12/31,,\n', '在任期開始以前'], ['縣政顧問,甲示範,,,110/1/1,110/12/31,111/1/1,請辭\n', '不在任期裡'], ['縣政顧問,甲示範,,,110/1/1,110/12/31,110/6/1,\n', '就要填原因'],
  ['縣政顧問,顧示範,,,111/6/1,112/5/31,,\n', '另一個任期重疊'], ['縣政顧問,甲示範,,,110/1/1,110/12/31,,\n縣政顧問,甲示範,,,110/1/1,110/12/31,,\n', '重複'], ['議員,甲示範,,,110/1/1,110/12/31,,\n', '縣政顧問'],
])('a row that cannot be so is refused by its reason: %s', async (rows, reason) => {
  expect(await run(rows)).toContain(reason)
})
