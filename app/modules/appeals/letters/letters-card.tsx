import { rocDay, dayOf } from '../../../core/time.ts'
import { Card } from '../../../ui/components/card.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { nameOf } from '../appeal.ts'
import { letterPath } from '../paths.ts'
import { type AppealFile, endingLetters } from '../queries.ts'
import { letterKinds } from '../schema.ts'
import { servedOnPaper } from './write.ts'

const ways = { mail: '電子郵件', post: '郵寄', exchange: '公文' } as const

/** What the office wrote about this appeal, and what became of it. */
export function LettersCard({ file, canSend }: { file: AppealFile; canSend: boolean }) {
  if (!file.letters.length) return null
  const name = nameOf(file)
  return (
    <Card title="文書" id="letters">
      <ul class="stack">
        {file.letters.map((letter) => {
          const proved = letter.way === 'post' && servedOnPaper.includes(letter.kind)
          const title = `${letterKinds[letter.kind]}${letter.recipient ? `（${letter.recipient}）` : ''}`
          return (
            <li key={letter.id}>
              {canSend ? <a href={letterPath(name, letter.id)}>{title}</a> : title}
              <br />
              <span class="muted small">{ways[letter.way]}　{rocDay(dayOf(letter.writtenAt))} 寫{letter.sentOn && `，${rocDay(letter.sentOn)} 發文`}{letter.effectiveOn && `，${rocDay(letter.effectiveOn)} 送達生效`}</span>
              {!letter.sentOn && <> {file.stage !== 'closed' || endingLetters.includes(letter.kind) ? <Tag tone="soon">待寄送</Tag> : <Tag tone="ended">結案前未寄</Tag>}</>}
              {proved && letter.sentOn && !letter.servedOn && <> <Tag tone="waiting">待登錄送達</Tag></>}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
