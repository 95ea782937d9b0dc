import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { isPaperForm, paperReply } from '../../../core/reports/paper/reply.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Checkboxes, Radios, Select } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState, WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag, type Tone } from '../../../ui/components/tag.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { MeetingsCard } from '../../meetings/index.ts'
import { appointmentLetter } from '../letter.ts'
import { adviserPath, advisersPath, newAdviserPath, newPath } from '../paths.ts'
import { type Adviser, findAdviser, findAdvisers, type Term, termOf, terms } from '../queries.ts'
import { appoint, endAppointment, renew } from '../register.ts'
import { adviserKinds, warnDays } from '../schema.ts'

const tones: Record<Term, Tone> = { serving: 'active', ending: 'soon', over: 'ended', coming: 'waiting' }
const TermTag = ({ term }: { term: Term }) => <Tag tone={tones[term]}>{terms[term]}</Tag>

async function list(request: StaffRequest): Promise<Reply> {
  const { db, person, query, today } = request
  const filter = { kind: query.kind, query: query.q?.slice(0, 50), all: query.all === 'yes', ending: query.ending === 'yes' }
  const [rows, ending] = await Promise.all([findAdvisers(db, today, filter), findAdvisers(db, today, { ending: true })])
  const filtered = Boolean(query.q || query.kind || filter.ending)
  return consolePage(request, {
    title: '縣政顧問與鄉賢', heading: '縣政顧問與鄉賢', current: advisersPath,
    actions: holds(person, 'advisers.manage') ? <><ButtonLink href={newAdviserPath}>新聘</ButtonLink><ButtonLink href={newPath()} kind="secondary">登錄建議</ButtonLink></> : undefined,
    children: (
      <>
        {ending.length > 0 && !filter.ending && <WarningText>{ending.length} 位的任期在 {warnDays} 天內屆滿，還沒有續聘。<a href={`${advisersPath}?ending=yes`}>看是哪些人</a></WarningText>}
        <FilterBar action={advisersPath} active={filter.ending ? [{ label: `${warnDays} 天內屆滿`, removeHref: advisersPath }] : []}>
          <TextInput name="q" type="search" label="姓名、職稱、專長" value={query.q} width={10} />
          <Select name="kind" label="身分" value={query.kind} empty="全部" options={Object.entries(adviserKinds).map(([value, text]) => ({ value, text }))} />
          <Checkboxes name="all" label="範圍" labelSize="hidden" values={filter.all ? ['yes'] : []} options={[{ value: 'yes', text: '含已屆滿' }]} />
        </FilterBar>
        <Toolbar count={rows.length} unit="位" />
        <Table<Adviser>
          caption="縣政顧問與鄉賢" captionHidden rows={rows} rowKey={(row) => row.id} rowHref={(row) => adviserPath(row.id)}
          empty={<EmptyState title={filtered ? '沒有符合的人' : '還沒有聘任'} action={filtered ? <a href={advisersPath}>看全部任期中的</a> : undefined}>{filtered ? '少用一個條件看看。' : '新聘後會列在這裡，任期屆滿前會提醒。'}</EmptyState>}
          columns={[
            { heading: '姓名', cell: (row) => <><a href={adviserPath(row.id)}>{row.name}</a>{row.title && <p class="muted small">{row.title}</p>}</>, rowHeader: true, width: 'grow' },
            { heading: '身分', cell: (row) => adviserKinds[row.kind], width: 'fit' },
            { heading: '專長', cell: (row) => row.field || '—', wideOnly: true },
            { heading: '任期', cell: (row) => <><DayText day={row.fromOn} /> 至 <DayText day={row.endedOn ?? row.untilOn} /></>, width: 'fit', wideOnly: true },
            { heading: '情形', cell: (row) => <TermTag term={termOf(row, today)} />, width: 'fit' },
            { heading: '建議', cell: (row) => `${row.suggestions}${row.open ? `（未回復 ${row.open}）` : ''}`, numeric: true },
          ]}
        />
        {await MeetingsCard(db, person, { body: 'advisers', title: '縣政顧問會議' })}
        {await MeetingsCard(db, person, { body: 'county_people', title: '旅台鄉親座談' })}
      </>
    ),
  })
}

async function fresh(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const value = (name: string) => request.form[name]
  const error = errorOf(failed)
  return consolePage(request, {
    title: '新聘顧問或鄉賢', heading: '新聘', current: advisersPath, breadcrumbs: [{ text: '縣政顧問與鄉賢', href: advisersPath }, { text: '新聘' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Form action={newAdviserPath} formKey={randomUUID()} id="appoint" keep>
          <Radios name="kind" label="身分" value={value('kind')} error={error('kind')} options={Object.entries(adviserKinds).map(([code, text]) => ({ value: code, text }))} />
          <TextInput name="name" label="姓名" value={value('name')} error={error('name')} width={10} />
          <TextInput name="title" label="職稱" required={false} value={value('title')} error={error('title')} width={30} />
          <TextInput name="field" label="專長" required={false} value={value('field')} error={error('field')} width={30} />
          <TextInput name="fromOn" label="任期開始" value={value('fromOn')} error={error('fromOn')} width={10} />
          <TextInput name="untilOn" label="任期屆滿" value={value('untilOn')} error={error('untilOn')} width={10} />
          <ButtonGroup><Button>聘任</Button><a href={advisersPath}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

/** One appointment, with the forms for another term and for its end. */
async function show(request: StaffRequest, failed?: { form: 'renew' | 'end'; refusal: Refusal }): Promise<Reply> {
  const { db, today, person } = request
  const adviser = await adviserOf(request)
  const value = (form: string, name: string) => (failed?.form === form ? request.form[name] : undefined)
  const error = (form: string) => (failed?.form === form ? errorOf(failed.refusal) : () => undefined)
  const term = termOf(adviser, today)
  const said = (await db.selectFrom('suggestions as s').innerJoin('cases as c', 'c.id', 's.id').select(['c.number', 'c.title', 'c.outcome', 'c.stage']).where('s.adviser_id', '=', adviser.id).orderBy('c.id', 'desc').limit(100).execute())
  const manages = holds(person, 'advisers.manage')
  const isLettered = manages && term !== 'over' && !adviser.endedOn
  return consolePage(request, {
    title: adviser.name, heading: adviser.name, current: advisersPath, breadcrumbs: [{ text: '縣政顧問與鄉賢', href: advisersPath }, { text: adviser.name }], headingNote: <TermTag term={term} />,
    actions: manages && term !== 'over' ? <><ButtonLink href={newPath(adviser.id)}>登錄建議</ButtonLink>{isLettered && <><ButtonLink href={adviserPath(adviser.id, 'letter.pdf')} kind="secondary" download>聘書 PDF</ButtonLink><ButtonLink href={adviserPath(adviser.id, 'letter.odt')} kind="secondary" download>ODT</ButtonLink></>}</> : undefined,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed.refusal)} intro="您填的都還在。" />}
        <SummaryList columns={4} rows={[
          { key: '身分', value: adviserKinds[adviser.kind] }, { key: '職稱', value: adviser.title || '—' }, { key: '專長', value: adviser.field || '—' },
          { key: '任期', value: <><DayText day={adviser.fromOn} /> 至 <DayText day={adviser.untilOn} /></> },
          ...(isLettered ? [{ key: '聘書', value: '用語依一般慣例，待法制單位確認' }] : []),
          ...(adviser.endedOn ? [{ key: '解聘', value: <><DayText day={adviser.endedOn} />　{adviser.endedWhy}</> }] : []),
        ]} />
        <Card title="建議">{said.length ? <ul>{said.map((one) => <li key={one.number}><a href={`/console/suggestions/${encodeURIComponent(one.number!)}`}>{one.number} {one.title}</a></li>)}</ul> : <p class="muted">還沒有建議。</p>}</Card>
        {manages && !adviser.renewed && (
          <Card title="續聘">
            <Form action={adviserPath(adviser.id, 'renew')} formKey={randomUUID()} id="renew">
              <TextInput name="fromOn" label="新任期開始" value={value('renew', 'fromOn')} error={error('renew')('fromOn')} width={10} />
              <TextInput name="untilOn" label="新任期屆滿" value={value('renew', 'untilOn')} error={error('renew')('untilOn')} width={10} />
              <ButtonGroup><Button kind="secondary">續聘</Button></ButtonGroup>
            </Form>
          </Card>
        )}
        {manages && !adviser.endedOn && term !== 'over' && (
          <Card title="提前解聘">
            <Form action={adviserPath(adviser.id, 'end')} formKey={randomUUID()} id="end-appointment">
              <TextInput name="endedOn" label="最後一天" value={value('end', 'endedOn')} error={error('end')('endedOn')} width={10} />
              <TextInput name="why" label="原因" value={value('end', 'why')} error={error('end')('why')} width={30} />
              <ButtonGroup><Button kind="secondary">解聘</Button></ButtonGroup>
            </Form>
          </Card>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

/** 聘書 as PDF, or as ODT to be put right by hand. */
async function letter(request: StaffRequest): Promise<Reply> {
  const adviser = await adviserOf(request)
  const { form } = request.params
  if (!isPaperForm(form) || adviser.endedOn) throw new NotFound('沒有這個檔案')
  return paperReply(appointmentLetter(adviser, request.site.county), form, `聘書-${adviser.name}`)
}

async function adviserOf({ db, params }: StaffRequest): Promise<Adviser> {
  const found = /^\d{1,15}$/.test(params.id!) ? await findAdviser(db, Number(params.id)) : undefined
  if (!found) throw new NotFound('找不到這位顧問或鄉賢')
  return found
}

export const routes: Route[] = [
  get(advisersPath, 'advisers.read', list),
  get(newAdviserPath, 'advisers.manage', (request) => fresh(request)),
  post(newAdviserPath, 'advisers.manage', async (request) => {
    const result = await appoint(request.caller, request.form)
    return isRefusal(result) ? fresh(request, result) : redirect(adviserPath(result.value.id), '已聘任')
  }),
  get(`${advisersPath}/:id`, 'advisers.read', (request) => show(request)),
  get(`${advisersPath}/:id/letter.:form`, 'advisers.manage', letter, { limit: 60 }),
  post(`${advisersPath}/:id/renew`, 'advisers.manage', async (request) => {
    const { id } = await adviserOf(request)
    const result = await renew(request.caller, { ...request.form, id })
    return isRefusal(result) ? show(request, { form: 'renew', refusal: result }) : redirect(adviserPath(result.value.id), '已續聘')
  }),
  post(`${advisersPath}/:id/end`, 'advisers.manage', async (request) => {
    const { id } = await adviserOf(request)
    const result = await endAppointment(request.caller, { ...request.form, id })
    return isRefusal(result) ? show(request, { form: 'end', refusal: result }) : redirect(adviserPath(id), '已解聘')
  }),
]
