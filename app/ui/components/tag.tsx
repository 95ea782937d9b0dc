import type { ComponentChildren } from 'preact'

/** What a state means to the reader: nothing yet, being worked on, soon due, late, done, waiting, ended without. */
export type Tone = 'plain' | 'active' | 'soon' | 'danger' | 'done' | 'waiting' | 'ended'

/** A state in a word, with a shape and a colour that say the same. */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ComponentChildren }) {
  return (
    <span class={`tag tag--${tone}`}>
      <ToneMark tone={tone} />
      {children}
    </span>
  )
}

/** The shape of a tone, readable without colour at 10 px. */
export function ToneMark({ tone }: { tone: Tone }) {
  return (
    <svg class="tone-mark" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true" focusable="false">
      {shapes[tone]}
    </svg>
  )
}

const shapes: Record<Tone, ComponentChildren> = {
  plain: <circle cx="5" cy="5" r="3.75" fill="none" stroke="currentColor" stroke-width="1.5" />,
  active: <><circle cx="5" cy="5" r="3.75" fill="none" stroke="currentColor" stroke-width="1.5" /><path d="M5 1.25a3.75 3.75 0 0 1 0 7.5z" fill="currentColor" /></>,
  soon: <path d="M5 .8 9.6 9.2H.4z" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" />,
  danger: <path d="M5 .4 9.8 9.4H.2z" fill="currentColor" />,
  done: <path d="M1.2 5.4 4 8.2 8.8 2" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" />,
  waiting: <path d="M2.4 1.4h1.8v7.2H2.4zM5.8 1.4h1.8v7.2H5.8z" fill="currentColor" />,
  ended: <path d="M1.4 5h7.2" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />,
}
