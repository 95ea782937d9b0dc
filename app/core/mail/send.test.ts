import { createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { classifyLetter } from './classify.ts'
import { startIntake, type Intake } from './intake.ts'
import { readLetter } from './parse.ts'
import { createSender, isOneAddress, messageIdOf, SendFailure, type OutgoingMessage, type Sender } from './send.ts'

const from = '縣民信箱 <mail@kinmen.example>'
const closing: (() => unknown)[] = []
afterEach(async () => { for (const close of closing.splice(0).toReversed()) await close() })

async function setUp(): Promise<{ sender: Sender; received: Buffer[] }> {
  const received: Buffer[] = []
  const intake: Intake = await startIntake({
    protocol: 'smtp', host: '127.0.0.1', port: 0, sizeBytesMax: 5_000_000, recipients: new Map([['ming@example.tw', '收件']]),
    onLetter: async (raw) => { received.push(raw) },
  })
  const sender = createSender({ smtpUrl: `smtp://127.0.0.1:${intake.port}`, from })
  closing.push(() => intake.close(), () => sender.close())
  return { sender, received }
}

const message = (more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  to: 'ming@example.tw', subject: '您的陳情已答復：路燈與𠮷慶堂', text: '王先生您好：\n路燈已修復。\n', messageId: messageIdOf('a7', 'kinmen.example'), ...more,
})

test('a letter arrives as it was written, as an answer to what was asked', async () => {
  const { sender, received } = await setUp()
  const result = await sender.send(message({
    inReplyTo: '<q@example.tw>', references: ['<p@example.tw>'], html: '<p>路燈已修復。</p>', headers: { 'X-Case': '115-0001' },
    attachments: [{ filename: '公文（稿）.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF') }],
  }))
  expect(result).toMatchObject({ state: 'sent', response: expect.stringMatching(/^250/) })
  const letter = await readLetter(received[0] ?? Buffer.alloc(0))
  expect(letter).toMatchObject({
    from: { name: '縣民信箱', address: 'mail@kinmen.example' }, to: [{ address: 'ming@example.tw' }], subject: '您的陳情已答復：路燈與𠮷慶堂',
    text: '王先生您好：\n路燈已修復。', messageId: '<windlion.a7@kinmen.example>', inReplyTo: '<q@example.tw>', references: ['<p@example.tw>', '<q@example.tw>'],
    attachments: [{ filename: '公文（稿）.pdf', mediaType: 'application/pdf' }],
  })
  expect(letter.headers.get('auto-submitted')).toEqual(['auto-replied'])
  expect(letter.headers.get('x-case')).toEqual(['115-0001'])
  expect(letter.warnings).toEqual([])
})

test('our own letter is known again when it comes back', async () => {
  const { sender, received } = await setUp()
  await sender.send(message())
  expect(classifyLetter(await readLetter(received[0] ?? Buffer.alloc(0)))).toMatchObject({ kind: 'loop' })
})

test('without a server the message is kept', async () => {
  expect(await createSender({ from }).send(message())).toEqual({ state: 'kept' })
})

test('nothing typed into a message can add a header or a recipient', async () => {
  const { sender, received } = await setUp()
  const wrong: Partial<OutgoingMessage>[] = [
    { subject: 'a\r\nBcc: x@y.tw' }, { subject: 'a\nb' }, { subject: 'a\0' }, { to: 'ming@example.tw\r\nBcc: x@y.tw' }, { to: 'ming@example.tw, x@y.tw' },
    { to: 'x <ming@example.tw>' }, { to: '' }, { headers: { 'X-A': 'b\r\nBcc: x@y.tw' } }, { headers: { 'X-A\r\nBcc': 'x@y.tw' } }, { headers: { Bcc: 'x@y.tw' } },
    { inReplyTo: '<a@b>\r\nBcc: x@y.tw' }, { references: ['<a@b> <c@d>'] }, { messageId: 'a' },
    { attachments: [{ filename: 'a\r\nb', mediaType: 'text/plain', bytes: Buffer.alloc(1) }] }, { attachments: [{ filename: 'a', mediaType: 'text/plain\r\nX: y', bytes: Buffer.alloc(1) }] },
  ]
  for (const part of wrong) await expect(sender.send(message(part))).rejects.toThrow(RangeError)
  for (const part of wrong) await expect(createSender({ from }).send(message(part))).rejects.toThrow(RangeError)
  expect(received).toEqual([])
  expect(() => createSender({ from: 'a\r\n <b@c.tw>' })).toThrow(RangeError)
  expect(() => messageIdOf('a@b> <c', 'd')).toThrow(RangeError)
})

test('an unknown recipient is refused for good, a busy or absent server only for now', async () => {
  const { sender } = await setUp()
  await expect(sender.send(message({ to: 'nobody@example.tw' }))).rejects.toMatchObject({ name: 'SendFailure', permanent: true })
  const busy = createServer((socket) => { socket.on('error', () => {}).end('421 busy\r\n') })
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
  const address = busy.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const patient = createSender({ smtpUrl: `smtp://127.0.0.1:${port}`, from })
  closing.push(() => patient.close())
  await expect(patient.send(message())).rejects.toMatchObject({ permanent: false })
  await new Promise((resolve) => busy.close(resolve))
  const failure = await patient.send(message()).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(SendFailure)
  expect(failure).toMatchObject({ permanent: false })
})

test('one plain address is told from everything else', () => {
  for (const address of ['a@b.tw', 'first.last+tag@sub.example.tw', '王@例子.tw']) expect(isOneAddress(address)).toBe(true)
  for (const address of ['', 'a', '@b.tw', 'a@', 'a@b@c', 'a b@c.tw', '.a@b.tw', 'a..b@c.tw', 'a@.tw', 'a@b.', '-oX@b.tw', `${'a'.repeat(65)}@b.tw`]) expect(isOneAddress(address)).toBe(false)
})
