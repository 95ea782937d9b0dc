const digits: Record<string, number> = { 〇: 0, 零: 0, '○': 0, 一: 1, 二: 2, 兩: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }
const units: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }

/** The characters a number in a law may be written with: for patterns, inside a character class. */
export const numeralSigns = '0-9０-９〇零○一二兩三四五六七八九十百千'

/** A number of a law, Chinese or Arabic: 16, １６, 十六, 一百零二, 一千一百三十八, 一一三八. Null when it is none. */
export function readNumeral(written: string): number | null {
  const text = written.normalize('NFKC').replace(/\s/g, '')
  if (/^\d{1,6}$/.test(text)) return Number(text)
  if (text === '') return null
  const signs = [...text]
  if (signs.every((sign) => sign in digits)) return signs.length > 1 || digits[text] !== undefined ? Number(signs.map((sign) => digits[sign]).join('')) : null
  let sum = 0
  let digit: number | null = null
  let smallest = Infinity
  for (const sign of signs) {
    const unit = units[sign]
    if (unit === undefined) {
      if (digits[sign] === undefined || (digit !== null && digit !== 0)) return null
      digit = digits[sign]
    } else {
      if (unit >= smallest) return null
      smallest = unit
      sum += (digit || 1) * unit // 十六: the one is left out; 一百零十: the zero only fills
      digit = null
    }
  }
  return sum + (digit ?? 0)
}

/** 1138 → 一千一百三十八; 10 → 十; 110 → 一百十 as statutes write it. For 1 to 9999. */
export function chineseNumeral(number: number): string {
  const signs = '〇一二三四五六七八九'
  let text = ''
  let zero = false
  for (const [unit, sign] of [[1000, '千'], [100, '百'], [10, '十'], [1, '']] as const) {
    const digit = Math.floor(number / unit) % 10
    if (digit === 0) {
      zero = text !== ''
      continue
    }
    if (zero) text += '零'
    zero = false
    text += unit === 10 && digit === 1 && !text.endsWith('零') ? sign : signs[digit] + sign
  }
  return text
}
