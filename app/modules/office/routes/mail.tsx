import { randomUUID } from 'node:crypto'
import { casePath, seenBy } from '../../../core/cases/case-kinds.ts'
import type { Reader } from '../../../core/db.ts'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { holds, type Person } from '../../../core/identity/permissions.ts'
import { listFolders } from '../../../core/mail/folder-state.ts'
import { countMail, listMail, type MailFilter, type MailLine } from '../../../core/mail/outbox-queries.ts'
import { mailIsKept } from '../../../core/mail/outbox.ts'
import { purposeName } from '../../../core/mail/purposes.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { rocDateTime } from '../../../core/time.ts'
import { BulkBar } from '../../../ui/components/bulk-bar.tsx'
import { Button } from '../../../ui/components/button.tsx'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { FilterBar } from '../../../ui/components/filter-bar.tsx'
import { EmptyState, InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { Pagination } from '../../../ui/components/pagination.tsx'
import { type Column, Table } from '../../../ui/components/table.tsx'
import { SubNav } from '../../../ui/components/tabs.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { sendMailAgain } from '../mail-acts.ts'
import { MailStateTag } from '../mail-words.tsx'
import { mailAgainPath, mailListPath, mailPath, messagePath } from '../paths.ts'

const trays = { '': '全部', queued: '等待寄出', kept: '保留未寄', failed: '寄不出去', bounced: '退回', sent: '已寄出' } as const
type Tray = keyof typeof trays
const pageSize = 50

type Row = MailLine & { case: { kind: string; name: string } | null; /** it is of no case, or of one that this person may see */ seen: boolean }

/** Everything the office wrote to people outside, newest first, and how it stands. */
async function mail(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person, query } = request
  const tray: Tray = query.state && query.state in trays ? (query.state as Tray) : ''
  const named = query.case?.normalize('NFKC').trim().toUpperCase() ?? ''
  const about = named ? await findCaseId(db, named) : undefined
  const [found, counts, folders] = await Promise.all([about === null ? [] : listMail(db, filterOf(tray, about, query)), countMail(db), listFolders(db)])
  const isBack = query.after !== undefined && query.before === undefined
  const more = found.length > pageSize
  const rows = await withCases(db, person, isBack ? found.slice(-pageSize) : found.slice(0, pageSize))
  const reads = holds(person, 'office.mail-text')
  const kept = { state: tray, case: named }
  const canSend = ['kept', 'failed', 'bounced'].includes(tray) && rows.length > 0
  return consolePage(
    request,
    {
      title: '寄出的信',
      current: mailPath,
      children: (
        <>
          {failed && <ErrorSummary title="沒有寄出" errors={[{ text: failed.message }]} />}
          {mailIsKept() && <InsetText>沒有設定寄信伺服器（SMTP_URL）：要寄的信都保留在這裡，不會送出。</InsetText>}
          {folders.filter((folder) => folder.lastError).map((folder) => <WarningText key={folder.name}>收信的資料夾 {folder.name} 有問題：{folder.lastError}</WarningText>)}
          <SubNav label="狀態" current={mailListPath({ state: tray })} items={(Object.keys(trays) as Tray[]).map((name) => ({ href: mailListPath({ state: name }), text: trays[name], count: name && name !== 'sent' ? counts[name] : undefined }))} />
          <FilterBar action={mailPath} keep={tray ? { state: tray } : {}} submit="找" active={named ? [{ label: named, removeHref: mailListPath({ state: tray }) }] : []}>
            <TextInput name="case" label="案號或追蹤號碼" value={named} width={10} autocomplete="off" />
          </FilterBar>
          <Table<Row>
            caption={`寄出的信：${trays[tray]}`}
            captionHidden
            rows={rows}
            rowKey={(row) => row.id}
            rowHref={(row) => messagePath(row.id)}
            {...(canSend ? { select: { name: 'ids', form: 'messages', label: (row: Row) => `選取 ${rocDateTime(row.created_at)} 的${purposeName(row.purpose)}` } } : {})}
            columns={columnsFor(reads)}
            empty={<EmptyState title={named ? `沒有關於 ${named} 的信` : tray ? `沒有「${trays[tray]}」的信` : '還沒有寄過信'} action={(named || tray) && <a href={mailPath}>看全部</a>}>確認信、收件通知、答復和展期通知寄出後都列在這裡。</EmptyState>}
          />
          {canSend && (
            <BulkBar id="messages" action={mailAgainPath} name="ids" formKey={randomUUID()} unit="封">
              <input type="hidden" name="state" value={tray} />
              <Button small reason={mailIsKept() ? '要先設定寄信伺服器（SMTP_URL）' : null}>再寄一次</Button>
            </BulkBar>
          )}
          <Pagination
            previous={rows[0] && (isBack ? more : query.before !== undefined) ? mailListPath({ ...kept, after: rows[0].id }) : null}
            next={rows.length && (isBack || more) ? mailListPath({ ...kept, before: rows.at(-1)!.id }) : null}
          />
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

function filterOf(tray: Tray, caseId: number | undefined, query: Record<string, string>): MailFilter {
  const id = (text: string | undefined) => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : undefined)
  const [before, after] = [id(query.before), id(query.after)]
  return {
    ...(tray === 'bounced' ? { bounced: true } : tray ? { state: tray } : {}),
    ...(caseId === undefined ? {} : { caseId }),
    ...(before !== undefined ? { before } : after !== undefined ? { after } : {}),
    limit: pageSize + 1,
  }
}

/** null: there is no such case. */
async function findCaseId(reader: Reader, name: string): Promise<number | null> {
  const row = await reader.selectFrom('cases').select('id').where((eb) => eb.or([eb('number', '=', name), eb('follow_no', '=', name)])).executeTakeFirst()
  return row?.id ?? null
}

export async function withCases<T extends { case_id: number | null }>(reader: Reader, person: Person, lines: T[]): Promise<(T & Pick<Row, 'case' | 'seen'>)[]> {
  const ids = lines.flatMap((line) => line.case_id ?? [])
  const cases = ids.length ? await reader.selectFrom('cases as c').select(['id', 'kind', 'number', 'follow_no', seenBy(person, 'c').as('seen')]).where('id', 'in', ids).execute() : []
  const byId = new Map(cases.map((one) => [one.id, { case: { kind: one.kind, name: one.number ?? one.follow_no }, seen: one.seen }]))
  return lines.map((line) => ({ ...line, ...((line.case_id !== null && byId.get(line.case_id)) || { case: null, seen: true }) }))
}

/** Who keeps the system running sees that a message went, not what it says. */
function columnsFor(reads: boolean): Column<Row>[] {
  return [
    { heading: '時間', width: 'fit', cell: (row) => <span class="number">{rocDateTime(row.created_at)}</span> },
    { heading: '狀態', width: 'fit', cell: (row) => <MailStateTag mail={row} /> },
    { heading: '信', rowHeader: true, width: 'grow', cell: (row) => <a href={messagePath(row.id)}>{reads && row.seen ? row.subject : purposeName(row.purpose)}</a> },
    ...(reads ? [{ heading: '用途', width: 'fit' as const, wideOnly: true, cell: (row: Row) => purposeName(row.purpose) }] : []),
    { heading: '收件人', width: 'fit', wideOnly: true, cell: (row) => row.to },
    { heading: '案件', width: 'fit', cell: (row) => <CaseLink of={row.case} reads={reads && row.seen} /> },
  ]
}

export function CaseLink({ of, reads }: { of: Row['case']; reads: boolean }) {
  if (!of) return <>—</>
  const path = reads ? casePath(of.kind, of.name) : null
  return path ? <a class="nowrap" href={path}>{of.name}</a> : <span class="nowrap">{of.name}</span>
}

export const routes = [
  get(mailPath, 'office.mail', (request) => mail(request)),
  post(mailAgainPath, 'office.mail', async (request) => {
    const result = await sendMailAgain(request.caller, { ...request.form, ids: request.all('ids') })
    return isRefusal(result) ? mail({ ...request, query: { state: request.form.state ?? '' } }, result) : redirect(mailListPath({ state: request.form.state }), `${result.value.count} 封信已排入寄送`)
  }),
]
