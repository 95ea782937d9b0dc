import { readNumeral } from '../../core/laws/numerals.ts'

/** 地方制度法 §26 III: the highest fine that an ordinance may set, in NT$. */
export const fineLimit = 100_000

const signs = '〇零一二兩三四五六七八九十百千萬億壹貳參肆伍陸柒捌玖拾佰仟0-9,，'
// an amount counts where only the words of a range stand between it and 罰鍰: 「一萬元以上二十萬元以下罰鍰」, not 「造價一百萬元者，處…罰鍰」
const amount = new RegExp(`([${signs}]+)元(?=(?:以上|以下|至|之|新臺幣|[${signs}]+元)*罰鍰)`, 'g')

/** The first fine in a text above the limit, in the text's own words; null where there is none. An amount that cannot be read is left to the reviewer. */
export function finesOver(text: string): string | null {
  for (const [whole, written] of text.normalize('NFKC').matchAll(amount)) {
    const value = moneyOf(written!)
    if (value !== null && value > fineLimit) return whole!
  }
  return null
}

const formal: Record<string, string> = { 壹: '一', 貳: '二', 參: '三', 肆: '四', 伍: '五', 陸: '六', 柒: '七', 捌: '八', 玖: '九', 拾: '十', 佰: '百', 仟: '千' }

/** 三千, 十二萬, 1,200,000, 20萬 → whole NT$; null when it cannot be read. */
function moneyOf(written: string): number | null {
  const plain = [...written.replace(/[,，]/g, '')].map((sign) => formal[sign] ?? sign).join('')
  if (plain.includes('億')) return Infinity
  const [high, low] = plain.includes('萬') ? plain.split('萬', 2) : ['', plain]
  const read = (part: string | undefined) => (!part ? 0 : /^[0-9]+$/.test(part) ? Number(part) : readNumeral(part))
  const [myriads, rest] = [read(high), read(low)]
  return myriads === null || rest === null ? null : myriads * 10_000 + rest
}
