import type { Day } from '../../time.ts'

/**
 * A report as it is printed: every figure resolved, every picture loaded, nothing left to ask.
 * The renderers (HTML, PDF, ODT, ODP) take this and nothing else, so they cannot disagree about a number.
 */
export interface ReportDocument {
  cover: Cover
  sections: Section[]
  closing: Section | null
  /** each figure once, in order of first appearance: what the annex explains */
  figures: FigureNote[]
  standing: Standing
}

export interface Cover {
  council: string
  session: string
  title: string
  county: string
  /** the unit that gives the report, such as 行政處 */
  department: string
  reporter: string
  participants: string[]
  /** such as 110年4月至9月 */
  periodText: string
}

/** On what knowledge the report stands, and whether it is final. */
export interface Standing {
  from: Day
  to: Day
  statusOn: Day
  asOf: Date
  /** head of the event log when the report was made, or null where there is none */
  checkpoint: string | null
  state: 'draft' | 'issued'
  issuedAt: Date | null
  issuedBy: string | null
  /** of an issue: sections that went out without their unit's word */
  unconfirmed?: string[]
  /** sections that the department confirmed in their unit's place, with who did */
  confirmedFor?: string[]
  /** printed on every page: the county and its cases are invented */
  demonstration: boolean
}

export type SectionState = 'drafting' | 'confirmed' | 'locked'

export interface Section {
  /** anchor and file-safe: s08, closing */
  key: string
  /** 08; empty for the closing chapter */
  no: string
  title: string
  unitName: string
  state: SectionState
  blocks: Block[]
}

export type FigureSource = 'cases' | 'balance' | 'typed' | 'none'

/** Who typed a number that no records stand behind, and when. */
export interface TypedBy {
  by: string
  at: Date
}

export type Inline = TextInline | StrongInline | FigureInline | MissingInline

export interface TextInline {
  type: 'text'
  text: string
}
export interface StrongInline {
  type: 'strong'
  children: Inline[]
}
export interface FigureInline {
  type: 'figure'
  id: string
  text: string
  title: string
  definition: string
  source: 'cases' | 'balance' | 'typed'
  /** path of the page that lists the cases counted, or null where the reader may not open it */
  url: string | null
  typed: TypedBy | null
}
/** Stands where a figure would stand that no records support. */
export interface MissingInline {
  type: 'missing'
  id: string
  text: string
}

export type Block =
  | ParagraphBlock
  | HeadingBlock
  | ListBlock
  | QuoteBlock
  | TableBlock
  | ChartBlock
  | PictureBlock
  | MissingBlock

export interface ParagraphBlock {
  type: 'paragraph'
  inlines: Inline[]
}
export interface HeadingBlock {
  type: 'heading'
  /** 1 below the section title, 2 below that */
  level: 1 | 2
  inlines: Inline[]
}
export interface ListBlock {
  type: 'list'
  items: ListItem[]
}
export interface ListItem {
  inlines: Inline[]
  children: ListItem[]
}
export interface QuoteBlock {
  type: 'quote'
  inlines: Inline[]
}
/** `label` is 表 8-1 or 圖 8-1; tables, charts and pictures are counted within their section. */
export interface TableBlock {
  type: 'table'
  label: string
  caption: string
  columns: Column[]
  rows: Cell[][]
  /** last row of a breakdown: the parts added up */
  total: Cell[] | null
  note: SourceNote | null
}
export interface Column {
  heading: string
  numeric: boolean
}
export type Cell = Inline[]

export interface ChartBlock {
  type: 'chart'
  label: string
  caption: string
  kind: 'bar' | 'line' | 'stacked'
  categories: string[]
  series: ChartSeries[]
  unit: string
  /** the same numbers for those who do not see the chart */
  table: { columns: Column[]; rows: Cell[][]; total: Cell[] | null }
  /** one sentence that says what the chart shows, for the alternative text */
  alt: string
  note: SourceNote | null
}
export interface ChartSeries {
  name: string
  /** null where the part has no value */
  values: (number | null)[]
}

export interface PictureBlock {
  type: 'picture'
  label: string
  caption: string
  alt: string
  picture: Picture
}
export interface Picture {
  sha256: string
  mediaType: 'image/jpeg' | 'image/png'
  bytes: Uint8Array
  /** pixels */
  width: number
  height: number
  /** address of the picture on the service, or null for documents that must carry it themselves */
  url: string | null
}

/** A whole table, chart or picture that has nothing to show yet. */
export interface MissingBlock {
  type: 'missing'
  label: string
  caption: string
  sentence: string
}

/** Under a table or chart whose numbers were not all counted from cases. */
export interface SourceNote {
  text: string
  typed: TypedBy | null
}

export interface FigureNote {
  id: string
  title: string
  definition: string
  text: string
  source: FigureSource
  url: string | null
  typed: TypedBy | null
}

export const missingText = '（本項尚無系統紀錄）'
/** A rate or mean over no cases at all: records are kept, but there is nothing to divide by. */
export const nothingCountedText = '（尚無可計算的案件）'

/** Sections and the closing chapter in reading order. */
export function chapters(document: ReportDocument): Section[] {
  return document.closing ? [...document.sections, document.closing] : document.sections
}

/** The plain words of a run of inlines. */
export function textOf(inlines: readonly Inline[]): string {
  return inlines.map((inline) => (inline.type === 'strong' ? textOf(inline.children) : inline.text)).join('')
}
