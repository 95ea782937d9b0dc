import { read } from '../core/db.ts'
import { WrongUse } from '../core/errors.ts'
import { figureCases, figureSplit, figureValue } from '../core/figures/compute.ts'
import { type FigureCase, type SplitBy, splits, toldValue } from '../core/figures/figure.ts'
import { getFigure } from '../core/figures/registry.ts'
import { isoInstant } from '../core/time.ts'
import { readOptions, readSpan, spanOptions } from './options.ts'
import { onSystem } from './system.ts'

/** `figure ID --from … --to …`: TSV with a header, then label<TAB>value; `--cases` lists exactly the cases counted. */
export async function figureCommand(args: string[]): Promise<number> {
  const { words, given } = readOptions(args, { ...spanOptions, by: 'text', cases: 'flag', format: 'text' })
  const [id] = words
  if (!id || words.length > 1) throw new WrongUse('請給一個統計數字的代號，例如 bin/windlion figure petitions.received --from 110-04-01 --to 110-09-30')
  if (given.format !== undefined && !['json', 'tsv'].includes(given.format)) throw new WrongUse(`--format 只有 tsv 或 json，沒有「${given.format}」`)
  const span = readSpan(given)
  return onSystem(async ({ db }) => {
    const figure = getFigure(id)
    const by = needSplit(given.by, figure.splits)
    const asJson = given.format === 'json'
    const out = await read(db, async (reader) => {
      if (given.cases) return printCases(await figureCases(reader, figure, span), asJson)
      if (by) return printParts(splits[by], (await figureSplit(reader, figure, span, by)).map((part) => ({ ...part, value: toldValue(part) })), asJson)
      const value = await figureValue(reader, figure, span)
      const told = toldValue(value)
      if (asJson) return JSON.stringify({ ...value, value: told, parts: undefined }) + '\n'
      return Array.isArray(told) ? printParts(splits.part, told, false) : printParts('統計數字', [{ label: figure.title, key: id, value: told }], false)
    }, span.asOf)
    process.stdout.write(out)
    return 0
  })
}

function needSplit(by: string | undefined, possible: SplitBy[]): SplitBy | null {
  if (by === undefined) return null
  if (!possible.includes(by as SplitBy)) throw new WrongUse(`這個統計數字不能依「${by}」區分；可以：${possible.join('、')}`)
  return by as SplitBy
}

function printParts(heading: string, parts: { key: string | null; label: string; value: unknown }[], asJson: boolean): string {
  if (asJson) return JSON.stringify(parts) + '\n'
  return tsv([[heading, '值'], ...parts.map((part) => [part.label, part.value === null ? '' : String(part.value)])])
}

function printCases(cases: FigureCase[], asJson: boolean): string {
  if (asJson) return JSON.stringify(cases.map((one) => ({ ...one, title: one.confidential ? '（保密）' : one.title }))) + '\n'
  const header = ['案號', '主旨', '管道', '單位', '鄉鎮', '類別', '收件時間', '限辦日期', '結案時間', '結案方式', '值']
  return tsv([
    header,
    ...cases.map((one) => [
      one.number, one.confidential ? '（保密）' : one.title, one.channel, one.unit, one.township, one.category,
      one.received_at && isoInstant(one.received_at), one.due_on, one.closed_at && isoInstant(one.closed_at), one.outcome, one.value,
    ]),
  ])
}

function tsv(rows: unknown[][]): string {
  return rows.map((row) => row.map((cell) => String(cell ?? '').replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n') + '\n'
}
