/**
 * What people type, made safe to keep and to show. The wording stays theirs: only what cannot be seen and can
 * deceive is taken out (controls, bidi marks and overrides, zero-width spaces); joiners stay, since emoji and some
 * scripts need them. Nothing is normalised: names are written with rare and compatibility characters.
 */
export function cleanText(text: string | null | undefined): string {
  return (text ?? '')
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replace(unseen, '')
    .replace(/[^\S\n]+\n/g, '\n')
    .replace(/\n{4,}/g, '\n\n\n')
    .trim()
}

/** The same for one line: line breaks become blanks. */
export function cleanLine(text: string | null | undefined): string {
  return cleanText(text).replace(/\s+/g, ' ').trim()
}

/** An address, a telephone number, a code: full-width letters and digits become plain. */
export function cleanCode(text: string | null | undefined): string {
  return cleanLine(text).normalize('NFKC').trim()
}

/** Characters as people count them: 𠮷 is one. */
export function countCharacters(text: string): number {
  return [...text].length
}

// C0 and C1 controls but tab and newline; soft hyphen; bidi marks, overrides and isolates; zero-width space; invisible operators; BOM; tags
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu
