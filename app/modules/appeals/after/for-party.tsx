import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import { type Day, rocDay } from '../../../core/time.ts'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import '../decision/tables.ts'
import { claimOutcomes } from '../schema.ts'
import type { DecidedClaim } from './rules.ts'

/** One decision of the authority above the county. `claims`: position 0 is the whole appeal; `againUntil`: the last day of the period it set for a new act, counted from the county's receipt. */
export type AuthorityDecision = { authority: string; number: string; decidedOn: Day; claims: (DecidedClaim & { text: string | null })[]; againUntil: Day | null }

/** 上級機關決定 as the appellant may read it: outcome, number and days, no note of the office. The caller has seen to it that it is their case. Oldest first. */
export async function findAuthorityDecisions(reader: Reader, caseId: number): Promise<AuthorityDecision[]> {
  const { rows } = await sql<AuthorityDecision & { last: boolean }>`select s.authority, s.number, s.happened_on as "decidedOn", s.id = max(s.id) over () as last,
      (select jsonb_agg(jsonb_build_object('position', d.position, 'outcome', d.outcome, 'text', m.text) order by d.position)
        from jsonb_to_recordset(s.claims) as d(position int, outcome text) left join appeal_claims m on m.case_id = s.case_id and m.position = d.position) as claims,
      (select max(k.due_on) from case_clocks k where k.case_id = s.case_id and k.rule = 'appeal-remand-period') as "againUntil"
    from appeal_sequels s where s.case_id = ${caseId} and s.kind = 'authority-decision' order by s.id`.execute(reader)
  // a period belongs to the decision that ordered a new act; an older one was overtaken with its decision
  return rows.map(({ last, againUntil, ...one }) => ({ ...one, againUntil: last && one.claims.some(({ outcome }) => outcome === 'revoked' || outcome === 'ordered') ? againUntil : null }))
}

/** For the page on which an appellant follows the case: what was decided, what the county owes now, and the way to the court. */
export function AuthorityDecisions({ decided, agency }: { decided: readonly AuthorityDecision[]; agency: string }) {
  return (
    <>
      <h2>{decided.length > 1 ? '上級機關歷次的決定' : '上級機關的決定'}</h2>
      {decided.map((one) => (
        <section key={one.number + one.decidedOn} aria-label={`${one.authority} ${rocDay(one.decidedOn)} 的決定`}>
          <SummaryList rows={[
            { key: '決定機關', value: one.authority }, { key: '文號', value: one.number }, { key: '決定日期', value: <DayText day={one.decidedOn} long /> },
            ...one.claims.map(({ position, text, outcome }) => ({ key: position ? `第 ${position} 項` : '決定', value: <>{text && <>{text} </>}<Tag tone="done">{claimOutcomes[outcome]}</Tag></> })),
            ...(one.againUntil ? [{ key: `${agency}重新處理`, value: <>最晚 <DayText day={one.againUntil} weekday /></> }] : []),
          ]} />
        </section>
      ))}
      <p>決定書由決定機關寄給您。不服決定的，收到決定書的次日起二個月內可以向行政法院起訴，實際的期間和法院以決定書的教示為準（訴願法第 90 條）。</p>
    </>
  )
}
