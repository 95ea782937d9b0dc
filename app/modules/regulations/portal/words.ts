import type { ChangeKind, LawKind } from '../../../core/laws/tables.ts'
import { endings } from '../end-law.ts'
import { type Change, changeName, type Instrument, promulgationName } from '../schema.ts'

/** 制定公布, 修正發布, 停止適用: what was done to a law, in the words of its kind. */
export function changeWords(kind: ChangeKind, law: LawKind): string {
  if (kind === 'consolidated') return '收錄'
  if (kind === 'void' || kind === 'void-articles' || kind === 'lapse') return endings[kind].label
  if (law === 'national') return '修正公布'
  const name = changeName(kind as Change, law as Instrument)
  return kind === 'enact' || kind === 'amend' ? `${name}${promulgationName(law as Instrument)}` : name
}
