import { sql } from 'kysely'
import { readConfig } from '../config.ts'
import { WrongUse } from '../core/errors.ts'
import { recordKeys, signCheckpoint } from '../core/events/checkpoints.ts'
import { proveCase, proveConsistency, proveEvent } from '../core/events/proof.ts'
import { renewRecordKey } from '../core/events/record-key.ts'
import { readOptions } from './options.ts'
import { onSystem } from './system.ts'

export const usage = `proof 1234                    事件 1234 在紀錄裡的證明（JSON）
proof 陳110-000123            案件每個事件的證明
proof --consistency 100 200   前 100 個事件是前 200 個的開頭
proof --checkpoint            最新的簽署檢核點，與查驗它的金鑰（在標準錯誤）
proof --new-key               換一把簽署金鑰；先前簽的仍然有效`

/** `proof …`: what somebody outside can check by the published algorithms. Exit 1 where there is no such event, case or size. */
export async function proofCommand(args: string[]): Promise<number> {
  const { words, given } = readOptions(args, { consistency: 'flag', checkpoint: 'flag', 'new-key': 'flag' })
  const print = (value: unknown) => process.stdout.write(`${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}\n`)
  return onSystem(async ({ db }) => {
    if (given['new-key']) await renewRecordKey(readConfig().dataFolder)
    if (given['new-key'] || given.checkpoint) {
      process.stdout.write((await signCheckpoint(db)).note)
      process.stderr.write(`${(await recordKeys(db)).at(-1)!.vkey}\n`)
      return 0
    }
    if (given.consistency) {
      const [from, to] = words.map(Number)
      if (words.length !== 2 || !Number.isInteger(from) || !Number.isInteger(to)) throw new WrongUse('請給兩個大小，例如 proof --consistency 100 200')
      await signCheckpoint(db)
      const proof = await proveConsistency(db, from!, to!)
      if (proof) print(proof)
      else process.stderr.write(`紀錄裡沒有這樣的大小：要 0 < ${from} ≤ ${to} ≤ 最新檢核點的大小\n`)
      return proof ? 0 : 1
    }
    if (words.length !== 1) throw new WrongUse(usage)
    const name = words[0]!
    const caseId = (await sql<{ id: number }>`select id from cases where ${name} in (number, follow_no)`.execute(db)).rows[0]?.id
    if (caseId === undefined && !/^\d{1,15}$/.test(name)) {
      process.stderr.write(`找不到案件「${name}」\n`)
      return 1
    }
    const proof = await (caseId === undefined ? proveEvent(db, Number(name)) : proveCase(db, caseId)).catch((error: Error) => error)
    if (proof instanceof Error) {
      if (proof.name !== 'NotFound') throw proof
      process.stderr.write(`${proof.message}\n`)
      return 1
    }
    print(proof)
    return 0
  })
}
