import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { commonCard } from '../../../core/cases/common-card.tsx'
import { options } from '../../../core/committees/pages/plan.tsx'
import { isRefusal, NotAllowed, NotFound, type Refusal } from '../../../core/errors.ts'
import { holds, may } from '../../../core/identity/permissions.ts'
import type { CaseFileRow } from '../../../core/procedure/case-files.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { originalOf, shownFile, wantsOriginal } from '../../../core/web/shown-file.ts'
import { Attachments } from '../../../ui/components/attachments.tsx'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Radios, Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { FileUpload } from '../../../ui/components/file-upload.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Pagination } from '../../../ui/components/pagination.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { findBodies, isInForce } from '../bodies.ts'
import { filteredProposalsPath, listPath, meetingPath, newProposalPath, proposalPath, proposalsPath } from '../paths.ts'
import { managedUnits } from '../queries.ts'
import { decisions, meetingKind, proposalKind, proposalOutcomes, proposalSections, type ProposalStage, proposalStages } from '../schema.ts'
import { changeProposal, propose, pullBack } from './acts.ts'
import { findProposal, findProposals, type Proposal, visibleTo } from './proposal.ts'

const tones = { draft: 'plain', submitted: 'waiting', 'on-agenda': 'active', closed: 'ended' } as const
export function ProposalTag({ stage, outcome }: { stage: ProposalStage; outcome: string | null }) {
  return <Tag tone={tones[stage]}>{outcome ? proposalOutcomes[outcome as keyof typeof proposalOutcomes] : proposalStages[stage]}</Tag>
}

async function list(request: StaffRequest): Promise<Reply> {
  const { db, person, query } = request
  const filter = { stage: query.stage, body: query.body, all: query.all === '1', keptBy: query.kept === '1' ? managedUnits(person) : undefined }
  const [{ rows, count, next }, bodies] = await Promise.all([findProposals(db, person, filter, query.before), findBodies(db)])
  const kept = { stage: query.stage, body: query.body, all: query.all, kept: query.kept }
  return consolePage(request, {
    title: '提案單', heading: '提案單', current: proposalsPath, breadcrumbs: [{ text: '會議', href: listPath }, { text: '提案單' }],
    actions: holds(person, 'meetings.propose') ? <ButtonLink href={newProposalPath}>寫提案單</ButtonLink> : undefined,
    children: (
      <>
        <FilterBar action={proposalsPath} clearHref={proposalsPath} active={[]} keep={query.all ? { all: query.all } : {}}>
          <Select name="body" label="會議體" value={query.body} empty="全部" options={bodies.filter(({ caseKind }) => caseKind === meetingKind).map(({ code, name }) => ({ value: code, text: name }))} />
          <Select name="stage" label="狀態" value={query.stage} empty="進行中" options={options(proposalStages)} />
        </FilterBar>
        <Toolbar count={count} unit="件"><a href={filteredProposalsPath({ ...kept, all: query.all ? undefined : '1', stage: undefined })}>{query.all ? '只看進行中' : '含已結案'}</a></Toolbar>
        <Table<Proposal>
          caption="提案單" captionHidden rows={rows} rowKey={(row) => row.number} rowHref={(row) => proposalPath(row.number)} empty={<EmptyState title="沒有提案">單位要提會的案子，寫成提案單提送，幕僚單位排入議程。</EmptyState>}
          columns={[
            { heading: '案號', cell: (row) => <a class="nowrap number" href={proposalPath(row.number)}>{row.number}</a>, width: 'fit' },
            { heading: '案由', cell: (row) => <>{row.title}<p class="muted small">{row.body}　{proposalSections[row.section]}</p></>, rowHeader: true, width: 'grow' },
            { heading: '單位', cell: (row) => row.unit ?? '—', width: 'fit', wideOnly: true },
            { heading: '狀態', cell: (row) => <ProposalTag stage={row.stage} outcome={row.outcome} />, width: 'fit' },
          ]}
        />
        <Pagination previous={query.before ? filteredProposalsPath(kept) : null} next={next && filteredProposalsPath({ ...kept, before: next })} />
      </>
    ),
  })
}

async function form(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person, today } = request
  const number = request.params.number
  const proposal = number ? await findProposal(db, person, number) : null
  if (proposal && !may(person, 'meetings.propose', proposal)) throw new NotAllowed('meetings.propose')
  const bodies = (await findBodies(db)).filter((body) => body.caseKind === meetingKind && isInForce(body, today))
  const value = (name: keyof Proposal | 'body') => request.form[name] ?? (proposal ? String(proposal[name] ?? '') : request.query[name])
  const error = errorOf(failed)
  const title = proposal ? '修改提案單' : '寫提案單'
  return consolePage(request, {
    title, heading: title, current: proposalsPath, breadcrumbs: [{ text: '提案單', href: proposalsPath }, ...(proposal ? [{ text: proposal.number, href: proposalPath(proposal.number) }] : []), { text: title }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在；附件請再選一次。" />}
        <Form action={proposal ? proposalPath(proposal.number, 'edit') : newProposalPath} formKey={randomUUID()} id="meeting-proposal" multipart keep>
          {proposal ? <p>{proposal.body}</p> : <Select name="body" label="提到哪個會議" value={value('body')} empty="選擇會議體" error={error('body')} options={bodies.map((body) => ({ value: body.code, text: body.name }))} />}
          <Radios name="section" label="性質" inline value={value('section') ?? 'discussion'} error={error('section')} options={options(proposalSections)} />
          <TextInput name="title" label="案由" value={value('title')} error={error('title')} width={30} />
          <TextArea name="reason" label="說明" rows={8} value={value('reason')} error={error('reason')} />
          <TextArea name="proposal" label="擬辦" hint="請會議決定什麼；報告事項可以不寫。" required={false} rows={3} value={value('proposal')} error={error('proposal')} />
          <FileUpload name="files" label="附件" hint="會議資料；同名的檔案成為新的版本。" required={false} multiple error={error('files')} />
          <ButtonGroup><Button name="next" value="submit">提送</Button><Button name="next" value="draft" kind="secondary">先存檔</Button></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

async function show(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { db, person } = request
  const proposal = await findProposal(db, person, request.params.number!)
  const isOwn = may(person, 'meetings.propose', proposal)
  return consolePage(request, {
    title: `${proposal.number} ${proposal.title}`, heading: proposal.title, current: proposalsPath, breadcrumbs: [{ text: '提案單', href: proposalsPath }, { text: proposal.number }],
    headingNote: <><span class="nowrap number">{proposal.number}</span><ProposalTag stage={proposal.stage} outcome={proposal.outcome} /></>,
    actions: isOwn && proposal.stage === 'draft' ? <ButtonLink href={proposalPath(proposal.number, 'edit')}>修改、提送</ButtonLink> : undefined,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} />}
        <SummaryList columns={4} rows={[
          { key: '會議', value: proposal.body }, { key: '性質', value: proposalSections[proposal.section] }, { key: '提案單位', value: [proposal.unit, proposal.officer].filter(Boolean).join(' ') || '—' },
          ...(proposal.submittedOn ? [{ key: '提送', value: <DayText day={proposal.submittedOn} /> }] : []),
        ]} />
        <Card title="說明"><Letter text={proposal.reason} /></Card>
        {proposal.proposal && <Card title="擬辦"><Letter text={proposal.proposal} /></Card>}
        {proposal.files.length > 0 && <Card title="附件"><Attachments files={proposal.files.map((one) => fileShown(proposal.number, one))} /></Card>}
        {proposal.meetings.length > 0 && <Card title="會議"><ul>{proposal.meetings.map((one) => <li key={one.number}><a href={meetingPath(one.number)}>{one.title}</a>{one.decision && `　${decisions[one.decision as keyof typeof decisions].label}`}{one.text && `：${one.text}`}</li>)}</ul></Card>}
        {await commonCard(db, proposal.id)}
        {isOwn && (proposal.stage === 'draft' || proposal.stage === 'submitted') && (
          <Details summary={proposal.stage === 'draft' ? '撤回提案' : '抽回'}>
            <Form action={proposalPath(proposal.number, 'pull-back')} formKey={randomUUID()} id="pull-back">
              <ButtonGroup>{proposal.stage === 'submitted' && <Button name="how" value="draft" kind="secondary">抽回改寫</Button>}<Button name="how" value="withdraw" kind="danger" confirm="撤回後這件提案就結案，不能再提送。">撤回</Button></ButtonGroup>
            </Form>
          </Details>
        )}
      </>
    ),
  }, failed ? 422 : 200)
}

/** A file of a proposal as a list shows it. */
export function fileShown(number: string, { id, name, mediaType, bytes }: CaseFileRow) {
  const href = proposalPath(number, `files/${id}`)
  return { name, href, original: originalOf(href, mediaType), bytes }
}

async function showFile({ db, person, params, query }: StaffRequest): Promise<Reply> {
  if (!/^\d{1,15}$/.test(params.id!)) throw new NotFound('找不到這個檔案')
  const found = (await sql<CaseFileRow>`select d.id, d.name, d.kind, o.size as bytes, o.media_type as "mediaType", encode(o.sha256, 'hex') as sha256
    from case_documents d join documents o on o.id = d.document_id join cases c on c.id = d.case_id where d.id = ${params.id}::bigint and c.kind = ${proposalKind} and c.number = ${params.number} and ${visibleTo(person)}`.execute(db)).rows[0]
  if (!found) throw new NotFound('找不到這個檔案')
  return shownFile(found, wantsOriginal(query))
}

export const routes: Route[] = [
  get(proposalsPath, 'meetings.read', list),
  get(newProposalPath, 'meetings.propose', (request) => form(request)),
  post(newProposalPath, 'meetings.propose', async (request) => {
    const result = await propose(request.caller, { ...request.form, files: request.files })
    return isRefusal(result) ? form(request, result) : redirect(proposalPath(result.value.number), request.form.next === 'submit' ? '提案單已提送' : '提案單已存檔')
  }, { upload: true }),
  get(`${proposalsPath}/:number`, 'meetings.read', (request) => show(request)),
  get(`${proposalsPath}/:number/edit`, 'meetings.propose', (request) => form(request)),
  post(`${proposalsPath}/:number/edit`, 'meetings.propose', async (request) => {
    const result = await changeProposal(request.caller, { ...request.form, name: request.params.number, files: request.files })
    return isRefusal(result) ? form(request, result) : redirect(proposalPath(request.params.number!), request.form.next === 'submit' ? '提案單已提送' : '提案單已存檔')
  }, { upload: true }),
  post(`${proposalsPath}/:number/pull-back`, 'meetings.propose', async (request) => {
    const result = await pullBack(request.caller, { ...request.form, name: request.params.number })
    return isRefusal(result) ? show(request, result) : redirect(proposalPath(request.params.number!), request.form.how === 'withdraw' ? '提案已撤回' : '提案單已抽回，可以修改')
  }),
  get(`${proposalsPath}/:number/files/:id`, 'meetings.read', showFile),
]
