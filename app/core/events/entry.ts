import { type RawBuilder, sql } from 'kysely'

/** What is proved of an event: every column, in one fixed text form that PostgreSQL 15 to 18 print alike. Instants are microseconds since 1970. */
export const eventText: RawBuilder<string> = sql`jsonb_build_array(e.id, e.kind, round(extract(epoch from e.happened_at) * 1000000)::bigint,
  round(extract(epoch from e.recorded_at) * 1000000)::bigint, e.case_id, e.person_id, e.on_behalf_of, e.from_stage, e.to_stage, e.payload)::text`

/** A seal's own columns; `sealedAt` in microseconds since 1970. */
export type Seal = { seq: number; sealedAt: number; salt: Buffer; state: Buffer | null; chain: Buffer | null }

/**
 * A leaf's content, JSON: its number from 1, when it was sealed, a salt (so that the hash beside it in somebody's proof cannot be guessed back into an
 * event), the event, the hash of its case's state, and the link of the chain that was there before the tree.
 */
export function entryOf({ seq, sealedAt, salt, state, chain }: Seal, event: string): string {
  const hex = (bytes: Buffer | null) => (bytes ? `"${bytes.toString('hex')}"` : 'null')
  return `["windlion event 1", ${seq}, ${sealedAt}, ${hex(salt)}, ${event}, ${hex(state)}, ${hex(chain)}]`
}

export const sealColumns: RawBuilder<unknown> = sql`s.seq, round(extract(epoch from s.sealed_at) * 1000000)::bigint as "sealedAt", s.salt, s.state_hash as state, s.chain_hash as chain`
