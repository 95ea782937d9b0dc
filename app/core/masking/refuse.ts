import { refusal, type Refusal } from '../errors.ts'
import { type FoundKind, foundNames, type Masked } from './mask.ts'

/** Numbers and places that may be the office's own or those of public works. */
export const officePlaces: readonly FoundKind[] = ['phone', 'email', 'address', 'parcel', 'coordinates']

type About = {
  /** field of the form that the refusal points to */
  field: string
  /** what the text is called: 答復 */
  what: string
  /** kinds that may stand when `own`: its publisher says that they are the office's; none when left out */
  office?: readonly FoundKind[]
  own?: boolean
}

/** What masking would still take out of a text that is about to be public (rules.md §4), as a refusal; null when it is clean. */
export function refuseUnmasked({ found }: Masked, { field, what, office = [], own = false }: About): Refusal | null {
  const left = found.filter(({ kind }) => !(own && office.includes(kind)))
  if (!left.length) return null
  const hint = left.every(({ kind }) => office.includes(kind)) ? '；如果是機關或公共設施的，請勾選確認' : ''
  const kinds = [...new Set(left.map(({ kind }) => foundNames[kind]))].join('、')
  return refusal('publication.unmasked', `${what}還有${kinds}（${left.map(({ was }) => was).slice(0, 3).join('、')}），請先遮去${hint}`, { field, law: '政府資訊公開法 §18 I ⑥' })
}
