import { createHash } from 'node:crypto'
import type { FileOfKind, Importer } from '../core/tabular/import.ts'
import { isoInstant } from '../core/time.ts'
import type { demonstration } from '../modules/petitions/index.ts'
import type { Channel, DemoPetition } from './petitions.ts'
import type { DemoRegulation } from './regulations.ts'
import type { DemoUnit } from './units.ts'

type LetterToRegister = Parameters<typeof demonstration.registerLetters>[1][number]

/** The demonstration's records as the files that another system would have handed in: they go through the same import. */
export function unitsFile(importer: Importer, units: readonly DemoUnit[]): FileOfKind {
  return asFile(importer, 'units.csv', ['代碼', '名稱', '類型', '上級'], units.map(({ code, name, kind, parent }) => [code, name, kind, parent]))
}

export function petitionsFile(importer: Importer, name: string, petitions: readonly DemoPetition[]): FileOfKind {
  return asFile(importer, name, importer.columnNames, petitions.map((petition) => importer.columnNames.map((column) => cells[column]!(petition))))
}

const minute = (instant: Date): string => isoInstant(instant).slice(0, 16).replace('T', ' ')

const cells: Record<string, (petition: DemoPetition) => string> = {
  案號: (p) => p.number,
  管道: (p) => p.channel,
  收件時間: (p) => minute(p.receivedAt),
  登錄時間: (p) => minute(p.registeredAt),
  主旨: (p) => p.subject,
  內容: (p) => p.body,
  陳情人: (p) => p.resident?.name ?? '',
  電子郵件: (p) => (p.channel.endsWith('信箱') ? (p.resident?.email ?? '') : ''),
  電話: (p) => (p.channel === '書面' ? '' : (p.resident?.phone ?? '')),
  地址: (p) => (p.channel === '書面' || p.channel === '臨櫃' ? (p.resident?.address ?? '') : ''),
  鄉鎮: (p) => p.township,
  類別: (p) => p.category,
  主辦單位: (p) => p.unit,
  協辦單位: (p) => p.jointUnits.join('、'),
  分派時間: (p) => minute(p.dispatchedAt),
  限辦日期: (p) => p.dueOn ?? '',
  展期至: (p) => p.extendedTo ?? '',
  結案時間: (p) => (p.closedAt ? minute(p.closedAt) : ''),
  結案方式: (p) => (p.closedAt ? p.outcome : ''),
  回復內容: (p) => (p.closedAt ? p.answer : ''),
  滿意度: (p) => (p.closedAt && p.satisfaction !== null ? String(p.satisfaction) : ''),
  公開意願: (p) => (p.consent ? '是' : '否'),
  併入案號: (p) => p.mergedInto?.number ?? '',
}

/** Every column that the demonstration has something for. */
export function regulationsFile(importer: Importer, regulations: readonly DemoRegulation[]): FileOfKind {
  const columns = ['案號', '法規名稱', '種類', '異動', '分類', '主管單位', '提案日期', '公布日期', '文號', '條文', '說明', '罰則']
  return asFile(importer, '示範縣法規.csv', columns, regulations.map((row) => [row.number, row.name, row.instrument, row.change, row.category, row.unit, row.proposedOn, row.promulgatedOn, row.documentNo, row.text, row.reason, row.penalty ? '是' : '否']))
}

/** Rows that name their columns themselves; what a row leaves out is blank. */
export function rowsFile(importer: Importer, name: string, rows: readonly Record<string, string>[]): FileOfKind {
  const columns = importer.columnNames.filter((column) => rows.some((row) => row[column]))
  return asFile(importer, name, columns, rows.map((row) => columns.map((column) => row[column] ?? '')))
}

function asFile(importer: Importer, name: string, header: string[], rows: string[][]): FileOfKind {
  const table = { file: name, header, rows: rows.map((row, i) => ({ number: i + 2, cells: row })) }
  const sha256 = createHash('sha256').update(JSON.stringify([header, ...rows])).digest()
  return { importer, name, path: name, sha256, table, problems: [] }
}

const channelIds: Record<Channel, LetterToRegister['channel']> = {
  縣長電子信箱: 'mayor-mail', 院長電子信箱: 'premier-mail', 總統信箱: 'president-mail', 臨櫃: 'counter', 電話: 'telephone', 書面: 'letter', 1999: '1999',
}

/** The newest letters, for the clerk of the demonstration to register by hand. */
export function lettersOf(petitions: readonly DemoPetition[]): LetterToRegister[] {
  const cell = (petition: DemoPetition, column: string): string | null => cells[column]!(petition) || null
  return petitions.map((petition) => ({
    channel: channelIds[petition.channel],
    title: petition.subject,
    body: petition.body,
    receivedAt: petition.receivedAt,
    senderName: cell(petition, '陳情人'),
    senderEmail: cell(petition, '電子郵件'),
    senderPhone: cell(petition, '電話'),
    senderAddress: cell(petition, '地址'),
    township: cell(petition, '鄉鎮'),
    category: petition.category,
    mailboxRef: `DEMO-${petition.number.replace('陳', '')}`,
  }))
}
