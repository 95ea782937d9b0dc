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
export function Letter({ text, serif, children }: { text?: string; serif?: boolean; /** in place of `text`: the same with links */ children?: ComponentChildren }) {
  return <div class={serif ? 'letter serif' : 'letter'}>{children ?? text}</div>
}

export type LawLine = { depth: number; label: string; content: ComponentChildren; /** a table, not words */ block?: true }

/** An article of a law: its number leads to its own page; 款 and 目 hang from their numbers. */
export function LawArticle({ id, label, href, caption, lines, note, level = 3 }: { level?: 2 | 3; id: string; label: string; href?: string; caption?: string | undefined; lines: LawLine[]; note?: ComponentChildren }) {
  const Heading = `h${level}` as const
  return (
    <article class="law-article" id={id}>
      <Heading class="law-article__label">{href ? <a href={href}>{label}</a> : label}{caption && <span class="law-article__caption">（{caption}）</span>}</Heading>
      <div class="law-article__text">
        {note && <p class="muted small">{note}</p>}
        {lines.map((line, i) => line.block ? <div key={i}>{line.content}</div> : (
          <p key={i} class={`law-line law-line--${line.depth}`}>{line.label && <span class="law-line__label">{line.label}</span>}{line.content}</p>
        ))}
      </div>
    </article>
  )
}

/** A table of a law; the drawing that it was read from stays one click away. Wide ones are moved by themselves, also by keyboard. */
export function LawTable({ table: { head, rows }, drawn }: { table: { head: readonly string[] | null; rows: readonly (readonly string[])[] }; drawn: string }) {
  return (
    <>
      <div class="law-table" role="region" aria-label="條文裡的表" tabIndex={0}>
        <table>
          {head && <thead><tr>{head.map((cell, i) => <th key={i} scope="col">{cell}</th>)}</tr></thead>}
          <tbody>{rows.map((row, at) => <tr key={at}>{row.map((cell, i) => (i === 0 && head ? <th key={i} scope="row">{cell}</th> : <td key={i}>{cell}</td>))}</tr>)}</tbody>
        </table>
      </div>
      {drawn.includes('│') && <details class="law-drawn no-print"><summary>看原來畫的表</summary><pre>{drawn}</pre></details>}
    </>
  )
}

/** Two wordings in one: what was taken out is struck through, what was put in underlined, each with a word for those who do not see it. */
export function Redline({ runs }: { runs: readonly { kind: 'same' | 'removed' | 'added'; text: string }[] }) {
  return (
    <div class="redline">
      {runs.map(({ kind, text }, i) => {
        if (kind === 'same') return <span key={i}>{text}</span>
        return kind === 'removed'
          ? <del key={i}><span class="govuk-visually-hidden">〔刪〕</span>{text}</del>
          : <ins key={i}><span class="govuk-visually-hidden">〔增〕</span>{text}</ins>
      })}
    </div>
  )
}
