import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../../core/errors.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { rocDateTime } from '../../../../core/time.ts'
import { BulkBar } from '../../../../ui/components/bulk-bar.tsx'
import { Button } from '../../../../ui/components/button.tsx'
import { Select } from '../../../../ui/components/choices.tsx'
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx'
import { FilterBar } from '../../../../ui/components/filter-bar.tsx'
import { EmptyState } from '../../../../ui/components/notes.tsx'
import { Pagination } from '../../../../ui/components/pagination.tsx'
import { type Column, Table } from '../../../../ui/components/table.tsx'
import { SubNav } from '../../../../ui/components/tabs.tsx'
import { type Tone, Tag } from '../../../../ui/components/tag.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { petitionPath } from '../../paths.ts'
import { dismissLetters } from '../inbox-acts.ts'
import { countWaiting, type InboxFilter, type InboxLine, listInbox } from '../inbox-queries.ts'
import { dismissPath, inboxListPath, inboxPath, letterPath } from '../paths.ts'
import { handledText, inboxKinds, type InboxKind } from '../tables.ts'

async function inbox(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, query } = request
  const filter = readFilter(query)
  const [page, waiting] = await Promise.all([listInbox(db, request.person, filter), countWaiting(db)])
  const kept = { done: filter.waiting ? null : 1, kind: filter.kind }
  const { rows } = page
  const [newest, oldest] = [rows[0]?.id, rows.at(-1)?.id]
  const isBack = filter.after !== undefined
  return consolePage(
    request,
    {
      title: '收到的信',
      current: inboxPath,
      children: (
        <>
          {failed && <ErrorSummary errors={[{ text: failed.message, field: failed.field === 'ids' ? undefined : failed.field }]} />}
          <SubNav label="處理情形" current={filter.waiting ? inboxPath : inboxListPath({ done: 1 })} items={[{ href: inboxPath, text: '等人看', count: waiting }, { href: inboxListPath({ done: 1 }), text: '已處理' }]} />
          <FilterBar action={inboxPath} keep={filter.waiting ? {} : { done: '1' }} active={filter.kind ? [{ label: inboxKinds[filter.kind], removeHref: inboxListPath({ ...kept, kind: null }) }] : []}>
            <Select name="kind" label="種類" value={filter.kind ?? ''} options={Object.entries(inboxKinds).map(([value, text]) => ({ value, text }))} empty="全部" />
          </FilterBar>
          <Table<InboxLine>
            caption={filter.waiting ? '等人看的信' : '已處理的信'}
            captionHidden
            rows={rows}
            rowKey={(row) => row.id}
            rowHref={(row) => letterPath(row.id)}
            {...(filter.waiting ? { select: { name: 'ids', form: 'letters', label: (row: InboxLine) => `選取 ${row.subject}` } } : {})}
            columns={columnsFor(filter.waiting)}
            empty={filter.waiting
              ? <EmptyState title="沒有等人看的信">來信會自動成案；退信、自動回覆和看不出管道的信會留在這裡，請您決定。</EmptyState>
              : <EmptyState title="這裡還沒有信" action={<a href={inboxPath}>看等人看的信</a>}>寄到信箱的每一封信處理後都列在這裡。</EmptyState>}
          />
          {filter.waiting && rows.length > 0 && (
            <BulkBar id="letters" action={dismissPath} name="ids" formKey={randomUUID()} unit="封">
              <TextInput name="reason" label="理由" value={request.form.reason} width={20} placeholder="例：自動回覆、已另外通知" />
              <Button kind="secondary" small>不成案</Button>
            </BulkBar>
          )}
          <Pagination
            previous={newest !== undefined && (isBack ? page.more : filter.before !== undefined) ? inboxListPath({ ...kept, after: newest }) : null}
            next={oldest !== undefined && (isBack || page.more) ? inboxListPath({ ...kept, before: oldest }) : null}
          />
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

function readFilter(query: Record<string, string>): InboxFilter {
  const id = (text: string | undefined) => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : undefined)
  return { waiting: query.done !== '1', kind: query.kind && query.kind in inboxKinds ? (query.kind as InboxKind) : undefined, before: id(query.before), after: query.before ? undefined : id(query.after) }
}

const tones: Record<InboxKind, Tone> = { letter: 'active', bounce: 'danger', 'auto-reply': 'plain', loop: 'soon', bulk: 'plain' }
export const KindTag = ({ kind }: { kind: InboxKind }) => <Tag tone={tones[kind]}>{inboxKinds[kind]}</Tag>

function columnsFor(waiting: boolean): Column<InboxLine>[] {
  return [
    { heading: '收到', width: 'fit', cell: (row) => <span class="number">{rocDateTime(row.receivedAt)}</span> },
    { heading: '種類', width: 'fit', cell: (row) => <KindTag kind={row.kind} /> },
    { heading: '主旨', rowHeader: true, width: 'grow', cell: (row) => <><a href={letterPath(row.id)}>{row.subject}</a>{row.note && <><br /><span class="muted small">{row.note}</span></>}</> },
    { heading: '寄件人', wideOnly: true, cell: (row) => row.sender },
    { heading: '信箱', wideOnly: true, width: 'fit', cell: (row) => row.mailbox },
    { heading: '案件', width: 'fit', cell: (row) => (row.caseName ? <a href={petitionPath(row.caseName)}>{row.caseName}</a> : '—') },
    ...(waiting ? [] : [{ heading: '處理', width: 'fit' as const, cell: handledText }]),
  ]
}

export const routes = [
  get(inboxPath, 'petitions.inbox', (request) => inbox(request)),
  post(dismissPath, 'petitions.inbox', async (request) => {
    const result = await dismissLetters(request.caller, { ...request.form, ids: request.all('ids') })
    return isRefusal(result) ? inbox(request, result) : redirect(inboxPath, `${result.value.count} 封信不成案，理由已記下`)
  }),
]
