import type { ImapFlow } from 'imapflow'
import { lazily } from '../lazy.ts'

const imapflow = lazily<typeof import('imapflow')>('imapflow')

export type ImapAccount = {
  host: string
  port: number
  /** TLS from the first byte; otherwise STARTTLS is required, except on this machine itself. */
  secure: boolean
  user: string
  pass: string
  folder: string
  /** What becomes of a letter once it is kept: marked as read, or moved to a folder that exists. Nothing is ever deleted. */
  processed: 'flag' | `move:${string}`
  /** PEM of an office's own certificate authority. */
  ca?: string
}

/** What was done with a folder so far. The caller keeps it (as JSON) and gives it back. */
export type ImapState = {
  uidValidity: string
  /** Letters up to this UID have been looked at. */
  highestUid: number
  /** Not kept yet: the callback failed; tried again each time. */
  failed: number[]
  /** Kept, but the server has not been told yet. */
  unmarked: number[]
  /** ISO instant of the last look; where the server numbers its letters anew, letters since then are taken again. */
  lookedAt: string
}

export type ImapFetch = {
  state: { get(): Promise<ImapState | null>; put(state: ImapState): Promise<void> }
  /** Keeps the letter; may get the same letter twice (after a crash, or when the server numbers anew). */
  onLetter(raw: Buffer, letter: { uid: number; uidValidity: string; receivedAt: Date | null }): Promise<void>
  signal?: AbortSignal
  letterBytesMax?: number
  now?: Date
}

export type ImapResult = {
  kept: number
  failed: { uid: number; error: Error }[]
  /** Larger than the limit; left untouched and listed each time until someone takes care of them. */
  tooLarge: { uid: number; bytes: number }[]
  /** Kept, but could not be marked or moved; tried again next time. */
  unmarked: number[]
  numberedAnew: boolean
}

const connectMs = 15_000
const idleMs = 60_000
const letterBytesMaxDefault = 100 * 1024 * 1024

/**
 * Takes the new letters of a folder: the unread ones, and whatever arrived since the last look even if someone has read it
 * in another program meanwhile. One letter that fails does not hold up the others. Throws when the server cannot be
 * reached or the sign-in is refused; the caller's job tries again.
 */
export async function fetchMailbox(account: ImapAccount, fetch: ImapFetch): Promise<ImapResult> {
  fetch.signal?.throwIfAborted()
  const client = clientFor(account)
  const abort = () => client.close()
  fetch.signal?.addEventListener('abort', abort, { once: true })
  try {
    await client.connect()
    await client.mailboxOpen(account.folder)
    const result = await takeLetters(client, account, fetch)
    await client.logout()
    return result
  } catch (error) {
    fetch.signal?.throwIfAborted()
    throw new Error(`IMAP ${account.host}:${account.port} ${account.folder}: ${imapReason(error)}`, { cause: error })
  } finally {
    fetch.signal?.removeEventListener('abort', abort)
    client.close()
  }
}

function clientFor(account: ImapAccount): ImapFlow {
  const isThisMachine = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(account.host)
  const client = new (imapflow().ImapFlow)({
    host: account.host, port: account.port, secure: account.secure,
    // A password never crosses the network in the clear.
    ...(account.secure || isThisMachine ? {} : { doSTARTTLS: true }),
    ...(account.ca === undefined ? {} : { tls: { ca: account.ca } }),
    auth: { user: account.user, pass: account.pass },
    logger: false, disableAutoIdle: true, disableCompression: true,
    connectionTimeout: connectMs, greetingTimeout: connectMs, socketTimeout: idleMs,
    maxLiteralSize: letterBytesMaxDefault * 2,
  })
  // Errors reach the caller through the command under way; without a listener they would end the process.
  client.on('error', () => {})
  return client
}

async function takeLetters(client: ImapFlow, account: ImapAccount, fetch: ImapFetch): Promise<ImapResult> {
  const { mailbox } = client
  if (!mailbox) throw new Error('folder not open')
  const uidValidity = mailbox.uidValidity.toString()
  const known = await fetch.state.get()
  const numberedAnew = known !== null && known.uidValidity !== uidValidity
  const state: ImapState = known && !numberedAnew ? structuredClone(known) : { uidValidity, highestUid: 0, failed: [], unmarked: [], lookedAt: '' }
  const result: ImapResult = { kept: 0, failed: [], tooLarge: [], unmarked: [], numberedAnew }
  const uids = await findNewLetters(client, state, numberedAnew ? known.lookedAt : '')
  for (const uid of state.unmarked) await mark(client, account, state, uid, fetch)
  for (const uid of uids) {
    fetch.signal?.throwIfAborted()
    await takeLetter(client, account, state, uid, fetch, result)
  }
  state.highestUid = Math.max(state.highestUid, mailbox.uidNext - 1, ...uids)
  state.lookedAt = (fetch.now ?? new Date()).toISOString()
  await fetch.state.put(state)
  result.unmarked = state.unmarked
  return result
}

async function findNewLetters(client: ImapFlow, state: ImapState, sinceLook: string): Promise<number[]> {
  const found = new Set([...state.failed, ...await searchFor(client, { seen: false })])
  if (state.highestUid > 0) {
    // "n:*" names the last letter even when its number is lower.
    const arrived = await searchFor(client, { uid: `${state.highestUid + 1}:*` })
    for (const uid of arrived) if (uid > state.highestUid) found.add(uid)
  }
  // IMAP searches by whole days in the server's own time zone: one day of margin.
  if (sinceLook) for (const uid of await searchFor(client, { since: new Date(Date.parse(sinceLook) - 86_400_000) })) found.add(uid)
  return [...found].filter((uid) => !state.unmarked.includes(uid)).sort((a, b) => a - b)
}

async function searchFor(client: ImapFlow, query: { seen?: boolean; uid?: string; since?: Date }): Promise<number[]> {
  const uids = await client.search(query, { uid: true })
  if (!uids) throw new Error('search refused')
  return uids
}

async function takeLetter(client: ImapFlow, account: ImapAccount, state: ImapState, uid: number, fetch: ImapFetch, result: ImapResult): Promise<void> {
  const bytesMax = fetch.letterBytesMax ?? letterBytesMaxDefault
  const described = await client.fetchOne(String(uid), { uid: true, size: true, internalDate: true }, { uid: true })
  const forget = () => { state.failed = state.failed.filter((each) => each !== uid) }
  // Someone moved or removed it meanwhile.
  if (!described) return forget()
  if ((described.size ?? 0) > bytesMax) {
    result.tooLarge.push({ uid, bytes: described.size ?? 0 })
    if (!state.failed.includes(uid)) state.failed.push(uid)
    return
  }
  const fetched = await client.fetchOne(String(uid), { uid: true, source: true }, { uid: true })
  if (!fetched || !fetched.source) return forget()
  try {
    await fetch.onLetter(fetched.source, { uid, uidValidity: state.uidValidity, receivedAt: instantOf(described.internalDate) })
  } catch (error) {
    result.failed.push({ uid, error: error instanceof Error ? error : new Error(String(error)) })
    if (!state.failed.includes(uid)) state.failed.push(uid)
    return
  }
  forget()
  result.kept++
  state.unmarked.push(uid)
  // From the second look on, so that a broken line costs no repetition; the first look leaves what was read long ago alone.
  if (state.highestUid > 0) state.highestUid = Math.max(state.highestUid, uid)
  await fetch.state.put(state)
  await mark(client, account, state, uid, fetch)
}

/** Tells the server that we have the letter. Where it cannot move, it is copied and marked as read: the original stays. */
async function mark(client: ImapFlow, account: ImapAccount, state: ImapState, uid: number, fetch: ImapFetch): Promise<void> {
  const range = String(uid)
  const destination = account.processed.startsWith('move:') ? account.processed.slice('move:'.length) : null
  let told: boolean
  if (destination !== null && client.capabilities.has('MOVE')) told = Boolean(await client.messageMove(range, destination, { uid: true }))
  else told = (destination === null || Boolean(await client.messageCopy(range, destination, { uid: true }))) && await client.messageFlagsAdd(range, ['\\Seen'], { uid: true })
  if (!told) return
  state.unmarked = state.unmarked.filter((each) => each !== uid)
  await fetch.state.put(state)
}

function instantOf(value: Date | string | undefined): Date | null {
  const date = value === undefined ? null : new Date(value)
  return date && !Number.isNaN(date.getTime()) ? date : null
}

function imapReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('authenticationFailed' in error && error.authenticationFailed) return 'sign-in refused'
  const response = 'responseText' in error && typeof error.responseText === 'string' ? error.responseText : ''
  return response || error.message
}
