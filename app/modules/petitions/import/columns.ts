import { clip, type Moment, dayCell, key, labelled, listOf, moment, oneOf, text, wholeNumber, yesOrNo } from '../../../core/tabular/cells.ts'
import { type Columns, type Parse, optional, naming, required } from '../../../core/tabular/schema.ts'
import type { Day } from '../../../core/time.ts'
import { type Channel, type Outcome, channels, outcomes, outsideCounty } from '../schema.ts'

/** One row of petitions.csv as written: each cell understood, nothing compared yet. */
export type PetitionCells = {
  number: string
  channel: Channel
  receivedAt: Moment
  registeredAt: Moment | null
  subject: string
  body: string | null
  senderName: string | null
  senderEmail: string | null
  senderPhone: string | null
  senderAddress: string | null
  township: string | null
  category: string | null
  /** name or code */
  unit: string
  /** names or codes */
  jointUnits: string[] | null
  dispatchedAt: Moment | null
  dueOn: Day | null
  extendedTo: Day | null
  closedAt: Moment | null
  outcome: Outcome | null
  answer: string | null
  satisfaction: number | null
  publishConsent: boolean | null
  mergedInto: string | null
}

/** The columns of petitions.csv; `townships` are the county's own, by name. */
export function petitionColumns(townships: readonly string[]): Columns<PetitionCells> {
  return {
    number: naming('案號', key(40)),
    channel: required('管道', labelled(byLabel(channels))),
    receivedAt: required('收件時間', moment),
    registeredAt: optional('登錄時間', moment),
    subject: required('主旨', oneLine(500)),
    body: optional('內容', text(100_000)),
    senderName: optional('陳情人', oneLine(100)),
    senderEmail: optional('電子郵件', oneLine(254)),
    senderPhone: optional('電話', oneLine(100)),
    senderAddress: optional('地址', oneLine(300)),
    township: optional('鄉鎮', townshipOf(townships)),
    category: optional('類別', key(40)),
    unit: required('主辦單位', key(100)),
    jointUnits: optional('協辦單位', listOf(key(100))),
    dispatchedAt: optional('分派時間', moment),
    dueOn: optional('限辦日期', dayCell),
    extendedTo: optional('展期至', dayCell),
    closedAt: optional('結案時間', moment),
    outcome: optional('結案方式', labelled(byLabel(outcomes))),
    answer: optional('回復內容', text(100_000)),
    satisfaction: optional('滿意度', wholeNumber(1, 5)),
    publishConsent: optional('公開意願', yesOrNo),
    mergedInto: optional('併入案號', key(40)),
  }
}

/** The columns' names in the order of the contract: for templates and for rejected.csv. */
export const petitionColumnNames: string[] = Object.values(petitionColumns([])).map(({ name }) => name)

// JavaScript puts a key such as 1999 first; here it comes last, as in the contract.
function byLabel<K extends string>(labels: Readonly<Record<K, string>>): Map<string, K> {
  const values = (Object.keys(labels) as K[]).sort((a, b) => Number(/^\d/.test(a)) - Number(/^\d/.test(b)))
  return new Map(values.map((value) => [labels[value], value]))
}

// Line breaks inside a subject or a name are slips of the spreadsheet.
function oneLine(lengthMax: number): Parse<string> {
  const whole = text(lengthMax)
  return (cell) => whole(cell.replace(/\s*[\r\n]+\s*/g, ' '))
}

function townshipOf(townships: readonly string[]): Parse<string> {
  const choices = [...townships, outsideCounty]
  return (cell) => {
    const found = oneOf(choices)(cell)
    return 'value' in found ? found : { reason: `「${clip(cell.trim())}」不是本縣鄉鎮，請填 ${choices.join('、')}，或留白` }
  }
}
