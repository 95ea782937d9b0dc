import { changeRules, confirmRule, putInForce, setPeriod, withdrawRuleChange } from '../../../../core/calendar/rule-acts.ts'
import { type Rule, rulebook } from '../../../../core/clocks/index.ts'
import { isRefusal, NotFound, type Refusal, type Result } from '../../../../core/errors.ts'
import { holds } from '../../../../core/identity/permissions.ts'
import { parseDay } from '../../../../core/time.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { Card } from '../../../../ui/components/card.tsx'
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx'
import { SummaryList } from '../../../../ui/components/summary-list.tsx'
import { Table } from '../../../../ui/components/table.tsx'
import { Tag } from '../../../../ui/components/tag.tsx'
import { rulePath, rulesPath } from '../../paths.ts'
import { RuleCalculator } from '../calculator.tsx'
import { ChangeForms, ChangeHistory, type Failed } from '../changes.tsx'
import { findRuleChanges } from '../queries.ts'
import { periodText, rollTexts, spanText, stateNames, stateOf, stateTones, statusTexts, subjectOf, subjects } from '../words.ts'

/** One rule: what it says, a calculation of it, and what the county changed in it. */
async function show(request: StaffRequest, failed?: { act: string; refused: Refusal }): Promise<Reply> {
  const { params, person, query, today } = request
  const versions = rulebook.versionsOf(params.id!)
  const rule = rulebook.find(params.id!, today) ?? versions.at(-1)
  if (!rule) throw new NotFound('沒有這條期間規則')
  const changes = await findRuleChanges(request.db, rule.id)
  const mayChange = holds(person, 'clocks.rules')
  const failure: Failed = failed ? { act: failed.act, form: request.form, error: (field) => failed.refused.fields?.[field] ?? (failed.refused.field === field ? failed.refused.message : undefined) } : null
  return consolePage(request, {
    title: rule.title,
    current: rulesPath,
    breadcrumbs: [{ text: '期間規則', href: rulesPath }, { text: rule.title }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed.act === 'withdraw' ? `withdraw-${request.form.change}` : failed.act, failed.refused)} />}
        <div class="columns">
          <div class="columns__main">
            <Facts rule={rule} />
            {versions.length > 1 && <Versions versions={versions} inForce={rule} />}
            <h2>縣府的修改</h2>
            {mayChange ? <ChangeForms rule={rule} today={today} failed={failure} /> : <p class="muted">期間規則由法制單位或系統管理修改。</p>}
            <ChangeHistory changes={changes} mayChange={mayChange} failed={failure} />
          </div>
          <div class="columns__side">
            <Card title="試算"><RuleCalculator rule={rule} query={query} /></Card>
          </div>
        </div>
      </>
    ),
  }, failed ? 422 : 200)
}

/** Fields of the forms whose names stand more than once on the page have ids of their own. */
const twice = ['effectiveFrom', 'documentNumber', 'reason']

function errorsOf(form: string, refused: Refusal) {
  const idOf = (field: string | undefined) => (field && twice.includes(field) ? `${form}-${field}` : field)
  return refused.fields ? Object.entries(refused.fields).map(([field, text]) => ({ text, field: idOf(field) })) : [{ text: refused.message, field: idOf(refused.field) }]
}

function Facts({ rule }: { rule: Rule }) {
  const state = stateOf(rule)
  return (
    <SummaryList rows={[
      { key: '期間', value: <>{periodText(rule)}{rule.byCounty && <> <Tag tone="active">縣府自訂</Tag></>}</> },
      { key: '起算', value: `${rule.trigger}${rule.firstDay === 'counted' ? '，當日算入' : rule.direction ? '，往前推算' : rule.unit === 'h' ? '，自該時刻' : '，當日不算入'}` },
      { key: '依據', value: rule.citation },
      { key: '查證', value: <><Tag tone={stateTones[state]}>{stateNames[state]}</Tag> <span class="muted">{rule.confirmed ? `${rule.confirmed.by}，${rule.confirmed.documentNumber}` : statusTexts[rule.status]}</span></> },
      ...(rule.unit === 'wd' || rule.unit === 'h' ? [] : [{ key: '末日放假', value: rollTexts[rule.roll] }]),
      ...(rule.extension ? [{ key: '展期', value: rule.extension.citation }] : []),
      ...(rule.pausable ? [{ key: '停止計算', value: rule.pausable.citation }] : []),
      { key: '過期', value: rule.onLapse },
      ...(rule.note ? [{ key: '附註', value: rule.note }] : []),
      { key: '適用的起算日', value: spanText(rule) },
      { key: '業務', value: subjects[subjectOf(rule.id)]!.title },
      { key: '代號', value: rule.id },
    ]} />
  )
}

function Versions({ versions, inForce }: { versions: readonly Rule[]; inForce: Rule }) {
  return (
    <>
      <h2>各個版本</h2>
      <Table
        caption="各個版本"
        captionHidden
        rows={versions}
        rowKey={(version) => version.version}
        columns={[
          { heading: '適用的起算日', rowHeader: true, cell: (version) => <>{spanText(version)}{version === inForce && <> <Tag tone="active">現行</Tag></>}</> },
          { heading: '期間', cell: (version) => version.draft ? '草案，不計算' : periodText(version) },
          { heading: '依據', cell: (version) => <span class="small">{version.citation}</span> },
        ]}
      />
    </>
  )
}

/** A form of this page: acts, then shows the rule again. */
function change(act: string, done: string, run: (request: StaffRequest, form: Record<string, unknown>) => Promise<Result<unknown>>) {
  return post(rulePath(':id', act), 'clocks.rules', async (request) => {
    if (!rulebook.has(request.params.id!)) throw new NotFound('沒有這條期間規則')
    const { effectiveFrom, clock, ...form } = request.form
    const given = { ...form, rule: request.params.id, clock: clock || null, ...(effectiveFrom === undefined ? {} : { effectiveFrom: parseDay(effectiveFrom) ?? effectiveFrom }) }
    const result = await run(request, given)
    if (isRefusal(result)) return show(request, { act, refused: result })
    const moved = (result.value as { moved?: number }).moved
    return redirect(rulePath(request.params.id!), moved ? `${done}；已排定而尚未起算的 ${moved} 件已重新計算，並通知承辦人` : done)
  })
}

export const routes = [
  get(rulePath(':id'), 'signed-in', (request) => show(request)),
  change('period', '已改期間，從生效日起開始計算的案件適用', (request, form) => changeRules(setPeriod, request.caller, form as never)),
  change('confirm', '已記下法制單位的確認', (request, form) => changeRules(confirmRule, request.caller, form as never)),
  change('in-force', '已訂施行日', (request, form) => changeRules(putInForce, request.caller, form as never)),
  change('withdraw', '已收回這項修改', (request, form) => changeRules(withdrawRuleChange, request.caller, form as never)),
]
