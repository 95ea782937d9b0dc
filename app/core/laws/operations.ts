import type { Day } from '../time.ts'
import { type Article, type ArticleNo, articleName, type Attachment, compareNos, deletedText, type Heading, type LawText, placesOf, type Unit } from './text.ts'

/** One step of an amendment. Places are named as `placesOf` names them; `after: null` is the beginning of the law. */
export type Operation =
  | { do: 'insert'; unit: Unit; after: string | null }
  | { do: 'replace-article'; no: ArticleNo; text: string; caption?: string | undefined }
  /** the number stays, with （刪除） */
  | { do: 'delete-article'; no: ArticleNo }
  /** the unit is gone, number and all: a heading, or an article when the whole law is numbered anew */
  | { do: 'remove'; place: string }
  /** 條次變更, all at once: 5 → 6 and 6 → 7 do not disturb each other */
  | { do: 'renumber'; moves: [from: ArticleNo, to: ArticleNo][] }
  | { do: 'replace-heading'; place: string; heading: Heading }
  | { do: 'rename'; name: string }
  | { do: 'set-form'; form: LawText['form'] }
  | { do: 'set-preamble'; text: string }
  | { do: 'attach'; attachment: Attachment }
  | { do: 'detach'; name: string }
  | { do: 'repeal' }
  /** 暫停適用; null: the whole law */
  | { do: 'suspend'; articles: ArticleNo[] | null }
  | { do: 'resume'; articles: ArticleNo[] | null }
  /** 函告無效 of single articles: their words stay, with the note that they bind nobody (地方制度法 §30) */
  | { do: 'void'; articles: ArticleNo[] }
  /** 施行期限: the last day in force of a 限時法規; null: without end again (中央法規標準法 §23, §24) */
  | { do: 'end-on'; day: Day | null }

export type Standing = { text: LawText; repealed: boolean; suspended: 'all' | ArticleNo[]; /** articles declared void */ voided: ArticleNo[]; /** the last day in force */ endsOn: Day | null }

/** How a law stands before anything is done to it, or a draft that is no law yet. */
export const standingOf = (text: LawText): Standing => ({ text, repealed: false, suspended: [], voided: [], endsOn: null })

/** An operation that does not fit the text: which, and why, as a sentence. */
export class OperationFails extends Error {
  override name = 'OperationFails'
  operation: Operation
  constructor(operation: Operation, why: string) {
    super(why)
    this.operation = operation
  }
}

/** The law after these operations, in their order; what was given stays as it is. Throws OperationFails. */
export function apply(before: Standing, operations: readonly Operation[]): Standing {
  let standing: Standing = { ...before, text: { ...before.text, units: [...before.text.units], attachments: [...before.text.attachments] } }
  for (const operation of operations) standing = step(standing, operation)
  return standing
}

function step(standing: Standing, operation: Operation): Standing {
  const { text } = standing
  const fail = (why: string): never => {
    throw new OperationFails(operation, why)
  }
  switch (operation.do) {
    case 'insert':
      insert(text.units, operation.unit, operation.after, fail, text.form)
      return standing
    case 'replace-article': {
      const at = indexOf(text.units, operation.no) ?? fail(`沒有${articleName(operation.no, text.form)}可以修正`)
      text.units[at] = articleOf(operation.no, operation.text, operation.caption)
      // new words were not what was declared void
      return withoutVoid(standing, operation.no)
    }
    case 'delete-article': {
      const at = indexOf(text.units, operation.no) ?? fail(`沒有${articleName(operation.no, text.form)}可以刪除`)
      text.units[at] = articleOf(operation.no, deletedText)
      return withoutVoid(standing, operation.no)
    }
    case 'remove': {
      const at = indexOf(text.units, operation.place) ?? fail(`沒有「${operation.place}」可以刪去`)
      text.units.splice(at, 1)
      return withoutVoid(standing, operation.place)
    }
    case 'renumber':
      renumber(text, operation.moves, fail)
      return { ...standing, voided: standing.voided.map((no) => new Map(operation.moves).get(no) ?? no) }
    case 'replace-heading': {
      const at = indexOf(text.units, operation.place) ?? fail(`沒有「${operation.place}」可以修正`)
      text.units[at] = operation.heading
      return standing
    }
    case 'attach':
      return { ...standing, text: { ...text, attachments: [...text.attachments.filter(({ name }) => name !== operation.attachment.name), operation.attachment] } }
    case 'detach':
      if (!text.attachments.some(({ name }) => name === operation.name)) fail(`沒有附件「${operation.name}」可以刪去`)
      return { ...standing, text: { ...text, attachments: text.attachments.filter(({ name }) => name !== operation.name) } }
    case 'rename': return { ...standing, text: { ...text, name: operation.name } }
    case 'set-form': return { ...standing, text: { ...text, form: operation.form } }
    case 'set-preamble': return { ...standing, text: { ...text, preamble: operation.text } }
    case 'repeal': return { ...standing, repealed: true }
    case 'suspend': return { ...standing, suspended: operation.articles === null || standing.suspended === 'all' ? 'all' : [...new Set([...standing.suspended, ...operation.articles])] }
    case 'resume': return { ...standing, suspended: resumed(standing, operation.articles) }
    case 'void':
      for (const no of operation.articles) if (indexOf(text.units, no) === null) fail(`沒有${articleName(no, text.form)}`)
      return { ...standing, voided: [...new Set([...standing.voided, ...operation.articles])] }
    case 'end-on': return { ...standing, endsOn: operation.day }
  }
}

const withoutVoid = (standing: Standing, no: string): Standing => ({ ...standing, voided: standing.voided.filter((each) => each !== no) })

/** Resuming some articles of a law that is suspended whole leaves the others suspended. */
function resumed({ suspended, text }: Standing, articles: ArticleNo[] | null): Standing['suspended'] {
  if (articles === null) return []
  const all = suspended === 'all' ? text.units.flatMap((unit) => (unit.kind === 'article' ? [unit.no] : [])) : suspended
  return all.filter((no) => !articles.includes(no))
}

const articleOf = (no: ArticleNo, text: string, caption?: string): Article => ({ kind: 'article', no, ...(caption ? { caption } : {}), text })

function indexOf(units: readonly Unit[], place: string): number | null {
  const article = units.findIndex((unit) => unit.kind === 'article' && unit.no === place)
  const at = article >= 0 ? article : placesOf(units).indexOf(place)
  return at >= 0 ? at : null
}

function insert(units: Unit[], unit: Unit, after: string | null, fail: (why: string) => never, form: LawText['form']): void {
  if (unit.kind === 'article' && units.some((other) => other.kind === 'article' && other.no === unit.no)) fail(`已經有${articleName(unit.no, form)}，不能再增訂`)
  const place = after === null ? -1 : indexOf(units, after)
  units.splice(place === null ? byNumber(units, unit, fail) : place + 1, 0, unit)
}

/**
 * The place named is not there: where amendments take effect in another order than they were made, what one names may not be in
 * force yet. An article then goes where its number belongs.
 */
function byNumber(units: readonly Unit[], unit: Unit, fail: (why: string) => never): number {
  if (unit.kind === 'heading') return fail(`找不到「${unit.title}」要放的位置`)
  const before = units.findLastIndex((other) => other.kind === 'article' && compareNos(other.no, unit.no) < 0)
  return before + 1
}

function renumber(text: LawText, moves: readonly [ArticleNo, ArticleNo][], fail: (why: string) => never): void {
  const to = new Map(moves)
  const units = text.units.map((unit) => (unit.kind === 'article' && to.has(unit.no) ? { ...unit, no: to.get(unit.no)! } : unit))
  const nos = units.flatMap((unit) => (unit.kind === 'article' ? [unit.no] : []))
  for (const [from] of moves) if (!text.units.some((unit) => unit.kind === 'article' && unit.no === from)) fail(`沒有${articleName(from, text.form)}可以變更條次`)
  const twice = nos.find((no, i) => nos.indexOf(no) !== i)
  if (twice) fail(`變更條次後${articleName(twice, text.form)}會有兩個`)
  text.units.splice(0, text.units.length, ...units)
}
