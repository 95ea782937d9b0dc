import { casePath } from '../../../core/cases/case-kinds.ts'
import { findCommonEvents } from '../../../core/cases/common-history.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { caseFileRoute } from '../../../core/procedure/case-files.ts'
import { Clocks, NextSteps, StepHistory } from '../../../core/procedure/case-parts.tsx'
import { FilesCard } from '../../../core/procedure/files-card.tsx'
import { stepRoutes } from '../../../core/procedure/step-page.tsx'
import { stepActs } from '../../../core/procedure/take-step.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { type DirectiveState, findDirective, visibleTo } from '../directive.ts'
import { decisionText, StageTag } from '../parts.tsx'
import { decidePath, listPath, meetingDirectivesPath, reportPath } from '../paths.ts'
import { type Decided, type DirectiveFile, findDirectiveFile } from '../queries.ts'
import { reportsAs } from '../report.ts'
import { grades, reportAsks } from '../schema.ts'
import { procedure, sectionProcedure } from '../steps.ts'

/** A directive: the sentence, whose turn it is, by when, what was done, what later meetings decided. */
async function show(request: StaffRequest): Promise<Reply> {
  const { db, person, today } = request
  const state = await findDirective(db, person, request.params.name!)
  const file = await findDirectiveFile(db, state.id)
  const last = file.steps.findLast(({ step }) => step === 'report')
  const opinion = file.steps.findLast(({ step }) => step === 'accept')?.answers.opinion
  const mayReport = state.outcome === null && reportsAs(person, state) !== null
  const mayDecide = state.outcome === null && holds(person, 'directives.decide')
  return consolePage(request, {
    title: `${state.number} ${state.title}`, heading: state.title, current: listPath, breadcrumbs: [{ text: '指裁示事項', href: listPath }, { text: state.number! }],
    headingNote: <><span class="nowrap number">{state.number}</span><StageTag stage={state.stage} outcome={state.outcome} />{state.grade === 'own' && <Tag tone="waiting">{grades.own}</Tag>}</>,
    children: (
      <>
        <SummaryList columns={4} rows={facts(state, file)} />
        {file.importId !== null && <InsetText><p>這件由匯入資料而來，之前的歷程不在本系統。</p></InsetText>}
        <NextSteps procedure={sectionProcedure} state={state} person={person}>
          {mayReport && <ButtonLink href={reportPath(state.number!)}>填報辦理情形</ButtonLink>}
          {mayDecide && <ButtonLink href={decidePath(state.number!)} kind="secondary">登錄會議決定</ButtonLink>}
        </NextSteps>
        <div class="columns">
          <div class="columns__main">
            <Card title="指裁示內容">
              <Letter text={state.sentence} serif />
              <p class="muted">{state.item && `${state.item}．`}<MeetingLink person={person} number={state.meeting} name={state.bodyName} /> <DayText day={state.orderedOn} /></p>
              {state.proof && <p><strong>辦畢時要附</strong>　{state.proof}</p>}
            </Card>
            <Card title="最近的辦理情形">
              {last ? (
                <>
                  <p><strong>{reportAsks[last.answers.asks as keyof typeof reportAsks]}</strong>　<DayText day={last.on} />　{last.by ?? '匯入'}</p>
                  <Letter text={last.note ?? ''} />
                  {opinion && <p><strong>管考意見</strong>　{String(opinion)}</p>}
                </>
              ) : <p class="muted">主辦單位還沒有填報。</p>}
            </Card>
            <FilesCard procedure={procedure} state={state} files={file.files} />
            {file.decided.length > 0 && <Card title="之後的會議怎麼決定"><Decisions rows={file.decided} /></Card>}
          </div>
          <div class="columns__side">
            <Card title="期限">
              <Clocks clocks={file.clocks} today={today} closed={state.closedAt !== null} />
              <p class="muted small">各案期限依會議所定；列管規定的條文未見，待管考單位確認。</p>
            </Card>
            {state.about && <Card title="相關案件"><p>{state.aboutKind && casePath(state.aboutKind, state.about) ? <a href={casePath(state.aboutKind, state.about)!}>{state.about} {state.aboutTitle}</a> : `${state.about} ${state.aboutTitle}`}</p></Card>}
            <Card title="歷程" id="history"><StepHistory procedure={procedure} state={state} steps={file.steps} common={await findCommonEvents(db, state.id)} first={{ on: state.orderedOn, title: `${state.bodyName}指裁示，列管` }} /></Card>
          </div>
        </div>
      </>
    ),
  })
}

function facts(state: DirectiveState, file: DirectiveFile) {
  return [
    { key: '等誰', value: state.outcome ? '已離開列管' : <strong>{state.stage === 'open' ? (file.unit ?? '主辦單位') : procedure.turns[state.stage]}</strong> },
    { key: '期限', value: state.dueOn ? <DayText day={state.dueOn} weekday /> : state.orderedDueOn ? <DayText day={state.orderedDueOn} weekday /> : '未定期限' },
    { key: '主辦', value: [file.unit, file.officer].filter(Boolean).join(' ') || '—' },
    { key: '協辦', value: file.joint.join('、') || '—' },
    ...(state.finishedOn ? [{ key: '單位填報辦畢', value: <DayText day={state.finishedOn} /> }] : []),
    ...(state.delistedOn ? [{ key: '離開列管', value: <DayText day={state.delistedOn} /> }] : []),
  ]
}

/** Who decides on directives finds the meeting's page of them here; others read its name. */
const MeetingLink = ({ person, number, name }: { person: StaffRequest['person']; number: string; name: string }) => (holds(person, 'directives.read') ? <a href={meetingDirectivesPath(number)}>{name}</a> : <>{name}</>)

function Decisions({ rows }: { rows: Decided[] }) {
  return (
    <Table<Decided>
      caption="各次會議的決定" captionHidden rows={rows} rowKey={(row) => row.meeting}
      columns={[
        { heading: '會議', cell: (row) => <><DayText day={row.heldOn} /><p class="muted small"><a href={meetingDirectivesPath(row.meeting)}>{row.meeting}</a></p></>, rowHeader: true, width: 'fit' },
        { heading: '決定', cell: (row) => <>{decisionText(row)}{row.pending && <p class="muted small">會議結束後生效</p>}</>, width: 'fit' },
        { heading: '內容', cell: (row) => row.text || '—', width: 'grow' },
      ]}
    />
  )
}

export const acts = stepActs(sectionProcedure)

export const routes: Route[] = [
  ...stepRoutes(sectionProcedure, acts),
  caseFileRoute(procedure, (person) => visibleTo(person)),
  get(`${listPath}/:name`, 'directives.read', show),
]
