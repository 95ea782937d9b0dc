import { applyCalendar, type Preview, previewChange } from '../../../../core/calendar/apply.ts'
import { CalendarChange } from '../../../../core/calendar/changes.ts'
import { isRefusal, NotFound, type Refusal } from '../../../../core/errors.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../../ui/components/button.tsx'
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx'
import { Toolbar } from '../../../../ui/components/filter-bar.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { InsetText, WarningText } from '../../../../ui/components/notes.tsx'
import { Notification } from '../../../../ui/components/notification.tsx'
import { Pagination } from '../../../../ui/components/pagination.tsx'
import { InstantText } from '../../../../ui/components/time.tsx'
import { calendarPath, changePath, draftPath } from '../../paths.ts'
import { MovedTable } from '../moved-table.tsx'
import { findChange, findMoved, seenBy } from '../queries.ts'

const pageRows = 50

/** What the change would move, before it is applied. */
async function show(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const draft = await findDraft(request)
  if (draft.applied_as) return redirect(changePath(draft.applied_as))
  const found = await previewChange(request.db, CalendarChange.parse(draft.change))
  const title = isRefusal(found) ? '辦公日曆的改變' : found.value.words
  return consolePage(request, {
    title,
    current: calendarPath,
    breadcrumbs: [{ text: '辦公日曆', href: calendarPath }, { text: '套用前先看' }],
    children: isRefusal(found) ? <Impossible refused={found} /> : await preview(request, draft.id, found.value, failed),
  }, failed ? 422 : 200)
}

function Impossible({ refused }: { refused: Refusal }) {
  return <><ErrorSummary errors={[{ text: refused.message }]} /><p>這項改變現在不能套用了。<a href={calendarPath}>回辦公日曆</a></p></>
}

async function preview(request: StaffRequest, draftId: number, { moves, seen }: Preview, failed?: Refusal) {
  const last = Math.max(1, Math.ceil(moves.length / pageRows))
  const page = Math.min(Math.max(Math.trunc(+(request.query.page ?? 1)) || 1, 1), last)
  const rows = moves.slice((page - 1) * pageRows, page * pageRows)
  const visible = await seenBy(request.db, request.person, rows.map(({ caseId }) => caseId))
  const earlier = moves.filter(({ from, to }) => from && to && to < from).length
  const lost = moves.filter(({ from, to }) => from && !to).length
  return (
    <>
      {failed && <Notification kind="important" title="沒有套用"><p>{failed.message}</p></Notification>}
      <p class="lead">{moves.length ? <>套用後，<strong class="number">{moves.length}</strong> 件的期限會移動。</> : '套用後，沒有案件的期限會移動。'}</p>
      <p class="muted">還沒有改變任何東西。套用時，日曆和每一件的期限一次改好，原來的日期留在各案的歷程，並寄信告訴承辦人。</p>
      {earlier > 0 && <WarningText>其中 {earlier} 件的期限會提前。已經告訴過民眾的日期，不宜沒有說明就縮短。</WarningText>}
      {lost > 0 && <WarningText>其中 {lost} 件會變成無法確定到期日，因為日曆不再涵蓋。</WarningText>}
      <Form action={draftPath(draftId)} formKey={seen}>
        <input type="hidden" name="seen" value={seen} />
        <ButtonGroup>
          <Button>{moves.length ? `套用並移動 ${moves.length} 件` : '套用'}</Button>
          <ButtonLink kind="quiet" href={calendarPath}>不套用</ButtonLink>
        </ButtonGroup>
      </Form>
      {moves.length > 0 && (
        <>
          <Toolbar count={moves.length} />
          <MovedTable caption="期限會移動的案件" empty="" rows={rows.map((move) => ({ ...move, key: move.clockId, seen: visible.has(move.caseId) }))} />
          {last > 1 && <Pagination previous={page > 1 ? draftPath(draftId, page - 1) : null} next={page < last ? draftPath(draftId, page + 1) : null} summary={`第 ${page} 頁，共 ${last} 頁`} />}
        </>
      )}
    </>
  )
}

async function findDraft(request: StaffRequest) {
  const id = +request.params.id!
  const draft = Number.isSafeInteger(id) ? await request.db.selectFrom('calendar_drafts').selectAll().where('id', '=', id).executeTakeFirst() : undefined
  if (!draft) throw new NotFound('找不到這項改變')
  return draft
}

async function apply(request: StaffRequest): Promise<Reply> {
  const draft = await findDraft(request)
  const applied = await applyCalendar(request.caller, { change: CalendarChange.parse(draft.change), seen: request.form.seen ?? '', draftId: draft.id })
  if (isRefusal(applied)) return show(request, applied)
  const { changeId, words, moved } = applied.value
  return redirect(changePath(changeId), `已套用「${words}」，${moved ? `移動 ${moved} 件，已通知承辦人` : '沒有案件的期限移動'}`)
}

/** What a change moved, for as long as there is a record. */
async function showChange(request: StaffRequest): Promise<Reply> {
  const id = +request.params.id!
  const change = Number.isSafeInteger(id) ? await findChange(request.db, id) : undefined
  if (!change) throw new NotFound('找不到這項改變')
  const after = /^\d{1,15}$/.test(request.query.after ?? '') ? +request.query.after! : 0
  const rows = await findMoved(request.db, request.person, change.id, after, pageRows + 1)
  const shown = rows.slice(0, pageRows)
  return consolePage(request, {
    title: change.words,
    current: calendarPath,
    breadcrumbs: [{ text: '辦公日曆', href: calendarPath }, { text: '日曆的改變' }],
    children: (
      <>
        <InsetText>
          <InstantText at={change.at} />{change.by ? ` 由${change.by}套用` : ' 由系統管理者以指令套用'}。辦公日曆 {change.versionBefore} → {change.versionAfter}，移動 <strong class="number">{change.moved}</strong> 件。
        </InsetText>
        {change.moved > 0 && <Toolbar count={change.moved} />}
        <MovedTable caption="期限移動的案件" empty="沒有案件的期限移動" rows={shown.map((row) => ({ ...row, key: row.id }))} />
        <Pagination previous={after > 0 ? changePath(change.id) : null} next={rows.length > pageRows ? changePath(change.id, { after: shown.at(-1)!.id }) : null} />
      </>
    ),
  })
}

export const routes = [
  get(draftPath(':id'), 'clocks.calendar', (request) => show(request)),
  post(draftPath(':id'), 'clocks.calendar', apply),
  get(changePath(':id'), 'signed-in', showChange),
]
