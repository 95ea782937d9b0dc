import { rocDateTime, rocLongDay } from '../../time.ts'
import type { FigureNote, Standing } from './model.ts'

/** Where a number comes from, in words. */
export function sourceWords({ source, typed }: Pick<FigureNote, 'source' | 'typed'>): string {
  switch (source) {
    case 'cases':
      return '由案件計算'
    case 'balance':
      return '期初數加案件'
    case 'typed':
      return typed ? `人工登打（${typed.by}，${rocDateTime(typed.at)}）` : '人工登打'
    case 'none':
      return '尚無系統紀錄'
  }
}

/** Whether the annex explains the figure at length; those without records are only named. */
export const isRecorded = ({ source }: Pick<FigureNote, 'source'>): boolean => source !== 'none'

/** The line at the foot of every page. */
export function footLine({ statusOn, asOf, checkpoint, state }: Standing): string {
  const parts = [`資料截止日 ${rocLongDay(statusOn)}`, `資料時點 ${rocDateTime(asOf)}`]
  if (checkpoint) parts.push(`查核點 ${checkpoint.slice(0, 12)}`)
  if (state === 'draft') parts.push('草稿')
  return parts.join('　')
}

export const demonstrationText = '示範資料：縣名、單位與案件皆為虛構'
export const annexTitle = '附錄　本報告的數字從何而來'
export const unreadablePicture = '（圖檔無法讀取，請重新上傳）'
export const unrecordedTitle = '尚無系統紀錄的項目'
