import { createServer, type Socket } from 'node:net'

export type StoredLetter = { uid: number; raw: Buffer; flags: Set<string>; receivedAt: Date }

/** As much of an IMAP4rev1 server as our client speaks, on loopback, for tests. */
export type TestImapServer = {
  port: number
  folders: Map<string, StoredLetter[]>
  /** every command line after its tag, passwords included */
  said: string[]
  settings: { uidValidity: number; capabilities: string; pass: string; refuse: RegExp | null; hangUpAt: RegExp | null }
  add(folder: string, raw: string | Buffer, flags?: string[]): StoredLetter
  close(): Promise<void>
}

export async function startTestImapServer(): Promise<TestImapServer> {
  const folders = new Map<string, StoredLetter[]>([['INBOX', []]])
  const settings: TestImapServer['settings'] = { uidValidity: 100, capabilities: 'IMAP4rev1 MOVE UIDPLUS', pass: 'open', refuse: null, hangUpAt: null }
  const said: string[] = []
  const sockets = new Set<Socket>()
  let lastUid = 10
  const server = createServer((socket) => {
    sockets.add(socket.setNoDelay(true))
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    serve(socket, { folders, settings, said, nextUid: () => ++lastUid })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0, folders, said, settings,
    add(folder, raw, flags = []) {
      const letter = { uid: ++lastUid, raw: Buffer.from(raw as string), flags: new Set(flags), receivedAt: new Date('2026-11-23T02:00:00Z') }
      folders.get(folder)?.push(letter)
      return letter
    },
    close: () => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy()
      server.close(() => resolve())
    }),
  }
}

type Shared = Pick<TestImapServer, 'folders' | 'settings' | 'said'> & { nextUid(): number }

function serve(socket: Socket, shared: Shared): void {
  let pending = ''
  let selected: StoredLetter[] = []
  socket.write(`* OK [CAPABILITY ${shared.settings.capabilities}] ready\r\n`)
  socket.on('data', (data: Buffer) => {
    pending += data.toString('latin1')
    for (;;) {
      // A literal {n} is asked for and read into the line.
      const literal = /\{(\d+)\}\r\n/.exec(pending)
      const end = pending.indexOf('\r\n')
      if (end === -1) return
      if (literal && literal.index < end) {
        const start = literal.index + literal[0].length
        const length = Number(literal[1])
        if (pending.length < start + length) {
          if (pending.length === start) socket.write('+ go on\r\n')
          return
        }
        pending = pending.slice(0, literal.index) + `"${pending.slice(start, start + length)}"` + pending.slice(start + length)
        continue
      }
      const line = pending.slice(0, end)
      pending = pending.slice(end + 2)
      const [tag = '', ...rest] = line.split(' ')
      answer(tag, rest.join(' '))
    }
  })

  function answer(tag: string, command: string): void {
    shared.said.push(command)
    if (shared.settings.hangUpAt?.test(command)) return void socket.destroy()
    if (shared.settings.refuse?.test(command)) return void socket.write(`${tag} NO refused\r\n`)
    const lines: (string | Buffer)[] = []
    const verdict = run(command, lines)
    for (const line of lines) socket.write(Buffer.concat([Buffer.from(line as string), Buffer.from('\r\n')]))
    socket.write(`${tag} ${verdict}\r\n`)
    if (/^LOGOUT/i.test(command)) socket.end()
  }

  function run(command: string, out: (string | Buffer)[]): string {
    const { folders, settings } = shared
    const words = command.match(/"(?:[^"\\]|\\.)*"|\([^)]*\)|\S+/g) ?? []
    const bare = words.map((word) => word.replace(/^"|"$/g, ''))
    const verb = (bare[0] === 'UID' ? bare[1] : bare[0])?.toUpperCase()
    switch (verb) {
      case 'CAPABILITY':
        out.push(`* CAPABILITY ${settings.capabilities}`)
        return 'OK done'
      case 'LOGIN':
        return bare[2] === settings.pass ? 'OK welcome' : 'NO [AUTHENTICATIONFAILED] wrong password'
      case 'LIST':
      case 'LSUB':
        if (bare[2] === '') {
          out.push(`* ${verb} (\\Noselect) "/" ""`)
          return 'OK done'
        }
        for (const name of folders.keys()) out.push(`* ${verb} () "/" "${name}"`)
        return 'OK done'
      case 'SELECT': {
        const folder = folders.get(bare[1] ?? '')
        if (!folder) return 'NO [NONEXISTENT] no such folder'
        selected = folder
        const uidNext = Math.max(10, ...[...folders.values()].flat().map((letter) => letter.uid)) + 1
        out.push('* FLAGS (\\Seen \\Deleted)', '* OK [PERMANENTFLAGS (\\Seen \\Deleted)] ok', `* ${folder.length} EXISTS`, '* 0 RECENT', `* OK [UIDVALIDITY ${settings.uidValidity}] ok`, `* OK [UIDNEXT ${uidNext}] ok`)
        return 'OK [READ-WRITE] done'
      }
      case 'SEARCH':
        out.push(`* SEARCH ${search(bare.slice(2)).map((letter) => letter.uid).join(' ')}`.trim())
        return 'OK done'
      case 'FETCH':
        for (const letter of named(bare[2])) out.push(fetched(letter, command))
        return 'OK done'
      case 'STORE':
        for (const letter of named(bare[2])) {
          letter.flags.add('\\Seen')
          out.push(`* ${selected.indexOf(letter) + 1} FETCH (UID ${letter.uid} FLAGS (${[...letter.flags].join(' ')}))`)
        }
        return 'OK done'
      case 'MOVE':
      case 'COPY': {
        const target = folders.get(bare[3] ?? '')
        if (!target) return 'NO [TRYCREATE] no such folder'
        for (const letter of named(bare[2])) {
          target.push({ ...letter, uid: shared.nextUid(), flags: new Set(letter.flags) })
          if (verb === 'MOVE') {
            out.push(`* ${selected.indexOf(letter) + 1} EXPUNGE`)
            selected.splice(selected.indexOf(letter), 1)
          }
        }
        return 'OK done'
      }
      case 'LOGOUT':
        out.push('* BYE bye')
        return 'OK done'
      case 'NOOP':
      case 'NAMESPACE':
      case 'ID':
      case 'SUBSCRIBE':
        return 'OK done'
      default:
        return 'BAD unknown command'
    }
  }

  function named(range: string | undefined): StoredLetter[] {
    return selected.filter((letter) => String(letter.uid) === range)
  }

  function search(terms: string[]): StoredLetter[] {
    if (terms.includes('UNSEEN')) return selected.filter((letter) => !letter.flags.has('\\Seen'))
    if (terms.includes('SINCE')) return selected
    const from = Number(/(\d+):\*/.exec(terms.join(' '))?.[1] ?? 0)
    const last = selected.at(-1)
    return selected.filter((letter) => letter.uid >= from || letter === last)
  }

  function fetched(letter: StoredLetter, command: string): Buffer {
    const head = `* ${selected.indexOf(letter) + 1} FETCH (UID ${letter.uid} RFC822.SIZE ${letter.raw.length} INTERNALDATE "23-Nov-2026 10:00:00 +0800"`
    if (!/BODY\.PEEK\[\]/.test(command)) return Buffer.from(head + ')')
    return Buffer.concat([Buffer.from(`${head} BODY[] {${letter.raw.length}}\r\n`), letter.raw, Buffer.from(')')])
  }
}
