import { randomUUID } from 'node:crypto'
import type { Refusal } from '../../../core/errors.ts'
import { holds, may } from '../../../core/identity/permissions.ts'
import { isOpened, openingMinutes } from '../../../core/personal-data/openings.ts'
import { maskName, unseal } from '../../../core/personal-data/index.ts'
import { rocDay, rocLongDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import type { Reply, StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { EmptyState, InsetText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { nameOf } from '../appeal.ts'
import { appealPath, decisionPath, letterPath, listPath } from '../paths.ts'
import { type AppealFile, findAppeal } from '../queries.ts'
import { type Decided, findProceedings, lastHead, type Proceedings } from './queries.ts'
import { mainTextOf, printedReasons } from './rules.ts'
import { litigationUntil } from './served.ts'

/** 決定書: what waits for the head's approval, or what was approved, with its originals and their service. */
export async function decisionPage(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const appeal = await findAppeal(request.db, request.person, request.params.name!)
  const proceedings = await findProceedings(request.db, appeal.id)
  const { decided, draft } = proceedings
  const name = nameOf(appeal)
  const mayApprove = may(request.person, 'appeals.approve', { unitId: appeal.unitId, officerId: appeal.officerId })
  // what is not decided yet is nobody's but the law section's and the head's (訴願法 §51 ①)
  const seesDraft = mayApprove || holds(request.person, 'appeals.committee')
  return consolePage(request, {
    title: `訴願決定書：${appeal.title}`, heading: '訴願決定書', current: listPath, breadcrumbs: [{ text: '訴願案件', href: listPath }, { text: name, href: appealPath(name) }, { text: '訴願決定書' }],
    headingNote: <a href={appealPath(name)}>{appeal.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {decided ? <Issued request={request} appeal={appeal} decided={decided} failed={failed} opened={await isOpened(request.db, request.person, appeal.id, request.query.opening, request.now)} />
          : seesDraft && draft?.resolvedOn ? <Waiting request={request} appeal={appeal} proceedings={proceedings} failed={failed} mayApprove={mayApprove} head={await lastHead(request.db)} />
            : <EmptyState title="還沒有決定" action={<ButtonLink href={appealPath(name)} kind="secondary">回案件</ButtonLink>}>訴願會決議、首長核定之後，決定書會在這裡。</EmptyState>}
      </>
    ),
  }, failed ? 422 : 200)
}

function Waiting({ request, appeal, proceedings: { draft, meetings }, failed, mayApprove, head }: { request: StaffRequest; appeal: AppealFile; proceedings: Proceedings; failed: Refusal | undefined; mayApprove: boolean; head: string | undefined }) {
  const [value, error] = [(field: string) => request.form[field], errorOf(failed)]
  const name = nameOf(appeal)
  const meeting = meetings.findLast(({ outcome }) => outcome === 'held')
  return (
    <>
      <SummaryList columns={3} rows={[{ key: '決議', value: <><DayText day={draft!.resolvedOn!} />{meeting && `　${meeting.number}`}</> }, { key: '結果', value: draft!.resolution === 'amended' ? `修正後決定${meeting?.text ? `：${meeting.text}` : ''}` : '照擬處意見決定' }, { key: '決定期限', value: appeal.dueOn ? <DayText day={appeal.dueOn} weekday /> : '—' }]} />
      {draft!.resolution === 'amended' && <InsetText><p>承辦人還沒有依決議改寫擬處意見，改寫之後才能核定。</p></InsetText>}
      <Card title="主文"><Letter text={mainTextOf(appeal.claims, draft!.claims)} serif /></Card>
      {draft!.facts && <Card title="事實"><Letter text={draft!.facts} serif /></Card>}
      <Card title="理由"><Letter text={printedReasons(draft!)} serif /></Card>
      {mayApprove ? (
        <Card title="核定">
          <Form action={decisionPath(name)} formKey={randomUUID()} id="approval">
            <p class="muted">核定後就是訴願決定，正本進待寄送，於決定後十五日內送達（訴願法 §89 II；審議規則 §28 I）。擬稿的人不能核定。</p>
            <TextInput name="on" label="決定日期" value={value('on') ?? rocDay(request.today)} error={error('on')} width={10} />
            <TextInput name="documentNo" label="決定書文號" hint="例如：府訴決字第1130000001號" value={value('documentNo')} error={error('documentNo')} width={20} />
            <TextInput name="head" label="決定機關首長" hint="職銜和姓名，印在決定書上（訴願法 §89 I ④）" value={value('head') ?? head} error={error('head')} width={20} autocomplete="off" />
            <ButtonGroup><Button confirm="核定後不能修改決定的內容。">核定</Button></ButtonGroup>
          </Form>
        </Card>
      ) : <p>等待單位主管核定。</p>}
    </>
  )
}

function Issued({ request, appeal, decided, failed, opened }: { request: StaffRequest; appeal: AppealFile; decided: Decided; failed: Refusal | undefined; opened: boolean }) {
  const name = nameOf(appeal)
  const error = errorOf(failed)
  const originals = appeal.letters.filter(({ kind }) => kind === 'decision')
  const whom = (partyId: number | null, recipient: string | null) => {
    const party = appeal.parties.find(({ id }) => id === partyId)
    return recipient ?? (party ? (party.isPerson ? maskName(unseal(party.name)) : unseal(party.name)) : '當事人')
  }
  return (
    <>
      <SummaryList columns={3} rows={[{ key: '文號', value: decided.number }, { key: '決定日期', value: <DayText day={decided.decidedOn} weekday /> }, { key: '參與決議', value: decided.members.join('、') || '—' }]} />
      <Card title="正本與送達">
        <Table
          caption="各份正本" captionHidden rows={originals} rowKey={(one) => one.id}
          columns={[
            { heading: '給誰', cell: (one) => whom(one.partyId, one.recipient), rowHeader: true, width: 'grow' },
            { heading: '發文', cell: (one) => (one.sentOn ? <DayText day={one.sentOn} /> : '待寄送'), width: 'fit' },
            { heading: '送達', cell: (one) => (one.servedOn ? <>{one.serviceKind}　<DayText day={one.servedOn} />{one.effectiveOn && one.effectiveOn !== one.servedOn && `（${rocDay(one.effectiveOn)} 生效）`}</> : one.partyId === null ? '公文交換' : '待登錄'), width: 'fit' },
            { heading: '起訴至', cell: (one) => { const until = one.servedOn && one.partyId !== null ? litigationUntil(one.servedOn, one.serviceKind) : null; return until ? <DayText day={until} /> : '—' }, width: 'fit' },
            ...(holds(request.person, 'appeals.letters') ? [{ heading: '文書', cell: (one: AppealFile['letters'][number]) => <a href={letterPath(name, one.id)} aria-label={`開啟給${whom(one.partyId, one.recipient)}的正本`}>開啟</a>, width: 'fit' as const }] : []),
          ]}
        />
        <p class="muted small">寄存送達自寄存之日起經十日生效（訴願法 §47 III；行政訴訟法 §73 III）。起訴期間未扣除法院的在途期間。</p>
      </Card>
      {holds(request.person, 'appeals.letters') && (
        <Card title="下載正本">
          {opened ? <><p>正本載有當事人的出生日期、住居所和身分證號（訴願法 §89 I），{openingMinutes} 分鐘內可以下載。</p><ButtonGroup><ButtonLink href={`${decisionPath(name, 'original.pdf')}?opening=${request.query.opening}`} download>PDF</ButtonLink><ButtonLink href={`${decisionPath(name, 'original.odt')}?opening=${request.query.opening}`} kind="secondary" download>ODT</ButtonLink></ButtonGroup></> : (
            <Form action={decisionPath(name, 'original')} formKey={randomUUID()} id="original">
              <TextInput name="purpose" label="用途" hint="正本有個人資料，開啟會留下紀錄。例如：用印送達" value={request.form.purpose} error={error('purpose')} width={20} />
              <Button kind="secondary">開啟正本</Button>
            </Form>
          )}
        </Card>
      )}
      <Card title="主文"><Letter text={decided.main} serif /></Card>
      {decided.facts && <Card title="事實"><Letter text={decided.facts} serif /></Card>}
      <Card title="理由"><Letter text={decided.reasons} serif /></Card>
      <Card title={rocLongDay(decided.decidedOn)}><Letter text={decided.remedy} serif /></Card>
    </>
  )
}
