import { randomUUID } from 'node:crypto'
import { caseKinds } from '../../../core/cases/case-kinds.ts'
import { handOverCases } from '../../../core/cases/hand-over.ts'
import { findHolders, findSuccessors, type Holder, type Successor } from '../../../core/cases/hand-over-people.ts'
import { findInHands, handOverPermission, handOverUnits, type InHand, type InHands, markOf, whyNotTo } from '../../../core/cases/in-hands.ts'
import { findHandOvers, type PastHandOver, takeBackCases, takeBackDays } from '../../../core/cases/take-back.ts'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import { findPerson } from '../../../core/identity/sessions.ts'
import type { Waiting } from '../../../core/module.ts'
import { addDays, type Day, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink, Checkboxes, DayText, EmptyState, ErrorSummary, Form, InsetText, InstantText, Pagination, Select, Table, Tag, Toolbar } from '../../../ui/index.ts'
import { handOverListPath, handOverOfPath, handOverPath, takeBackPath } from '../paths.ts'
import { errorItems, errorOf } from '../person-fields.ts'

export const routes = [
  get(handOverPath, handOverPermission, (request) => (request.query.from ? ofOnePage(request) : holdersPage(request))),
  post(handOverPath, handOverPermission, async (request) => {
    const result = await handOverCases(request.caller, { ...request.form, kinds: request.all('kinds'), origin: request.origin })
    return isRefusal(result) ? ofOnePage(request, result) : redirect(handOverPath, `已交接 ${result.value.cases} 件給${result.value.to}，案件歷程都已記明`)
  }),
  post(takeBackPath, handOverPermission, async (request) => {
    const result = await takeBackCases(request.caller, { ...request.form, origin: request.origin })
    return isRefusal(result) ? holdersPage(request, result) : redirect(handOverPath, `已收回 ${result.value.cases} 件給${result.value.to}，案件歷程都已記明`)
  }),
]

/** Within this many days a last day is near enough to think of the cases. */
const soonDays = 30
const isLeaving = ({ locked, lastDay, elsewhere }: Holder, today: Day): boolean => locked || elsewhere !== null || (lastDay !== null && lastDay <= addDays(today, soonDays))

/** Who leaves, or has left, with cases still in their hands. */
export const handOverWaiting: Waiting = {
  permission: handOverPermission,
  find: async ({ db, person, today }) => (await findHolders(db, handOverUnits(person), today)).filter((one) => isLeaving(one, today)).slice(0, 10)
    .map((one) => ({ text: `${one.name}${stateOf(one, today)}，名下的案件待交接`, href: handOverOfPath(one.id), count: one.cases })),
}

const stateOf = ({ locked, lastDay, elsewhere }: Holder, today: Day): string => (locked ? '帳號已停用' : elsewhere !== null ? `已調到 ${elsewhere}` : lastDay === null ? '在職' : lastDay < today ? `到 ${rocDay(lastDay)} 已離開` : `到 ${rocDay(lastDay)} 為止`)

const perPage = 50

/** The part of a list that the page of the address shows, with the links to the others. */
function pageOf<One>(all: readonly One[], asked: string | undefined, path: (page: number | undefined) => string, unit: string) {
  const last = Math.max(1, Math.ceil(all.length / perPage))
  const page = Math.min(last, Math.max(1, idOf(asked) ?? 1))
  const from = (page - 1) * perPage
  const rows = all.slice(from, from + perPage)
  const links = last > 1 && <Pagination previous={page > 1 ? path(page > 2 ? page - 1 : undefined) : null} next={page < last ? path(page + 1) : null} summary={`第 ${from + 1}–${from + rows.length} ${unit}，共 ${all.length} ${unit}`} />
  return { rows, links }
}

async function holdersPage(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person, now, today, query } = request
  const holders = await findHolders(db, handOverUnits(person), today)
  const past = await findHandOvers(db, person, now)
  const { rows, links } = pageOf(holders, query.page, handOverListPath, '位')
  return consolePage(request, {
    title: '案件交接',
    current: handOverPath,
    breadcrumbs: [{ text: '案件交接' }],
    children: (
      <>
        <ErrorSummary errors={errorItems(failed)} />
        <p>同仁離職、調動或長期請假時，把他名下的未結案件一次交給另一位同仁。只交一件，請在那一件的頁面交接。</p>
        <Toolbar count={holders.length} unit="位同仁手上有案件" />
        <Table<Holder>
          caption="手上有未結案件的同仁"
          captionHidden
          rows={rows}
          rowKey={({ id }) => id}
          rowHref={({ id }) => handOverOfPath(id)}
          rowTone={(one) => (isLeaving(one, today) ? 'soon' : undefined)}
          empty={<EmptyState title="沒有要交接的案件"><p>您的單位沒有同仁名下有未結案件。</p></EmptyState>}
          columns={[
            { heading: '同仁', rowHeader: true, cell: ({ id, name }) => <a href={handOverOfPath(id)}>{name}</a> },
            { heading: '職務', cell: (one) => <Tag tone={one.locked ? 'danger' : isLeaving(one, today) ? 'soon' : 'plain'}>{stateOf(one, today)}</Tag> },
            { heading: '未結案件（件）', numeric: true, width: 'fit', cell: ({ cases }) => cases },
          ]}
        />
        {links}
        {holders.length > 0 && <p class="muted">件數含保密案件和併案；其中您不能看的，下一頁會另外計數，不會列出。</p>}
        {past.length > 0 && <PastHandOvers past={past} />}
      </>
    ),
  }, failed ? 422 : 200)
}

/** What can be taken back, and why what cannot. */
function PastHandOvers({ past }: { past: PastHandOver[] }) {
  return (
    <>
      <h2>最近 {takeBackDays} 天的交接</h2>
      <Table<PastHandOver>
        caption="最近的交接"
        captionHidden
        rows={past}
        rowKey={({ handOver }) => handOver}
        columns={[
          { heading: '時間', width: 'fit', cell: ({ at }) => <InstantText at={at} /> },
          { heading: '由誰交給誰', rowHeader: true, cell: ({ fromName, toName, back, by }) => <>{fromName} {back ? '交回' : '交給'} {toName}<p class="muted small">{by} 辦理</p></> },
          { heading: '件數', numeric: true, width: 'fit', cell: ({ cases }) => cases },
          { heading: '收回', width: 'fit', cell: (one) => <TakeBack of={one} /> },
        ]}
      />
      <p class="muted">收回的是還沒結案、也沒有再交給別人的案件；這段期間辦的都保留在案件裡。</p>
    </>
  )
}

function TakeBack({ of: { handOver, fromName, toName, caseIds, fromLocked, back } }: { of: PastHandOver }) {
  if (back) return <span class="muted">已是收回</span>
  const reason = fromLocked ? `${fromName}的帳號已停用；請改從${toName}名下交給別人` : caseIds.length ? null : '都已結案或再交給別人'
  return (
    <Form action={takeBackPath} formKey={randomUUID()}>
      <input type="hidden" name="handOver" value={handOver} />
      <Button kind="secondary" small reason={reason} confirm={`把這次交接的案件收回給${fromName}？還能收回 ${caseIds.length} 件。`} confirmAction="收回" aria-label={`收回${fromName}交給${toName}的案件`}>收回</Button>
    </Form>
  )
}

const idOf = (text: string | undefined): number | null => (text && /^\d{1,15}$/.test(text) ? Number(text) : null)

async function ofOnePage(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person, today } = request
  const given = (name: string) => request.form[name] ?? request.query[name]
  const holder = (await findHolders(db, handOverUnits(person), today)).find(({ id }) => id === idOf(given('from')))
  if (!holder) throw new NotFound('這位同仁在您的單位沒有未結案件')
  const hands = await findInHands(db, person, holder.id)
  const successors = (await findSuccessors(db, handOverUnits(person), today)).filter(({ id }) => id !== holder.id)
  const chosen = successors.find(({ id }) => id === idOf(given('to')))
  const to = chosen ? await findPerson(db, chosen.id) : null
  return consolePage(request, {
    title: `交接${holder.name}的案件`,
    current: handOverPath,
    breadcrumbs: [{ text: '案件交接', href: handOverPath }, { text: holder.name }],
    headingNote: <Tag tone={holder.locked ? 'danger' : isLeaving(holder, today) ? 'soon' : 'plain'}>{stateOf(holder, today)}</Tag>,
    children: (
      <>
        <ErrorSummary errors={errorItems(failed)} />
        <Rest hands={hands} />
        {hands.mine.length > 0 && <ChooseSuccessor holder={holder} successors={successors} value={given('to')} error={errorOf(failed, 'to')} />}
        {hands.mine.length > 0 && <Cases cases={hands.mine} to={to} page={request.query.page} path={(page) => handOverOfPath(holder.id, to?.id, page)} />}
        {to && hands.mine.length > 0 && <HandOverForm holder={holder} to={to} cases={hands.mine} kinds={failed && request.all('kinds')} error={errorOf(failed, 'kinds')} />}
      </>
    ),
  }, failed ? 422 : 200)
}

/** What is in those hands and not on the list below. */
function Rest({ hands: { mine, unseen, elsewhere } }: { hands: InHands }) {
  if (!unseen && !elsewhere) return null
  return (
    <InsetText>
      {unseen > 0 && <p>{mine.length ? '另' : ''}有 {unseen} 件您不能看，不列出，也不會交接。保密案件由承辦人或被指名的同仁交接；帳號停用後，由該類案件的主管指定承辦人。</p>}
      {elsewhere > 0 && <p>{mine.length ? '另' : ''}有 {elsewhere} 件屬於您主管以外的單位，請那個單位的主管交接。</p>}
    </InsetText>
  )
}

function ChooseSuccessor({ holder, successors, value, error }: { holder: Holder; successors: Successor[]; value: string | undefined; error: string | undefined }) {
  const units = [...new Set(successors.map(({ unit }) => unit))]
  const options = units.map((unit) => ({ group: unit, options: successors.filter((one) => one.unit === unit).map(({ id, name, openCases }) => ({ value: String(id), text: `${name}（手上 ${openCases} 件）` })) }))
  return (
    <Form action={handOverPath} method="get">
      <input type="hidden" name="from" value={holder.id} />
      <Select name="to" label="接辦的同仁" hint="現在在您的單位任職的同仁；選好先看名單，還不會交接" empty="請選擇" options={options} value={value} error={error} />
      <Button kind="secondary">看他能接辦哪些</Button>
    </Form>
  )
}

const labelOf = (kind: string): string => caseKinds().find((one) => one.kind === kind)?.label ?? kind

function Cases({ cases, to, page, path }: { cases: InHand[]; to: Person | null; page: string | undefined; path: (page: number | undefined) => string }) {
  const { rows, links } = pageOf(cases, page, path, '件')
  const why = new Map(cases.map((one) => [one.id, to && whyNotTo(to, one)]))
  return (
    <>
      <h2>名下的未結案件 {cases.length} 件</h2>
      <Table<InHand>
        caption="名下的未結案件"
        captionHidden
        rows={rows}
        rowKey={({ id }) => id}
        rowTone={({ id }) => (why.get(id) ? 'quiet' : undefined)}
        group={({ kind }) => ({ key: kind, heading: `${labelOf(kind)}　${cases.filter((one) => one.kind === kind).length} 件` })}
        columns={[
          { heading: '案號', width: 'fit', rowHeader: true, cell: ({ kind, name }) => <a class="number" href={caseKinds().find((one) => one.kind === kind)?.path(name)}>{name}</a> },
          { heading: '主旨', width: 'grow', cell: ({ id, title, joined }) => <>{title}{joined > 0 && <span class="muted">（併案 {joined} 件隨同）</span>}{why.get(id) && <p class="muted small">不能交給{to!.name}：{why.get(id)}</p>}</> },
          { heading: '單位', wideOnly: true, width: 'fit', cell: ({ unit }) => unit },
          { heading: '期限', wideOnly: true, width: 'fit', cell: ({ dueOn }) => (dueOn ? <DayText day={dueOn} /> : '—') },
        ]}
      />
      {links}
    </>
  )
}

function HandOverForm({ holder, to, cases, kinds, error }: { holder: Holder; to: Person; cases: InHand[]; kinds: string[] | undefined; error: string | undefined }) {
  const takes = cases.filter((one) => whyNotTo(to, one) === null)
  const offered = [...new Set(takes.map(({ kind }) => kind))]
  if (!offered.length) return <InsetText>{to.name}不能接辦以上任何一件，請另選同仁。</InsetText>
  const countOf = (kind: string) => takes.filter((one) => one.kind === kind).length
  return (
    <Form action={handOverPath} id="hand-over" formKey={randomUUID()}>
      <input type="hidden" name="from" value={holder.id} />
      <input type="hidden" name="to" value={to.id} />
      <input type="hidden" name="seen" value={markOf(cases)} />
      <Checkboxes name="kinds" label={`交給${to.name}的案件`} hint={`文件和期限照舊，每一件的歷程都會記明，並寄信告訴${to.name}`} values={kinds ?? offered} error={error} options={offered.map((kind) => ({ value: kind, text: `${labelOf(kind)}　${countOf(kind)} 件` }))} />
      <ButtonGroup>
        <Button confirm={`把${holder.name}名下勾選的案件交給${to.name}？共可交 ${takes.length} 件。交接以後 ${takeBackDays} 天內可以在「案件交接」收回。`} confirmAction="交接">交接</Button>
        <ButtonLink href={handOverPath} kind="quiet">取消</ButtonLink>
      </ButtonGroup>
    </Form>
  )
}
