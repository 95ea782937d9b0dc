import { randomUUID } from 'node:crypto'
import type { Refusal } from '../../../core/errors.ts'
import { rocLongDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import type { Reply, StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Checkboxes, Radios, Select } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Fieldset } from '../../../ui/components/fieldset.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { nameOf } from '../appeal.ts'
import { appealPath, draftPath, listPath } from '../paths.ts'
import { type AppealFile, findAppeal } from '../queries.ts'
import { claimOutcomes } from '../schema.ts'
import { isLate } from '../steps.ts'
import { draftFacts, draftReasons } from './paper.ts'
import { type Draft, findProceedings } from './queries.ts'
import { courtHints, courtName, mainTextOf, nonAcceptanceGrounds, outcomesFor, printedReasons, thenWhats } from './rules.ts'

const options = (labels: Record<string, string>) => Object.entries(labels).map(([value, text]) => ({ value, text }))

/** 擬處意見: an outcome for each claim, facts and reasons; the main text follows from the outcomes. */
export async function draftPage(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const appeal = await findAppeal(request.db, request.person, request.params.name!)
  const { draft } = await findProceedings(request.db, appeal.id)
  const name = nameOf(appeal)
  const amended = draft?.resolution === 'amended'
  const closed = draft?.resolution === 'as-drafted' || (appeal.stage !== 'review' && appeal.stage !== 'committee')
  return consolePage(request, {
    title: `擬處意見：${appeal.title}`, heading: '擬處意見', current: listPath, breadcrumbs: [{ text: '訴願案件', href: listPath }, { text: name, href: appealPath(name) }, { text: '擬處意見' }],
    headingNote: <a href={appealPath(name)}>{appeal.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {amended && <WarningText>訴願會決議修正後決定，請依決議改寫，存檔後才能陳核。</WarningText>}
        {draft && <Card title="主文（由各項請求的決定產生）"><Letter text={mainTextOf(appeal.claims, draft.claims)} serif /></Card>}
        {closed ? <><InsetText><p>{draft ? '訴願會已經決議，或案件不在審查階段，不能再改。' : '案件不在審查階段。'}</p></InsetText>{draft && <><Card title="事實"><Letter text={draft.facts || '—'} serif /></Card><Card title="理由"><Letter text={printedReasons(draft)} serif /></Card></>}</> : <DraftForm request={request} appeal={appeal} draft={draft} failed={failed} />}
      </>
    ),
  }, failed ? 422 : 200)
}

function DraftForm({ request, appeal, draft, failed }: { request: StaffRequest; appeal: AppealFile; draft: Draft | null; failed: Refusal | undefined }) {
  const [value, error] = [(field: string) => request.form[field], errorOf(failed)]
  const name = nameOf(appeal)
  const ticks = (field: string, was: boolean | null | undefined) => ((request.method === 'POST' ? value(field) === 'yes' : was) ? ['yes'] : [])
  return (
    <Form action={draftPath(name)} formKey={randomUUID()} id="draft" keep>
      <p class="muted">擬辦文稿、準備及審議文件不提供閱覽（訴願法 §51）。於訴願人表示不服之範圍內，不得為更不利益之變更或處分（§81 I 但書）。</p>
      {isLate(appeal) && appeal.restitution !== 'granted' && <p class="muted">逾期提起的不受理；原處分顯屬違法或不當的，原處分機關或其上級機關得依職權撤銷或變更，請在理由敘明（§80；有該條但書情形的除外）。</p>}
      {appeal.claims.map((claim) => {
        const was = draft?.claims.find((one) => one.claim === claim.id)
        const of = (field: string) => value(`${field}-${claim.id}`)
        return (
          <Fieldset key={claim.id} legend={`${claim.position}. ${claim.text}`}>
            <Select name={`outcome-${claim.id}`} label={`第 ${claim.position} 項的決定`} labelSize="s" value={of('outcome') ?? was?.outcome} empty="選擇決定" error={error(`outcome-${claim.id}`)} options={outcomesFor(appeal.ground).map((code) => ({ value: code, text: claimOutcomes[code] }))} />
            <Select name={`ground-${claim.id}`} label={`第 ${claim.position} 項不受理的款次`} labelSize="s" hint="不受理才要選（訴願法 §77）。" required={false} value={of('ground') ?? was?.ground} empty="不是不受理" error={error(`ground-${claim.id}`)} options={options(nonAcceptanceGrounds).map(({ value: code, text }) => ({ value: code, text: `${code} ${text}` }))} />
            {appeal.ground === 'disposition' && <Select name={`then-${claim.id}`} label={`第 ${claim.position} 項撤銷之後`} labelSize="s" hint="撤銷才要選（訴願法 §81 I）。" required={false} value={of('then') ?? was?.thenWhat} empty="不是撤銷" error={error(`then-${claim.id}`)} options={options(thenWhats)} />}
            <TextInput name={`days-${claim.id}`} label={`第 ${claim.position} 項另為處分的日數`} labelSize="s" hint="發回或命速為處分時指定相當期間（訴願法 §81 II、§82 I）。" required={false} suffix="日" inputmode="numeric" value={of('days') ?? was?.remandDays} error={error(`days-${claim.id}`)} width={4} />
            <TextInput name={`note-${claim.id}`} label={`第 ${claim.position} 項主文補充`} labelSize="s" hint="變更後的內容，或原處分違法、不當的宣示（訴願法 §83 II）。" required={false} value={of('note') ?? was?.note} error={error(`note-${claim.id}`)} width={30} />
          </Fieldset>
        )
      })}
      <TextArea name="facts" label="事實" hint="由書狀帶出，請摘要；全部不受理的可以不寫（訴願法 §89 I ③）。" serif required={false} rows={14} value={value('facts') ?? draft?.facts ?? draftFacts({ title: appeal.title, agency: appeal.agency, dispositionNo: appeal.dispositionNo, dispositionOn: appeal.dispositionOn && rocLongDay(appeal.dispositionOn), papers: appeal.papers })} error={error('facts')} />
      <TextArea name="reasons" label="理由" serif rows={18} value={value('reasons') ?? draft?.reasons ?? draftReasons([])} error={error('reasons')} />
      {appeal.agencyKind === 'township' && <Checkboxes name="legalityOnly" label="審查的範圍" labelSize="hidden" values={ticks('legalityOnly', draft?.legalityOnly)} error={error('legalityOnly')} options={[{ value: 'yes', text: '涉及地方自治事務，只審查原處分的合法性（訴願法 §79 III）', hint: '理由會載明；是不是自治事務由承辦判斷。' }]} />}
      {appeal.ground === 'disposition' && <Checkboxes name="negotiate" label="協議" labelSize="hidden" values={ticks('negotiate', draft?.negotiate)} error={error('negotiate')} options={[{ value: 'yes', text: '情況決定的，由原處分機關與訴願人協議損害（訴願法 §84）', hint: '理由會載明；協議與國家賠償法之協議有同一效力。' }]} />}
      <Radios name="court" label="不服本決定，向哪個法院起訴" hint="教示寫進決定書（訴願法 §90）；管轄待法制單位確認。" value={value('court') ?? draft?.court} error={error('court')} options={(['high', 'local'] as const).map((court) => ({ value: court, text: courtName(court, request.today), hint: courtHints[court] }))} />
      <ButtonGroup><Button>存檔</Button><a href={appealPath(name)}>回案件</a></ButtonGroup>
    </Form>
  )
}
