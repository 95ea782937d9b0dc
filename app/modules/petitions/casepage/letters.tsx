import { rocDateTime } from '../../../core/time.ts'
import { originalOf } from '../../../core/web/shown-file.ts'
import { Attachments } from '../../../ui/components/attachments.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { petitionPath } from '../paths.ts'
import { type CaseFile, caseNameOf } from './case-file.ts'

const letterNames = { letter: '來信', supplement: '補充', 'oral-record': '口述紀錄' } as const
const kinds: Record<string, string> = { 'original-mail': '原始郵件', attachment: '附件', supplement: '補充的附件', contribution: '會辦附件', answer: '答復附件', 'answer-draft': '答復附件（還沒寄）', 'working-paper': '未隨答復寄出', evidence: '佐證' }

/** What the petitioner wrote, in order, with its numbered questions and everything attached. */
export function Letters({ file }: { file: CaseFile }) {
  return (
    <Card title={letterNames[file.letters[0]?.kind ?? 'letter']} id="letter">
      <div class="stack">
        {file.letters.map((letter, index) => (
          <section key={letter.id} class="stack">
            {index > 0 && <h3>{letterNames[letter.kind]} <span class="muted small">{rocDateTime(letter.at)}</span></h3>}
            <Letter text={letter.text} />
          </section>
        ))}
        <Questions file={file} />
        <Files file={file} />
      </div>
    </Card>
  )
}

export function Questions({ file }: { file: CaseFile }) {
  if (!file.questions.length) return null
  return (
    <section class="stack">
      <h3>要逐項答復的問題</h3>
      <ol>
        {file.questions.map((question) => (
          <li key={question.no} value={question.no}>
            {question.text} {question.state === 'answered' ? <Tag tone="done">已答</Tag> : question.state === 'not-applicable' ? <Tag tone="ended">不適用</Tag> : <Tag tone="waiting">未答</Tag>}
            {question.note && <span class="muted"> {question.note}</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Files({ file }: { file: CaseFile }) {
  if (!file.documents.length) return null
  return (
    <section class="stack">
      <h3>附件</h3>
      <Attachments
        files={file.documents.map((document) => ({
          name: document.name,
          href: petitionPath(caseNameOf(file), `files/${document.id}`),
          original: originalOf(petitionPath(caseNameOf(file), `files/${document.id}`), document.mediaType),
          bytes: document.size,
          kind: kinds[document.kind] ?? '附件',
          note: `${rocDateTime(document.addedAt)}${document.version > 1 ? `，第 ${document.version} 版` : ''}`,
        }))}
      />
    </section>
  )
}
