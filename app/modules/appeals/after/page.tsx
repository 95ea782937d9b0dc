import { randomUUID } from 'node:crypto'
import type { Refusal } from '../../../core/errors.ts'
import { maskName, unseal } from '../../../core/personal-data/index.ts'
import { type Day, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import type { Reply, StaffRequest } from '../../../core/web/route.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { nameOf } from '../appeal.ts'
import { findProceedings, type Sequel } from '../decision/queries.ts'
import { litigationUntil } from '../decision/served.ts'
import { appealPath, listPath, sequelsPath } from '../paths.ts'
import { type AppealFile, findAppeal } from '../queries.ts'
import { outcomeOf } from '../rules.ts'
import { claimOutcomes, outcomes } from '../schema.ts'
import { expertCostUntil, finalOn, rehearingGrounds, rehearingUntil, results, sequelKinds } from './rules.ts'

const options = (labels: Record<string, string>) => Object.entries(labels).map(([value, text]) => ({ value, text }))
export const resultName = (one: Sequel): string => (one.claims ? outcomes[outcomeOf(one.claims.map(({ outcome }) => outcome))!] : one.result === null ? (one.kind === 'compliance' ? '—' : '進行中') : ((results[one.kind as 'litigation' | 'rehearing'] as Record<string, string>)[one.result] ?? one.result))

/** 決定之後: suits, rehearing, what the original agency did; with the days that matter. */
export async function sequelsPage(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const appeal = await findAppeal(request.db, request.person, request.params.name!)
  const { sequels } = await findProceedings(request.db, appeal.id)
  const name = nameOf(appeal)
  const dueOf = (rule: string) => appeal.clocks.findLast((clock) => clock.rule === rule)?.dueOn ?? null
  const [until, remand] = [dueOf('appeal-litigation-2mo'), dueOf('appeal-remand-period')]
  const final = finalOn(until, sequels.filter(({ kind }) => kind === 'litigation'), request.today)
  const rehearing = final && rehearingUntil(final, null)
  const open = sequels.filter(({ kind, result }) => (kind === 'litigation' || kind === 'rehearing') && result === null)
  const own = appeal.agencyKind === 'county' && appeal.stage === 'closed' && appeal.decidedOn === null
  const served = appeal.stage === 'closed' && (appeal.decidedOn !== null || sequels.some(({ claims }) => claims !== null))
  const called = (id: number | null) => {
    const party = appeal.parties.find((one) => Number(one.id) === Number(id))
    return party ? (party.isPerson ? maskName(unseal(party.name)) : unseal(party.name)) : null
  }
  const recipients = appeal.letters.filter(({ kind, partyId, servedOn }) => kind === 'decision' && partyId !== null && servedOn).map((letter) => ({ id: letter.partyId!, name: called(letter.partyId) ?? '當事人', until: litigationUntil(letter.servedOn!, letter.serviceKind) }))
  return consolePage(request, {
    title: `決定之後：${appeal.title}`, heading: '決定之後', current: listPath, breadcrumbs: [{ text: '訴願案件', href: listPath }, { text: name, href: appealPath(name) }, { text: '決定之後' }],
    headingNote: <a href={appealPath(name)}>{appeal.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {!served && (own ? <InsetText><p>本府是原處分機關，由{appeal.authority}決定。收到它的決定書後登錄在這裡；不算進本府決定的統計。</p></InsetText> : <WarningText>決定書送達之後才登錄。</WarningText>)}
        {served && <SummaryList columns={4} rows={[
          { key: recipients.length > 1 ? '最後一人提起行政訴訟' : '提起行政訴訟', value: until ? <>到 <DayText day={until} weekday /></> : '—' }, { key: '確定', value: final ? <DayText day={final} /> : '還沒有' },
          ...(final ? [{ key: '請求償還鑑定費用', value: <>到 <DayText day={expertCostUntil(final)!} /><br /><span class="muted small">鑑定對決定有利的（訴願法 §72 II）</span></> }] : []),
          { key: '申請再審', value: rehearing ? <>到 <DayText day={rehearing} /></> : '—' }, { key: '原處分機關另為處分', value: remand ? <>到 <DayText day={remand} weekday /></> : '沒有指定' },
        ]} />}
        <Card title="紀錄">
          <Table<Sequel>
            caption="決定之後" captionHidden rows={sequels} rowKey={(one) => one.id} empty={<p>還沒有行政訴訟、再審或處理情形。</p>}
            columns={[
              { heading: '種類', cell: (one) => <>{sequelKinds[one.kind]}{one.partyId !== null && <span class="muted">　{called(one.partyId)}</span>}</>, rowHeader: true, width: 'fit' }, { heading: '日期', cell: (one) => <><DayText day={one.happenedOn} />{one.late && '（逾期）'}</>, width: 'fit' },
              { heading: '法院或機關', cell: (one) => `${one.authority}${one.number ? `　${one.number}` : ''}` }, { heading: '內容', cell: (one) => [one.ground && rehearingGrounds[one.ground as keyof typeof rehearingGrounds], ...(one.claims && one.claims.length > 1 ? one.claims.map(({ position, outcome }) => `第 ${position} 項${claimOutcomes[outcome]}`) : []), one.note].filter(Boolean).join('；') || '—', width: 'grow' },
              { heading: '結果', cell: (one) => <>{resultName(one)}{one.resultOn && <>　<DayText day={one.resultOn} /></>}</>, width: 'fit' },
            ]}
          />
        </Card>
        {served && open.length > 0 && <ResultForm request={request} failed={failed} name={name} open={open} />}
        {served && <SequelForm request={request} failed={failed} name={name} recipients={recipients} />}
        {own && <AuthorityForm request={request} failed={failed} appeal={appeal} again={served} />}
      </>
    ),
  }, failed ? 422 : 200)
}

/** What the ministry decided of each claim, and what it told the county to do. */
function AuthorityForm({ request, failed, appeal, again }: { request: StaffRequest; failed: Refusal | undefined; appeal: AppealFile; again: boolean }) {
  const mine = request.form.decidedOn !== undefined
  const [value, error] = [(field: string) => (mine ? request.form[field] : undefined), mine ? errorOf(failed) : () => undefined]
  const claims = appeal.claims.length ? appeal.claims : [{ position: 0, text: appeal.title }]
  const form = (
    <Form action={`${sequelsPath(nameOf(appeal))}/authority`} formKey={randomUUID()} id="authority-form" keep>
      <TextInput name="authority" label="決定的機關" id="authority-name" value={value('authority') ?? appeal.authority} error={error('authority')} width={20} />
      <TextInput name="number" label="決定書文號" id="authority-number" value={value('number')} error={error('number')} width={20} />
      <TextInput name="decidedOn" label="決定日期" value={value('decidedOn')} error={error('decidedOn')} width={10} />
      <TextInput name="on" label="本府收到的日期" id="authority-on" hint="另為處分的期間自收到的次日起算。" value={value('on')} error={error('on')} width={10} />
      {claims.map(({ position, text }) => <Select key={position} name={`outcome-${position}`} label={position ? `第 ${position} 項：${text}` : '決定'} value={value(`outcome-${position}`)} empty="選擇決定" error={error(`outcome-${position}`)} options={options(claimOutcomes)} />)}
      <TextInput name="days" label="另為處分的日數" hint="撤銷或命速為處分，決定書指定相當期間的才填（訴願法 §81 II、§82 I）。" required={false} suffix="日" inputmode="numeric" value={value('days')} error={error('days')} width={4} />
      <TextArea name="note" label="內容" id="authority-note" required={false} rows={3} value={value('note')} error={error('note')} />
      <Button>登錄決定</Button>
    </Form>
  )
  // a second one is rare: after a court has revoked the first
  return again ? <Details summary="再登錄上級機關的決定" open={mine && failed !== undefined}>{form}</Details> : <Card title="登錄上級機關的決定">{form}</Card>
}

type Recipient = { id: number; name: string | null; until: Day | null }

function SequelForm({ request, failed, name, recipients }: { request: StaffRequest; failed: Refusal | undefined; name: string; recipients: Recipient[] }) {
  const mine = request.form.sequel === undefined && request.form.decidedOn === undefined
  const [value, error] = [(field: string) => (mine ? request.form[field] : undefined), mine ? errorOf(failed) : () => undefined]
  return (
    <Card title="登錄">
      <Form action={sequelsPath(name)} formKey={randomUUID()} id="sequel-form" keep>
        <Select name="kind" label="是什麼" value={value('kind')} empty="選擇" error={error('kind')} options={[{ value: 'litigation', text: '提起行政訴訟（訴願法 §90）' }, { value: 'rehearing', text: '申請再審（訴願法 §97）' }, { value: 'compliance', text: '原處分機關報告處理情形（訴願法 §96）' }]} />
        <TextInput name="on" label="日期" hint={`法院或本府收到的日子。例：${rocDay(request.today)}`} value={value('on')} error={error('on')} width={10} />
        <TextInput name="authority" label="法院" hint="行政訴訟才填。" required={false} value={value('authority')} error={error('authority')} width={20} />
        {recipients.length > 1 && <Select name="party" label="誰起訴" hint="行政訴訟才填；二個月自送達各人的次日起算（訴願法 §90）。" required={false} value={value('party')} empty="不是行政訴訟" error={error('party')} options={recipients.map(({ id, name: who, until }) => ({ value: String(id), text: `${who}（到 ${until ? rocDay(until) : '—'}）` }))} />}
        <TextInput name="number" label="案號或文號" required={false} value={value('number')} error={error('number')} width={20} />
        <Select name="ground" label="再審事由" required={false} value={value('ground')} empty="不是再審" error={error('ground')} options={options(rehearingGrounds).map(({ value: code, text }) => ({ value: code, text: `${code} ${text}` }))} />
        <TextInput name="knownOn" label="知悉再審事由的日期" hint="發生或知悉在確定之後才填（訴願法 §97 III）。" required={false} value={value('knownOn')} error={error('knownOn')} width={10} />
        <TextArea name="note" label="內容" hint="處理情形要寫。" required={false} rows={3} value={value('note')} error={error('note')} />
        <Button>登錄</Button>
      </Form>
    </Card>
  )
}

function ResultForm({ request, failed, name, open }: { request: StaffRequest; failed: Refusal | undefined; name: string; open: Sequel[] }) {
  const mine = request.form.sequel !== undefined
  const [value, error] = [(field: string) => (mine ? request.form[field] : undefined), mine ? errorOf(failed) : () => undefined]
  return (
    <Card title="登錄結果">
      <Form action={`${sequelsPath(name)}/result`} formKey={randomUUID()} id="result-form">
        <Select name="sequel" label="哪一件" value={value('sequel') ?? (open.length === 1 ? String(open[0]!.id) : undefined)} empty="選擇" error={error('sequel')} options={open.map((one) => ({ value: String(one.id), text: `${sequelKinds[one.kind]} ${rocDay(one.happenedOn)} ${one.number}` }))} />
        <Select name="result" label="結果" value={value('result')} empty="選擇結果" error={error('result')} options={[{ group: sequelKinds.litigation, options: options(results.litigation) }, { group: sequelKinds.rehearing, options: options(results.rehearing) }]} />
        <TextInput name="on" label="結果的日期" id="result-on" value={value('on')} error={error('on')} width={10} />
        <TextArea name="note" label="說明" id="result-note" required={false} rows={2} value={value('note')} />
        <Button>登錄結果</Button>
      </Form>
    </Card>
  )
}
