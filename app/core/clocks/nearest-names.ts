/** The known names most like the one given, best first, at most three: for "did you mean". */
export function nearestNames(name: string, known: readonly string[]): string[] {
  const wanted = name.slice(0, 100).toLowerCase()
  const ranked = known.map((candidate) => ({ candidate, distance: unlikeness(wanted, candidate.toLowerCase()) })).toSorted((a, b) => a.distance - b.distance)
  return ranked.slice(0, 3).map(({ candidate }) => candidate)
}

// A name that holds the other is near whatever its length, and so is one that begins almost like it.
function unlikeness(a: string, b: string): number {
  if (a.length > 1 && (b.includes(a) || a.includes(b))) return 0.5
  return Math.min(distance(a, b), distance(a, b.slice(0, a.length)) + 0.5)
}

// Letters to add, drop or change (Levenshtein).
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length]!
}
