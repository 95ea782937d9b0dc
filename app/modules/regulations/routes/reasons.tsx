import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { changeNames, compareTexts } from '../../../core/laws/compare.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Redline } from '../../../ui/components/law.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { listPath, regulationPath } from '../paths.ts'
import { placeOf } from '../portal/compare.tsx'
import { findRegulation } from '../queries.ts'
import { saveReasons } from '../reasons.ts'
import { textsOf } from './show.tsx'

/** 說明 for each article that the draft changes: one field an article, its wording beside it. */
async function form(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const file = await findRegulation(request.db, request.person, request.params.name!)
  const texts = await textsOf(request.db, file, request.today)
  if (!texts) throw new NotFound('這件法規案沒有條文')
  const rows = compareTexts(texts.before, texts.after).filter(({ change }) => change !== 'same')
  return consolePage(request, {
    title: `各條說明：${file.title}`, heading: '各條說明', current: listPath,
    breadcrumbs: [{ text: '法規案', href: listPath }, { text: file.number, href: regulationPath(file.number) }, { text: '各條說明' }],
    headingNote: <a href={regulationPath(file.number)}>{file.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={[{ text: failed.message }]} intro="您填的都還在。" />}
        {rows.length === 0 ? <EmptyState title="草案和現行條文相同">改了草案，這裡就會列出要說明的條文。</EmptyState> : (
          <Form action={regulationPath(file.number, 'reasons')} formKey={randomUUID()} id="reasons" keep>
            {rows.map((row, i) => {
              const place = placeOf(row)
              const name = (row.after ?? row.before)!.label
              return (
                <section key={place}>
                  <input type="hidden" name={`place.${i}`} value={place} />
                  <TextArea name={`reason.${i}`} label={file.change === 'enact' ? name : `${name}（${changeNames[row.change]}）`} required={false} rows={3} value={failed ? request.form[`reason.${i}`] : (file.articleReasons?.[place] ?? '')} />
                  <Details summary={`看${name}的條文`}>{row.redline.length ? <Redline runs={row.redline} /> : <div class="law-side">{(row.after ?? row.before)!.text}</div>}</Details>
                </section>
              )
            })}
            <ButtonGroup><Button>存檔</Button><a href={regulationPath(file.number)}>取消</a></ButtonGroup>
          </Form>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

export const routes: Route[] = [
  get(`${listPath}/:name/reasons`, 'regulations.draft', (request) => form(request)),
  post(`${listPath}/:name/reasons`, 'regulations.draft', async (request) => {
    const { form: given } = request
    const places = Object.entries(given).flatMap(([field, place]) => (field.startsWith('place.') && place ? [[place, given[`reason.${field.slice(6)}`] ?? '']] : []))
    const result = await saveReasons(request.caller, { _key: given._key, name: request.params.name!, reasons: Object.fromEntries(places) })
    return isRefusal(result) ? form(request, result) : redirect(regulationPath(request.params.name!), '各條說明已存')
  }),
]
