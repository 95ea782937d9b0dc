// Bidi overrides and isolates reorder what is read; zero-width characters and soft hyphens hide inside words and names.
const reordering = /[\u202A-\u202E\u2066-\u2069]/g
const invisible = /[\u00AD\u061C\u180E\u200B-\u200F\u2060-\u2064\u206A-\u206F\uFEFF\uFFF9-\uFFFB]/g
// eslint-disable-next-line no-control-regex
const controlsButTabAndNewline = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g
const lineBreaks = /[\r\n\u2028\u2029\u0085\u000B\u000C]+/g

/** Text that keeps its lines: no NUL (PostgreSQL refuses it), no other controls, no reordering, whole surrogates. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n').replace(controlsButTabAndNewline, '').replace(reordering, '')
    .replace(/^\uFEFF/, '').toWellFormed()
}

/** One line: for subjects, names and file names. */
export function cleanLine(text: string): string {
  return text.replace(lineBreaks, ' ').replace(/\t/g, ' ').replace(controlsButTabAndNewline, '').replace(reordering, '')
    .replace(invisible, '').replace(/ {2,}/g, ' ').trim().toWellFormed()
}

// Longer names are refused by common file systems once written in UTF-8 (255 bytes).
const filenameCharactersMax = 80

/** A name that is only a name: no folder, nothing a file system or a reader can be tricked with; '' when nothing is left. */
export function cleanFilename(name: string): string {
  const last = cleanLine(name).split(/[\\/]/).at(-1) ?? ''
  const safe = last.replace(/[<>:"|?*]/g, '_').replace(/^[.\s]+|[.\s]+$/g, '')
  const characters = [...safe]
  if (characters.length <= filenameCharactersMax) return safe
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(safe)?.[0] ?? ''
  return characters.slice(0, filenameCharactersMax - extension.length).join('').trimEnd() + extension
}
