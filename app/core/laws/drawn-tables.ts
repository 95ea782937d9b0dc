/** A table within an article: its rows as cells; the first is a heading row where the drawing sets it off. */
export type DrawnTable = { head: string[] | null; rows: string[][] }

const boxes = /[─━│┃┌┐└┘├┤┬┴┼╭╮╰╯]/
/** A rule between rows: nothing but lines. */
const isRule = (line: string): boolean => /^[\s─━┌┐└┘├┤┬┴┼╭╮╰╯+|:-]+$/.test(line) && /[─━┬┴┼+-]/.test(line)

/** A line of a drawn table, of cells between bars, or of cells with tabs between them as pages of the web are pasted. */
export function isTableLine(line: string): boolean {
  if (boxes.test(line)) return /[│┃].*[│┃]/.test(line) || isRule(line)
  if (/\|[^|]*\|/.test(line)) return true
  return /\S\t+\S/.test(line) && !/^(?:[〇零一二三四五六七八九十百]+、|[（(].{1,3}[）)]|第.{1,8}條)/.test(line)
}

/** The lines of one text, cut where a table begins or ends; tables that follow each other are apart. */
export function cutTables(text: string): { table: boolean; lines: string[] }[] {
  const runs: { table: boolean; lines: string[] }[] = []
  for (const line of text.split('\n')) {
    const table = isTableLine(line)
    const last = runs.at(-1)
    if (last?.table === table && !(table && /^\s*[┌╭]/.test(line))) last.lines.push(line)
    else runs.push({ table, lines: [line] })
  }
  // one line alone is a sentence with a bar or a tab in it
  return runs.map((run) => (run.table && run.lines.filter((line) => !isRule(line)).length + (boxes.test(run.lines[0]!) ? 1 : 0) < 2 ? { ...run, table: false } : run))
}

/** What the lines of a drawing say. Several lines between two rules are one row; cells written downwards are put together. */
export function readTable(lines: readonly string[]): DrawnTable {
  const drawn = lines.some((line) => boxes.test(line))
  const rows = (drawn ? blocksOf(lines).flatMap(rowsOfBlock) : lines.filter((line) => !isRule(line)).map(plainCells)).filter((row) => row.some((cell) => cell !== ''))
  const width = Math.max(...rows.map((row) => row.length))
  const even = rows.map((row) => [...row, ...Array<string>(width - row.length).fill('')])
  return even.length > 1 ? { head: even[0]!, rows: even.slice(1) } : { head: null, rows: even }
}

const plainCells = (line: string): string[] => (line.includes('|') ? line.trim().replace(/^\||\|$/g, '').split('|') : line.split(/\t+/)).map((cell) => cell.trim())

/** Lines between two rules. */
function blocksOf(lines: readonly string[]): string[][] {
  const blocks: string[][] = [[]]
  for (const line of lines) {
    if (isRule(line)) blocks.push([])
    else blocks.at(-1)!.push(line)
  }
  return blocks.filter((block) => block.length > 0)
}

/** One row a block; where bars change in number within it (cells joined), a row for each stretch. */
function rowsOfBlock(block: readonly string[]): string[][] {
  const stretches: string[][][] = []
  for (const line of block) {
    const cells = line.trim().replace(/^[│┃]|[│┃]$/g, '').split(/[│┃]/)
    if (stretches.at(-1)?.[0]?.length === cells.length) stretches.at(-1)!.push(cells)
    else stretches.push([cells])
  }
  return stretches.map((stretch) => stretch[0]!.map((_, column) => cellOf(stretch.map((cells) => cells[column]!))))
}

function cellOf(lines: readonly string[]): string {
  const filled = lines.filter((line) => line.trim() !== '')
  const groups: string[][] = []
  for (const line of filled) {
    if (groups.length && indentOf(groups.at(-1)![0]!) === indentOf(line)) groups.at(-1)!.push(line.trim().padStart(line.trimEnd().length))
    else groups.push([line.trimEnd()])
  }
  const words = groups.length > 1 ? groups.map(downwards).join('／') : filled.map((line) => line.trim()).join('')
  return words.replaceAll('︵', '（').replaceAll('︶', '）')
}

const indentOf = (line: string): number => line.length - line.trimStart().length

/** The corner of a table that a slanted line divides: each label is written downwards, column by column. */
function downwards(lines: readonly string[]): string {
  const trimmed = lines.map((line) => [...line.trim()])
  const width = Math.max(...trimmed.map((line) => line.length))
  return Array.from({ length: width }, (_, column) => trimmed.map((line) => line[column] ?? '').join('')).join('')
}
