import { createHash } from 'node:crypto'
import { personalHash } from '../../../core/personal-data/index.ts'
import { ownAddresses } from '../../../core/mail/arrived.ts'
import { classifyLetter, type LetterKind } from '../../../core/mail/classify.ts'
import type { Letter } from '../../../core/mail/letter.ts'
import { readLetter } from '../../../core/mail/parse.ts'
import { type AcceptedFile } from '../../../core/documents/accepted-files.ts'
import { type Channel, channels } from '../schema.ts'
import { senderOf } from './content.ts'
import { filesOf } from './letter-files.ts'
import { textHashOf } from './same-text.ts'
import type { InboxKind } from './tables.ts'

/** A letter and all that was made of it before anything is written. */
export type Reading = {
  raw: Buffer
  sha256: Buffer
  letter: Letter
  kind: LetterKind
  files: AcceptedFile[]
  /** which attachments were not taken, and why */
  fileRemarks: string[]
  senderHash: Buffer | null
  textHash: Buffer
}

/** `from`: sender of the SMTP envelope, null where it is not known. Never throws for anything in the bytes. */
export async function readArrived(raw: Buffer, from: string | null): Promise<Reading> {
  const letter = await readLetter(raw)
  const { files, remarks } = await filesOf(letter)
  return {
    raw,
    sha256: createHash('sha256').update(raw).digest(),
    letter,
    kind: classifyLetter(letter, { ownAddresses: ownAddresses(), returnPath: from }),
    files,
    fileRemarks: remarks,
    senderHash: personalHash('email', senderOf(letter).email),
    textHash: textHashOf(letter),
  }
}

export const inboxKindOf = (kind: LetterKind): InboxKind => (kind.kind === 'list-or-bulk' ? 'bulk' : kind.kind)

/** Nothing may be answered automatically, lest two programs write to each other. */
export const isFromProgram = (kind: LetterKind): boolean => kind.kind !== 'letter' || kind.fromProgram

/** The channel of a mailbox by the name that the settings give it; null for the address that we write from. */
export function channelOf(mailbox: string): Channel | null {
  const found = Object.entries(channels).find(([, name]) => name === mailbox)
  return (found?.[0] as Channel | undefined) ?? null
}
