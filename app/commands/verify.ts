import { readFile } from 'node:fs/promises'
import { WrongUse } from '../core/errors.ts'
import { findNotes, type Kept } from '../core/events/checkpoints.ts'
import { parseVkey } from '../core/events/note.ts'
import { verifyAll } from '../core/verify.ts'
import { readOptions } from './options.ts'
import { onSystem } from './system.ts'

/**
 * `verify`: exit 1 and a sentence for each thing that differs. `--against FILE`: also against checkpoints kept elsewhere, which must be signed
 * with `--key` (a vkey that was kept with them), else with a key that this record told.
 */
export async function verifyCommand(args: string[]): Promise<number> {
  const { given } = readOptions(args, { against: 'text', key: 'text' })
  const kept = await readKept(given.against, given.key)
  return onSystem(async ({ db }) => {
    let found = 0
    for (const proof of await verifyAll(db, kept)) {
      found += proof.differences.length
      process.stdout.write(`${proof.differences.length ? '不符' : '相符'}　${proof.what}　${proof.count}\n`)
      for (const remark of proof.remarks ?? []) process.stdout.write(`說明　${remark}\n`)
      for (const difference of proof.differences) process.stderr.write(`${difference}\n`)
    }
    process.stdout.write(found ? `共 ${found} 處不符\n` : '全部相符\n')
    return found ? 1 : 0
  })
}

async function readKept(path: string | undefined, vkey: string | undefined): Promise<Kept> {
  const key = vkey === undefined ? null : parseVkey(vkey)
  if (vkey !== undefined && !key) throw new WrongUse(`--key 的「${vkey}」不是查驗金鑰，例如 county.example/windlion+1a2b3c4d+AbC…`)
  if (path === undefined) return { notes: [], keys: key ? [key] : [] }
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new WrongUse(`不能讀 ${path}：${error.message}`)
  })
  const notes = findNotes(text)
  if (!notes.length) throw new WrongUse(`${path} 裡沒有檢核點（三行文字、空行、以「— 」開頭的簽章）`)
  return { notes, keys: key ? [key] : [] }
}
