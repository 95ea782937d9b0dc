import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { projectFolder } from '../config.ts'
import { readBackupNote } from '../core/database/backup.ts'
import { openDatabase } from '../core/database/embedded.ts'
import { noteOperation } from '../core/operation/operations.ts'
import { addDays, dayOf } from '../core/time.ts'
import { readOptions } from './options.ts'
import { onSystem } from './system.ts'

type Row = { what: string; here: string; restored: string; same: boolean }

/**
 * `drill [--in FOLDER]`: backs up, restores into a scratch place with a database of its own, and compares rows, record, documents and figures,
 * by the very commands that an emergency needs. Prints a table; exit 1 on a difference. The scratch place goes again.
 */
export async function drillCommand(args: string[]): Promise<number> {
  const { given } = readOptions(args, { in: 'text' })
  const scratch = await mkdtemp(join(given.in ?? tmpdir(), 'windlion-drill-'))
  await chmod(scratch, 0o755) // the database's own user must be able to pass; what lies in it is closed
  const started = Date.now()
  try {
    const rows = await compare(scratch)
    for (const { what, here, restored, same } of rows) process.stdout.write(`${same ? '相同' : '不同'}　${what}　${here}${same ? '' : `　還原後 ${restored}`}\n`)
    const different = rows.filter((row) => !row.same).length
    const seconds = Math.round((Date.now() - started) / 1000)
    await onSystem(async ({ db }) => (await noteOperation(db, 'drill', different === 0, { compared: rows.length, different, seconds }), 0))
    process.stdout.write(different ? `還原演練發現 ${different} 處不同\n` : `還原演練完成，${rows.length} 項全部相同，費時 ${seconds} 秒\n`)
    return different ? 1 : 0
  } finally {
    await removeScratch(scratch)
  }
}

async function compare(scratch: string): Promise<Row[]> {
  const [backup, keys, data] = ['backup', 'keys', 'data'].map((name) => join(scratch, name)) as [string, string, string]
  const there = { WINDLION_DATA: data, DATABASE_URL: '', DATABASE_OWNER_URL: '', WINDLION_CHECKPOINTS: '' }
  await must(await windlion(['backup', backup, '--keys', keys]))
  const note = await readBackupNote(backup)
  await must(await windlion(['restore', backup, '--keys', keys], there))
  const verified = await windlion(['verify'], there)
  const counts = await countRows(data)
  const period = ['--from', addDays(dayOf(new Date(note.madeAt)), -365), '--to', dayOf(new Date(note.madeAt)), '--as-of', note.madeAt, '--format', 'json']
  const [figuresHere, figuresThere] = [await windlion(['report', ...period]), await windlion(['report', ...period], there)]
  const proofs = verified.stdout.trim().split('\n').slice(0, -1).map((line) => line.split('　'))
  return [
    // the restore itself adds one line to the operations
    ...Object.entries(note.rows).filter(([table]) => table !== 'windlion.operations').map(([table, count]) => rowOf(`列數 ${table.replace('windlion.', '')}`, count, counts.get(table) ?? 0)),
    ...proofs.map(([result, what, count]) => ({ what: `查驗 ${what}`, here: count ?? '', restored: result ?? '', same: result === '相符' })),
    ...compareFigures(figuresHere.stdout, figuresThere.stdout),
  ]
}

const rowOf = (what: string, here: unknown, restored: unknown): Row => {
  const [a, b] = [here, restored].map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))) as [string, string]
  return { what, here: a, restored: b, same: a === b }
}

/** Of two `report --format json`: each figure that has a value in one of them, and how many have none. */
export function compareFigures(here: string, there: string): Row[] {
  const [a, b] = [here, there].map((text) => (JSON.parse(text) as { figures: Record<string, { value: unknown }> }).figures) as [Record<string, { value: unknown }>, Record<string, { value: unknown }>]
  const ids = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  const rows = ids.map((id) => rowOf(`指標 ${id}`, a[id]?.value ?? null, b[id]?.value ?? null))
  return [...rows.filter(({ here, same }) => here !== 'null' || !same), rowOf('指標 沒有資料的', rows.filter(({ here }) => here === 'null').length, rows.filter(({ restored }) => restored === 'null').length)]
}

async function countRows(dataFolder: string): Promise<Map<string, number>> {
  const database = await openDatabase({ dataDir: dataFolder })
  const client = new pg.Client({ connectionString: database.url })
  try {
    await client.connect()
    const tables = await client.query<{ name: string }>(`select schemaname || '.' || tablename as name from pg_tables where schemaname in ('windlion', 'windlion_history')`)
    const counts = new Map<string, number>()
    for (const { name } of tables.rows) counts.set(name, (await client.query<{ n: number }>(`select count(*) as n from ${name.split('.').map((part) => `"${part}"`).join('.')}`)).rows[0]!.n)
    return counts
  } finally {
    await client.end()
    await database.close()
  }
}

type Answer = { code: number | null; stdout: string; stderr: string }

function windlion(args: string[], more: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(projectFolder, 'bin', 'windlion'), args, { env: { ...process.env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] })
    const answer: Answer = { code: null, stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (answer.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (answer.stderr += text))
    child.once('error', reject)
    child.once('close', (code) => resolve({ ...answer, code }))
  })
}

async function must({ code, stderr }: Answer): Promise<void> {
  if (code !== 0) throw new Error(`演練中斷：${stderr.trim()}`)
}

/** Also the database, where it had to lie elsewhere. */
async function removeScratch(scratch: string): Promise<void> {
  const pointer = await readFile(join(scratch, 'data', 'postgres.json'), 'utf8').catch(() => null)
  if (pointer) await rm((JSON.parse(pointer) as { location: string }).location, { recursive: true, force: true })
  await rm(scratch, { recursive: true, force: true })
}
