import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { may } from '../../../core/identity/permissions.ts'
import { maskName, unseal } from '../../../core/personal-data/index.ts'
import { dayOf, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { nameOf } from '../appeal.ts'
import { appealPath, letterPath, lettersPath, listPath } from '../paths.ts'
import { type AppealFile, findAppeal, findWaitingLetters, type Letter as AppealLetter, type WaitingLetter } from '../queries.ts'
import { letterKinds, serviceKinds } from '../schema.ts'
import { recordService, sendLetter } from './acts.ts'
import { servedOnPaper } from './write.ts'

/** 待寄送: what has to be posted or exchanged, and what was posted and waits for its proof of service. */
async function tray(request: StaffRequest): Promise<Reply> {
  const rows = await findWaitingLetters(request.db, request.person)
  return consolePage(request, {
    title: '訴願待寄送', heading: '訴願待寄送', current: lettersPath,
    children: (
      <Table<WaitingLetter>
        caption="待寄送與待登錄送達的文書"
        captionHidden
        rows={rows}
        rowKey={(row) => row.id}
        rowHref={(row) => letterPath(row.name, row.id)}
        empty={<EmptyState title="沒有待寄送的訴願文書" action={<a href={listPath}>看訴願案件</a>}>補正通知、函請答辯等寫好後會列在這裡。</EmptyState>}
        columns={[
          { heading: '文書', cell: (row) => <a href={letterPath(row.name, row.id)}>{letterKinds[row.kind]}</a>, rowHeader: true, width: 'fit' },
          { heading: '案號', cell: (row) => <a class="nowrap number" href={appealPath(row.name)}>{row.name}</a>, width: 'fit' },
          { heading: '案由', cell: (row) => row.title, width: 'grow', wideOnly: true },
          { heading: '給誰', cell: (row) => row.recipient ?? '當事人', wideOnly: true },
          { heading: '寫好', cell: (row) => <DayText day={dayOf(row.writtenAt)} />, width: 'fit' },
          { heading: '狀態', cell: (row) => (row.sentOn ? <Tag tone="waiting">待登錄送達</Tag> : <Tag tone="soon">待寄送</Tag>), width: 'fit' },
        ]}
      />
    ),
  })
}

/** One letter: its text, and the form for what comes next with it. */
async function show(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const file = await findAppeal(request.db, request.person, request.params.name!)
  const letter = file.letters.find(({ id }) => String(id) === request.params.letter)
  if (!letter) throw new NotFound('找不到這封信')
  const name = nameOf(file)
  const value = (field: string) => request.form[field]
  const error = errorOf(failed)
  const party = file.parties.find(({ id }) => id === letter.partyId)
  const own = letterPath(name, letter.id)
  const canSend = may(request.person, 'appeals.letters', file)
  return consolePage(
    request,
    {
      title: `${letterKinds[letter.kind]}：${file.title}`, heading: letterKinds[letter.kind], current: lettersPath,
      breadcrumbs: [{ text: '訴願案件', href: listPath }, { text: name, href: appealPath(name) }, { text: letterKinds[letter.kind] }],
      headingNote: <a href={appealPath(name)}>{file.title}</a>,
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
          <SummaryList columns={3} rows={[
            { key: '給誰', value: letter.recipient ?? (party ? (party.isPerson ? maskName(unseal(party.name)) : unseal(party.name)) : '—') },
            { key: '發文', value: letter.sentOn ? <><DayText day={letter.sentOn} />{letter.documentNo && `　${letter.documentNo}`}</> : '還沒有' },
            { key: '送達', value: letter.servedOn ? <><DayText day={letter.servedOn} />　{letter.serviceKind}{letter.effectiveOn !== letter.servedOn && letter.effectiveOn && `，${rocDay(letter.effectiveOn)} 生效`}</> : '—' },
          ]} />
          <Card title={letter.subject}><Letter text={letter.text} /></Card>
          {canSend && !letter.sentOn && (
            <Card title="登錄發文" plain>
              <Form action={`${own}/sent`} formKey={randomUUID()} id="sent">
                <TextInput name="on" label="發文日期" value={value('on') ?? rocDay(request.today)} error={error('on')} width={10} />
                <TextInput name="documentNo" label="文號" required={false} value={value('documentNo') ?? letter.documentNo} error={error('documentNo')} width={20} />
                <ButtonGroup><Button>登錄發文</Button><a href={appealPath(name)}>回案件</a></ButtonGroup>
              </Form>
            </Card>
          )}
          {canSend && letter.sentOn && letter.way === 'post' && servedOnPaper.includes(letter.kind) && <Service request={request} file={file} letter={letter} failed={failed} />}
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

/** The proof of service; where it is there already, the form by which a wrong entry is put right, closed until it is wanted. */
function Service({ request, file, letter, failed }: { request: StaffRequest; file: AppealFile; letter: AppealLetter; failed: Refusal | undefined }) {
  const [value, error, name] = [(field: string) => request.form[field], errorOf(failed), nameOf(file)]
  const again = letter.servedOn !== null
  const form = (
    <Form action={`${letterPath(name, letter.id)}/served`} formKey={randomUUID()} id="served">
      <Select name="kind" label="怎麼送達" value={value('kind') ?? letter.serviceKind ?? '送達'} error={error('kind')} options={serviceKinds.map((kind) => ({ value: kind, text: kind }))} />
      <TextInput name="on" label="送達、寄存或公告的日期" value={value('on') ?? (letter.servedOn ? rocDay(letter.servedOn) : undefined)} error={error('on')} width={10} />
      {again && <TextInput name="wrong" label="更正的理由" hint="原來的日期和理由留在歷程。例：送達證書的日期看錯" value={value('wrong')} error={error('wrong')} width={30} />}
      <TextInput name="remark" label="備註" hint="例如送達證書的字號" required={false} value={value('remark')} error={error('remark')} width={20} />
      <ButtonGroup><Button kind={again ? 'secondary' : 'primary'}>{again ? '更正登錄' : '登錄送達'}</Button><a href={appealPath(name)}>回案件</a></ButtonGroup>
    </Form>
  )
  if (again) return <Details summary="登錄有誤，更正送達" open={failed !== undefined}>{letter.kind === 'correction' && <p class="muted">補正期間只會因更正而延後，不會縮短（待法制單位確認）。</p>}{form}</Details>
  return <Card title="登錄送達" plain><p class="muted">依送達證書登錄。寄存送達自寄存之日起經十日生效（訴願法 §47 III、行政訴訟法 §73 III）。</p>{form}</Card>
}

export const routes: Route[] = [
  get(lettersPath, 'appeals.letters', tray),
  get(`${listPath}/:name/letters/:letter`, 'appeals.read', (request) => show(request)),
  post(`${listPath}/:name/letters/:letter/sent`, 'appeals.letters', async (request) => {
    const result = await sendLetter(request.caller, { ...request.form, name: request.params.name, letter: request.params.letter })
    return isRefusal(result) ? show(request, result) : redirect(letterPath(request.params.name!, request.params.letter!), '已登錄發文')
  }),
  post(`${listPath}/:name/letters/:letter/served`, 'appeals.letters', async (request) => {
    const result = await recordService(request.caller, { ...request.form, name: request.params.name, letter: request.params.letter })
    return isRefusal(result) ? show(request, result) : redirect(appealPath(request.params.name!), '已登錄送達')
  }),
]
