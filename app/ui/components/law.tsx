import type { ComponentChildren } from 'preact'

/** Words of a statute or a printed paper, set in serif. */
export function Statute({ title, children }: { title?: string; children: ComponentChildren }) {
  return (
    <blockquote class="statute">
      {title && <p class="statute__title">{title}</p>}
      <div class="statute__text">{children}</div>
    </blockquote>
  )
}

/** Text as someone wrote it: their line breaks kept, set as running text. */
export function Letter({ text, serif }: { text: string; serif?: boolean }) {
  return <div class={serif ? 'letter serif' : 'letter'}>{text}</div>
}
