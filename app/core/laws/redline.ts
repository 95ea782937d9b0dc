/** A run of characters that stayed, was taken out, or was put in. */
export type Run = { kind: 'same' | 'removed' | 'added'; text: string }

/** More than this many pairs of characters would take seconds: then the middle counts as replaced. */
const pairsMax = 6_000_000

/** Two wordings character by character, as Chinese is amended: a change of two characters shows as two. Short common scraps are joined. */
export function redline(before: string, after: string): Run[] {
  const [a, b] = [[...before], [...after]]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  return tidy([
    { kind: 'same', text: a.slice(0, start).join('') },
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    { kind: 'same', text: a.slice(a.length - end).join('') },
  ])
}

function middle(a: string[], b: string[]): Run[] {
  if (a.length * b.length > pairsMax) return [{ kind: 'removed', text: a.join('') }, { kind: 'added', text: b.join('') }]
  const width = b.length + 1
  const common = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? common[(i + 1) * width + j + 1]! + 1 : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!)
    }
  }
  const runs: Run[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      runs.push({ kind: 'same', text: a[i]! })
      i += 1
      j += 1
    } else if (common[(i + 1) * width + j]! >= common[i * width + j + 1]!) runs.push({ kind: 'removed', text: a[i++]! })
    else runs.push({ kind: 'added', text: b[j++]! })
  }
  return [...runs, { kind: 'removed', text: a.slice(i).join('') }, { kind: 'added', text: b.slice(j).join('') }]
}

/** Joins neighbours; a single common character between two changes reads as part of the change. */
function tidy(runs: Run[]): Run[] {
  const joined = merge(runs)
  const scraps = joined.flatMap((run, i): Run[] => {
    const isScrap = run.kind === 'same' && [...run.text].length < 2 && i > 0 && i < joined.length - 1 && run.text !== '\n'
    return isScrap ? [{ kind: 'removed', text: run.text }, { kind: 'added', text: run.text }] : [run]
  })
  return merge(scraps)
}

/** Within one change what was taken out comes first, as a whole, then what was put in. */
function merge(runs: Run[]): Run[] {
  const out: Run[] = []
  let [removed, added] = ['', '']
  const flush = () => {
    if (removed) out.push({ kind: 'removed', text: removed })
    if (added) out.push({ kind: 'added', text: added })
    ;[removed, added] = ['', '']
  }
  for (const { kind, text } of runs) {
    if (text === '') continue
    if (kind === 'removed') removed += text
    else if (kind === 'added') added += text
    else {
      flush()
      const last = out.at(-1)
      if (last?.kind === 'same') last.text += text
      else out.push({ kind, text })
    }
  }
  flush()
  return out
}
