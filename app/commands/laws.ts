import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { valueOf, WrongUse } from '../core/errors.ts'
import { loadNationalLaws, readLawFiles } from '../core/laws/load.ts'
import { onSystem } from './system.ts'

export const usage = `laws load 資料夾或檔案…     全國法規資料庫的 JSON：一部法規一個檔，或整份匯出
先全部檢查，有一部讀不完整就一部都不載入。已經載入而沒有新異動的不變；有較新異動的記為修正，較早日期的條文仍查得到。`

/** `laws load DIR|FILE…`: for the operator at the machine, whether or not the service is running. */
export async function lawsCommand(args: string[]): Promise<number> {
  const [what, ...paths] = args
  if (what !== 'load' || !paths.length) throw new WrongUse(`用法：\n${usage}`)
  const { laws, problems, others } = readLawFiles(await readFiles(paths))
  for (const name of others) process.stdout.write(`略過 ${name}：裡面沒有法規\n`)
  if (problems.length) {
    process.stderr.write(`${problems.join('\n')}\n`)
    return 1
  }
  if (!laws.length) throw new WrongUse('沒有找到法規')
  return onSystem(async ({ db }) => {
    const { added, changed, unchanged } = valueOf(await loadNationalLaws({ db, person: null }, { laws }))
    process.stdout.write(`新增 ${added} 部，修正 ${changed} 部，沒有變動 ${unchanged} 部\n`)
    return 0
  })
}

async function readFiles(paths: readonly string[]): Promise<{ name: string; text: string }[]> {
  const files: string[] = []
  for (const path of paths) {
    const found = await stat(path).catch(() => null)
    if (!found) throw new WrongUse(`找不到 ${path}`)
    if (found.isDirectory()) files.push(...(await readdir(path)).filter((name) => name.endsWith('.json')).toSorted().map((name) => join(path, name)))
    else files.push(path)
  }
  return Promise.all(files.map(async (path) => ({ name: basename(path), text: await readFile(path, 'utf8') })))
}
