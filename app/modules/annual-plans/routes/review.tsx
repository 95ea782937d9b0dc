import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { NeedsTable } from '../parts.tsx'
import { proposalPath, proposalsBase, reviewersPath, roundPath, roundsPath } from '../paths.ts'
import { findProposal, findRound } from '../queries.ts'
import { pointName, reviewProposal } from '../review.ts'
import { findReviewers, findRole, findVerdicts, type Reviewer } from '../review-queries.ts'
import { endReviewer, nameReviewer } from '../reviewers.ts'
import { reviewRoles } from '../schema.ts'

async function review(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person } = request
  const file = await findProposal(db, person, request.params.number!)
  const role = await findRole(db, file.roundId, person.id)
  if (!role || file.stage !== 'complete') throw new NotFound('這件現在不由您評分')
  const before = (await findVerdicts(db, [file.id])).get(file.id)!.reviews.find((one) => one.role === role)
  const error = errorOf(failed)
  const value = (name: string, kept: string | number | null | undefined) => request.form[name] ?? (kept === null || kept === undefined ? '' : String(kept))
  return consolePage(request, {
    title: `評分：${file.title}`, heading: `${reviewRoles[role]}審查`, current: roundsPath, breadcrumbs: [{ text: `${file.year} 年度`, href: roundPath(file.year) }, { text: file.number, href: proposalPath(file.number) }, { text: '評分' }],
    headingNote: <a href={proposalPath(file.number)}>{file.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <NeedsTable needs={file.needs} years={[...new Set(file.needs.map(({ year }) => year))].toSorted((a, b) => a - b)} />
        <Form action={proposalPath(file.number, 'review')} formKey={randomUUID()} id={`review-${file.number}`} keep>
          {file.criteria.map(({ key, label, weight }) => <TextInput key={key} name={pointName(key)} label={`${label}（占 ${weight}%）`} inputmode="decimal" suffix="分" value={value(pointName(key), before?.points[key])} error={error(pointName(key))} width={4} />)}
          <TextInput name="advised" label="建議核列數" hint="留白就是照需求。可以寫 1,200萬" required={false} suffix="元" value={value('advised', before?.advisedTwd)} error={error('advised')} width={20} />
          <TextArea name="comment" label="審查意見" value={value('comment', before?.comment)} error={error('comment')} rows={4} maxLength={2000} />
          <ButtonGroup><Button>送出評分</Button><a href={proposalPath(file.number)}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

async function reviewers(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const round = await findRound(request.db, Number(request.params.year))
  const rows = await findReviewers(request.db, round.id)
  const error = errorOf(failed)
  return consolePage(request, {
    title: `${round.year} 年度審查人員`, heading: `${round.year} 年度審查人員`, current: roundsPath, breadcrumbs: [{ text: '施政計畫先期作業', href: roundsPath }, { text: `${round.year} 年度`, href: roundPath(round.year) }, { text: '審查人員' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <p>審查人員看得到這個年度的全部提報，但不能審查自己單位的。每個角色對每件提報只有一份評分。</p>
        <Table<Reviewer>
          caption="審查人員" captionHidden rows={rows} rowKey={(row) => row.id} empty={<EmptyState title="還沒有審查人員">用下面的表單指定。</EmptyState>}
          columns={[
            { heading: '角色', cell: (row) => reviewRoles[row.role], rowHeader: true, width: 'fit' },
            { heading: '同仁', cell: (row) => `${row.unit ?? ''} ${row.name}`.trim() },
            { heading: '已評分', cell: (row) => row.reviewed, numeric: true },
            { heading: '動作', cell: (row) => <Form action={`${reviewersPath(round.year)}/end`} formKey={randomUUID()}><input type="hidden" name="id" value={row.id} /><Button kind="secondary" small confirm={`解除 ${row.name} 的審查？已經評的分保留。`}>{`解除${row.name}`}</Button></Form>, width: 'fit' },
          ]}
        />
        <h2>指定審查人員</h2>
        <Form action={reviewersPath(round.year)} formKey={randomUUID()} id="name-reviewer">
          <TextInput name="login" label="同仁帳號" value={request.form.login} error={error('login')} width={20} spellcheck={false} />
          <Select name="role" label="審查角色" value={request.form.role} error={error('role')} empty="選擇角色" options={Object.entries(reviewRoles).map(([value, text]) => ({ value, text }))} />
          <ButtonGroup><Button>指定</Button><a href={roundPath(round.year)}>回清單</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

export const routes: Route[] = [
  get(`${proposalsBase}/:number/review`, 'annual-plans.review', (request) => review(request)),
  post(`${proposalsBase}/:number/review`, 'annual-plans.review', async (request) => {
    const number = request.params.number!
    const points = Object.fromEntries(Object.entries(request.form).flatMap(([name, text]) => (name.startsWith('points-') ? [[name.slice(7), text]] : [])))
    const result = await reviewProposal(request.caller, { ...request.form, points, name: number })
    return isRefusal(result) ? review(request, result) : redirect(proposalPath(number), `已評分，${result.value.score.toFixed(2)} 分`)
  }),
  get(`${roundsPath}/:year/reviewers`, 'annual-plans.manage', (request) => reviewers(request)),
  post(`${roundsPath}/:year/reviewers`, 'annual-plans.manage', async (request) => {
    const year = Number(request.params.year)
    const result = await nameReviewer(request.caller, { ...request.form, year })
    return isRefusal(result) ? reviewers(request, result) : redirect(reviewersPath(year), '已指定審查人員')
  }),
  post(`${roundsPath}/:year/reviewers/end`, 'annual-plans.manage', async (request) => {
    const result = await endReviewer(request.caller, request.form)
    return isRefusal(result) ? reviewers(request, result) : redirect(reviewersPath(Number(request.params.year)), '已解除')
  }),
]
