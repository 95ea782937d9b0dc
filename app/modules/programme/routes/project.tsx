import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { may } from '../../../core/identity/permissions.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { proposalPath } from '../../annual-plans/index.ts'
import { handOver } from '../hand-over.ts'
import { cellName, cellsOf, sourceKinds, sumOf, yearsOf } from '../money.ts'
import { listPath, programmePath, projectPath } from '../paths.ts'
import { findProgrammeState, type ProgrammeState } from '../programme.ts'
import { addProject, changeProject, changesOf, removeProject, undoChange } from '../projects.ts'
import { findProject, type ProjectFile } from '../queries.ts'
import { headings, wholeCounty } from '../schema.ts'
import { frame } from './content.tsx'
import { show } from './programme.tsx'
import { ProjectFields } from './project-fields.tsx'
import { ChangeHistory, MoneyTable } from './project-history.tsx'

const unitsNow = ({ db }: StaffRequest) => db.selectFrom('units').select(['id', 'name']).where('valid_until', 'is', null).orderBy('code').execute()

/** The money cells of what was sent, for the act. */
const moneyOf = ({ form }: StaffRequest, { fromYear, toYear }: ProgrammeState) => Object.fromEntries(yearsOf(fromYear, toYear).flatMap((year) => sourceKinds.map((source) => [cellName(source, year), form[cellName(source, year)] ?? ''])))

async function newProject(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const name = request.params.name!
  const state = await findProgrammeState(request.db, request.person, name)
  const fields = { value: (field: string) => request.form[field], error: errorOf(failed) }
  return frame(request, '新增計畫', failed, state.stage === 'drafting'
    ? <Form action={programmePath(name, 'project')} formKey={randomUUID()} id="add-project" keep><ProjectFields fields={fields} units={await unitsNow(request)} term={state} /><ButtonGroup><Button>新增</Button><a href={programmePath(name)}>取消</a></ButtonGroup></Form>
    : <WarningText>研擬中才能新增計畫。<a href={programmePath(name)}>回方案</a></WarningText>)
}

async function projectOf(request: StaffRequest): Promise<{ state: ProgrammeState; project: ProjectFile; name: string }> {
  const { db, person, params } = request
  const state = await findProgrammeState(db, person, params.name!)
  if (!/^\d{1,15}$/.test(params.project!)) throw new NotFound('找不到這件計畫')
  return { state, project: await findProject(db, state.id, Number(params.project)), name: state.number! }
}

async function edit(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { state, project, name } = await projectOf(request)
  const back = projectPath(name, project.id)
  const kept: Record<string, string> = { title: project.title, heading: String(project.heading), unitId: String(project.unit_id), township: project.township ?? '', summary: project.summary, ...cellsOf(project.money) }
  const fields = { value: (field: string) => (failed ? request.form[field] : kept[field]), error: errorOf(failed) }
  const may = changesOf(state)
  // after somebody else's change the form has been shown what is true now
  const seen = failed && failed.code !== 'programme.meanwhile' ? request.form.changes : String(project.changes)
  return consolePage(request, {
    title: `修改計畫：${project.title}`, heading: '修改計畫', current: listPath, breadcrumbs: [{ text: name, href: programmePath(name) }, { text: project.title, href: back }, { text: '修改' }], headingNote: <a href={back}>{project.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {may === 'none' || project.removed_on ? <WarningText>{project.removed_on ? '這件計畫已經從方案移除，請先還原' : '送審中或已結束的方案不能修改計畫'}。<a href={back}>回計畫</a></WarningText> : (
          <Form action={`${back}/edit`} formKey={randomUUID()} id="change-project" keep>
            <input type="hidden" name="changes" value={seen} />
            {may === 'some' && <InsetText><p>計畫名稱、款次與鄉鎮已經核定，要改請先「修正方案」。</p><p>{amending}</p></InsetText>}
            {project.proposal && <p>已經提報的先期作業不會跟著改，請由主辦單位另外修正提報。</p>}
            <ProjectFields fields={fields} units={await unitsNow(request)} term={state} fixed={may === 'some'} />
            <TextInput name="why" label="修改的理由" value={failed ? request.form.why : ''} error={fields.error('why')} width={30} />
            <ButtonGroup><Button>修改</Button><a href={back}>取消</a></ButtonGroup>
          </Form>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

/** A project of the programme: its money by year and source, and how it came to be so. */
async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { state, project, name } = await projectOf(request)
  const changes = may(request.person, 'programme.manage', state) ? changesOf(state) : 'none'
  const path = projectPath(name, project.id)
  return consolePage(request, {
    title: `${project.title}：${state.title}`, heading: project.title, current: listPath, breadcrumbs: [{ text: name, href: programmePath(name) }, { text: project.title }],
    headingNote: <><a href={programmePath(name)}>{state.title}</a>{project.removed_on && <Tag tone="ended">已移除</Tag>}</>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {project.removed_on && <InsetText><p><DayText day={project.removed_on} /> 從方案移除，不計入各年經費。{changes === 'all' && '要再列入，請在修改紀錄還原。'}</p></InsetText>}
        <SummaryList columns={4} rows={[
          { key: '款次', value: `${project.heading}. ${headings[project.heading - 1]}` }, { key: '主辦單位', value: project.unit }, { key: '鄉鎮', value: project.township ?? wholeCounty }, { key: '經費合計', value: <Money twd={sumOf(project.money)} rounded /> },
          { key: '先期作業', value: project.proposal ? <a class="nowrap number" href={proposalPath(project.proposal)}>{project.proposal}</a> : '還沒有提報' },
        ]} />
        {changes !== 'none' && !project.removed_on && <ButtonGroup><ButtonLink href={`${path}/edit`} kind="secondary">修改計畫</ButtonLink></ButtonGroup>}
        <Card title="分年經費與來源"><MoneyTable caption="現在的分年經費" captionHidden money={project.money} term={state} /></Card>
        {project.summary && <Card title="計畫概要"><Letter text={project.summary} /></Card>}
        <h2>修改紀錄</h2>
        {state.stage === 'in-force' && <p class="muted small">{amending}</p>}
        <ChangeHistory project={project} term={state} units={new Map((await request.db.selectFrom('units').select(['id', 'name']).execute()).map((unit) => [unit.id, unit.name]))} undo={changes === 'none' ? null : `${path}/undo`} />
        {changes === 'all' && !project.removed_on && (
          <Details summary="從方案移除這件計畫" id="remove" open={failed !== undefined && request.form.why !== undefined}>
            <Form action={`${path}/remove`} formKey={randomUUID()} id="remove-project">
              <p>移除後不計入方案的經費；內容與紀錄都留著，可以還原。</p>
              <TextInput name="why" label="移除的理由" value={request.form.why} error={errorOf(failed)('why')} width={30} />
              <ButtonGroup><Button kind="danger">移除</Button></ButtonGroup>
            </Form>
          </Details>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

/** 離島建設條例 §6 II: amendments take the same way as the programme. Whether money or unit alone is one, and from what amount on, no source seen here says. */
const amending = '方案已經核定。主辦單位或經費變動大的，是否要先依離島建設條例 §6 II「修正方案」再調整，待法制單位確認。'

export const routes: Route[] = [
  get(`${listPath}/:name/project`, 'programme.manage', (request) => newProject(request)),
  post(`${listPath}/:name/project`, 'programme.manage', async (request) => {
    const name = request.params.name!
    const result = await addProject(request.caller, { ...request.form, name, money: moneyOf(request, await findProgrammeState(request.db, request.person, name)) })
    return isRefusal(result) ? newProject(request, result) : redirect(projectPath(name, result.value.id), '已新增計畫')
  }),
  post(`${listPath}/:name/hand-over`, 'annual-plans.propose', async (request) => {
    const result = await handOver(request.caller, { ...request.form, name: request.params.name! })
    return isRefusal(result) ? show(request, result) : redirect(programmePath(request.params.name!), `已提報，案號 ${result.value.number}`)
  }),
  get(`${listPath}/:name/projects/:project`, 'programme.read', (request) => page(request)),
  get(`${listPath}/:name/projects/:project/edit`, 'programme.manage', (request) => edit(request)),
  post(`${listPath}/:name/projects/:project/edit`, 'programme.manage', async (request) => {
    const { name, project } = request.params
    const result = await changeProject(request.caller, { ...request.form, name, project, money: moneyOf(request, await findProgrammeState(request.db, request.person, name!)) })
    return isRefusal(result) ? edit(request, result) : redirect(projectPath(name!, Number(project)), '計畫已修改')
  }),
  post(`${listPath}/:name/projects/:project/remove`, 'programme.manage', async (request) => {
    const { name, project } = request.params
    const result = await removeProject(request.caller, { ...request.form, name, project })
    return isRefusal(result) ? page(request, result) : redirect(projectPath(name!, Number(project)), '已從方案移除')
  }),
  post(`${listPath}/:name/projects/:project/undo`, 'programme.manage', async (request) => {
    const { name, project } = request.params
    const result = await undoChange(request.caller, { ...request.form, name, project })
    return isRefusal(result) ? page(request, result) : redirect(projectPath(name!, Number(project)), '已還原')
  }),
]
