import { type Result, isRefusal, WrongUse } from '../core/errors.ts'
import type { ActContext } from '../core/act.ts'
import { type Db, type Tx, write } from '../core/db.ts'
import { currentRing } from '../core/personal-data/keys.ts'
import { resealAll } from '../core/personal-data/reseal.ts'
import { hoursBeforeRetiring, retireKeys, rewrapKeys, rotateKeys } from '../core/personal-data/rotation.ts'
import { keyUses } from '../core/personal-data/usage.ts'
import { dayOf, rocDay } from '../core/time.ts'
import { readOptions } from './options.ts'
import { onSystem } from './system.ts'

export const usage = `keys list            各版本金鑰、啟用日、還有多少資料使用
keys rotate          換新金鑰；服務執行中也可以，舊資料由排程分批改用新金鑰
keys reseal          立刻把舊資料改用新金鑰，不等排程
keys retire [--now]  刪除沒有任何資料使用的舊金鑰；之前的備份從此需要當時的金鑰檔
keys wrap            依 WINDLION_KEYS_COMMAND 重新保護金鑰檔`

/** `keys …`: for the operator at the machine. */
export async function keysCommand(args: string[]): Promise<number> {
  const { words, given } = readOptions(args, { now: 'flag' })
  const [what] = words
  if (words.length !== 1 || !['list', 'rotate', 'reseal', 'retire', 'wrap'].includes(what!)) throw new WrongUse(usage)
  return onSystem(async ({ db }) => {
    switch (what) {
      case 'list': return listKeys(db)
      case 'rotate': return tell(await asOperator(db, rotateKeys), ({ version }) => `已換成第 ${version} 版金鑰；舊資料由排程分批改用新金鑰，或執行 keys reseal`)
      case 'reseal': return say(`已將 ${await resealAll(db)} 項資料改用新金鑰`)
      case 'wrap': return say(`金鑰檔已重新保護${await asOperator(db, async (tx, ctx) => ((await rewrapKeys(tx, ctx)), ''))}`)
      default:
        return tell(await asOperator(db, (tx, ctx) => retireKeys(tx, ctx, { now: given.now === true })), (retired) =>
          retired.length ? `已刪除：${retired.map(({ version, parts }) => `第 ${version} 版${parts.length === 2 ? '' : parts[0] === 'cipherKey' ? '的加密金鑰' : '的雜湊金鑰'}`).join('、')}` : '沒有可以刪除的舊金鑰：每一把都還有資料使用（見 keys list）')
    }
  })
}

async function listKeys(db: Db): Promise<number> {
  const { current, keys } = currentRing()
  const uses = new Map((await keyUses(db)).map((use) => [use.version, use]))
  const changedAt = keys.get(current)?.since
  const unused = changedAt && Date.now() < changedAt.getTime() + hoursBeforeRetiring * 3_600_000 ? `換鑰滿 ${hoursBeforeRetiring} 小時後可以刪除` : '可以刪除'
  process.stdout.write('版本\t啟用\t加密資料\t雜湊\t狀態\n')
  for (const { version, since } of keys.values()) {
    const use = uses.get(version)
    process.stdout.write(`${version}\t${since ? rocDay(dayOf(since)) : '—'}\t${use?.sealed ?? 0}\t${use?.hashed ?? 0}\t${version === current ? '使用中' : use ? '舊資料使用' : unused}\n`)
  }
  const missing = [...uses.keys()].filter((version) => !keys.has(version))
  if (missing.length) process.stderr.write(`金鑰檔缺少第 ${missing.join('、')} 版，有資料無法解開：請從備份取回當時的金鑰檔\n`)
  return missing.length ? 1 : 0
}

function asOperator<T>(db: Db, run: (tx: Tx, ctx: ActContext) => Promise<T>): Promise<T> {
  return write(db, (tx, now) => run(tx, { person: null, onBehalfOf: null, now, today: dayOf(now) }))
}

function tell<T>(result: Result<T>, sentence: (value: T) => string): number {
  if (!isRefusal(result)) return say(sentence(result.value))
  process.stderr.write(`${result.message}\n`)
  return 1
}

function say(sentence: string): number {
  process.stdout.write(`${sentence}\n`)
  return 0
}
