import { connect, type Socket } from 'node:net'

export type Scanned = { found: string | null }
/** Looks a file over before it is kept; throws when it cannot. */
export type Scanner = (bytes: Buffer) => Promise<Scanned>

let scanner: Scanner | null = null

/** Call once at start where a scanner is configured; without one nothing is scanned. */
export function useScanner(given: Scanner | null): void {
  scanner = given
}

export const scan = (bytes: Buffer): Promise<Scanned> => (scanner ? scanner(bytes) : Promise.resolve({ found: null }))

/** clamd takes a stream in pieces; smaller ones than its own limit */
const pieceBytes = 64 * 1024
const waitMs = 60_000

/**
 * ClamAV's daemon by its INSTREAM command: `tcp://host:3310` or `unix:/run/clamav/clamd.ctl`. Throws when it cannot be reached, says nothing in a
 * minute, or answers with anything but OK or FOUND.
 */
export function clamd(address: string): Scanner {
  return (bytes) =>
    new Promise((resolve, reject) => {
      const socket = open(address)
      let said = ''
      socket.setTimeout(waitMs, () => socket.destroy(new Error('clamd did not answer')))
      socket.on('error', reject)
      socket.on('data', (part) => { said += part.toString('utf8') })
      socket.on('close', () => {
        const answer = said.replaceAll('\0', '').trim()
        const found = /^stream: (.+) FOUND$/.exec(answer)?.[1]
        if (found) resolve({ found })
        else if (answer === 'stream: OK') resolve({ found: null })
        else reject(new Error(`clamd answered ${JSON.stringify(answer.slice(0, 200))}`))
      })
      socket.write('zINSTREAM\0')
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        const piece = bytes.subarray(at, at + pieceBytes)
        const length = Buffer.alloc(4)
        length.writeUInt32BE(piece.length)
        socket.write(length)
        socket.write(piece)
      }
      socket.write(Buffer.alloc(4))
    })
}

function open(address: string): Socket {
  if (address.startsWith('unix:')) return connect(address.slice('unix:'.length))
  const { hostname, port } = new URL(address)
  return connect(Number(port || 3310), hostname)
}
