import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import { type Day, rocLongDay } from '../../../core/time.ts'
import { Letter } from '../../../ui/components/law.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import type { Decision } from '../schema.ts'
import { outcomes } from '../schema.ts'
import { litigationUntil } from './served.ts'
import './tables.ts'

export type DecisionForParty = { number: string; decidedOn: Day; decision: Decision; main: string; facts: string; reasons: string; remedy: string; /** the originals of the parties whose service is known, the earliest first; no names */ served: { on: Day; kind: string | null }[]; originals: number }

/** The decision as a party may read it: once an original was dispatched, never before. The caller has seen to it that it is their case. */
export async function findDecisionForParty(reader: Reader, caseId: number): Promise<DecisionForParty | null> {
  const { rows } = await sql<DecisionForParty>`select d.number, d.decided_on as "decidedOn", a.decision, d.main, d.facts, d.reasons, d.remedy,
      coalesce((select jsonb_agg(jsonb_build_object('on', l.served_on, 'kind', l.service_kind) order by l.served_on, l.id) from appeal_letters l where l.case_id = d.id and l.kind = 'decision' and l.party_id is not null and l.served_on is not null), '[]') as served,
      (select count(*)::int from appeal_letters l where l.case_id = d.id and l.kind = 'decision' and l.party_id is not null) as originals
    from appeal_decisions d join appeals a on a.id = d.id where d.id = ${caseId} and a.dispatched_on is not null and a.decision is not null`.execute(reader)
  return rows[0] ?? null
}

/** For the page on which an appellant follows the case: periods run from the service of the original, not from here. */
export function DecisionOfCase({ decided }: { decided: DecisionForParty }) {
  return (
    <>
      <h2>訴願決定</h2>
      <SummaryList rows={[{ key: '文號', value: decided.number }, { key: '決定日期', value: <DayText day={decided.decidedOn} long /> }, { key: '決定', value: outcomes[decided.decision] }]} />
      <h3>主文</h3><Letter text={decided.main} serif />
      {decided.facts && <><h3>事實</h3><Letter text={decided.facts} serif /></>}
      <h3>理由</h3><Letter text={decided.reasons} serif />
      <p>{decided.remedy}</p>
      {decided.served.map(({ on, kind }, i) => <Served key={i} on={on} kind={kind} several={decided.originals > 1} />)}
      <p class="muted">期間從您收到決定書正本起算，不是從{rocLongDay(decided.decidedOn)}起算（訴願法第 90 條）。</p>
    </>
  )
}

/** The last day to sue by one original; of several the reader knows their own by its day. */
function Served({ on, kind, several }: { on: Day; kind: string | null; several: boolean }) {
  const until = litigationUntil(on, kind)
  return <p>{several ? '其中一份' : ''}決定書在 <DayText day={on} /> {kind ?? '送達'}{until && <>，提起行政訴訟到 <DayText day={until} weekday /> 為止（未扣除法院的在途期間）</>}。</p>
}
