import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { mask, type Masked } from '../../../core/masking/index.ts'
import { foundIn, MaskedParts } from '../../../core/masking/masked-parts.tsx'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Checkboxes } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { WarningText } from '../../../ui/components/notes.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { InstantText } from '../../../ui/components/time.tsx'
import { nameOf } from '../appeal.ts'
import { findProceedings } from '../decision/queries.ts'
import { appealPath, decisionPath, listPath, publishedPath, publishPath } from '../paths.ts'
import { findAppeal } from '../queries.ts'
import { peopleOf, publishDecision, refusePublishing, withdrawPublication } from './acts.ts'

/** A masked copy beside what masking took out; the original stays as it was served. */
async function edit(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const appeal = await findAppeal(request.db, request.person, request.params.name!)
  const { decided, published } = await findProceedings(request.db, appeal.id)
  const people = await peopleOf(request.db, appeal.id)
  const name = nameOf(appeal)
  const refused = refusePublishing({ decided: decided !== null, dispatched: appeal.dispatchedOn !== null, confidential: appeal.confidential })
  const source = { title: appeal.title, main: decided?.main ?? '', facts: decided?.facts ?? '', reasons: decided?.reasons ?? '' }
  const auto = Object.fromEntries(Object.entries(source).map(([field, text]) => [field, mask(text, people)])) as Record<keyof typeof source, Masked>
  const shown = (field: keyof typeof source): string => request.form[field] ?? published?.[field] ?? auto[field].text
  const error = errorOf(failed)
  const review = (Object.keys(source) as (keyof typeof source)[]).flatMap((field) => mask(shown(field)).review)
  return consolePage(request, {
    title: `公開決定：${name}`, heading: '公開訴願決定', current: listPath, breadcrumbs: [{ text: '訴願案件', href: listPath }, { text: name, href: appealPath(name) }, { text: '公開' }],
    headingNote: <><a href={decisionPath(name)}>{appeal.title}</a>{published && <a href={publishedPath(name)}>看公開的頁面</a>}</>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {refused ? <WarningText>{refused.message}{refused.law && `（${refused.law}）`}。</WarningText> : (
          <Form action={publishPath(name)} formKey={randomUUID()} id="publish" keep>
            <p class="muted">訴願之決定應主動公開（政府資訊公開法 §7 I ⑦），另製去識別化的版本，不修改送達的正本。遮蔽方式待法制單位確認。</p>
            <Card title="公開的內容">
              <TextInput name="title" label="案由" value={shown('title')} error={error('title')} />
              <TextArea name="main" label="主文" serif rows={4} value={shown('main')} error={error('main')} />
              <TextArea name="facts" label="事實" serif required={false} rows={12} value={shown('facts')} error={error('facts')} />
              <TextArea name="reasons" label="理由" serif rows={14} value={shown('reasons')} error={error('reasons')} />
            </Card>
            <Card title="公開前請看">
              <MaskedParts found={foundIn(Object.values(auto))} review={review} />
              <Checkboxes name="reviewed" label="確認" labelSize="s" error={error('reviewed')} values={request.form.reviewed === 'yes' ? ['yes'] : []} options={[{ value: 'yes', text: '我看過全文和上面標示的地方，沒有可以認出個人的資料' }]} />
              <ButtonGroup><Button>{published ? '更新公開的內容' : '公開'}</Button><a href={appealPath(name)}>回案件</a></ButtonGroup>
            </Card>
          </Form>
        )}
        {published && (
          <Card title="下架">
            <p><InstantText at={published.publishedAt} /> 公開。下架後網站上立刻看不到，內容和理由留在這裡。</p>
            <Form action={publishPath(name, 'withdraw')} formKey={randomUUID()} id="withdraw">
              <TextInput name="reason" label="下架的理由" value={request.form.reason} error={error('reason')} width={20} />
              <Button kind="danger">下架</Button>
            </Form>
          </Card>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

export const routes: Route[] = [
  get(`${listPath}/:name/publication`, 'appeals.publish', (request) => edit(request)),
  post(`${listPath}/:name/publication`, 'appeals.publish', async (request) => {
    const result = await publishDecision(request.caller, { ...request.form, name: request.params.name })
    return isRefusal(result) ? edit(request, result) : redirect(publishPath(request.params.name!), '已公開')
  }),
  post(`${listPath}/:name/publication/withdraw`, 'appeals.publish', async (request) => {
    const result = await withdrawPublication(request.caller, { ...request.form, name: request.params.name })
    return isRefusal(result) ? edit(request, result) : redirect(publishPath(request.params.name!), '已下架')
  }),
]
