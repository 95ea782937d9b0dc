import type { Answer } from '../../../core/clocks/index.ts'
import { type Day, daysBetween } from '../../../core/time.ts'
import { Deadline } from '../../../ui/components/deadline.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import type { Step } from './calculator.ts'
import { LawText } from './law-text.tsx'
import type { Result } from './results.ts'

const whose: Record<Step['who'], string> = { you: '您的期限', office: '機關的期限', business: '商家的期限' }

/** One period: the day in big type, what follows when it passes, and how it was worked out. */
export function ResultView({ result, today }: { result: Result; today: Day }) {
  const { step, answer, rule, first } = result
  const day = answer.kind === 'due' ? answer.day : null
  return (
    <Deadline
      title={step.title}
      day={day}
      instead="算不出日期"
      past={day !== null && day < today}
      left={day ? leftOf(day, today) : undefined}
      marks={<>
        <Tag tone={step.who === 'you' ? 'active' : 'plain'}>{whose[step.who]}</Tag>
        {first && <Tag tone="soon">最先到期</Tag>}
        {rule && (rule.status === 'S' || rule.status === 'U') && <Tag tone="waiting">待法制單位確認</Tag>}
      </>}
    >
      {!day && <Undetermined answer={answer} />}
      {step.notes && <ul>{step.notes.map((note) => <li key={note}><LawText text={note} /></li>)}</ul>}
      <h3>過了會怎樣</h3>
      <p><LawText text={step.lapse} /></p>
      {answer.kind === 'due' && (
        <>
          <h3>怎麼算出來的</h3>
          <ol>{answer.explanation.map((line) => <li key={line}><LawText text={line} /></li>)}</ol>
        </>
      )}
    </Deadline>
  )
}

function Undetermined({ answer }: { answer: Answer }) {
  return answer.kind === 'due' ? null : <p>{answer.because}。請直接問受理的機關。</p>
}

/** Calendar days, as residents count: 還有 12 天. */
export function leftOf(day: Day, today: Day): string {
  const days = daysBetween(today, day)
  if (days === 0) return '今天是最後一天'
  return days > 0 ? `還有 ${days} 天` : `已經過了 ${-days} 天`
}
