import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { rocDay, rocYear } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { MeetingsCard } from '../../meetings/index.ts'
import { newRoundPath, proposalsPath, roundPath, roundsPath } from '../paths.ts'
import { findRound, findRounds, type RoundCounts } from '../queries.ts'
import { linesOfCriteria, moveDeadline, openRound } from '../rounds.ts'
import { usualCriteria } from '../schema.ts'

async function list(request: StaffRequest): Promise<Reply> {
  const { db, person } = request
  const rounds = await findRounds(db, person)
  const manages = holds(person, 'annual-plans.manage')
  return consolePage(request, {
    title: '施政計畫先期作業', heading: '施政計畫先期作業', current: roundsPath,
    actions: manages ? <ButtonLink href={newRoundPath}>開始新年度</ButtonLink> : undefined,
    children: (
      <>
        <p>各單位提報下年度計畫與經費，檢查、評分後由審查會議決定哪些納入概算。{!manages && '件數與金額只算您看得到的提報。'}</p>
        <Table<RoundCounts>
          caption="各年度先期作業" captionHidden rows={rounds} rowKey={(row) => row.year} rowHref={(row) => proposalsPath(row.year)}
          empty={<EmptyState title="還沒有任何年度">{manages ? '按「開始新年度」，各單位就可以提報。' : '研考單位開始作業後，會列在這裡。'}</EmptyState>}
          columns={[
            { heading: '年度', cell: (row) => <a href={proposalsPath(row.year)}>{row.year} 年度</a>, rowHeader: true, width: 'fit' },
            { heading: '提報期限', cell: (row) => <DayText day={row.dueOn} />, width: 'fit' },
            { heading: '提報', cell: (row) => row.count.toLocaleString('en'), numeric: true },
            { heading: '提報經費', cell: (row) => <Money twd={row.askedTwd} rounded />, numeric: true },
            { heading: '待檢查', cell: (row) => row.waiting, numeric: true, wideOnly: true },
            { heading: '補正中', cell: (row) => row.returned, numeric: true, wideOnly: true },
            { heading: '納入概算', cell: (row) => row.admitted, numeric: true },
            { heading: '未納入', cell: (row) => row.notAdmitted, numeric: true, wideOnly: true },
          ]}
        />
        {await MeetingsCard(db, person, { body: 'annual_plan', title: '歷次審查會議' })}
      </>
    ),
  })
}

async function fresh(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const error = errorOf(failed)
  const value = (name: string, usual = '') => request.form[name] ?? usual
  return consolePage(request, {
    title: '開始新年度', heading: '開始新年度的先期作業', current: roundsPath, breadcrumbs: [{ text: '施政計畫先期作業', href: roundsPath }, { text: '開始新年度' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Form action={newRoundPath} formKey={randomUUID()} id="open-round" keep>
          <TextInput name="year" label="年度" inputmode="numeric" suffix="年度" value={value('year', String(rocYear(request.today) + 1))} error={error('year')} width={4} />
          <TextInput name="dueOn" label="提報期限" hint="例如 110/6/30；過了這一天單位就不能再提新案，退回補正的仍可送回。" value={value('dueOn')} error={error('dueOn')} width={10} />
          <TextArea name="criteria" label="評分項目與配分" hint="一行一個，合計 100。沒有法規訂定項目，下列是建議值，待研考單位確認。" value={value('criteria', linesOfCriteria(usualCriteria))} error={error('criteria')} rows={6} />
          <ButtonGroup><Button>開始</Button><a href={roundsPath}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

async function deadline(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const round = await findRound(request.db, Number(request.params.year))
  return consolePage(request, {
    title: `改 ${round.year} 年度提報期限`, heading: '改提報期限', current: roundsPath, breadcrumbs: [{ text: '施政計畫先期作業', href: roundsPath }, { text: `${round.year} 年度`, href: roundPath(round.year) }, { text: '改提報期限' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} />}
        <Form action={roundPath(round.year, 'deadline')} formKey={randomUUID()} id="move-deadline">
          <TextInput name="dueOn" label="提報期限" hint={`現在是 ${rocDay(round.dueOn)}`} value={request.form.dueOn ?? rocDay(round.dueOn)} error={errorOf(failed)('dueOn')} width={10} />
          <ButtonGroup><Button>更改</Button><a href={roundPath(round.year)}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

export const routes: Route[] = [
  get(roundsPath, 'annual-plans.read', list),
  get(newRoundPath, 'annual-plans.manage', (request) => fresh(request)),
  post(newRoundPath, 'annual-plans.manage', async (request) => {
    const result = await openRound(request.caller, request.form)
    return isRefusal(result) ? fresh(request, result) : redirect(roundPath(result.value.year), `已開始 ${result.value.year} 年度的先期作業`)
  }),
  get(`${roundsPath}/:year/deadline`, 'annual-plans.manage', (request) => deadline(request)),
  post(`${roundsPath}/:year/deadline`, 'annual-plans.manage', async (request) => {
    const year = Number(request.params.year)
    const result = await moveDeadline(request.caller, { ...request.form, year })
    return isRefusal(result) ? deadline(request, result) : redirect(roundPath(year), '提報期限已更改')
  }),
]
