import type { AppealFile } from '../queries.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import { holds, may } from '../../../core/identity/permissions.ts'
import { MeetingLines } from '../../../core/committees/pages/meetings-card.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { resultName } from '../after/page.tsx'
import { sequelKinds } from '../after/rules.ts'
import { nameOf } from '../appeal.ts'
import { hearing } from '../committee/hearing.ts'
import { decisionPath, draftPath, publishedPath, publishPath, reviewPath, sequelsPath } from '../paths.ts'
import { outcomes } from '../schema.ts'
import type { Proceedings } from './queries.ts'

/** The committee's side of a case, as far as this person may see it: drafts and meetings are the law section's (訴願法 §51). */
export function DecisionCard({ file, person, proceedings }: { file: AppealFile; person: Person; proceedings: Proceedings }) {
  const { reviews, draft, decided, meetings, sequels, published } = proceedings
  const name = nameOf(file)
  const inside = holds(person, 'appeals.committee')
  const mayApprove = may(person, 'appeals.approve', { unitId: file.unitId, officerId: file.officerId })
  const atWork = file.stage === 'review' || file.stage === 'committee'
  // against the county itself: the ministry decides, and what it decided is kept here
  const own = file.agencyKind === 'county' && file.stage === 'closed' && !decided
  if (!decided && !(inside && own) && !(inside && (atWork || meetings.length)) && !(mayApprove && draft?.resolvedOn)) return null
  const given = reviews.filter(({ opinion }) => opinion).length
  return (
    <Card title="訴願會與決定" id="decision">
      <ul class="stack">
        {inside && !decided && !own && <li><a href={draftPath(name)}>擬處意見</a>　<span class="muted small">{draft ? '已擬' : '還沒有'}</span></li>}
        {inside && file.stage === 'committee' && <li><a href={reviewPath(name)}>委員審查</a>　<span class="muted small">{reviews.length ? `${given}／${reviews.length} 份意見` : '還沒有分案'}</span></li>}
        {inside && <MeetingLines hearing={hearing} meetings={meetings} />}
        {(inside || mayApprove) && !decided && draft?.resolvedOn && <li><a href={decisionPath(name)}>決定書待核定</a>　<DayText day={draft.resolvedOn} /> 決議</li>}
        {decided && <li><a href={decisionPath(name)}>訴願決定書 {decided.number}</a>　<DayText day={decided.decidedOn} />　{file.decision && outcomes[file.decision]}</li>}
        {inside && decided && file.dispatchedOn && <li>{published ? <><a href={publishedPath(name)}>公開的版本</a>　<a href={publishPath(name)}>更新或下架</a></> : <a href={publishPath(name)}>公開去識別化的版本</a>}</li>}
        {(decided || own) && sequels.map((one) => <li key={one.id}>{sequelKinds[one.kind]}　<DayText day={one.happenedOn} />　<span class="muted small">{one.kind === 'compliance' ? one.note : `${one.authority}：${resultName(one)}`}</span></li>)}
        {inside && (decided || own) && file.stage === 'closed' && <li><a href={sequelsPath(name)}>{own ? '上級機關決定、行政訴訟' : '行政訴訟、再審、處理情形'}</a></li>}
      </ul>
    </Card>
  )
}
