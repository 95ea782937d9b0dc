import { createHash, randomBytes } from 'node:crypto'

/** The secret part of a calendar's address: 192 bits. */
export const newSecret = (): string => randomBytes(24).toString('base64url')

export const secretHash = (secret: string): Buffer => createHash('sha256').update(`calendar ${secret}`).digest()
