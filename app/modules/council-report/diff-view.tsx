import type { DiffLine } from '../../core/reports/diff.ts'

const words = { same: '', added: '新增', removed: '刪去' } as const
const signs = { same: ' ', added: '+', removed: '−' } as const

/** Removed and added lines, with sign, word and colour. */
export function DiffView({ lines, label }: { lines: DiffLine[]; label: string }) {
  if (lines.every(({ kind }) => kind === 'same')) return <p class="muted">兩份文字相同。</p>
  return (
    <ol class="diff" aria-label={label}>
      {lines.map(({ kind, text }, i) => (
        <li key={i} class={`diff__line diff__line--${kind}`}>
          <span class="diff__sign" aria-hidden="true">{signs[kind]}</span>
          {kind !== 'same' && <span class="govuk-visually-hidden">{words[kind]}：</span>}
          <span class="diff__text">{text || '\u00a0'}</span>
        </li>
      ))}
    </ol>
  )
}
