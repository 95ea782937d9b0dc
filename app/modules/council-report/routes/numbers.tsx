import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { periodName } from '../../../core/figures/periods.ts'
import { may } from '../../../core/identity/permissions.ts'
import type { Answered } from '../../../core/reports/answers.ts'
import type { Report } from '../../../core/reports/drafts.ts'
import { findSections, type SectionRow } from '../../../core/reports/sections.ts'
import { clearValue, typeValue, typeValues } from '../../../core/reports/typed-values.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink, Card, ErrorSummary, Form, InsetText, InstantText, Table, TextArea, TextInput } from '../../../ui/index.ts'
import { numbersPath, reportPath, reportsPath, sectionNumbersPath, sectionPath } from '../paths.ts'
import { valueText } from '../palette.tsx'
import { councilReport } from '../report.ts'
import { sectionName } from '../section-state.tsx'
import { errorItems, errorOf, numbers, reportOf } from './request.ts'

const here = `${reportsPath}/:id/numbers`
const valuePrefix = 'value.'

/** Numbers that no module counts yet: typed with who, when and from where, and marked so wherever they are printed. */
export const routes = [
  get(here, 'reports.see', (request) => page(request)),
  post(here, 'reports.type', async (request) => {
    const result = await typeValue(request.caller, { ...request.form, report: request.params.id })
    return isRefusal(result) ? page(request, result) : redirect(`${numbersPath(Number(request.params.id))}#n-${request.form.figure}`, '數字已登打，報告會標明是誰、何時登打')
  }),
  post(`${here}/several`, 'reports.type', async (request) => {
    const { form, params } = request
    const values = Object.fromEntries(Object.entries(form).flatMap(([name, value]) => (name.startsWith(valuePrefix) ? [[name.slice(valuePrefix.length), value ?? '']] : [])))
    const result = await typeValues(request.caller, { report: params.id, values, note: form.note })
    if (isRefusal(result)) return page(request, result)
    const id = Number(params.id)
    return redirect(form.from === 'section' && form.section ? sectionPath(id, form.section) : numbersPath(id), `已登打 ${result.value.count} 個數字，報告會標明是誰、何時登打`)
  }),
  post(`${here}/clear`, 'reports.type', async (request) => {
    const result = await clearValue(request.caller, { ...request.form, report: request.params.id })
    return isRefusal(result) ? page(request, result) : redirect(numbersPath(Number(request.params.id)), '已取消登打；報告會說明這一項沒有紀錄')
  }),
]

async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const report = await reportOf(request)
  const [{ answers }, sections] = await Promise.all([numbers(request, report), findSections(request.db, report.id)])
  const uncounted = [...answers.values()].filter(({ figure }) => !figure.counted)
  const mayType = (section: SectionRow) => report.state === 'draft' && section.state === 'drafting' && may(request.person, 'reports.type', { unitId: section.unit_id, officerId: null })
  const several = sections.find((section) => section.key === (request.form.section ?? request.query.section) && mayType(section))
  const chosen = several ? undefined : uncounted.find(({ figure }) => figure.id === (request.form.figure ?? request.query.figure))
  return consolePage(
    request,
    {
      title: '登打數字',
      current: reportsPath,
      breadcrumbs: [{ text: councilReport.name, href: reportsPath }, { text: periodName({ from: report.from_day, to: report.to_day }), href: reportPath(report.id) }, { text: '登打數字' }],
      children: (
        <>
          <ErrorSummary errors={errorItems(failed)} />
          <InsetText>系統還沒有這些業務的案件，數字由負責單位登打。報告印出時會標明登打的人和時間，不會和由案件計算的數字混在一起。</InsetText>
          {chosen && <TypeForm report={report} answered={chosen} request={request} failed={failed} section={sections.find(({ no }) => no === chosen.figure.section)} />}
          {several && <SeveralForm report={report} section={several} rows={uncounted.filter(({ figure }) => figure.section === several.no)} request={request} failed={failed} />}
          {sections.map((section) => {
            const own = uncounted.filter(({ figure }) => figure.section === section.no)
            return own.length > 0 && <OfSection report={report} section={section} rows={own} mayType={mayType(section)} />
          })}
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

type FormProps = { report: Report; answered: Answered; request: StaffRequest; failed: Refusal | undefined; section: SectionRow | undefined }

type SeveralProps = { report: Report; section: SectionRow; rows: Answered[]; request: StaffRequest; failed: Refusal | undefined }

/** All numbers of a section that nobody counts, with one source: what is left blank stays as it is. */
function SeveralForm({ report, section, rows, request: { form, query }, failed }: SeveralProps) {
  return (
    <Card title={`登打「${sectionName(section)}」的數字`} id="type">
      <p>空白或沒有改的不會動到。每個數字都會標明是您登打的。</p>
      <Form action={`${numbersPath(report.id)}/several`} id={`numbers-${report.id}-${section.key}`} keep>
        <input type="hidden" name="section" value={section.key} />
        <input type="hidden" name="from" value={form.from ?? query.from ?? ''} />
        <div class="number-fields">
          {rows.map((answered) => {
            const name = valuePrefix + answered.figure.id
            return <ValueField key={name} answered={answered} name={name} value={form[name]} error={errorOf(failed, name)} />
          })}
        </div>
        <TextInput name="note" label="從哪裡來" value={form.note} width={30} hint="這次填或改的數字都記這個來源，例如 管制考核科列管清冊，110/10/31" error={errorOf(failed, 'note')} />
        <ButtonGroup><Button>登打</Button><ButtonLink kind="quiet" href={form.from ?? query.from ? sectionPath(report.id, section.key) : numbersPath(report.id)}>不改</ButtonLink></ButtonGroup>
      </Form>
    </Card>
  )
}

function ValueField({ answered, name, value, error }: { answered: Answered; name: string; value: string | undefined; error: string | undefined }) {
  const { figure } = answered
  const field = { name, label: figure.title, error, value: value ?? asTyped(answered) }
  if (figure.kind === 'breakdown') return <TextArea {...field} rows={5} hint="一行一項，名稱後面空一格寫數字，例如「如期 31」" />
  return <TextInput {...field} width={10} suffix={figure.kind === 'rate' ? '%' : figure.unit || undefined} hint={figure.kind === 'date' ? '例如 110/9/27' : undefined} inputmode={figure.kind === 'date' ? 'text' : 'decimal'} />
}

function TypeForm({ report, answered, request, failed, section }: FormProps) {
  const { figure, typed } = answered
  return (
    <Card title={`登打「${figure.title}」`} id="type">
      <p>{figure.definition}{section && `　第 ${section.no} 章，${section.unit}。`}</p>
      <Form action={numbersPath(report.id)} id={`number-${report.id}-${figure.id}`} keep>
        <input type="hidden" name="figure" value={figure.id} />
        <ValueField answered={answered} name="value" value={request.form.value} error={errorOf(failed, 'value')} />
        <TextInput name="note" label="從哪裡來" value={request.form.note ?? typed?.note} width={30} hint="例如 管制考核科列管清冊，110/10/31" error={errorOf(failed, 'note')} />
        <ButtonGroup>
          <Button>登打</Button>
          {typed && <Button kind="danger" formaction={`${numbersPath(report.id)}/clear`} confirm="取消登打後，報告會說明這一項沒有紀錄；原來的數字仍留在歷程裡。" confirmAction="取消登打">取消登打</Button>}
          <ButtonLink kind="quiet" href={numbersPath(report.id)}>不改</ButtonLink>
        </ButtonGroup>
      </Form>
    </Card>
  )
}

/** What the field shows of a value typed before. */
function asTyped({ value, figure }: Answered): string {
  if (value === null) return ''
  if (Array.isArray(value)) return value.map(({ label, value: each }) => `${label} ${each}`).join('\n')
  if (typeof value === 'string') return figure.kind === 'date' ? rocDay(value as never) : value
  return figure.kind === 'rate' ? String(Math.round(value * 10_000) / 100) : String(value)
}

function OfSection({ report, section, rows, mayType }: { report: Report; section: SectionRow; rows: Answered[]; mayType: boolean }) {
  return (
    <Card title={<a href={sectionPath(report.id, section.key)}>{sectionName(section)}</a>} plain actions={mayType && rows.length > 1 && <a href={sectionNumbersPath(report.id, section.key)}>一次登打這 {rows.length} 項<span class="govuk-visually-hidden">（{sectionName(section)}）</span></a>}>
      <Table<Answered>
        caption={`${sectionName(section)}的數字，由${section.unit}登打`}
        captionHidden
        rows={rows}
        rowKey={({ figure }) => figure.id}
        columns={[
          { heading: '數字', rowHeader: true, width: 'grow', cell: ({ figure }) => <span id={`n-${figure.id}`} title={figure.definition}>{figure.title}</span> },
          { heading: '值', numeric: true, cell: (each) => (each.source === 'typed' ? valueText(each) : <span class="muted">{valueText(each)}</span>) },
          { heading: '誰登打的', wideOnly: true, cell: ({ typed }) => typed && <>{typed.byName}，<InstantText at={typed.at} /><br /><span class="muted small">{typed.note}</span></> },
          { heading: '登打', width: 'fit', cell: ({ figure, typed }) => mayType && <a href={`${numbersPath(report.id)}?figure=${figure.id}#type`}>{typed ? '修改' : '登打'}<span class="govuk-visually-hidden">{figure.title}</span></a> },
        ]}
      />
    </Card>
  )
}
