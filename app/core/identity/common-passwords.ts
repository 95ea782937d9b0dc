import { lazily } from '../lazy.ts'

/**
 * The 49,000 passwords seen most often in breaches (@zxcvbn-ts/language-common, MIT, from the xato.net list of Mark Burnett);
 * ours are all longer than most of them, so they are looked for inside. Read when the first new password is chosen.
 */
const breached = lazily<string[]>('@zxcvbn-ts/language-common/src/passwords.json')

/** What people in Taiwan type: words in Pinyin and English, lucky numbers, and Chinese words on the Bopomofo keys (我的密碼 is ji32k7au4a83). */
const habits = [
  'taiwan', 'taipei', 'kinmen', 'jinmen', 'lieyu', 'formosa', 'windlion', 'fengshiye', 'county', 'government', 'office', 'welcome', 'admin', 'administrator', 'default', 'changeme',
  'mima', 'password', 'woaini', 'woaini1314', 'nihao', 'xiexie', 'zhongguo', 'taiwanno1', 'chinese', 'minguo', 'gongwuyuan', 'xianfu', 'xianzhengfu',
  '520', '5201314', '1314', '1314520', '168', '16888', '888', '5566', '7788', '9527', '87878787', '5438', '094', '0800', '119', '110',
  'ji32k7au4a83', 'au4a83', 'ji3g4', 'ji394su3', 'su3cl3', 'su3cl3a8', 'w96j0', 'rupap6', 'rup ap6', 'vu04', '5/4zj3', 'vu045/4zj3', 'vu,4vu,4', 'yl30', '2u04sl3', '2/bj4', 'ji3', 'au4', 'g4284ru8', 'ej/',
]

const walks = [
  '1234567890-=', 'qwertyuiop[]', 'asdfghjkl;', 'zxcvbnm,./', 'abcdefghijklmnopqrstuvwxyz', '01234567890', '!@#$%^&*()_+',
  '1qaz', '2wsx', '3edc', '4rfv', '5tgb', '6yhn', '7ujm', '8ik,', '9ol.', '0p;/', '1q2w3e4r5t6y7u8i9o0p', 'q1w2e3r4t5y6', 'qazwsxedcrfvtgbyhnujm', '147258369', '159357',
].flatMap((walk) => [walk, [...walk].toReversed().join('')])

/** Years, days (also ROC ones) and telephone numbers: what can be looked up. */
const lookedUp = /(19|20)\d\d[-/.]?(0?[1-9]|1[0-2])[-/.]?(0?[1-9]|[12]\d|3[01])|(?<!\d)(0\d\d|[4-9]\d|1[01]\d)[-/.]?(0[1-9]|1[0-2])[-/.]?(0[1-9]|[12]\d|3[01])(?!\d)|09\d{8}|(19|20)\d\d/g

/** Common words taken out at most; a sentence of four or more is a good password, also of plain words. */
const wordsMax = 2
/** Signs that must be left. */
const leftMin = 4

let known: Set<string> | null = null

/** How many signs of a password nobody would try early are left when known passwords, words, dates and walks on the keyboard are taken out. */
export function uncommonSigns(password: string): number {
  known ??= new Set([...breached(), ...habits].filter((word) => word.length >= 3))
  const plain = password.normalize('NFKC').toLowerCase()
  return Math.min(...[plain, unswapped(plain)].map((text) => [...withoutRepeats(withoutWalks(withoutWords(text.replace(lookedUp, ' '), known!)))].filter((sign) => sign !== ' ').length))
}

export function isCommon(password: string): boolean {
  return uncommonSigns(password) < leftMin
}

/** p@ssw0rd is password. */
function unswapped(text: string): string {
  const signs: Record<string, string> = { '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', '5': 's', $: 's', '7': 't' }
  return text.replace(/[@431!05$7]/g, (sign) => signs[sign]!)
}

/** The longest known words first. What was taken out leaves a gap, so that nothing grows together over it. */
function withoutWords(text: string, words: Set<string>): string {
  let left = text
  for (let taken = 0; taken < wordsMax; taken++) {
    const found = longestWord(left, words)
    if (!found) break
    left = left.replaceAll(found, ' ')
  }
  return left
}

function longestWord(text: string, words: Set<string>): string | null {
  for (let length = Math.min(text.length, 30); length >= 3; length--) {
    for (let at = 0; at + length <= text.length; at++) {
      const part = text.slice(at, at + length)
      if (words.has(part)) return part
    }
  }
  return null
}

function withoutWalks(text: string): string {
  let left = ''
  for (let at = 0; at < text.length; ) {
    let length = 0
    for (let end = Math.min(text.length, at + 26); end - at >= 3 && length === 0; end--) if (walks.some((walk) => walk.includes(text.slice(at, end)))) length = end - at
    left += length ? ' ' : text[at]
    at += length || 1
  }
  return left
}

/** aaaa, !!!! and abab count as little as one of them. */
function withoutRepeats(text: string): string {
  return text.replace(/(.{1,4}?)\1{1,}/gu, '$1')
}
