/** A rule of dispatch: what it looks for, where it would send it, and how much that says. */
export type DispatchRule = {
  id: number
  title: string
  category: string | null
  township: string | null
  /** any of these in subject or letter */
  words: string[]
  unitId: number
  unitName: string
  /** 1–100: how sure this rule makes us */
  weight: number
}

export type LetterFacts = { title: string; body: string; category: string | null; township: string | null }

/** What one rule found in a letter. */
export type Match = { rule: DispatchRule; score: number; reason: string }

export type Suggestion = {
  unitId: number
  unitName: string
  score: number
  /** sentences, strongest first */
  reasons: string[]
}

export type Advice =
  | { sure: true; suggestion: Suggestion }
  /** it does not know: why, and what came nearest */
  | { sure: false; because: string; nearest: Suggestion | null }

/** Below this score we say that we do not know. A rule of middling weight with one word is not enough. */
export const sureFrom = 50
/** Two units this close compete, and a person decides. */
export const clearBy = 10
const perFurtherWord = 8
const furtherWordsMax = 3
const wordInSubject = 15
/** What a unit's other matching rules add to its best one. */
const shareOfOthers = 0.3

/** Which unit should have this letter, by the live rules in their order, and why; or that it cannot be told. */
export function suggestUnit(letter: LetterFacts, rules: DispatchRule[]): Advice {
  const units = new Map<number, Match[]>()
  for (const rule of rules) {
    const match = matchRule(letter, rule)
    if (match) units.set(rule.unitId, [...(units.get(rule.unitId) ?? []), match])
  }
  const ranked = [...units.values()].map(toSuggestion).sort((a, b) => b.score - a.score)
  const [first, second] = ranked
  if (!first) return { sure: false, because: '沒有符合的規則，請人工判斷', nearest: null }
  if (first.score < sureFrom) return { sure: false, because: `沒有把握（${first.score} 分，未達 ${sureFrom} 分），請人工判斷`, nearest: first }
  if (second && first.score - second.score < clearBy) return { sure: false, because: `${first.unitName}和${second.unitName}都有可能，請人工判斷`, nearest: first }
  return { sure: true, suggestion: first }
}

/** Null when the rule says nothing about this letter. Every condition that a rule has must hold. */
export function matchRule(letter: LetterFacts, rule: DispatchRule): Match | null {
  if (!rule.category && !rule.township && !rule.words.length) return null
  if (rule.category && rule.category !== letter.category) return null
  if (rule.township && rule.township !== letter.township) return null
  const subject = level(letter.title)
  const body = level(letter.body)
  const words = rule.words.filter((word) => subject.includes(level(word)) || body.includes(level(word)))
  if (rule.words.length && !words.length) return null
  const inSubject = words.filter((word) => subject.includes(level(word)))
  const score = rule.weight + Math.min(Math.max(words.length - 1, 0), furtherWordsMax) * perFurtherWord + (inSubject.length ? wordInSubject : 0)
  return { rule, score: Math.min(score, 100), reason: reasonOf(rule, words, inSubject) }
}

function reasonOf(rule: DispatchRule, words: string[], inSubject: string[]): string {
  const found = [
    rule.category && `類別是${rule.category}`,
    rule.township && `地點在${rule.township}`,
    inSubject.length > 0 && `主旨有${quoted(inSubject)}`,
    words.length > inSubject.length && `內容有${quoted(words.filter((word) => !inSubject.includes(word)))}`,
  ].filter(Boolean)
  return `${found.join('，')}（規則「${rule.title}」）`
}

const quoted = (words: string[]) => words.slice(0, 4).map((word) => `「${word}」`).join('')

// Ties go to the rule that stands earlier.
function toSuggestion(matches: Match[]): Suggestion {
  const sorted = matches.toSorted((a, b) => b.score - a.score)
  const best = sorted[0]!
  const others = sorted.slice(1).reduce((sum, match) => sum + match.score, 0)
  return {
    unitId: best.rule.unitId,
    unitName: best.rule.unitName,
    score: Math.round(Math.min(best.score + others * shareOfOthers, 100)),
    reasons: sorted.slice(0, 3).map((match) => match.reason),
  }
}

const level = (text: string) => text.normalize('NFKC').toLowerCase()
