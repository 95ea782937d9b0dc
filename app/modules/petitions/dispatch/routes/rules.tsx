import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../../core/errors.ts'
import { dayOf, rocDay } from '../../../../core/time.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { Button, ButtonLink } from '../../../../ui/components/button.tsx'
import { Card } from '../../../../ui/components/card.tsx'
import { Select } from '../../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../../ui/components/error-summary.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { EmptyState } from '../../../../ui/components/notes.tsx'
import { Table } from '../../../../ui/components/table.tsx'
import { Tag } from '../../../../ui/components/tag.tsx'
import { TextArea } from '../../../../ui/components/text-area.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { dispatchRulePath, dispatchRulesPath } from '../../paths.ts'
import { categoryOptions } from '../../registration/routes/outcomes.tsx'
import { outsideCounty, townships } from '../../schema.ts'
import { findUnits, unitOptions } from '../../units.ts'
import { fingerprint, moveRule, saveRule, switchRule } from '../rules-actions.ts'
import { findRule, findRules, type StoredRule } from '../rules-query.ts'
import { type LastTrial, lastTrials, runTrial, trialOf } from '../trial.ts'
import { TrialResult } from '../trial-result.tsx'

const permission = 'petitions.edit-dispatch-rules'
const stateTags = { live: <Tag tone="done">啟用</Tag>, draft: <Tag tone="waiting">草稿</Tag>, off: <Tag tone="ended">停用</Tag> }

async function list(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const [rules, trials] = await Promise.all([findRules(request.db, 'all'), lastTrials(request.db)])
  return consolePage(
    request,
    {
      title: '分文規則',
      current: dispatchRulesPath,
      actions: <ButtonLink href={dispatchRulePath('new')}>新增規則</ButtonLink>,
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed)} />}
          <p class="lead">收文時由上而下看每條規則，把符合的分數加起來，建議主辦單位並說明理由；沒有把握就請人判斷。規則啟用前要先用已結案的案件試過。</p>
          <Table
            caption="分文規則，由上而下"
            captionHidden
            rows={rules}
            rowKey={(rule) => rule.id}
            rowHref={(rule) => dispatchRulePath(rule.id)}
            empty={<EmptyState title="還沒有規則" action={<a href={dispatchRulePath('new')}>新增第一條規則</a>}>先從最常見的幾類來信開始。</EmptyState>}
            columns={[
              { heading: '規則', rowHeader: true, cell: (rule) => <a href={dispatchRulePath(rule.id)}>{rule.title}</a> },
              { heading: '條件', width: 'grow', cell: (rule) => conditions(rule) },
              { heading: '分給', width: 'fit', cell: (rule) => rule.unitName },
              { heading: '份量', numeric: true, width: 'fit', cell: (rule) => rule.weight },
              { heading: '最近試的結果', width: 'fit', wideOnly: true, cell: (rule) => <TrialShort rule={rule} trial={trials.get(rule.id)} /> },
              { heading: '狀態', width: 'fit', cell: (rule) => stateTags[rule.state] },
              { heading: '順序', width: 'fit', wideOnly: true, cell: (rule) => <Order rule={rule} /> },
            ]}
          />
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

const conditions = (rule: StoredRule): string =>
  [rule.category && `類別 ${rule.category}`, rule.township && `鄉鎮 ${rule.township}`, rule.words.length > 0 && `用詞 ${rule.words.slice(0, 8).join('、')}${rule.words.length > 8 ? ` 等 ${rule.words.length} 個` : ''}`].filter(Boolean).join('；')

function TrialShort({ rule, trial }: { rule: StoredRule; trial: LastTrial | undefined }) {
  if (!trial) return <span class="muted">還沒試</span>
  const stale = trial.fingerprint !== fingerprint(rule)
  return <span class="small">對 {trial.hits}、錯 {trial.misses}<span class="muted">（{rocDay(dayOf(trial.at))}{stale && '，之後改過'}）</span></span>
}

function Order({ rule }: { rule: StoredRule }) {
  return (
    <Form action={dispatchRulePath(rule.id, 'move')} class="nowrap">
      <Button small kind="quiet" name="by" value="up"><span aria-hidden="true">↑</span><span class="govuk-visually-hidden">上移 {rule.title}</span></Button>
      <Button small kind="quiet" name="by" value="down"><span aria-hidden="true">↓</span><span class="govuk-visually-hidden">下移 {rule.title}</span></Button>
    </Form>
  )
}

async function edit(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { params, form, db, today } = request
  const rule = params.id === 'new' ? null : await findRule(db, Number(params.id))
  if (!rule && params.id !== 'new') throw new NotFound('找不到這條規則')
  const [units, trials] = await Promise.all([findUnits(db, today), lastTrials(db)])
  const error = errorOf(failed)
  const trial = rule && trials.get(rule.id)
  return consolePage(
    request,
    {
      title: rule ? `規則：${rule.title}` : '新增分文規則',
      current: dispatchRulesPath,
      breadcrumbs: [{ text: '分文規則', href: dispatchRulesPath }, { text: rule?.title ?? '新增' }],
      headingNote: rule && stateTags[rule.state],
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed)} />}
          {rule && <Lifecycle rule={rule} trial={trial ?? undefined} />}
          <Form action={dispatchRulePath(params.id!)} formKey={randomUUID()}>
            <TextInput name="title" label="名稱" width={20} value={form.title ?? rule?.title} error={error('title')} />
            <TextArea name="words" label="用詞" hint="主旨或內容出現其中一個就算；用頓號或空格分開。" required={false} rows={3} value={form.words ?? rule?.words.join('、')} error={error('words')} />
            <div class="cluster">
              <Select name="category" label="類別" required={false} empty="不限" options={categoryOptions(rule?.category ?? null)} value={form.category ?? rule?.category} error={error('category')} />
              <Select name="township" label="鄉鎮" required={false} empty="不限" options={[...townships, outsideCounty].map((name) => ({ value: name, text: name }))} value={form.township ?? rule?.township} error={error('township')} />
            </div>
            <Select name="unitId" label="分給" empty="請選擇" options={unitOptions(units)} value={form.unitId ?? (rule && String(rule.unitId))} error={error('unitId')} />
            <TextInput name="weight" label="份量" hint="1 到 100。50 以上，單靠這條規則就會建議；主旨出現用詞另加 15 分。" width={3} inputmode="numeric" value={form.weight ?? rule?.weight ?? 60} error={error('weight')} />
            <Button>{rule ? '存成草稿' : '新增為草稿'}</Button>
          </Form>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

/** From draft over trial to live. */
function Lifecycle({ rule, trial }: { rule: StoredRule; trial: LastTrial | undefined }) {
  const tried = trial?.fingerprint === fingerprint(rule)
  return (
    <Card title="試與啟用" plain>
      <div class="cluster">
        <Form action={dispatchRulePath(rule.id, 'trial')}><Button kind={tried ? 'secondary' : 'primary'}>用已結案的案件試</Button></Form>
        {rule.state !== 'live' && <Form action={dispatchRulePath(rule.id, 'state')}><Button name="state" value="live" kind={tried ? 'primary' : 'secondary'} reason={tried ? null : '啟用前請先試'}>啟用</Button></Form>}
        {rule.state === 'live' && <Form action={dispatchRulePath(rule.id, 'state')}><Button name="state" value="off" kind="secondary">停用</Button></Form>}
        {trial && <p>{tried ? '最近試的結果' : '改之前試的結果'}：{trial.cases.toLocaleString('en')} 件已結案，對 {trial.hits}、錯 {trial.misses}</p>}
      </div>
    </Card>
  )
}

/** The trial's cases, worked out anew each time one looks. */
async function trialPage(request: StaffRequest): Promise<Reply> {
  const tried = await trialOf(request.db, Number(request.params.id), request.today)
  if (!tried) throw new NotFound('找不到這條規則')
  const { rule, trial } = tried
  return consolePage(request, {
    title: `試規則：${rule.title}`,
    current: dispatchRulesPath,
    breadcrumbs: [{ text: '分文規則', href: dispatchRulesPath }, { text: rule.title, href: dispatchRulePath(rule.id) }, { text: '試的結果' }],
    children: <TrialResult rule={rule} trial={trial} />,
  })
}

export const routes = [
  get(dispatchRulesPath, permission, (request) => list(request)),
  get('/console/petitions/dispatch-rules/:id', permission, (request) => edit(request)),
  post('/console/petitions/dispatch-rules/:id', permission, async (request) => {
    const { id } = request.params
    const result = await saveRule(request.caller, { ...request.form, ...(id === 'new' ? {} : { id }) })
    return isRefusal(result) ? edit(request, result) : redirect(dispatchRulePath(result.value.id), '已存')
  }),
  post('/console/petitions/dispatch-rules/:id/move', permission, async (request) => {
    const result = await moveRule(request.caller, { ...request.form, id: request.params.id })
    return isRefusal(result) ? list(request, result) : redirect(dispatchRulesPath)
  }),
  post('/console/petitions/dispatch-rules/:id/state', permission, async (request) => {
    const result = await switchRule(request.caller, { ...request.form, id: request.params.id })
    return isRefusal(result) ? edit(request, result) : redirect(dispatchRulePath(request.params.id!), request.form.state === 'live' ? '規則已啟用' : '規則已停用')
  }),
  post('/console/petitions/dispatch-rules/:id/trial', permission, async (request) => {
    const result = await runTrial(request.caller, { id: request.params.id })
    return isRefusal(result) ? edit(request, result) : redirect(dispatchRulePath(request.params.id!, 'trial'))
  }),
  get('/console/petitions/dispatch-rules/:id/trial', permission, trialPage),
]
