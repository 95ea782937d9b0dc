import { verifyAll } from '../core/verify.ts'
import { readOptions } from './options.ts'
import { onSystem } from './system.ts'

/** `verify`: exit 1 and a sentence for each thing that differs. */
export async function verifyCommand(args: string[]): Promise<number> {
  readOptions(args, {})
  return onSystem(async ({ db }) => {
    let found = 0
    for (const proof of await verifyAll(db)) {
      found += proof.differences.length
      process.stdout.write(`${proof.differences.length ? '不符' : '相符'}　${proof.what}　${proof.count}\n`)
      for (const difference of proof.differences) process.stderr.write(`${difference}\n`)
    }
    process.stdout.write(found ? `共 ${found} 處不符\n` : '全部相符\n')
    return found ? 1 : 0
  })
}
