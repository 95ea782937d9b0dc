import { type Article, articleLabel, headingLabel, isDeleted, type LawText, placesOf, type Unit } from './text.ts'
import { type DatedText, isOver } from './dated.ts'
import { redline, type Run } from './redline.ts'

/** A row of the 條文對照表. `moved`: the words stand unchanged under another number (條次變更). */
export type ComparedRow = {
  change: 'added' | 'changed' | 'deleted' | 'moved' | 'void' | 'same'
  after: { label: string; text: string; unit: Unit } | null
  before: { label: string; text: string; unit: Unit } | null
  /** the words with what was taken out and put in, where both sides have some */
  redline: Run[]
}

export const changeNames: Record<ComparedRow['change'], string> = { added: '增訂', changed: '修正', deleted: '刪除', moved: '條次變更', void: '函告無效', same: '未修正' }

type Side = Pick<DatedText, 'text' | 'voided' | 'state'>

/** Two days of a law side by side: as `compareTexts`, with the articles that were declared void between them; a law that is over has no words. */
export function compareDays(before: Side, after: Side): ComparedRow[] {
  const words = (side: Side): LawText => (isOver(side) ? { ...side.text, units: [] } : side.text)
  const became = after.voided.filter((no) => !before.voided.includes(no))
  return compareTexts(words(before), words(after)).map((row) => (row.change === 'same' && row.after?.unit.kind === 'article' && became.includes(row.after.unit.no) ? { ...row, change: 'void' } : row))
}

/**
 * Two texts of a law side by side, in the order of the later one; what only the earlier one has stands where it was. From two texts
 * alone, so it is the same table whether an amendment is proposed or two dates are compared.
 */
export function compareTexts(before: LawText, after: LawText): ComparedRow[] {
  const old = byPlace(before)
  const now = byPlace(after)
  const movedFrom = movesOf(old, now)
  const taken = new Set(movedFrom.values())
  const rows: ComparedRow[] = []
  const left = [...old.keys()]
  let at = 0
  for (const [place, unit] of now) {
    const earlier = movedFrom.get(place) ?? (old.has(place) && !taken.has(place) ? place : undefined)
    if (earlier !== undefined) {
      const upTo = left.indexOf(earlier)
      for (; at < upTo; at++) if (isOnlyBefore(left[at]!)) rows.push(row(before, after, old.get(left[at]!)!, null))
      at = Math.max(at, upTo + 1)
    }
    rows.push(row(before, after, earlier === undefined ? null : old.get(earlier)!, unit))
  }
  for (; at < left.length; at++) if (isOnlyBefore(left[at]!)) rows.push(row(before, after, old.get(left[at]!)!, null))
  return rows

  function isOnlyBefore(place: string): boolean {
    return !taken.has(place) && !(now.has(place) && !movedFrom.has(place))
  }
}

const byPlace = (text: LawText): Map<string, Unit> => new Map(placesOf(text.units).map((place, i) => [place, text.units[i]!]))

function movesOf(old: Map<string, Unit>, now: Map<string, Unit>): Map<string, string> {
  const moves = new Map<string, string>()
  const places = Map.groupBy([...old].filter(([, unit]) => unit.kind === 'article' && !isDeleted(unit)), ([, unit]) => (unit as Article).text)
  for (const [place, unit] of now) {
    if (unit.kind !== 'article' || isDeleted(unit)) continue
    const same = old.get(place)
    if (same?.kind === 'article' && same.text === unit.text) continue
    const others = places.get(unit.text)
    if (others?.length === 1 && others[0]![0] !== place && !stays(old, now, others[0]![0])) moves.set(place, others[0]![0])
  }
  return moves
}

const stays = (old: Map<string, Unit>, now: Map<string, Unit>, place: string): boolean => {
  const [a, b] = [old.get(place), now.get(place)]
  return a?.kind === 'article' && b?.kind === 'article' && a.text === b.text
}

function row(before: LawText, after: LawText, old: Unit | null, now: Unit | null): ComparedRow {
  const earlier = old && side(old, before.form)
  const later = now && side(now, after.form)
  return { change: changeOf(old, now), before: earlier, after: later, redline: earlier && later ? redline(earlier.text, later.text) : [] }
}

function side(unit: Unit, form: LawText['form']) {
  if (unit.kind === 'heading') return { label: headingLabel(unit), text: unit.title, unit }
  return { label: articleLabel(unit.no, form), text: unit.caption ? `（${unit.caption}）\n${unit.text}` : unit.text, unit }
}

function changeOf(old: Unit | null, now: Unit | null): ComparedRow['change'] {
  if (!old) return 'added'
  if (!now) return 'deleted'
  if (old.kind === 'heading' || now.kind === 'heading') return old.kind === now.kind && headingLabel(old as never) === headingLabel(now as never) && 'title' in old && 'title' in now && old.title === now.title ? 'same' : 'changed'
  const same = old.text === now.text && old.caption === now.caption
  if (old.no !== now.no) return same ? 'moved' : 'changed'
  if (same) return 'same'
  return isDeleted(now) && !isDeleted(old) ? 'deleted' : 'changed'
}
