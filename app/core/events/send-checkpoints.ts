import { open } from 'node:fs/promises'
import { sql } from 'kysely'
import { type Db, type Reader, write } from '../db.ts'
import { WrongUse } from '../errors.ts'
import { defineJob, later } from '../jobs/jobs.ts'
import { queueMail } from '../mail/outbox.ts'
import { placeName } from './checkpoint-places.ts'
import { signCheckpoint } from './checkpoints.ts'

let places: string[] = []

/** WINDLION_CHECKPOINTS. Call once at start. */
export function useCheckpointPlaces(given: string[]): void {
  places = given
}

export const checkpointPlaces = (): string[] => places.map(placeName)

/** Every hour in which something happened, the signed head goes to each place; one that cannot be reached keeps no other waiting. */
export const sendCheckpoints = defineJob({
  name: 'record.send-checkpoints',
  as: 'system',
  title: '把檢核點送往其他地方',
  every: '7 * * * *',
  run: async (db) => {
    if (!places.length) return
    const { size } = await signCheckpoint(db)
    const sent = new Map((await checkpointCopies(db)).map((copy) => [copy.place, copy.size]))
    const behind = checkpointPlaces().filter((place) => (sent.get(place) ?? 0) < size)
    await write(db, async (tx) => {
      for (const place of behind) await later(tx, sendCheckpoint, { place }, { once: place })
    })
  },
})

/** Sends the newest head to one place and notes it. Twice does no harm: the same checkpoint again. */
export const sendCheckpoint = defineJob<{ place: string }>({
  name: 'record.send-checkpoint',
  as: 'system',
  title: '送檢核點',
  retries: 12,
  run: async (db, { place }) => {
    const address = places.find((one) => placeName(one) === place)
    if (!address) return // no longer wanted
    const { size, note } = await signCheckpoint(db)
    await deliver(db, address, note)
    await sql`insert into checkpoint_copies (place, size) values (${place}, ${size}) on conflict (place) do update set size = excluded.size, sent_at = clock_timestamp()`.execute(db)
  },
})

async function deliver(db: Db, address: string, note: string): Promise<void> {
  if (address.startsWith('mailto:')) await deliverByMail(db, address.slice('mailto:'.length), note)
  else if (/^https?:/.test(address)) await deliverByPost(address, note)
  else await appendTo(address, note)
}

/** Notes one after another, oldest first, as `verify --against` reads them. */
async function appendTo(path: string, note: string): Promise<void> {
  const file = await open(path, 'a', 0o644).catch((cause: Error) => {
    throw new WrongUse(`檢核點無法寫入 ${path}：${cause.message}`)
  })
  try {
    await file.writeFile(`${note}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function deliverByMail(db: Db, to: string, note: string): Promise<void> {
  const text = `這是本機關業務紀錄的檢核點，請保存這封信。日後可用 bin/windlion verify --against 檔案 查驗這之前的紀錄有沒有被改寫。\n\n${note}`
  await write(db, (tx) => queueMail(tx, { to, subject: `紀錄檢核點 ${note.split('\n')[1]}`, text, purpose: 'record.checkpoint' }))
}

async function deliverByPost(address: string, note: string): Promise<void> {
  const { username, password } = new URL(address)
  const bare = new URL(address)
  bare.username = bare.password = ''
  const authorization: Record<string, string> = username ? { authorization: `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}` } : {}
  const answer = await fetch(bare, { method: 'POST', redirect: 'error', headers: { 'content-type': 'text/plain; charset=utf-8', ...authorization }, body: note, signal: AbortSignal.timeout(30_000) })
  await answer.body?.cancel()
  if (!answer.ok) throw new Error(`${placeName(address)} 回應 ${answer.status}`)
}

/** The last checkpoint that reached each place, also places no longer asked for. */
export async function checkpointCopies(reader: Reader): Promise<{ place: string; size: number; sentAt: Date }[]> {
  const found = await sql<{ place: string; size: number; sentAt: Date }>`select place, size, sent_at as "sentAt" from checkpoint_copies order by place`.execute(reader)
  return found.rows
}
