import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { findCommonEvents } from '../../../core/cases/common-history.ts'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { holds, may } from '../../../core/identity/permissions.ts'
import { caseFileRoute, findCaseFiles } from '../../../core/procedure/case-files.ts'
import { CaseTag, caseListPage } from '../../../core/procedure/case-list.tsx'
import { Clocks, NextSteps, StepHistory } from '../../../core/procedure/case-parts.tsx'
import { stepRoutes } from '../../../core/procedure/step-page.tsx'
import { stepActs } from '../../../core/procedure/take-step.ts'
import { dayOf, rocYear } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { findOpenYears, proposalPath, sources } from '../../annual-plans/index.ts'
import { keepEdition, publishEdition, startProgramme } from '../acts.ts'
import { attachFiles, FilesPart } from '../files.tsx'
import { mayHandOver } from '../hand-over.ts'
import { editionPath, forumPath, listPath, newPath, programmePath, projectPath } from '../paths.ts'
import { findProgrammeState, type ProgrammeState, visibleTo } from '../programme.ts'
import { findProgrammeFile, type ListedForum, type ListedProject, type ProgrammeFile } from '../queries.ts'
import { headings, wholeCounty } from '../schema.ts'
import { procedure } from '../steps.ts'
import { ReviewsCard } from './reviews.tsx'

export const acts = stepActs(procedure)

const list = (request: StaffRequest) => caseListPage(request, procedure, {
  visibleTo, about: { heading: '期程', table: 'programmes', sql: sql`m.from_year || '–' || m.to_year || ' 年'` }, unit: '期',
  actions: ({ person }) => holds(person, 'programme.manage') && <ButtonLink href={newPath}>開始研擬新一期</ButtonLink>, empty: '開始研擬後，各期方案會列在這裡。',
})

async function fresh(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const error = errorOf(failed)
  return consolePage(request, {
    title: '研擬新一期方案', heading: '開始研擬新一期方案', current: listPath, breadcrumbs: [{ text: procedure.title, href: listPath }, { text: '新一期' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Form action={newPath} formKey={randomUUID()} id="start-programme" keep>
          <p>離島建設條例 §5：四年一期。</p>
          <TextInput name="term" label="期別" inputmode="numeric" value={request.form.term} error={error('term')} width={3} />
          <TextInput name="fromYear" label="開始年度" inputmode="numeric" suffix="年" value={request.form.fromYear ?? String(rocYear(request.today) + 1)} error={error('fromYear')} width={4} />
          <TextArea name="aim" label="目標" value={request.form.aim} error={error('aim')} rows={4} />
          <ButtonGroup><Button>開始研擬</Button><a href={listPath}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

async function show(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person, today } = request
  const state = await findProgrammeState(db, person, request.params.name!)
  const file = await findProgrammeFile(db, state.id)
  const manages = may(person, 'programme.manage', state)
  const name = state.number!
  return consolePage(request, {
    title: `${name} ${state.title}`, heading: state.title, current: listPath, breadcrumbs: [{ text: procedure.title, href: listPath }, { text: name }],
    headingNote: <><span class="nowrap number">{name}</span><CaseTag procedure={procedure} stage={state.stage} outcome={state.outcome} /></>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} />}
        <SummaryList columns={4} rows={[{ key: '等誰', value: procedure.turns[state.stage] ?? '—' }, { key: '期程', value: `${state.fromYear} 至 ${state.toYear} 年` }, { key: '十五款內容', value: `已寫 ${file.texts.length} 款` }, { key: '座談會', value: `${file.forums.length} 場` }]} />
        {manages && <NextSteps procedure={procedure} state={state} person={person}>{state.stage === 'drafting' && <ButtonLink href={programmePath(name, 'forum')} kind="secondary">登錄座談會</ButtonLink>}{state.stage === 'drafting' && <ButtonLink href={programmePath(name, 'project')} kind="secondary">新增計畫</ButtonLink>}</NextSteps>}
        <Card title="計畫與分年經費"><Projects name={name} state={state} file={file} request={request} open={await findOpenYears(db, today)} /></Card>
        <div class="columns">
          <div class="columns__main">
            <Card title="目標"><Letter text={file.aim} /></Card>
            <Card title="座談會"><Forums rows={file.forums} /></Card>
            <Card title="方案內容"><Texts name={name} file={file} writes={manages && state.stage === 'drafting'} /></Card>
            <Card title="辦理經過"><StepHistory procedure={procedure} state={state} steps={file.steps} common={await findCommonEvents(db, state.id)} first={{ on: dayOf(state.receivedAt!), title: '開始研擬' }} /></Card>
          </div>
          <div class="columns__side">
            <Card title="期限"><Clocks clocks={file.clocks} today={today} closed={state.closedAt !== null} /></Card>
            {await ReviewsCard({ request, state, failed })}
            <FilesPart files={await findCaseFiles(db, state.id)} path={(what) => programmePath(name, what)} manages={manages} chosen={request.form.kind} failed={failed} />
            <Card title="版本"><Editions name={name} file={file} manages={manages} request={request} failed={failed} /></Card>
          </div>
        </div>
      </>
    ),
  }, failed ? 422 : 200)
}

function Forums({ rows }: { rows: ListedForum[] }) {
  return (
    <Table<ListedForum>
      caption="座談會一覽" captionHidden rows={rows} rowKey={(row) => row.number} empty={<p class="muted">還沒有登錄座談會。</p>}
      columns={[
        { heading: '日期', cell: (row) => <DayText day={row.heldOn} />, width: 'fit' },
        { heading: '主題', cell: (row) => <a href={forumPath(row.number)}>{row.subject}</a>, rowHeader: true, width: 'grow' },
        { heading: '鄉鎮', cell: (row) => row.township ?? '—', width: 'fit' },
        { heading: '出席', cell: (row) => row.attendance, numeric: true },
        { heading: '意見', cell: (row) => (row.open ? `${row.opinions}（${row.open} 則研議中）` : row.opinions), numeric: true },
        { heading: '公開', cell: (row) => (row.publishedAt ? '是' : '否'), width: 'fit', wideOnly: true },
      ]}
    />
  )
}

/** `open`: years whose round of the annual plan takes proposals today; a project is handed over into the first of them for which it has money. */
function Projects({ name, state, file, request, open }: { name: string; state: ProgrammeState; file: ProgrammeFile; request: StaffRequest; open: number[] }) {
  const years = [0, 1, 2, 3].map((i) => state.fromYear + i)
  const sum = (row: ListedProject, year?: number) => row.money.filter((one) => year === undefined || one.year === year).reduce((total, { twd }) => total + twd, 0)
  const told = (row: ListedProject) => Object.entries(sources).flatMap(([source, label]) => (row.money.some((one) => one.source === source) ? [label] : [])).join('、')
  const after = (row: ListedProject) => {
    const last = row.proposal && <a class="nowrap number" href={proposalPath(row.proposal)}>{row.proposal}</a>
    if (state.stage !== 'in-force' || !may(request.person, 'annual-plans.propose', { unitId: row.unitId, officerId: null })) return last ?? '—'
    const next = open.find((year) => mayHandOver(row.handedOver, year) && row.money.some((one) => one.year === year))
    if (next === undefined) return last ?? <span class="muted">沒有開放提報的年度</span>
    return <>{last}<Form action={programmePath(name, 'hand-over')} formKey={randomUUID()}><input type="hidden" name="project" value={row.id} /><input type="hidden" name="year" value={next} /><Button kind="secondary" small>{`提報 ${next} 年度`}</Button></Form></>
  }
  const rows = file.projects.filter((row) => !row.removedOn)
  const removed = file.projects.filter((row) => row.removedOn)
  return (
    <>
      <Table<ListedProject>
        caption="各計畫分年經費" captionHidden rows={rows} rowKey={(row) => row.id} empty={<p class="muted">還沒有列計畫。</p>}
        columns={[
          { heading: '計畫', cell: (row) => <><a href={projectPath(name, row.id)}>{row.title}</a><p class="muted small">{headings[row.heading - 1]}．{row.unit}．{row.township ?? wholeCounty}．{told(row)}{row.changes > 0 && `．修改 ${row.changes} 次`}</p></>, rowHeader: true, width: 'grow' },
          ...years.map((year) => ({ heading: `${year} 年`, cell: (row: ListedProject) => (sum(row, year) ? <Money twd={sum(row, year)} rounded /> : '—'), numeric: true, wideOnly: true })),
          { heading: '合計', cell: (row) => <Money twd={sum(row)} rounded />, numeric: true },
          { heading: '先期作業', cell: after, width: 'fit' },
        ]}
        footer={rows.length > 0 && <tr><th scope="row">合計</th>{years.map((year) => <td key={year} class="numeric wide-only"><Money twd={rows.reduce((total, row) => total + sum(row, year), 0)} rounded /></td>)}<td class="numeric"><Money twd={rows.reduce((total, row) => total + sum(row), 0)} rounded /></td><td /></tr>}
      />
      {removed.length > 0 && <p class="muted">已從方案移除：{removed.map((row, i) => <>{i > 0 && '、'}<a href={projectPath(name, row.id)}>{row.title}</a></>)}</p>}
    </>
  )
}

function Texts({ name, file, writes }: { name: string; file: ProgrammeFile; writes: boolean }) {
  return (
    <>
      <p class="muted">離島建設條例 §5 的十五款。</p>
      <ol>
        {headings.map((heading, i) => {
          const text = file.texts.find((one) => one.heading === i + 1)?.text
          return <li key={heading}><strong>{heading}</strong>{writes && <>　<a href={programmePath(name, `texts/${i + 1}`)}>{text ? '修改' : '撰寫'}<span class="govuk-visually-hidden">{heading}</span></a></>}{text ? <Letter text={text} /> : <p class="muted">還沒有寫。</p>}</li>
        })}
      </ol>
    </>
  )
}

function Editions({ name, file, manages, request, failed }: { name: string; file: ProgrammeFile; manages: boolean; request: StaffRequest; failed: Refusal | undefined }) {
  return (
    <>
      {file.editions.length === 0 && <p class="muted">還沒有留存版本。</p>}
      <ul>
        {file.editions.map((one) => (
          <li key={one.id}>
            <a href={editionPath(name, one.edition)}>第 {one.edition} 版　{one.label}</a><br /><span class="muted"><DayText day={dayOf(new Date(one.madeAt))} />，{one.headings} 款，{one.publishedAt ? '已公開' : '未公開'}</span>
            {manages && <Form action={programmePath(name, 'publish')} formKey={randomUUID()}><input type="hidden" name="edition" value={one.edition} /><input type="hidden" name="public" value={one.publishedAt ? 'no' : 'yes'} /><Button kind="secondary" small>{one.publishedAt ? `第 ${one.edition} 版停止公開` : `公開第 ${one.edition} 版`}</Button></Form>}
          </li>
        ))}
      </ul>
      {manages && <Form action={programmePath(name, 'editions')} formKey={randomUUID()} id="keep-edition"><TextInput name="label" label="版本名稱" hint="例如 期中報告版、送審版、核定版" value={request.form.label} error={errorOf(failed)('label')} width={20} /><ButtonGroup><Button kind="secondary">留存目前內容</Button></ButtonGroup></Form>}
    </>
  )
}

export const routes: Route[] = [
  get(listPath, 'programme.read', list),
  get(newPath, 'programme.manage', (request) => fresh(request)),
  post(newPath, 'programme.manage', async (request) => {
    const result = await startProgramme(request.caller, request.form)
    return isRefusal(result) ? fresh(request, result) : redirect(programmePath(result.value.number), '已開始研擬')
  }),
  ...stepRoutes(procedure, acts),
  post(`${listPath}/:name/editions`, 'programme.manage', async (request) => {
    const result = await keepEdition(request.caller, { ...request.form, name: request.params.name! })
    return isRefusal(result) ? show(request, result) : redirect(programmePath(request.params.name!), `已留存第 ${result.value.edition} 版`)
  }),
  post(`${listPath}/:name/publish`, 'programme.manage', async (request) => {
    const result = await publishEdition(request.caller, { ...request.form, name: request.params.name! })
    return isRefusal(result) ? show(request, result) : redirect(programmePath(request.params.name!), request.form.public === 'yes' ? '已公開' : '已停止公開')
  }),
  get(`${listPath}/:name`, 'programme.read', (request) => show(request)),
  caseFileRoute(procedure, (person) => visibleTo(person)),
  post(`${listPath}/:name/files`, 'programme.manage', async (request) => {
    const result = await attachFiles(request.caller, { ...request.form, name: request.params.name!, files: request.files })
    return isRefusal(result) ? show(request, result) : redirect(programmePath(request.params.name!), `已附上 ${result.value.files} 個檔案`)
  }, { upload: true }),
]
export { show }
