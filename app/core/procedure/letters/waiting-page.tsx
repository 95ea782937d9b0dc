import type { RawBuilder } from 'kysely'
import type { Waiting } from '../../module.ts'
import type { Person } from '../../identity/permissions.ts'
import { consolePage } from '../../web/pages.tsx'
import type { Reply, StaffRequest } from '../../web/route.ts'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { nameOf, type StepState } from '../step.ts'
import { letterPath, type Letters, lettersPath } from './letter.ts'
import { findWaitingLetters, type WaitingLetter } from './queries.ts'

const waits = { issue: ({ issuedOn, own }: WaitingLetter) => issuedOn === null && !own, service: ({ issuedOn }: WaitingLetter) => issuedOn !== null }

/** 文書待辦: drafts that wait for a second person, and letters whose service is not proved yet. */
export async function waitingLettersPage<State extends StepState>(letters: Letters<State>, visibleTo: (person: Person) => RawBuilder<boolean>, request: StaffRequest): Promise<Reply> {
  const all = await findWaitingLetters(request.db, request.person, letters, visibleTo(request.person))
  const wait = request.query.wait === 'issue' || request.query.wait === 'service' ? request.query.wait : null
  const rows = wait ? all.filter(waits[wait]) : all
  const title = `${letters.procedure.title}文書`
  return consolePage(request, {
    title, heading: title, current: letters.procedure.listPath, breadcrumbs: [{ text: letters.procedure.title, href: letters.procedure.listPath }, { text: '文書' }],
    children: (
      <>
      {wait && <p>{wait === 'issue' ? '別人擬好、等您核發的。' : '已經發出、等登錄送達的。'}　<a href={lettersPath(letters)}>看全部待辦的文書</a></p>}
      <Table<WaitingLetter>
        caption={`待核發與待登錄送達的${title}`} captionHidden rows={rows} rowKey={({ id }) => id} rowHref={(row) => letterPath(letters, row, row.id)}
        empty={<EmptyState title="沒有待辦的文書" action={<a href={letters.procedure.listPath}>看案件</a>}>擬好等核發的、發出等登錄送達的會列在這裡。</EmptyState>}
        columns={[
          { heading: '文書', cell: (row) => <a href={letterPath(letters, row, row.id)}>{row.title}</a>, rowHeader: true, width: 'fit' },
          { heading: '案號', cell: (row) => <a class="nowrap number" href={letters.procedure.path(nameOf(row))}>{nameOf(row)}</a>, width: 'fit' },
          { heading: '案由', cell: (row) => row.caseTitle, width: 'grow', wideOnly: true },
          { heading: '擬稿', cell: (row) => row.draftedBy ?? '—', width: 'fit', wideOnly: true },
          { heading: '狀態', cell: (row) => (row.issuedOn ? <Tag tone="waiting">待登錄送達</Tag> : <Tag tone="soon">{row.own ? '等別人核發' : '待核發'}</Tag>), width: 'fit' },
        ]}
      />
      </>
    ),
  })
}

/** The same on the first page of the day: to issue what others drafted, to note what was served. */
export function lettersWaiting<State extends StepState>(letters: Letters<State>, visibleTo: (person: Person) => RawBuilder<boolean>): Waiting[] {
  const { title } = letters.procedure
  const lineOf = (permission: string, text: string, wait: keyof typeof waits): Waiting => ({
    permission,
    find: async ({ db, person }) => [{ text, href: `${lettersPath(letters)}?wait=${wait}`, count: (await findWaitingLetters(db, person, letters, visibleTo(person))).filter(waits[wait]).length }],
  })
  return [lineOf(letters.issue, `${title}文書待核發`, 'issue'), lineOf(letters.draft, `${title}文書待登錄送達`, 'service')]
}
