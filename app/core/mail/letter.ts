/** A person or office as a letter names it. The address is lower-cased in its domain only. */
export type Correspondent = { name: string; address: string }

export type Attachment = {
  filename: string
  /** As the letter declares it, lower-case; never trusted for opening the file. */
  mediaType: string
  bytes: Buffer
  /** Shown inside the letter (an image referred to by its Content-ID) rather than enclosed. */
  inline: boolean
  /** The readable text of an enclosed letter (message/rfc822), so that it can be shown and searched. */
  text?: string
}

export type WarningCode =
  | 'charset-corrected' | 'charset-doubtful' | 'no-text' | 'text-cut' | 'html-crude' | 'too-many-parts'
  | 'nested-too-deep' | 'winmail' | 'encrypted' | 'no-sender' | 'no-message-id' | 'bad-date' | 'headers-cut' | 'text-from-enclosed'

/** What an officer should know about the reading of this letter; the message is a zh-TW sentence. */
export type Warning = { code: WarningCode; message: string }

/** A letter in readable form. The original bytes are kept by the caller and never changed. */
export type Letter = {
  /** With angle brackets; null when the letter carries none. */
  messageId: string | null
  inReplyTo: string | null
  references: string[]
  from: Correspondent | null
  replyTo: Correspondent | null
  to: Correspondent[]
  cc: Correspondent[]
  subject: string
  text: string
  /** When the sender's machine says it was written; the receipt is the office's own time, never this. */
  date: Date | null
  attachments: Attachment[]
  /** Every header of the letter itself, lower-case names, decoded values in the order they stand. */
  headers: ReadonlyMap<string, readonly string[]>
  warnings: Warning[]
}

export function header(letter: Letter, name: string): string | null {
  return letter.headers.get(name)?.[0] ?? null
}
