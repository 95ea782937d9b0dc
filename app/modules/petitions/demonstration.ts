import type { Caller } from '../../core/act.ts'
import { isRefusal, type Result, valueOf } from '../../core/errors.ts'
import { runTrial } from './dispatch/trial.ts'
import { saveRule, switchRule } from './dispatch/rules-actions.ts'
import { acceptPetition } from './handling/accept.ts'
import { saveDraft } from './handling/draft.ts'
import { submitAnswer } from './handling/submit.ts'
import { registerNew } from './registration/register.ts'
import type { Channel } from './schema.ts'

export { publishAnswers } from './publication/demonstrate.ts'

export type DemonstrationRule = { title: string; category: string | null; words: string[]; unitId: number; weight: number }
export type DemonstrationLetter = {
  channel: Channel
  title: string
  body: string
  receivedAt: Date
  senderName: string | null
  senderEmail: string | null
  senderPhone: string | null
  senderAddress: string | null
  township: string | null
  category: string
  /** names it, so that it is not entered twice */
  mailboxRef: string
}

/** Rules of dispatch, tried against closed cases and put in force. Nothing when there are rules already. */
export async function makeDispatchRules(clerk: Caller, rules: DemonstrationRule[]): Promise<void> {
  if (await clerk.db.selectFrom('petition_dispatch_rules').select('id').limit(1).executeTakeFirst()) return
  for (const { words, category, ...rule } of rules) {
    const { id } = valueOf(await saveRule(clerk, { ...rule, category: category ?? '', words: words.join('、') }))
    valueOf(await runTrial(clerk, { id }))
    valueOf(await switchRule(clerk, { id, state: 'live' }))
  }
}

/** The desk's tray: registered, not dispatched. A letter that was entered before is left alone. */
export async function registerLetters(clerk: Caller, letters: DemonstrationLetter[]): Promise<void> {
  for (const { channel, senderEmail, senderAddress, senderPhone, ...letter } of letters) {
    const answerBy = senderEmail ? 'mail' : senderAddress ? 'post' : senderPhone ? 'telephone' : 'none'
    const oral = channel === 'telephone' || channel === '1999'
    const result: Result<unknown> = await registerNew(clerk, {
      ...letter, channel, senderEmail: senderEmail ?? '', senderAddress: senderAddress ?? '', senderPhone: senderPhone ?? '', senderName: letter.senderName ?? '',
      place: '', objection: '', answerBy, readBackAt: oral ? letter.receivedAt : null, files: [],
    })
    if (isRefusal(result) && result.field !== 'mailboxRef') throw new Error(`${result.code} ${result.message}`)
  }
}

/** What a unit's officer has begun: cases accepted, some of them drafted, the first of these sent up. */
export async function beginWork(officer: Caller, unitId: number, share: number, draft: string): Promise<void> {
  const waiting = await officer.db
    .selectFrom('cases as c')
    .leftJoin('petition_questions as q', (join) => join.onRef('q.case_id', '=', 'c.id').on('q.state', '=', 'open'))
    .select((eb) => ['c.id', 'c.number', eb.fn.count<number>('q.id').as('questions')])
    .where('c.kind', '=', 'petition').where('c.stage', '=', 'dispatched').where('c.unit_id', '=', unitId)
    .groupBy('c.id')
    .orderBy('c.received_at')
    .execute()
  const begun = waiting.slice(0, Math.ceil(waiting.length * share))
  for (const { number } of begun) valueOf(await acceptPetition(officer, { name: number }))
  const plain = begun.filter(({ questions }) => questions === 0)
  for (const [i, { number }] of plain.slice(0, Math.ceil(plain.length / 2)).entries()) {
    valueOf(await saveDraft(officer, { name: number, text: draft, remedy: i === 0 ? 'none' : 'undecided' }))
    // may be held back, for example while a joint unit is still asked: then it stays a draft
    if (i === 0) await submitAnswer(officer, { name: number })
  }
}
