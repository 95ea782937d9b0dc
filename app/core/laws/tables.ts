import type { Generated } from 'kysely'
import type { Day } from '../time.ts'
import type { Operation } from './operations.ts'

export const lawKinds = { ordinance: '自治條例', rule: '自治規則', delegated: '委辦規則', administrative: '行政規則', national: '中央法規' } as const
export type LawKind = keyof typeof lawKinds

/** `consolidated`: a text as found on that day, of whose earlier history nothing is known here; `void`: declared so by the authority above; `void-articles`: some of its articles were; `lapse`: its time was over, and that was announced. */
export type ChangeKind = 'enact' | 'amend' | 'repeal' | 'suspend' | 'resume' | 'consolidated' | 'void' | 'void-articles' | 'lapse'
/** Kinds of change after which a law is in force no more. */
export const endingKinds = ['repeal', 'void', 'lapse'] as const satisfies readonly ChangeKind[]

declare module '../db.ts' {
  interface Tables {
    laws: LawTable
    law_changes: LawChangeTable
    law_articles: { law_id: number; no: string; position: number; valid_from: Day; valid_until: Day | null; body: string; text: string }
  }
}

export interface LawTable {
  id: Generated<number>
  code: string
  name: string
  kind: LawKind
  category: string | null
  unit_id: number | null
  public: Generated<boolean>
  /** 施行期限, the last day in force; follows from the changes */
  ends_on: Generated<Day | null>
  sys_from: Generated<Date>
}

export interface LawChangeTable {
  id: Generated<number>
  law_id: number
  seq: number
  kind: ChangeKind
  promulgated_on: Day
  effective_on: Day | null
  document_no: string | null
  note: string | null
  operations: Operation[]
  case_id: number | null
  import_id: number | null
  sys_from: Generated<Date>
}
