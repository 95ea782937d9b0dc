import type { Generated } from 'kysely'
import type { ActContext } from '../act.ts'
import type { Tx } from '../db.ts'

declare module '../db.ts' {
  interface Tables {
    events: EventTable
  }
}

export interface EventTable {
  id: Generated<number>
  kind: string
  happened_at: Date
  recorded_at: Generated<Date>
  case_id: number | null
  person_id: number | null
  on_behalf_of: number | null
  from_stage: string | null
  to_stage: string | null
  payload: Generated<Record<string, unknown>>
}

export type EventDetails = {
  caseId?: number
  /** when it happened, if not now */
  happenedAt?: Date
  fromStage?: string
  toStage?: string
  /** ids, codes and salted hashes; never a name, an address or a letter's words */
  payload?: Record<string, unknown>
}

/** Records that something happened, in the act's own transaction. `kind` is a past fact: `petition.dispatched`. */
export async function record(tx: Tx, ctx: ActContext, kind: string, details: EventDetails = {}): Promise<void> {
  await tx.insertInto('events').values(eventRow(ctx, kind, details)).execute()
}

/** The row of `record`, for an act that writes all its rows in one statement. */
export function eventRow(ctx: ActContext, kind: string, details: EventDetails = {}) {
  return {
    kind,
    happened_at: details.happenedAt ?? ctx.now,
    case_id: details.caseId ?? null,
    person_id: ctx.person?.id ?? null,
    on_behalf_of: ctx.onBehalfOf ?? null,
    from_stage: details.fromStage ?? null,
    to_stage: details.toStage ?? null,
    payload: JSON.stringify(details.payload ?? {}) as never,
  }
}
