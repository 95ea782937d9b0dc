import type { Caller } from '../../../core/act.ts'
import { isRefusal } from '../../../core/errors.ts'
import { publishPetition } from './actions.ts'
import { mask } from '../../../core/masking/index.ts'
import { findCandidates, findOriginal, pageSize } from './queries.ts'

/** How many petitions are looked at before giving up. */
const pagesMax = 30

/** Publishes the newest answers that need no judgement, until so many are public, a few of each category. */
export async function publishAnswers(clerk: Caller, count: number): Promise<void> {
  const { db, person } = clerk
  const already = await findCandidates(db, person!, 'published')
  let missing = count - Math.min(already.rows.length, pageSize)
  const ofCategory = new Map<string | null, number>()
  for (let page = 0, after: string | undefined; page < pagesMax && missing > 0; page += 1) {
    const { rows, next } = await findCandidates(db, person!, 'waiting', after)
    for (const { name, category } of rows) {
      if (missing <= 0 || (ofCategory.get(category) ?? 0) >= 3) continue
      if (!(await publishAsMasked(clerk, name))) continue
      ofCategory.set(category, (ofCategory.get(category) ?? 0) + 1)
      missing -= 1
    }
    if (!next) return
    after = next
  }
}

async function publishAsMasked(clerk: Caller, name: string): Promise<boolean> {
  const original = await findOriginal(clerk.db, clerk.person!, name)
  const [title, question, answer] = [original.title, original.letter, original.answer ?? ''].map((text) => mask(text, [original.senderName]))
  if ([title!, question!, answer!].some((one) => one.review.length)) return false
  return !isRefusal(await publishPetition(clerk, { name, title: title!.text, question: question!.text, answer: answer!.text, reviewed: 'yes' }))
}
