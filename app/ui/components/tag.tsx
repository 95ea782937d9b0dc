import type { ComponentChildren } from 'preact'

/** What a state means to the reader: nothing yet, being worked on, soon due, late, done, waiting, ended without. */
export type Tone = 'plain' | 'active' | 'soon' | 'danger' | 'done' | 'waiting' | 'ended'

/** A state in a word, with a colour and a shape (drawn by the style sheet) that say the same. */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`tag mark--${tone}`}>{children}</span>
}
