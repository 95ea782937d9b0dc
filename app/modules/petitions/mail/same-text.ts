import { keyedHash, keyedHashes } from '../../../core/personal-data/index.ts'
import type { Letter } from '../../../core/mail/letter.ts'
import { searchText } from '../../../core/search/text.ts'
import { createHash } from 'node:crypto'

/** Below this many characters a text says too little by itself («請看附件»): subject and files count too. */
const tellingCharacters = 20

/** Keyed hash of what a letter says, whatever its blanks, widths and punctuation; the same for the same letter. */
export function textHashOf(letter: Letter): Buffer {
  return keyedHash(whatItSays(letter))
}

/** The same under every key in use, for comparing. */
export function textHashesOf(letter: Letter): Buffer[] {
  return keyedHashes(whatItSays(letter))
}

function whatItSays(letter: Letter): string {
  const text = levelled(letter.text)
  if (text.length >= tellingCharacters) return `letter\n${text}`
  const files = letter.attachments.map((file) => createHash('sha256').update(file.bytes).digest('hex')).sort()
  return `letter\n${text}\n${levelled(letter.subject)}\n${files.join('\n')}`
}

const levelled = (text: string) => searchText(text).replace(/[\s\p{P}]/gu, '')
