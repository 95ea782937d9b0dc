import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import { type Day, rocLongDay } from '../../../core/time.ts'
import { Letter } from '../../../ui/components/law.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import type { Decision } from '../schema.ts'
import { outcomes } from '../schema.ts'
import './tables.ts'

export type DecisionForParty = { number: string; decidedOn: Day; decision: Decision; main: string; facts: string; reasons: string; remedy: string }

/** The decision as a party may read it: once an original was dispatched, never before. The caller has seen to it that it is their case. */
export async function findDecisionForParty(reader: Reader, caseId: number): Promise<DecisionForParty | null> {
  const { rows } = await sql<DecisionForParty>`select d.number, d.decided_on as "decidedOn", a.decision, d.main, d.facts, d.reasons, d.remedy
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
      <p class="muted">期間從您收到決定書正本起算，不是從{rocLongDay(decided.decidedOn)}起算（訴願法第 90 條）。</p>
    </>
  )
}
