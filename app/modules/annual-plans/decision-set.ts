import { createHash, sign, verify } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../../core/db.ts'
import { parseVkey, vkeyOf } from '../../core/events/note.ts'
import { recordKey } from '../../core/events/record-key.ts'
import type { Proof } from '../../core/verify.ts'
import type { Day } from '../../core/time.ts'
import type { PinDecision } from './schema.ts'
import './tables.ts'

export type SetItem = { caseId: number; number: string; position: number; score: number | null; twd: number; computed: PinDecision; decision: PinDecision; reason: string }
export type NewSet = { roundId: number; year: number; kind: 'cut' | 'later'; ceilingTwd: number | null; meeting: string; meetingOn: Day; items: readonly SetItem[]; personId: number; at: Date }

/**
 * What is hashed and signed of a decision set: one line of JSON for the set, one for each proposal in the order of the list. Reasons stand as hashes, so that
 * they can be destroyed when the law wants it and the rest still proves itself.
 */
export function bodyOf(set: Pick<NewSet, 'year' | 'kind' | 'ceilingTwd' | 'meeting' | 'meetingOn'>, items: readonly Omit<SetItem, 'caseId'>[]): string {
  const head = JSON.stringify(['windlion-plan-decisions-1', set.year, set.kind, set.ceilingTwd, set.meeting, set.meetingOn])
  return [head, ...items.map((one) => JSON.stringify([one.position, one.number, one.score, one.twd, one.computed, one.decision, one.reason ? digest(one.reason).toString('hex') : '']))].join('\n') + '\n'
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Writes and signs a decision set with the record's Ed25519 key; gives its id and hash. */
export async function writeSet(tx: Tx, set: NewSet): Promise<{ id: number; sha256: string }> {
  const body = bodyOf(set, set.items)
  const key = recordKey()
  const { id } = await tx
    .insertInto('plan_cuts')
    .values({
      round_id: set.roundId, kind: set.kind, ceiling_twd: set.ceilingTwd, meeting: set.meeting, meeting_on: set.meetingOn, body, sha256: digest(body), signature: sign(null, Buffer.from(body), key.privateKey), vkey: vkeyOf(key),
      person_id: set.personId, decided_at: set.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (let at = 0; at < set.items.length; at += 500) {
    await tx.insertInto('plan_cut_items').values(set.items.slice(at, at + 500).map(({ caseId, position, score, twd, computed, decision, reason }) => ({ cut_id: id, case_id: caseId, position, score, twd, computed, decision, reason }))).execute()
  }
  return { id, sha256: digest(body).toString('hex') }
}

export type Signed = { body: string; sha256: Buffer; signature: Buffer; vkey: string }

/** The hash is that of the body, and the key it names has signed it. */
export function isGenuine({ body, sha256, signature, vkey }: Signed): boolean {
  const key = parseVkey(vkey)
  return key !== null && digest(body).equals(sha256) && verify(null, Buffer.from(body), key.publicKey, signature)
}

/** Every decision set: signed by a key of the record, and it is still what was signed, its head and every proposal, none gone and none added. */
export async function verifySets(db: Db): Promise<Proof> {
  const { rows } = await sql<Signed & Pick<NewSet, 'year' | 'kind' | 'ceilingTwd' | 'meeting' | 'meetingOn'> & { id: number; known: boolean; items: Omit<SetItem, 'caseId'>[] | null }>`
    select s.id, r.roc_year as year, s.kind, s.ceiling_twd as "ceilingTwd", s.meeting, s.meeting_on as "meetingOn", s.body, s.sha256, s.signature, s.vkey, exists (select from record_keys k where k.vkey = s.vkey) as known,
      (select jsonb_agg(jsonb_build_object('position', i.position, 'number', c.number, 'score', i.score, 'twd', i.twd, 'computed', i.computed, 'decision', i.decision, 'reason', i.reason) order by i.position) from plan_cut_items i join cases c on c.id = i.case_id where i.cut_id = s.id) as items
    from plan_cuts s join plan_rounds r on r.id = s.round_id order by s.id`.execute(db)
  const own = vkeyOf(recordKey())
  const differences = rows.flatMap((row) => {
    const name = `${row.year} 年度審定清單 ${row.id}`
    if (!isGenuine(row)) return [`${name} 的簽章不符`]
    if (!row.known && row.vkey !== own) return [`${name} 不是用本系統的金鑰簽的`]
    const [signed, kept] = [row.body.split('\n'), bodyOf(row, row.items ?? []).split('\n')]
    const lines = new Set(signed)
    const changed = kept.filter((line) => !lines.has(line)).map((line) => `${name} 的一列和簽章的內容不同：${line.slice(0, 60)}`)
    return kept.length === signed.length ? changed : [...changed, `${name} 有 ${kept.length - 2} 件，簽章的是 ${signed.length - 2} 件`]
  })
  return { what: '施政計畫審定清單', count: rows.length, differences }
}
