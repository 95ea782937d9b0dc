import { refusal, type Refusal } from '../errors.ts'
import type { Attendance, Seat } from './words.ts'

/** 過半數 is more than half; 二分之一以上、三分之一以上、三分之二以上 include the share itself (刑法 §10 I: 以上俱連本數). */
export type Share = 'over-half' | 'at-least-half' | 'at-least-third' | 'at-least-two-thirds'
export const shares = { 'over-half': '過半數', 'at-least-half': '二分之一以上', 'at-least-third': '三分之一以上', 'at-least-two-thirds': '三分之二以上' } as const
type Rule = { share: Share; law: string }

/** What is asked of one committee, each with the article that says it; null: nothing is asked. */
export type CommitteeRules = {
  /** how many of all members must attend */
  attendance: Rule | null
  /** how many of those attending must agree */
  approval: Rule | null
  /** how many of all members come from outside the agency */
  outside: Rule | null
  /** how many of all members each gender has at least; a warning only */
  gender: Rule | null
  /** how many members the committee has; left out: nothing is said */
  size?: { least: number; most: number; law: string }
  /** the article by which members attend in person; null: a deputy may */
  inPerson: string | null
}

/** Without rules: a hearing of parties, or a working group that stated none. */
export const noRules: CommitteeRules = { attendance: null, approval: null, outside: null, gender: null, inPerson: null }

/** The smallest number of a whole that reaches the share. */
export function leastOf(share: Share, whole: number): number {
  switch (share) {
    case 'over-half': return Math.floor(whole / 2) + 1
    case 'at-least-half': return Math.ceil(whole / 2)
    case 'at-least-third': return Math.ceil(whole / 3)
    case 'at-least-two-thirds': return Math.ceil((whole * 2) / 3)
  }
}

export type Seated = { id: number; name: string; seat: Seat; outside: boolean; attendance: Attendance | null; deputy?: string }
export type Member = { seat: Seat; outside: boolean; gender: 'f' | 'm' | null }

/** Those who count: members with a seat. Alternates (候補) count when they have taken a seat, others never. */
const hasSeat = ({ seat }: { seat: Seat }): boolean => seat !== 'other' && seat !== 'alternate'
export const isThere = ({ attendance }: { attendance: Attendance | null }): boolean => attendance === 'present' || attendance === 'video' || attendance === 'deputy'

/** Whether the committee is made up as the law asks: a decision of one that is not can be attacked (訴願法 §97 I ③). */
export function refuseComposition(rules: CommitteeRules, members: readonly Member[]): Refusal | null {
  const seated = members.filter(hasSeat)
  const { size } = rules
  if (size && (seated.length < size.least || seated.length > size.most)) return refusal('committee.size', `現有委員 ${seated.length} 人，依法要有 ${size.least} 至 ${size.most} 人`, { law: size.law })
  if (!rules.outside) return null
  const outside = seated.filter((one) => one.outside).length
  const least = leastOf(rules.outside.share, seated.length)
  return outside >= least ? null : refusal('committee.outside', `外聘委員 ${outside} 人，全體 ${seated.length} 人，至少要 ${least} 人`, { law: rules.outside.law })
}

/** A sentence where one gender has fewer seats than asked; members whose gender is not given leave it open. */
export function genderWarning(rules: CommitteeRules, members: readonly Member[]): string | null {
  const seated = members.filter(hasSeat)
  if (!rules.gender || !seated.length || seated.some(({ gender }) => gender === null)) return null
  const least = leastOf(rules.gender.share, seated.length)
  const [women, men] = [seated.filter(({ gender }) => gender === 'f').length, seated.filter(({ gender }) => gender === 'm').length]
  return Math.min(women, men) >= least ? null : `女性 ${women} 人、男性 ${men} 人，任一性別至少要 ${least} 人（${rules.gender.law}）`
}

/** A member by deputy where the law wants the person. */
export function refuseDeputies(rules: CommitteeRules, seated: readonly Seated[]): Refusal | null {
  if (!rules.inPerson) return null
  const sent = seated.find((one) => hasSeat(one) && one.attendance === 'deputy')
  return sent ? refusal('meeting.in-person', `${sent.name}：委員應親自出席，不得由他人代理`, { field: `attendance-${sent.id}`, law: rules.inPerson }) : null
}

export type Quorum = { all: number; present: number; least: number; reached: boolean; law: string }

/**
 * Who is there for one item, of all members. Who sits out an item is not counted as attending, and stays among all members: the
 * stricter reading (待法制單位確認). Null where nothing is asked.
 */
export function quorum(rules: CommitteeRules, seated: readonly Seated[], recused: readonly number[] = []): Quorum | null {
  if (!rules.attendance) return null
  const all = seated.filter(hasSeat)
  const present = all.filter((one) => isThere(one) && !recused.includes(one.id)).length
  const least = leastOf(rules.attendance.share, all.length)
  return { all: all.length, present, least, reached: all.length > 0 && present >= least, law: rules.attendance.law }
}

export function refuseQuorum(rules: CommitteeRules, seated: readonly Seated[], recused: readonly number[] = []): Refusal | null {
  const one = quorum(rules, seated, recused)
  return !one || one.reached ? null : refusal('meeting.quorum', `委員 ${one.all} 人，出席 ${one.present} 人，至少要 ${one.least} 人才能決議`, { law: one.law })
}

export type Tally = { for: number; against: number; abstain: number }

/** A vote that was taken: within those who attended, and enough of them for the decision. Null tally: nobody objected. */
export function refuseTally(rules: CommitteeRules, seated: readonly Seated[], recused: readonly number[], tally: Tally | null): Refusal | null {
  if (!tally) return null
  const present = seated.filter((one) => hasSeat(one) && isThere(one) && !recused.includes(one.id)).length
  const cast = tally.for + tally.against + tally.abstain
  if (cast > present) return refusal('meeting.votes', `表決共 ${cast} 人，出席只有 ${present} 人`)
  if (!rules.approval) return null
  const least = leastOf(rules.approval.share, present)
  return tally.for >= least ? null : refusal('meeting.not-carried', `出席 ${present} 人，贊成 ${tally.for} 人，至少要 ${least} 人同意才能作成這個決議`, { law: rules.approval.law })
}

/** 行政程序法 §33 IV: while it is open whether a member sits out, the item stands still. */
export function refuseOpenRecusal(recusals: readonly { granted: boolean | null; name: string }[]): Refusal | null {
  const open = recusals.find(({ granted }) => granted === null)
  return open ? refusal('meeting.recusal-open', `${open.name} 的迴避申請還沒有決定，決定前停止審議`, { law: '行政程序法 §33 IV' }) : null
}
