import { say } from './say.ts'

const openKey = 'open:'

/** Copy buttons, dialogs by name, menus that close by themselves, details that stay as they were left. */
export function startSmall() {
  document.addEventListener('click', (event) => {
    const target = event.target as Element
    const copy = target.closest<HTMLElement>('[data-copy]')
    if (copy) void navigator.clipboard.writeText(copy.dataset.copy ?? '').then(() => say('已複製。'))
    const opener = target.closest<HTMLElement>('[data-open-dialog]')
    if (opener) document.querySelector<HTMLDialogElement>(`#${opener.dataset.openDialog}`)?.showModal()
    for (const menu of openMenus()) if (!menu.contains(target) || opener) menu.open = false
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    for (const menu of openMenus()) {
      menu.open = false
      menu.querySelector('summary')?.focus()
    }
  })
  document.addEventListener('toggle', (event) => {
    const details = event.target as HTMLDetailsElement
    if (details.matches('details[id]')) sessionStorage.setItem(keyOf(details), details.open ? '1' : '0')
  }, true)
}

/** On every page. */
export function enhanceSmall(body: HTMLElement) {
  for (const button of body.querySelectorAll<HTMLElement>('[data-copy], [data-open-dialog]')) button.hidden = false
  for (const details of body.querySelectorAll<HTMLDetailsElement>('details[id]')) {
    const kept = sessionStorage.getItem(keyOf(details))
    if (kept) details.open = kept === '1'
  }
}

/** The menu is the same on every page, other details are their page's own. */
const keyOf = (details: HTMLElement): string => openKey + ('openEverywhere' in details.dataset ? '' : location.pathname) + details.id

function openMenus(): NodeListOf<HTMLDetailsElement> {
  return document.querySelectorAll<HTMLDetailsElement>('details.user-menu[open]')
}
