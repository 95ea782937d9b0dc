import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findPlace, placeNames, travelTime } from './travel.ts'
import table from './travel.json' with { type: 'json' }

const days = (residence: string, seat?: string): number | string => {
  const found = travelTime(residence, seat)
  return 'why' in found ? found.why : found.days
}

test.each([
  ['臺北市', '新北市', 2], ['臺北市', '高雄市三民區', 5], ['臺北市', '高雄市鳳山區', 6], ['臺北市', '臺東縣', 7], ['高雄市苓雅區', '臺北市', 5], ['臺東縣蘭嶼鄉', '臺北市', 7],
  ['臺中市豐原區', '臺中市西屯區', 3], ['臺中市豐原區', '高雄市三民區', 5], ['臺中市中區', '高雄市三民區', 4], ['臺南市新營區', '高雄市左營區', 3], ['臺南市安平區', '高雄市左營區', 2],
  ['臺中市', '臺北市', 4], ['澎湖縣', '臺北市', 20], ['澎湖縣馬公市', '澎湖縣', 0], ['澎湖縣', '金門縣', 30], ['臺北市', '金門縣', 30], ['金門縣金城鎮', '金門縣', 0], ['金門縣烈嶼鄉', '金門縣', 0],
  ['金門縣', '臺北市', 30], ['金門縣', '連江縣', 30], ['連江縣', '金門縣', 30], ['連江縣', '連江縣', 0], ['金門縣烏坵鄉', '金門縣', 30], ['金門縣烏坵鄉', '臺北市', 30],
  ['高雄市代管東沙、太平島', '高雄市', 30], ['東沙島', '金門縣', 30], ['大陸地區', '金門縣', 37], ['香港', '臺北市', 37], ['澳門', '金門縣', 37],
  ['亞洲', '金門縣', 37], ['日本', '臺北市', 37], ['澳洲', '金門縣', 44], ['大洋洲', '金門縣', 44], ['美國', '金門縣', 44], ['歐洲', '金門縣', 44], ['非洲', '金門縣', 72],
])('from %s to an authority in %s it takes %i days', (residence, seat, expected) => {
  expect(days(residence, seat)).toBe(expected)
})

test('without a seat there is a time only where it is the same for every seat', () => {
  expect(days('金門縣烏坵鄉')).toBe(30)
  expect(days('香港')).toBe(37)
  expect(days('金門縣')).toContain('請以 appealSeat 寫出')
})

test('a city of two zones is asked for its district where they differ', () => {
  expect(days('高雄市', '臺北市')).toContain('請寫到區')
  expect(days('臺北市', '臺南市')).toBe(5)
  expect(days('高雄市', '臺南市')).toContain('請寫到區')
})

test('no authority sits abroad, and an unknown place is answered with its likes', () => {
  expect(days('金門縣', '香港')).toContain('不是受理訴願機關的所在地')
  expect(days('金門市', '臺北市')).toMatch(/最接近的是 金門縣/)
  expect(days('國外', '臺北市')).toMatch(/最接近的是 亞洲/)
})

test('every place of the table and every township has a time to every seat', () => {
  const wrong: string[] = []
  for (const residence of placeNames) {
    const place = findPlace(residence)
    if ('near' in place || (!place.elsewhere && place.columns.length !== 1)) continue
    for (const seat of Object.keys(table.seats)) if (typeof days(residence, seat) !== 'number') wrong.push(`${residence} → ${seat}`)
  }
  expect(wrong).toEqual([])
})

const lawPath = new URL('../../../../shared/data/laws/A0030119.json', import.meta.url)
describe.skipIf(!existsSync(lawPath))('the drawn table of 訴願扣除在途期間辦法 (skipped where the law is not at hand)', () => {
  const articles = existsSync(lawPath) ? (JSON.parse(readFileSync(lawPath, 'utf8')) as { 法規內容: { 條號: string; 條文內容: string }[] }).法規內容 : []
  const article = (number: string): string => articles.find(({ 條號 }) => 條號 === `第 ${number} 條`)!.條文內容

  test('§2: each of its cells is the days of our table, and none is missing', () => {
    const drawn = article('2').split(/\r?\n/)
    const cells = new Map<string, number>()
    let columns: string[] = []
    for (const block of blocksOf(drawn)) {
      const texts = block[0]!.split('│').slice(1, -1).map((_, i) => block.map((line) => (line.split('│').slice(1, -1)[i] ?? '').trim()).join(''))
      const [head, ...rest] = texts
      if (head!.includes('訴住') || head!.includes('期')) columns = rest.map(columnName)
      else if (columns.length === rest.length) rest.forEach((text, i) => cells.set(`${columns[i]} → ${head}`, daysIn(text)))
    }
    const ours = new Map(Object.entries(table.seats).flatMap(([seat, row]) => row.map((value, i): [string, number] => [`${table.residences[i]} → ${seat}`, value])))
    expect(cells.size).toBe(27 * 25)
    expect([...cells].filter(([key, value]) => ours.get(key) !== value)).toEqual([])
    expect(ours.size).toBe(cells.size)
  })

  test('its notes: the districts of each zone', () => {
    const notes = article('2').slice(article('2').indexOf('備')).replaceAll(/[│\s\r\n註┌┐└┘─┴┬├┤┼]/g, '')
    for (const [zone, districts] of Object.entries(table.zones)) {
      const listed = new RegExp(`${zone}指行政區域：([^。]+)。`).exec(notes)![1]!.split(/[、，]/)
      expect(districts.toSorted()).toEqual(listed.toSorted())
    }
  })

  test('§3 to §5: places outside Taiwan', () => {
    expect([article('3'), article('4')].map((text) => [...text.matchAll(/[一二三四五六七八九十]+(?=日)/g)].map(([text]) => daysIn(`${text}日`)))).toEqual([[37], [37]])
    const abroad = [...article('5').matchAll(/│(.洲)\s*│([^│]+)│/g)].map(([, name, text]): [string, number] => [name!, daysIn(text!)])
    expect(abroad).toEqual(Object.entries(table.elsewhere).slice(3).map(([name, { days }]) => [name, days]))
  })
})

/** The rows of every table of the article, each as its lines. */
function blocksOf(lines: readonly string[]): string[][] {
  const blocks: string[][] = []
  let block: string[] = []
  for (const line of lines) {
    if (line.startsWith('│')) block.push(line.trimEnd())
    else if (block.length) { blocks.push(block); block = [] }
  }
  return blocks
}

const columnName = (text: string): string => {
  const name = text.replaceAll(/\s/g, '').replaceAll('︵', '（').replaceAll('︶', '）')
  if (name.includes('烏坵')) return '金門縣烏坵鄉'
  return name.includes('島') ? '東沙島、太平島' : name
}

const digits = '○一二三四五六七八九十'
/** ○, 七日, 二十日, 三十七日 */
function daysIn(text: string): number {
  const [, tens, units] = /^(?:([一二三四五六七八九]?)十)?([○一二三四五六七八九]?)日?$/.exec(text.replaceAll(/\s/g, '')) ?? []
  return (tens === undefined ? 0 : 10 * (tens === '' ? 1 : digits.indexOf(tens))) + (units ? digits.indexOf(units) : 0)
}
