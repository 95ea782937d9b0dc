import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { halfYearOf, halfYearsUpTo, periodName, type Period, statusDayOf } from '../../../core/figures/periods.ts'
import { changeCover, startReport, type Report } from '../../../core/reports/drafts.ts'
import { listReports } from '../../../core/reports/queries.ts'
import { isDay, parseDay, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink, ErrorSummary, Form, InsetText, Select, TextArea, TextInput } from '../../../ui/index.ts'
import { coverPath, newReportPath, reportPath, reportsPath } from '../paths.ts'
import { councilReport } from '../report.ts'
import { errorItems, errorOf, reportOf } from './request.ts'

type Values = Record<string, string | undefined>

const other = 'other'
const periodValue = ({ from, to }: Period): string => `${from}~${to}`

/** A new report, and the cover of one that is there. */
export const routes = [
  get(newReportPath, 'reports.edit', async (request) => newPage(request, await usualValues(request))),
  post(reportsPath, 'reports.edit', async (request) => {
    const result = await startReport(request.caller, { ...withDays(request), kind: councilReport.kind })
    return isRefusal(result) ? newPage(request, request.form, result) : redirect(reportPath(result.value.id), '草稿已備好，各章都有了負責的單位')
  }),
  get(`${reportsPath}/:id/cover`, 'reports.edit', async (request) => {
    const report = await reportOf(request)
    return coverPage(request, report, valuesOf(report))
  }),
  post(`${reportsPath}/:id/cover`, 'reports.edit', async (request) => {
    const report = await reportOf(request)
    const result = await changeCover(request.caller, { ...withDays(request), id: report.id })
    return isRefusal(result) ? coverPage(request, report, request.form, result) : redirect(reportPath(report.id), '封面資料已儲存')
  }),
]

/** The last half-year that is over, and the words of the report before. */
async function usualValues({ db, today }: StaffRequest): Promise<Values> {
  const [, period] = halfYearsUpTo(halfYearOf(today), 2).toReversed()
  const last = (await listReports(db, councilReport.kind))[0]
  const before = last && (await db.selectFrom('reports').select(['council', 'reporter', 'participants']).where('id', '=', last.id).executeTakeFirst())
  return { period: periodValue(period!), title: councilReport.title, department: councilReport.department, council: before?.council ?? '', reporter: before?.reporter ?? '', participants: before?.participants.join('\n') ?? '' }
}

/** From and to out of the chosen half-year or the two fields; an empty status day is the usual one. */
function withDays({ form, today }: StaffRequest): Values {
  const [from, to] = form.period && form.period !== other ? form.period.split('~') : [form.from, form.to]
  const [first, last] = [parseDay(from ?? ''), parseDay(to ?? '')]
  const usual = first && last && last >= first ? rocDay(statusDayOf({ from: first, to: last }, today)) : (to ?? '')
  return { ...form, from: from ?? '', to: to ?? '', statusOn: form.statusOn?.trim() || usual }
}

function valuesOf(report: Report): Values {
  return {
    from: rocDay(report.from_day), to: rocDay(report.to_day), statusOn: rocDay(report.status_on), council: report.council, session: report.session, title: report.title,
    department: report.department, reporter: report.reporter, participants: report.participants.join('\n'), revision: String(report.revision),
  }
}

function newPage(request: StaffRequest, values: Values, failed?: Refusal): Reply {
  const periods = halfYearsUpTo(halfYearOf(request.today), 14).toReversed()
  return consolePage(
    request,
    {
      title: '新的報告',
      current: reportsPath,
      breadcrumbs: [{ text: councilReport.name, href: reportsPath }, { text: '新的報告' }],
      children: (
        <>
          <ErrorSummary errors={errorItems(failed)} />
          <InsetText>文字取自上一次定稿的報告；第一次則用範本。數字不寫在文字裡，由案件計算後放進去。</InsetText>
          <Form action={reportsPath} formKey={randomUUID()} id="new-report" keep>
            <Select name="period" label="期間" value={values.period} options={[...periods.map((period) => ({ value: periodValue(period), text: periodName(period) })), { value: other, text: '其他期間（填在下面）' }]} error={values.period === other ? undefined : errorOf(failed, 'from')} />
            <div class="cluster">
              <TextInput name="from" label="其他期間的起日" required={false} value={values.from && isDay(values.from) ? '' : values.from} width={10} placeholder="110/4/1" error={values.period === other ? errorOf(failed, 'from') : undefined} />
              <TextInput name="to" label="迄日" required={false} value={values.to && isDay(values.to) ? '' : values.to} width={10} placeholder="110/9/30" error={errorOf(failed, 'to')} />
            </div>
            <CoverFields values={values} failed={failed} statusHint="報告看到哪一天為止；空白就是期間結束後一個月的最後一天" />
            <ButtonGroup><Button>建立草稿</Button><ButtonLink href={reportsPath} kind="quiet">取消</ButtonLink></ButtonGroup>
          </Form>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

function coverPage(request: StaffRequest, report: Report, values: Values, failed?: Refusal): Reply {
  const isStale = failed?.code === 'report.changed'
  return consolePage(
    request,
    {
      title: '封面與期間',
      current: reportsPath,
      breadcrumbs: [{ text: councilReport.name, href: reportsPath }, { text: periodName({ from: report.from_day, to: report.to_day }), href: reportPath(report.id) }, { text: '封面與期間' }],
      children: (
        <>
          <ErrorSummary errors={errorItems(failed)} />
          {isStale && <InsetText>別人儲存的是：{report.council} {report.session}、{report.title}、報告人 {report.reporter || '（未填）'}、參加人員 {report.participants.join('、') || '（未填）'}。再按一次儲存，就以您填的為準。</InsetText>}
          <Form action={coverPath(report.id)} id={`cover-${report.id}`} keep>
            <input type="hidden" name="revision" value={isStale ? report.revision : (values.revision ?? report.revision)} />
            <div class="cluster">
              <TextInput name="from" label="起日" value={values.from} width={10} error={errorOf(failed, 'from')} />
              <TextInput name="to" label="迄日" value={values.to} width={10} error={errorOf(failed, 'to')} />
            </div>
            <CoverFields values={values} failed={failed} statusHint="報告看到哪一天為止" />
            <ButtonGroup><Button>儲存</Button><ButtonLink href={reportPath(report.id)} kind="quiet">取消</ButtonLink></ButtonGroup>
          </Form>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

function CoverFields({ values, failed, statusHint }: { values: Values; failed: Refusal | undefined; statusHint: string }) {
  const error = (field: string) => errorOf(failed, field)
  return (
    <>
      <TextInput name="statusOn" label="資料截止日" hint={statusHint} required={false} value={values.statusOn} width={10} placeholder="110/10/31" error={error('statusOn')} />
      <TextInput name="council" label="議會" required={false} value={values.council} width={20} hint="空白就用縣名加「議會」" error={error('council')} />
      <TextInput name="session" label="會期" required={false} value={values.session} width={20} hint="例如 第七屆第六次定期會" error={error('session')} />
      <TextInput name="title" label="報告名稱" value={values.title} width={20} error={error('title')} />
      <TextInput name="department" label="報告單位" value={values.department} width={20} error={error('department')} />
      <TextInput name="reporter" label="報告人" required={false} value={values.reporter} width={20} hint="職稱和姓名，例如 處長 王大明" error={error('reporter')} />
      <TextArea name="participants" label="參加人員" required={false} value={values.participants} rows={6} hint="一行一人，職稱和姓名" error={error('participants')} />
    </>
  )
}
