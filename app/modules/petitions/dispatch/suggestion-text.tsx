import { InsetText } from '../../../ui/components/notes.tsx'
import type { Advice } from './suggest.ts'

/** The suggestion with the reason it gives, or that it does not know. */
export function SuggestionText({ advice }: { advice: Advice }) {
  if (advice.sure) {
    const { unitName, score, reasons } = advice.suggestion
    return (
      <InsetText>
        <p>建議分給 <strong>{unitName}</strong><span class="muted">（把握 {score} 分）</span></p>
        <ul>{reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul>
      </InsetText>
    )
  }
  return (
    <InsetText>
      <p>{advice.because}。</p>
      {advice.nearest && <p class="muted small">最接近的是{advice.nearest.unitName}：{advice.nearest.reasons[0]}</p>}
    </InsetText>
  )
}
