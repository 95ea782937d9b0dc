import type { SMTPServer, SMTPServerDataStream, SMTPServerSession } from 'smtp-server'
import { lazily } from '../lazy.ts'

const smtpServer = lazily<typeof import('smtp-server')>('smtp-server')

export type Recipient = { address: string; mailbox: string }

/** What the delivering server said, beside the letter itself. `from` is '' for the null return path. */
export type Envelope = { from: string; to: Recipient[]; remoteAddress: string }

export type IntakeOptions = {
  protocol: 'smtp' | 'lmtp'
  host: string
  /** 0 takes any free port; the one taken is in the result. */
  port: number
  sizeBytesMax: number
  /** Lower-case address → mailbox name. Nobody else is accepted, so nothing is ever relayed. */
  recipients: ReadonlyMap<string, string>
  /**
   * Keeps the letter. Only when it has resolved is the sender told that we have it; when it rejects, the sender keeps the
   * letter and tries again later. The same letter may come twice, if the line breaks between the two.
   * SMTP: once with all recipients. LMTP: once for each recipient, since each gets its own answer.
   */
  onLetter(raw: Buffer, envelope: Envelope): Promise<void>
  /** Told of every letter that had to be put off and every broken connection. */
  onFault?(error: Error): void
  /** With it, STARTTLS is offered. */
  tls?: { key: string | Buffer; cert: string | Buffer }
  /** How the server calls itself; default the machine's name. */
  name?: string
}

export type Intake = { port: number; close(): Promise<void> }

const clientsMax = 100
const recipientsMax = 50
/** Letters are held in memory until kept; beyond this many bytes at once senders are asked to come back. */
const bytesHeldMax = 256 * 1024 * 1024
const idleMs = 60_000
/** How long letters under way may take once the office closes. */
const closingMs = 5_000

export async function startIntake(options: IntakeOptions): Promise<Intake> {
  let bytesHeld = 0
  const hold = (bytes: number): boolean => (bytesHeld += bytes) <= bytesHeldMax
  const server = new (smtpServer().SMTPServer)({
    lmtp: options.protocol === 'lmtp',
    ...(options.name === undefined ? {} : { name: options.name }),
    ...options.tls,
    // No sign-in exists, so there is nothing to relay with.
    disabledCommands: options.tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    size: options.sizeBytesMax,
    rejectOversized: true,
    maxClients: clientsMax,
    maxRecipients: recipientsMax,
    socketTimeout: idleMs,
    closeTimeout: closingMs,
    lenientAddressParsing: true,
    onRcptTo(address, _session, callback) {
      if (mailboxOf(options, address.address)) return callback()
      callback(replyWith(550, 'No such mailbox here'))
    },
    onData(stream, session, callback) {
      receive(stream, session, options, hold).then((results) => callback(null, results), (error: unknown) => {
        const fault = error instanceof Error ? error : new Error(String(error))
        options.onFault?.(fault)
        callback(isReply(fault) ? fault : temporary())
      })
    },
  })
  server.on('error', (error) => options.onFault?.(error))
  return listen(server, options)
}

async function receive(stream: SMTPServerDataStream, session: SMTPServerSession, options: IntakeOptions, hold: (bytes: number) => boolean): Promise<(string | Error)[]> {
  const chunks: Buffer[] = []
  let held = 0
  let tooMuch = false
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      // Read to the end in any case: the answer can only follow the sender's last line.
      if (stream.sizeExceeded || tooMuch) continue
      held += chunk.length
      tooMuch = !hold(chunk.length)
      chunks.push(chunk)
    }
    if (stream.sizeExceeded) throw replyWith(552, `Message exceeds ${options.sizeBytesMax} bytes`)
    if (tooMuch) throw temporary()
    return await keep(Buffer.concat(chunks), session, options)
  } finally {
    hold(-held)
  }
}

async function keep(raw: Buffer, session: SMTPServerSession, options: IntakeOptions): Promise<(string | Error)[]> {
  const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
  const to = session.envelope.rcptTo.map(({ address }): Recipient => {
    const mailbox = mailboxOf(options, address)
    if (!mailbox) throw replyWith(550, 'No such mailbox here')
    return { address: address.toLowerCase(), mailbox }
  })
  const remoteAddress = session.remoteAddress
  if (options.protocol === 'smtp') {
    await options.onLetter(raw, { from, to, remoteAddress })
    return ['OK: kept']
  }
  const answers: (string | Error)[] = []
  for (const recipient of to) {
    try {
      await options.onLetter(raw, { from, to: [recipient], remoteAddress })
      answers.push('OK: kept')
    } catch (error) {
      options.onFault?.(error instanceof Error ? error : new Error(String(error)))
      answers.push(temporary())
    }
  }
  return answers
}

function mailboxOf(options: IntakeOptions, address: string): string | null {
  return options.recipients.get(address.toLowerCase()) ?? null
}

type Reply = Error & { responseCode: number }

function replyWith(responseCode: number, message: string): Reply {
  return Object.assign(new Error(message), { responseCode })
}

function temporary(): Reply {
  return replyWith(451, 'Cannot keep the letter now, please try again later')
}

function isReply(error: Error): error is Reply {
  return 'responseCode' in error
}

function listen(server: SMTPServer, options: IntakeOptions): Promise<Intake> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    const listener = server.listen(options.port, options.host, () => {
      server.off('error', reject)
      const address = listener.address()
      const port = typeof address === 'object' && address !== null ? address.port : options.port
      resolve({ port, close: () => new Promise((done) => server.close(() => done())) })
    })
  })
}
