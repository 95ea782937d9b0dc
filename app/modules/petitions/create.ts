import { sql } from 'kysely'
import type { ActContext } from '../../core/act.ts'
import { mainClock, setMainClock } from '../../core/cases/due.ts'
import { drawCaseNumber, newFollowNo } from '../../core/cases/numbers.ts'
import type { Tx } from '../../core/db.ts'
import { eventRow, record } from '../../core/events/record.ts'
import { personalHash, seal } from '../../core/personal-data/index.ts'
import { searchText } from '../../core/search/text.ts'
import { dayOf } from '../../core/time.ts'
import { findQuestions } from './questions.ts'
import { caseKind, type Channel, numberPrefix } from './schema.ts'

export type Sender = { name?: string | null; email?: string | null; phone?: string | null; address?: string | null }

export type NewPetition = {
  channel: Channel
  title: string
  body: string
  sender: Sender
  /** when it counts as received; null while the resident has not confirmed */
  receivedAt: Date | null
  category?: string | null
  township?: string | null
  place?: string | null
  latitude?: number | null
  longitude?: number | null
  publishConsent?: boolean
  confidential?: boolean
  language?: string
  answerBy?: 'mail' | 'post' | 'telephone' | 'counter' | 'none'
  mailboxRef?: string | null
  followCode?: string | null
  confirm?: { tokenHash: Buffer; until: Date } | null
  readBackAt?: Date | null
  previousId?: number | null
  letterKind?: 'letter' | 'oral-record'
}

/**
 * Writes the case, its petition, the letter, its questions, its clock and the search text. It has no 案號 yet.
 * One statement, since many residents file at once: each row's foreign keys hold when the statement ends.
 */
export async function createPetition(tx: Tx, ctx: ActContext, petition: NewPetition): Promise<{ id: number; followNo: string }> {
  const followNo = newFollowNo()
  const { receivedAt } = petition
  const text = searchText([petition.title, petition.body, petition.place].filter(Boolean).join('\n'))
  const questions = findQuestions(petition.body)
  // until the case is written its id is that of the statement's own first row
  const id = sql<number>`(select id from new_case)` as unknown as number
  const clock = receivedAt ? mainClock({ caseId: id, rule: filingRule, trigger: receivedAt, cause: 'received', at: receivedAt }) : null
  const event = eventRow(ctx, 'petition.filed', { caseId: id, toStage: receivedAt ? 'received' : 'unconfirmed', payload: { channel: petition.channel }, ...(receivedAt ? { happenedAt: receivedAt } : {}) })
  let writing = tx
    .with('new_case', (q) => q.insertInto('cases').values({ ...caseOf(petition, followNo), due_on: clock?.dueOn ?? null }).returning('id'))
    .with('detail', (q) => q.insertInto('petitions').values(detailOf(id, ctx, petition)))
    .with('letter', (q) => q.insertInto('petition_letters').values({ case_id: id, kind: petition.letterKind ?? 'letter', text: petition.body, at: receivedAt ?? ctx.now }))
    .with('event', (q) => q.insertInto('events').values(event))
  if (clock) writing = writing.with('clock', (q) => q.insertInto('case_clocks').values(clock.row)).with('due', (q) => q.insertInto('case_dues').values(clock.due)) as never
  if (questions.length) writing = writing.with('questions', (q) => q.insertInto('petition_questions').values(questions.map((question, at) => ({ case_id: id, no: at + 1, text: question, note: null })))) as never
  const made = await writing.insertInto('case_texts').values({ case_id: id, text, kind: caseKind, received_at: receivedAt }).returning('case_id').executeTakeFirstOrThrow()
  return { id: made.case_id, followNo }
}

/** The rule of the main clock, rules.md §2.1. */
const filingRule = 'petition-30wd'

function caseOf(petition: NewPetition, followNo: string) {
  return {
    kind: caseKind,
    follow_no: followNo,
    number: null,
    title: petition.title,
    stage: petition.receivedAt ? 'received' : 'unconfirmed',
    unit_id: null,
    officer_id: null,
    township: petition.township ?? null,
    received_at: petition.receivedAt,
    registered_at: null,
    closed_at: null,
    outcome: null,
    confidential: petition.confidential ?? false,
    merged_into: null,
    previous_id: petition.previousId ?? null,
    import_id: null,
  }
}

function detailOf(id: number, ctx: ActContext, petition: NewPetition) {
  const { sender } = petition
  return {
    id,
    channel: petition.channel,
    mailbox_ref: petition.mailboxRef ?? null,
    category: petition.category ?? null,
    sender_name: seal(sender.name),
    sender_email: seal(sender.email),
    sender_phone: seal(sender.phone),
    sender_address: seal(sender.address),
    name_hash: personalHash('name', sender.name),
    email_hash: personalHash('email', sender.email),
    phone_hash: personalHash('phone', sender.phone),
    answer_by: petition.answerBy ?? (sender.email ? 'mail' : sender.address ? 'post' : sender.phone ? 'telephone' : 'none'),
    language: petition.language ?? 'zh',
    place: petition.place ?? null,
    latitude: petition.latitude ?? null,
    longitude: petition.longitude ?? null,
    publish_consent: petition.publishConsent ?? false,
    published_at: null,
    filed_at: ctx.now,
    follow_code_hash: petition.followCode ? personalHash('code', petition.followCode) : null,
    confirm_token_hash: petition.confirm?.tokenHash ?? null,
    confirm_until: petition.confirm?.until ?? null,
    confirmed_at: null,
    read_back_at: petition.readBackAt ?? null,
    ground: null,
    transferred_to: null,
    other_procedure: null,
    answer: null,
    remedy_advice: null,
    answered_at: null,
    extended_to: null,
    extended_at: null,
    satisfaction: null,
    satisfaction_note: null,
    satisfied_at: null,
    imported_due_on: null,
  } as const
}

/** petition-30wd starts with the receipt; a mailbox letter that asks for confirmation, with the confirmation. */
export async function startClock(tx: Tx, caseId: number, receivedAt: Date): Promise<void> {
  await setMainClock(tx, { caseId, rule: filingRule, trigger: receivedAt, cause: 'received', at: receivedAt })
}

/** Draws the 案號, late in the registering act: every petition is registered, also one that is not acted upon (行政程序法 §173). */
export async function registerPetition(tx: Tx, ctx: ActContext, caseId: number): Promise<string> {
  const number = await drawCaseNumber(tx, caseKind, numberPrefix, dayOf(ctx.now))
  await tx.updateTable('cases').set({ number, registered_at: ctx.now }).where('id', '=', caseId).execute()
  await record(tx, ctx, 'petition.registered', { caseId, payload: { number } })
  return number
}
