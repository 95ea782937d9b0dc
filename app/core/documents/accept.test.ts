import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterEach, expect, test } from 'vitest'
import { isRefusal } from '../errors.ts'
import { acceptUpload, cleanFileName } from './accept.ts'
import { clamd, useScanner } from './scan.ts'

const code = async (filename: string, bytes: Buffer) => {
  const result = await acceptUpload({ filename, bytes })
  return isRefusal(result) ? result.code : 'accepted'
}
const text = Buffer.from('一般的文字')
afterEach(() => useScanner(null))

/** A clamd that reads one INSTREAM and says what it is told; gives what it read. */
async function fakeClamd(answer: (stream: Buffer) => string, path?: string) {
  const read: Buffer[] = []
  const server = createServer((socket) => {
    let got = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (part: Buffer) => {
      got = Buffer.concat([got, part])
      if (!got.subarray(0, 10).equals(Buffer.from('zINSTREAM\0'))) return
      const stream: Buffer[] = []
      for (let at = 10; at + 4 <= got.length; ) {
        const length = got.readUInt32BE(at)
        if (length === 0) {
          read.push(Buffer.concat(stream))
          socket.end(`${answer(Buffer.concat(stream))}\0`)
          return
        }
        if (at + 4 + length > got.length) return
        stream.push(got.subarray(at + 4, at + 4 + length))
        at += 4 + length
      }
    })
  })
  await once(path ? server.listen(path) : server.listen(0, '127.0.0.1'), 'listening')
  return { read, address: path ? `unix:${path}` : `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

test('a file is what its content says, not its name', async () => {
  expect(await code('a.txt', text)).toBe('accepted')
  expect(await code('a.pdf', text)).toBe('document.wrong-extension')
  expect(await code('a.svg', Buffer.from('<svg onload="alert(1)"/>'))).toBe('document.wrong-extension')
  expect(await code('a.html', Buffer.from('<script>alert(1)</script>'))).toBe('document.wrong-extension')
  expect(await code('a.exe', Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]))).toBe('document.unknown-type')
  expect(await code('a.txt', Buffer.alloc(0))).toBe('document.empty')
})

test('an office file that unpacks to far more than it is, or into thousands of parts, is refused', async () => {
  const office = (more: Record<string, Uint8Array>) => Buffer.from(zipSync({ mimetype: [Buffer.from('application/vnd.oasis.opendocument.text'), { level: 0 }], 'content.xml': Buffer.from('<x/>'), ...more }))
  expect(await code('a.odt', office({}))).toBe('accepted')
  const bomb = office({})
  const lastPart = bomb.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  bomb.writeUInt32LE(220 * 1024 * 1024, lastPart + 24) // what the directory says of it
  expect(await code('a.odt', bomb)).toBe('document.unpacks-too-large')
  expect(await code('a.odt', office(Object.fromEntries(Array.from({ length: 5_001 }, (_, n) => [`p/${n}`, new Uint8Array(0)]))))).toBe('document.unpacks-too-large')
})

test.each(['tcp', 'unix'])('clamd over %s sees the whole file before it is kept', async (way) => {
  const fake = await fakeClamd((stream) => (stream.includes('EICAR') ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK'), way === 'unix' ? join(mkdtempSync(join(tmpdir(), 'clamd-')), 's') : undefined)
  useScanner(clamd(fake.address))
  const large = Buffer.from('安全'.repeat(60_000))
  expect(await code('a.txt', large)).toBe('accepted')
  expect(fake.read[0]!.equals(large)).toBe(true)
  expect(await code('b.txt', Buffer.from('xx EICAR xx'))).toBe('document.malware')
  fake.close()
})

test('where a scanner is set and does not answer, nothing is taken in', async () => {
  const odd = await fakeClamd(() => 'INSTREAM size limit exceeded. ERROR')
  useScanner(clamd(odd.address))
  expect(await code('a.txt', text)).toBe('document.not-scanned')
  odd.close()
  useScanner(clamd('unix:/nowhere/clamd.ctl'))
  expect(await code('a.txt', text)).toBe('document.not-scanned')
})

test('a file name keeps no folder, control, bidi or zero-width character', () => {
  expect(cleanFileName('../../etc/passwd')).toBe('passwd')
  expect(cleanFileName('C:\\a\\b.txt')).toBe('b.txt')
  expect(cleanFileName('a\r\nSet-Cookie: x\u202egnp.exe\u200b')).toBe('aSet-Cookie xgnp.exe')
  expect(cleanFileName('...')).toBe('未命名')
})
