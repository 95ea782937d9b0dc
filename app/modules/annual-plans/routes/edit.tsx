import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { reach } from '../../../core/identity/permissions.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Checkboxes, Radios, Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Fieldset } from '../../../ui/components/fieldset.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { amountName, formOf, lines, objectName, sourceName, yearsAsked } from '../needs.ts'
import { newProposalPath, proposalPath, proposalsBase, roundPath, roundsPath } from '../paths.ts'
import { amendProposal, submitProposal } from '../propose.ts'
import { findProposal, findRound, type ProposalFile } from '../queries.ts'
import { categories, kinds, objects, sources } from '../schema.ts'

type Fields = { value(name: string): string | undefined; error(name: string): string | undefined; joint: string[] }
type Unit = { id: number; name: string }
const options = (labels: Record<string, string>) => Object.entries(labels).map(([value, text]) => ({ value, text }))

function PlanFields({ fields: { value, error, joint }, units, year }: { fields: Fields; units: Unit[]; year: number }) {
  return (
    <>
      <TextInput name="title" label="計畫名稱" value={value('title')} error={error('title')} width={30} />
      <Radios name="category" label="計畫類別" inline value={value('category')} error={error('category')} options={options(categories)} />
      <Radios name="kind" label="新興或延續" inline value={value('kind')} error={error('kind')} options={options(kinds)} />
      <TextInput name="previous" label="以前年度的同一計畫" hint="填案號，例如 施109-000012；審查時會列出歷年的需求與核列數。" required={false} value={value('previous')} error={error('previous')} width={20} />
      <TextInput name="priority" label="單位內的優先順序" hint="1 最優先" inputmode="numeric" value={value('priority')} error={error('priority')} width={4} />
      <TextInput name="account" label="預算科目" hint="業務計畫－工作計畫，例如 道路橋梁工程－道路養護" required={false} value={value('account')} error={error('account')} width={30} />
      <TextInput name="fromYear" label="計畫開始年度" inputmode="numeric" suffix="年度" value={value('fromYear') ?? String(year)} error={error('fromYear')} width={4} />
      <TextInput name="toYear" label="計畫結束年度" inputmode="numeric" suffix="年度" value={value('toYear') ?? String(year)} error={error('toYear')} width={4} />
      <TextArea name="content" label="計畫緣起與內容" value={value('content')} error={error('content')} rows={6} maxLength={5000} />
      <TextArea name="benefit" label="預期效益" hint="請寫可以查驗的數字，例如服務人次、長度、減少的時間。" value={value('benefit')} error={error('benefit')} rows={4} maxLength={5000} />
      <TextArea name="results" label="前期執行成果" hint="延續計畫要寫：到目前為止的進度、支用與效益。" required={false} value={value('results')} error={error('results')} rows={4} maxLength={5000} />
      <MoneyFields value={value} error={error} year={year} />
      <Details summary={`協辦單位${joint.length ? `（${joint.length} 個）` : '（選填）'}`} open={joint.length > 0}>
        <Checkboxes name="joint" label="協辦單位" labelSize="hidden" values={joint} options={units.map(({ id, name }) => ({ value: String(id), text: name }))} />
      </Details>
    </>
  )
}

/** The money lines as in the budget papers: source, 用途別, a column a year. Works as it stands without script. */
function MoneyFields({ value, error, year }: Pick<Fields, 'value' | 'error'> & { year: number }) {
  const years = Array.from({ length: yearsAsked }, (_, i) => year + i)
  const cell = (line: number, at: number) => <TextInput name={amountName(line, at)} label={`第 ${line} 行 ${at} 年度`} labelSize="hidden" inputmode="text" value={value(amountName(line, at))} error={error(amountName(line, at))} width={10} />
  return (
    <Fieldset legend="分年經費需求" hint="單位是元，也可以寫 1,200萬 或 12,000千元。用不到的行留白；列印時以千元計。">
      <Table<number>
        caption="分年經費需求" captionHidden stacked rows={Array.from({ length: lines }, (_, i) => i + 1)} rowKey={(line) => line}
        columns={[
          { heading: '經費來源', cell: (line) => <Select name={sourceName(line)} label={`第 ${line} 行經費來源`} labelSize="hidden" value={value(sourceName(line))} error={error(sourceName(line))} empty="—" options={options(sources)} />, width: 'fit' },
          { heading: '用途別', cell: (line) => <Select name={objectName(line)} label={`第 ${line} 行用途別`} labelSize="hidden" value={value(objectName(line))} error={error(objectName(line))} empty="—" options={options(objects)} />, width: 'fit' },
          ...years.map((at, i) => ({ heading: i === 0 ? `${at} 年度（本次審查）` : `${at} 年度`, cell: (line: number) => cell(line, at) })),
        ]}
      />
    </Fieldset>
  )
}

/** Units of this person that may propose, and all for joint work. */
async function findUnits(request: StaffRequest): Promise<{ own: Unit[]; all: Unit[] }> {
  const all = await request.db.selectFrom('units').select(['id', 'name']).where('valid_until', 'is', null).orderBy('code').execute()
  const by = reach(request.person, 'annual-plans.propose')
  return { own: by.all ? all : all.filter(({ id }) => by.unitIds.includes(id)), all }
}

async function fresh(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const round = await findRound(request.db, Number(request.params.year))
  const { own, all } = await findUnits(request)
  const fields: Fields = { value: (name) => request.form[name], error: errorOf(failed), joint: request.all('joint') }
  return consolePage(request, {
    title: `提報 ${round.year} 年度計畫`, heading: `提報 ${round.year} 年度計畫`, current: roundsPath, breadcrumbs: [{ text: '施政計畫先期作業', href: roundsPath }, { text: `${round.year} 年度`, href: roundPath(round.year) }, { text: '提報計畫' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {request.today > round.dueOn && <WarningText>提報期限已過，送出會被退回；請洽研考單位延長。</WarningText>}
        <Form action={newProposalPath(round.year)} formKey={randomUUID()} id={`propose-${round.year}`} keep>
          <Select name="unitId" label="主辦單位" value={fields.value('unitId') ?? String((own.find(({ id }) => id === request.person.posts[0]?.unitId) ?? own[0])?.id ?? '')} error={fields.error('unitId')} empty="選擇單位" options={own.map(({ id, name }) => ({ value: String(id), text: name }))} />
          <PlanFields fields={fields} units={all} year={round.year} />
          <ButtonGroup><Button>送出提報</Button><a href={roundPath(round.year)}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

async function amend(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const file = await findProposal(request.db, request.person, request.params.number!)
  if (file.stage !== 'submitted' && file.stage !== 'returned') throw new NotFound('這件現在不能修改')
  const { all } = await findUnits(request)
  const kept = keptOf(file)
  const fields: Fields = { value: (name) => (failed ? request.form[name] : kept[name]), error: errorOf(failed), joint: failed ? request.all('joint') : file.joint.map(({ id }) => String(id)) }
  return consolePage(request, {
    title: `修改提報：${file.title}`, heading: file.stage === 'returned' ? '補正提報' : '修改提報', current: roundsPath,
    breadcrumbs: [{ text: `${file.year} 年度`, href: roundPath(file.year) }, { text: file.number, href: proposalPath(file.number) }, { text: '修改' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {file.returnedNote && <InsetText><p>退回補正：{file.returnedNote}</p></InsetText>}
        <Form action={proposalPath(file.number, 'edit')} formKey={randomUUID()} id={`amend-${file.number}`} keep>
          <PlanFields fields={fields} units={all.filter(({ id }) => id !== file.unitId)} year={file.year} />
          <ButtonGroup><Button>送出</Button><a href={proposalPath(file.number)}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

const keptOf = (file: ProposalFile): Record<string, string | undefined> => ({
  title: file.title, category: file.category, kind: file.kind, previous: file.previous ?? '', priority: String(file.priority), account: file.account, fromYear: String(file.fromYear), toYear: String(file.toYear),
  content: file.content, benefit: file.benefit, results: file.results, ...formOf(file.needs),
})

const inputOf = (request: StaffRequest) => ({ ...request.form, joint: request.all('joint'), money: Object.fromEntries(Object.entries(request.form).filter(([name]) => /^(source|object|twd)-/.test(name))) })

export const routes: Route[] = [
  get(`${roundsPath}/:year/new`, 'annual-plans.propose', (request) => fresh(request)),
  post(`${roundsPath}/:year/new`, 'annual-plans.propose', async (request) => {
    const result = await submitProposal(request.caller, { ...inputOf(request), year: request.params.year })
    return isRefusal(result) ? fresh(request, result) : redirect(proposalPath(result.value.number), `已提報，案號 ${result.value.number}`)
  }),
  get(`${proposalsBase}/:number/edit`, 'annual-plans.propose', (request) => amend(request)),
  post(`${proposalsBase}/:number/edit`, 'annual-plans.propose', async (request) => {
    const number = request.params.number!
    const result = await amendProposal(request.caller, { ...inputOf(request), name: number })
    return isRefusal(result) ? amend(request, result) : redirect(proposalPath(number), '已送出，等研考單位檢查')
  }),
]
