import { parseDay, type Day } from '../time.ts'
import { numbersOf, readHeading } from './parse-text.ts'
import { type Attachment, emptyText, type LawText, problemsOf, type Unit } from './text.ts'

/** A law of the national database (全國法規資料庫) as one JSON object. */
export type NationalLaw = {
  /** pcode: A0030055 */
  code: string
  /** 法律, 命令 */
  nature: string
  /** 行政＞內政部＞民政目 */
  category: string
  lastChangedOn: Day
  history: string
  repealed: boolean
  text: LawText
}

type Source = {
  法規性質?: string; 法規名稱?: string; 法規網址?: string; 法規類別?: string; 最新異動日期?: string; 沿革內容?: string; 前言?: string; 廢止註記?: string
  法規內容?: { 編章節?: string; 條號?: string; 條文內容?: string }[]
  附件?: { 檔案名稱?: string; 下載網址?: string }[]
}

/** Reads one. Throws with a Chinese sentence when it is no law, or when a number cannot be read: nothing is left out silently. */
export function parseNationalLaw(source: unknown): NationalLaw {
  const law = source as Source
  const code = /pcode=([A-Z]\d{7})/i.exec(law?.法規網址 ?? '')?.[1]
  if (!law?.法規名稱 || !code || !Array.isArray(law.法規內容)) throw new Error('這不是全國法規資料庫的法規：缺少法規名稱、法規網址或法規內容')
  const lastChangedOn = parseDay(law.最新異動日期 ?? '')
  if (!lastChangedOn) throw new Error(`${law.法規名稱}：最新異動日期「${law.最新異動日期 ?? ''}」讀不出來`)
  const text: LawText = { ...emptyText(law.法規名稱), preamble: lines(law.前言), units: law.法規內容.map((unit) => unitOf(law.法規名稱!, unit)), attachments: (law.附件 ?? []).map(attachmentOf) }
  const problems = problemsOf(text)
  if (problems.length) throw new Error(`${law.法規名稱}：${problems.join('；')}`)
  return { code, nature: law.法規性質 ?? '', category: law.法規類別 ?? '', lastChangedOn, history: lines(law.沿革內容), repealed: law.廢止註記 === '廢', text }
}

function unitOf(name: string, { 編章節: heading, 條號: number, 條文內容: content }: NonNullable<Source['法規內容']>[number]): Unit {
  if (heading !== undefined) {
    const read = readHeading(heading.trim())
    if (!read) throw new Error(`${name}：讀不出編章節「${heading}」`)
    return read
  }
  const no = numbersOf(/^第\s*(.+?)\s*條$/.exec(number?.trim() ?? '')?.[1] ?? '')
  if (!no) throw new Error(`${name}：讀不出條號「${number ?? ''}」`)
  return { kind: 'article', no, text: lines(content) }
}

const attachmentOf = ({ 檔案名稱: name = '附件', 下載網址: address }: NonNullable<Source['附件']>[number]): Attachment => ({ name, text: '', ...(address ? { address } : {}) })

const lines = (text: string | undefined): string => (text ?? '').replace(/\r\n?/g, '\n').split('\n').map((line) => line.trimEnd()).join('\n').trim()
