import { expect, test } from 'vitest'
import { dayCell, key, labelled, listOf, moment, oneOf, text, wholeNumber, yesOrNo } from './cells.ts'
import { readTable } from './read.ts'
import { checkTable, nearestName, optional, naming, required } from './schema.ts'
import { printProblem } from './table.ts'
import { asItWas, harmless, writeCsv } from './write-csv.ts'

const columns = {
  number: required('案號', key(20)),
  receivedAt: required('收件時間', moment),
  subject: required('主旨', text(10)),
  dueOn: optional('限辦日期', dayCell),
  satisfaction: optional('滿意度', wholeNumber(1, 5)),
  units: optional('協辦單位', listOf(key(20))),
  channel: optional('管道', oneOf(['電話', '書面', '1999'])),
  consent: optional('公開意願', yesOrNo),
}
const check = (csv: string) => {
  const { table, problems } = readTable({ name: 'petitions.csv', bytes: Buffer.from(csv) })
  return checkTable(table!, columns, problems)
}
const said = (csv: string) => check(csv).problems.map(printProblem)

test('columns may stand in any order; what is optional may be missing', () => {
  const { rows, problems } = check('主旨,案號,收件時間,限辦日期,協辦單位,滿意度,公開意願,管道\n路燈,A1,110/04/09 08:30,民國110年5月24日,民政處、財政處,５,是,１９９９\n水溝,A2,110-04-10,,,,,\n')
  expect(problems).toEqual([])
  expect(rows[0]!.value).toEqual({
    number: 'A1', receivedAt: { at: new Date('2021-04-09T08:30+08:00'), hasTime: true }, subject: '路燈', dueOn: '2021-05-24',
    satisfaction: 5, units: ['民政處', '財政處'], channel: '1999', consent: true,
  })
  expect(rows[1]!.value).toMatchObject({ receivedAt: { at: new Date('2021-04-10T00:00+08:00'), hasTime: false }, dueOn: null, units: null, consent: null })
})

test('a word with full-width signs is read as the office writes it, and back as the word itself', () => {
  const kinds = labelled(new Map([['鄉（鎮、市）公所', 'township'], ['其他縣市或其他機關', 'other']] as const))
  for (const cell of ['鄉（鎮、市）公所', '鄉(鎮、市)公所', ' 鄉（鎮、市)公所 ']) expect(kinds(cell)).toEqual({ value: 'township' })
  expect(oneOf(['鄉（鎮、市）公所'])('鄉(鎮、市)公所')).toEqual({ value: '鄉（鎮、市）公所' })
  expect(kinds('鄉公所')).toEqual({ reason: '「鄉公所」不是 鄉（鎮、市）公所、其他縣市或其他機關 之一' })
})

test('every bad cell of every row is named, with its row, column and reason', () => {
  expect(said('案號,收件時間,主旨,滿意度,公開意願,管道\nA1,110-02-30,路燈,6,好,傳真\n,昨天,,,,\nA3,110/4/9,一二三四五六七八九十十一,3.5,,\n')).toEqual([
    'petitions.csv:2:收件時間: 110-02-30 不是存在的日期（110 年 2 月只有 28 天）',
    'petitions.csv:2:滿意度: 「6」不是 1 到 5 的整數',
    'petitions.csv:2:管道: 「傳真」不是 電話、書面、1999 之一',
    'petitions.csv:2:公開意願: 「好」不是 是、否 之一',
    'petitions.csv:3:案號: 沒有填',
    'petitions.csv:3:收件時間: 「昨天」讀不出日期，請寫成 110/4/9、110年4月9日 或 2021-04-09',
    'petitions.csv:3:主旨: 沒有填',
    'petitions.csv:4:主旨: 有 12 個字，最多 10 個字',
    'petitions.csv:4:滿意度: 「3.5」不是 1 到 5 的整數',
  ])
})

test('unknown columns are refused by name with the nearest known one, missing ones by name', () => {
  const checked = check('案號,收件日期,標題\nA1,110/4/9,x\n')
  expect(checked.headerIsGood).toBe(false)
  expect(checked.rows).toEqual([])
  expect(checked.problems.map(printProblem)).toEqual([
    'petitions.csv:1:收件日期: 不認得這個欄位，是不是「收件時間」',
    'petitions.csv:1:標題: 不認得這個欄位，可用的欄位是 案號、收件時間、主旨、限辦日期、滿意度、協辦單位、管道、公開意願',
    'petitions.csv:1:收件時間: 缺少這個必要的欄位',
    'petitions.csv:1:主旨: 缺少這個必要的欄位',
  ])
  expect(nearestName('案 號', ['主旨', '案號'])).toBe('案號')
})

test('a row that could not be read as a row is not read by its cells', () => {
  const { rows, problems } = check('案號,收件時間,主旨\nA1,110/4/9\nA2,110/4/9,x\n')
  expect(rows.map(({ value }) => value.number)).toEqual(['A2'])
  expect(problems).toEqual([])
})

test('invisible signs in a number are refused', () => {
  expect(said('案號,收件時間,主旨\nA\u202e1,110/4/9,x\n')).toEqual(['petitions.csv:2:案號: 含有看不見的字元（U+202E），請刪除'])
})

test('CSV for others to open runs nothing, keeps numbers, and can be taken back', () => {
  const dangerous = ['=1+1', '+1', '-1', '@SUM(1)', '\tx', '\rx', '＝1', "plain'", '文字, "引號"\n換行']
  const csv = Buffer.from(writeCsv(['a', 'b'], dangerous.map((cell) => [cell, -5])))
  expect(csv.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  const { table } = readTable({ name: 'x.csv', bytes: csv })
  expect(table!.rows.map(({ cells }) => cells[0])).toEqual(["'=1+1", "'+1", "'-1", "'@SUM(1)", "'\tx", "'\rx", "'＝1", "plain'", '文字, "引號"\n換行'])
  expect(table!.rows[0]!.cells[1]).toBe('-5')
  for (const cell of dangerous) expect(asItWas(harmless(cell))).toBe(cell)
})

test('a row’s name twice in a file is told even where the first of them is bad', () => {
  const columns = { code: naming('代碼', (text) => ({ value: text })), count: required('數', (text) => (/^\d+$/.test(text) ? { value: Number(text) } : { reason: '不是數字' })) }
  const table = { file: 'x.csv', header: ['代碼', '數'], rows: [{ number: 2, cells: ['A', 'no'] }, { number: 3, cells: ['A', '1'] }, { number: 4, cells: ['B', '2'] }] }
  const checked = checkTable(table as never, columns)
  expect(checked.problems).toEqual([
    { file: 'x.csv', row: 2, column: '數', reason: '不是數字' },
    { file: 'x.csv', row: 3, column: '代碼', reason: '「A」與第 2 列重複' },
  ])
  expect(checked.rows.map((row) => row.value.code)).toEqual(['B'])
})
