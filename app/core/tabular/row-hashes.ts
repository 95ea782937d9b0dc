import { hash } from 'node:crypto'
import { keyedHash } from '../personal-data/index.ts'

const bytesPerField = 8

/**
 * What a row of a file said, field by field: eight bytes of a hash each in the order of `fields`, zeros for a blank. So the same row is known
 * again, and a different one by the fields that differ. Personal fields under the key of that version: their hashes cannot be made again.
 */
export function hashRow<Field extends string>(fields: readonly Field[], textOf: (field: Field) => string, personal: ReadonlySet<Field>, keyVersion: number): Buffer {
  const hashes = Buffer.alloc(fields.length * bytesPerField)
  fields.forEach((field, i) => {
    const text = textOf(field)
    if (text === '') return
    const whole = personal.has(field) ? keyedHash(text, keyVersion).subarray(-32) : hash('sha256', text, 'buffer')
    whole.copy(hashes, i * bytesPerField, 0, bytesPerField)
  })
  return hashes
}

/** Those of the `given` fields that were different in the row whose hashes were stored; fields that were added since count as blank there. */
export function differingFields<Field extends string>(fields: readonly Field[], stored: Buffer, now: Buffer, given: readonly Field[]): Field[] {
  const before = padded(stored, now.length)
  return given.filter((field) => {
    const from = fields.indexOf(field) * bytesPerField
    return !before.subarray(from, from + bytesPerField).equals(now.subarray(from, from + bytesPerField))
  })
}

/** The stored hashes with those of the given fields renewed: columns that a file leaves out keep what they had. */
export function renewedHashes<Field extends string>(fields: readonly Field[], stored: Buffer, now: Buffer, given: readonly Field[]): Buffer {
  const renewed = padded(stored, now.length)
  for (const field of given) {
    const from = fields.indexOf(field) * bytesPerField
    now.copy(renewed, from, from, from + bytesPerField)
  }
  return renewed
}

function padded(stored: Buffer, length: number): Buffer {
  const whole = Buffer.alloc(length)
  stored.copy(whole)
  return whole
}

/** A cell's value as the text that is hashed; a blank, and a 否, is nothing. */
export function textOfCell(value: unknown): string {
  if (value === null || value === undefined || value === false) return ''
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
