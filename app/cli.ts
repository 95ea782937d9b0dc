import { readConfig } from './config.ts'
import { WrongUse } from './core/errors.ts'
import { type Actor, requireActor } from './core/identity/actors.ts'
import { fail } from './fail.ts'

/** What a command gives back: its exit code. 0 done, 1 the answer is no, 2 wrong use or cannot run. */
export type Command = (args: string[]) => Promise<number>

/** Each is loaded when it is called: a deadline needs no database driver. */
const commands: Record<string, { as: Actor; usage: string; more?(): Promise<string>; load(): Promise<Command> }> = {
  serve: { as: 'system', usage: 'serve', load: async () => async () => (await (await import('./serve.ts')).serve(readConfig), new Promise<number>(() => {})) },
  import: {
    as: 'operator', usage: 'import 資料夾或檔案… [--keep-good] [--update]',
    more: async () => (await import('./commands/import.ts')).columnsOfFiles(),
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  report: { as: 'operator', usage: 'report --from 110-04-01 --to 110-09-30 [--status-on 日] [--as-of 時刻] [--format html|json|pdf|odt|odp] [--out 檔案]', load: async () => (await import('./commands/report.ts')).reportCommand },
  figure: { as: 'operator', usage: 'figure 代號 --from 日 --to 日 [--status-on 日] [--as-of 時刻] [--by unit|township|month|channel|category|kind] [--cases] [--format json]', load: async () => (await import('./commands/figure.ts')).figureCommand },
  deadline: { as: 'operator', usage: 'deadline 規則 起算日 [--param 名稱=值 …] [--explain]', load: async () => (await import('./commands/deadline.ts')).deadline },
  calendar: {
    as: 'operator', usage: 'calendar show|load|close|reopen …',
    more: async () => (await import('./commands/calendar.ts')).usage,
    load: async () => (await import('./commands/calendar.ts')).calendarCommand,
  },
  laws: { as: 'operator', usage: 'laws load 資料夾或檔案…', more: async () => (await import('./commands/laws.ts')).usage, load: async () => (await import('./commands/laws.ts')).lawsCommand },
  proof: {
    as: 'operator',
    usage: 'proof 事件編號|案號|--consistency 較早 較晚|--checkpoint|--new-key',
    more: async () => (await import('./commands/proof.ts')).usage,
    load: async () => (await import('./commands/proof.ts')).proofCommand,
  },
  verify: { as: 'operator', usage: 'verify [--against 檢核點檔案] [--key 查驗金鑰]', load: async () => (await import('./commands/verify.ts')).verifyCommand },
  backup: { as: 'operator', usage: 'backup 資料夾 [--keys 放金鑰的資料夾]', load: async () => (await import('./commands/backup.ts')).backupCommand },
  archive: { as: 'operator', usage: 'archive 資料夾 [--keep 份數]', more: async () => (await import('./commands/archive.ts')).usage, load: async () => (await import('./commands/archive.ts')).archiveCommand },
  restore: { as: 'operator', usage: 'restore 資料夾 [--keys 放金鑰的資料夾] [--until 時刻|latest]', load: async () => (await import('./commands/backup.ts')).restoreCommand },
  drill: { as: 'operator', usage: 'drill [--in 暫存資料夾]', load: async () => (await import('./commands/drill.ts')).drillCommand },
  keys: { as: 'operator', usage: 'keys list|rotate|reseal|retire|wrap', more: async () => (await import('./commands/keys.ts')).usage, load: async () => (await import('./commands/keys.ts')).keysCommand },
  user: { as: 'operator', usage: 'user create|lock|reset|list …', more: async () => (await import('./commands/user.ts')).usage, load: async () => (await import('./commands/user.ts')).userCommand },
}

async function main([name, ...args]: string[]): Promise<number> {
  const known = Object.values(commands).map((command) => `  bin/windlion ${command.usage}`).join('\n')
  if (!name || name === 'help' || name === '--help') {
    process.stdout.write(`Windlion 風獅爺\n${known}\n`)
    return name ? 0 : 2
  }
  const command = commands[name]
  if (!command) throw new WrongUse(`沒有「${name}」這個指令，可用的有：\n${known}`)
  requireActor(`command ${name}`, command.as)
  if (args.includes('--help')) {
    process.stdout.write(`bin/windlion ${command.usage}\n`)
    if (command.more) process.stdout.write(`${await command.more()}\n`)
    return 0
  }
  return (await command.load())(args)
}

// `| head` closes the pipe when it has seen enough: no fault of ours
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

// stdout may be a pipe that needs time; exit only when it has been written
main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
  process.stdout.write('', () => process.exit(code))
}, fail)
