import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { addDays, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Checkboxes, Select } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { findLawyers } from '../lawyers/acts.ts'
import { lawyerPath, listPath, newPath, seriesPath, sessionPath } from '../paths.ts'
import { findRules } from '../settings/settings.ts'
import { planSeries, planSession } from './acts.ts'

const weekdays = ['一', '二', '三', '四', '五', '六', '日'].map((name, i) => ({ value: String(i + 1), text: `星期${name}` }))

/** One session, or a series of them on one weekday. */
async function plan(request: StaffRequest, kind: 'one' | 'series', failed?: Refusal): Promise<Reply> {
  const lawyers = (await findLawyers(request.db, request.today)).filter(({ validUntil }) => !validUntil || validUntil >= request.today)
  const { minutes } = await findRules(request.db)
  const value = (name: string) => request.form[name]
  const error = errorOf(failed)
  const title = kind === 'one' ? '排一個場次' : '排一系列場次'
  const fields = (
    <>
      <TextInput name="startsAt" label="開始時間" value={value('startsAt') ?? '14:00'} error={error('startsAt')} width={5} />
      <TextInput name="endsAt" label="結束時間" value={value('endsAt') ?? '17:00'} error={error('endsAt')} width={5} />
      <TextInput name="minutes" label="每次幾分鐘" inputmode="numeric" value={value('minutes') ?? minutes} error={error('minutes')} width={3} />
      <TextInput name="place" label="地點" value={value('place')} error={error('place')} width={30} />
      <Checkboxes name="lawyers" label="律師" hint="每位一桌，時間數是桌數 ×（時數 ÷ 每次分鐘數）。" values={request.all('lawyers')} error={error('lawyers')} options={lawyers.map((one) => ({ value: String(one.id), text: one.name, ...(one.names ? { hint: one.names } : {}) }))} />
      <TextArea name="note" label="給民眾的說明" hint="例如停車、從哪個門進。" required={false} rows={2} value={value('note')} error={error('note')} />
    </>
  )
  return consolePage(request, {
    title, heading: title, current: listPath, breadcrumbs: [{ text: '法律諮詢場次', href: listPath }, { text: title }],
    headingNote: kind === 'one' ? <a href={seriesPath}>改排一系列（例如每週三下午）</a> : <a href={newPath}>改排一個</a>,
    children: lawyers.length === 0 ? <EmptyState title="名冊還沒有律師" action={<ButtonLink href={lawyerPath('new')}>加入律師</ButtonLink>}>先加入律師，再排場次。</EmptyState> : (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Form action={kind === 'one' ? newPath : seriesPath} formKey={randomUUID()} id="session" keep>
          {kind === 'one'
            ? (
              <>
                <TextInput name="on" label="日期" hint={`例：${rocDay(addDays(request.today, 14))}`} value={value('on')} error={error('on')} width={10} />
                {(error('closed') || value('closed')) && <Checkboxes name="closed" label="不辦公的日子" labelSize="s" values={request.all('closed')} error={error('closed')} options={[{ value: 'yes', text: '這一天不辦公，還是要辦理' }]} />}
              </>
            )
            : (
              <>
                <TextInput name="from" label="從哪一天" hint={`例：${rocDay(request.today)}`} value={value('from')} error={error('from')} width={10} />
                <TextInput name="until" label="到哪一天" value={value('until')} error={error('until')} width={10} />
                <Select name="weekday" label="星期幾" value={value('weekday') ?? '3'} error={error('weekday')} options={weekdays} />
                <Select name="everyWeeks" label="多久一次" value={value('everyWeeks') ?? '1'} options={[{ value: '1', text: '每週' }, { value: '2', text: '每兩週' }, { value: '4', text: '每四週' }]} />
              </>
            )}
          {fields}
          {kind === 'series' && <p class="muted">不辦公的日子（依辦公日曆）會跳過。</p>}
          <ButtonGroup><Button>{title}</Button><a href={listPath}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

export const routes: Route[] = [
  get(newPath, 'legal-advice.plan', (request) => plan(request, 'one')),
  post(newPath, 'legal-advice.plan', async (request) => {
    const result = await planSession(request.caller, { ...request.form, lawyers: request.all('lawyers') })
    return isRefusal(result) ? plan(request, 'one', result) : redirect(sessionPath(result.value.number), '場次已排定，已經開放預約')
  }),
  get(seriesPath, 'legal-advice.plan', (request) => plan(request, 'series')),
  post(seriesPath, 'legal-advice.plan', async (request) => {
    const result = await planSeries(request.caller, { ...request.form, lawyers: request.all('lawyers') })
    if (isRefusal(result)) return plan(request, 'series', result)
    const { count, skipped } = result.value
    return redirect(listPath, `已排定 ${count} 個場次${skipped.length ? `；${skipped.map(rocDay).join('、')} 不辦公，沒有排` : ''}`)
  }),
]
