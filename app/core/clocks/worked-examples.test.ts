import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { deadlineCommand } from './command.ts'

// The worked examples of the county's rules, by their number, as somebody types them.
const examples: [number: number, line: string, due: string][] = [
  [1, 'appeal-filing-30d 2024-01-10', '2024-02-15'],
  [2, 'appeal-filing-30d 2023-01-08', '2023-02-07'],
  [3, 'appeal-filing-30d 2023-01-05', '2023-02-04'],
  [4, 'appeal-filing-30d 2024-03-14', '2024-04-15'],
  [5, 'appeal-filing-30d 2025-02-27 residence=金門縣 appealSeat=臺北市', '2025-04-28'],
  [6, 'appeal-filing-30d 2025-08-26 residence=臺北市 appealSeat=金門縣', '2025-10-27'],
  [7, 'appeal-filing-30d 2024-07-16 residence=金門縣烏坵鄉 appealSeat=金門縣', '2024-09-16'],
  [8, 'appeal-decision-3mo 2025-02-28', '2025-06-02'],
  [9, 'appeal-decision-3mo 2024-11-29', '2025-03-03'],
  [10, 'appeal-decision-3mo 2024-08-31 extensionMonths=2', '2025-02-03'],
  [11, 'appeal-litigation-2mo 2024-12-30', '2025-03-03'],
  [12, 'appeal-litigation-2mo 2025-03-03 serviceKind=寄存送達', '2025-05-13'],
  [13, 'appeal-filing-30d 2025-03-03 serviceKind=寄存送達', '2025-04-02'],
  [14, 'appeal-correction-20d 2022-01-12', '2022-02-07'],
  [15, 'appeal-misfiled-10d 2025-01-17', '2025-02-03'],
  [16, 'appeal-agency-reply-20d 2024-09-20', '2024-10-11'],
  [17, 'sc-open-negotiation-30d 2026-01-28', '2026-03-02'],
  [18, 'sc-negotiation-60d 2025-07-01', '2025-09-01'],
  [19, 'sc-notice-5d 2025-10-20', '2025-10-14'],
  [20, 'cp-objection-10d 2025-09-18', '2025-09-30'],
  [21, 'cp-business-15d 2021-09-05', '2021-09-22'],
  [22, 'cp-court-10d 2022-08-30', '2022-09-12'],
  [23, 'tender-open 2025-03-04 tenderDays=14 cutoff=office-closing', '2025-03-17'],
  [24, 'tender-open 2025-03-04 tenderDays=14 cutoff=10:00', '2025-03-18T10:00+08:00'],
  [25, 'tender-open 2024-01-22 amountClass=巨額 publicInspection=true electronicDocuments=true electronicBids=true cutoff=office-closing', '2024-02-15'],
  [26, 'tender-open 2026-07-06 tenderDays=14 cutoff=office-closing closures=2026-07-20,2026-07-21', '2026-07-22'],
  [27, 'proc-objection-doc 2025-06-09 tenderDays=28', '2025-06-19'],
  [28, 'proc-objection-doc 2024-05-29 tenderDays=45', '2024-06-11'],
  [29, 'proc-complaint-15d 2023-09-14', '2023-10-02'],
  [30, 'proc-pay-15wd 2023-01-13', '2023-02-10'],
  [31, 'doc-normal-6wd 2024-02-06', '2024-02-20'],
  [32, 'petition-30wd 2025-01-02', '2025-02-19'],
  [33, 'foi-decide-15d 2025-09-15', '2025-09-30'],
  [34, 'foi-decide-15d 2023-01-10', '2023-01-30'],
  [35, 'foi-correct-7d 2026-02-09', '2026-02-23'],
  [36, 'archive-decide-30d 2021-09-21', '2021-10-21'],
  [37, 'reg-promulgate-30d 2025-04-01', '2025-05-01'],
  [38, 'reg-promulgate-30d 2026-04-01', '2026-05-04'],
  [39, 'reg-effective-3rd-day 2025-10-08', '2025-10-10'],
  [40, 'reg-approval-1mo 2026-01-30', '2026-03-02'],
  [41, 'cyber-report-1h 2026-02-16T23:30', '2026-02-17T00:30+08:00'],
  [42, 'cyber-contain-72h-36h 2026-02-16T23:30 level=2', '2026-02-19T23:30+08:00'],
  [43, 'appeal-filing-30d 2026-08-03 closures=2026-09-02', '2026-09-03'],
]

test.each(examples)('worked example %i: %s is due %s', (_number, line, due) => {
  const [rule, trigger, ...given] = line.split(' ')
  const { code, out, err } = deadlineCommand([rule!, trigger!, ...given.flatMap((pair) => ['--param', pair])])
  expect([code, out, err]).toEqual([0, `${due}\n`, ''])
})

const rulesPath = new URL('../../../../shared/domain/rules.md', import.meta.url)
test.skipIf(!existsSync(rulesPath))('these are all the worked examples there are (skipped where the rules are not at hand)', () => {
  const section = readFileSync(rulesPath, 'utf8').split('## 7.')[1]!.split('## 8.')[0]!
  const printed = [...section.matchAll(/^\| (\d+) \|.*$/gm)].map(([row, number]) => [+number!, row.split('|').at(4)!.match(/\d{4}-\d\d-\d\d/)![0]])
  expect(examples.map(([number, , due]) => [number, due.slice(0, 10)])).toEqual(printed)
})
