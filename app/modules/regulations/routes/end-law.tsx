import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { findLaw } from '../../../core/laws/queries.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Radios } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { endings, endLaw } from '../end-law.ts'
import { endLawPath, lawPath, listPath } from '../paths.ts'

async function form(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const law = await findLaw(request.db, request.params.code!)
  if (!law || law.kind === 'national') throw new NotFound('找不到這個法規')
  const error = errorOf(failed)
  return consolePage(request, {
    title: `登錄失效：${law.name}`, heading: '登錄函告無效或施行期滿', current: listPath,
    breadcrumbs: [{ text: '法規案', href: listPath }, { text: law.name, href: lawPath(law.code) }, { text: '登錄失效' }],
    headingNote: <a href={lawPath(law.code)}>{law.name}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <p>縣府自己廢止的，請提法規案。這裡登錄的是不經廢止程序而失效的；登錄以後，法規頁顯示已失效，以前各日的條文仍可查。</p>
        <Form action={endLawPath(law.code)} formKey={randomUUID()} id="end-law" keep>
          <Radios name="how" label="怎麼失效" value={request.form.how} error={error('how')} options={Object.entries(endings).map(([value, { label, law: citation, hint }]) => ({ value, text: `${label}（${citation}）`, hint }))} />
          <TextInput name="on" label="日期" hint="例如 115/3/2" width={10} value={request.form.on} error={error('on')} autocomplete="off" />
          <TextInput name="documentNo" label="文號" required={false} width={20} value={request.form.documentNo} error={error('documentNo')} />
          <TextArea name="note" label="理由" rows={4} value={request.form.note} error={error('note')} />
          <ButtonGroup><Button kind="danger">登錄失效</Button><a href={lawPath(law.code)}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

export const routes: Route[] = [
  get(endLawPath(':code'), 'regulations.promulgate', (request) => form(request)),
  post(endLawPath(':code'), 'regulations.promulgate', async (request) => {
    const code = request.params.code!
    const result = await endLaw(request.caller, { ...request.form, code })
    return isRefusal(result) ? form(request, result) : redirect(lawPath(code), '已登錄失效')
  }),
]
