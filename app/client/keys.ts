import { visit } from '@hotwired/turbo'
import { chooseRow, chosenRow, toggleChosenRow } from './rows.ts'

/** Single keys for those who work here all day. They rest while one types or a dialog is open. */
export function startKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const target = event.target as HTMLElement
    if (event.key === 'Escape' && target.matches('[data-search-key]')) target.blur()
    if (isTyping(target) || document.querySelector('dialog[open]')) return
    const act = acts[event.key]
    if (act?.(target)) event.preventDefault()
  })
}

/** Each says whether it did something; if not, the key keeps its usual meaning. */
const acts: Record<string, (target: HTMLElement) => boolean> = {
  '/': () => {
    const field = document.querySelector<HTMLInputElement>('[data-search-key]')
    field?.focus()
    field?.select()
    return field !== null
  },
  '?': () => {
    const help = document.querySelector<HTMLDialogElement>('#key-help')
    help?.showModal()
    return help !== null
  },
  j: () => chooseRow(1),
  k: () => chooseRow(-1),
  x: () => toggleChosenRow(),
  Enter: (target) => {
    const href = chosenRow()?.dataset.href
    if (!href || target.closest('a, button, summary, input, select')) return false
    visit(href)
    return true
  },
}

function isTyping(target: HTMLElement): boolean {
  return target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"])')
}
