import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { dayOf } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Checkboxes } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { listPath, regulationPath } from '../paths.ts'
import { findRegulation } from '../queries.ts'
import { answerComment } from './acts.ts'

/** The comments on a draft, each with what became of it. Names are not shown: they play no part in it. */
async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const file = await findRegulation(request.db, request.person, request.params.name!)
  return consolePage(
    request,
    {
      title: `意見：${file.title}`, heading: '意見與處理情形', current: listPath,
      breadcrumbs: [{ text: '法規案', href: listPath }, { text: file.number, href: regulationPath(file.number) }, { text: '意見' }],
      headingNote: <a href={regulationPath(file.number)}>{file.title}</a>,
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed).map((one) => ({ text: one.text }))} intro="您填的都還在。" />}
          {file.comments.length === 0 && <EmptyState title="還沒有人陳述意見">確認過的意見會列在這裡。</EmptyState>}
          {file.comments.map((comment, i) => {
            const isThis = request.form.comment === String(comment.id)
            return (
              <Card key={comment.id} title={`第 ${i + 1} 則`}>
                <p class="muted"><DayText day={dayOf(new Date(comment.filedAt))} /></p>
                <Letter text={comment.text} />
                <Form action={regulationPath(file.number, 'comments')} formKey={randomUUID()} id={`answer-${comment.id}`} keep>
                  <input type="hidden" name="comment" value={comment.id} />
                  <TextArea name="answer" id={`answer-text-${comment.id}`} label="處理情形" rows={4} value={isThis ? request.form.answer : (comment.answer ?? '')} error={isThis ? errorOf(failed)('answer') : undefined} />
                  <Checkboxes name="publish" id={`publish-${comment.id}`} label="公布" labelSize="s" values={(isThis ? request.form.publish === 'yes' : comment.published || !comment.answeredAt) ? ['yes'] : []} options={[{ value: 'yes', text: '意見和處理情形公布在草案的頁面；我看過了，裡面沒有個人資料' }]} />
                  <Button>存檔</Button>
                </Form>
              </Card>
            )
          })}
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

export const routes: Route[] = [
  get(`${listPath}/:name/comments`, 'regulations.answer', (request) => page(request)),
  post(`${listPath}/:name/comments`, 'regulations.answer', async (request) => {
    const name = request.params.name!
    const result = await answerComment(request.caller, { ...request.form, name })
    return isRefusal(result) ? page(request, result) : redirect(regulationPath(name, 'comments'), '已存')
  }),
]
