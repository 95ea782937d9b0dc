import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { findMeeting } from '../../../core/committees/queries.ts'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { mask } from '../../../core/masking/index.ts'
import { MaskedParts } from '../../../core/masking/masked-parts.tsx'
import { consolePage, portalPage } from '../../../core/web/pages.tsx'
import { get, type PageRequest, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Checkboxes, Select } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { EmptyState, InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { Pagination } from '../../../ui/components/pagination.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText, InstantText } from '../../../ui/components/time.tsx'
import { findBody } from '../bodies.ts'
import { hearing } from '../hearing.ts'
import { listPath, meetingPath, publicMinutesPath, publicPath, publicRegisterPath } from '../paths.ts'
import { findMore } from '../queries.ts'
import { publications } from '../schema.ts'
import { findPublication, publishMinutes, refusePublication, withdrawMinutes } from './acts.ts'

/** 案號 of what meetings speak of (裁115-000004, 會, 提案, 法, 管 …): the house's own, nobody's number. */
const ownNumbers = /(?:裁|會|提案|法|管|審|訴|施|紓)\d{2,3}-\d{6}(?!\d)/g

/** What goes out, before it does: the minutes in a field, so that what must not be seen is masked here. */
async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person } = request
  const file = await findMeeting(db, hearing, person, request.params.name!)
  const [more, published] = [await findMore(db, file.id), await findPublication(db, file.id)]
  const body = await findBody(db, more.bodyCode)
  const isOut = published !== null && published.withdrawnAt === null
  const no = refusePublication({ outcome: file.outcome, approvedOn: file.approvedOn, publication: body.publication, published: false }, '核定公開')
  const auto = mask(file.minutes)
  const shown = request.form.text ?? auto.text
  const error = errorOf(failed)
  return consolePage(request, {
    title: `公開紀錄 ${file.number}`, heading: '公開會議紀錄', headingNote: file.title, current: listPath, breadcrumbs: [{ text: '會議', href: listPath }, { text: file.number, href: meetingPath(file.number) }, { text: '公開紀錄' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <InsetText><p>{body.name}：{publications[body.publication]}。{body.publicationBasis}。</p></InsetText>
        {published && <p>{isOut ? '已公開' : '已下架'}：<InstantText at={published.publishedAt} />（{published.by ?? '—'}），{published.reason}。{published.withdrawnAt && <>下架 <InstantText at={published.withdrawnAt} />：{published.withdrawnReason}。</>}</p>}
        {isOut ? (
          <Form action={meetingPath(file.number, 'publication/withdraw')} formKey={randomUUID()} id="withdrawal">
            <TextInput name="reason" label="下架的理由" value={request.form.reason} error={error('reason')} width={30} />
            <ButtonGroup><Button kind="danger">下架</Button><a href={publicMinutesPath(file.number)}>看公開的樣子</a></ButtonGroup>
          </Form>
        ) : no ? <WarningText>{no.message}。</WarningText> : (
          <Form action={meetingPath(file.number, 'publication')} formKey={randomUUID()} id="publication" keep>
            <TextArea name="text" label="公開的文字" hint="號碼、地址已經先遮去；民眾的姓名和其他依法應限制公開的內容（政府資訊公開法 §18），請在這裡遮去。內部的紀錄不會變。遮蔽方式待法制單位確認。" rows={18} value={shown} error={error('text')} />
            <Card title="公開前請看"><MaskedParts found={auto.found} review={mask(shown.replace(ownNumbers, '')).review} /></Card>
            <Checkboxes name="ownPlaces" label="電話、信箱、地址、地號、座標" labelSize="s" required={false} values={request.form.ownPlaces === 'yes' ? ['yes'] : []} options={[{ value: 'yes', text: '留在文字裡的都是機關或公共設施的，可以公開' }]} />
            <TextInput name="reason" label={body.publication === 'internal' ? '核定公開的理由' : '說明'} required={body.publication === 'internal'} value={request.form.reason} error={error('reason')} width={30} />
            <ButtonGroup><Button confirm="公開後，任何人都看得到。">公開</Button><a href={meetingPath(file.number)}>取消</a></ButtonGroup>
          </Form>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

type Row = { number: string; body: string; body_code: string; title: string; held_on: import('../../../core/time.ts').Day; chair: string; text: string; published_at: Date; id: number }

/** What the county tells everyone of its meetings: `body` and `year` (ROC) narrow it, fifty to a page. */
async function list(request: PageRequest): Promise<Reply> {
  const { publicDb, query } = request
  const all = await publicDb.selectFrom('windlion_public.meeting_publications').select(['body_code', 'body', sql<number>`extract(year from held_on)::int - 1911`.as('year'), sql<number>`count(*)::int`.as('count')]).groupBy([sql`1`, sql`2`, sql`3`]).orderBy('body').execute()
  const year = all.some((one) => String(one.year) === query.year) ? query.year : undefined
  const bodies = new Map(all.map((one) => [one.body_code, one.body]))
  const body = query.body && bodies.has(query.body) ? query.body : undefined
  const count = all.filter((one) => (!body || one.body_code === body) && (!year || String(one.year) === year)).reduce((sum, one) => sum + one.count, 0)
  const key = /^(\d{4}-\d\d-\d\d)\.(\d{1,15})$/.exec(query.before ?? '')
  const rows: Row[] = await publicDb.selectFrom('windlion_public.meeting_publications').selectAll()
    .$if(body !== undefined, (q) => q.where('body_code', '=', body!))
    .$if(year !== undefined, (q) => q.where(sql<number>`extract(year from held_on)::int - 1911`, '=', Number(year)))
    .$if(key !== null, (q) => q.where(({ eb, refTuple, tuple }) => eb(refTuple('held_on', 'id'), '<', tuple(key![1] as never, Number(key![2])))))
    .orderBy('held_on', 'desc').orderBy('id', 'desc').limit(51).execute()
  const last = rows[49]
  const href = (values: Record<string, string | undefined>) => {
    const set = new URLSearchParams(Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])))
    return set.size ? `${publicPath}?${set}` : publicPath
  }
  const years = [...new Set(all.map((one) => one.year))].toSorted((a, b) => b - a)
  const active = [...(body ? [{ label: bodies.get(body)!, removeHref: href({ year }) }] : []), ...(year ? [{ label: `${year} 年`, removeHref: href({ body }) }] : [])]
  return portalPage(request, {
    title: '會議紀錄', current: publicPath,
    children: (
      <>
        <h1>會議紀錄</h1>
        <p class="lead">縣府委員會及會議公開的紀錄。哪些委員會開了會、紀錄公開了沒有，看<a href={publicRegisterPath}>常設委員會名冊</a>。</p>
        {all.length > 1 && (
          <FilterBar action={publicPath} clearHref={publicPath} active={active}>
            <Select name="body" label="會議" value={body} empty="全部" options={[...bodies].map(([value, text]) => ({ value, text }))} />
            <Select name="year" label="年度" value={year} empty="全部" options={years.map((one) => ({ value: String(one), text: `${one} 年` }))} />
          </FilterBar>
        )}
        <Toolbar count={count} unit="次" />
        <Table<Row>
          caption="會議紀錄" captionHidden rows={rows.slice(0, 50)} rowKey={(row) => row.number} empty={<EmptyState title="還沒有公開的紀錄">公開後會列在這裡。</EmptyState>}
          columns={[{ heading: '日期', cell: (row) => <DayText day={row.held_on} weekday />, width: 'fit' }, { heading: '會議', cell: (row) => <a href={publicMinutesPath(row.number)}>{row.body}</a>, rowHeader: true, width: 'grow' }, { heading: '主席', cell: (row) => row.chair, width: 'fit', wideOnly: true }]}
        />
        <Pagination previous={query.before ? href({ body, year }) : null} next={rows.length > 50 && last ? href({ body, year, before: `${last.held_on}.${last.id}` }) : null} />
      </>
    ),
  })
}

async function show(request: PageRequest): Promise<Reply> {
  const row: Row | undefined = await request.publicDb.selectFrom('windlion_public.meeting_publications').selectAll().where('number', '=', request.params.number!).executeTakeFirst()
  if (!row) throw new NotFound('找不到這次會議的紀錄，或是沒有公開')
  return portalPage(request, {
    title: `${row.title}紀錄`, current: publicPath, breadcrumbs: [{ text: '會議紀錄', href: publicPath }, { text: row.title }],
    children: <><h1>{row.title}紀錄</h1><Letter text={row.text} serif /><p class="muted small"><InstantText at={row.published_at} /> 公開。</p></>,
  })
}

const kept = (run: typeof publishMinutes | typeof withdrawMinutes, told: string) => async (request: StaffRequest): Promise<Reply> => {
  const result = await run(request.caller, { ...request.form, name: request.params.name })
  return isRefusal(result) ? page(request, result) : redirect(meetingPath(request.params.name!), told)
}

export const routes: Route[] = [
  get(publicPath, 'public', list), get(`${publicPath}/:number`, 'public', show),
  get(`${listPath}/:name/publication`, 'meetings.publish', (request) => page(request)),
  post(`${listPath}/:name/publication`, 'meetings.publish', kept(publishMinutes, '紀錄已公開')),
  post(`${listPath}/:name/publication/withdraw`, 'meetings.publish', kept(withdrawMinutes, '紀錄已下架')),
]
export const portal = [{ label: '會議紀錄', path: publicPath, about: '縣府委員會及會議公開的紀錄。', footer: true as const }]
