import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Reader, Tx } from '../../../core/db.ts'
import { seal, unseal } from '../../../core/personal-data/index.ts'
import '../tables.ts'

/**
 * Each lawyer's records lie under a key of the lawyer's own, which lies sealed under the county's key and is opened for acts of that
 * lawyer only. It parts the lawyers from each other: a fault that shows another's row shows nothing to read, and with the key thrown
 * away all that they wrote is gone at once, in backups too once theirs are gone. It does not keep out who holds the county's key and
 * the database together.
 */
export async function sealForLawyer(tx: Tx, lawyerId: number, text: string): Promise<Buffer | null> {
  const plain = text.trim()
  if (!plain) return null
  const key = (await findKey(tx, lawyerId)) ?? (await makeKey(tx, lawyerId))
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(aadOf(lawyerId))
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return seal(`${mark}${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')}`)
}

/** The text; null where there is none, or its key was thrown away. What was written before lawyers had keys is read as it was. */
export async function unsealForLawyer(reader: Reader, lawyerId: number, sealed: Buffer | null): Promise<string | null> {
  const inner = unseal(sealed)
  if (!inner?.startsWith(mark)) return inner
  const key = await findKey(reader, lawyerId)
  if (!key) return null
  const whole = Buffer.from(inner.slice(mark.length), 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, whole.subarray(0, 12))
  decipher.setAAD(aadOf(lawyerId))
  decipher.setAuthTag(whole.subarray(12, 28))
  return Buffer.concat([decipher.update(whole.subarray(28)), decipher.final()]).toString('utf8')
}

const mark = 'lawyer-key-1:'
const aadOf = (lawyerId: number) => Buffer.from(`advice-record ${lawyerId}`)

async function findKey(reader: Reader, lawyerId: number): Promise<Buffer | null> {
  const row = await reader.selectFrom('advice_lawyer_keys').select('key').where('lawyer_id', '=', lawyerId).executeTakeFirst()
  const key = unseal(row?.key)
  return key ? Buffer.from(key, 'base64') : null
}

async function makeKey(tx: Tx, lawyerId: number): Promise<Buffer> {
  const key = randomBytes(32)
  // two acts at once: whoever came first has made it
  await tx.insertInto('advice_lawyer_keys').values({ lawyer_id: lawyerId, key: seal(key.toString('base64')) }).onConflict((conflict) => conflict.column('lawyer_id').doNothing()).execute()
  return (await findKey(tx, lawyerId))!
}
