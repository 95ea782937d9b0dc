import type { ComponentChildren } from 'preact'
import type { Tone } from './tag.tsx'

export interface TimelineItem {
  /** As people read it, 110/9/27 14:05. */
  when: string
  /** ISO, for machines. */
  datetime?: string
  title: ComponentChildren
  /** Who did it. */
  by?: ComponentChildren
  detail?: ComponentChildren
  tone?: Tone
  key?: string | number
}

/** What happened, newest first or last as given. */
export function Timeline({ items, label = '歷程' }: { items: readonly TimelineItem[]; label?: string }) {
  return (
    <ol class="timeline" aria-label={label}>
      {items.map((item, index) => (
        <li key={item.key ?? index} class={`timeline__item timeline__item--${item.tone ?? 'plain'}`}>
          <p class="timeline__when"><time datetime={item.datetime}>{item.when}</time></p>
          <div class="timeline__what">
            <p class="timeline__title">{item.title}{item.by && <span class="timeline__by">{item.by}</span>}</p>
            {item.detail && <div class="timeline__detail">{item.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
