import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { may } from '../../../core/identity/permissions.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { proposalPath, sources } from '../../annual-plans/index.ts'
import { listPath, programmePath, projectPath } from '../paths.ts'
import { findProgrammeState } from '../programme.ts'
import { addProject, changeMoney, handOver, linesOfMoney } from '../projects.ts'
import { findProject, type Money as Line } from '../queries.ts'
import { headingOptions, headings, townships, wholeCounty } from '../schema.ts'
import { frame } from './content.tsx'
import { show } from './programme.tsx'

async function newProject(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const error = errorOf(failed)
  const { form } = request
  const name = request.params.name!
  const units = await request.db.selectFrom('units').select(['id', 'name']).where('valid_until', 'is', null).orderBy('code').execute()
  return frame(request, '新增計畫', failed, (
    <Form action={programmePath(name, 'project')} formKey={randomUUID()} id="add-project" keep>
      <TextInput name="title" label="計畫名稱" value={form.title} error={error('title')} width={30} />
      <Select name="heading" label="屬於哪一款" value={form.heading} error={error('heading')} empty="選擇款次" options={headingOptions} />
      <Select name="unitId" label="主辦單位" value={form.unitId} error={error('unitId')} empty="選擇單位" options={units.map(({ id, name: text }) => ({ value: String(id), text }))} />
      <Select name="township" label="鄉鎮" required={false} value={form.township} error={error('township')} empty={wholeCounty} options={townships.map((text) => ({ value: text, text }))} />
      <TextArea name="summary" label="計畫概要" required={false} value={form.summary} error={error('summary')} rows={4} />
      <TextArea name="money" label="分年經費與來源" hint="一行一筆，例如 112 離島建設基金 3,000萬" value={form.money} error={error('money')} rows={5} />
      <ButtonGroup><Button>新增</Button><a href={programmePath(name)}>取消</a></ButtonGroup>
    </Form>
  ))
}

/** A project of the programme: its money by year and source, how that came to be, and the form that changes it. */
async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person, params, form } = request
  const state = await findProgrammeState(db, person, params.name!)
  if (!/^\d{1,15}$/.test(params.project!)) throw new NotFound('找不到這件計畫')
  const project = await findProject(db, state.id, Number(params.project))
  const changes = may(person, 'programme.manage', state) && (state.stage === 'drafting' || state.stage === 'in-force')
  const error = errorOf(failed)
  const name = state.number!
  return consolePage(request, {
    title: `${project.title}：${state.title}`, heading: project.title, current: listPath, breadcrumbs: [{ text: name, href: programmePath(name) }, { text: project.title }], headingNote: <a href={programmePath(name)}>{state.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <SummaryList columns={4} rows={[
          { key: '款次', value: `${project.heading}. ${headings[project.heading - 1]}` }, { key: '主辦單位', value: project.unit }, { key: '鄉鎮', value: project.township ?? wholeCounty }, { key: '經費合計', value: <Money twd={sumOf(project.money)} rounded /> },
          { key: '先期作業', value: project.proposal ? <a class="nowrap number" href={proposalPath(project.proposal)}>{project.proposal}</a> : '還沒有提報' },
        ]} />
        {project.summary && <Card title="計畫概要"><Letter text={project.summary} /></Card>}
        <Card title="分年經費與來源"><Lines caption="現在的各筆經費" money={project.money} /></Card>
        {changes && (
          <Card title="調整經費">
            <Form action={projectPath(name, project.id)} formKey={randomUUID()} id="change-money" keep>
              {state.stage === 'in-force' && <p>{amending}</p>}
              {project.proposal && <p>已經提報的先期作業不會跟著改，請由主辦單位另外修正提報。</p>}
              <TextArea name="money" label="分年經費與來源" hint="一行一筆，例如 112 離島建設基金 3,000萬" value={form.money ?? linesOfMoney(project.money)} error={error('money')} rows={6} />
              <TextInput name="why" label="調整的理由" value={form.why} error={error('why')} width={30} />
              <ButtonGroup><Button>調整</Button><a href={programmePath(name)}>回方案</a></ButtonGroup>
            </Form>
          </Card>
        )}
        <h2>調整紀錄</h2>
        {state.stage === 'in-force' && !changes && project.history.length > 0 && <p class="muted small">{amending}</p>}
        {project.history.length === 0 && <p class="muted">經費沒有調整過。</p>}
        {project.history.map((one, i) => {
          const after = project.history[i - 1]?.before ?? project.money
          const which = `第 ${project.history.length - i} 次`
          return (
            <Card key={i} level={3} title={<>{which}　<DayText day={one.changedOn} />　{sumOf(one.before) === sumOf(after) ? '總額不變' : <><Money twd={sumOf(one.before)} rounded /> 改為 <Money twd={sumOf(after)} rounded /></>}</>}>
              <p>{one.reason}<span class="muted">（{one.by ?? '—'}）</span></p>
              <Lines caption={`${which}調整前`} money={one.before} />
            </Card>
          )
        })}
      </>
    ),
  }, failed ? 422 : 200)
}

/** 離島建設條例 §6 II: amendments take the same way as the programme. Whether money alone is one, and from what amount on, no source seen here says. */
const amending = '方案已經核定。經費變動大的，是否要先依離島建設條例 §6 II「修正方案」再調整，待法制單位確認。'

const sumOf = (money: readonly Line[]): number => money.reduce((sum, { twd }) => sum + twd, 0)

function Lines({ caption, money }: { caption: string; money: readonly Line[] }) {
  return (
    <Table<Line>
      caption={caption} captionHidden={!caption.endsWith('調整前')} rows={[...money]} rowKey={({ year, source }) => `${year} ${source}`}
      columns={[{ heading: '年度', cell: ({ year }) => `${year} 年`, rowHeader: true, width: 'fit' }, { heading: '來源', cell: ({ source }) => sources[source], width: 'grow' }, { heading: '經費', cell: ({ twd }) => <Money twd={twd} />, numeric: true }]}
    />
  )
}

export const routes: Route[] = [
  get(`${listPath}/:name/project`, 'programme.manage', (request) => newProject(request)),
  post(`${listPath}/:name/project`, 'programme.manage', async (request) => {
    const result = await addProject(request.caller, { ...request.form, name: request.params.name! })
    return isRefusal(result) ? newProject(request, result) : redirect(programmePath(request.params.name!), '已新增計畫')
  }),
  post(`${listPath}/:name/hand-over`, 'annual-plans.propose', async (request) => {
    const result = await handOver(request.caller, { ...request.form, name: request.params.name! })
    return isRefusal(result) ? show(request, result) : redirect(programmePath(request.params.name!), `已提報，案號 ${result.value.number}`)
  }),
  get(`${listPath}/:name/projects/:project`, 'programme.read', (request) => page(request)),
  post(`${listPath}/:name/projects/:project`, 'programme.manage', async (request) => {
    const { name, project } = request.params
    const result = await changeMoney(request.caller, { ...request.form, name, project })
    return isRefusal(result) ? page(request, result) : redirect(projectPath(name!, Number(project)), '經費已調整')
  }),
]
