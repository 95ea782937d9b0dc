import { rocDateTime } from '../../../time.ts'
import type { FigureInline, Inline } from '../model.ts'

export function Inlines({ inlines, baseUrl }: { inlines: Inline[]; baseUrl: string }) {
  return (
    <>
      {inlines.map((inline) => {
        switch (inline.type) {
          case 'text':
            return inline.text
          case 'strong':
            return (
              <strong>
                <Inlines inlines={inline.children} baseUrl={baseUrl} />
              </strong>
            )
          case 'missing':
            return <span class="figure-missing">{inline.text}</span>
          case 'figure':
            return <Figure figure={inline} baseUrl={baseUrl} />
        }
      })}
    </>
  )
}

// A number one can open is a link; one that a person typed says so, with who and when.
function Figure({ figure, baseUrl }: { figure: FigureInline; baseUrl: string }) {
  const title = `${figure.title}：${figure.definition}`
  const number =
    figure.url === null ? (
      <span class="figure" title={title}>
        {figure.text}
      </span>
    ) : (
      <a class="figure" href={baseUrl + figure.url} title={title}>
        {figure.text}
      </a>
    )
  if (figure.source !== 'typed') return number
  return (
    <span class="figure-typed">
      {number}
      <small class="figure-mark">
        登打
        {figure.typed && (
          <span class="figure-mark-who">
            ：{figure.typed.by}，<time dateTime={figure.typed.at.toISOString()}>{rocDateTime(figure.typed.at)}</time>
          </span>
        )}
      </small>
    </span>
  )
}
