import { randomUUID } from 'node:crypto'
import { read } from '../../../../core/db.ts'
import { isRefusal, NotFound } from '../../../../core/errors.ts'
import { may } from '../../../../core/identity/permissions.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { Button } from '../../../../ui/components/button.tsx'
import { Card } from '../../../../ui/components/card.tsx'
import { Select } from '../../../../ui/components/choices.tsx'
import { Details } from '../../../../ui/components/details.tsx'
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { Notification } from '../../../../ui/components/notification.tsx'
import { PartToFetch } from '../../../../ui/components/fetched-part.tsx'
import { Tag } from '../../../../ui/components/tag.tsx'
import { dayOf, parseInstantEnd, rocDateTime } from '../../../../core/time.ts'
import { linkedCard } from '../../../../core/cases/linked-card.tsx'
import { listPath, petitionPath } from '../../paths.ts'
import { caseKind } from '../../schema.ts'
import { StageTag } from '../../stage-tag.tsx'
import { Actions } from '../actions.tsx'
import { asKnownAt } from '../as-of.ts'
import { buttonsFor } from '../buttons.ts'
import { caseNameOf, type CaseFile, findCaseFile } from '../case-file.ts'
import { HeadFacts, Sender } from '../facts.tsx'
import { History } from '../history.tsx'
import { Letters } from '../letters.tsx'
import { Named } from '../named.tsx'
import { findOpened, openPersonalData, purposes } from '../personal-data.ts'
import { SimilarCases, similarTo } from '../similar-cases.tsx'
import { Work } from '../work.tsx'

/** The case page. `failed`: why an act that was pressed here could not be done. */
export async function caseView(request: StaffRequest, name: string, failed?: string): Promise<Reply> {
  const { db, person, query, today, now } = request
  const asOf = parseInstantEnd(query['as-of'] ?? '')
  const live = await findCaseFile(db, person, name)
  const file = asOf ? await fileAsOf(request, live, asOf) : live
  const own = caseNameOf(file)
  // Before anybody works on it, whether it is the same matter as another comes first: at the desk with the page itself, later a moment after it.
  const looking = file.stage === 'received' || file.stage === 'dispatched'
  const compares = !file.closedAt && file.receivedAt !== null && !asOf
  const [similar, opened] = await Promise.all([compares && file.stage === 'received' ? similarTo(db, person, file) : null, findOpened(db, person, file, query.opened, now)])
  const linked = asOf ? null : await linkedCard(db, person, { id: file.id, number: file.number, kind: caseKind })
  const Similar = () => {
    if (similar) return similar.length ? <SimilarCases file={file} similar={similar} canMerge={may(person, 'petitions.merge', file)} /> : null
    return compares ? <PartToFetch id="similar-cases" href={petitionPath(own, 'similar')}>看有沒有可能是同一件事的案件</PartToFetch> : null
  }
  return consolePage(
    request,
    {
      title: `${own} ${file.title}`,
      heading: file.title,
      current: listPath,
      breadcrumbs: [{ text: '陳情案件', href: listPath }, { text: own }],
      headingNote: <HeadNote file={file} />,
      actions: <><a class="no-print" href={petitionPath(own, 'proof')}>查驗</a> <a class="no-print" href={petitionPath(own, 'print')}>列印</a></>,
      children: (
        <>
          {asOf && <Notification kind="important" title="過去的樣子"><p>這是 {rocDateTime(asOf)} 當時所知的這件案件。<a href={petitionPath(own)}>看現在的</a></p></Notification>}
          {failed && <ErrorSummary title="沒有完成" errors={[{ text: failed }]} />}
          <HeadFacts file={file} today={asOf ? dayOf(asOf) : today} />
          {!asOf && <Actions buttons={buttonsFor(file, person)} />}
          <div class="columns">
            <div class="columns__main">
              <Letters file={file} />
              {looking && <Similar />}
              <Work file={file} />
              {!looking && <Similar />}
            </div>
            <div class="columns__side">
              <Card title="陳情人" id="sender">
                <Sender file={file} opened={opened} ask={may(person, 'petitions.open-personal-data', file) && <AskToOpen name={own} />} />
              </Card>
              {linked}
              {file.confidential && <Named file={file} ends={!asOf && may(person, 'petitions.name-reader', file)} />}
              <Card title="歷程" id="history"><History file={file} /></Card>
            </div>
          </div>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

/** The case at a past instant: the versioned rows as believed then, and nothing that was recorded later. Who may not see it now does not see it then. */
async function fileAsOf({ db, person }: StaffRequest, live: CaseFile, asOf: Date): Promise<CaseFile> {
  const then = await read(db, (reader) => findCaseFile(reader, person, live.followNo), asOf).catch((error: unknown) => {
    throw error instanceof NotFound ? new NotFound(`${rocDateTime(asOf)} 時還沒有這件陳情，或它不在您的職務範圍內`) : error
  })
  return asKnownAt(then, asOf)
}

function HeadNote({ file }: { file: CaseFile }) {
  return (
    <>
      <span class="nowrap number">{caseNameOf(file)}</span>
      <StageTag stage={file.stage} outcome={file.outcome} merged={file.mergedInto !== null} />
      {file.confidential && <Tag tone="danger">保密</Tag>}
      {!file.closedAt && file.reminders.some((reminder) => reminder.step.startsWith('overdue') && reminder.dueOn === file.dueOn) && <Tag tone="danger">稽催中</Tag>}
      {file.sendings.some((sending) => !sending.doneAt) && <Tag tone="soon">待寄送</Tag>}
      {file.imported && <span class="muted small">由 {file.imported.file} 匯入（{rocDateTime(file.imported.at)}）</span>}
    </>
  )
}

function AskToOpen({ name }: { name: string }) {
  return (
    <Details summary="顯示個人資料" id="open-personal-data">
      <Form action={petitionPath(name, 'personal-data')} formKey={randomUUID()}>
        <Select name="reason" label="為了什麼" options={purposes.map((text) => ({ value: text, text }))} empty="請選擇" />
        <Button kind="secondary" small>顯示</Button>
        <p class="muted small">這次查看會留下紀錄。</p>
      </Form>
    </Details>
  )
}

export const routes = [
  get('/console/petitions/:name', 'petitions.read', (request) => caseView(request, request.params.name!)),
  post('/console/petitions/:name/personal-data', 'petitions.open-personal-data', async (request) => {
    const name = request.params.name!
    const result = await openPersonalData(request.caller, { ...request.form, name })
    return isRefusal(result) ? caseView(request, name, result.message) : redirect(`${petitionPath(name)}?opened=${result.value.read}#sender`)
  }),
]
