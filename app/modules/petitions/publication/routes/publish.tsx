import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../../core/errors.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../../ui/components/button.tsx'
import { Card } from '../../../../ui/components/card.tsx'
import { Checkboxes } from '../../../../ui/components/choices.tsx'
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx'
import { SubNav } from '../../../../ui/components/tabs.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { EmptyState, WarningText } from '../../../../ui/components/notes.tsx'
import { Letter } from '../../../../ui/components/law.tsx'
import { Pagination } from '../../../../ui/components/pagination.tsx'
import { Table } from '../../../../ui/components/table.tsx'
import { TextArea } from '../../../../ui/components/text-area.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { DayText, InstantText } from '../../../../ui/components/time.tsx'
import { errorsOf, summaryOf } from '../../filing/page.tsx'
import { petitionPath } from '../../paths.ts'
import { publishPetition, withdrawPublication } from '../actions.ts'
import { mask, type Masked } from '../../../../core/masking/index.ts'
import { foundIn, MaskedParts } from '../../../../core/masking/masked-parts.tsx'
import { publicationPath, publicationsPath, publishPath, withdrawPath } from '../paths.ts'
import { type Candidate, findCandidates, findOriginal, type Original } from '../queries.ts'
import { readsLikeAccusation, refusePublishing } from '../rules.ts'

async function list(request: StaffRequest): Promise<Reply> {
  const show = request.query.show === 'published' ? 'published' : 'waiting'
  const { rows, next } = await findCandidates(request.db, request.person, show, request.query.after)
  const path = (more: Record<string, string>) => `${publicationsPath}?${new URLSearchParams({ ...(show === 'published' ? { show } : {}), ...more })}`
  return consolePage(request, {
    title: '公開答復',
    heading: '公開答復',
    current: publicationsPath,
    children: (
      <>
        <SubNav label="公開狀態" current={show === 'published' ? `${publicationsPath}?show=published` : publicationsPath} items={[{ href: publicationsPath, text: '可以公開' }, { href: `${publicationsPath}?show=published`, text: '已公開' }]} />
        <p class="muted">只列陳情人同意公開、已有答復、沒有保密也不是檢舉的案件。</p>
        <Table<Candidate>
          caption={show === 'published' ? '已公開' : '可以公開'}
          captionHidden
          rows={rows}
          rowKey={(row) => row.name}
          rowHref={(row) => publishPath(row.name)}
          empty={<EmptyState title={show === 'published' ? '還沒有公開的答復' : '沒有等待公開的案件'}>{show === 'published' ? '公開後會列在這裡，隨時可以下架。' : '陳情人同意公開、案件答復後會出現在這裡。'}</EmptyState>}
          columns={[
            { heading: '案號', cell: (row) => <a class="nowrap number" href={publishPath(row.name)}>{row.name}</a>, width: 'fit' },
            { heading: '主旨', cell: (row) => row.title, rowHeader: true, width: 'grow' },
            { heading: '類別', cell: (row) => row.category ?? '未填', wideOnly: true },
            { heading: '鄉鎮', cell: (row) => row.township ?? '未填', wideOnly: true },
            { heading: '主辦單位', cell: (row) => row.unit ?? '—' },
            { heading: '結案', cell: (row) => <DayText day={row.closedOn} />, width: 'fit' },
            ...(show === 'published' ? [{ heading: '公開', cell: (row: Candidate) => row.publishedAt && <InstantText at={row.publishedAt} />, width: 'fit' as const }] : []),
          ]}
        />
        <Pagination previous={request.query.after ? path({}) : null} next={next && path({ after: next })} />
      </>
    ),
  })
}

async function edit(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const original = await findOriginal(request.db, request.person, request.params.name!)
  const refused = refusePublishing(original)
  const auto = { title: mask(original.title, [original.senderName]), question: mask(original.letter, [original.senderName]), answer: mask(original.answer ?? '', [original.senderName]) }
  const shown = request.form.title !== undefined
    ? { title: request.form.title, question: request.form.question ?? '', answer: request.form.answer ?? '' }
    : (original.published ?? { title: auto.title.text, question: auto.question.text, answer: auto.answer.text })
  const errors = errorsOf(failed)
  return consolePage(
    request,
    {
      title: `公開 ${original.name}`,
      heading: original.title,
      current: publicationsPath,
      breadcrumbs: [{ text: '公開答復', href: publicationsPath }, { text: original.name }],
      headingNote: <><a class="nowrap number" href={petitionPath(original.name)}>{original.name}</a>{original.published && <a href={publicationPath(original.published.id)}>看公開的頁面</a>}</>,
      children: (
        <>
          <ErrorSummary errors={summaryOf(errors, ['title', 'question', 'answer'])} />
          {refused ? <WarningText>{refused.message}{refused.law && `（${refused.law}）`}，不能公開。</WarningText> : <PublishForm original={original} auto={auto} shown={shown} errors={errors} request={request} />}
          {original.published && <TakeDown original={original} error={errors.reason} />}
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

type Texts = { title: string; question: string; answer: string }

function PublishForm({ original, auto, shown, errors, request }: { original: Original; auto: Record<keyof Texts, Masked>; shown: Texts; errors: Record<string, string>; request: StaffRequest }) {
  const accusation = readsLikeAccusation([original.title, original.letter, ...original.supplements])
  const review = [shown.title, shown.question, shown.answer].flatMap((text) => mask(text).review)
  const ticked = (name: string) => (request.form[name] === 'yes' ? ['yes'] : [])
  return (
    <Form action={publishPath(original.name)} formKey={randomUUID()} id="publish" keep>
      <div class="halves">
        <Card title="原文（不公開）">
          <h3>主旨</h3><p>{original.title}</p>
          <h3>陳情內容</h3><Letter text={original.letter} />
          {original.supplements.length > 0 && <><h3>補充（不會公開）</h3>{original.supplements.map((text) => <Letter key={text} text={text} />)}</>}
          <h3>答復</h3><Letter text={original.answer ?? ''} serif />
        </Card>
        <Card title="公開的內容">
          <TextInput name="title" label="主旨" value={shown.title} error={errors.title} />
          <TextArea name="question" label="陳情內容" value={shown.question} error={errors.question} rows={12} />
          <TextArea name="answer" label="答復" value={shown.answer} error={errors.answer} rows={14} serif />
        </Card>
      </div>
      <Card title="公開前請看">
        <MaskedParts found={foundIn([auto.title, auto.question, auto.answer])} review={review} />
        {accusation && <Checkboxes name="notAccusation" label="原文讀起來像檢舉" labelSize="s" error={errors.notAccusation} values={ticked('notAccusation')} options={[{ value: 'yes', text: '我看過了，這件沒有檢舉特定的人或場所' }]} />}
        <Checkboxes name="ownContacts" label="答復裡的電話、信箱、地址" labelSize="s" values={ticked('ownContacts')} options={[{ value: 'yes', text: '都是機關自己的，可以公開' }]} />
        <Checkboxes name="reviewed" label="確認" labelSize="s" error={errors.reviewed} values={ticked('reviewed')} options={[{ value: 'yes', text: '我看過全文和上面標示的地方，沒有個人資料' }]} />
        <ButtonGroup><Button>{original.published ? '更新公開的內容' : '公開'}</Button></ButtonGroup>
      </Card>
    </Form>
  )
}

function TakeDown({ original, error }: { original: Original; error?: string | undefined }) {
  return (
    <Card title="下架">
      <p>{original.published && <InstantText at={original.published.at} />} 公開。下架後網站上立刻看不到，內容和理由留在這裡。</p>
      <Form action={withdrawPath(original.name)} formKey={randomUUID()}>
        <TextInput name="reason" label="下架的理由" error={error} />
        <Button kind="danger">下架</Button>
      </Form>
    </Card>
  )
}

export const routes: Route[] = [
  get(publicationsPath, 'petitions.publish', list),
  get(publishPath(':name').replace('%3A', ':'), 'petitions.publish', (request) => edit(request)),
  post(publishPath(':name').replace('%3A', ':'), 'petitions.publish', async (request) => {
    const result = await publishPetition(request.caller, { ...request.form, name: request.params.name })
    return isRefusal(result) ? edit(request, result) : redirect(publishPath(request.params.name!), '已公開')
  }),
  post(withdrawPath(':name').replace('%3A', ':'), 'petitions.publish', async (request) => {
    const result = await withdrawPublication(request.caller, { name: request.params.name, reason: request.form.reason, _key: request.form._key })
    return isRefusal(result) ? edit(request, result) : redirect(publishPath(request.params.name!), '已下架')
  }),
]

