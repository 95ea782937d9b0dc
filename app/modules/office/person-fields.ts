import { sql } from 'kysely'
import type { Reader } from '../../core/db.ts'
import type { Refusal } from '../../core/errors.ts'
import { roles } from '../../core/identity/permissions.ts'
import { type UnitKind, unitKinds } from '../../core/identity/tables.ts'
import type { ErrorItem } from '../../ui/components/error-summary.tsx'

export const roleOptions = Object.entries(roles).map(([value, text]) => ({ value, text }))

/** Units in force by code; a section after its bureau's name. */
export async function unitOptions(reader: Reader): Promise<{ value: string; text: string }[]> {
  const { rows } = await sql<{ code: string; name: string; kind: UnitKind; bureau: string }>`
    select u.code, u.name, u.kind, b.name as bureau from units u join units b on b.id = u.bureau_id
    where u.valid_until is null or u.valid_until >= current_date order by b.code, u.code <> b.code, u.code`.execute(reader)
  return rows.map(({ code, name, kind, bureau }) => ({ value: code, text: kind === 'section' ? `${bureau}${name}` : `${name}（${unitKinds[kind]}）` }))
}

export const errorOf = (failed: Refusal | undefined, field: string): string | undefined => failed?.fields?.[field] ?? (failed?.field === field ? failed.message : undefined)

/** Each wrong field once. `rename` leads to fields that have another id because the page has several forms. */
export function errorItems(failed: Refusal | undefined, rename = (field: string): string => field): ErrorItem[] {
  if (!failed) return []
  if (!failed.fields) return [{ text: failed.message, field: failed.field && rename(failed.field) }]
  return Object.entries(failed.fields).map(([field, text]) => ({ text, ...(field === '_' ? {} : { field: rename(field) }) }))
}
