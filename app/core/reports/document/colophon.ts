import { rocDateTime, rocLongDay } from '../../time.ts'
import type { ReportDocument } from './model.ts'

/** Term and words, in order: on what knowledge the report stands. */
export function colophonOf({ standing }: ReportDocument): [term: string, words: string][] {
  const issued = standing.issuedAt ? `，${rocDateTime(standing.issuedAt)}${standing.issuedBy ? ` ${standing.issuedBy}` : ''}` : ''
  const unconfirmed = standing.unconfirmed ?? []
  const confirmedFor = standing.confirmedFor ?? []
  return [
    ['資料期間', `${rocLongDay(standing.from)}至${rocLongDay(standing.to)}`],
    ['資料截止日', rocLongDay(standing.statusOn)],
    ['資料時點', rocDateTime(standing.asOf)],
    ['查核點', standing.checkpoint ?? '無'],
    ['狀態', (standing.state === 'draft' ? '草稿' : '已定稿') + issued],
    ...(confirmedFor.length ? [['代為確認', confirmedFor.join('、')] as [string, string]] : []),
    ...(unconfirmed.length ? [['未經單位確認', unconfirmed.join('、')] as [string, string]] : []),
  ]
}
