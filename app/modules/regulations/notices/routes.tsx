import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { compareTexts } from '../../../core/laws/compare.ts'
import { promulgatedBy } from '../../../core/laws/dated.ts'
import { parseText } from '../../../core/laws/parse-text.ts'
import { changeOf, findChangeRows } from '../../../core/laws/queries.ts'
import { dayOf, rocLongDay } from '../../../core/time.ts'
import { get, type PageRequest, post, redirect, type Reply, type Route } from '../../../core/web/route.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { EmptyState, InsetText } from '../../../ui/components/notes.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { confirmCommentPath, noticePath, noticesPath, publicPath } from '../paths.ts'
import { ComparisonTable } from '../portal/compare.tsx'
import { standingOf } from '../../../core/laws/operations.ts'
import { LawView } from '../portal/law-view.tsx'
import { lawsPage, linksOf } from '../portal/page.tsx'
import { instruments } from '../schema.ts'
import type { DraftView } from '../tables.ts'
import { titleOf } from '../title.ts'
import { confirmComment, fileComment } from './acts.ts'
import { findNotice, findNotices, findPastNotices, findPublishedComments } from './queries.ts'

async function list(request: PageRequest): Promise<Reply> {
  const [open, past] = await Promise.all([findNotices(request.publicDb, request.today), findPastNotices(request.publicDb, request.today)])
  const item = (row: DraftView) => (
    <li key={row.id}>
      <h3><a href={noticePath(row.number)}>{titleOf(row)}草案</a></h3>
      <p class="muted">{[instruments[row.instrument], row.unit_name].filter(Boolean).join('．')}．預告到 <DayText day={row.notice_until} /></p>
    </li>
  )
  return lawsPage(request, {
    title: '法規草案預告',
    breadcrumbs: [{ text: '本縣法規', href: publicPath }, { text: '草案預告' }],
    children: (
      <>
        <h1>法規草案預告</h1>
        <p class="lead">公布以前，任何人都可以看草案、寫意見，不必註冊。</p>
        <h2>可以陳述意見的草案</h2>
        {open.length ? <ul class="results">{open.map(item)}</ul> : <EmptyState title="目前沒有預告中的草案">新的草案預告會列在這裡。</EmptyState>}
        {past.length > 0 && <><h2>已經結束的預告</h2><ul class="results">{past.map(item)}</ul></>}
      </>
    ),
  })
}

async function show(request: PageRequest, failed?: Refusal): Promise<Reply> {
  const { publicDb, today, params } = request
  const row = await findNotice(publicDb, params.number!)
  if (!row) throw new NotFound('找不到這個草案')
  const [comments, links, before] = await Promise.all([findPublishedComments(publicDb, row.id), linksOf(publicDb), textBefore(request, row)])
  const after = row.draft === null ? null : parseText(row.draft, row.name).text
  const isOpen = row.stage === 'notice' && today <= row.notice_until
  return lawsPage(request, {
    title: `${titleOf(row)}草案`,
    breadcrumbs: [{ text: '本縣法規', href: publicPath }, { text: '草案預告', href: noticesPath }, { text: row.number }],
    wide: row.change === 'amend',
    status: failed ? 422 : 200,
    children: (
      <>
        <h1>{titleOf(row)}草案</h1>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <p>{instruments[row.instrument]}．{row.unit_name}．預告 <DayText day={row.notice_from} /> 到 <DayText day={row.notice_until} /></p>
        {!isOpen && <InsetText><p>陳述意見的期間已經結束。</p></InsetText>}
        <h2>總說明</h2>
        <Letter text={row.reason} />
        {after && before && row.change === 'amend' && <><h2>條文對照</h2><ComparisonTable rows={compareTexts(before.text, after)} before="現行條文" after="修正草案" reasons={row.article_reasons} /></>}
        {after && <Details summary="全部條文" open={row.change === 'enact'}><LawView code={null} standing={standingOf(after)} links={links} on={null} /></Details>}
        <h2>意見與處理情形</h2>
        {comments.length ? <ul class="results">{comments.map((comment) => <li key={comment.id}><p class="muted"><DayText day={dayOf(comment.filed_at)} /> 的意見</p><Letter text={comment.text} />{comment.answer && <><p class="muted">處理情形</p><Letter text={comment.answer} serif /></>}</li>)}</ul> : <p class="muted">還沒有公布的意見。</p>}
        {isOpen && <CommentForm row={row} request={request} failed={failed} />}
      </>
    ),
  })
}

function CommentForm({ row, request, failed }: { row: DraftView; request: PageRequest; failed: Refusal | undefined }) {
  const error = errorOf(failed)
  const value = (name: string) => request.form[name]
  return (
    <section aria-labelledby="comment-title">
      <h2 id="comment-title">寫意見</h2>
      <p>意見和處理情形會公布在這裡，您的姓名和信箱不會。我們會寄一封確認信給您，按了信裡的連結，意見才算送到。</p>
      <Form action={noticePath(row.number)} formKey={randomUUID()} id="comment" keep>
        <TextArea name="text" label="您的意見" hint="請寫是哪一條、建議怎麼改和理由。" rows={8} value={value('text')} error={error('text')} maxLength={8000} />
        <TextInput name="name" label="姓名" autocomplete="name" width={10} value={value('name')} error={error('name')} />
        <TextInput name="email" type="email" label="電子郵件" autocomplete="email" spellcheck={false} width={20} value={value('email')} error={error('email')} />
        <Button>送出並收確認信</Button>
      </Form>
    </section>
  )
}

/** The law that a draft changes, as promulgated so far; null for one that enacts. */
async function textBefore({ publicDb, today }: PageRequest, row: DraftView) {
  if (row.law_id === null) return null
  const rows = await findChangeRows(publicDb, row.law_id)
  const upTo = row.notice_until < today ? row.notice_from : today
  return { text: promulgatedBy(rows.map(changeOf), upTo, row.name).text }
}

async function confirmPage(request: PageRequest, failed?: Refusal): Promise<Reply> {
  return lawsPage(request, {
    title: '確認意見', status: failed ? 422 : 200,
    children: (
      <>
        <h1>{failed ? '沒有送出' : '送出您的意見'}</h1>
        {failed ? <p>{failed.message}。<a href={noticesPath}>看預告中的草案</a></p> : <Form action={confirmCommentPath(request.params.token!)} formKey={randomUUID()}><p>按下面的按鈕，您的意見就會送到承辦單位。</p><Button>送出意見</Button></Form>}
      </>
    ),
  })
}

export const routes: Route[] = [
  get(noticesPath, 'public', list),
  get(`${noticesPath}/confirm/:token`, 'public', (request) => confirmPage(request)),
  post(`${noticesPath}/confirm/:token`, 'public', async (request) => {
    const result = await confirmComment(request.caller, { token: request.params.token })
    return isRefusal(result) ? confirmPage(request, result) : redirect(noticesPath, result.value.again ? '您的意見先前已經送到' : '意見已送到，處理情形會公布在草案的頁面')
  }, { limit: 30 }),
  get(`${noticesPath}/:number`, 'public', (request) => show(request)),
  post(`${noticesPath}/:number`, 'public', async (request) => {
    const result = await fileComment(request.caller, { ...request.form, number: request.params.number, origin: request.site.publicUrl ?? request.origin })
    return isRefusal(result) ? show(request, result) : redirect(noticePath(request.params.number!), `確認信已寄出，請在${rocLongDay(result.value.untilOn)}以前按信裡的連結`)
  }, { limit: 10 }),
]
