/**
 * Up to `most` of the candidates that look like the word, best first: by letters changed, or because the words that
 * people know it by contain what was written (收件 finds petitions.received).
 */
export function nearest(word: string, candidates: Iterable<readonly [id: string, title: string]>, most = 3): string[] {
  const written = word.trim().toLowerCase().slice(0, 80)
  if (written === '') return []
  const limit = Math.max(2, Math.floor(written.length / 3))
  const scored: { id: string; score: number }[] = []
  for (const [id, title] of candidates) {
    if (title !== '' && (title.includes(written) || (written.length > 1 && written.includes(title)))) scored.push({ id, score: 0 })
    else {
      const score = distance(written, id.toLowerCase(), limit)
      if (score <= limit) scored.push({ id, score })
      else if (written.length >= 4 && id.toLowerCase().includes(written)) scored.push({ id, score: limit })
    }
  }
  return scored.sort((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1)).slice(0, most).map((each) => each.id)
}

// Edit distance, given up as soon as it must exceed the limit.
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(change, previous[j]! + 1, row[j - 1]! + 1))
    }
    if (Math.min(...row) > limit) return limit + 1
    previous = row
  }
  return previous[b.length]!
}
