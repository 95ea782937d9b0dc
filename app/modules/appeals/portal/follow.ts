import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Db, Reader } from '../../../core/db.ts'
import { attachDocument, storeDocument } from '../../../core/documents/store.ts'
import { done, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { cleanText } from '../../../core/filing/clean.ts'
import { isFollowCode, levelNumberOf } from '../../../core/filing/follow-code.ts'
import type { Day } from '../../../core/time.ts'
import { type DecisionForParty, findDecisionForParty } from '../decision/for-party.tsx'
import { lockById } from '../appeal.ts'
import { type AuthorityDecision, findAuthorityDecisions } from '../after/for-party.tsx'
import { type AgencyKind, caseKind, type ClaimOutcome, type Ground, type LetterKind, numberPrefix, type Outcome, type PaperKind, type Stage } from '../schema.ts'
import { type AppealState, refuseStep, type StepId } from '../steps.ts'
import { perform, reindex } from '../take-step.ts'
import { files } from './file.ts'

/** The appeal of a number and its code, or null: the same answer, in the same time, whether number or code is wrong. */
export async function findByCode(db: Db, number: string | undefined, code: string | undefined): Promise<{ id: number; followNo: string } | null> {
  const name = levelNumberOf(numberPrefix, number) ?? ''
  const row = (await sql<{ id: number; followNo: string; hash: Buffer | null }>`select c.id, c.follow_no as "followNo", a.follow_code_hash as hash from cases c join appeals a on a.id = c.id
    where c.kind = ${caseKind} and ${name} in (c.number, c.follow_no)`.execute(db)).rows[0]
  const fits = isFollowCode(row?.hash ?? null, code ?? '')
  return row && fits ? { id: row.id, followNo: row.followNo } : null
}

/** What the appellant may see: never a colleague's name, a note, or what is not decided and dispatched. */
export type Followed = {
  id: number; number: string | null; followNo: string; title: string; stage: Stage; outcome: Outcome | null; ground: Ground; agency: string; authority: string; ours: boolean; filedOn: Day; filingDueOn: Day | null; filingReasons: string[]; restitution: AppealState['restitution']; dueOn: Day | null; explanation: string[]; because: string | null; signed: boolean
  correctionUntil: Day | null; supplementUntil: Day | null; agencyKind: AgencyKind; agencyReply: string | null; decidedOn: Day | null; dispatchedOn: Day | null
  claims: { text: string; outcome: ClaimOutcome | null }[]
  decision: DecisionForParty | null
  /** what the ministry decided of an appeal against the county itself, the last one last */
  byAuthority: AuthorityDecision[]
  papers: { kind: PaperKind; text: string; on: Day }[]
  letters: { kind: LetterKind; on: Day | null; text: string }[]
  files: { id: number; name: string; kind: string; bytes: number; sha256: string; mediaType: string }[]
}

export async function findFollowed(reader: Reader, followNo: string): Promise<Followed | null> {
  const { rows } = await sql<Omit<Followed, 'decision' | 'byAuthority'>>`
    select c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.outcome, a.agency, a.agency_kind as "agencyKind", a.authority, a.ours, a.ground, a.filing_due_on as "filingDueOn", a.filing_reasons as "filingReasons", a.restitution, a.filed_on as "filedOn", c.due_on as "dueOn", coalesce(k.explanation, '{}') as explanation, k.because, a.signed,
      a.correction_until as "correctionUntil", (select max(x.due_on) from case_clocks x where x.case_id = c.id and x.rule = 'appeal-supplement-30d') as "supplementUntil", a.agency_reply as "agencyReply",
      case when a.dispatched_on is not null then a.decided_on end as "decidedOn", a.dispatched_on as "dispatchedOn",
      coalesce((select jsonb_agg(jsonb_build_object('text', m.text, 'outcome', case when a.dispatched_on is not null then m.outcome end) order by m.position) from appeal_claims m where m.case_id = c.id), '[]') as claims,
      coalesce((select jsonb_agg(jsonb_build_object('kind', w.kind, 'text', w.text, 'on', w.received_on) order by w.id) from appeal_papers w where w.case_id = c.id and w.kind <> 'transcript'), '[]') as papers,
      coalesce((select jsonb_agg(jsonb_build_object('kind', l.kind, 'on', l.sent_on, 'text', l.text) order by l.id) from appeal_letters l where l.case_id = c.id and l.party_id is not null and l.sent_on is not null and l.kind <> 'decision'), '[]') as letters,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name, 'kind', d.kind, 'bytes', o.size, 'sha256', encode(o.sha256, 'hex'), 'mediaType', o.media_type) order by d.id)
        from case_documents d join documents o on o.id = d.document_id where d.case_id = c.id and d.kind in ('attachment', 'supplement')), '[]') as files
    from cases c join appeals a on a.id = c.id left join case_clocks k on k.case_id = c.id and k.main where c.kind = ${caseKind} and c.follow_no = ${followNo}`.execute(reader)
  return rows[0] ? { ...rows[0], decision: await findDecisionForParty(reader, rows[0].id), byAuthority: await findAuthorityDecisions(reader, rows[0].id) } : null
}

/** What an appellant may send in after filing, with the step that it is; `withdraw`, `restitution` and `correction` the law section records when it is sure who asks, since when the cause is over, or that what was missing is there (a text is no signature). */
export const sendable = {
  reasons: { label: '補充理由', paper: 'reasons', step: 'reasons' },
  correction: { label: '補正', paper: 'correction', step: null },
  appeal: { label: '補送訴願書', paper: 'appeal', step: 'petition-received' },
  hearing: { label: '申請陳述意見或言詞辯論', paper: 'other', step: 'ask-hearing' },
  inspection: { label: '請求閱卷', paper: 'other', step: 'ask-inspection' },
  restitution: { label: '申請回復原狀', paper: 'restitution', step: null },
  withdraw: { label: '撤回訴願', paper: 'other', step: null },
} as const satisfies Record<string, { label: string; paper: PaperKind; step: StepId | null }>
export type Sendable = keyof typeof sendable

/** What may be sent now, for the form. */
export function sendableNow(stage: Stage, { corrects, late }: { /** a correction was asked for */ corrects: boolean; /** filed too late, and not restored */ late: boolean }): Sendable[] {
  if (stage === 'closed') return []
  return (Object.keys(sendable) as Sendable[]).filter((kind) => (kind === 'correction' ? corrects : kind === 'restitution' ? late && stage !== 'decided' : kind === 'appeal' ? stage === 'statement' : kind === 'reasons' ? stage !== 'statement' && stage !== 'decided' : kind === 'hearing' || kind === 'inspection' ? stage !== 'decided' && stage !== 'filed' : true))
}

const Send = z.object({
  id: z.number().int(),
  kind: z.enum(Object.keys(sendable) as [Sendable, ...Sendable[]], { error: '請選擇要送什麼' }),
  text: z.string().optional().transform(cleanText).pipe(z.string().min(2, '請寫下內容').max(100_000, '最多 100,000 個字')),
  files,
})

/** Something further from the appellant, for a browser that has shown the code: it is received now, and the clocks follow as if it had come on paper. */
export const sendPaper = act('appeals.send-paper', Send, async (tx, ctx, input) => {
  const appeal = await lockById(tx, input.id)
  if (appeal.stage === 'closed') return refusal('appeal.closed', '這件已經結案')
  const { step, paper, label } = sendable[input.kind]
  for (const file of input.files) {
    const stored = await storeDocument(tx, file.bytes, file.mediaType)
    await attachDocument(tx, { caseId: appeal.id, documentId: stored.id, name: file.name, kind: 'supplement' })
  }
  const opens = step !== null && refuseStep(step, appeal as AppealState, ctx.today) === null
  // a paper that a step keeps is kept by it, as one of its own kind
  const keeps = paper === 'reasons' || paper === 'correction' || paper === 'appeal' || paper === 'restitution'
  if (!opens || !keeps) {
    await tx.insertInto('appeal_papers').values({ case_id: appeal.id, kind: paper, text: keeps ? input.text : `${label}\n${input.text}`, received_on: ctx.today }).execute()
    await reindex(tx, appeal.id)
  }
  if (opens) await perform(tx, ctx, step, appeal, { on: ctx.today, note: keeps ? undefined : input.text, ...(keeps ? { paper: input.text } : {}) })
  else await record(tx, ctx, 'appeal.paper-received', { caseId: appeal.id, payload: { kind: input.kind } })
  return done({ opens })
}, { by: 'public' })
