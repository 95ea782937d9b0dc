import { z } from 'zod'
import { act } from '../act.ts'
import { dayField, optionalDay } from '../day-fields.ts'
import type { Reader, Tx } from '../db.ts'
import { done, NotFound, refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import type { Day } from '../time.ts'
import type { Called, Hearing } from './hearing.ts'
import { type CommitteeRules, noRules } from './rules.ts'
import { seats } from './words.ts'
import './tables.ts'

export type CommitteeMember = { id: number; name: string; title: string; seat: keyof typeof memberSeats; outside: boolean; gender: 'f' | 'm' | null; fromOn: Day; untilOn: Day | null }
export type Committee = { id: number | null; code: string; name: string; basis: string; rules: CommitteeRules; members: CommitteeMember[] }

const { other: _other, ...memberSeats } = seats
export { memberSeats }

/** The committee of a kind of meeting with everybody who ever sat on it; as declared until it has its first member. */
export async function findCommittee(reader: Reader, hearing: Called): Promise<Committee | null> {
  if (!hearing.committee) return null
  const row = await reader.selectFrom('committees').selectAll().where('code', '=', hearing.committee.code).executeTakeFirst()
  if (!row) return { id: null, ...hearing.committee, members: [] }
  const members = await reader.selectFrom('committee_members').selectAll().where('committee_id', '=', row.id).orderBy('id').execute()
  return {
    id: row.id, code: row.code, name: row.name, basis: row.basis, rules: row.rules,
    members: members.map((one) => ({ id: one.id, name: one.name, title: one.title, seat: one.seat, outside: one.outside, gender: one.gender, fromOn: one.from_on, untilOn: one.until_on })).sort((a, b) => order(a) - order(b)),
  }
}

const order = ({ seat }: CommitteeMember): number => Object.keys(memberSeats).indexOf(seat)
/** Who has a seat on that day. */
export const seatedOn = (members: readonly CommitteeMember[], on: Day): CommitteeMember[] => members.filter(({ fromOn, untilOn }) => fromOn <= on && (untilOn === null || on <= untilOn))

/** Its row, made from the declaration when it is needed for the first time. */
export async function ensureCommittee(tx: Tx, declared: NonNullable<Hearing['committee']>): Promise<{ id: number; rules: CommitteeRules }> {
  await tx.insertInto('committees').values({ code: declared.code, name: declared.name, basis: declared.basis, rules: JSON.stringify(declared.rules) as never }).onConflict((conflict) => conflict.column('code').doNothing()).execute()
  return tx.selectFrom('committees').select(['id', 'rules']).where('code', '=', declared.code).executeTakeFirstOrThrow()
}

export async function rulesOf(reader: Reader, committeeId: number | null): Promise<CommitteeRules> {
  if (committeeId === null) return noRules
  return (await reader.selectFrom('committees').select('rules').where('id', '=', committeeId).executeTakeFirstOrThrow()).rules
}

const NewMember = z.object({
  name: z.string().trim().min(1, '請填姓名').max(50),
  title: z.string().trim().max(100).default(''),
  seat: z.enum(Object.keys(memberSeats) as [keyof typeof memberSeats], { error: '請選擇職務' }),
  outside: z.enum(['yes', 'no'], { error: '請選擇內聘或外聘' }),
  gender: z.enum(['f', 'm', '']).default(''),
  fromOn: dayField('請填任期開始的日期，例如 110/1/1'),
  untilOn: optionalDay('任期屆滿日看不懂，例如 111/12/31'),
})
const EndedMember = z.object({ member: z.coerce.number().int(), untilOn: dayField('請填最後一天，例如 110/12/31') })

/** Acts on who sits on the committee of this kind of meeting. */
export function memberActs(hearing: Hearing) {
  const { committee } = hearing
  return {
    addMember: act(`${hearing.kind}.add-member`, NewMember, async (tx, ctx, input) => {
      if (!committee) throw new NotFound()
      if (input.untilOn && input.untilOn < input.fromOn) return refusal('committee.term', '任期屆滿日早於開始日', { field: 'untilOn' })
      const { id } = await ensureCommittee(tx, committee)
      const others = await tx.selectFrom('committee_members').select(['name', 'seat', 'until_on', 'from_on']).where('committee_id', '=', id).execute()
      const meets = others.filter((one) => (one.until_on === null || one.until_on >= input.fromOn) && (input.untilOn === null || one.from_on <= input.untilOn))
      if (meets.some(({ name }) => name === input.name)) return refusal('committee.twice', `${input.name} 在這段期間已經是委員`, { field: 'name' })
      if (input.seat === 'chair' && meets.some(({ seat }) => seat === 'chair')) return refusal('committee.chair', '這段期間已經有主任委員，請先登錄前任的最後一天', { field: 'seat' })
      const added = await tx
        .insertInto('committee_members')
        .values({ committee_id: id, name: input.name, title: input.title, seat: input.seat, outside: input.outside === 'yes', gender: input.gender || null, from_on: input.fromOn, until_on: input.untilOn })
        .returning('id').executeTakeFirstOrThrow()
      await record(tx, ctx, 'committee.member-added', { payload: { committee: committee.code, member: added.id } })
      return done()
    }, { permission: hearing.manage }),

    /** The last day of a term; earlier meetings keep who sat in them. */
    endMember: act(`${hearing.kind}.end-member`, EndedMember, async (tx, ctx, input) => {
      if (!committee) throw new NotFound()
      const member = await tx.selectFrom('committee_members as m').innerJoin('committees as c', 'c.id', 'm.committee_id').select(['m.id', 'm.from_on']).where('c.code', '=', committee.code).where('m.id', '=', input.member).forUpdate('m').executeTakeFirst()
      if (!member) throw new NotFound('找不到這位委員')
      if (input.untilOn < member.from_on) return refusal('committee.term', '最後一天早於任期開始日', { field: 'untilOn' })
      await tx.updateTable('committee_members').set({ until_on: input.untilOn }).where('id', '=', member.id).execute()
      await record(tx, ctx, 'committee.member-ended', { payload: { committee: committee.code, member: member.id, until: input.untilOn } })
      return done()
    }, { permission: hearing.manage }),
  }
}
