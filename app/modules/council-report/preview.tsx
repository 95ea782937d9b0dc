import { SectionView } from '../../core/reports/document/html.tsx'
import type { Section } from '../../core/reports/document/model.ts'
import type { Problem } from '../../core/reports/document/text/source.ts'

/** A section as it will be printed, with what is wrong with its text above it. */
export function SectionPreview({ section, problems }: { section: Section; problems: Problem[] }) {
  return (
    <div class="report-preview">
      {problems.length > 0 && (
        <div class="problems" role="status">
          <p class="problems__title">文字有 {problems.length} 處要看</p>
          <ul>
            {problems.map(({ line, column, message, severity }, i) => (
              <li key={i} class={`problems__item problems__item--${severity}`} data-line={line}>
                <span class="problems__where">第 {line} 行第 {column} 字</span>{severity === 'error' ? '錯誤：' : '提醒：'}{message}
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
