import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState, InsetText } from '../../../ui/components/notes.tsx'
import { Pagination } from '../../../ui/components/pagination.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { InstantText } from '../../../ui/components/time.tsx'
import { listPath, rulesPath } from '../paths.ts'
import { ruleFields, type RuleName, ruleNames, ruleText, type ServiceRules, usualRules } from '../service-rules.ts'
import { changeRules, findRuleChanges, findRules, findRulesVersion, type KeptChange } from './settings.ts'

/** 預約規則: how long holds and offers stand, and the rest; who runs the counter reads them, who plans changes them. */
async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person } = request
  const before = /^\d{1,9}$/.test(request.query.before ?? '') ? Number(request.query.before) : null
  const [rules, version, changes] = [await findRules(db), await findRulesVersion(db), await findRuleChanges(db, before)]
  return consolePage(request, {
    title: '預約規則', heading: '預約規則', current: rulesPath, breadcrumbs: [{ text: '法律諮詢場次', href: listPath }, { text: '預約規則' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <p class="lead">網路預約保留多久、空出的時間怎麼遞補、什麼時候提醒。</p>
        <InsetText><p>這些是本府服務的規則，法律沒有規定，待法制單位確認。修改以後，新的預約和遞補依新規則；已經登記的，期限照當時信裡寫的。</p></InsetText>
        {holds(person, 'legal-advice.plan')
          ? <Fields request={request} rules={rules} version={version} failed={failed} />
          : <SummaryList rows={ruleNames.map((name) => ({ key: ruleFields[name].label, value: <>{ruleText(name, rules[name])}<p class="muted small">{ruleFields[name].hint}</p></> }))} />}
        <h2 id="changes">修改紀錄</h2>
        <Changes changes={changes.rows} />
        <Pagination previous={before === null ? null : `${rulesPath}#changes`} next={changes.next === null ? null : `${rulesPath}?before=${changes.next}#changes`} />
      </>
    ),
  }, failed ? 422 : 200)
}

function Fields({ request, rules, version, failed }: { request: StaffRequest; rules: ServiceRules; version: number; failed: Refusal | undefined }) {
  const error = errorOf(failed)
  const value = (name: RuleName) => (failed ? request.form[name] : String(rules[name]))
  return (
    <Card title="目前的規則">
      <Form action={rulesPath} formKey={randomUUID()} id="rules" keep>
        <input type="hidden" name="version" value={version} />
        {ruleNames.map((name) => (name === 'remindHour'
          ? <Select key={name} name={name} label={ruleFields[name].label} labelSize="s" hint={hintOf(name, rules)} value={value(name)} error={error(name)} options={hours} />
          : <TextInput key={name} name={name} label={ruleFields[name].label} labelSize="s" hint={hintOf(name, rules)} suffix={ruleFields[name].unit} inputmode="numeric" width={4} value={value(name)} error={error(name)} />))}
        <TextInput name="reason" label="修改的依據或理由" labelSize="s" hint="例如核定的公文。會留在修改紀錄裡。" value={failed ? request.form.reason : ''} error={error('reason')} width={30} />
        <Button confirm="從下一個預約、遞補和提醒開始適用；已經登記的不變。" confirmAction="修改規則">修改規則</Button>
      </Form>
    </Card>
  )
}

const hours = Array.from({ length: ruleFields.remindHour.to - ruleFields.remindHour.from + 1 }, (_, i) => ruleFields.remindHour.from + i).map((hour) => ({ value: String(hour), text: ruleText('remindHour', hour) }))

/** What it does, what may be chosen, and the usual value where another holds. */
const hintOf = (name: RuleName, rules: ServiceRules): string => {
  const { hint, from, to } = ruleFields[name]
  return `${hint}${name === 'remindHour' ? '' : `可以填 ${from} 到 ${to}。`}${rules[name] === usualRules[name] ? '' : `系統預設 ${ruleText(name, usualRules[name])}。`}`
}

function Changes({ changes }: { changes: KeptChange[] }) {
  return (
    <Table<KeptChange>
      caption="修改紀錄" captionHidden rows={changes} rowKey={(row) => row.version} stacked
      empty={<EmptyState title="還沒有修改過">目前是系統預設的規則。</EmptyState>}
      columns={[
        { heading: '時間', cell: (row) => <InstantText at={row.at} />, rowHeader: true, width: 'fit' },
        { heading: '修改的人', cell: (row) => row.by ?? '—', width: 'fit' },
        { heading: '修改內容', cell: (row) => <ul class="govuk-list">{row.changes.map(({ name, before, after }) => <li key={name}>{ruleFields[name].label}：{ruleText(name, before)} → <strong>{ruleText(name, after)}</strong></li>)}</ul>, width: 'grow' },
        { heading: '依據', cell: (row) => row.reason },
      ]}
    />
  )
}

export const routes: Route[] = [
  get(rulesPath, 'legal-advice.counter', (request) => page(request)),
  post(rulesPath, 'legal-advice.plan', async (request) => {
    const result = await changeRules(request.caller, request.form)
    return isRefusal(result) ? page(request, result) : redirect(rulesPath, `已修改 ${result.value.changes.length} 項規則`)
  }),
]
