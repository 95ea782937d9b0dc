import { staffImporter } from '../core/identity/staff-import.ts'
import { unitsImporter } from '../core/identity/units-import.ts'
import { importFiles } from '../core/tabular/import.ts'
import { modules } from '../modules.ts'
import { readOptions } from './options.ts'
import { onSystem } from './system.ts'

const importers = [unitsImporter, staffImporter, ...modules.flatMap((module) => module.importers ?? [])]

/** Which files are read and with which columns, for `import --help`. */
export function columnsOfFiles(): string {
  const files = importers.map(({ name, title, columnNames }) => `${name}.csv（${title}，也可以是 .xlsx、.ods）的欄位：\n  ${columnNames.join('、')}`)
  return [...files, '編碼 UTF-8、UTF-16 或 Big5；日期寫 113/5/6、113年5月6日、1130506 或 2024-05-06，時間 113/5/6 09:30。', '--keep-good 只匯入沒有問題的列；--update 改掉先前匯入而這次不同的欄位。'].join('\n')
}

/** `import DIR|FILE… [--keep-good] [--update]`: all or nothing; problems on standard error, what was done on standard output. */
export async function importCommand(args: string[]): Promise<number> {
  const { words, given } = readOptions(args, { 'keep-good': 'flag', update: 'flag' })
  return onSystem(async ({ db }) => {
    const outcome = await importFiles(db, words, importers, { keepGood: given['keep-good'] ?? false, update: given.update ?? false })
    for (const error of outcome.errors) process.stderr.write(`${error}\n`)
    for (const message of outcome.messages) process.stdout.write(`${message}\n`)
    return outcome.exitCode
  })
}
