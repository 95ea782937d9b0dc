import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { may } from '../../../core/identity/permissions.ts'
import { caseFileRoute, findCaseFiles } from '../../../core/procedure/case-files.ts'
import { rocDay, rocMonth } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { originalOf } from '../../../core/web/shown-file.ts'
import { Attachments } from '../../../ui/components/attachments.tsx'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Checkboxes, Radios } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { FileUpload } from '../../../ui/components/file-upload.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { findLightRules } from '../light-rules.ts'
import { MoneySlip, percent, slipText, StateTag } from '../parts.tsx'
import { listPath, monthPath, projectPath } from '../paths.ts'
import { visibleTo } from '../project.ts'
import { checkMonth, evidenceOf, reportable, reportMonth } from '../report.ts'
import { caseKind, reportStates } from '../schema.ts'
import { findMonth, reportedBy, RuleOf } from './show.tsx'

/** One month: what was reported and judged; for its unit the form to report it, for the control section that to check it. */
async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { file, month } = await findMonth(request)
  const it = { unitId: file.unitId, officerId: file.officerId }
  const reports = file.stage === 'controlled' && may(request.person, 'control.report', it) && reportable(file.months, request.today).includes(month.month)
  const checks = may(request.person, 'control.check', it) && month.reportState !== null && month.reportState !== 'returned'
  const before = file.months.findLast((each) => each.month < month.month && each.actual !== null)
  const value = (name: string, kept: string | number | null) => request.form[name] ?? (kept === null ? '' : String(kept))
  const error = errorOf(failed)
  const evidence = (await findCaseFiles(request.db, file.id)).filter(({ kind }) => kind === evidenceOf(month.month)).map(({ id, name, mediaType, bytes }) => ({ name, href: projectPath(file.number, `files/${id}`), original: originalOf(projectPath(file.number, `files/${id}`), mediaType), bytes }))
  return consolePage(request, {
    title: `${rocMonth(month.month)}：${file.title}`, heading: `${rocMonth(month.month)}填報`, current: listPath,
    breadcrumbs: [{ text: '列管計畫', href: listPath }, { text: file.number, href: projectPath(file.number) }, { text: rocMonth(month.month) }],
    headingNote: <><a href={projectPath(file.number)}>{file.title}</a>{month.state && <StateTag state={month.state} />}</>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在；附件請再選一次。" />}
        {month.returnedNote && month.reportState === 'returned' && <WarningText>退回補正：{month.returnedNote}</WarningText>}
        <SummaryList columns={4} rows={[
          { key: '預定進度', value: percent(month.planned, 4) }, { key: '實際進度', value: percent(month.actual, 4) }, { key: '比預定', value: slipText(month.slip, 4) },
          { key: '預定支用', value: <Money twd={month.plannedTwd} rounded /> }, { key: '實際支用', value: month.actualTwd === null ? '—' : <><Money twd={month.actualTwd} rounded />，<MoneySlip twd={month.slipTwd} /></> },
          { key: '填報', value: month.reportState ? reportStates[month.reportState] : '還沒有' }, { key: '填報人', value: reportedBy(month) },
        ]} />
        {month.explanation.length > 0 && <Card title="燈號怎麼來的"><ul>{month.explanation.map((line) => <li key={line}>{line}</li>)}</ul><RuleOf month={month} rules={await findLightRules(request.db)} />{month.warning && <p>{month.warning}。</p>}</Card>}
        {month.actual !== null && (
          <Card title="填報內容">
            <h3>辦理情形</h3><Letter text={month.work || '（沒有填）'} />
            {month.reason && <><h3>落後原因</h3><Letter text={month.reason} /></>}
            {month.measure && <><h3>因應對策</h3><Letter text={month.measure} /></>}
          </Card>
        )}
        {evidence.length > 0 && <Card title="佐證"><Attachments files={evidence} /></Card>}
        {reports && (
          <Card title={month.reportState === 'reported' ? '改填報' : month.reportState === 'returned' ? '補正' : '填報'}>
            {before && <p class="muted">上次填報是{rocMonth(before.month)}：實際進度 {percent(before.actual, 4)}，實際支用 {before.actualTwd?.toLocaleString('en') ?? '—'} 元。</p>}
            <Form action={monthPath(file.number, month.month)} formKey={randomUUID()} id={`report-${month.month}`} multipart keep>
              <TextInput name="actual" label="到月底的累計實際進度" suffix="%" inputmode="decimal" value={value('actual', month.actual)} error={error('actual')} width={5} />
              <TextInput name="actualTwd" label="到月底的累計實際支用" hint="可以寫 1,200萬 或 12,000,000" suffix="元" value={value('actualTwd', month.actualTwd)} error={error('actualTwd')} width={20} />
              {(error('overBudget') || (month.actualTwd ?? 0) > file.budgetTwd) && <Checkboxes name="overBudget" label="超過總經費" labelSize="s" values={value('overBudget', null) ? ['yes'] : []} error={error('overBudget')} options={[{ value: 'yes', text: `支用確實超過總經費 ${file.budgetTwd.toLocaleString('en')} 元` }]} />}
              <TextArea name="work" label="本月辦理情形" value={value('work', month.work)} error={error('work')} rows={4} />
              <TextArea name="reason" label="落後原因" hint="落後達黃燈就要寫。" required={false} value={value('reason', month.reason)} error={error('reason')} rows={3} />
              <TextArea name="measure" label="因應對策" required={false} value={value('measure', month.measure)} error={error('measure')} rows={3} />
              {file.milestones.map(({ id, title, plannedOn, reachedOn }) => <TextInput key={id} name={`reached-${id}`} label={`查核點「${title}」達成日期`} hint={`預定 ${rocDay(plannedOn)}`} required={false} value={value(`reached-${id}`, reachedOn && rocDay(reachedOn))} error={error(`reached-${id}`)} width={10} />)}
              <TextInput name="finishedOn" label="全案完成日期" hint="實際進度 100 時要填。" required={false} value={value('finishedOn', file.finishedOn && rocDay(file.finishedOn))} error={error('finishedOn')} width={10} />
              <FileUpload name="files" label="佐證" hint="現場照片、估驗或驗收文件。" required={false} multiple error={error('files')} />
              <ButtonGroup><Button>送出填報</Button><a href={projectPath(file.number)}>取消</a></ButtonGroup>
            </Form>
          </Card>
        )}
        {checks && (
          <Card title={month.reportState === 'checked' ? '已檢核；要更正可以退回' : '檢核'}>
            <Form action={`${monthPath(file.number, month.month)}/check`} formKey={randomUUID()} id={`check-${month.month}`}>
              <Radios name="decision" label="結果" value={value('decision', '')} error={error('decision')} options={[...(month.reportState === 'reported' ? [{ value: 'checked', text: '檢核通過' }] : []), { value: 'returned', text: '退回補正' }]} />
              <TextArea name="note" label="要補正什麼" required={false} value={value('note', '')} error={error('note')} rows={3} />
              <ButtonGroup><Button>送出</Button></ButtonGroup>
            </Form>
          </Card>
        )}
        {!reports && !checks && month.actual === null && <InsetText><p>這個月還沒有填報。</p></InsetText>}
      </>
    ),
  }, failed ? 422 : 200)
}

const reachedOf = (form: Record<string, string>) => Object.fromEntries(Object.entries(form).flatMap(([name, text]) => (name.startsWith('reached-') ? [[name.slice(8), text]] : [])))

export const routes: Route[] = [
  get(`${listPath}/:number/months/:month`, 'control.read', (request) => page(request)),
  post(`${listPath}/:number/months/:month`, 'control.report', async (request) => {
    const { number, month } = request.params as { number: string; month: string }
    const result = await reportMonth(request.caller, { ...request.form, reached: reachedOf(request.form), name: number, month, files: request.files })
    return isRefusal(result) ? page(request, result) : redirect(projectPath(number), `已填報${rocMonth(month)}${result.value.warning ? `。${result.value.warning}` : ''}`)
  }, { upload: true }),
  caseFileRoute({ kind: caseKind, read: 'control.read', listPath }, (person) => visibleTo(person)),
  post(`${listPath}/:number/months/:month/check`, 'control.check', async (request) => {
    const { number, month } = request.params as { number: string; month: string }
    const result = await checkMonth(request.caller, { ...request.form, name: number, month })
    return isRefusal(result) ? page(request, result) : redirect(projectPath(number), request.form.decision === 'checked' ? `${rocMonth(month)}檢核通過` : `已退回${rocMonth(month)}`)
  }),
]
