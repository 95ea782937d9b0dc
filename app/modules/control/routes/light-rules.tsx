import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { type Day, rocMonth } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { FilterBar } from '../../../ui/components/filter-bar.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText, InstantText } from '../../../ui/components/time.tsx'
import { addLightRule, dropLightRule, findLightRules, type KeptRule, lastJudgedMonth, refuseDrop, type Tried, tryRule } from '../light-rules.ts'
import { percent, slipText, StateTag } from '../parts.tsx'
import { lightRulesPath, projectPath, roundsPath } from '../paths.ts'
import { parsePercent } from '../plan-input.ts'
import { type State, states } from '../schema.ts'

/** 燈號規則: every version, what other thresholds would have changed in the last month, and the form that keeps a new version. */
async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person, query, form } = request
  const [rules, month] = [await findLightRules(db), await lastJudgedMonth(db)]
  const asked = { yellow: parsePercent(query.yellow ?? ''), red: parsePercent(query.red ?? '') }
  const wrong = (query.yellow !== undefined || query.red !== undefined) && (asked.yellow === null || asked.red === null || asked.yellow <= 0 || asked.red <= asked.yellow)
  const tried = !wrong && month && asked.yellow !== null && asked.red !== null ? await tryRule(db, person, month, { yellow: asked.yellow, red: asked.red }) : null
  const newest = rules.at(-1)!
  const manages = holds(person, 'control.manage')
  const error = errorOf(failed)
  return consolePage(request, {
    title: '燈號規則', heading: '燈號規則', current: roundsPath, breadcrumbs: [{ text: '月填報作業', href: roundsPath }, { text: '燈號規則' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <p class="lead">進度落後多少是黃燈、紅燈。每個月的燈號依當月適用的版本判定；採用新版本不會更動已經判定的月份。</p>
        <Rules rules={rules} lastJudged={month} manages={manages} today={request.today} />
        <h2>試算</h2>
        {month ? (
          <>
            <FilterBar action={lightRulesPath} submit="試算">
              <TextInput name="yellow" label="黃燈：落後幾 %" value={query.yellow ?? newest.yellow} width={5} inputmode="decimal" />
              <TextInput name="red" label="紅燈：落後幾 %" value={query.red ?? newest.red} width={5} inputmode="decimal" />
            </FilterBar>
            {wrong && <WarningText>黃燈要大於 0，紅燈要比黃燈多，最多 100。</WarningText>}
            {tried && <Outcome month={month} tried={tried} />}
          </>
        ) : <p class="muted">還沒有判定過燈號，沒有可以試算的資料。</p>}
        {manages && (
          <Card title="採用新版本">
            <Form action={lightRulesPath} formKey={randomUUID()} id="add-light-rule" keep>
              <TextInput name="version" id="new-version" label="版本" hint="例：115.1" value={form.version} error={error('version')} width={5} />
              <TextInput name="from" id="new-from" label="從哪一天開始" hint={month ? `${rocMonth(month)}已經判定，要更晚` : '例：115/1/1'} value={form.from} error={error('from')} width={10} />
              <TextInput name="yellow" id="new-yellow" label="黃燈：落後達" suffix="%" value={form.yellow ?? query.yellow} error={error('yellow')} width={5} inputmode="decimal" />
              <TextInput name="red" id="new-red" label="紅燈：落後達" suffix="%" value={form.red ?? query.red} error={error('red')} width={5} inputmode="decimal" />
              <TextInput name="source" id="new-source" label="依據" hint="核定的公文或作業規定" value={form.source} error={error('source')} width={30} />
              <Button confirm="從這一天起的月份依新版本判定燈號，以前的月份不變。" confirmAction="採用">採用</Button>
            </Form>
          </Card>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

function Rules({ rules, lastJudged, manages, today }: { rules: KeptRule[]; lastJudged: string | null; manages: boolean; today: Day }) {
  const current = rules.findLast(({ from }) => from <= today)
  return (
    <Table<KeptRule>
      caption="各版本" captionHidden rows={rules.toReversed()} rowKey={(row) => row.version}
      columns={[
        {
          heading: '版本', rowHeader: true, width: 'fit',
          cell: (row) => <><span class="number">{row.version}</span><p class="muted small"><DayText day={row.from} /> 起</p>{row === current && <Tag tone="active">適用中</Tag>}{row.from > today && <Tag tone="waiting">還沒開始</Tag>}</>,
        },
        { heading: '黃燈', cell: (row) => percent(row.yellow), numeric: true },
        { heading: '紅燈', cell: (row) => percent(row.red), numeric: true },
        { heading: '依據', cell: (row) => <>{row.source}<p class="muted small">{row.madeAt ? <>{row.by ?? '—'}　<InstantText at={row.madeAt} /></> : '系統預設'}</p></>, width: 'grow' },
        ...(manages ? [{ heading: '', cell: (row: KeptRule) => !refuseDrop(row.version, rules, lastJudged) && <Form action={`${lightRulesPath}/drop`} formKey={randomUUID()} id={`drop-${row.version}`}><input type="hidden" name="version" value={row.version} /><Button kind="quiet" small confirm={`取消版本 ${row.version}；還沒有月份依它判定。`} confirmAction="取消這個版本">取消</Button></Form>, width: 'fit' as const }] : []),
      ]}
    />
  )
}

/** What the thresholds tried would have changed: each light's number before and after, and the projects whose light is another. */
function Outcome({ month, tried }: { month: string; tried: Tried[] }) {
  const changed = tried.filter(({ before, after }) => before !== after)
  const shown = (Object.keys(states) as State[]).filter((state) => tried.some(({ before, after }) => before === state || after === state))
  const count = (state: State, when: 'before' | 'after') => tried.filter((one) => one[when] === state).length
  if (!tried.length) return <p class="muted">{rocMonth(month)}沒有您看得到的填報。</p>
  return (
    <>
      <InsetText><p>{changed.length ? <>以{rocMonth(month)}的 {tried.length} 件填報試算，有 <strong>{changed.length}</strong> 件會不同。</> : `以${rocMonth(month)}的 ${tried.length} 件填報試算，燈號都不變。`}人工調整的燈號不算在內。</p></InsetText>
      <Table<State>
        caption="案數" rows={shown} rowKey={(state) => state}
        columns={[
          { heading: '情形', cell: (state) => <StateTag state={state} />, rowHeader: true },
          { heading: '當時', cell: (state) => count(state, 'before'), numeric: true }, { heading: '試算', cell: (state) => count(state, 'after'), numeric: true },
        ]}
      />
      {changed.length > 0 && (
        <Table<Tried>
          caption="會不同的計畫" rows={changed} rowKey={(row) => row.number} rowHref={(row) => projectPath(row.number)}
          columns={[
            { heading: '案號', cell: (row) => <a class="nowrap number" href={projectPath(row.number)}>{row.number}</a>, width: 'fit' },
            { heading: '計畫', cell: (row) => <>{row.title}{row.unit && <p class="muted small">{row.unit}</p>}</>, rowHeader: true, width: 'grow' },
            { heading: '比預定（%）', cell: (row) => slipText(row.slip), width: 'fit', wideOnly: true },
            { heading: '當時', cell: (row) => <StateTag state={row.before} /> }, { heading: '試算', cell: (row) => <StateTag state={row.after} /> },
          ]}
        />
      )}
    </>
  )
}

export const routes: Route[] = [
  get(lightRulesPath, 'control.read', (request) => page(request)),
  post(lightRulesPath, 'control.manage', async (request) => {
    const result = await addLightRule(request.caller, request.form)
    return isRefusal(result) ? page(request, result) : redirect(lightRulesPath, `已採用版本 ${result.value.version}`)
  }),
  post(`${lightRulesPath}/drop`, 'control.manage', async (request) => {
    const result = await dropLightRule(request.caller, request.form)
    return isRefusal(result) ? page(request, result) : redirect(lightRulesPath, '已取消')
  }),
]
