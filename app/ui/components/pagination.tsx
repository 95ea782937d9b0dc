import { useWords } from '../words.ts'

export interface PaginationProps {
  /** Address of the page before; left out on the first page. */
  previous?: string | null | undefined
  next?: string | null | undefined
  /** What is on this page, such as 「第 51–100 件，共 1,234 件」. */
  summary?: string
}

/** Pages by key: one forward, one back, as far as one likes, always equally fast. */
export function Pagination({ previous, next, summary }: PaginationProps) {
  const words = useWords()
  if (!previous && !next && !summary) return null
  return (
    <nav class="pagination" aria-label={words.pages}>
      {previous && <a class="pagination__link" rel="prev" href={previous}><Arrow back />{words.previous}</a>}
      {summary && <span class="pagination__summary">{summary}</span>}
      {next && <a class="pagination__link" rel="next" href={next}>{words.next}<Arrow /></a>}
    </nav>
  )
}

function Arrow({ back }: { back?: boolean }) {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
      <path d={back ? 'M7.5 1.5 3 6l4.5 4.5' : 'M4.5 1.5 9 6l-4.5 4.5'} fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  )
}
