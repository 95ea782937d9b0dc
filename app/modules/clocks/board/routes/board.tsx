import { officeCalendar } from '../../../../core/clocks/index.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { addDays, day, type Day, lastDayOfMonth, monthOf, rocDay } from '../../../../core/time.ts'
import { ButtonLink } from '../../../../ui/components/button.tsx'
import { Toolbar } from '../../../../ui/components/filter-bar.tsx'
import { MonthCalendar } from '../../../../ui/components/month-calendar.tsx'
import { EmptyState } from '../../../../ui/components/notes.tsx'
import { Pagination } from '../../../../ui/components/pagination.tsx'
import { SubNav } from '../../../../ui/components/tabs.tsx'
import { boardListPath, boardPath, feedPagePath, meetPath } from '../../paths.ts'
import { DueTable } from '../due-table.tsx'
import { filterQuery, readFilter, soonUntil, type When, whens } from '../filter.ts'
import { Filters } from '../filters.tsx'
import { findDue, findTally, readCursor, type Tally } from '../query.ts'
import { ShareTable } from '../share-table.tsx'
import { ruleTitle } from '../../running.ts'
import { meetClock } from '../meet.ts'
import { findUnits, subtree, withBelow } from '../units.ts'

/** 期限總表: everything that is due, of all kinds of case, with the month as a picture and the units in need. */
async function board(request: StaffRequest): Promise<Reply> {
  const { db, person, query, today } = request
  const filter = readFilter(query)
  const units = await findUnits(db)
  if (filter.unitId !== null) filter.unitIds = subtree(units, filter.unitId)
  const month = filter.month ?? monthOf(filter.on ?? today)
  const [page, tally] = await Promise.all([findDue(db, person, filter, today, readCursor(query)), findTally(db, person, filter, today, month)])
  const kept = filterQuery(filter)
  const whole = { ...kept, when: null, on: null }
  const count = filter.on ? await countOn(request, filter.on, month, tally) : filter.when ? tally.when[filter.when] : sum(tally)
  const narrowed = Object.keys(kept).some((name) => name !== 'month')
  return consolePage(request, {
    title: '期限',
    current: boardPath,
    actions: <ButtonLink kind="secondary" href={feedPagePath}>行事曆訂閱</ButtonLink>,
    children: (
      <>
        <Filters filter={filter} tally={tally} units={units} />
        <SubNav label="什麼時候到期" current={filter.on ? '' : boardListPath({ ...whole, when: filter.when })} items={[
          { href: boardListPath(whole), text: '全部', count: sum(tally) },
          ...(Object.keys(whens) as When[]).map((when) => ({ href: boardListPath({ ...whole, when }), text: whens[when], count: tally.when[when] })),
        ]} />
        <div class="columns">
          <div class="columns__main">
            <Toolbar count={count}>
              <a href={boardListPath(kept, `${boardPath}.csv`)} data-turbo="false">匯出 CSV</a>
              <a href={boardListPath(kept, `${boardPath}.ods`)} data-turbo="false">匯出 ODS</a>
            </Toolbar>
            <DueTable back={request.path} person={person} rows={page.rows} today={today} showKind={tally.kinds.length > 1} showRule={tally.rules.length > 1} empty={narrowed
              ? <EmptyState title="沒有符合這些條件的期限" action={<a href={boardPath}>看全部</a>}>試著少用一個條件，或換一天看。</EmptyState>
              : <EmptyState title="目前沒有要到期的事">收到案件、開始計算期限之後，會出現在這裡。</EmptyState>} />
            <Pagination previous={page.previous && boardListPath({ ...kept, before: page.previous })} next={page.next && boardListPath({ ...kept, after: page.next })} />
          </div>
          <div class="columns__side">
            <Month month={month} today={today} chosen={filter.on} tally={tally} link={(more) => boardListPath({ ...whole, ...more })} />
            {tally.byUnit.length > 1 && <ShareTable title="各單位" heading="單位" nobody="未分文" shares={withBelow(tally.byUnit, units)} link={(unit, when) => boardListPath({ ...whole, unit, when })} />}
            {tally.byOfficer.length > 1 && <ShareTable title="各承辦人" heading="承辦人" nobody="未分派" shares={tally.byOfficer} link={(officer, when) => boardListPath({ ...whole, officer, when })} />}
            {tally.byRule.length > 1 && <ShareTable title="各項期限" heading="期限" nobody="" shares={tally.byRule.map((share) => ({ ...share, name: ruleTitle(share.key!) }))} link={(rule, when) => boardListPath({ ...whole, rule, when })} />}
          </div>
        </div>
      </>
    ),
  })
}

const sum = (tally: Tally): number => Object.values(tally.when).reduce((all, one) => all + one, 0)

async function countOn(request: StaffRequest, on: Day, month: string, tally: Tally): Promise<number> {
  if (monthOf(on) === month) return tally.days.get(on) ?? 0
  const other = await findTally(request.db, request.person, { ...readFilter(request.query) }, request.today, monthOf(on))
  return other.days.get(on) ?? 0
}

type MonthProps = { month: string; today: Day; chosen: Day | null; tally: Tally; link: (more: { on?: Day; month?: string }) => string }

function Month({ month, today, chosen, tally, link }: MonthProps) {
  const first = day(`${month}-01`)
  const soon = soonUntil(today)
  const beside = (of: Day) => (officeCalendar.knows(of) ? link({ month: monthOf(of) }) : undefined)
  return (
    <MonthCalendar
      month={month}
      caption={`每天到期的件數，今天是 ${rocDay(today)}`}
      today={today}
      previous={beside(addDays(first, -1))}
      next={beside(addDays(lastDayOfMonth(first), 1))}
      of={(each) => ({
        count: tally.days.get(each) ?? 0,
        href: link({ on: each, month }),
        tone: each < today ? 'danger' : each <= soon ? 'soon' : undefined,
        closed: officeCalendar.reasonClosed(each) ?? undefined,
        chosen: each === chosen,
      })}
    />
  )
}

async function meet(request: StaffRequest): Promise<Reply> {
  await meetClock(request.caller, request.form)
  const { back = '' } = request.form
  return redirect(back.startsWith(boardPath) ? back : boardPath, '已記為辦畢')
}

export const routes = [get(boardPath, 'clocks.board', board), post(meetPath, 'clocks.meet', meet)]
