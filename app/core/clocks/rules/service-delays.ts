import { addDays, type Day } from '../../time.ts'
import type { Rule } from '../rule.ts'

// When a substituted service takes effect: three procedures, three rules.

type Delays = NonNullable<Rule['serviceDelays']>

/** 行政程序法 §74, §81: a disposition. That deposit takes effect at once is the settled reading of §74, which names no days. */
export const dispositionService: Delays = {
  寄存送達: { days: 0, citation: '行政程序法 §74：條文未定經過日數，通說以寄存完畢即生效，待法制單位確認' },
  公示送達: { days: 20, citation: '行政程序法 §81：自公告或最後刊登之日起，經二十日發生效力' },
  國外公示送達: { days: 60, citation: '行政程序法 §81、§78 I ③：經六十日發生效力' },
  再次公示送達: { days: 1, citation: '行政程序法 §81 但書、§79：自黏貼公告欄翌日起發生效力' },
}

/** 訴願法 §47 III applies 行政訴訟法 §71–83: notices and decisions of the appeal authority. */
export const appealService: Delays = {
  寄存送達: { days: 10, citation: '訴願法 §47 III、行政訴訟法 §73 III：自寄存之日起，經十日發生效力' },
  公示送達: { days: 20, citation: '訴願法 §47 III、行政訴訟法 §82：經二十日發生效力' },
  國外公示送達: { days: 60, citation: '訴願法 §47 III、行政訴訟法 §82：經六十日發生效力' },
  再次公示送達: { days: 1, citation: '訴願法 §47 III、行政訴訟法 §82 但書：自黏貼翌日起發生效力' },
}

/** 民事訴訟法 §138, §152: papers of 國家賠償 negotiation and of consumer mediation. */
export const civilService = (applied: string): Delays => ({
  寄存送達: { days: 10, citation: `${applied}、民事訴訟法 §138 II：自寄存之日起，經十日發生效力` },
  公示送達: { days: 20, citation: `${applied}、民事訴訟法 §152：經二十日發生效力` },
  國外公示送達: { days: 60, citation: `${applied}、民事訴訟法 §152：經六十日發生效力` },
  再次公示送達: { days: 1, citation: `${applied}、民事訴訟法 §152 但書：自黏貼翌日起發生效力` },
})

/** The day on which a service of that kind, done on a day, takes effect; a plain one at once. */
export const effectOf = (delays: Delays, on: Day, kind: string | null): Day => addDays(on, delays[kind as keyof Delays]?.days ?? 0)

/** 消費者保護法 §45-4 III: a plan in a small case is never served by public notice. */
export const depositOnly = ({ 寄存送達 }: Delays): Delays => (寄存送達 ? { 寄存送達 } : {})
