import { withCommon } from '../../../core/cases/common-card.tsx'
import { type CommonEvent, findCommonEvents } from '../../../core/cases/common-history.ts'
import { CitedLines } from '../../../core/laws/cited.tsx'
import { may } from '../../../core/identity/permissions.ts'
import { isOpened } from '../../../core/personal-data/openings.ts'
import { type Day, dayOf, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { Timeline } from '../../../ui/components/timeline.tsx'
import { nameOf } from '../appeal.ts'
import { DecisionCard } from '../decision/card.tsx'
import { findProceedings } from '../decision/queries.ts'
import { LettersCard } from '../letters/letters-card.tsx'
import { PartiesCard } from '../parties/card.tsx'
import { appealPath, listPath, stepPath } from '../paths.ts'
import { type AppealFile, correctionsCome, findAppeal } from '../queries.ts'
import { agencyUntil } from '../rules.ts'
import { channels, claimOutcomes, forms, grounds, paperKinds } from '../schema.ts'
import { StageTag } from '../stage-tag.tsx'
import { awaitsSuccession, fits, stayOf, type StepId, stepOf, steps } from '../steps.ts'
import { clockName, waitsFor } from '../waits-for.ts'
import { mayStep } from './step.tsx'

/** An appeal: whom it waits for, by when and why, who decides, what is asked, what was written, and what happened. */
async function show(request: StaffRequest): Promise<Reply> {
  const file = await findAppeal(request.db, request.person, request.params.name!)
  const proceedings = await findProceedings(request.db, file.id)
  const name = nameOf(file)
  const opened = await isOpened(request.db, request.person, file.id, request.query.opened, request.now)
  return consolePage(request, {
    title: `${name} ${file.title}`,
    heading: file.title,
    current: listPath,
    breadcrumbs: [{ text: '訴願案件', href: listPath }, { text: name }],
    headingNote: <><span class="nowrap number">{name}</span><StageTag stage={file.stage} outcome={file.outcome} />{file.confidential && <Tag tone="danger">保密</Tag>}{!file.signed && <Tag tone="soon">待簽名</Tag>}{stayOf(file) === 'granted' && <Tag tone="waiting">停止執行</Tag>}{file.stage !== 'closed' && awaitsSuccession(file) && <Tag tone="soon">待承受</Tag>}</>,
    children: (
      <>
        <Facts file={file} today={request.today} />
        <Next request={request} file={file} />
        <Manage request={request} file={file} />
        <div class="columns">
          <div class="columns__main">
            <Card title="訴願請求事項"><Claims file={file} /></Card>
            {file.papers.map((paper) => <Card key={paper.id} title={`${paperKinds[paper.kind]}　${rocDay(paper.receivedOn)}`}><Letter text={paper.text} /></Card>)}
          </div>
          <div class="columns__side">
            <Card title="程序審查"><Check file={file} /></Card>
            <PartiesCard request={request} file={file} opened={opened} />
            <DecisionCard file={file} person={request.person} proceedings={proceedings} />
            <LettersCard file={file} canSend={may(request.person, 'appeals.letters', file)} />
            <Card title="歷程" id="history"><History file={file} common={await findCommonEvents(request.db, file.id)} /></Card>
          </div>
        </div>
      </>
    ),
  })
}

function Facts({ file, today }: { file: AppealFile; today: Day }) {
  // a day that passed while somebody was waited for
  const dueDay = (dueOn: Day) => <><DayText day={dueOn} weekday />{file.stage !== 'closed' && dueOn < today && <> <Tag tone="danger">已過</Tag></>}</>
  const running = file.clocks.filter(({ metAt }) => metAt === null)
  const rows = [
    { key: '在等誰', value: <strong>{waitsFor(file.stage, file)}</strong> },
    { key: '作成決定', value: file.decidedOn ? <><DayText day={file.decidedOn} />{file.decisionNo && `　${file.decisionNo}`}</> : file.dueOn ? dueDay(file.dueOn) : (file.clocks.find(({ main }) => main)?.because ?? '沒有起算中的期限') },
    ...running.filter(({ main }) => !main).map(({ rule, dueOn, because }) => ({ key: clockName(rule), value: dueOn ? dueDay(dueOn) : (because ?? '—') })),
    { key: '原處分機關', value: file.agency },
    { key: '受理機關', value: file.authority },
    { key: '承辦', value: [file.unit, file.officer].filter(Boolean).join(' ') || '—' },
    { key: '收件', value: <><DayText day={dayOf(file.receivedAt)} />　{channels[file.channel]}　{forms[file.form]}</> },
    ...(file.joined ? [{ key: '合併審議', value: <a href={appealPath(file.joined)}>{file.joined}</a> }] : []),
    ...(file.joinedHere.length ? [{ key: '併入本案', value: <>{file.joinedHere.map((one) => <a key={one} href={appealPath(one)}>{one} </a>)}</> }] : []),
  ]
  return (
    <>
      <SummaryList rows={rows} columns={3} />
      {!file.ours && file.stage !== 'closed' && <InsetText><p>{file.agencyKind === 'county' ? <>本府是原處分機關，由{file.authority}決定：{file.stage === 'statement' ? '書狀沒有訴願理由，收受之次日起十日內移由該機關審理（審議規則 §6 I）。' : '收到訴願書之次日起二十日內重新審查，自行撤銷或變更，或附具答辯書送該機關（訴願法 §4 ③、§58 II 至 IV）。'}</> : <>不是本府受理的訴願，應移送{file.authority}（訴願法 §4、§61）。</>}</p></InsetText>}
      {correctionsCome(file).map(({ id, receivedOn }) => <InsetText key={id}><p>訴願人在 {rocDay(receivedOn)} 線上送來補正，看過齊備了再登錄「{stepOf('corrected').label}」；簽名或蓋章要看到書面。</p></InsetText>)}
      {file.importId !== null && <InsetText><p>這件由匯入資料而來，匯入以前的歷程不在本系統。</p></InsetText>}
      {file.clocks.some(({ explanation }) => explanation.length > 0) && (
        <Details summary="期限怎麼算">
          {file.clocks.filter(({ explanation }) => explanation.length > 0).map((clock) => <div key={clock.rule + clock.dueOn}><h3 class="small">{clockName(clock.rule)}</h3><CitedLines lines={clock.explanation} on={dayOf(file.receivedAt)} /></div>)}
        </Details>
      )}
    </>
  )
}

/** Steps that may be taken now; the first is what usually comes next, those that end the case come last. */
function Next({ request, file }: { request: StaffRequest; file: AppealFile }) {
  const name = nameOf(file)
  if (file.stage === 'filed') return may(request.person, 'appeals.register', file) ? <nav class="cluster cluster--end no-print" aria-label="可以做的事"><ButtonLink href={appealPath(name, 'take-in')}>登錄取號</ButtonLink></nav> : null
  const open = (Object.keys(steps) as StepId[]).filter((id) => fits(id, file) && mayStep(request, file, stepOf(id)))
  // what ends the case stands aside, unless ending it here is what comes next: the county's own disposition goes on elsewhere
  const main = open.filter((id) => stepOf(id).to !== null && (!stepOf(id).outcome || id.startsWith('own-')))
  const others = open.filter((id) => !main.includes(id))
  if (!open.length) return null
  return (
    <nav class="cluster cluster--end no-print" aria-label="可以做的事">
      {main.map((id, i) => <ButtonLink key={id} href={stepPath(name, id)} kind={i === 0 ? 'primary' : 'secondary'}>{stepOf(id).label}</ButtonLink>)}
      {others.length > 0 && <Details summary="其他"><ul>{others.map((id) => <li key={id}><a href={stepPath(name, id)}>{stepOf(id).label}</a></li>)}</ul></Details>}
    </nav>
  )
}

/** Who has it, what was entered of it, who may see it. */
function Manage({ request, file }: { request: StaffRequest; file: AppealFile }) {
  if (file.stage === 'closed' || !may(request.person, 'appeals.handle', file)) return null
  const name = nameOf(file)
  return (
    <p class="cluster no-print small">
      <a href={appealPath(name, 'officer')}>指定承辦人</a>
      {file.stage !== 'decided' && <a href={appealPath(name, 'filing')}>改收件資料</a>}
      <a href={appealPath(name, 'confide')}>{file.confidential ? '解除保密' : '列為保密'}</a>
      {file.confidential && <a href={appealPath(name, 'name-reader')}>指名閱覽</a>}
      {file.confidential && file.readers.length > 0 && <a href={appealPath(name, 'unname-reader')}>取消指名（{file.readers.map((one) => one.name).join('、')}）</a>}
    </p>
  )
}

function Claims({ file }: { file: AppealFile }) {
  if (!file.claims.length) return <p class="muted">還沒有載明請求事項。</p>
  return <ol>{file.claims.map((claim) => <li key={claim.id}>{claim.text}{claim.outcome && <> <Tag tone="done">{claimOutcomes[claim.outcome]}</Tag> <span class="muted small">{claim.basis}{claim.remandDays ? `，${claim.remandDays} 日內另為處分` : ''}</span></>}</li>)}</ol>
}

/** 程序審查: whether the appeal came in time and who decides, with the reasons. */
function Check({ file }: { file: AppealFile }) {
  const late = file.filingDueOn !== null && file.filedOn > file.filingDueOn
  const restored = file.restitution === 'granted'
  const inaction = file.ground === 'inaction'
  const through = file.ours && file.firstReceivedBy === file.agency ? agencyUntil(file.form, file.filedOn) : null
  return (
    <>
      <SummaryList rows={[
        { key: '提起', value: <><DayText day={file.filedOn} />{file.firstReceivedBy && `（${file.firstReceivedBy}先收到）`}</> },
        ...(through ? [{ key: '原處分機關轉來', value: <>應於 <DayText day={through} /> 以前{file.form === 'statement' ? '移送' : '答辯或移送'}{dayOf(file.receivedAt) > through && <> <Tag tone="soon">已逾</Tag></>}<br /><span class="muted small">審議規則 §6 I</span></> }] : []),
        { key: '事由', value: grounds[file.ground] },
        { key: '處分', value: [file.dispositionNo, file.dispositionOn && rocDay(file.dispositionOn)].filter(Boolean).join('　') || '未填' },
        { key: inaction ? '機關處理期間' : '訴願期間', value: file.filingDueOn ? <><DayText day={file.filingDueOn} />　{inaction ? (late ? <Tag tone="done">已屆滿</Tag> : <Tag tone="danger">還沒屆滿</Tag>) : late ? <Tag tone={restored ? 'done' : 'danger'}>{restored ? '逾期，已准回復原狀' : '逾期提起'}</Tag> : <Tag tone="done">未逾期</Tag>}</> : '無法確定' },
        ...(file.restitution ? [{ key: '回復原狀', value: <>{{ asked: '已申請', granted: '准予', refused: '不准' }[file.restitution]}{file.restitutionAskedOn && <>　<DayText day={file.restitutionAskedOn} /> 申請</>}{file.restitutionUntil && <>，期限到 <DayText day={file.restitutionUntil} /></>}</> }] : []),
        { key: '住居地', value: file.residence ?? '未填' },
      ]} />
      {file.filingReasons.length > 0 && <Details summary="為什麼是這一天"><ul>{file.filingReasons.map((line) => <li key={line}>{line}</li>)}</ul></Details>}
    </>
  )
}

const laterSteps: Record<string, string> = { resolved: '訴願會決議', decided: '核定決定書' }

function History({ file, common }: { file: AppealFile; common: readonly CommonEvent[] }) {
  const items = file.history.toReversed().map((one) => ({
    when: rocDay(one.on), datetime: one.on, title: one.step in steps ? stepOf(one.step as StepId).label : (laterSteps[one.step] ?? one.step), by: one.by ?? undefined,
    detail: one.documentNo || one.note ? <>{one.documentNo && <p>{one.documentNo}</p>}{one.note && <Letter text={one.note} />}</> : undefined,
  }))
  return <Timeline items={withCommon([...items, { when: rocDay(dayOf(file.receivedAt)), datetime: dayOf(file.receivedAt), title: '收件' }], common)} />
}

export const routes = [get(`${listPath}/:name`, 'appeals.read', show)]
