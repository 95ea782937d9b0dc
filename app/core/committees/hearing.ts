import type { RawBuilder } from 'kysely'
import type { ActContext, StaffContext } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import type { Refusal, Result } from '../errors.ts'
import type { Person } from '../identity/permissions.ts'
import type { Ask } from '../procedure/step.ts'
import type { Answers } from '../procedure/tables.ts'
import type { Day } from '../time.ts'
import type { MinutesWords } from './minutes.ts'
import type { CommitteeRules } from './rules.ts'
import type { Ground } from './words.ts'

/** One kind of meeting as its module declares it: words, permissions, rules, and what its decisions do. Acts and pages are made from it. */
export type Hearing = {
  /** value of cases.kind, and the noun of its events: `regulation-meeting` */
  kind: string
  /** 案號: 審110-000001 */
  prefix: string
  /** 法規審查會議 */
  label: string
  /** what is treated: 法規案 */
  itemLabel: string
  /** console address of the list; everything else lies below it */
  path: string
  /** permission to read, and to call, record and change */
  read: string
  manage: string
  /** null: parties meet, there are no members; who comes is typed */
  committee: { code: string; name: string; basis: string; rules: CommitteeRules } | null
  decisions: Record<string, DecisionKind>
  /** what is recorded of each case besides its decision: who did not come */
  asks?: readonly Ask<never>[]
  grounds: readonly Ground[]
  visibleTo(person: Person, alias: string): RawBuilder<boolean>
  itemPath(number: string): string
  /** cases that could be put on an agenda now and are on no other that is planned */
  eligible(reader: Reader, person: Person): Promise<{ number: string; title: string }[]>
  /** the same for one case inside an act, held */
  lockItem(tx: Tx, ctx: StaffContext, number: string): Promise<Result<{ id: number; title: string; section?: string }>>
  /** what follows for the case of an item when the meeting ends; a refusal leaves the meeting open */
  carryOut(tx: Tx, ctx: StaffContext, item: DecidedItem): Promise<Refusal | null>
  /** when a case is put on an agenda that is planned, and when that meeting is cancelled */
  onAgenda?(tx: Tx, ctx: ActContext, caseId: number, heldOn: Day | null): Promise<void>
  /** before a meeting is cancelled: why it cannot be */
  refuseCancel?(tx: Tx, meetingId: number): Promise<Refusal | null>
  /** before a meeting is put on another day: why it cannot be, or what goes along */
  refuseMove?(tx: Tx, meetingId: number, on: Day): Promise<Refusal | null>
  /** after the decisions took effect, in the same transaction: what else the meeting decided */
  afterItems?(tx: Tx, ctx: StaffContext, meeting: { id: number; number: string; heldOn: Day }): Promise<Refusal | null>
  /** what the minutes say besides, and in which words */
  minutes?(tx: Tx, meetingId: number): Promise<MinutesWords>
  /** which part of the record may be shown to whom is the module's: a line under the minutes */
  note?: string
  /**
   * Parties meet (協議): called by a step of the case that is treated and by nothing else, so that no agenda is made and no invitation sent from here; nobody
   * votes or sits out. `decision`: what it comes to is called; `called`: what the list says while there is none
   */
  parties?: { decision: string; called: string }
}

/** As much of it as calling and closing a meeting needs. */
export type Called = Pick<Hearing, 'kind' | 'prefix' | 'label' | 'itemLabel' | 'committee' | 'lockItem' | 'onAgenda'>

/** `needsText`: what was decided must be written, the word alone does not say it. */
export type DecisionKind = { label: string; needsText?: true }

export type DecidedItem = { id: number; caseId: number; number: string; decision: string; text: string; answers: Answers; meeting: { id: number; number: string; heldOn: Day } }

export const decisionLabels = (hearing: Hearing): Record<string, string> => Object.fromEntries(Object.entries(hearing.decisions).map(([code, { label }]) => [code, label]))

export const meetingPath = (hearing: Hearing, name: string, what?: string) => `${hearing.path}/${encodeURIComponent(name)}${what ? `/${what}` : ''}`
export const newMeetingPath = (hearing: Hearing) => `${hearing.path}/new`
export const itemPath = (hearing: Hearing, name: string, item: number | string) => meetingPath(hearing, name, `items/${item}`)
export const membersPath = (hearing: Hearing) => `${hearing.path}/members`
