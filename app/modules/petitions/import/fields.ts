import { hash } from 'node:crypto'
import { keyedHash } from '../../../core/personal-data/index.ts'
import type { PetitionImportRow } from './check.ts'
import { type PetitionCells, petitionColumns } from './columns.ts'

export type Field = keyof PetitionCells

/** Every column's property, in the order of the contract. New columns go to the end: the order is stored. */
export const fields = Object.keys(petitionColumns([])) as Field[]

const columnNames = new Map(fields.map((field) => [field, petitionColumns([])[field].name]))

export const columnNameOf = (field: Field): string => columnNames.get(field)!

/** The properties that a file with these columns says something about. */
export function fieldsIn(header: string[]): Field[] {
  return fields.filter((field) => header.includes(columnNameOf(field)))
}

const personal: ReadonlySet<Field> = new Set<Field>(['senderName', 'senderEmail', 'senderPhone', 'senderAddress'])
const bytesPerField = 8

/** Eight bytes for each field, zeros for a blank one. Personal fields under the key of that version: these hashes cannot be made again. */
export function hashFields(row: PetitionImportRow, keyVersion: number): Buffer {
  const hashes = Buffer.alloc(fields.length * bytesPerField)
  fields.forEach((field, i) => {
    const text = textOf(row, field)
    if (text === '') return
    const whole = personal.has(field) ? keyedHash(text, keyVersion).subarray(-32) : hash('sha256', text, 'buffer')
    whole.copy(hashes, i * bytesPerField, 0, bytesPerField)
  })
  return hashes
}

/** Those of the given fields that were different in the row whose hashes were stored. */
export function differingFields(stored: Buffer, now: Buffer, given: Field[]): Field[] {
  return given.filter((field) => {
    const from = fields.indexOf(field) * bytesPerField
    return !stored.subarray(from, from + bytesPerField).equals(now.subarray(from, from + bytesPerField))
  })
}

/** The stored hashes with those of the given fields renewed. */
export function renewedHashes(stored: Buffer, now: Buffer, given: Field[]): Buffer {
  const renewed = Buffer.alloc(now.length)
  stored.copy(renewed)
  for (const field of given) {
    const from = fields.indexOf(field) * bytesPerField
    now.copy(renewed, from, from, from + bytesPerField)
  }
  return renewed
}

function textOf(row: PetitionImportRow, field: Field): string {
  const value = field === 'unit' ? row.unitId : field === 'jointUnits' ? row.jointUnitIds.join(' ') : row[field]
  if (value === null || value === false) return ''
  return value instanceof Date ? value.toISOString() : String(value)
}
