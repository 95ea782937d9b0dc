import { checkFigure, clip } from './inline.ts'
import type { Problem, SourceBlock, Split, Vocabulary } from './source.ts'

type Directive = Extract<SourceBlock, { type: 'figure-chart' | 'figure-table' | 'picture' }> | { type: 'caption'; caption: string }

/**
 * A line of its own that starts with `::`. Null when it cannot be carried out; then a problem says why.
 *   ::圖表 petitions.received 依=單位 樣式=長條 標題=各單位收件數      ::chart … by= kind= caption=
 *   ::表格 petitions.received petitions.closed 依=月 標題=…          ::table …
 *   ::圖片 編號 標題=… 說明=…                                       ::picture ID caption= alt=
 *   ::標題 …                                                      ::caption …: caption of the table that follows
 */
export function parseDirective(text: string, line: number, vocabulary: Vocabulary, problems: Problem[]): Directive | null {
  const at = { line, column: 1 }
  const span = { ...at, length: text.length }
  const fail = (message: string): null => {
    problems.push({ ...span, message, severity: 'error' })
    return null
  }
  const [, name = '', rest = ''] = /^::\s*(\S*)\s*(.*)$/.exec(text) ?? []
  const directive = directiveNames.get(name.toLowerCase())
  if (!directive) return fail(`不認得的指令「::${clip(name)}」，可用的有：::圖表、::表格、::圖片、::標題`)
  if (directive === 'caption') return { type: 'caption', caption: rest.trim() }
  const read = readArguments(rest)
  if ('unknown' in read) return fail(`不認得的設定「${clip(read.unknown)}=」，可用的有：依=、樣式=、標題=、說明=`)
  const { words, settings } = read
  const caption = settings.get('caption') ?? ''
  if (directive === 'picture') {
    const id = words[0]
    if (!id) return fail('請在「::圖片」後面寫圖片編號')
    if (vocabulary.pictures && !vocabulary.pictures.has(id)) return fail(`這份報告沒有編號「${clip(id)}」的圖片，請先上傳`)
    if (caption === '') return fail('圖片要有標題，請寫「標題=…」，看不見圖片的人靠它知道內容')
    return { type: 'picture', id, caption, alt: settings.get('alt') || caption, at }
  }
  if (words.length === 0) return fail('請寫要畫的指標，例如「::圖表 petitions.received 依=月」')
  if (!words.every((id) => checkFigure(id, span, vocabulary, problems))) return null
  const by = readSetting(settings.get('by'), splitNames)
  if (by === undefined) return fail(`不能依「${clip(settings.get('by') ?? '')}」拆分，可用的有：單位、鄉鎮、月、管道、類別、種類`)
  const needsSplit = words.find((id) => vocabulary.figures.get(id)!.kind !== 'breakdown')
  if (by === null && needsSplit) return fail(`請寫依什麼拆分，例如「依=月」（${vocabulary.figures.get(needsSplit)!.title}）`)
  const title = caption || words.map((id) => vocabulary.figures.get(id)!.title).join('、')
  if (directive === 'table') return { type: 'figure-table', ids: words, by, caption: title, at }
  const kind = readSetting(settings.get('kind'), kindNames)
  if (kind === undefined) return fail(`不認得的樣式「${clip(settings.get('kind') ?? '')}」，可用的有：長條、折線、堆疊`)
  return { type: 'figure-chart', ids: words, by, kind: kind ?? (by === 'month' && words.length > 1 ? 'line' : 'bar'), caption: title, at }
}

const directiveNames = new Map<string, 'chart' | 'table' | 'picture' | 'caption'>([
  ['圖表', 'chart'], ['chart', 'chart'], ['表格', 'table'], ['table', 'table'],
  ['圖片', 'picture'], ['picture', 'picture'], ['標題', 'caption'], ['caption', 'caption'],
])
const settingNames = new Map([
  ['依', 'by'], ['by', 'by'], ['樣式', 'kind'], ['kind', 'kind'], ['標題', 'caption'], ['caption', 'caption'], ['說明', 'alt'], ['alt', 'alt'],
])
const splitNames = new Map<string, Split>([
  ['單位', 'unit'], ['unit', 'unit'], ['鄉鎮', 'township'], ['township', 'township'], ['月', 'month'], ['月份', 'month'], ['month', 'month'],
  ['管道', 'channel'], ['channel', 'channel'], ['類別', 'category'], ['category', 'category'], ['種類', 'kind'], ['kind', 'kind'],
])
const kindNames = new Map<string, 'bar' | 'line' | 'stacked'>([
  ['長條', 'bar'], ['bar', 'bar'], ['折線', 'line'], ['line', 'line'], ['堆疊', 'stacked'], ['stacked', 'stacked'],
])

// A setting's value runs to the next setting, so captions need no quotation marks.
function readArguments(rest: string): { words: string[]; settings: Map<string, string> } | { unknown: string } {
  const settings = new Map<string, string>()
  const marks = [...rest.matchAll(/(?:^|\s)([\p{L}]+)\s*[=＝]/gu)]
  const isSetting = (name: string) => settingNames.has(name.toLowerCase())
  const known = marks.filter((mark) => isSetting(mark[1]!))
  const words = rest.slice(0, known[0]?.index ?? rest.length).trim()
  const stray = marks.find((mark) => !isSetting(mark[1]!) && mark.index < (known[0]?.index ?? rest.length))
  if (stray) return { unknown: stray[1]! }
  known.forEach((mark, i) => {
    const value = rest.slice(mark.index + mark[0].length, known[i + 1]?.index ?? rest.length).trim()
    settings.set(settingNames.get(mark[1]!.toLowerCase())!, value.replace(/^[「"“](.*)[」"”]$/, '$1'))
  })
  return { words: words.split(/[\s,、，]+/).filter((word) => word !== ''), settings }
}

/** null: not given; undefined: given but unknown. */
function readSetting<T>(value: string | undefined, names: ReadonlyMap<string, T>): T | null | undefined {
  return value === undefined || value === '' ? null : names.get(value.toLowerCase())
}
