import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { may } from '../../../core/identity/permissions.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Radios } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { WarningText } from '../../../ui/components/notes.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { nameOf } from '../appeal.ts'
import { appealPath, listPath, stepPath } from '../paths.ts'
import { SuccessorFields } from '../parties/successor-fields.tsx'
import { type AppealFile, correctionsCome, findAppeal } from '../queries.ts'
import { letterKinds, paperKinds } from '../schema.ts'
import { refuseStep, type Step, type StepId, stepOf, steps } from '../steps.ts'
import { stepActs } from '../take-step.ts'

/** May this person take such a step: the agency's own people may for what is theirs. */
export const mayStep = (request: StaffRequest, file: AppealFile, step: Step): boolean =>
  may(request.person, step.permission, { unitId: file.unitId, officerId: file.officerId }, file.agencyUnitId === null ? [] : [file.agencyUnitId])

/** The form of one step: when it happened, by which document, and what the step asks besides. */
async function form(request: StaffRequest, id: StepId, failed?: Refusal): Promise<Reply> {
  const file = await findAppeal(request.db, request.person, request.params.name!)
  const step = stepOf(id)
  if (!mayStep(request, file, step)) throw new NotFound('找不到這個頁面')
  const name = nameOf(file)
  const stopped = failed ? null : refuseStep(id, file, request.today)
  const blocked = stopped && stopped.field !== 'on' ? stopped : null
  return consolePage(
    request,
    {
      title: `${step.label}：${file.title}`,
      heading: step.label,
      current: listPath,
      breadcrumbs: [{ text: '訴願案件', href: listPath }, { text: name, href: appealPath(name) }, { text: step.label }],
      headingNote: <a href={appealPath(name)}>{file.title}</a>,
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
          {blocked ? <WarningText>{blocked.message}{blocked.law && `（${blocked.law}）`}。<a href={appealPath(name)}>回案件</a></WarningText> : <StepForm request={request} file={file} id={id} failed={failed} />}
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

function StepForm({ request, file, id, failed }: { request: StaffRequest; file: AppealFile; id: StepId; failed: Refusal | undefined }) {
  const step = stepOf(id)
  const value = (name: string) => request.form[name]
  const error = errorOf(failed)
  const asks = (what: string) => step.asks?.some((one) => one === what) ?? false
  const name = nameOf(file)
  return (
    <Form action={stepPath(name, id)} formKey={randomUUID()} id={`step-${id}`} keep>
      {(step.hint || step.law) && <p>{step.hint}{step.law && <span class="muted">（{step.law}）</span>}</p>}
      {step.tells && <p class="muted">會寫信：{letterKinds[step.tells.kind]}，給{{ parties: '訴願人及參加人', agency: file.agency, both: `訴願人、參加人及${file.agency}` }[step.tells.whom]}。</p>}
      <TextInput name="on" label="日期" hint={`例：${rocDay(request.today)}`} value={value('on') ?? rocDay(request.today)} error={error('on')} width={10} />
      {asks('months') && <Radios name="months" label="延長" inline value={value('months')} error={error('months')} options={[{ value: '1', text: '一個月' }, { value: '2', text: '二個月' }]} />}
      {asks('authority') && <TextInput name="authority" label="管轄機關" value={value('authority') ?? (file.ours ? '' : file.authority)} error={error('authority')} width={20} />}
      {asks('other') && <TextInput name="other" label="併到哪一件" hint="填案號，例如 訴110-000003" value={value('other')} error={error('other')} width={20} />}
      {asks('asked') && <TextArea name="asked" label="要補正的事項" hint="一項一行，寫清楚補什麼" rows={6} value={value('asked') ?? defects(file)} error={error('asked')} />}
      {asks('meeting') && <TextInput name="meeting" label="時間和地點" hint="例：110/5/12 上午 9 時 30 分，本府第二會議室" value={value('meeting')} error={error('meeting')} width={30} />}
      {asks('ceased') && <TextInput name="ceased" label="原因消滅的日期" hint="天災或其他不應歸責的事由，到哪一天為止" value={value('ceased')} error={error('ceased')} width={10} />}
      {asks('place') && <TextInput name="place" label="處所" value={value('place')} error={error('place')} width={30} />}
      {asks('present') && <TextArea name="present" label="到場的人" hint="出席委員、承辦人員，到場的訴願人、參加人、代理人、輔佐人、原處分機關人員及其他經通知到場的人" rows={4} value={value('present')} error={error('present')} />}
      {asks('successor') && <SuccessorFields parties={file.parties} value={value} error={error} />}
      {asks('paper') && <TextArea name="paper" label={step.paper ? paperKinds[step.paper] : '書狀'} hint={step.paper === 'transcript' ? '進行之要領' : '全文或摘要'} rows={10} value={value('paper') ?? (id === 'corrected' ? cameOnline(file) : undefined)} error={error('paper')} />}
      {asks('signature') && !file.signed && <Radios name="signature" label="訴願人或代理人簽名或蓋章" inline value={value('signature')} error={error('signature')} options={[{ value: 'yes', text: '有（訴願法 §56 I）' }, { value: 'no', text: '還沒有' }]} />}
      <TextInput name="documentNo" label="文號" required={false} value={value('documentNo')} error={error('documentNo')} width={20} />
      <TextArea name="note" label={step.because ? '理由' : '備註'} required={step.because ?? false} rows={3} value={value('note')} error={error('note')} />
      <ButtonGroup><Button>{step.label}</Button><a href={appealPath(name)}>取消</a></ButtonGroup>
    </Form>
  )
}

/** What the party sent by the portal since it was asked, to be looked at before it is recorded as corrected. */
function cameOnline(file: AppealFile): string | undefined {
  const came = correctionsCome(file)
  return came.length ? came.map(({ receivedOn }) => `${rocDay(receivedOn)} 線上送來的補正已看過，事項齊備。`).join('\n') : undefined
}

/** What 訴願法 §56 asks for and the case has not: a first draft of the notice. */
export function defects(file: AppealFile): string {
  const appellants = file.parties.filter(({ role }) => role === 'appellant')
  const missing = [
    file.signed ? '' : '訴願書由訴願人或代理人簽名或蓋章（訴願法第 56 條第 1 項）。',
    appellants.some(({ isPerson, bornOn, idNumber, address }) => isPerson && (!bornOn || !idNumber || !address)) ? '載明訴願人之出生年月日、住居所、身分證明文件字號（訴願法第 56 條第 1 項第 1 款）。' : '',
    appellants.some(({ isPerson }) => !isPerson) && !file.parties.some(({ role }) => role === 'statutory-representative') ? '載明代表人或管理人並附證明（訴願法第 56 條第 1 項第 1 款）。' : '',
    file.ground === 'disposition' && !file.servedOn ? '載明收受或知悉行政處分之年月日（訴願法第 56 條第 1 項第 6 款）。' : '',
    file.claims.length ? '' : '載明訴願請求事項（訴願法第 56 條第 1 項第 4 款）。',
    file.files.length ? '' : '附原行政處分書影本（訴願法第 56 條第 2 項）。',
    file.parties.some(({ role }) => role === 'agent') ? '附委任書（訴願法第 34 條）。' : '',
  ]
  return missing.filter(Boolean).map((line, at) => `${at + 1}. ${line}`).join('\n')
}

/** The step named in the address; anything else is no page. */
function stepAsked(request: StaffRequest): StepId {
  const id = request.params.step!
  if (!Object.hasOwn(steps, id)) throw new NotFound('找不到這個頁面')
  return id as StepId
}

// each step's own permission is asked by its page and by its act
export const routes: Route[] = [
  get(`${listPath}/:name/steps/:step`, 'appeals.read', (request) => form(request, stepAsked(request))),
  post(`${listPath}/:name/steps/:step`, 'appeals.read', async (request) => {
    const [name, id] = [request.params.name!, stepAsked(request)]
    const result = await stepActs[id](request.caller, { ...request.form, name })
    return isRefusal(result) ? form(request, id, result) : redirect(appealPath(name), `已登錄：${stepOf(id).label}`)
  }),
]
