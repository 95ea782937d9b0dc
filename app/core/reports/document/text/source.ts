import type { FigureKind, SplitBy } from '../../../figures/figure.ts'
import type { Format } from '../format.ts'

/** What an officer's text says, before any figure is looked up. Lines and columns count from 1, columns in characters as JavaScript counts. */
export interface ParsedText {
  blocks: SourceBlock[]
  problems: Problem[]
}

export interface Problem {
  line: number
  column: number
  length: number
  /** one zh-TW sentence that says what to do */
  message: string
  /** an error keeps the section from being confirmed; a warning does not */
  severity: 'error' | 'warning'
}

export interface Position {
  line: number
  column: number
}

export type SourceInline =
  | { type: 'text'; text: string }
  | { type: 'strong'; children: SourceInline[] }
  | { type: 'placeholder'; id: string; format: Format; at: Position }
  | { type: 'word'; word: ContextWord }

/** Words of the report itself, not counted from anything. */
export type ContextWord = 'period' | 'from' | 'to' | 'status-on' | 'year' | 'next-year' | 'county' | 'council' | 'session'

export interface SourceListItem {
  inlines: SourceInline[]
  children: SourceListItem[]
}

export type Split = SplitBy

export type SourceBlock =
  | { type: 'paragraph'; inlines: SourceInline[] }
  | { type: 'heading'; level: 1 | 2; inlines: SourceInline[] }
  | { type: 'list'; items: SourceListItem[] }
  | { type: 'quote'; inlines: SourceInline[] }
  | { type: 'table'; caption: string; columns: { heading: string; numeric: boolean }[]; rows: SourceInline[][][] }
  | { type: 'figure-chart'; ids: string[]; by: Split | null; kind: 'bar' | 'line' | 'stacked'; caption: string; at: Position }
  | { type: 'figure-table'; ids: string[]; by: Split | null; caption: string; at: Position }
  | { type: 'picture'; id: string; caption: string; alt: string; at: Position }

/** What a text may refer to: known figures with the words an officer knows them by, and pictures of this report. */
export interface Vocabulary {
  figures: ReadonlyMap<string, { title: string; kind: FigureKind }>
  /** null: not checked */
  pictures: ReadonlySet<string> | null
}

export const contextWords: ReadonlyMap<string, ContextWord> = new Map([
  ['期間', 'period'], ['起日', 'from'], ['迄日', 'to'], ['資料截止日', 'status-on'], ['年度', 'year'], ['下年度', 'next-year'],
  ['縣名', 'county'], ['議會', 'council'], ['會期', 'session'],
])
