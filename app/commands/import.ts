import { unitsImporter } from '../core/identity/units-import.ts'
import { importFiles } from '../core/tabular/import.ts'
import { modules } from '../modules.ts'
import { readOptions } from './options.ts'
import { onSystem } from './system.ts'

/** `import DIR|FILE… [--keep-good] [--update]`: all or nothing; problems on standard error, what was done on standard output. */
export async function importCommand(args: string[]): Promise<number> {
  const { words, given } = readOptions(args, { 'keep-good': 'flag', update: 'flag' })
  const importers = [unitsImporter, ...modules.flatMap((module) => module.importers ?? [])]
  return onSystem(async ({ db }) => {
    const outcome = await importFiles(db, words, importers, { keepGood: given['keep-good'] ?? false, update: given.update ?? false })
    for (const error of outcome.errors) process.stderr.write(`${error}\n`)
    for (const message of outcome.messages) process.stdout.write(`${message}\n`)
    return outcome.exitCode
  })
}
