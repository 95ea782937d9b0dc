import { afterEach, beforeEach, expect, test } from 'vitest'
import { fetchMailbox, type ImapAccount, type ImapFetch, type ImapState } from './imap.ts'
import { startTestImapServer, type TestImapServer } from './imap-server-for-tests.ts'
import { big5, joined } from './letters-for-tests.ts'

let server: TestImapServer
let kept: { text: string; uid: number; receivedAt: Date | null }[]
let saved: ImapState | null
beforeEach(async () => {
  server = await startTestImapServer()
  kept = []
  saved = null
})
afterEach(() => server.close())

const fetchNow = (account: Partial<ImapAccount> = {}, fetch: Partial<ImapFetch> = {}) => fetchMailbox(
  { host: '127.0.0.1', port: server.port, secure: false, user: 'mayor', pass: 'open', folder: 'INBOX', processed: 'flag', ...account },
  {
    state: { get: async () => saved, put: async (state) => { saved = structuredClone(state) } },
    onLetter: async (raw, { uid, receivedAt }) => { kept.push({ text: raw.toString('latin1'), uid, receivedAt }) }, ...fetch,
  })

const inbox = () => server.folders.get('INBOX') ?? []

test('unread letters are taken byte for byte and marked after they are kept', async () => {
  const raw = joined('Subject: ', big5('路燈'), '\r\n\r\nbody\r\n')
  const letter = server.add('INBOX', raw)
  server.add('INBOX', 'Subject: read long ago\r\n\r\n', ['\\Seen'])
  const seenWhileKeeping: boolean[] = []
  const result = await fetchNow({}, { onLetter: async (bytes, { uid, receivedAt }) => {
    seenWhileKeeping.push(letter.flags.has('\\Seen'))
    kept.push({ text: bytes.toString('latin1'), uid, receivedAt })
  } })
  expect(result).toEqual({ kept: 1, failed: [], tooLarge: [], unmarked: [], numberedAnew: false })
  expect(kept).toEqual([{ text: raw.toString('latin1'), uid: letter.uid, receivedAt: new Date('2026-11-23T02:00:00Z') }])
  expect(seenWhileKeeping).toEqual([false])
  expect(letter.flags.has('\\Seen')).toBe(true)
  expect(await fetchNow()).toMatchObject({ kept: 0 })
})

test('a letter that arrived since the last look is taken even if someone has read it', async () => {
  server.add('INBOX', 'a')
  await fetchNow()
  server.add('INBOX', 'b', ['\\Seen'])
  expect(await fetchNow()).toMatchObject({ kept: 1 })
  expect(kept.map((each) => each.text)).toEqual(['a', 'b'])
})

test('one letter that cannot be kept holds up no other and is tried again', async () => {
  const bad = server.add('INBOX', 'bad')
  server.add('INBOX', 'good')
  const first = await fetchNow({}, { onLetter: async (raw, { uid, receivedAt }) => {
    if (raw.toString() === 'bad') throw new Error('database away')
    kept.push({ text: raw.toString(), uid, receivedAt })
  } })
  expect(first).toMatchObject({ kept: 1, failed: [{ uid: bad.uid }] })
  expect(bad.flags.has('\\Seen')).toBe(false)
  bad.flags.add('\\Seen')
  expect(await fetchNow()).toMatchObject({ kept: 1, failed: [] })
  expect(kept.map((each) => each.text)).toEqual(['good', 'bad'])
})

test('a kept letter is moved where that is wished', async () => {
  server.folders.set('Done', [])
  server.add('INBOX', 'a')
  await fetchNow({ processed: 'move:Done' })
  expect([inbox().length, server.folders.get('Done')?.length]).toEqual([0, 1])
})

test('nothing is ever deleted, even where the server cannot move', async () => {
  server.settings.capabilities = 'IMAP4rev1'
  server.folders.set('Done', [])
  server.add('INBOX', 'a')
  await fetchNow({ processed: 'move:Done' })
  expect([inbox().length, inbox()[0]?.flags.has('\\Seen'), server.folders.get('Done')?.length]).toEqual([1, true, 1])
  expect(server.said.filter((command) => /EXPUNGE|\\Deleted|^DELETE/i.test(command))).toEqual([])
})

test('a letter kept but not marked is not taken twice', async () => {
  const letter = server.add('INBOX', 'a')
  server.settings.refuse = /STORE/
  expect(await fetchNow()).toMatchObject({ kept: 1, unmarked: [letter.uid] })
  server.settings.refuse = null
  expect(await fetchNow()).toMatchObject({ kept: 0, unmarked: [] })
  expect(letter.flags.has('\\Seen')).toBe(true)
  expect(kept).toHaveLength(1)
})

test('when the line breaks, the next look goes on where it stopped', async () => {
  server.add('INBOX', 'a')
  server.add('INBOX', 'b')
  let count = 0
  server.settings.hangUpAt = /STORE/
  await expect(fetchNow()).rejects.toThrow(/^IMAP 127\.0\.0\.1/)
  count = kept.length
  server.settings.hangUpAt = null
  await fetchNow()
  expect([count, ...kept.map((each) => each.text)]).toEqual([1, 'a', 'b'])
  expect(inbox().every((letter) => letter.flags.has('\\Seen'))).toBe(true)
})

test('a line that breaks at a later look repeats nothing either', async () => {
  server.add('INBOX', 'a')
  await fetchNow()
  server.add('INBOX', 'b', ['\\Seen'])
  const last = server.add('INBOX', 'c', ['\\Seen'])
  server.settings.hangUpAt = new RegExp(`FETCH ${last.uid}`)
  await expect(fetchNow()).rejects.toThrow(/^IMAP/)
  server.settings.hangUpAt = null
  await fetchNow()
  expect(kept.map((each) => each.text)).toEqual(['a', 'b', 'c'])
})

test('when the server numbers its letters anew, recent ones are taken again rather than missed', async () => {
  server.add('INBOX', 'a')
  await fetchNow()
  server.settings.uidValidity = 200
  server.add('INBOX', 'b', ['\\Seen'])
  expect(await fetchNow()).toMatchObject({ kept: 2, numberedAnew: true })
  expect(saved?.uidValidity).toBe('200')
})

test('a letter over the limit is left alone and named', async () => {
  const large = server.add('INBOX', 'x'.repeat(5000))
  server.add('INBOX', 'small')
  expect(await fetchNow({}, { letterBytesMax: 1000 })).toMatchObject({ kept: 1, tooLarge: [{ uid: large.uid, bytes: 5000 }] })
  expect(large.flags.has('\\Seen')).toBe(false)
  expect(await fetchNow({}, { letterBytesMax: 1000 })).toMatchObject({ kept: 0, tooLarge: [{ uid: large.uid }] })
})

test('a wrong password, a missing folder and an unreachable server say which', async () => {
  await expect(fetchNow({ pass: 'wrong' })).rejects.toThrow('sign-in refused')
  await expect(fetchNow({ folder: 'Nowhere' })).rejects.toThrow(/Nowhere/)
  await server.close()
  await expect(fetchNow()).rejects.toThrow(/ECONNREFUSED/)
})

test('a stop is obeyed', async () => {
  server.add('INBOX', 'a')
  server.add('INBOX', 'b')
  const stop = new AbortController()
  await expect(fetchNow({}, { signal: stop.signal, onLetter: async (raw, { uid, receivedAt }) => {
    kept.push({ text: raw.toString(), uid, receivedAt })
    stop.abort()
  } })).rejects.toThrow(/abort/i)
  expect(kept).toHaveLength(1)
})
