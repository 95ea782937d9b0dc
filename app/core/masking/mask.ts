import { personTokens } from './names.ts'
import { lengthAt, levelled } from './level.ts'
import { patterns } from './patterns.ts'
import { reviewWords } from './review-words.ts'

/** What masking took out. `sure`: its form alone says what it is, so a published text may never hold one. */
export type Found = { kind: FoundKind; was: string; became: string }
export type FoundKind = 'name' | 'id-number' | 'passport' | 'birth-date' | 'phone' | 'email' | 'plate' | 'account' | 'card' | 'address' | 'parcel' | 'coordinates'

/** A place that only a person can judge: shown to the officer with the reason, left as it is. */
export type Review = { text: string; why: string }

export type Masked = { text: string; found: Found[]; review: Review[] }

export const foundNames: Record<FoundKind, string> = {
  name: '姓名', 'id-number': '身分證或居留證號碼', passport: '護照號碼', 'birth-date': '出生日期', phone: '電話', email: '電子郵件', plate: '車牌', account: '帳號', card: '卡號', address: '地址', parcel: '地號', coordinates: '座標',
}

/**
 * The text as it may be published (rules.md §4): known names become surname and ○○, the same person the same token; numbers
 * that identify somebody are removed whole; addresses shrink to the township. However it is written counts the same: full-width
 * and other forms of letters and digits, blanks and line ends inside, characters that nobody sees (level.ts). What only a person can judge (health, minors, names not known to the case) is listed for review.
 * `people`: names known to the case, the sender first.
 */
export function mask(text: string, people: readonly (string | null | undefined)[] = []): Masked {
  const found: Found[] = []
  let masked = text
  for (const { kind, find, put } of patterns) masked = replaceLevelled(masked, find, put, (was, became) => found.push({ kind, was, became }))
  for (const { find, token } of personTokens(people)) masked = replaceLevelled(masked, find, () => token, (was, became) => found.push({ kind: 'name', was, became }))
  return { text: masked, found, review: reviewWords(masked) }
}

/** The name of a file as it may be published; its ending stays. */
export function maskFileName(name: string, people: readonly (string | null | undefined)[] = []): string {
  const ending = /\.[A-Za-z0-9]{1,5}$/.exec(name)?.[0] ?? ''
  return mask(name.slice(0, name.length - ending.length).replaceAll('_', ' '), people).text.replaceAll(' ', '_') + ending
}

/** Replaces in the text as typed what a pattern finds in its levelled form. */
function replaceLevelled(text: string, find: RegExp, put: (match: RegExpExecArray) => string | null, note: (was: string, became: string) => void): string {
  const { level, at } = levelled(text)
  let result = ''
  let from = 0
  for (const match of level.matchAll(find)) {
    const became = put(match)
    if (became === null || match[0] === '') continue
    const [start, end] = [at[match.index]!, at[match.index + match[0].length - 1]! + lengthAt(text, at[match.index + match[0].length - 1]!)]
    result += text.slice(from, start) + became
    from = end
    note(text.slice(start, end), became)
  }
  return result + text.slice(from)
}
