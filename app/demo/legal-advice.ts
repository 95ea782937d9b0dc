import { type Day, addDays, day } from '../core/time.ts'
import type { demonstration } from '../modules/legal-advice/index.ts'
import { officeDay } from './office-time.ts'
import { Random } from './random.ts'
import { makeResidents } from './residents.ts'

export const advicePlace = '示範縣政府第一會議室'
export const demoLawyers: Parameters<typeof demonstration.fillRoster>[1] = [
  { name: '柯示範', licence: '（示範）臺檢證字第 0001 號', login: 'lawyer', specialities: ['家事與繼承', '債務與契約', '房屋與土地', '行政與其他'] },
  { name: '翁示範', licence: '（示範）臺檢證字第 0002 號', specialities: ['債務與契約', '勞動', '車禍', '消費'] },
  { name: '戴示範', licence: '（示範）臺檢證字第 0003 號', specialities: ['刑事', '車禍', '家事與繼承'] },
]
/** Who advised in the years before is on the roster by the import. */
const formerLawyers = ['示範甲', '示範乙']

/** Each half-year's sessions with how many were advised: the last is that of the report, 5 sessions and 43 persons. */
const halves: { from: string; served: number[] }[] = [
  { from: '2019-04-10', served: [7, 8, 6, 9] },
  { from: '2019-10-09', served: [8, 7, 9, 8, 6] },
  { from: '2020-04-08', served: [6, 8, 9, 7] },
  { from: '2020-10-14', served: [8, 9, 7, 8, 9, 7] },
  { from: '2021-04-14', served: [9, 8, 9, 8, 9] },
]
const specialities: [string, number][] = [['家事與繼承', 9], ['債務與契約', 8], ['房屋與土地', 7], ['車禍', 5], ['勞動', 4], ['刑事', 4], ['消費', 2], ['行政與其他', 3]]

/** Consultations of two and a half years: those who were advised, some who did not come, some who gave their time back. Always the same. */
export function makeAdvice(): Record<string, string>[] {
  const random = new Random('legal-advice')
  const residents = makeResidents(random.fork('clients'), 220)
  const rows: Record<string, string>[] = []
  const years = new Map<string, number>()
  for (const { from, served } of halves) {
    for (const [i, count] of served.entries()) {
      const heldOn = officeDay(addDays(day(from), i * 28), 0)
      const missed = random.int(0, 2)
      const cancelled = random.int(0, 1)
      for (let at = 0; at < count + missed + cancelled; at++) {
        const ending = at < count ? '已諮詢' : at < count + missed ? '未到' : '取消'
        const year = String(Number(heldOn.slice(0, 4)) - 1911)
        const serial = (years.get(year) ?? 0) + 1
        years.set(year, serial)
        const { name, phone } = residents[rows.length % residents.length]!
        rows.push({
          案號: `諮${year}-${String(serial).padStart(6, '0')}`, 場次日期: heldOn, 開始時間: '14:00', 結束時間: '17:00', 每次分鐘: '20', 地點: advicePlace, 主辦單位: '法制科', 結果: ending, 姓名: name, 電話: phone,
          ...turn(random, heldOn, at, ending === '已諮詢'),
        })
      }
    }
  }
  return rows
}

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

function turn(random: Random, heldOn: Day, at: number, came: boolean): Record<string, string> {
  const walkedIn = came && random.chance(0.15)
  const slot = 840 + (at % 9) * 20
  const arrived = slot - random.int(2, 15)
  return {
    律師: formerLawyers[at % 2]!, 類別: random.weighted(specialities), 方式: walkedIn ? '現場' : random.weighted([['網路', 6], ['電話', 3], ['臨櫃', 1]]),
    預約日期: walkedIn ? '' : addDays(heldOn, -random.int(1, 20)), 約定時間: walkedIn ? '' : clock(slot), 報到時間: came ? clock(arrived) : '', 叫號時間: came ? clock(slot + random.int(0, 12)) : '',
  }
}

/** Who has a time in the coming weeks. */
export function makeClients(): Parameters<typeof demonstration.planAhead>[2] {
  const random = new Random('legal-advice/coming')
  return makeResidents(random, 60).map(({ name, phone }) => ({ name, phone, speciality: random.weighted(specialities) }))
}
