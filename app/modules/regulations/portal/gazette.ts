import { type DatedText, silentArticle, silentNames } from '../../../core/laws/dated.ts'
import type { ChangeRow, LawRow } from '../../../core/laws/queries.ts'
import type { DrawnTable } from '../../../core/laws/drawn-tables.ts'
import type { Part } from '../../../core/laws/structure.ts'
import { type Day, rocLongDay } from '../../../core/time.ts'
import { changeWords } from './words.ts'

/** A law opened on a day, for a paper of it. */
export type OpenText = { law: LawRow; rows: ChangeRow[]; standing: DatedText; on: Day; county: string; /** of this service, for links on papers */ origin: string }

/** 示範縣民國110年5月3日 府法字第1號 修正公布: one line for each change that the text was computed from. */
export function sourceLines({ law, rows, standing, county }: OpenText): string[] {
  const office = law.kind === 'national' ? '' : county
  return rows.filter((row) => standing.basis.some(({ id }) => id === row.id)).map((row) => [`${office}${rocLongDay(row.promulgated_on)}`, row.document_no, changeWords(row.kind, law.kind)].filter(Boolean).join(' '))
}

/** 暫停適用, 函告無效: what stands beside an article's number on every paper; nothing where it binds. */
export function noteOf(standing: DatedText): (no: string) => string {
  return (no) => {
    const silent = silentArticle(standing, no)
    return silent ? silentNames[silent] : ''
  }
}

/** An article's lines one after the other: 項 at depth 0, 款 at 1, 目 at 2; words without their label. */
export function flatLines(parts: readonly Part[], depth = 0): { depth: number; label: string; words: string; table?: DrawnTable }[] {
  return parts.flatMap((part) => {
    const own = depth + (part.kind === 'paragraph' || part.kind === 'table' ? 0 : 1)
    return [{ depth: own, label: part.label, words: part.text, ...(part.table ? { table: part.table } : {}) }, ...flatLines(part.parts, own)]
  })
}
