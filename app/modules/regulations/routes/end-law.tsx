import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { type Day, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Radios } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { endings, endLaw, extensionDue, setLastDay } from '../end-law.ts'
import { endLawPath, lastDayPath, lawPath, listPath } from '../paths.ts'

/** How a law ends without a proposal: its last day, and what was declared void or has run out. */
async function form(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const law = await request.db.selectFrom('laws').select(['code', 'name', 'kind', 'public', 'ends_on']).where('code', '=', request.params.code!).executeTakeFirst()
  if (!law || law.kind === 'national') throw new NotFound('找不到這個法規')
  const error = errorOf(failed)
  const back = law.public ? lawPath(law.code) : listPath
  return consolePage(request, {
    title: `施行期限與失效：${law.name}`, heading: '施行期限與失效', current: listPath,
    breadcrumbs: [{ text: '法規案', href: listPath }, ...(law.public ? [{ text: law.name, href: back }] : []), { text: '施行期限與失效' }],
    headingNote: law.public ? <a href={back}>{law.name}</a> : law.name,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <h2>施行期限</h2>
        <LastDay endsOn={law.ends_on} today={request.today} />
        <Form action={lastDayPath(law.code)} formKey={randomUUID()} id="last-day">
          <TextInput name="endsOn" label="施行到哪一天" hint="條文定有施行期限、而系統還沒有登錄時補登。空白是沒有期限。" required={false} width={10} value={request.form.endsOn ?? (law.ends_on ? rocDay(law.ends_on) : '')} error={error('endsOn')} autocomplete="off" />
          <ButtonGroup><Button kind="secondary">更正施行期限</Button></ButtonGroup>
        </Form>
        <h2>登錄失效</h2>
        <p>縣府自己廢止的，請提法規案。這裡登錄的是不經廢止程序而失效的；登錄以後，法規頁照登錄的顯示，以前各日的條文仍可查。</p>
        <Form action={endLawPath(law.code)} formKey={randomUUID()} id="end-law" keep>
          <Radios name="how" label="怎麼失效" value={request.form.how} error={error('how')} options={Object.entries(endings).map(([value, { label, law: citation, hint }]) => ({ value, text: `${label}（${citation}）`, hint }))} />
          <TextInput name="articles" label="哪幾條" hint="部分條文函告無效的才填，例如 第三條、第五條之一" required={false} width={20} value={request.form.articles} error={error('articles')} autocomplete="off" />
          <TextInput name="on" label="日期" hint="例如 115/3/2" width={10} value={request.form.on} error={error('on')} autocomplete="off" />
          <TextInput name="documentNo" label="文號" hint="函告的文號；施行期滿的填公告文號。" required={false} width={20} value={request.form.documentNo} error={error('documentNo')} />
          <TextArea name="note" label="理由" rows={4} value={request.form.note} error={error('note')} />
          <ButtonGroup><Button kind="danger">登錄失效</Button><a href={back}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

function LastDay({ endsOn, today }: { endsOn: Day | null; today: Day }) {
  if (!endsOn) return <p>目前登錄為沒有施行期限。</p>
  if (endsOn < today) return <InsetText><p>施行到 <DayText day={endsOn} /> 為止，已經當然廢止，由主管機關公告（中央法規標準法 §23；本縣自治法規類推適用，待法制單位確認）。公告後請在下面登錄。</p></InsetText>
  return <InsetText><p>施行到 <DayText day={endsOn} weekday /> 為止。要延長的，請提修正案，最遲在 <DayText day={extensionDue(endsOn)} weekday /> 發布（中央法規標準法 §24；本縣自治法規類推適用，待法制單位確認）。</p></InsetText>
}

export const routes: Route[] = [
  get(endLawPath(':code'), 'regulations.promulgate', (request) => form(request)),
  post(endLawPath(':code'), 'regulations.promulgate', async (request) => {
    const code = request.params.code!
    const result = await endLaw(request.caller, { ...request.form, code })
    return isRefusal(result) ? form(request, result) : redirect(endLawPath(code), '已登錄')
  }),
  post(lastDayPath(':code'), 'regulations.promulgate', async (request) => {
    const code = request.params.code!
    const result = await setLastDay(request.caller, { ...request.form, code })
    return isRefusal(result) ? form(request, result) : redirect(endLawPath(code), result.value.endsOn ? `已登錄施行到 ${rocDay(result.value.endsOn)}` : '已登錄為沒有施行期限')
  }),
]
