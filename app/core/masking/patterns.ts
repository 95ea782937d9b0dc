import type { FoundKind } from './mask.ts'

/** A form that says what it is. `put` gives what stands in its place, null to leave it. Order matters: longer numbers first. */
export type Pattern = { kind: FoundKind; find: RegExp; put: (match: RegExpExecArray) => string | null }

const removed = (what: string) => () => `〔${what}〕`
const figures = '[0-9一二三四五六七八九十百○〇零]'
const number = '[0-9一二三四五六七八九十百○〇]+'

export const patterns: Pattern[] = [
  // also as people write it to keep it from machines: ming (at) example.org, ming @ example . org
  { kind: 'email', find: /[\w.+-]+\s*(?:@|[([（]\s*(?:at|小老鼠)\s*[)\]）])\s*[\w-]+(?:\s*(?:\.|[([（]\s*dot\s*[)\]）])\s*[\w-]+)+/gi, put: removed('電子郵件') },
  // 身分證字號 A123456789; 居留證 A800000000 and, before 2021, AB12345678
  { kind: 'id-number', find: /(?<![A-Z0-9])[A-Z][- ]?(?:[1289]|[A-D])(?:[- ]?\d){8}(?!\d)/gi, put: removed('證號') },
  { kind: 'passport', find: /(?<=護照(?:號碼)?\s*:?\s*)[A-Z]{0,2}\d{7,9}(?!\d)/gi, put: removed('證號') },
  { kind: 'card', find: /(?<!\d)\d{4}(?:[- ]\d{4}){3}(?!\d)|(?<!\d)\d{16}(?!\d)/g, put: removed('卡號') },
  { kind: 'account', find: /(?<=(?:帳號|帳戶|戶頭|匯款|存摺|健保卡)[^\d\n]{0,8})\d[\d -]{6,18}\d(?!\d)/g, put: removed('帳號') },
  { kind: 'coordinates', find: /2[3-6]\.\d{3,}(?:\s*[N°])?\s*[,、 ]\s*1(?:1[89]|2[0-2])\.\d{3,}(?:\s*[E°])?|1(?:1[89]|2[0-2])\.\d{3,}\s*[,、 ]\s*2[3-6]\.\d{3,}/g, put: removed('座標') },
  // degrees, minutes and seconds, of Taiwan and its islands
  { kind: 'coordinates', find: /(?:北緯|東經|[NE]\s*)?(?<!\d)(?:2[0-6]|1(?:1[6-9]|2[0-3]))\s*[°度]\s*\d{1,2}(?:\.\d+)?\s*(?:['’′]|分)(?:\s*\d{1,2}(?:\.\d+)?\s*(?:["”″]|''|秒))?(?:\s*[NE](?![A-Za-z]))?/gi, put: removed('座標') },
  // Taiwan: mobile 09xx, area codes of two to four digits, free and premium numbers, with or without +886 and an extension
  {
    kind: 'phone',
    find: /(?<![\d.])(?:\+?886[- ]?\(?0?\)?|\(?0)(?:9\d{2}[- ]?\d{3}[- ]?\d{3}|[2-8]\d{0,2}\)?[- ]?\d{2,4}[- ]?\d{3,4})(?:\s*(?:#|轉|分機|ext\.?)\s*\d{1,6})?(?!\d)/gi,
    put: removed('電話'),
  },
  // a mobile number spelled out digit by digit, whatever stands between
  { kind: 'phone', find: /(?<!\d)0[-./_ ]?9(?:[-./_ ]?\d){8}(?!\d)/g, put: removed('電話') },
  { kind: 'phone', find: /(?<![零〇○一二三四五六七八九])[零〇○][零〇○一二三四五六七八九]{8,10}(?![零〇○一二三四五六七八九])/g, put: removed('電話') },
  { kind: 'phone', find: /(?<=(?:電話|手機|行動|聯絡方式|傳真|LINE|微信)[^\d\n]{0,8})\d[\d -]{4,12}\d(?!\d)/gi, put: removed('電話') },
  { kind: 'account', find: /(?<=(?:LINE|微信|WeChat|IG|Instagram|Telegram)\s*(?:ID|帳號|id)?\s*[:：是為]?\s*@?)(?=[\w.-]*[\d_.-])[A-Za-z][\w.-]{3,29}/gi, put: removed('帳號') },
  { kind: 'account', find: /(?:https?:\/\/)?(?:[\w-]+\.)?(?:facebook|fb|instagram|threads|tiktok|twitter|x|t|line)\.(?:com|me|net)\/[\w./?=&%~@-]+/gi, put: removed('帳號') },
  { kind: 'birth-date', find: new RegExp(`(?:民國|西元)?\\s*${figures}{2,6}\\s*[年./-]\\s*${figures}{1,3}\\s*[月./-]\\s*${figures}{1,3}\\s*日?\\s*(?=出?生(?![效態產活命]))`, 'g'), put: removed('出生日期') },
  { kind: 'birth-date', find: new RegExp(`(?<=(?:出生(?:年月日|日期)?|生日|(?<![發產衛學民師醫陌先])生(?=於))\\s*[是為於在:]?\\s*)(?:(?:民國|西元)?\\s*${figures}{2,6}\\s*[年./-]\\s*${figures}{1,3}\\s*[月./-]\\s*${figures}{1,3}\\s*日?|\\d{6,8})`, 'g'), put: removed('出生日期') },
  { kind: 'plate', find: /(?<![A-Z0-9-])(?:[A-Z]{2,3}-\d{3,4}|\d{3,4}-[A-Z]{2,3}|[A-Z]\d-\d{4}|\d[A-Z]-\d{4}|\d{4}-(?:[A-Z]\d|\d[A-Z]))(?![A-Z0-9-])/gi, put: (match) => (/^(?:PM|CNS|ISO|NT)-/i.test(match[0]) ? null : '〔車牌〕') },
  { kind: 'plate', find: /(?<=(?:車牌|車號|牌照)(?:號碼)?[^A-Z0-9\n]{0,4})[A-Z0-9]{2,4}[- ]?[A-Z0-9]{2,4}(?![A-Z0-9])/gi, put: (match) => (/\d/.test(match[0]) ? '〔車牌〕' : null) },
  { kind: 'parcel', find: /(?:[\p{Script=Han}]{1,6}段(?:[\p{Script=Han}]{1,4}小段)?\s*)?\d+(?:-\d+)?\s*(?:號)?地號/gu, put: (match) => `${/^.*[是在於為的]/u.exec(match[0])?.[0] ?? ''}〔地號〕` },
  // a house number with its road, lane, village or settlement; the township alone stays
  {
    kind: 'address',
    find: new RegExp(
      `(?:(?:福建省)?[\\p{Script=Han}]{2}[縣市])?([\\p{Script=Han}]{1,4}[鄉鎮市區])?\\s*(?:[\\p{Script=Han}]{1,4}[村里])?(?:${number}鄰)?(?:[\\p{Script=Han}\\d]{1,8}?(?:路|街|大道))?(?:${number}段)?(?:${number}巷)?(?:${number}弄)?[\\p{Script=Han}]{0,4}?${number}(?:(?:之|-)${number})?號(?:(?:之|-)?${number}(?:樓|室))?(?:之${number})?`,
      'gu',
    ),
    put: (match) => (isHome(match[0]) ? `${townshipOf(match)}〔地址〕` : null),
  },
]

/** A number of a house, not of a lamp post (第3號), a bus, a pier or a day of the month. */
function isHome(text: string): boolean {
  if (/第[\d一二三四五六七八九十]+號/.test(text)) return false
  return /[村里路街巷弄鄰]|大道/.test(text.replace(/[一二三四五六七八九十\d]+號.*$/, '')) && !/月[一二三四五六七八九十\d]+號$/.test(text)
}

/** The township at the end of what was caught before the road, without its county: 住在金湖鎮 catches more than its name. */
function townshipOf(match: RegExpExecArray): string {
  const found = /^(\p{Script=Han}*?)(?:(?:福建省)?[\p{Script=Han}]{2}[縣市])?([\p{Script=Han}]{2}[鄉鎮市區])/u.exec(match[0])
  return found ? found[1]! + found[2]! : ''
}
