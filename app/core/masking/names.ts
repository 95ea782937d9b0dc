import { levelText } from './level.ts'

/** Surnames of two characters; all others have one. */
const compoundSurnames = ['歐陽', '司徒', '司馬', '諸葛', '上官', '夏侯', '端木', '皇甫', '尉遲', '公孫', '慕容', '令狐', '范姜', '張簡', '陳李', '周黃']

export type PersonToken = { name: string; find: RegExp; token: string }

/**
 * For each known person where their name stands and what takes its place: surname + ○○, numbered where two people of
 * one surname are known. Names of one character and those not written in Han characters are replaced whole.
 */
export function personTokens(people: readonly (string | null | undefined)[]): PersonToken[] {
  const names = [...new Set(people.map((name) => (name ? levelText(name.normalize('NFC')) : null)?.replace(/\s+/g, ' ').trim()).filter((name): name is string => Boolean(name)))]
  const used = new Map<string, number>()
  return names
    .map((name) => ({ name, base: tokenBase(name) }))
    .flatMap(({ name, base }) => {
      const nth = (used.get(base) ?? 0) + 1
      used.set(base, nth)
      const token = nth === 1 ? base : `${base}（${nth}）`
      return formsOf(name).map((find) => ({ name, find, token }))
    })
    .sort((a, b) => b.name.length - a.name.length) // the longer name first: 王大明 before 王大
}

const isHan = (name: string) => /^[\p{Script=Han}○·．・ ]+$/u.test(name)

function tokenBase(name: string): string {
  const characters = [...name.replace(/[ ·．・]/g, '')]
  if (/[·．・]/.test(name)) return '某人' // a name written in Han characters whose first one is no surname: 瓦歷斯·諾幹
  if (!isHan(name) || characters.length < 2 || characters.length > 5) return '某人'
  return `${surnameOf(characters)}○○`
}

function surnameOf(characters: string[]): string {
  const two = characters.slice(0, 2).join('')
  return characters.length > 2 && compoundSurnames.includes(two) ? two : characters[0]!
}

/** The whole name, also with blanks between its characters, and a given name of two characters alone. */
function formsOf(name: string): RegExp[] {
  if (!isHan(name)) return foreignForms(name)
  const characters = [...name.replace(/[ ·．・]/g, '')]
  const spaced = (of: string[]) => new RegExp(of.map(escape).join('[\\s·．・]*'), 'gu')
  if (characters.length < 2) return [] // one character alone stands in too many words: the officer looks
  const given = characters.slice([...surnameOf(characters)].length)
  return given.length >= 2 ? [spaced(characters), spaced(given)] : [spaced(characters)]
}

/** As written, family name first, and without its accents: José Núñez, NUNEZ Jose. */
function foreignForms(name: string): RegExp[] {
  const parts = name.split(/[ ,]+/).filter(Boolean)
  const orders = parts.length > 1 ? [parts, [parts.at(-1)!, ...parts.slice(0, -1)]] : [parts]
  const forms = orders.flatMap((order) => [order, order.map(withoutAccents)]).map((order) => order.map(escape).join('[\\s.,]+'))
  return [...new Set(forms)].map((form) => new RegExp(`(?<![\\p{L}])${form}(?![\\p{L}])`, 'giu'))
}

const withoutAccents = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
