import { sql } from 'kysely'
import { type Db, type Reader, write } from '../db.ts'
import { dayOf } from '../time.ts'
import { findNotes, openNote, parseVkey, signCheckpointNote, type VerifierKey, vkeyOf } from './note.ts'
import { record } from './record.ts'
import { recordKey } from './record-key.ts'
import { sealEvents } from './seal.ts'
import { rootAt, treeSize } from './tree.ts'
import type { ToldRoots } from './verify-events.ts'

export type SignedCheckpoint = { size: number; note: string; signedAt: Date }

/** The newest signed checkpoint; null before the first. The public connection may ask too. */
export async function latestCheckpoint(reader: Reader): Promise<SignedCheckpoint | null> {
  const found = await sql<SignedCheckpoint>`select size, note, signed_at as "signedAt" from windlion_public.checkpoints order by size desc limit 1`.execute(reader)
  return found.rows[0] ?? null
}

/** Seals what is open and signs the head, unless that was signed before. The key is told in the record before it signs for the first time. */
export async function signCheckpoint(db: Db): Promise<SignedCheckpoint> {
  await tellKey(db)
  await sealEvents(db)
  const size = await treeSize(db)
  const latest = await latestCheckpoint(db)
  if (latest && latest.size === size && openNote(latest.note, [parseVkey(vkeyOf(recordKey()))!])) return latest
  const root = await rootAt(db, size)
  // two at once sign the same; a head signed with a former key keeps that note
  await sql`insert into event_checkpoints (size, root, note) values (${size}, ${root}, ${signCheckpointNote(recordKey(), size, root)}) on conflict do nothing`.execute(db)
  return (await latestCheckpoint(db))!
}

async function tellKey(db: Db): Promise<void> {
  const vkey = vkeyOf(recordKey())
  const known = await sql`select from record_keys where vkey = ${vkey}`.execute(db)
  if (known.rows.length) return
  await write(db, async (tx, now) => {
    const taken = await sql`insert into record_keys (vkey) values (${vkey}) on conflict do nothing returning id`.execute(tx)
    if (taken.rows.length) await record(tx, { person: null, onBehalfOf: null, now, today: dayOf(now) }, 'record.key-taken', { payload: { vkey } })
  })
}

/** Verifier keys of this record, the first one first. */
export async function recordKeys(reader: Reader): Promise<{ vkey: string; takenAt: Date }[]> {
  const found = await sql<{ vkey: string; takenAt: Date }>`select vkey, taken_at as "takenAt" from windlion_public.record_keys order by id`.execute(reader)
  return found.rows
}

/** Every root that was told: our own signed checkpoints, reports, and the kept ones of `against`. What cannot be read is a difference at once. */
export async function toldRoots(db: Db, against: Kept = { notes: [], keys: [] }): Promise<{ told: ToldRoots; count: number; differences: string[] }> {
  const told: ToldRoots = new Map()
  const differences: string[] = []
  const tell = (size: number, one: { root: Buffer; orChain?: boolean; what: string }) => told.set(size, [...(told.get(size) ?? []), one])
  const keys = await knownKeys(db)
  const own = await sql<{ size: number; root: Buffer; note: string }>`select size, root, note from event_checkpoints order by size`.execute(db)
  for (const { size, root, note } of own.rows) {
    const opened = openNote(note, keys)
    if (!opened || opened.size !== size || !opened.root.equals(root)) differences.push(`第 ${size} 個事件的檢核點簽章不符`)
    if (size > 0) tell(size, { root, what: '簽過的檢核點' })
  }
  const reports = await sql<{ id: number; checkpoint: string }>`select id, checkpoint from reports where checkpoint is not null order by id`.execute(db)
  for (const { id, checkpoint } of reports.rows) {
    const [size, root] = checkpoint.split(':')
    if (Number(size) > 0) tell(Number(size), { root: Buffer.from(root!, 'hex'), orChain: true, what: `報告 ${id} 所載的檢核點` })
  }
  for (const note of against.notes) {
    const opened = openNote(note, against.keys.length ? against.keys : keys)
    const [origin, size] = note.split('\n')
    if (!opened) differences.push(`保存的檢核點（${origin}，${size}）不是以${against.keys.length ? '指定' : '本機關'}的金鑰簽署`)
    else if (opened.size > 0) tell(opened.size, { root: opened.root, what: '另處保存的檢核點' })
  }
  return { told, count: own.rows.length + reports.rows.length + against.notes.length, differences }
}

/** Checkpoints kept elsewhere, and the keys that must have signed them; no keys: those that this record told. */
export type Kept = { notes: string[]; keys: VerifierKey[] }

export async function knownKeys(reader: Reader): Promise<VerifierKey[]> {
  return (await recordKeys(reader)).flatMap(({ vkey }) => parseVkey(vkey) ?? [])
}

export { findNotes }
