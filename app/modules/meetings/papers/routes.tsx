import { randomUUID } from 'node:crypto'
import { modes } from '../../../core/committees/words.ts'
import { casePath } from '../../../core/cases/case-kinds.ts'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { isPaperForm, paperReply } from '../../../core/reports/paper/reply.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { file as fileReply, get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Attachments } from '../../../ui/components/attachments.tsx'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { itemPath, listPath, livePath, meetingPath } from '../paths.ts'
import { fileShown } from '../proposals/routes.tsx'
import { decisionText, sectionName } from '../shown.ts'
import { offlineFile } from './offline.ts'
import { findPapers, type Paper, writeNote } from './papers.ts'
import { agendaPaper, minutesPaper } from './print.ts'

async function page(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { file, papers } = await findPapers(request.db, request.person, request.params.name!)
  return consolePage(request, {
    title: `會議資料 ${file.number}`, heading: '會議資料', headingNote: file.title, current: listPath, breadcrumbs: [{ text: '會議', href: listPath }, { text: file.number, href: meetingPath(file.number) }, { text: '會議資料' }],
    actions: <ButtonGroup><ButtonLink href={meetingPath(file.number, 'papers.html')} download>存到這台裝置</ButtonLink><ButtonLink href={livePath(file.number)} kind="secondary">即時畫面</ButtonLink></ButtonGroup>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <p><DayText day={file.heldOn} long weekday /> {file.startsAt}　{file.place}{file.mode === 'on-site' ? '' : `（${modes[file.mode]}）`}　主席 {file.chair}</p>
        <p class="muted no-print">「存到這台裝置」下載一個檔案，沒有網路也能打開，附件和您的筆記都在裡面。看完請自行刪除。</p>
        {papers.map((paper, i) => <OnePaper key={paper.id} paper={paper} place={i + 1} name={file.number} request={request} failed={failed} />)}
      </>
    ),
  }, failed ? 422 : 200)
}

function OnePaper({ paper, place, name, request, failed }: { paper: Paper; place: number; name: string; request: StaffRequest; failed: Refusal | undefined }) {
  const href = paper.caseKind && paper.number ? casePath(paper.caseKind, paper.number) : null
  const here = request.params.item === String(paper.id)
  return (
    <Card id={`item-${paper.id}`} title={`${place}. ${paper.subject}`} actions={<span class="muted small">{sectionName(paper.section)}{paper.unit && `　${paper.unit}`}</span>}>
      {paper.number && <p class="number">{href ? <a href={href}>{paper.number}</a> : paper.number}</p>}
      {paper.reason && <><h3>說明</h3><Letter text={paper.reason} /></>}
      {paper.proposal && <><h3>擬辦</h3><Letter text={paper.proposal} /></>}
      {paper.draft && <Details summary={paper.caseKind === 'regulation' ? '草案條文' : '紀錄全文'}><Letter text={paper.draft} serif /></Details>}
      {paper.files.length > 0 && <Attachments files={paper.files.map((one) => fileShown(paper.number!, one))} />}
      {paper.decision && <p><strong>決議</strong>　{decisionText(paper)}</p>}
      <Details summary={paper.note ? '我的筆記' : '寫筆記'} open={paper.note !== '' || here}>
        <Form action={itemPath(name, paper.id, 'note')} formKey={randomUUID()} id={`note-${paper.id}`} keep>
          <TextArea name="note" id={`note-text-${paper.id}`} label={`第 ${place} 案的筆記`} hint="只有您自己看得到。清空再存就是刪除。" labelSize="s" required={false} rows={3} value={here ? (request.form.note ?? paper.note) : paper.note} error={here ? errorOf(failed)('note') : undefined} />
          <Button kind="secondary" small>存筆記</Button>
        </Form>
      </Details>
    </Card>
  )
}

async function offline(request: StaffRequest): Promise<Reply> {
  const papers = await findPapers(request.db, request.person, request.params.name!)
  return fileReply(await offlineFile(papers, request.person.name), 'text/html; charset=utf-8', `會議資料-${papers.file.number}.html`)
}

/** 議程 and 紀錄 as PDF and ODT. */
async function printed(request: StaffRequest): Promise<Reply> {
  const [what, form] = request.params.what!.split('.')
  const papers = await findPapers(request.db, request.person, request.params.name!)
  if ((what !== 'agenda' && what !== 'minutes') || !isPaperForm(form) || (what === 'minutes' && papers.file.outcome !== 'held')) throw new NotFound('沒有這個檔案')
  const paper = what === 'agenda' ? agendaPaper(papers, request.site.county) : minutesPaper(papers.file, request.site.county)
  return paperReply(paper, form, `${what === 'agenda' ? '議程' : '會議紀錄'}-${papers.file.number}`)
}

export const routes: Route[] = [
  get(`${listPath}/:name/papers`, 'meetings.read', (request) => page(request)),
  get(`${listPath}/:name/papers.html`, 'meetings.read', offline, { limit: 60 }),
  get(`${listPath}/:name/files/:what`, 'meetings.read', printed, { limit: 60 }),
  post(`${listPath}/:name/items/:item/note`, 'meetings.read', async (request) => {
    const result = await writeNote(request.caller, { ...request.form, ...request.params })
    return isRefusal(result) ? page(request, result) : redirect(`${meetingPath(request.params.name!, 'papers')}#item-${request.params.item}`, '筆記已存')
  }),
]
