import { expect, test } from 'vitest'
import { deadlineCommand } from './command.ts'

const run = (line: string): [number, string, string] => {
  const { code, out, err } = deadlineCommand(line.split(' '))
  return [code, out.trimEnd().split('\n').at(-1)!, err.trim()]
}

test.each([
  ['tender-open 114/3/4 --param amountClass=公告金額 --param cutoff=office-closing', '2025-03-17'],
  ['tender-open 114/3/4 --param amountClass=公告金額以上未達查核金額 --param cutoff=10:00', '2025-03-18T10:00+08:00'],
  ['tender-open 114/3/4 --param tenderDays=14 --param cutoff=9:00', '2025-03-18T09:00+08:00'],
  ['tender-open 2024-01-22 --param amountClass=巨額 --param publicInspection=true --param electronicDocuments=是 --param electronicBids=1', '2024-02-15'],
  ['tender-open 2024-01-22 --param amountClass=巨額 --param publicInspection=false --param electronicBids=no', '2024-02-19'],
  ['tender-open 2026-07-06 --param tenderDays=14 --param cutoff=office-closing --param closures=2026-07-20,2026-07-21', '2026-07-22'],
  ['proc-objection-doc 2025-06-09 --param tenderDays=28', '2025-06-19'],
  ['proc-objection-result 2025-03-24 --param awardedOn=114/3/10', '2025-03-25'],
  ['proc-gazette-lag 115/6/8 09:00', '2026-06-09'],
  ['cyber-contain-72h-36h 2026-02-16T23:30 --param level=2', '2026-02-19T23:30+08:00'],
  ['cyber-contain-72h-36h 2026-02-16T23:30 --param level=4', '2026-02-18T11:30+08:00'],
  ['proc-pay-15wd 2025-03-03 --param clock=subsidy', '2025-04-16'],
  ['proc-pay-15wd 2025-03-03 --param clock=補助款', '2025-04-16'],
  ['proc-pay-15wd 2025-03-03 --param clock=30wd', '2025-04-16'],
  ['council-reconsider-15d 2025-03-03 --param clock=7', '2025-03-10'],
  ['tender-urgent 2025-03-04', '2025-03-13'],
  ['tender-open 2025-03-04 --param amountClass=逾公告金額十分之一未達公告金額', '2025-03-10'],
])('deadline %s prints %s', (line, due) => {
  expect(run(line)).toEqual([0, due, ''])
})

test.each([
  ['tender-open 114/3/4', /^undetermined: .*amountClass/],
  ['cyber-review-8h-2h 2026-02-16T23:30', /^undetermined: .*level/],
  ['proc-clarify-quarter 114/3/4', /^undetermined: .*tenderDays/],
  ['proc-blacklist-terms 114/3/4', /^open: /],
])('deadline %s has no day to give', (line, last) => {
  const [code, out] = run(line)
  expect(code).toBe(1)
  expect(out).toMatch(last)
})

test.each([
  ['tender-opne 114/3/4', /最接近的是 tender-open/],
  ['tender-open 114/3/4 --param amountclass=巨額', /沒有參數「amountclass」，最接近的是 amountClass/],
  ['tender-open 114/3/4 --param amountClass=大額', /沒有採購金額級距「大額」，最接近的是 小額、巨額/],
  ['tender-open 114/3/4 --param cutoff=closing', /「closing」不是截止時間，要寫成 office-closing/],
  ['tender-open 114/3/4 --param cutoff=24:00', /不是截止時間/],
  ['tender-open 114/3/4 --param tenderDays=0', /tenderDays 要是 1 到 3650/],
  ['tender-open 114/3/4 --param tenderDays=two', /不是 0 到 3650 的整數/],
  ['tender-open 114/3/4 --param publicInspection=ture', /「ture」要寫成 true 或 false，最接近的是 true/],
  ['tender-open 114/3/4 --param level=2', /tender-open 用不到參數 level；可以用的是 cutoff/],
  ['tender-retender 114/3/4 --param electronicBids=true', /用不到參數 electronicBids/],
  ['cyber-contain-72h-36h 2026-02-16T23:30 --param level=5', /「5」不是事件等級，最接近的是 1、2、3、4/],
  ['cyber-report-1h 2026-02-16T23:30 --param level=2', /用不到參數 level/],
  ['proc-pay-15wd 114/3/3 --param clock=subsidie', /沒有 clock「subsidie」，最接近的是 subsidy/],
  ['proc-mediation-4mo 114/3/3 --param clock=reply --param extensionMonths=1', /他造陳述意見不能展期/],
  ['proc-objection-result 114/3/3 --param awardedOn=114/2/30', /awardedOn：114\/2\/30 不是存在的日期/],
])('deadline %s is wrong use', (line, err) => {
  const [code, , why] = run(line)
  expect(code).toBe(2)
  expect(why).toMatch(err)
})
