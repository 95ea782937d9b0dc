import { sql } from 'kysely'
import type { Reader, Tx } from '../../../core/db.ts'
import { NotFound } from '../../../core/errors.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import type { Day } from '../../../core/time.ts'
import { caseKind, type Decision, type RequestState, type Stage, type What } from '../schema.ts'
import '../tables.ts'

export type Request = RequestState & {
  id: number
  caseName: string
  channel: 'web' | 'counter'
  name: string
  email: string | null
  phone: string | null
  wish: string
  identityShown: string | null
  receivedAt: Date | null
  closedAt: Date | null
  extensionReason: string | null
  decision: Decision | null
  reasons: string | null
  answeredAt: Date | null
  explanation: string[]
  caseIds: number[]
}

type Row = Omit<Request, 'name' | 'email' | 'phone'> & { what: What; stage: Stage; dueOn: Day | null; name: Buffer; email: Buffer | null; phone: Buffer | null }

const columns = sql`c.id, coalesce(c.number, c.follow_no) as "caseName", c.stage, c.due_on as "dueOn", c.received_at as "receivedAt", c.closed_at as "closedAt",
  r.what, r.channel, r.name, r.email, r.phone, r.wish, r.identity_shown as "identityShown", r.extension_days as "extensionDays", r.extension_reason as "extensionReason",
  r.decision, r.reasons, r.answered_at as "answeredAt",
  coalesce((select k.explanation from case_clocks k where k.case_id = c.id and k.main), '{}') as explanation,
  (select coalesce(array_agg(i.case_id order by i.case_id), '{}') from personal_data_request_cases i where i.request_id = c.id) as "caseIds"`

/** A request as its officer sees it. NotFound where there is none of that name. */
export async function getRequest(reader: Reader, name: string): Promise<Request> {
  const found = await sql<Row>`select ${columns} from cases c join personal_data_requests r on r.id = c.id where c.kind = ${caseKind} and (c.number = ${name} or c.follow_no = ${name})`.execute(reader)
  return opened(found.rows[0])
}

/** The same, held by this act's transaction. */
export async function lockRequest(tx: Tx, name: string): Promise<Request> {
  const locked = await sql<{ id: number }>`select id from cases where kind = ${caseKind} and (number = ${name} or follow_no = ${name}) for update`.execute(tx)
  if (!locked.rows[0]) throw new NotFound('找不到這件個資請求')
  return getRequest(tx, name)
}

function opened(row: Row | undefined): Request {
  if (!row) throw new NotFound('找不到這件個資請求')
  return { ...row, name: unseal(row.name) ?? '', email: unseal(row.email), phone: unseal(row.phone), caseIds: row.caseIds.map(Number) }
}

export type RequestLine = { id: number; caseName: string; what: What; stage: Stage; dueOn: Day | null; receivedAt: Date | null; closedAt: Date | null; decision: Decision | null }

export const pageSize = 50

/** What waits, the soonest due first, or what was answered, the latest first. */
export async function listRequests(reader: Reader, show: 'open' | 'closed', page: number): Promise<{ rows: RequestLine[]; more: boolean }> {
  const found = await sql<RequestLine>`
    select c.id, coalesce(c.number, c.follow_no) as "caseName", c.stage, c.due_on as "dueOn", c.received_at as "receivedAt", c.closed_at as "closedAt", r.what, r.decision
    from cases c join personal_data_requests r on r.id = c.id
    where c.kind = ${caseKind} and ${show === 'open' ? sql`c.stage = 'received'` : sql`c.stage = 'closed'`}
    order by ${show === 'open' ? sql`c.due_on, c.id` : sql`c.closed_at desc, c.id desc`} limit ${sql.lit(pageSize + 1)} offset ${page * pageSize}`.execute(reader)
  return { rows: found.rows.slice(0, pageSize), more: found.rows.length > pageSize }
}
