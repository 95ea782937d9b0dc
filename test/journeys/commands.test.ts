import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { openDatabase } from '../../app/core/database/embedded.ts'
import { office } from '../support/office.ts'
import { runCommand } from '../support/service.ts'

// The service runs on this data folder meanwhile, as it may.

const period = ['--from', '110-04-01', '--to', '110-09-30', '--status-on', '110-10-31']
const run = async (...args: string[]) => runCommand(args, await office())

/** Rows of a table as the command prints it, without the header. */
async function rowsOf(...args: string[]): Promise<string[][]> {
  const { code, stdout, stderr } = await run(...args)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout.trimEnd().split('\n').slice(1).map((line) => line.split('\t'))
}

test('the report of the first half of the fiscal year has 407 received, 405 closed, 99.51 %', async () => {
  const { code, stdout } = await run('report', ...period, '--format', 'json')
  expect(code).toBe(0)
  const report = JSON.parse(stdout)
  expect(report).toMatchObject({ period: { from: '2021-04-01', to: '2021-09-30' }, statusOn: '2021-10-31', checkpoint: expect.anything() })
  expect(report.figures).toMatchObject({
    'petitions.received': { value: 407, source: 'cases', unit: '件' },
    'petitions.closed': { value: 405, source: 'cases' },
    'petitions.closed_rate': { value: 0.9951, numerator: 405, denominator: 407, source: 'cases' },
  })
  const sources = Object.values<{ value: unknown; source: string }>(report.figures)
  expect(sources.length).toBeGreaterThan(15)
  for (const figure of sources.filter(({ source }) => source === 'none')) expect(figure.value).toBeNull()
})

test('the figure opens to exactly the cases it counts', async () => {
  const cases = await rowsOf('figure', 'petitions.closed', ...period, '--cases')
  expect(cases).toHaveLength(405)
  expect(new Set(cases.map(([number]) => number)).size).toBe(405)
})

test('its parts by unit, township, month and channel add up to it', async () => {
  for (const by of ['unit', 'township', 'month', 'channel']) {
    const parts = await rowsOf('figure', 'petitions.closed', ...period, '--by', by)
    expect(parts.length, by).toBeGreaterThan(1)
    expect(parts.reduce((sum, [, value]) => sum + Number(value), 0), by).toBe(405)
  }
})

test('fewer were closed by the last day of the period, and fewer still were known then', async () => {
  const [[, byThen]] = await rowsOf('figure', 'petitions.closed', '--from', '110-04-01', '--to', '110-09-30') as [[string, string]]
  const [[, asKnown]] = await rowsOf('figure', 'petitions.received', '--from', '110-04-01', '--to', '110-09-30', '--as-of', '110-09-30') as [[string, string]]
  expect(Number(byThen)).toBeLessThan(405)
  expect(Number(asKnown)).toBeLessThan(407)
})

test('what cannot be is said in one sentence, with the code for wrong use', async () => {
  const wrong: [string[], RegExp][] = [
    [['figure', 'petitions.nothing', ...period], /petitions\.nothing/],
    [['figure', 'petitions.closed', '--from', '110-02-30', '--to', '110-09-30'], /110-02-30/],
    [['figure', 'petitions.closed', '--to', '110-09-30'], /--from/],
    [['nothing'], /nothing/],
  ]
  for (const [args, sentence] of wrong) {
    const { code, stdout, stderr } = await run(...args)
    expect({ code, stdout }, args.join(' ')).toEqual({ code: 2, stdout: '' })
    expect(stderr, args.join(' ')).toMatch(sentence)
    expect(stderr).not.toMatch(/\n\s+at /)
  }
})

test('verify passes, names a row and an event changed behind the back, and passes again when they are put right', async () => {
  expect(await run('verify')).toMatchObject({ code: 0, stdout: expect.stringContaining('全部相符') })
  const [[name]] = await rowsOf('figure', 'petitions.closed', ...period, '--cases') as [[string]]
  const rename = (from: string, to: string) => behindTheBack(`update windlion.events set kind = '${to}' where id = (select min(id) from windlion.events where kind = '${from}')`)
  await behindTheBack(`update windlion.cases set closed_at = closed_at - interval '1 day' where number = $1`, name)
  await rename('petition.filed', 'petition.field')
  const { code, stdout, stderr } = await run('verify')
  await behindTheBack(`update windlion.cases set closed_at = closed_at + interval '1 day' where number = $1`, name)
  await rename('petition.field', 'petition.filed')
  expect(code).toBe(1)
  expect(stdout + stderr).toContain(name)
  expect(stdout + stderr).toMatch(/事件/)
})

test('a case is proved to an outsider, and the record is compared with a checkpoint that somebody kept', async () => {
  const [[name]] = await rowsOf('figure', 'petitions.closed', ...period, '--cases') as [[string]]
  const { events, checkpoint } = JSON.parse((await run('proof', name)).stdout) as { events: { entry: string; proof: string }[]; checkpoint: string }
  expect(events.length).toBeGreaterThan(2)
  const size = Number(checkpoint.split('\n')[1])
  const kept = join((await office()).dataFolder, 'kept.txt')
  writeFileSync(kept, checkpoint)
  const first = events[0]!.entry.split(', ')[1]
  await behindTheBack(`update windlion.event_seals set leaf = sha256(leaf) where seq = $1`, first!)
  const { code, stderr } = await run('verify', '--against', kept)
  await behindTheBack(`update windlion.event_seals set leaf = sha256('\\x00'::bytea || convert_to($1, 'UTF8')) where seq = ${first}`, events[0]!.entry)
  expect(code).toBe(1)
  expect(stderr).toContain(`封存序號 ${first}）被竄改`)
  expect(stderr).toContain('另處保存的檢核點')
  // what the tests above changed and put right is right again, too
  expect(await run('verify', '--against', kept)).toMatchObject({ code: 0 })

  const answer = await fetch(`${(await office()).url}/checkpoint/consistency?from=${size}&to=${size}`)
  expect(await answer.json()).toMatchObject({ from: size, to: size, toRoot: checkpoint.split('\n')[2], hashes: [] })
  expect((await fetch(`${(await office()).url}/checkpoint/consistency?from=1&to=999999999`)).status).toBe(404)
})

/** As somebody with the database's own key would do it: past triggers, leaving no version. */
async function behindTheBack(statement: string, ...values: string[]): Promise<void> {
  const database = await openDatabase({ dataDir: (await office()).dataFolder })
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query('set session_replication_role = replica')
  const { rowCount } = await client.query(statement, values)
  await client.end()
  await database.close()
  expect(rowCount).toBe(1)
}

test('a restore drill finds rows, record, documents and figures equal, while the service runs', { timeout: 480_000 }, async () => {
  const { code, stdout, stderr } = await run('drill')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/相同　列數 cases　\d+/)
  expect(stdout).toMatch(/相同　查驗 定稿報告的數字/)
  expect(stdout).toMatch(/相同　指標 petitions\.closed_all/)
  expect(stdout).not.toContain('不同　')
})
