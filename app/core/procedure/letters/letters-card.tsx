import { holds, may, type Person } from '../../identity/permissions.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import type { StepState } from '../step.ts'
import { kindsOf, letterPath, type Letters, lettersPath, newLetterPath } from './letter.ts'
import type { CaseLetter } from './queries.ts'

/** Where a letter stands. */
export function LetterTag({ letter: { issuedOn, copies } }: { letter: Pick<CaseLetter, 'issuedOn' | 'copies'> }) {
  if (!issuedOn) return <Tag tone="soon">待核發</Tag>
  if (copies.some(({ waits }) => waits)) return <Tag tone="waiting">待登錄送達</Tag>
  return <Tag tone="done">{copies.some(({ servedOn }) => servedOn) ? '已送達' : '已發文'}</Tag>
}

/** To the papers that wait, for those who write or issue them. */
export function LettersLink<State extends StepState>({ letters, person }: { letters: Letters<State>; person: Person }) {
  return holds(person, letters.draft) || holds(person, letters.issue) ? <ButtonLink href={lettersPath(letters)} kind="secondary">待辦文書</ButtonLink> : null
}

/** The papers of a case and what can be drafted now; drafts only for those who write or issue them. */
export function LettersCard<State extends StepState>({ letters, state, person, all }: { letters: Letters<State>; state: State; person: Person; all: readonly CaseLetter[] }) {
  const [drafts, issues] = [may(person, letters.draft, state), may(person, letters.issue, state)]
  const shown = all.filter(({ issuedOn }) => issuedOn !== null || drafts || issues)
  const kinds = drafts && state.number !== null ? kindsOf(letters, state) : []
  if (!shown.length && !kinds.length) return null
  return (
    <Card title="文書" id="letters">
      {shown.length > 0 && (
        <ul class="stack">
          {shown.map((letter) => (
            <li key={letter.id}>
              <a href={letterPath(letters, state, letter.id)}>{letter.title}</a>　<LetterTag letter={letter} />
              {letter.issuedOn && <><br /><span class="muted small">{letter.documentNo}　<DayText day={letter.issuedOn} /></span></>}
            </li>
          ))}
        </ul>
      )}
      {kinds.length > 0 && (
        <Details summary="製作文書" id="make-letter">
          <ul class="stack">{kinds.map((kind) => <li key={kind}><a href={newLetterPath(letters, state, kind)}>{letters.kinds[kind]!.title}</a></li>)}</ul>
        </Details>
      )}
    </Card>
  )
}
