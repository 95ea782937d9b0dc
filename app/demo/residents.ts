import type { Random } from './random.ts'
import { type Township, makePlace, townshipWeights } from './places.ts'

export type Resident = { name: string; email: string; phone: string; address: string; township: Township | '縣外' }

const surnames = '王李張陳林黃吳蔡楊許鄭謝洪郭曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈余盧梁趙顏柯翁魏孫戴'
// Nobody is called so: a name says of itself that it was made up.
const tokens = ['示範', '測試', '範例', '樣本', '演練', '虛構', '試用', '假設']
const townships = townshipWeights.filter((each): each is [Township | '縣外', number] => each[0] !== '')

/** Invented people: names that say so, addresses of roads that are not there, mail at the domains that the Internet keeps for examples. */
export function makeResidents(random: Random, count: number): Resident[] {
  return Array.from({ length: count }, (_, i) => {
    const township = random.weighted(townships)
    const place = makePlace(random, township === '縣外' ? '金城鎮' : township)
    return {
      name: random.pick([...surnames]) + random.pick(tokens),
      email: `resident${String(i + 1).padStart(4, '0')}@${random.pick(['example.org', 'example.net', 'example.com'])}`,
      phone: `${random.pick(['082-000', '0900-000', '0800-000'])}-${String(random.int(0, 999)).padStart(3, '0')}`,
      address: township === '縣外' ? `虛構市示例區${place.road}${place.number}號` : `示範縣${township}${place.road}${place.number}號`,
      township,
    }
  })
}

/** Few write often, most once: the square of an even number leans to the front of the list. */
export function pickResident(random: Random, residents: Resident[]): Resident {
  const lean = random.next() * random.next()
  return residents[Math.floor((random.chance(0.15) ? lean * 0.1 : random.next()) * residents.length)]!
}
