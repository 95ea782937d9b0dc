import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../core/time.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { petitionPath } from '../paths.ts'
import type { Reader } from '../../../core/db.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import { findSimilar, type SimilarCase } from '../registration/similar.ts'
import { channels } from '../schema.ts'
import { StageTag } from '../stage-tag.tsx'
import { type CaseFile, caseNameOf } from './case-file.ts'

/** Cases that may be the same matter as this one, compared by its title and letters. */
export function similarTo(reader: Reader, person: Person, file: CaseFile): Promise<SimilarCase[]> {
  return findSimilar(reader, person, { id: file.id, title: file.title, receivedAt: file.receivedAt, text: [file.title, ...file.letters.map((letter) => letter.text)].join('\n') })
}

/** Cases that may be the same matter, to be looked at before anybody works on this one; ticked ones join it (併案). */
export function SimilarCases({ file, similar, canMerge }: { file: CaseFile; similar: SimilarCase[]; canMerge: boolean }) {
  const joinable = canMerge && !file.mergedInto && similar.some((one) => !one.closedAt && !one.merged)
  return (
    <Card title={`可能是同一件事（${similar.length} 件）`} id="similar">
      <Table
        caption="可能是同一件事的案件"
        captionHidden
        rows={similar}
        rowKey={(row) => row.name}
        {...(joinable ? { select: { name: 'members', form: 'join', label: (row: SimilarCase) => `併入本案：${row.name}` } } : {})}
        columns={[
          { heading: '案號', width: 'fit', cell: (row) => <a href={petitionPath(row.name)}>{row.name}</a> },
          { heading: '主旨', rowHeader: true, width: 'grow', cell: (row) => <>{row.title}<div class="muted small">{row.reasons.join('、')}</div></> },
          { heading: '管道', wideOnly: true, cell: (row) => channels[row.channel] },
          { heading: '收件', width: 'fit', cell: (row) => <DayText day={dayOf(row.receivedAt)} /> },
          { heading: '階段', width: 'fit', cell: (row) => <StageTag stage={row.stage} outcome={row.outcome} merged={row.merged} /> },
        ]}
      />
      {joinable && (
        <Form id="join" action={petitionPath(caseNameOf(file), 'merge')} formKey={randomUUID()}>
          <Button kind="secondary" small confirm="勾選的案件會併入本案，由本案的答復一起答復；之後可以取消併案。" confirmAction="併案">把勾選的併入本案</Button>
        </Form>
      )}
    </Card>
  )
}
