import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { startIntake, type Envelope, type Intake, type IntakeOptions } from './intake.ts'

const recipients = new Map([['mayor@kinmen.example', '縣長電子信箱'], ['premier@kinmen.example', '院長電子信箱']])
const open: Intake[] = []
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const intake of open.splice(0)) await intake.close()
})

type Kept = { raw: Buffer; envelope: Envelope }

async function intakeWith(options: Partial<IntakeOptions> = {}): Promise<{ port: number; kept: Kept[] }> {
  const kept: Kept[] = []
  const intake = await startIntake({
    protocol: 'smtp', host: '127.0.0.1', port: 0, sizeBytesMax: 100_000, recipients, name: 'mail.kinmen.example',
    onLetter: async (raw, envelope) => { kept.push({ raw, envelope }) }, ...options,
  })
  open.push(intake)
  return { port: intake.port, kept }
}

test('a letter is acknowledged only after it is kept, byte for byte', async () => {
  let keep = () => {}
  const kept: Kept[] = []
  const { port } = await intakeWith({ onLetter: (raw, envelope) => new Promise((resolve) => { kept.push({ raw, envelope }); keep = resolve }) })
  const client = await talk(port)
  await client.say('EHLO a.example', 'MAIL FROM:<ming@example.tw>', 'RCPT TO:<Mayor@KINMEN.example>', 'DATA')
  client.write(Buffer.concat([Buffer.from('Subject: '), Buffer.from('b8f4bf4f', 'hex'), Buffer.from('\r\n\r\n..dot\r\n\0\r\n.\r\n')]))
  await until(() => kept.length === 1)
  expect(client.unanswered()).toBe('')
  keep()
  expect(await client.answer()).toMatch(/^250 /)
  expect(kept[0]?.raw.toString('latin1')).toBe('Subject: \xb8\xf4\xbf\x4f\r\n\r\n.dot\r\n\0\r\n')
  expect(kept[0]?.envelope).toEqual({ from: 'ming@example.tw', to: [{ address: 'mayor@kinmen.example', mailbox: '縣長電子信箱' }], remoteAddress: '127.0.0.1' })
})

test('a letter to several mailboxes comes once with all of them', async () => {
  const { port, kept } = await intakeWith()
  const client = await talk(port)
  await client.say('EHLO a.example', 'MAIL FROM:<>', 'RCPT TO:<mayor@kinmen.example>', 'RCPT TO:<premier@kinmen.example>', 'DATA')
  expect(await client.say('Subject: x\r\n\r\ny\r\n.')).toMatch(/^250 /)
  expect(kept.map(({ envelope }) => [envelope.from, envelope.to.map((each) => each.mailbox)])).toEqual([['', ['縣長電子信箱', '院長電子信箱']]])
})

test('a letter that cannot be kept now stays with its sender', async () => {
  const faults: string[] = []
  const { port } = await intakeWith({ onLetter: async () => { throw new Error('database away') }, onFault: (error) => faults.push(error.message) })
  const client = await talk(port)
  await client.say('EHLO a.example', 'MAIL FROM:<a@b.tw>', 'RCPT TO:<mayor@kinmen.example>', 'DATA')
  const answer = await client.say('Subject: x\r\n\r\ny\r\n.')
  expect(answer).toMatch(/^451 /)
  expect(answer).not.toContain('database')
  expect(faults).toEqual(['database away'])
})

test('other domains and unknown mailboxes are refused, and nobody can sign in to relay', async () => {
  const { port, kept } = await intakeWith()
  const client = await talk(port)
  const greeting = await client.say('EHLO a.example')
  expect(greeting).not.toMatch(/AUTH|STARTTLS/)
  expect(greeting).toContain('SIZE 100000')
  expect(await client.say('AUTH PLAIN AGEAYg==')).toMatch(/^5/)
  await client.say('MAIL FROM:<a@b.tw>')
  expect(await client.say('RCPT TO:<someone@example.org>')).toMatch(/^550 /)
  expect(await client.say('RCPT TO:<nobody@kinmen.example>')).toMatch(/^550 /)
  expect(await client.say('RCPT TO:<mayor%example.org@kinmen.example>')).toMatch(/^550 /)
  expect(await client.say('DATA')).toMatch(/^503 /)
  expect(kept).toEqual([])
})

test('a letter over the limit is refused, announced or not', async () => {
  const { port, kept } = await intakeWith({ sizeBytesMax: 5000 })
  const client = await talk(port)
  await client.say('EHLO a.example')
  expect(await client.say('MAIL FROM:<a@b.tw> SIZE=6000')).toMatch(/^552 /)
  await client.say('MAIL FROM:<a@b.tw>', 'RCPT TO:<mayor@kinmen.example>', 'DATA')
  expect(await client.say(`Subject: x\r\n\r\n${'long line\r\n'.repeat(3000)}.`)).toMatch(/^552 /)
  expect(kept).toEqual([])
  await client.say('MAIL FROM:<a@b.tw>', 'RCPT TO:<mayor@kinmen.example>', 'DATA')
  expect(await client.say('Subject: small\r\n\r\ny\r\n.')).toMatch(/^250 /)
})

test('a letter whose sender hangs up in the middle is not taken', async () => {
  const { port, kept } = await intakeWith()
  const client = await talk(port)
  await client.say('EHLO a.example', 'MAIL FROM:<a@b.tw>', 'RCPT TO:<mayor@kinmen.example>', 'DATA')
  client.write(Buffer.from('Subject: half\r\n\r\nhalf a le'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  client.hangUp()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(kept).toEqual([])
})

test('over LMTP each recipient gets its own answer', async () => {
  const kept: string[] = []
  const { port } = await intakeWith({
    protocol: 'lmtp',
    onLetter: async (_raw, { to }) => {
      if (to[0]?.mailbox === '院長電子信箱') throw new Error('full')
      kept.push(...to.map((each) => each.mailbox))
    },
  })
  const client = await talk(port)
  await client.say('LHLO a.example', 'MAIL FROM:<a@b.tw>', 'RCPT TO:<mayor@kinmen.example>', 'RCPT TO:<premier@kinmen.example>', 'DATA')
  client.write(Buffer.from('Subject: x\r\n\r\ny\r\n.\r\n'))
  expect(await client.answers(2)).toEqual([expect.stringMatching(/^250 /), expect.stringMatching(/^451 /)])
  expect(kept).toEqual(['縣長電子信箱'])
})

test('a port that is taken is an error at the start', async () => {
  const { port } = await intakeWith()
  await expect(intakeWith({ port })).rejects.toThrow(/EADDRINUSE/)
})

async function talk(port: number) {
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  let received = ''
  socket.on('data', (data: Buffer) => { received += data.toString('latin1') })
  socket.on('error', () => {})
  // An answer ends with a line whose code is followed by a space.
  const answer = async (): Promise<string> => {
    const whole = () => /^(?:\d{3}-.*\r\n)*\d{3} .*\r\n/.exec(received)?.[0]
    await until(() => whole() !== undefined)
    const text = whole() ?? ''
    received = received.slice(text.length)
    return text
  }
  await answer()
  return {
    say: async (...lines: string[]) => {
      let last = ''
      for (const line of lines) {
        socket.write(line + '\r\n')
        last = await answer()
      }
      return last
    },
    answer,
    answers: async (count: number) => {
      const all: string[] = []
      while (all.length < count) all.push(await answer())
      return all
    },
    write: (bytes: Buffer) => socket.write(bytes),
    unanswered: () => received,
    hangUp: () => socket.destroy(),
  }
}

async function until(happened: () => boolean): Promise<void> {
  const deadline = Date.now() + 3000
  while (!happened()) {
    if (Date.now() > deadline) throw new Error('nothing happened within three seconds')
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
