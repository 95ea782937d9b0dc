import type { ComponentChildren, JSX } from 'preact'
import { writeApart } from '../jsx/jsx-runtime.ts'

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'turbo-frame': HTMLAttributes<HTMLElement> & { src?: string; loading?: 'lazy'; target?: string }
    }
  }
}

/** Where a part of the page comes when it is in sight, out of the page `href`, which shows it as `FetchedPart` with the same id. Without script, a link there. */
export function PartToFetch({ id, href, children }: { id: string; href: string; children: ComponentChildren }): JSX.Element {
  return <turbo-frame id={id} src={href} loading="lazy" target="_top"><p class="no-print"><a href={href}>{children}</a></p></turbo-frame>
}

/** The part that another page fetches: what its components name begins with its own id. */
export function FetchedPart({ id, children }: { id: string; children: ComponentChildren }): JSX.Element {
  return <turbo-frame id={id}>{writeApart(id, children)}</turbo-frame>
}
