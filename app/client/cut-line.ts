import { byUnit, cutAt, type CutRow, readRows } from './cut.ts'

type Page = { items: CutRow[]; rows: HTMLElement[]; within: boolean[]; units: HTMLElement[] }

/**
 * The cut-line follows the handle: the same rule as on the server, for thousands of rows without asking it. Only the class of rows that change sides is touched: both words stand in the row, and which
 * is seen takes no layout, which for thousands of rows is what a step would wait for.
 * Marked by `form[data-cut]`, whose value has amount, pin and unit of each row in order; rows stand in `[data-cut-rows]`, units in `[data-cut-units]`.
 */
export function enhanceCutLine(body: HTMLElement) {
  const form = body.querySelector<HTMLFormElement>('form[data-cut]')
  const slider = form?.querySelector<HTMLInputElement>('input[type="range"]')
  const field = form?.querySelector<HTMLInputElement>('input[name="ceiling"]')
  if (!form || !slider || !field) return
  const page = pageOf(body, form)
  form.querySelector<HTMLElement>('[data-cut-slider]')!.hidden = false
  slider.addEventListener('input', () => {
    field.value = Number(slider.value).toLocaleString('en')
    show(form, page, Number(slider.value))
  })
  field.addEventListener('input', () => {
    const plain = field.value.replace(/[,\s]/g, '')
    // words such as 85億 are read by the server, with the button
    if (!/^\d{1,13}$/.test(plain)) return
    slider.value = plain
    show(form, page, Number(plain))
  })
  const first = Number(field.value.replace(/[,\s]/g, ''))
  if (Number.isFinite(first)) slider.value = String(first)
}

function pageOf(body: HTMLElement, form: HTMLFormElement): Page {
  const items = readRows(form.dataset.cut ?? '[]')
  const rows = [...body.querySelectorAll<HTMLElement>('[data-cut-rows] tbody tr')]
  return { items, rows, within: rows.map((row) => !row.classList.contains('row--quiet')), units: [...body.querySelectorAll<HTMLElement>('[data-cut-units] tbody tr')] }
}

let waiting = 0
function show(form: HTMLFormElement, page: Page, ceilingTwd: number) {
  cancelAnimationFrame(waiting)
  waiting = requestAnimationFrame(() => draw(form, page, ceilingTwd))
}

function draw(form: HTMLFormElement, page: Page, ceilingTwd: number) {
  const cut = cutAt(page.items, ceilingTwd)
  const all = page.items.reduce((sum, { twd }) => sum + twd, 0)
  const say = (name: string, text: string) => { form.querySelector(`[data-cut-say="${name}"]`)!.textContent = text }
  say('count', cut.count.toLocaleString('en'))
  say('sum', thousands(cut.sumTwd))
  say('out', (page.items.length - cut.count).toLocaleString('en'))
  say('out-sum', thousands(all - cut.sumTwd))
  say('left', thousands(ceilingTwd - cut.sumTwd))
  page.rows.forEach((row, i) => {
    if (cut.within[i] === page.within[i]) return
    row.classList.toggle('row--quiet', !cut.within[i])
  })
  page.within = cut.within
  drawUnits(page, cut.within)
}

function drawUnits({ items, units }: Page, within: boolean[]) {
  const sums = byUnit(items, within, units.length)
  units.forEach((row, i) => {
    for (const name of ['count', 'out'] as const) row.querySelector(`[data-unit="${name}"]`)!.textContent = sums[i]![name].toLocaleString('en')
    row.querySelector('[data-unit="sum"]')!.textContent = thousands(sums[i]!.twd)
  })
}

const thousands = (twd: number): string => Math.round(twd / 1000).toLocaleString('en')
