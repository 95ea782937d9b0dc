import { useWords } from '../words.ts'

export interface Crumb {
  text: string
  /** The last one, the page itself, has none. */
  href?: string
}

/** Where this page stands. */
export function Breadcrumbs({ items }: { items: readonly Crumb[] }) {
  const words = useWords()
  return (
    <nav class="breadcrumbs" aria-label={words.breadcrumbs}>
      <ol>
        {items.map(({ text, href }) => (
          <li key={text}>{href ? <a href={href}>{text}</a> : <span aria-current="page">{text}</span>}</li>
        ))}
      </ol>
    </nav>
  )
}
