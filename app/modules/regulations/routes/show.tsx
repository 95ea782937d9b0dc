import { casePath } from '../../../core/cases/case-kinds.ts'
import { withCommon } from '../../../core/cases/common-card.tsx'
import { type CommonEvent, findCommonEvents } from '../../../core/cases/common-history.ts'
import { CitedLines } from '../../../core/laws/cited.tsx'
import { holds, may, type Person } from '../../../core/identity/permissions.ts'
import { compareTexts } from '../../../core/laws/compare.ts'
import { parseText } from '../../../core/laws/parse-text.ts'
import { textForAmendment } from '../../../core/laws/store.ts'
import type { LawText } from '../../../core/laws/text.ts'
import { emptyText } from '../../../core/laws/text.ts'
import { standingOf } from '../../../core/laws/operations.ts'
import type { Db } from '../../../core/db.ts'
import { addDays, type Day, dayOf, rocDay } from '../../../core/time.ts'
import { attachmentsWith } from '../attachments.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { Timeline } from '../../../ui/components/timeline.tsx'
import { endLawPath, lawPath, listPath, meetingPath, noticePath, regulationPath, stepPath } from '../paths.ts'
import { ComparisonTable } from '../portal/compare.tsx'
import { linksOf } from '../portal/page.tsx'
import { LawView } from '../portal/law-view.tsx'
import { findRegulation, type RegulationFile } from '../queries.ts'
import { instruments, meetingKind, promulgationName } from '../schema.ts'
import { namesOf } from '../some-articles.ts'
import { StageTag } from '../stage-tag.tsx'
import { fits, type StepId, stepOf, steps } from '../steps.ts'
import { stateOf } from './parts.tsx'

/** A proposal: what it is, what comes next, by when and why, its text against the one in force, and what happened. */
async function show(request: StaffRequest): Promise<Reply> {
  const { db, person } = request
  const file = await findRegulation(db, person, request.params.name!)
  const texts = await textsOf(db, file, request.today)
  const links = await linksOf(db)
  return consolePage(request, {
    title: `${file.number} ${file.title}`,
    heading: file.title,
    current: listPath,
    breadcrumbs: [{ text: '法規案', href: listPath }, { text: file.number }],
    headingNote: <><span class="nowrap number">{file.number}</span><StageTag stage={file.stage} outcome={file.outcome} /></>,
    children: (
      <>
        <Facts file={file} mayEnd={file.promulgatedOn !== null && holds(person, 'regulations.promulgate')} />
        <Next file={file} person={person} />
        <div class="columns">
          <div class="columns__main">
            <Card title="總說明"><Letter text={file.reason || '（沒有填）'} /></Card>
            {texts && file.change === 'amend' && <Card title="條文對照表"><ComparisonTable rows={compareTexts(texts.before, texts.after)} before="現行條文" after={file.promulgatedOn ? '修正條文' : '修正草案'} reasons={file.articleReasons} /></Card>}
            {texts && file.change === 'enact' && file.articleReasons && Object.keys(file.articleReasons).length > 0 && <Card title="逐條說明"><ComparisonTable rows={compareTexts(texts.before, texts.after)} before={null} after="條文" reasons={file.articleReasons} /></Card>}
            {texts && <Details summary={file.change === 'enact' ? '全部條文' : '修正後的全部條文'} open={file.change === 'enact'}><LawView code={file.promulgatedOn && file.public ? file.lawCode : null} standing={standingOf(texts.after)} links={links} on={file.promulgatedOn} /></Details>}
          </div>
          <div class="columns__side">
            {file.meetings.length > 0 && <Card title="會議"><ul>{file.meetings.map((one) => <li key={one.number}><a href={casePath(one.kind, one.number) ?? meetingPath(one.number)}>{one.number}</a>　<DayText day={one.heldOn} />　<span class="muted">{one.kind === meetingKind ? '法規審查會議' : '縣務會議'}</span></li>)}</ul></Card>}
            <Card title="歷程"><History file={file} common={await findCommonEvents(db, file.id)} /></Card>
          </div>
        </div>
      </>
    ),
  })
}

/** The text before and with this proposal: against what is promulgated today, or what was the day before its promulgation. */
export async function textsOf(db: Db, file: Pick<RegulationFile, 'id' | 'droppedAttachments' | 'draft' | 'name' | 'lawId' | 'promulgatedOn'>, today: Day): Promise<{ before: LawText; after: LawText } | null> {
  if (file.draft === null) return null
  const after = parseText(file.draft, file.name).text
  const before = file.lawId === null ? emptyText(file.name) : await textForAmendment(db, file.lawId, file.promulgatedOn ? addDays(file.promulgatedOn, -1) : today, file.name)
  const attachments = await attachmentsWith(db, file, before.attachments)
  return { before, after: { ...after, attachments } }
}

function Facts({ file, mayEnd }: { file: RegulationFile; /** may record that the law ended */ mayEnd: boolean }) {
  const clock = file.clocks.find(({ main }) => main)
  const rows = [
    { key: '種類', value: instruments[file.instrument] + (file.penalty ? '（有罰則）' : '') },
    { key: '主辦', value: [file.unit, file.officer].filter(Boolean).join(' ') || '—' },
    { key: '提案', value: <DayText day={dayOf(file.receivedAt)} /> },
    { key: '期限', value: file.dueOn ? <DayText day={file.dueOn} weekday /> : (clock?.because ?? '目前沒有起算中的期限') },
    ...(file.promulgatedOn ? [{ key: promulgationName(file.instrument, file.gazetted), value: <><DayText day={file.promulgatedOn} />{file.documentNo && `　${file.documentNo}`}</> }, { key: '生效', value: <DayText day={file.effectiveOn!} /> }] : []),
    ...(file.articles ? [{ key: '條文', value: namesOf(file.articles, file.instrument === 'administrative') }] : []),
    ...(file.endsOn ? [{ key: '施行期限', value: <DayText day={file.endsOn} weekday /> }] : file.change === 'amend' && file.lawEndsOn && !file.promulgatedOn ? [{ key: '施行期限', value: '修正後沒有施行期限' }] : []),
    ...(file.noticeUntil ? [{ key: '預告', value: <a href={noticePath(file.number)}><DayText day={file.noticeFrom!} /> 至 <DayText day={file.noticeUntil} /></a> }] : []),
    ...(file.lawCode ? [{ key: '法規', value: <>{file.public ? <a href={lawPath(file.lawCode)}>{file.name}</a> : `${file.name}（不公開）`}{mayEnd && <><br /><a class="small no-print" href={endLawPath(file.lawCode)}>施行期限與失效</a></>}</> }] : []),
  ]
  return (
    <>
      <SummaryList rows={rows} columns={4} />
      {file.importId !== null && <InsetText><p>這件由匯入資料而來，公布以前的歷程不在本系統。</p></InsetText>}
      {clock && clock.explanation.length > 0 && <Details summary="期限怎麼算"><CitedLines lines={clock.explanation} on={null} /></Details>}
    </>
  )
}

function Next({ file, person }: { file: RegulationFile; person: Person }) {
  if (file.stage === 'closed') return null
  const state = stateOf(file)
  const it = { unitId: file.unitId, officerId: file.officerId }
  const open = (Object.keys(steps) as StepId[]).filter((id) => fits(id, state) && may(person, stepOf(id).permission, it))
  const canDraft = may(person, 'regulations.draft', it) && ['drafting', 'review', 'county-meeting', 'council', 'promulgation'].includes(file.stage)
  if (!open.length && !canDraft && !file.comments.length) return null
  const label = (id: StepId) => (id === 'promulgate' ? promulgationName(file.instrument, file.gazetted) : stepOf(id).label)
  return (
    <nav class="cluster cluster--end no-print" aria-label="可以做的事">
      {open.map((id, i) => <ButtonLink key={id} href={stepPath(file.number, id)} kind={i === 0 ? 'primary' : 'secondary'}>{label(id)}</ButtonLink>)}
      {file.comments.length > 0 && may(person, 'regulations.answer', it) && <ButtonLink href={regulationPath(file.number, 'comments')} kind="secondary">{`意見（${file.comments.length} 則）`}</ButtonLink>}
      {canDraft && <ButtonLink href={regulationPath(file.number, 'draft')} kind="secondary">改草案</ButtonLink>}
      {canDraft && file.draft !== null && <ButtonLink href={regulationPath(file.number, 'reasons')} kind="secondary">各條說明</ButtonLink>}
      {canDraft && file.draft !== null && <ButtonLink href={regulationPath(file.number, 'attachments')} kind="secondary">附件</ButtonLink>}
    </nav>
  )
}

function History({ file, common }: { file: RegulationFile; common: readonly CommonEvent[] }) {
  const items = file.steps.toReversed().map((one) => ({
    when: rocDay(one.on), datetime: one.on, title: labelOf(one.step), by: one.by ?? undefined,
    detail: one.documentNo || one.note ? <>{one.documentNo && <p>{one.documentNo}</p>}{one.note && <p>{one.note}</p>}</> : undefined,
  }))
  return <Timeline items={withCommon([...items, { when: rocDay(dayOf(file.receivedAt)), datetime: dayOf(file.receivedAt), title: '提案' }], common)} />
}

const labelOf = (step: string): string => (step === 'promulgated' ? '公布（匯入）' : step in steps ? stepOf(step as StepId).label : step)

export const routes = [get(`${listPath}/:name`, 'regulations.read', show)]
