import { spawnSync } from 'node:child_process'
import { WrongUse } from '../errors.ts'

/** What protects the keys in their file. `wrap` and `unwrap` throw WrongUse with one sentence when they cannot. */
export type KeyWrapper = { wrap(key: Buffer): Buffer; unwrap(wrapped: Buffer): Buffer }

/** The default: the file's own mode and place protect it. */
export const plainly: KeyWrapper = { wrap: (key) => key, unwrap: (wrapped) => wrapped }

const secondsMax = 20

/**
 * A command of the operator's, run as `command wrap` or `command unwrap`: it reads one line of base64 on standard input and
 * writes one line of base64 on standard output. Behind it stands what the county has: Vault's transit engine, a cloud KMS, a
 * TPM, a smart card. It is asked when the service starts and when a key changes, never while a page is made.
 */
export function commandWrapper(command: string): KeyWrapper {
  const [program = '', ...args] = command.trim().split(/\s+/)
  const run = (what: 'wrap' | 'unwrap', bytes: Buffer): Buffer => {
    const ran = spawnSync(program, [...args, what], { input: `${bytes.toString('base64')}\n`, encoding: 'utf8', timeout: secondsMax * 1000, maxBuffer: 1_000_000 })
    if (ran.error || ran.status !== 0) {
      const why = ran.error?.message ?? ran.stderr.trim().split('\n').at(-1)?.slice(0, 200) ?? ''
      throw new WrongUse(`金鑰服務沒有回應（WINDLION_KEYS_COMMAND ${what}：${why || `結束代碼 ${ran.status}`}）`)
    }
    const answer = ran.stdout.trim()
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(answer)) throw new WrongUse(`金鑰服務的回答不是 base64（WINDLION_KEYS_COMMAND ${what}）`)
    return Buffer.from(answer, 'base64')
  }
  return { wrap: (key) => run('wrap', key), unwrap: (wrapped) => run('unwrap', wrapped) }
}
