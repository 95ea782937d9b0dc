import { expect, test } from 'vitest'
import { deadlineCommand } from './command.ts'

const run = (...args: string[]): [number, string, string] => {
  const { code, out, err } = deadlineCommand(args)
  return [code, out.trimEnd().split('\n').at(-1)!, err.trim()]
}

test.each([
  [['petition-30wd', '2025-01-02'], '2025-02-19'],
  [['petition-30wd', '114/1/2'], '2025-02-19'],
  [['petition-30wd', '民國114年1月2日'], '2025-02-19'],
  [['petition-30wd', '2025-01-02T23:59:59+08:00'], '2025-02-19'],
  [['petition-30wd', '2025-01-01T16:30:00Z'], '2025-02-19'],
  [['--explain', 'petition-30wd', '114/1/2', '--param', 'extensionDays=10'], '2025-03-06'],
  [['petition-30wd', '114/1/2', '--param=pauses=114/1/10..114/1/13'], '2025-02-20'],
  [['petition-30wd', '114/1/2', '--param', 'days=20', '--param', 'extensionDays=0'], '2025-02-06'],
  [['cyber-report-1h', '115/2/16', '23:30'], '2026-02-17T00:30+08:00'],
  [['cyber-report-1h', '2026-02-16T23:30'], '2026-02-17T00:30+08:00'],
  [['appeal-filing-30d', '2026-08-03', '--param', 'closures=115/9/2,2026-09-03'], '2026-09-04'],
  [['appeal-filing-30d', '2024-01-10', '--param', 'closures='], '2024-02-15'],
  [['appeal-litigation-2mo', '2025-03-03', '--param', 'serviceKind=寄存送達'], '2025-05-13'],
])('deadline %j prints %s last and succeeds', (args, due) => {
  expect(run(...args)).toEqual([0, due, ''])
})

test('with --explain the calculation comes before the date', () => {
  const { out } = deadlineCommand(['appeal-filing-30d', '2024-01-10', '--explain'])
  expect(out).toBe(`提起訴願：30 日。依據：訴願法 §14 I。
113年1月10日（三）行政處分送達或公告期滿。
113/1/10 當日不算入，自次日 113年1月11日（四）起算（民法 §120 II）。
期間 30 日，末日為 113年2月9日（五）。
末日不上班（113/2/9 農曆除夕、113/2/10 至 113/2/12 春節、113/2/13 至 113/2/14 補假），順延至次一上班日 113年2月15日（四）（民法 §122）。
到期：民國113年2月15日（星期四）。
以機關收受之日為準，不以郵戳為準；誤向其他機關提出者，以該機關收受之日為準（訴願法 §14 III、IV）。
依民國 106 年至 116 年的政府機關辦公日曆計算（第 1 版）。
2024-02-15
`)
})

test('a rule of uncertain source says so in its explanation', () => {
  expect(deadlineCommand(['petition-30wd', '114/1/2', '--explain']).out).toContain('待法制單位確認')
})

test.each([
  [['petition-30wd', '2027-12-20'], /^undetermined: 辦公日曆/],
  [['petition-30wd', '114/1/2', '--param', 'pauses=114/1/10..'], /^paused: 自 114\/1\/10/],
  [['petition-supplement', '114/1/2'], /^open: /],
  [['cyber-report-1h', '2026-02-16'], /^undetermined: .*時刻/],
])('deadline %j has no date to give and exits 1', (args, line) => {
  const [code, last, err] = run(...args)
  expect([code, err]).toEqual([1, ''])
  expect(last).toMatch(line)
})

test.each([
  [[], /^用法/],
  [['petition-30wd'], /^用法/],
  [['petition-30d', '114/1/2'], /沒有規則「petition-30d」，最接近的是 petition-30wd/],
  [['petiton', '114/1/2'], /最接近的是 petition-30wd、petition-simple-3wd、petition-confirm-3cd/],
  [['petition-30wd', '114/2/30'], /114\/2\/30 不是存在的日期（114 年 2 月只有 28 天）/],
  [['petition-30wd', '昨天'], /讀不出日期/],
  [['petition-30wd', '114/1/2', '--param', 'extensionDay=3'], /沒有參數「extensionDay」，最接近的是 extensionDays/],
  [['petition-30wd', '114/1/2', '--param', 'extensionDays=three'], /不是 0 到 3650 的整數/],
  [['petition-30wd', '114/1/2', '--param', 'extensionDays'], /名稱=值/],
  [['petition-30wd', '114/1/2', '--param'], /名稱=值/],
  [['petition-30wd', '114/1/2', '--param', 'extensionDays=1', '--param', 'extensionDays=2'], /給了兩次/],
  [['petition-30wd', '114/1/2', '--param', 'correctedOn=114/1/3'], /petition-30wd 用不到參數 correctedOn；可以用的是 extensionDays/],
  [['appeal-filing-30d', '114/1/2', '--param', 'serviceKind=寄存'], /沒有送達方式「寄存」，最接近的是 寄存送達/],
  [['appeal-filing-30d', '114/1/2', '--param', 'closures=114/2/30'], /closures：114\/2\/30 不是存在的日期/],
  [['foi-decide-15d', '114/1/2', '--param', 'extensionDays=16'], /展期最長 15 日/],
  [['appeal-filing-30d', '114/1/2', '--param', 'residence=金門市', '--param', 'appealSeat=臺北市'], /residence 沒有「金門市」這個地方，最接近的是 金門縣/],
  [['appeal-filing-30d', '114/1/2', '--param', 'residence=金門縣', '--param', 'appealSeat=香港'], /appealSeat「香港」不是受理訴願機關的所在地.*最接近的是/],
  [['petition-30wd', '114/1/2', '--explian'], /沒有選項 --explian/],
  [['petition-30wd', '114/1/2', '--param', 'toString=1'], /沒有參數「toString」/],
])('deadline %j is wrong use and says what to do', (args, sentence) => {
  const { code, out, err } = deadlineCommand(args)
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(sentence)
})
