/** Characters that nobody sees: soft hyphen, zero-width signs, marks of direction, variation selectors. */
const unseen = /\p{Default_Ignorable_Code_Point}/u
const dashes = /[\p{Pd}\u2212\u30fc]/u

/** One writing of characters that names and roads are written with in two ways. */
const oneOf: Record<string, string> = { 臺: '台', 峯: '峰', 羣: '群', 祕: '秘', 裏: '裡', 牀: '床', 衞: '衛', 爲: '為', 眞: '真', 淸: '清', 吳: '吳', 呉: '吳', 黄: '黃', 髙: '高', 温: '溫', 靑: '青' }

/**
 * A text in one way of writing: compatibility forms (full-width, circled, mathematical) as plain characters, dashes as one, what
 * nobody sees left out, a line end between digits or letters as a blank. `at`: for each code unit of it, where its character stands in the text.
 */
export function levelled(text: string): { level: string; at: number[] } {
  let level = ''
  const at: number[] = []
  for (let i = 0; i < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(i)!)
    const plain = levelOf(character, text, i)
    for (let k = 0; k < plain.length; k += 1) at.push(i)
    level += plain
    i += character.length
  }
  return { level, at }
}

function levelOf(character: string, text: string, i: number): string {
  if (unseen.test(character)) return ''
  if (character === '\n' || character === '\r') return /[\dA-Za-z０-９-]/.test(text[i - 1] ?? '') && /[\s\d-]/.test(text[i + 1] ?? '') ? ' ' : character
  if (oneOf[character]) return oneOf[character]
  if (dashes.test(character)) return character === 'ー' ? character : '-'
  if (character === '\u3000' || character === '\u00a0' || /[\u2000-\u200a\u202f]/.test(character)) return ' '
  const plain = character.normalize('NFKC')
  // only what becomes one character: ㈠ or ½ would say something else
  return [...plain].length === 1 ? plain : character
}

/** How many code units the character at this place takes. */
export const lengthAt = (text: string, i: number): number => (text.codePointAt(i)! > 0xffff ? 2 : 1)

/** A text levelled, where only that is wanted. */
export const levelText = (text: string): string => levelled(text).level
