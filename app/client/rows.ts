const placeKey = 'row:'

/** Boxes before rows: all at once, a range with shift, and how many. */
export function startRows() {
  let last: HTMLInputElement | null = null
  document.addEventListener('click', (event) => {
    const box = (event.target as Element).closest<HTMLInputElement>('tbody .select-box')
    if (!box) return
    if (event.shiftKey && last?.isConnected) selectRange(last, box)
    last = box
  })
  document.addEventListener('change', (event) => {
    const box = event.target as HTMLInputElement
    if (!box.matches('.select-box')) return
    if (box.dataset.selectAll !== undefined) for (const each of boxesNamed(box.dataset.selectAll)) each.checked = box.checked
    countChosen(box.dataset.selectAll ?? box.name)
  })
  // Where one was in the list, for coming back to it.
  document.addEventListener('click', (event) => {
    const row = (event.target as Element).closest<HTMLElement>('tr[data-href]')
    if (row) mark(row)
  })
}

/** On every page: show the boxes that need script, and the row one was on. */
export function enhanceRows(body: HTMLElement) {
  for (const box of body.querySelectorAll<HTMLInputElement>('[data-select-all]')) {
    box.hidden = false
    countChosen(box.dataset.selectAll ?? '')
  }
  const href = sessionStorage.getItem(placeKey + location.pathname)
  if (href) body.querySelector(`tr[data-href="${CSS.escape(href)}"]`)?.setAttribute('data-chosen', '')
}

/** The next row (1) or the one before (−1) becomes the chosen one; its link is focused, so Enter opens it. */
export function chooseRow(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('table[data-rows] tbody tr:not(.row-group)')]
  if (rows.length === 0) return false
  const now = rows.findIndex((row) => row.hasAttribute('data-chosen'))
  const next = rows[now === -1 ? (step === 1 ? 0 : rows.length - 1) : Math.min(Math.max(now + step, 0), rows.length - 1)]
  if (!next) return false
  mark(next)
  const link = next.querySelector<HTMLElement>('a[href]')
  if (link) link.focus()
  else next.scrollIntoView({ block: 'nearest' })
  return true
}

export function chosenRow(): HTMLElement | null {
  return document.querySelector('tr[data-chosen]')
}

export function toggleChosenRow(): boolean {
  const box = chosenRow()?.querySelector<HTMLInputElement>('.select-box')
  box?.click()
  return box !== null && box !== undefined
}

function mark(row: HTMLElement) {
  for (const other of document.querySelectorAll('tr[data-chosen]')) other.removeAttribute('data-chosen')
  row.setAttribute('data-chosen', '')
  if (row.dataset.href) sessionStorage.setItem(placeKey + location.pathname, row.dataset.href)
}

function selectRange(from: HTMLInputElement, to: HTMLInputElement) {
  const boxes = boxesNamed(to.name)
  const [first, second] = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b)
  if (first === undefined || first < 0 || second === undefined) return
  for (const box of boxes.slice(first, second + 1)) box.checked = to.checked
}

function countChosen(name: string) {
  const boxes = boxesNamed(name)
  const chosen = boxes.filter((box) => box.checked).length
  for (const box of document.querySelectorAll<HTMLInputElement>(`[data-select-all="${CSS.escape(name)}"]`)) {
    box.checked = chosen > 0 && chosen === boxes.length
    box.indeterminate = chosen > 0 && chosen < boxes.length
  }
  for (const bar of document.querySelectorAll<HTMLElement>(`[data-bulk="${CSS.escape(name)}"]`)) {
    bar.toggleAttribute('data-chosen-rows', chosen > 0)
    const words = bar.querySelector<HTMLElement>('[data-bulk-count]')
    if (!words) continue
    words.dataset.empty ??= words.textContent ?? ''
    words.textContent = chosen > 0 ? `已選 ${chosen} ${words.dataset.unit ?? ''}` : words.dataset.empty
  }
}

function boxesNamed(name: string): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(`tbody .select-box[name="${CSS.escape(name)}"]`)]
}
