// What the bench must reach, and what it found beside it.

const searches = ['search_rare', 'search_medium', 'search_common']
const names = { get: 'one petition', list_page1: 'list, page 1', list_keyset: 'list, deep page by cursor', search_rare: 'search, rare term', search_medium: 'search, medium term', search_common: 'search, common term', create: 'filing with its event' }

/** [what, who, goal as text, found number or null, printed, reached] for every goal. */
export function judge({ load, figures, rss, deadlines, sealing }) {
  const rate = (request, target) => load?.[request]?.[target] ?? null
  const ratio = (a, b) => (a === null || b === null || !b ? null : a / b)
  const rows = []
  const goal = (what, atLeast, found, unit = '×') => rows.push({ what, goal: `≥ ${atLeast}${unit}`, found, unit, reached: found === null ? null : found >= atLeast })
  for (const request of ['get', 'list_page1', ...searches, 'create']) goal(`API ${names[request]} / ceiling`, request === 'create' ? 0.7 : 0.75, ratio(rate(request, 'windlion'), rate(request, 'ceiling')))
  goal('API deep page / page 1', 0.8, ratio(rate('list_keyset', 'windlion'), rate('list_page1', 'windlion')))
  for (const request of ['get', 'list_page1', ...searches]) {
    goal(`page ${names[request]} / ceiling`, request === 'get' ? 0.333 : 0.5, ratio(rate(request, 'pages'), rate(request, 'ceiling')))
    goal(`page ${names[request]} / peer’s JSON`, request === 'get' ? 10 : 5, ratio(rate(request, 'pages'), rate(request, 'directus')))
  }
  const below = (what, most, found, unit) => rows.push({ what, goal: `≤ ${most}${unit}`, found, unit, reached: found === null ? null : found <= most })
  below('memory of the service after all this', 250, rss ?? null, ' MiB')
  below('figures of a half-year, 4,000,000 / 400,000', 1.3, figures ? ratio(figures.long, figures.short) : null, '×')
  below('figures computed before, nothing changed', 10, figures?.cached ?? null, ' ms')
  below('a million deadlines on one core', 1, deadlines?.best ?? null, ' s')
  below('sealing, of what an act costs without', 5, sealing?.percent ?? null, ' %')
  return rows.map((row) => ({ ...row, printed: row.found === null ? '–' : `${row.found.toFixed(row.found < 10 ? 2 : 0)}${row.unit}`, verdict: row.reached === null ? 'not measured' : row.reached ? 'reached' : 'falls short' }))
}

/** Requests a second side by side. */
export function rates(load, sql, targets) {
  return Object.keys(names).filter((request) => load[request]).map((request) => [names[request], ...targets.map((target) => number(load[request][target])), number(sql?.[request])])
}

/** What a request costs server and database together: steadier than requests a second where others use the machine, too. */
export function work(found, targets) {
  return Object.keys(names).filter((request) => found[request]).map((request) => [names[request], ...targets.map((target) => found[request][target]?.toFixed(2) ?? '–')])
}

const number = (value) => (value === undefined || value === null ? '–' : value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en'))

export function table(head, rows) {
  const wide = (text) => [...text].length
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => wide(String(row[at])))))
  const line = (row) => `| ${row.map((cell, at) => (at ? String(cell).padStart(widths[at]) : String(cell).padEnd(widths[at]))).join(' | ')} |`
  return [line(head), `|${widths.map((width, at) => (at ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`, ...rows.map(line)].join('\n')
}
