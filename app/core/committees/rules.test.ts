import { expect, test } from 'vitest'
import { compareAgendas } from './compare.ts'
import { type CommitteeRules, genderWarning, leastOf, noRules, quorum, refuseComposition, refuseDeputies, refuseOpenRecusal, refuseQuorum, refuseTally, type Seated, type Share } from './rules.ts'
import type { Attendance } from './words.ts'

const appeals: CommitteeRules = {
  attendance: { share: 'over-half', law: '訴願法 §53' }, approval: { share: 'over-half', law: '訴願法 §53' }, outside: { share: 'at-least-half', law: '訴願法 §52 II' }, gender: { share: 'at-least-third', law: '政策' }, inPerson: '審議規則 §13',
}
const seat = (id: number, attendance: Attendance | null, outside = false): Seated => ({ id, name: `示範${id}`, seat: id === 1 ? 'chair' : 'member', outside, attendance })
const sitting = (...attendances: (Attendance | null)[]) => attendances.map((one, i) => seat(i + 1, one, i % 2 === 0))

test.each<[Share, number, number]>([
  ['over-half', 8, 5], ['over-half', 9, 5], ['over-half', 1, 1], ['at-least-half', 8, 4], ['at-least-half', 9, 5], ['at-least-third', 9, 3], ['at-least-third', 10, 4], ['at-least-two-thirds', 9, 6], ['at-least-two-thirds', 10, 7],
])('%s of %i is at least %i', (share, whole, least) => {
  expect(leastOf(share, whole)).toBe(least)
})

test('more than half of the members must attend (訴願法 §53): four of eight are too few, five are enough; by video is there, on leave is not', () => {
  expect(refuseQuorum(appeals, sitting('present', 'present', 'present', 'present', 'leave', 'leave', 'absent', null))?.code).toBe('meeting.quorum')
  expect(refuseQuorum(appeals, sitting('present', 'present', 'present', 'present', 'video', 'leave', 'absent', null))).toBeNull()
  expect(quorum(appeals, [])).toMatchObject({ reached: false })
  expect(refuseQuorum(noRules, sitting('absent'))).toBeNull()
})

test('who sits out an item does not count as attending it, and is still a member', () => {
  const five = sitting('present', 'present', 'present', 'present', 'present', 'leave', 'leave', 'leave')
  expect(quorum(appeals, five)).toMatchObject({ all: 8, present: 5, least: 5, reached: true })
  expect(quorum(appeals, five, [1])).toMatchObject({ all: 8, present: 4, reached: false })
})

test('alternates and guests do not count', () => {
  const all: Seated[] = [seat(1, 'present'), seat(2, 'present'), { ...seat(3, 'present'), seat: 'alternate' }, { ...seat(4, 'present'), seat: 'other' }, seat(5, 'leave')]
  expect(quorum(appeals, all)).toMatchObject({ all: 3, present: 2, least: 2, reached: true })
})

test('a decision needs more than half of those attending; an abstention is attendance without consent', () => {
  const six = sitting('present', 'present', 'present', 'present', 'present', 'present')
  expect(refuseTally(appeals, six, [], { for: 3, against: 2, abstain: 1 })?.code).toBe('meeting.not-carried')
  expect(refuseTally(appeals, six, [], { for: 4, against: 2, abstain: 0 })).toBeNull()
  expect(refuseTally(appeals, six, [2], { for: 3, against: 2, abstain: 0 })).toBeNull()
  expect(refuseTally(appeals, six, [2], { for: 4, against: 2, abstain: 0 })?.code).toBe('meeting.votes')
  expect(refuseTally(appeals, six, [], null)).toBeNull()
})

test('half the members come from outside (訴願法 §52 II), exactly half will do', () => {
  const member = (outside: boolean) => ({ seat: 'member' as const, outside, gender: null })
  expect(refuseComposition(appeals, [member(true), member(true), member(false), member(false)])).toBeNull()
  expect(refuseComposition(appeals, [member(true), member(true), member(false), member(false), member(false)])?.law).toBe('訴願法 §52 II')
  expect(refuseComposition(appeals, [member(true), { ...member(true), seat: 'alternate' }, member(false), member(false)])?.code).toBe('committee.outside')
  expect(refuseComposition(noRules, [member(false)])).toBeNull()
})

test('a gender with fewer than its share is pointed out, and only when all are known', () => {
  const of = (...genders: ('f' | 'm' | null)[]) => genders.map((gender) => ({ seat: 'member' as const, outside: false, gender }))
  expect(genderWarning(appeals, of('f', 'm', 'm', 'm'))).toContain('至少要 2 人')
  expect(genderWarning(appeals, of('f', 'm', 'm'))).toBeNull()
  expect(genderWarning(appeals, of('m', 'm', null))).toBeNull()
})

test('members attend in person where the law says so (審議規則 §13); elsewhere a deputy will do', () => {
  expect(refuseDeputies(appeals, sitting('present', 'deputy'))).toMatchObject({ code: 'meeting.in-person', field: 'attendance-2' })
  expect(refuseDeputies(noRules, sitting('present', 'deputy'))).toBeNull()
})

test('an item stands still while a recusal is undecided (行政程序法 §33 IV)', () => {
  expect(refuseOpenRecusal([{ granted: false, name: '甲' }, { granted: null, name: '乙' }])?.law).toBe('行政程序法 §33 IV')
  expect(refuseOpenRecusal([{ granted: false, name: '甲' }, { granted: true, name: '乙' }])).toBeNull()
})

test('two versions of an agenda: what came, what went, what has another place; a shift is no move', () => {
  const entries = (text: string) => [...text].map((subject) => ({ number: null, subject }))
  const told = (before: string, after: string) => {
    const { left, right } = compareAgendas(entries(before), entries(after))
    return [left, right].map((side) => side.map(({ entry, change, from }) => `${entry.subject} ${change}${from ? ` ${from}` : ''}`))
  }
  expect(told('甲乙丙', '甲乙丙')).toEqual([['甲 same', '乙 same', '丙 same'], ['甲 same', '乙 same', '丙 same']])
  expect(told('甲乙丙', '丁乙丙')).toEqual([['甲 out', '乙 same', '丙 same'], ['丁 in', '乙 same', '丙 same']])
  expect(told('甲乙丙', '丙乙甲')[1]).toEqual(['丙 moved 3', '乙 same', '甲 moved 1'])
})
