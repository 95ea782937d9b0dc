import { expect, test } from 'vitest'
import { cutTables, readTable } from './drawn-tables.ts'
import { parseText } from './parse-text.ts'
import { partsOf } from './structure.ts'

const drawn = `訴願人住居於國外者，其在途期間如下表：
┌───────┬────┐
│訴願人住居地區│在途期間│
├───────┼────┤
│亞洲          │三十七日│
├───────┼────┤
│澳洲          │四十四日│
└───────┴────┘
前項期間，自到達之日起算。`

test('a drawn table is read row by row; the words before and after stay 項', () => {
  const parts = partsOf(drawn)
  expect(parts.map(({ kind }) => kind)).toEqual(['paragraph', 'table', 'paragraph'])
  expect(parts[1]!.table).toEqual({ head: ['訴願人住居地區', '在途期間'], rows: [['亞洲', '三十七日'], ['澳洲', '四十四日']] })
  expect(parts[1]!.text.split('\n')).toHaveLength(7)
})

test('cells written downwards are put together, and the slanted corner of a table is read label by label', () => {
  // the form of 訴願扣除在途期間辦法 §2
  const lines = ['┌──────┬─┬─┐    ', '│        訴住│臺│新│', '│        願居│中│北│', '│        人地│市│市│', '│    在期    │︵│  │', '│    途間    │一│  │', '│訴所        │︶│  │', '│願在        │  │  │', '├──────┼─┼─┤', '│臺北市      │○│二│', '│            │  │日│', '└──────┴─┴─┘']
  expect(readTable(lines)).toEqual({ head: ['訴願人住居地／在途期間／訴願所在', '臺中市（一）', '新北市'], rows: [['臺北市', '○', '二日']] })
})

test('tables pasted from the web come with tabs or bars; one such line alone is a sentence', () => {
  expect(partsOf('收費標準如下：\n項目\t金額\n場地\t五百元').map(({ table }) => table)).toEqual([undefined, { head: ['項目', '金額'], rows: [['場地', '五百元']] }])
  expect(partsOf('| 項目 | 金額 |\n|---|---|\n| 場地 | 五百元 |')[0]!.table).toEqual({ head: ['項目', '金額'], rows: [['場地', '五百元']] })
  expect(cutTables('甲\t乙\n下一句。').map(({ table }) => table)).toEqual([false, false])
  expect(partsOf('一、\t甲。\n二、\t乙。').map(({ kind }) => kind)).toEqual(['subparagraph', 'subparagraph'])
  const { text, problems } = parseText('第一條\n收費標準如下：\n項目\t金額\n場地\t五百元\n第二條\n施行。', '收費標準')
  expect([problems, text.units.length, partsOf((text.units[0] as { text: string }).text).length]).toEqual([[], 2, 2])
})
