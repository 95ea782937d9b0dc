import { findCommonEvents } from '../../../core/cases/common-history.ts'
import { CaseTag } from '../../../core/procedure/case-list.tsx'
import { caseFileRoute } from '../../../core/procedure/case-files.ts'
import { NextSteps, StepHistory } from '../../../core/procedure/case-parts.tsx'
import { evidencePath, evidenceRoutes } from '../../../core/procedure/evidence.tsx'
import { FilesCard } from '../../../core/procedure/files-card.tsx'
import { stepRoutes } from '../../../core/procedure/step-page.tsx'
import { stepActs } from '../../../core/procedure/take-step.ts'
import { may } from '../../../core/identity/permissions.ts'
import { dayOf } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { DayText, InstantText } from '../../../ui/components/time.tsx'
import { type ItemState, visibleTo } from '../item.ts'
import { BeforeAfter, TextTag } from '../parts.tsx'
import { filteredListPath, itemPath, listPath, publicItemPath } from '../paths.ts'
import { findItemFile, type ItemFile } from '../queries.ts'
import { evidenceKinds, wholeCounty } from '../schema.ts'
import { addEvidence, evidence, procedure } from '../steps.ts'

/** An item: what it is to change, how far it is, before and after, and what the public reads of it. */
async function show(request: StaffRequest): Promise<Reply> {
  const { db, person } = request
  const state = await procedure.find(db, person, request.params.name!)
  const file = await findItemFile(db, state.id)
  const pictures = (['before', 'after'] as const).map((kind) => {
    const found = file.files.findLast((one) => one.kind === kind && one.mediaType.startsWith('image/'))
    return found ? { src: itemPath(state.number, `files/${found.id}`), alt: `${state.title}${evidenceKinds[kind]}`, label: evidenceKinds[kind] } : null
  })
  return consolePage(request, {
    title: `${state.number} ${state.title}`, heading: state.title, current: listPath,
    breadcrumbs: [{ text: procedure.title, href: listPath }, { text: `${state.year} 年`, href: filteredListPath({ year: state.year }) }, { text: state.number }],
    headingNote: <><span class="nowrap number">{state.number}</span><CaseTag procedure={procedure} stage={state.stage} outcome={state.outcome} /></>,
    children: (
      <>
        <SummaryList columns={4} rows={headRows(state, file)} />
        {file.importId !== null && <InsetText><p>這項由匯入資料而來，之前的歷程以當時的紀錄為準。</p></InsetText>}
        <NextSteps procedure={procedure} state={state} person={person}>
          {!evidence.refuse!(state) && may(person, evidence.permission, state) && <ButtonLink href={evidencePath(procedure, state.number)} kind="secondary">附照片或佐證</ButtonLink>}
          {state.stage !== 'closed' && may(person, 'perceived.manage', state) && <ButtonLink href={itemPath(state.number, 'edit')} kind="secondary">修改項目</ButtonLink>}
        </NextSteps>
        <div class="columns">
          <div class="columns__main">
            <Card title="改善前後">{pictures.some(Boolean) ? <BeforeAfter pictures={pictures} /> : <p class="muted">還沒有照片。開始以前拍一張，完成以後在同一個角度再拍一張。</p>}</Card>
            <TextCard state={state} file={file} person={person} />
            {file.goal && <Card title="目標"><Letter text={file.goal} /></Card>}
            <FilesCard procedure={procedure} state={state} files={file.files} kinds={evidenceKinds} title="佐證檔案" />
          </div>
          <div class="columns__side">
            <Card title="歷程" id="history"><StepHistory procedure={procedure} state={state} steps={file.steps} common={await findCommonEvents(db, state.id)} first={{ on: dayOf(state.receivedAt!), title: '列入有感施政' }} /></Card>
          </div>
        </div>
      </>
    ),
  })
}

function headRows(state: ItemState, file: ItemFile) {
  return [
    { key: '主辦', value: file.unit ?? '—' }, { key: '鄉鎮', value: state.township ?? wholeCounty }, { key: '完成期限', value: state.finishOn ? <DayText day={state.finishOn} weekday /> : '沒有訂' },
    { key: '列入', value: <DayText day={state.listedOn} /> },
    { key: '改善前', value: proofOf(state.before, state.noBefore, state.stage) }, { key: '改善後', value: proofOf(state.after, state.noAfter, state.stage) },
    ...(file.previousNumber ? [{ key: '從上年度轉入', value: <a class="number" href={itemPath(file.previousNumber)}>{file.previousNumber}</a> }] : []),
    ...(file.nextNumber ? [{ key: '轉到下年度', value: <a class="number" href={itemPath(file.nextNumber)}>{file.nextNumber}</a> }] : []),
  ]
}

/** How many pictures or documents there are; of a finished item without any, why. */
const proofOf = (count: number, reason: string | null, stage: ItemState['stage']): string => (count ? `${count} 件佐證` : stage === 'closed' && reason ? `沒有：${reason}` : '還沒有佐證')

/** What the public reads, or will: written by one, approved by another. */
function TextCard({ state, file, person }: { state: ItemState; file: ItemFile; person: StaffRequest['person'] }) {
  const { text } = file
  const writes = may(person, 'perceived.write', state) && state.outcome !== 'withdrawn' && text?.state !== 'approved'
  const judges = may(person, 'perceived.publish', state)
  return (
    <Card title="給鄉親看的成果" actions={<>
      {writes && <a href={itemPath(state.number, 'text')}>{text ? '改寫' : '撰寫'}</a>}
      {judges && text?.state === 'draft' && <a href={itemPath(state.number, 'approval')}>核可或退回</a>}
      {judges && text?.state === 'approved' && <a href={itemPath(state.number, 'approval')}>下架</a>}
    </>}>
      {!text ? <p class="muted">還沒有寫。完成以後由別人核可，才放在網頁。</p> : (
        <>
          <p><TextTag state={text.state} />　<strong>{text.title}</strong>　{text.state === 'approved' && <a href={publicItemPath(state.number)}>看公開的頁面</a>}</p>
          <Letter text={text.text} />
          <p class="muted small">{text.by ?? '—'}　<InstantText at={new Date(text.writtenAt)} />{text.publishedAt && <>，公開 <InstantText at={new Date(text.publishedAt)} /></>}</p>
          {text.note && <InsetText><p>{text.note}</p></InsetText>}
        </>
      )}
    </Card>
  )
}

export const routes: Route[] = [
  ...stepRoutes(procedure, stepActs(procedure)),
  ...evidenceRoutes(procedure, evidence, addEvidence),
  caseFileRoute(procedure, (person) => visibleTo(person)),
  get(`${listPath}/:name`, 'perceived.read', show),
]
