import { CalendarChange, closureWords } from '../../../../core/calendar/changes.ts'
import { storedInUse } from '../../../../core/calendar/in-use.ts'
import { findTownships, refuseTownships } from '../../../../core/calendar/townships.ts'
import { readYearFile } from '../../../../core/calendar/year-file.ts'
import { officeCalendar } from '../../../../core/clocks/index.ts'
import { isRefusal, NotFound, refusal, type Refusal } from '../../../../core/errors.ts'
import { parseDay, yearOf } from '../../../../core/time.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../../ui/components/button.tsx'
import { Checkboxes, Radios } from '../../../../ui/components/choices.tsx'
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx'
import { FileUpload } from '../../../../ui/components/file-upload.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { InsetText } from '../../../../ui/components/notes.tsx'
import { TextArea } from '../../../../ui/components/text-area.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { calendarPath, closeDayPath, draftPath, loadYearPath, reopenPath } from '../../paths.ts'
import { draftChange } from '../drafts.ts'

const crumbs = (text: string) => [{ text: '辦公日曆', href: calendarPath }, { text }]
const errorOf = (failed: Refusal | undefined) => (field: string) => failed?.fields?.[field] ?? (failed?.field === field ? failed.message : undefined)

/** Keeps the change as a draft and shows what it would move; or the form again with what is wrong. */
async function draft(request: StaffRequest, change: unknown, again: (failed: Refusal) => Promise<Reply>): Promise<Reply> {
  const kept = await draftChange(request.caller, { change })
  if (!isRefusal(kept)) return redirect(draftPath(kept.value.id))
  // the fields of the change are those of the form
  const fields = kept.fields && Object.fromEntries(Object.entries(kept.fields).map(([name, text]) => [name.replace(/^change\./, ''), text]))
  return again({ ...kept, field: kept.field?.replace(/^change\./, ''), ...(fields ? { fields } : {}) } as Refusal)
}

/** 登記停止上班. */
async function closeForm(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { form } = request
  const error = errorOf(failed)
  const townships = await findTownships(request.db)
  return consolePage(request, {
    title: '登記停止上班',
    current: calendarPath,
    breadcrumbs: crumbs('登記停止上班'),
    children: (
      <>
        {failed && <ErrorSummary errors={failed.fields ? Object.entries(failed.fields).map(([field, text]) => ({ field, text })) : [{ text: failed.message, field: failed.field }]} />}
        <p>颱風等天然災害由縣長宣布停止上班（天然災害停止上班及上課作業辦法 §9）。下一步會先列出每一件期限要移動的案件，看過之後才套用。</p>
        <Form action={closeDayPath}>
          <TextInput name="day" label="哪一天" hint={<>例如 115/10/6</>} width={10} value={form.day} error={error('day')} autocomplete="off" />
          <Radios name="half" label="整天還是半天" value={form.half || 'whole'} error={error('half')} options={[
            { value: 'whole', text: '整天' },
            { value: 'morning', text: '上午', hint: '半天不會移動期限；因此遲誤的，可以聲請回復原狀' },
            { value: 'afternoon', text: '下午' },
          ]} />
          {townships.length > 0 && <Checkboxes name="townships" label="只有部分鄉鎮" hint="全縣停止上班就都不勾。只有部分鄉鎮時，縣政府照常上班，縣政府的期限不移動。" required={false} inline values={request.all('townships')} error={error('townships')} options={townships.map((name) => ({ value: name, text: name }))} />}
          <TextInput name="name" label="事由" hint="會寫進每一件的期限說明" width={20} value={form.name ?? '颱風停止上班'} error={error('name')} suggestions={['颱風停止上班', '豪雨停止上班', '地震停止上班']} />
          <TextArea name="reason" label="說明" hint="例如公告的文號、宣布的時間" required={false} rows={2} value={form.reason} error={error('reason')} />
          <Button>看哪些案件會移動</Button>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

async function close(request: StaffRequest): Promise<Reply> {
  const { form } = request
  const townships = request.all('townships')
  const unknown = refuseTownships(townships, await findTownships(request.db))
  if (unknown) return closeForm(request, refusal('calendar.unknown-township', unknown, { field: 'townships' }))
  const day = parseDay(form.day ?? '')
  if (!day) return closeForm(request, refusal('input.invalid', '請填日期，例如 115/10/6', { field: 'day' }))
  const half = form.half === 'morning' || form.half === 'afternoon' ? form.half : null
  return draft(request, { what: 'close', day, half, townships, name: form.name, reason: form.reason }, (failed) => closeForm(request, failed))
}

const fileBytesMax = 2 * 1024 * 1024

/** 載入一年. */
async function loadForm(request: StaffRequest, failed?: Refusal, problems: string[] = []): Promise<Reply> {
  const next = yearOf(officeCalendar.lastDay) + 1 - 1911
  return consolePage(request, {
    title: '載入一年的辦公日曆',
    current: calendarPath,
    breadcrumbs: crumbs('載入一年'),
    children: (
      <>
        {problems.length > 0 && <ErrorSummary errors={problems.map((text) => ({ text, field: 'file' }))} />}
        {failed && <ErrorSummary errors={[{ text: failed.message, field: failed.field }]} />}
        <p>行政院人事行政總處每年公布次年的辦公日曆表，放在政府資料開放平臺（資料集 14718）。下載 CSV，在這裡載入；下一步會先列出期限要移動的案件，看過之後才套用。</p>
        <Form action={loadYearPath} multipart>
          <TextInput name="year" label="哪一年" hint="民國年" width={3} inputmode="numeric" value={request.form.year ?? next} />
          <FileUpload name="file" label="檔案" hint="欄位是 西元日期、星期、是否放假、備註 的 CSV（UTF-8 或 Big5），或本系統 office-calendar.json 格式的 JSON" accept=".csv,.json,.xlsx,.ods" maxBytes={fileBytesMax} error={problems[0] ?? failed?.message} />
          <Button>看哪些案件會移動</Button>
        </Form>
        <InsetText>目前有 {yearOf(officeCalendar.firstDay) - 1911} 至 {yearOf(officeCalendar.lastDay) - 1911} 年。年中修正公布時，把修正後的檔案照樣載入一次就好，原來的會保留紀錄。</InsetText>
      </>
    ),
  }, failed || problems.length ? 422 : 200)
}

async function load(request: StaffRequest): Promise<Reply> {
  const file = request.files.find(({ field }) => field === 'file')
  if (!file || file.bytes.length === 0) return loadForm(request, refusal('calendar.no-file', '請選擇檔案', { field: 'file' }))
  if (file.over || file.bytes.length > fileBytesMax) return loadForm(request, refusal('calendar.too-large', '檔案超過 2 MB，一年的日曆不會這麼大', { field: 'file' }))
  const read = readYearFile({ name: file.filename, bytes: file.bytes })
  if ('problems' in read) return loadForm(request, undefined, read.problems)
  const year = +(request.form.year ?? '') + 1911
  const years = read.years.filter((each) => each.year === year)
  if (!years.length) return loadForm(request, refusal('calendar.wrong-year', `檔案是 ${read.years.map((each) => each.year - 1911).join('、')} 年的日曆，不是 ${request.form.year} 年`, { field: 'file' }))
  return draft(request, { what: 'load', years, source: read.source }, (failed) => loadForm(request, failed))
}

/** 取消停止上班的登記. */
async function reopenForm(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const closure = storedInUse().closures.find(({ id, cancelled_at }) => id === +request.params.id! && cancelled_at === null)
  if (!closure) throw new NotFound('這項停止上班已經取消，或沒有登記過')
  return consolePage(request, {
    title: '取消停止上班',
    current: calendarPath,
    breadcrumbs: crumbs('取消停止上班'),
    children: (
      <>
        {failed && <ErrorSummary errors={[{ text: failed.message, field: failed.field }]} />}
        <p>要取消「{closureWords(closure)}」。期限會算回沒有停止上班的日子；登記過和移動過的紀錄都會留著。</p>
        <Form action={reopenPath(closure.id)}>
          <TextArea name="reason" label="為什麼取消" rows={2} required={false} value={request.form.reason} />
          <ButtonGroup><Button>看哪些案件會移動</Button></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

const reopen = (request: StaffRequest): Promise<Reply> =>
  draft(request, { what: 'reopen', closureId: +request.params.id!, reason: request.form.reason } satisfies Partial<CalendarChange>, (failed) => reopenForm(request, failed))

export const routes = [
  get(closeDayPath, 'clocks.calendar', (request) => closeForm(request)),
  post(closeDayPath, 'clocks.calendar', close),
  get(loadYearPath, 'clocks.calendar', (request) => loadForm(request)),
  post(loadYearPath, 'clocks.calendar', load, { upload: true }),
  get(reopenPath(':id'), 'clocks.calendar', (request) => reopenForm(request)),
  post(reopenPath(':id'), 'clocks.calendar', reopen),
]
