import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import type { Browser } from '../../../../test/support/browser-less.ts'
import { rulebook } from '../../../core/clocks/index.ts'
import { instant, makeOffice, serveForTests } from '../office-for-tests.ts'
import { calculatorFilePath, calculatorPath, deadlinesPath } from '../paths.ts'
import { calculators } from './all.ts'
import { fieldsOf } from './calculator.ts'
import { inEnglish } from './english/index.ts'

let resident: Browser
const now = instant('114/6/10 10:00')

beforeAll(async () => {
  const { db } = await createTestDatabase()
  await makeOffice(db)
  resident = (await serveForTests(db, () => now)).visit()
})

const open = (slug: string, given: Record<string, string>) => resident.open(calculatorPath(slug, given))
/** title → ISO day of every period on the page */
const daysOn = (text: string): Record<string, string | undefined> => Object.fromEntries([...text.matchAll(/deadline__title">([^<]+)<\/h2>.*?deadline__day">(?:<time datetime="([\d-]+)")?/gs)].map(([, title, day]) => [title!, day]))

test('every period of every calculator is in the rulebook, and starts from a field of its form', () => {
  for (const calculator of calculators) {
    const names = fieldsOf(calculator).map(({ name }) => name)
    for (const { rule, from, key } of calculator.steps) {
      expect(rulebook.has(rule), `${calculator.slug} ${key}: ${rule}`).toBe(true)
      if (typeof from === 'string') expect(names).toContain(from)
    }
    for (const name of calculator.startDays) expect(names).toContain(name)
    expect(new Set(names).size).toBe(names.length)
  }
})

test('the index leads to all five, and the portal to the index', async () => {
  expect((await resident.open('/')).text).toContain(`href="${deadlinesPath()}"`)
  const page = await resident.open(deadlinesPath())
  for (const { slug } of calculators) expect(page.text).toContain(`href="${calculatorPath(slug)}"`)
  expect(page.text).toContain('不是法律意見')
})

test.each(calculators.map((each) => [each.slug, each] as const))('the example of %s gives every day it asks for, and their iCalendar file', async (slug, { example }) => {
  const page = await open(slug, example)
  expect(page.status).toBe(200)
  const days = Object.values(daysOn(page.text))
  expect(days.length).toBeGreaterThan(0)
  for (const each of days) expect(each).toBeDefined()
  expect(page.text).toContain('怎麼算出來的')
  expect(page.text).toContain('過了會怎樣')
  expect(page.text).toContain('不是法律意見')
  expect(page.text).toContain('https://law.moj.gov.tw/')
  const file = await resident.open(calculatorFilePath(slug, example))
  expect(file.headers['content-type']).toBe('text/calendar; charset=utf-8')
  for (const each of days) expect(file.text).toContain(`DTSTART;VALUE=DATE:${each!.replaceAll('-', '')}`)
})

// rules.md §7, by number
const worked: [string, string, Record<string, string>, string, string][] = [
  ['1', 'appeal', { served: '113/1/10', maker: 'below', residence: '金門縣' }, '提起訴願的最後一天', '2024-02-15'],
  ['5', 'appeal', { served: '2025-02-27', maker: 'county', residence: '金門縣' }, '提起訴願的最後一天', '2025-04-28'],
  ['6', 'appeal', { served: '114/8/26', maker: 'below', residence: '台北市' }, '提起訴願的最後一天', '2025-10-27'],
  ['7', 'appeal', { served: '113/7/16', maker: 'below', residence: '金門縣烏坵鄉' }, '提起訴願的最後一天', '2024-09-16'],
  ['8', 'appeal', { filed: '114/2/28' }, '訴願應作成決定的最後一天', '2025-06-02'],
  ['12', 'appeal', { decided: '114/3/3', decidedService: '寄存送達' }, '提起行政訴訟的最後一天', '2025-05-13'],
  ['13', 'appeal', { served: '114/3/3', service: '寄存送達', maker: 'below', residence: '金門縣' }, '提起訴願的最後一天', '2025-04-02'],
  ['17', 'compensation', { claimed: '115/1/28' }, '機關應開始協議的最後一天', '2026-03-02'],
  ['18', 'compensation', { meeting: '114/7/1' }, '協議應成立的最後一天', '2025-09-01'],
  ['20', 'consumer', { proposed: '114/9/18' }, '對方案提出異議的最後一天', '2025-09-30'],
  ['21', 'consumer', { complained: '110/9/5' }, '商家應妥適處理的最後一天', '2021-09-22'],
  ['27', 'tender', { against: 'documents', notice: '114/6/9', tenderDays: '28' }, '對招標文件提出異議的最後一天', '2025-06-19'],
  ['28', 'tender', { against: 'documents', notice: '113/5/29', tenderDays: '45' }, '對招標文件提出異議的最後一天', '2024-06-11'],
  ['29', 'tender', { answered: '112/9/14' }, '提出申訴的最後一天', '2023-10-02'],
  ['33', 'information', { what: 'information', accepted: '114/9/15' }, '機關應決定的最後一天', '2025-09-30'],
  ['35', 'information', { corrected: '115/2/9' }, '補正的最後一天', '2026-02-23'],
  ['36', 'information', { what: 'archive', accepted: '110/9/21' }, '機關應決定的最後一天', '2021-10-21'],
]
test.each(worked)('worked example %s comes out right for a resident', async (_number, slug, given, title, day) => {
  expect(daysOn((await open(slug, given)).text)[title]).toBe(day)
})

test('of a city in zones the district is asked for where it matters', async () => {
  const given = { served: '114/3/3', maker: 'other', seat: '桃園市', residence: '高雄市' }
  expect((await open('appeal', given)).errors).toEqual([expect.stringContaining('請寫到區')])
  expect((await resident.open(calculatorPath('appeal', given, 'en'))).errors).toEqual([expect.stringContaining('district')])
  expect((await open('appeal', { ...given, seat: '香港', residence: '金門縣' })).errors).toEqual([expect.stringContaining('沒有受理訴願的機關')])
})

test('a representative at the seat takes the travelling time away', async () => {
  const given = { served: '114/2/27', maker: 'county', residence: '金門縣' }
  expect(daysOn((await open('appeal', { ...given, representative: 'yes' })).text)['提起訴願的最後一天']).toBe('2025-03-31')
})

test('a third party has thirty days from knowing, and three years after the service at most', async () => {
  const title = '利害關係人提起訴願的最後一天'
  const given = { knew: '114/3/3', maker: 'below', residence: '金門縣' }
  expect(daysOn((await open('appeal', given)).text)).toEqual({ [title]: '2025-04-02' })
  expect(daysOn((await open('appeal', { ...given, servedOther: '111/3/10' })).text)[title]).toBe('2025-03-10')
  expect((await open('appeal', { knew: '114/3/3' })).errors).toEqual([expect.stringContaining('您住的縣市')])
})

test('of two periods the one that ends first counts: two years from knowing, five from the damage', async () => {
  const title = '提出請求的最後一天'
  expect(daysOn((await open('compensation', { known: '113/3/1', damage: '112/3/1' })).text)[title]).toBe('2026-03-02')
  expect(daysOn((await open('compensation', { known: '113/3/1', damage: '109/1/6' })).text)[title]).toBe('2025-01-06')
})

test('a vendor hears when the agency must decide, and how long they may complain if it does not', async () => {
  const page = await open('tender', { against: 'documents', notice: '114/6/9', tenderDays: '28', objected: '114/6/16' })
  expect(daysOn(page.text)).toEqual({ '對招標文件提出異議的最後一天': '2025-06-19', '機關不處理時，提出申訴的最後一天': '2025-07-16', '機關應處理異議的最後一天': '2025-07-01' })
  expect(page.text).toContain('最先到期')
  expect(page.text).toContain('還有 9 天')
})

test('a passed day says so', async () => {
  const page = await open('consumer', { proposed: '114/5/1' })
  expect(page.text).toContain('已經過了')
  expect(page.text).not.toContain('最先到期')
})

test('what cannot be read is told at its field and kept; what can be read is not asked again', async () => {
  const page = await open('appeal', { served: '114/2/30', residence: '台北縣', filed: '114/3/3' })
  expect(page.status).toBe(422)
  expect(page.errors).toHaveLength(2)
  expect(page.errors[0]).toContain('114/2/30')
  expect(page.errors[1]).toContain('最接近的是')
  expect(page.errors[1]).toContain('臺北市')
  expect(page.text).toContain('value="114/2/30"')
  expect(page.text).toContain('value="台北縣"')
  expect(page.text).toContain('value="114/3/3"')
  expect((await open('appeal', { service: '送達' })).errors).toEqual(['請至少填一個日期'])
  expect((await open('appeal', { served: '114/3/3', maker: 'other', residence: '金門縣' })).errors).toEqual([expect.stringContaining('受理訴願的機關')])
  expect((await open('tender', { against: 'documents', notice: '114/3/3' })).errors).toEqual([expect.stringContaining('等標期')])
  expect((await open('tender', { notice: '114/3/3', tenderDays: '3.5' })).errors).toEqual([expect.stringContaining('整數')])
})

test('a year without an office calendar is not guessed at', async () => {
  for (const served of ['130/1/5', '99/1/5']) {
    const page = await open('appeal', { served, maker: 'below', residence: '金門縣' })
    expect(page.status).toBe(200)
    expect(daysOn(page.text)).toEqual({ '提起訴願的最後一天': undefined })
    expect(page.text).toContain('算不出日期')
    expect(page.text).toContain('辦公日曆')
  }
  expect((await resident.open(calculatorFilePath('appeal', { served: '130/1/5', maker: 'below', residence: '金門縣' }))).status).toBe(404)
})

test('the English calculators ask and tell the same in English', async () => {
  const chinese = /\p{Script=Han}/u
  for (const calculator of calculators) {
    const { title, about, lead, steps, next, questions } = inEnglish(calculator)
    const words = [title, about, ...lead, ...next, ...questions.map((each) => each.about), ...steps.flatMap((step) => [step.title, step.lapse, ...(step.notes ?? [])])]
    for (const field of fieldsOf(inEnglish(calculator))) if (field.kind === 'choice') words.push(...field.options.flatMap(({ text, hint }) => [text, hint ?? '']))
    expect(words.filter((text) => text === undefined || chinese.test(text))).toEqual([])
  }
  const given = { against: 'documents', notice: '2025-06-09', tenderDays: '28' }
  const page = await resident.open(calculatorPath('tender', given, 'en'))
  expect(daysOn(page.text)).toEqual({ 'Last day to object to the tender documents': '2025-06-19' })
  expect(page.text).toMatch(/Thursday,? 19 June 2025 \(114\/6\/19\)/)
  expect(page.text).toContain('9 days left')
  expect(page.text).toContain('lang="en"')
  expect(page.text).toContain(`href="${calculatorPath('tender', given).replaceAll('&', '&amp;')}"`)
  expect((await resident.open(calculatorPath('tender', { notice: 'soon' }, 'en'))).errors[0]).toContain('no day that we can read')
  expect((await resident.open('/en')).text).toContain('href="/en/deadlines"')
})

test('an address that somebody made up does no harm', async () => {
  const page = await open('appeal', { served: '"><script>alert(1)</script>', residence: '<b>', service: 'x' })
  expect(page.status).toBe(422)
  expect(page.text).not.toContain('<script>alert')
  expect((await resident.open(`${calculatorPath('appeal')}?served=114/1/1&served=114/2/2&residence=${'金'.repeat(5000)}`)).status).toBe(422)
})
