import { type Answer, awaitsConfirmation } from '../../../core/clocks/index.ts'
import type { Day } from '../../../core/time.ts'
import type { Language } from '../../../core/web/language.ts'
import { Deadline } from '../../../ui/components/deadline.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { englishSummary } from './english-summary.ts'
import { LawText } from './law-text.tsx'
import type { Result } from './results.ts'
import { type PageWords, pageWords } from './words.ts'

/** One period: the day in big type, what follows when it passes, and how it was worked out. */
export function ResultView({ result, today, language }: { result: Result; today: Day; language: Language }) {
  const { step, answer, rule, first } = result
  const words = pageWords[language]
  const day = answer.kind === 'due' ? answer.day : null
  return (
    <Deadline
      title={step.title}
      day={day}
      text={day ? words.day(day) : words.none}
      past={day !== null && day < today}
      left={day ? words.left(day, today) : undefined}
      marks={<>
        <Tag tone={step.who === 'you' ? 'active' : 'plain'}>{words.whose[step.who]}</Tag>
        {first && <Tag tone="soon">{words.first}</Tag>}
        {rule && awaitsConfirmation(rule) && <Tag tone="waiting">{words.unsure}</Tag>}
      </>}
    >
      {!day && <Undetermined answer={answer} words={words} />}
      {step.notes && <ul>{step.notes.map((note) => <li key={note}><LawText text={note} /></li>)}</ul>}
      <h3>{words.lapse}</h3>
      <p><LawText text={step.lapse} /></p>
      {answer.kind === 'due' && (
        <>
          <h3>{words.how}</h3>
          {language === 'en' && englishSummary(answer).map((sentence) => <p key={sentence}>{sentence}</p>)}
          <ol lang="zh-Hant-TW">{answer.explanation.map((line) => <li key={line}><LawText text={line} /></li>)}</ol>
        </>
      )}
    </Deadline>
  )
}

function Undetermined({ answer, words }: { answer: Answer; words: PageWords }) {
  return answer.kind === 'due' ? null : <p>{words.askOffice(answer.because)}</p>
}
