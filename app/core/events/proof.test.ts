import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePetition, useTestKeys } from '../../../test/support/makers.ts'
import { isConsistent, rootFromInclusion, sha256 } from '../../../test/support/outsider.ts'
import type { Db } from '../db.ts'
import { signCheckpoint } from './checkpoints.ts'
import { Edge, leafHash } from './merkle.ts'
import { findNotes, openNote, parseVkey, signCheckpointNote, signingKey, vkeyOf } from './note.ts'
import { proveCase, proveConsistency, proveEvent } from './proof.ts'
import { useRecordKey } from './record-key.ts'
import { rootAt } from './tree.ts'

let db: Db
let petition: number
beforeAll(async () => {
  useTestKeys()
  db = (await createTestDatabase()).db
  petition = (await makePetition(db, new Date('2021-05-03T10:00:00+08:00'))).id
  await sql`insert into events (kind, happened_at) select 'test.happened', recorded_now() from generate_series(1, 40)`.execute(db)
})

/** c2sp.org/signed-note and tlog-checkpoint */
function openCheckpoint(note: string, vkey: string): { size: number; root: Buffer } {
  const [, name, id, key] = /^([^+]+)\+([^+]+)\+(.+)$/.exec(vkey) as unknown as [string, string, string, string]
  const raw = Buffer.from(key, 'base64')
  expect(sha256(Buffer.from(`${name}\n`), raw).subarray(0, 4).toString('hex')).toBe(id)
  const [body, signatures] = [note.slice(0, note.indexOf('\n\n') + 1), note.slice(note.indexOf('\n\n') + 2)]
  const signature = Buffer.from(signatures.split('\n').find((line) => line.startsWith(`— ${name} `))!.split(' ')[2]!, 'base64')
  expect(signature.subarray(0, 4).toString('hex')).toBe(id)
  const publicKey = createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw.subarray(1)]), format: 'der', type: 'spki' })
  expect(verify(null, Buffer.from(body), publicKey, signature.subarray(4))).toBe(true)
  const [origin, size, root] = body.split('\n')
  expect(origin).toBe(name)
  return { size: Number(size), root: Buffer.from(root!, 'base64') }
}

test('the tree gives the roots of the published test vectors', () => {
  // the eight leaves that certificate-transparency's implementations share
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((text) => sha256(Buffer.of(0), Buffer.from(text, 'hex')))
  const edge = new Edge()
  expect(edge.root().toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  const roots = leaves.map((leaf) => (edge.add(leaf), edge.root().toString('hex')))
  expect(roots[0]).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
  expect(roots[7]).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328')
})

test('every event of a case is proved to somebody who trusts only the key', async () => {
  const proved = await proveCase(db, petition)
  expect(proved.events.length).toBeGreaterThan(1)
  const { size, root } = openCheckpoint(proved.checkpoint, proved.vkeys.at(-1)!)
  for (const { entry, proof } of proved.events) {
    const [head, note] = [proof.slice(0, proof.indexOf('\n\n')), proof.slice(proof.indexOf('\n\n') + 2)]
    const [title, index, ...path] = head.split('\n')
    expect([title, note]).toEqual(['c2sp.org/tlog-proof@v1', proved.checkpoint])
    const leaf = sha256(Buffer.of(0), Buffer.from(entry))
    expect(rootFromInclusion(leaf, Number(index!.split(' ')[1]), size, path.map((line) => Buffer.from(line, 'base64')))).toEqual(root)
    const changed = sha256(Buffer.of(0), Buffer.from(entry.replace('petition', 'Petition')))
    expect(rootFromInclusion(changed, Number(index!.split(' ')[1]), size, path.map((line) => Buffer.from(line, 'base64')))).not.toEqual(root)
  }
  const [event] = (await sql<{ id: number }>`select id from events where kind = 'test.happened' limit 1`.execute(db)).rows
  expect(JSON.parse((await proveEvent(db, event!.id)).events[0]!.entry)[4].slice(0, 2)).toEqual([event!.id, 'test.happened'])
  await expect(proveEvent(db, 999_999)).rejects.toThrow('找不到')
})

test('every earlier tree is proved to be the beginning of every later one', async () => {
  const { size } = await signCheckpoint(db)
  for (let to = 1; to <= size; to += 2) {
    for (let from = 1; from <= to; from += 7) {
      const proof = (await proveConsistency(db, from, to))!
      const hashes = proof.hashes.map((one) => Buffer.from(one, 'base64'))
      expect(isConsistent(from, to, await rootAt(db, from), await rootAt(db, to), hashes), `${from} of ${to}`).toBe(true)
      if (from < to) expect(isConsistent(from, to, leafHash('another'), await rootAt(db, to), hashes)).toBe(false)
    }
  }
  expect(await proveConsistency(db, 1, size + 1)).toBe(null)
  expect(await proveConsistency(db, 0, 1)).toBe(null)
})

test('a new key is told in the record, and what the former one signed stays good', async () => {
  const first = await signCheckpoint(db)
  useRecordKey(signingKey('test.invalid/windlion', generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')))
  const second = await signCheckpoint(db)
  expect(second.size).toBe(first.size + 1)
  const { vkeys } = await proveCase(db, petition)
  expect(vkeys).toHaveLength(2)
  expect(openCheckpoint(first.note, vkeys[0]!).size).toBe(first.size)
  expect(openCheckpoint(second.note, vkeys[1]!).size).toBe(second.size)
  useTestKeys()
})

test('notes are found in a text that holds many; only a known key opens them', () => {
  const key = signingKey('test.invalid/windlion', 'MC4CAQAwBQYDK2VwBCIEIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH')
  const [one, two] = [signCheckpointNote(key, 1, Buffer.alloc(32, 1)), signCheckpointNote(key, 2, Buffer.alloc(32, 2))]
  expect(findNotes(`${one}\n${two}`)).toEqual([one, two])
  expect(findNotes('a letter\nwith lines\n')).toEqual([])
  const vkey = parseVkey(vkeyOf(key))!
  expect(openNote(one, [vkey])).toEqual({ origin: 'test.invalid/windlion', size: 1, root: Buffer.alloc(32, 1) })
  expect(openNote(one.replace('\n1\n', '\n3\n'), [vkey])).toBe(null)
  expect(openNote(one, [])).toBe(null)
  expect(parseVkey(vkeyOf(key).replace(/\+.{8}\+/, '+00000000+'))).toBe(null)
})
