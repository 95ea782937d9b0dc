import { sql } from 'kysely'
import type { Db, Reader } from '../db.ts'
import { NotFound } from '../errors.ts'
import { latestCheckpoint, recordKeys, signCheckpoint, type SignedCheckpoint } from './checkpoints.ts'
import { entryOf, eventText, type Seal, sealColumns } from './entry.ts'
import { consistencyRuns, inclusionRuns } from './merkle.ts'
import { hashesOf } from './tree.ts'

/** What anybody can check without us: entry → leaf hash → root, by the hashes → the signed checkpoint. */
export type EventProof = {
  /** text whose SHA-256, after a zero byte, is the leaf */
  entry: string
  /** c2sp.org/tlog-proof: index, inclusion proof of RFC 6962 §2.1.1, checkpoint */
  proof: string
}

export type RecordProof = { about: string; vkeys: string[]; checkpoint: string; events: EventProof[] }

const how = '每個事件：entry 的 UTF-8 位元組前加 0x00 取 SHA-256 為葉；依 proof 的 index 與各行（base64）照 RFC 6962 §2.1.1 算回根；根與 checkpoint 第三行相同，且 checkpoint 由 vkeys 之一以 Ed25519 簽署（c2sp.org/tlog-proof、tlog-checkpoint、signed-note）。'

type Sealed = Seal & { text: string }

const sealedEvents = (db: Db, condition: ReturnType<typeof sql>) =>
  sql<Sealed>`select ${sealColumns}, ${eventText} as text from event_seals s join events e on e.id = s.event_id where ${condition} order by s.seq`.execute(db)

/** All events of a case, against a checkpoint that covers them. */
export async function proveCase(db: Db, caseId: number): Promise<RecordProof> {
  const checkpoint = await signCheckpoint(db)
  const found = await sealedEvents(db, sql`e.case_id = ${caseId} and s.seq <= ${checkpoint.size}`)
  return proofOf(db, checkpoint, found.rows)
}

export async function proveEvent(db: Db, eventId: number): Promise<RecordProof> {
  const checkpoint = await signCheckpoint(db)
  const found = await sealedEvents(db, sql`e.id = ${eventId} and s.seq <= ${checkpoint.size}`)
  if (!found.rows.length) throw new NotFound(`找不到事件 ${eventId}，或它還沒有封存`)
  return proofOf(db, checkpoint, found.rows)
}

async function proofOf(db: Db, checkpoint: SignedCheckpoint, rows: Sealed[]): Promise<RecordProof> {
  const runs = rows.map((row) => inclusionRuns(row.seq - 1, checkpoint.size))
  const hashes = await hashesOf(db, runs.flat())
  let used = 0
  const events = rows.map((row, i) => {
    const own = hashes.slice(used, (used += runs[i]!.length)).map((one) => `${one.toString('base64')}\n`)
    return { entry: entryOf(row, row.text), proof: `c2sp.org/tlog-proof@v1\nindex ${row.seq - 1}\n${own.join('')}\n${checkpoint.note}` }
  })
  return { about: how, vkeys: (await recordKeys(db)).map((key) => key.vkey), checkpoint: checkpoint.note, events }
}

export type ConsistencyProof = { from: number; to: number; fromRoot: string; toRoot: string; hashes: string[] }

/** PROOF(from, D[to]) of RFC 6962 §2.1.2: the first `from` events are the beginning of the first `to`. The public connection may ask. Null where there are not so many, signed. */
export async function proveConsistency(reader: Reader, from: number, to: number): Promise<ConsistencyProof | null> {
  const latest = await latestCheckpoint(reader)
  if (!(from > 0 && from <= to && to <= (latest?.size ?? 0))) return null
  const [fromRoot, toRoot, ...hashes] = await hashesOf(reader, [{ from: 0, to: from }, { from: 0, to }, ...consistencyRuns(from, to)])
  return { from, to, fromRoot: fromRoot!.toString('base64'), toRoot: toRoot!.toString('base64'), hashes: hashes.map((one) => one.toString('base64')) }
}
