import type { Db } from '../db.ts'
import type { Actor } from '../identity/actors.ts'

/** A letter that came to mailboxes of the office, as it came over the wire. */
export type ArrivedLetter = {
  raw: Buffer
  /** sender of the SMTP envelope: '' is the null return path of programs; null where it is not known (fetched letters) */
  from: string | null
  /** names of the mailboxes it came to */
  mailboxes: readonly string[]
  /** when another server of the office took it, if one did; else it arrives now */
  receivedAt: Date | null
  /** scheme and host of the portal, for links in what is answered; null where it was not set */
  origin: string | null
}

/** The module that makes something of letters. */
export type LetterTaker = {
  /** as whom letters are taken in */
  as: Actor
  /** names that settings may give to mailboxes */
  mailboxes: readonly string[]
  /** Resolves once the letter is kept for good; throws when that is not possible now. The same letter may come twice. */
  take(db: Db, letter: ArrivedLetter, onFault: (error: Error) => void): Promise<void>
}

/** Name of the mailbox behind the address we write from: what comes there are answers and bounces. */
export const ownMailbox = '發信地址'

let own: readonly string[] = []

/** Call once at start: every address whose letters come back to us. */
export function useOwnAddresses(addresses: readonly string[]): void {
  own = addresses.map((address) => address.toLowerCase())
}

export function ownAddresses(): readonly string[] {
  return own
}
