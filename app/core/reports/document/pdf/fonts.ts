import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export interface Fonts {
  /** whole font files, in the order in which the template asks for them */
  files: Buffer[]
  serif: string[]
  sans: string[]
  /** every character that both the serif and the sans list can print */
  printable: (codePoint: number) => boolean
}

const families = {
  serif: { name: 'Noto Serif TC', files: ['noto-serif-tc/400Regular/NotoSerifTC_400Regular.ttf', 'noto-serif-tc/700Bold/NotoSerifTC_700Bold.ttf'] },
  sans: { name: 'Noto Sans TC', files: ['noto-sans-tc/400Regular/NotoSansTC_400Regular.ttf', 'noto-sans-tc/700Bold/NotoSansTC_700Bold.ttf'] },
}
// Has characters of names that the Traditional Chinese cut leaves out, such as 𠮷. It stands last, so that it prints those alone: its
// forms of ordinary characters are the Japanese ones.
const rare = { name: 'Noto Serif JP', files: ['noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf'] }

/** The fonts that a report is set in: these and no others, whatever the machine has. Reads some 42 MB. */
export function readFonts(): Fonts {
  const serif = families.serif.files.map(readFont)
  const sans = families.sans.files.map(readFont)
  const rareFiles = rare.files.map(pathOf).filter((path) => path !== null && existsSync(path)).map((path) => readFileSync(path!))
  const covered = [serif[0]!, sans[0]!].map(codePointsOf)
  const rareCovered = rareFiles.map(codePointsOf)
  const rareNames = rareFiles.length > 0 ? [rare.name] : []
  return {
    files: [...serif, ...sans, ...rareFiles],
    serif: [families.serif.name, ...rareNames],
    sans: [families.sans.name, ...rareNames],
    printable: (codePoint) => covered.every((each) => each.has(codePoint)) || rareCovered.some((each) => each.has(codePoint)),
  }
}

function readFont(file: string): Buffer {
  const path = pathOf(file)
  if (path === null) throw new Error(`字型 ${file} 沒有安裝，請重新執行 npm install`)
  return readFileSync(path)
}

function pathOf(file: string): string | null {
  try {
    return createRequire(import.meta.url).resolve(`@expo-google-fonts/${file}`)
  } catch {
    return null
  }
}

/** Code points that a TrueType font has a glyph for, from its character map (formats 4 and 12). */
export function codePointsOf(font: Buffer): Set<number> {
  const points = new Set<number>()
  const map = tableOffset(font, 'cmap')
  const count = font.readUInt16BE(map + 2)
  for (let i = 0; i < count; i++) {
    const at = map + font.readUInt32BE(map + 8 + i * 8)
    if (font.readUInt16BE(at) === 12) readGroups(font, at, points)
    else if (font.readUInt16BE(at) === 4) readSegments(font, at, points)
  }
  return points
}

function tableOffset(font: Buffer, name: string): number {
  const tables = font.readUInt16BE(4)
  for (let i = 0; i < tables; i++) {
    const record = 12 + i * 16
    if (font.toString('latin1', record, record + 4) === name) return font.readUInt32BE(record + 8)
  }
  throw new Error(`the font has no ${name} table`)
}

function readGroups(font: Buffer, at: number, points: Set<number>): void {
  const groups = font.readUInt32BE(at + 12)
  for (let i = 0; i < groups; i++) {
    const group = at + 16 + i * 12
    const last = font.readUInt32BE(group + 4)
    for (let point = font.readUInt32BE(group); point <= last; point++) points.add(point)
  }
}

// Glyph 0 inside a segment means that the character is missing after all; Noto's segments have none, so ranges suffice.
function readSegments(font: Buffer, at: number, points: Set<number>): void {
  const size = font.readUInt16BE(at + 6)
  for (let i = 0; i < size; i += 2) {
    const last = font.readUInt16BE(at + 14 + i)
    const first = font.readUInt16BE(at + 16 + size + i)
    if (last === 0xffff) continue
    for (let point = first; point <= last; point++) points.add(point)
  }
}
