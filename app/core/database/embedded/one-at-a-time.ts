import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { CannotRun } from './faults.ts'

/**
 * Runs `work` while no other process of this machine does any under the same folder. The lock is a name in the
 * kernel (an abstract Unix socket named after the folder's device and inode): it cannot outlive its holder, as a
 * lock file would after kill -9.
 */
export async function oneAtATime<T>(folder: string, work: () => Promise<T>, waitSeconds = 120): Promise<T> {
  const name = await lockName(folder, 'starting')
  const giveUpAt = Date.now() + waitSeconds * 1000
  let held = await tryHold(name)
  while (!held) {
    if (Date.now() > giveUpAt) throw new CannotRun(`另一個程式正在啟動或關閉 ${folder} 的資料庫，等了 ${waitSeconds} 秒仍未結束：請稍後再試。`)
    await sleep(15)
    held = await tryHold(name)
  }
  try {
    return await work()
  } finally {
    await release(held)
  }
}

/** Takes a name in the kernel until `release`, or null when another process has it. */
export async function tryHold(name: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (cause: NodeJS.ErrnoException) => (cause.code === 'EADDRINUSE' ? resolve(null) : reject(cause)))
    server.listen(name, () => resolve(server))
  })
}

export function release(held: Server): Promise<void> {
  return new Promise((resolve) => held.close(() => resolve()))
}

/** The same for every path that leads to this folder, different for every copy of it. */
export async function lockName(folder: string, purpose: string): Promise<string> {
  const { dev, ino } = await stat(folder)
  return `\0windlion-${purpose}-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 32)}`
}
