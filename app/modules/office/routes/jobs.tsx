import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { giveUpJob, runJobAgain } from '../../../core/jobs/decide.ts'
import { countJobs, findJob, jobTitle, type JobLine, type JobTray, listJobs, listScheduled, type Scheduled } from '../../../core/jobs/list.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { rocDateTime } from '../../../core/time.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Pagination } from '../../../ui/components/pagination.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { type Column, Table } from '../../../ui/components/table.tsx'
import { SubNav } from '../../../ui/components/tabs.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { jobListPath, jobPath, jobsPath } from '../paths.ts'

const trays: Record<JobTray, { title: string; empty: string; text: string }> = {
  failed: { title: '失敗', empty: '沒有失敗的工作', text: '寄信、提醒和整理等背景工作如果一再失敗，會留在這裡等您決定。' },
  waiting: { title: '等待與執行中', empty: '沒有在等的工作', text: '工作通常幾秒內就做完。' },
  'given-up': { title: '已放棄', empty: '沒有放棄的工作', text: '放棄的工作和理由會留在這裡。' },
}

const isTray = (text: string | undefined): text is JobTray => text !== undefined && text in trays
const isId = (text: string | undefined): text is string => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? '')

/** What the program does by itself: what failed, what waits, what was given up, and what the clock starts. */
async function jobs(request: StaffRequest): Promise<Reply> {
  const { db, query } = request
  const tray = isTray(query.tray) ? query.tray : 'failed'
  const page = { before: isId(query.before) ? query.before : undefined, after: isId(query.after) ? query.after : undefined }
  const [{ rows, more }, counts, scheduled] = await Promise.all([listJobs(db, tray, page), countJobs(db), listScheduled(db)])
  const isBack = page.before === undefined && page.after !== undefined
  const trayPath = (name: JobTray) => jobListPath({ tray: name === 'failed' ? undefined : name })
  return consolePage(request, {
    title: '背景工作',
    current: jobsPath,
    children: (
      <>
        <SubNav label="狀態" current={trayPath(tray)} items={(Object.keys(trays) as JobTray[]).map((name) => ({ href: trayPath(name), text: trays[name].title, count: counts[name] }))} />
        <Table<JobLine>
          caption={`背景工作：${trays[tray].title}`}
          captionHidden
          rows={rows}
          rowKey={(row) => row.id}
          rowHref={(row) => jobPath(row.id)}
          columns={columns}
          empty={<EmptyState title={trays[tray].empty}>{trays[tray].text}</EmptyState>}
        />
        <Pagination
          previous={rows[0] && (isBack ? more : page.before !== undefined) ? jobListPath({ tray, after: rows[0].id }) : null}
          next={rows.length && (isBack || more) ? jobListPath({ tray, before: rows.at(-1)!.id }) : null}
        />
        {!page.before && !page.after && <Card title="定時的工作" plain><ScheduledTable jobs={scheduled} /></Card>}
      </>
    ),
  })
}

const columns: Column<JobLine>[] = [
  { heading: '工作', rowHeader: true, cell: (row) => <a href={jobPath(row.id)}>{jobTitle(row.name)}</a> },
  { heading: '狀態', width: 'fit', cell: (row) => <JobState job={row} /> },
  { heading: '建立', width: 'fit', cell: (row) => <span class="number">{rocDateTime(row.createdAt)}</span> },
  { heading: '試過', numeric: true, width: 'fit', wideOnly: true, cell: (row) => triesOf(row) },
  { heading: '說明', width: 'grow', cell: (row) => <span class="small">{row.givenUp ? `${row.givenUp.by}：${row.givenUp.reason}` : (row.error ?? '')}</span> },
]

function JobState({ job }: { job: JobLine }) {
  if (job.givenUp) return <Tag tone="ended">已放棄</Tag>
  switch (job.state) {
    case 'failed': return <Tag tone="danger">失敗</Tag>
    case 'retry': return <Tag tone="soon">等著再試</Tag>
    case 'active': return <Tag tone="active">執行中</Tag>
    case 'completed': return <Tag tone="done">完成</Tag>
    case 'cancelled': return <Tag tone="ended">已放棄</Tag>
    case 'created': return <Tag tone="waiting">等待</Tag>
  }
}

/** Tries so far: those that failed and, where there was one more, the last. */
const triesOf = (job: JobLine): number => job.tries + (job.startedAt && job.state !== 'retry' ? 1 : 0)

function ScheduledTable({ jobs: all }: { jobs: Scheduled[] }) {
  return (
    <Table<Scheduled>
      caption="什麼時候做，上次的結果"
      captionHidden
      rows={all}
      rowKey={(row) => row.name}
      columns={[
        { heading: '工作', rowHeader: true, cell: (row) => row.title },
        { heading: '何時', width: 'fit', cell: (row) => whenOf(row.every) },
        { heading: '上次完成', width: 'fit', cell: (row) => (row.lastDone ? <span class="number">{rocDateTime(row.lastDone)}</span> : '還沒有') },
        { heading: '上次失敗', width: 'fit', wideOnly: true, cell: (row) => (row.lastFailed ? <span class="number">{rocDateTime(row.lastFailed)}</span> : '沒有') },
      ]}
      empty={<p>沒有定時的工作。</p>}
    />
  )
}

/** The simple cron expressions in words; others as they are. */
export function whenOf(cron: string): string {
  const [minute, hour, ...rest] = cron.split(' ')
  if (rest.join(' ') !== '* * *') return cron
  if (minute === '*' && hour === '*') return '每分鐘'
  if (/^\*\/\d+$/.test(minute!) && hour === '*') return `每 ${minute!.slice(2)} 分鐘`
  if (/^\d+$/.test(minute!) && hour === '*') return `每小時的第 ${minute} 分`
  return /^\d+$/.test(minute!) && /^\d+$/.test(hour!) ? `每天 ${hour}:${minute!.padStart(2, '0')}` : cron
}

async function job(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { id } = request.params
  const found = isId(id) ? await findJob(request.db, id) : null
  if (!found) throw new NotFound('找不到這件背景工作')
  const title = jobTitle(found.name)
  const canDecide = found.state === 'failed' || found.state === 'retry' || found.state === 'created'
  return consolePage(
    request,
    {
      title: `背景工作：${title}`,
      heading: title,
      headingNote: <JobState job={found} />,
      current: jobsPath,
      breadcrumbs: [{ text: '背景工作', href: jobsPath }, { text: title }],
      children: (
        <>
          {failed && <ErrorSummary title="沒有完成" errors={[{ text: failed.message, field: failed.field }]} />}
          <SummaryList
            columns={3}
            rows={[
              { key: '建立', value: rocDateTime(found.createdAt) },
              { key: '試過', value: `${triesOf(found)} 次，最多 ${found.triesMax + 1} 次` },
              { key: '下一步', value: nextOf(found) },
              { key: '錯誤', value: found.error ?? '沒有' },
              { key: '編號', value: <span class="small">{found.name} {found.id}</span> },
              ...(found.givenUp ? [{ key: '放棄的理由', value: <>{found.givenUp.reason}<br /><span class="muted">{rocDateTime(found.givenUp.at)} {found.givenUp.by}</span></> }] : []),
            ]}
          />
          {canDecide && (
            <div class="columns">
              <Card title="再做一次">
                <Form action={jobPath(found.id, 'again')} formKey={randomUUID()}>
                  <p>原因排除以後，馬上再做一次。重複執行不會造成重複的結果。</p>
                  <Button>再做一次</Button>
                </Form>
              </Card>
              {!found.givenUp && (
                <Card title="放棄">
                  <Form action={jobPath(found.id, 'give-up')} formKey={randomUUID()}>
                    <TextInput name="reason" label="理由" hint="放棄後不再自動試，紀錄會留著" value={request.form.reason} error={failed?.field === 'reason' ? failed.message : undefined} />
                    <Button kind="secondary">放棄</Button>
                  </Form>
                </Card>
              )}
            </div>
          )}
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

function nextOf(found: JobLine): string {
  if (found.givenUp) return '不再執行'
  switch (found.state) {
    case 'created': case 'retry': return `${rocDateTime(found.startAfter)} 以後執行`
    case 'active': return '正在執行'
    case 'failed': return '等您決定'
    default: return '沒有'
  }
}

export const routes = [
  get(jobsPath, 'office.jobs', jobs),
  get(jobPath(':id'), 'office.jobs', (request) => job(request)),
  post(jobPath(':id', 'again'), 'office.jobs', async (request) => {
    const result = await runJobAgain(request.caller, { ...request.form, id: request.params.id })
    return isRefusal(result) ? job(request, result) : redirect(jobPath(request.params.id!), '已排入，馬上再做一次')
  }),
  post(jobPath(':id', 'give-up'), 'office.jobs', async (request) => {
    const result = await giveUpJob(request.caller, { ...request.form, id: request.params.id })
    return isRefusal(result) ? job(request, result) : redirect(jobsPath, '已放棄，理由已記下')
  }),
]
