import { useWords } from '../words.ts'

/** The first thing the keyboard reaches. */
export function SkipLink() {
  const words = useWords()
  return <a href="#main" class="govuk-skip-link" data-module="govuk-skip-link">{words.skip}</a>
}

/** Says on every page that nothing here is real. */
export function DemoBanner() {
  const words = useWords()
  return <aside class="demo-banner" aria-label={words.demoLabel}>{words.demo}</aside>
}

export interface NavItem {
  href: string
  text: string
  /** A number beside it, such as what waits in a tray. */
  count?: number | undefined
}

/** Whether this page is the item or below it. */
export function isCurrent(item: NavItem, current: string | undefined): boolean {
  return current !== undefined && item.href === current
}
