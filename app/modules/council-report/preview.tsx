import { SectionView } from '../../core/reports/document/html.tsx'
import type { Section } from '../../core/reports/document/model.ts'
import type { Problem } from '../../core/reports/document/text/source.ts'

/** A section as it will be printed; above it what is wrong with its text, each with the place in its line. */
export function SectionPreview({ section, problems, text }: { section: Section; problems: Problem[]; text: string }) {
  const lines = text.split(/\r?\n/)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return (
    <div class="report-preview">
      {problems.length > 0 && (
        <div class={errors ? 'problems problems--error' : 'problems'} role="status">
          <p class="problems__title">文字有 {problems.length} 處要看{errors > 0 && `，其中 ${errors} 處錯誤改好才能確認`}</p>
          <ul>
            {problems.map((problem, i) => (
              <li key={i} class={`problems__item problems__item--${problem.severity}`}>
                <a class="problems__where" href="#body" data-line={problem.line} data-column={problem.column} data-length={problem.length}>第 {problem.line} 行第 {problem.column} 字</a>
                {problem.severity === 'error' ? '錯誤：' : '提醒：'}{problem.message}
                <Place line={lines[problem.line - 1] ?? ''} problem={problem} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <article class="report report--piece" lang="zh-Hant-TW">
        <SectionView section={section} />
      </article>
    </div>
  )
}

/** characters of the line shown on either side of the mistake */
const around = 16

function Place({ line, problem: { column, length } }: { line: string; problem: Problem }) {
  const start = column - 1
  const end = Math.min(start + Math.max(length, 1), line.length)
  if (start >= line.length) return null
  const from = Math.max(start - around, 0)
  const to = Math.min(end + around, line.length)
  return <code class="problems__place">{from > 0 && '…'}{line.slice(from, start)}<mark>{line.slice(start, end)}</mark>{line.slice(end, to)}{to < line.length && '…'}</code>
}
