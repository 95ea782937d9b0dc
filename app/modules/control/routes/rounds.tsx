import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { addDays, rocDay, rocMonth } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { ProgressBar } from '../../../ui/components/progress-bar.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText, InstantText } from '../../../ui/components/time.tsx'
import { endOfMonth } from '../judge.ts'
import { monthBefore } from '../months.ts'
import { percent, StateTag } from '../parts.tsx'
import { lightRulesPath, monthPath, publicMonthPath, roundPath, roundsPath } from '../paths.ts'
import { type Change, findChanges, findRound, findRoundProjects, findRounds, type Round, type RoundProject } from '../queries.ts'
import { chaseRound, openRound, publishRound } from '../rounds.ts'
import { reportStates, states } from '../schema.ts'

const rocShort = (month: string): string => `${Number(month.slice(0, 4)) - 1911}/${Number(month.slice(5))}`

async function list(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const rounds = await findRounds(request.db, request.person)
  const error = errorOf(failed)
  const month = monthBefore(request.today)
  return consolePage(request, {
    title: '月填報作業', heading: '月填報作業', current: roundsPath, actions: <ButtonLink href={lightRulesPath} kind="secondary">燈號規則</ButtonLink>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Table<Round>
          caption="月填報作業" captionHidden rows={rounds} rowKey={(row) => row.month} rowHref={(row) => roundPath(row.month)} empty={<EmptyState title="還沒有開始填報的月份">管考單位開始一個月份後，各單位就會收到填報的提醒。</EmptyState>}
          columns={[
            { heading: '月份', cell: (row) => <a class="nowrap" href={roundPath(row.month)}>{rocMonth(row.month)}</a>, rowHeader: true, width: 'fit' },
            { heading: '填報期限', cell: (row) => <DayText day={row.dueOn} />, width: 'fit' },
            { heading: '應填報（案）', cell: (row) => row.all, numeric: true },
            { heading: '已檢核', cell: (row) => row.checked, numeric: true },
            { heading: '待檢核', cell: (row) => row.reported, numeric: true, wideOnly: true },
            { heading: '公布', cell: (row) => (row.publishedAt ? <Tag tone="done">已公布</Tag> : <Tag tone="active">進行中</Tag>), width: 'fit' },
          ]}
        />
        {holds(request.person, 'control.check') && (
          <Card title="開始一個月份">
            <Form action={roundsPath} formKey={randomUUID()} id="open-round">
              <TextInput name="month" label="月份" hint="例：110/4" value={request.form.month ?? (rounds.some((round) => round.month === month) ? '' : rocShort(month))} error={error('month')} width={5} />
              <TextInput name="dueOn" label="填報期限" value={request.form.dueOn ?? rocDay(addDays(request.today, 7))} error={error('dueOn')} width={10} />
              <Button>開始填報</Button>
            </Form>
          </Card>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

async function show(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person } = request
  const month = request.params.month!
  const round = await findRound(db, person, month)
  const [projects, changes] = await Promise.all([findRoundProjects(db, person, month), findChanges(db, person, endOfMonth(monthBefore(endOfMonth(month))), endOfMonth(month))])
  const done = round.checked + round.reported
  const actions = [...(holds(person, 'control.check') && !round.publishedAt && round.all > done ? ['chase'] : []), ...(holds(person, 'control.publish') ? ['publish'] : [])]
  return consolePage(request, {
    title: `${rocMonth(month)}填報作業`, heading: `${rocMonth(month)}填報作業`, current: roundsPath, breadcrumbs: [{ text: '月填報作業', href: roundsPath }, { text: rocMonth(month) }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} />}
        <SummaryList columns={4} rows={[
          { key: '填報期限', value: <DayText day={round.dueOn} weekday /> }, { key: '應填報', value: `${round.all} 案` }, { key: '還沒有填報', value: `${round.all - done - round.returned} 案` },
          { key: '退回補正', value: `${round.returned} 案` }, { key: '待檢核', value: `${round.reported} 案` }, { key: '已檢核', value: `${round.checked} 案` },
          { key: '稽催', value: round.chasedAt ? <InstantText at={round.chasedAt} /> : '還沒有' }, { key: '公布', value: round.publishedAt ? <><InstantText at={round.publishedAt} />　<a href={publicMonthPath(month)}>看公布的頁面</a></> : '還沒有' },
        ]} />
        {round.all > 0 && <ProgressBar done={done} total={round.all} unit="案" label="已填報" />}
        {actions.length > 0 && (
          <ButtonGroup>
            {actions.includes('chase') && <Form action={roundPath(month, 'chase')} formKey={randomUUID()} id="chase"><Button kind="secondary">寄信稽催未填報的單位</Button></Form>}
            {actions.includes('publish') && <Form action={roundPath(month, 'publish')} formKey={randomUUID()} id="publish"><Button confirm={`公布後，${rocMonth(month)}的進度任何人都看得到；沒有填報的會寫未填報。`} confirmAction="公布">{round.publishedAt ? '重新公布' : '公布'}</Button></Form>}
          </ButtonGroup>
        )}
        <h2>各計畫</h2>
        <Table<RoundProject>
          caption={`${rocMonth(month)}各計畫填報`} captionHidden rows={projects} rowKey={(row) => row.number} rowHref={(row) => monthPath(row.number, month)} empty={<EmptyState title="這個月沒有您看得到的列管計畫" />}
          columns={[
            { heading: '案號', cell: (row) => <a class="nowrap number" href={monthPath(row.number, month)}>{row.number}</a>, width: 'fit' },
            { heading: '計畫', cell: (row) => row.title, rowHeader: true, width: 'grow' },
            { heading: '主辦', cell: (row) => [row.unit, row.officer].filter(Boolean).join(' ') || '—', width: 'fit' },
            { heading: '預定', cell: (row) => percent(row.planned), numeric: true, wideOnly: true },
            { heading: '實際', cell: (row) => percent(row.actual), numeric: true },
            { heading: '情形', cell: (row) => (row.state ? <StateTag state={row.state} /> : '—'), width: 'fit' },
            { heading: '填報', cell: (row) => (row.reportState ? <Tag tone={row.reportState === 'checked' ? 'done' : row.reportState === 'returned' ? 'soon' : 'waiting'}>{reportStates[row.reportState]}</Tag> : <Tag tone="plain">還沒有</Tag>), width: 'fit' },
          ]}
        />
        <h2>和上個月比</h2>
        <Changes changes={changes} />
      </>
    ),
  }, failed ? 422 : 200)
}

/** What changed since the last round: states, new under watch, taken off. */
export function Changes({ changes }: { changes: Change[] }) {
  const stateText = (state: Change['before'], other: string) => (state ? states[state] : other)
  return (
    <Table<Change>
      caption="和上個月比" captionHidden rows={changes} rowKey={(row) => row.number} empty={<p>情形都和上個月一樣。</p>}
      columns={[
        { heading: '計畫', cell: (row) => `${row.number} ${row.title}`, rowHeader: true, width: 'grow' },
        { heading: '上個月', cell: (row) => `${stateText(row.before, '未列管')} ${row.actualBefore === null ? '' : percent(row.actualBefore)}`, width: 'fit' },
        { heading: '這個月', cell: (row) => `${stateText(row.after, '已撤管')} ${row.actualAfter === null ? '' : percent(row.actualAfter)}`, width: 'fit' },
      ]}
    />
  )
}

export const routes: Route[] = [
  get(roundsPath, 'control.read', (request) => list(request)),
  post(roundsPath, 'control.check', async (request) => {
    const result = await openRound(request.caller, request.form)
    return isRefusal(result) ? list(request, result) : redirect(roundPath(result.value.month), `${rocMonth(result.value.month)}開始填報`)
  }),
  get(`${roundsPath}/:month`, 'control.read', (request) => show(request)),
  post(`${roundsPath}/:month/chase`, 'control.check', async (request) => {
    const month = request.params.month!
    const result = await chaseRound(request.caller, { month, origin: request.origin })
    return isRefusal(result) ? show(request, result) : redirect(roundPath(month), `已寄出 ${result.value.mails} 封信，提醒 ${result.value.projects} 件`)
  }),
  post(`${roundsPath}/:month/publish`, 'control.publish', async (request) => {
    const month = request.params.month!
    const result = await publishRound(request.caller, { month })
    return isRefusal(result) ? show(request, result) : redirect(roundPath(month), `已公布 ${result.value.projects} 案`)
  }),
]
