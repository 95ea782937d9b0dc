import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { oneAtATime } from '../../app/core/database/embedded/one-at-a-time.ts'
import { atPage, sees, visit } from '../support/browser.ts'
import { fillIn, follow, type Kept, readKept } from './resident.ts'
import { makeDataFolder, removeDataFolder, runCommand, type Service, startService } from '../support/service.ts'

// An office of its own, without the demonstration: it is going to be hurt.
const dataFolder = makeDataFolder()
const env = { WINDLION_DEMO: '0', WINDLION_PROXY: '1' }
let service: Service

beforeAll(async () => {
  service = await startService({ dataFolder, env })
})

afterAll(async () => {
  await service?.stop()
  await removeDataFolder(dataFolder)
})

test('a second service on the same data folder refuses, and says who has it', async () => {
  const { code, stdout, stderr } = await runCommand(['serve'], { dataFolder, env: { ...env, PORT: '0' } })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(dataFolder)
  expect(stderr).toContain(`程序 ${service.pid}`)
  expect((await fetch(`${service.url}/healthz`)).status).toBe(200)
})

test('a service killed while residents file loses nothing it acknowledged, and the next one takes over the running database', async () => {
  const database = databasePid()
  const kept: Kept[] = []
  const closed = new AbortController()
  const residents = Array.from({ length: 4 }, async (_, who) => {
    for (let letter = 1; !closed.signal.aborted; letter++) {
      const filed = await fileByForm(service.url, `第 ${who + 1} 位的第 ${letter} 封信`, `10.9.${who}.${letter}`).catch(() => null)
      if (filed) kept.push(filed)
    }
  })
  await expect.poll(() => kept.length, { timeout: 60_000 }).toBeGreaterThan(7)
  await service.kill()
  closed.abort()
  await Promise.all(residents)

  expect(databasePid()).toBe(database)
  service = await startService({ dataFolder, env })
  expect(databasePid()).toBe(database)
  for (const [at, { followNo, code }] of kept.entries()) {
    const answer = await fetch(`${service.url}/petitions/follow`, { method: 'POST', redirect: 'manual', headers: from(service.url, `10.8.0.${at}`), body: new URLSearchParams({ number: followNo, code }) })
    expect({ followNo, to: answer.headers.get('location') }).toEqual({ followNo, to: `/petitions/follow/${followNo}` })
  }
  expect(await runCommand(['verify'], { dataFolder, env })).toMatchObject({ code: 0 })
})

test('while the database is away the page says so; what was typed is there when it is back', async () => {
  const page = await visit({ url: service.url })
  const letter = { title: '候車亭的燈壞了', body: '候車亭的燈壞了三天。', name: '示範學生', email: 'student@example.org' }
  await page.goto('/petitions/new')
  await fillIn(page, letter)
  const next = page.getByRole('button', { name: '下一步：看一遍再送出' })
  await whileDatabaseIsAway(async () => {
    await next.click()
    await atPage(page, '資料庫暫時連不上')
    await sees(page, '剛才的內容沒有存下來')
    expect((await fetch(`${service.url}/petitions/published`)).status).toBe(503)
  })
  await expect.poll(async () => (await fetch(`${service.url}/petitions/published`)).status, { timeout: 60_000 }).toBe(200)
  await page.goto('/petitions/new')
  await sees(page, '已放回您先前輸入')
  expect(await page.getByRole('textbox', { name: '內容', exact: true }).inputValue()).toBe(letter.body)
  await next.click()
  await page.getByRole('button', { name: '送出陳情' }).click()
  const kept = await readKept(page)
  await follow(page, kept)
  await atPage(page, letter.title)
})

test('a service that is told to stop takes its database along and starts again', async () => {
  await service.stop()
  expect(() => databasePid()).toThrow()
  service = await startService({ dataFolder, env })
  expect((await fetch(`${service.url}/petitions/published`)).status).toBe(200)
})

const postgres = join(dataFolder, 'postgres')

function databasePid(): number {
  return Number(readFileSync(join(postgres, 'cluster/postmaster.pid'), 'utf8').split('\n')[0])
}

/** The database dies; nobody can start it again until `work` is done. */
async function whileDatabaseIsAway(work: () => Promise<void>): Promise<void> {
  await oneAtATime(postgres, async () => {
    process.kill(databasePid(), 'SIGQUIT')
    await work()
  })
}

/** Files as a browser without script does; resolves once the office has given number and code. */
async function fileByForm(url: string, title: string, address: string): Promise<Kept> {
  const headers = from(url, address)
  const form = new FormData()
  const fields = { title, body: `${title}：路面有坑洞，請修補。`, name: '示範住戶', email: `${address}@example.org`, answerBy: 'mail', publishConsent: 'no' }
  for (const [name, text] of Object.entries(fields)) form.set(name, text)
  const draft = await fetch(`${url}/petitions/new`, { method: 'POST', body: form, headers, redirect: 'manual' })
  const cookie = draft.headers.getSetCookie().map((each) => each.split(';')[0]).join('; ')
  const check = await (await fetch(`${url}/petitions/new/check`, { headers: { ...headers, cookie } })).text()
  const token = /name="token" value="([^"]+)"/.exec(check)![1]!
  const sent = await fetch(`${url}/petitions/new/send`, { method: 'POST', body: new URLSearchParams({ token, _key: token }), headers: { ...headers, cookie }, redirect: 'manual' })
  if (sent.status !== 303) throw new Error(`status ${sent.status}`)
  const filed = await (await fetch(`${url}/petitions/filed`, { headers: { ...headers, cookie: sent.headers.getSetCookie().map((each) => each.split(';')[0]).join('; ') } })).text()
  const [followNo, code] = [...filed.matchAll(/<strong class="number nowrap">([\w-]+)<\/strong>/g)].map((match) => match[1]!)
  return { followNo: followNo!, code: code! }
}

/** Every resident has an address of their own, as behind a reverse proxy. */
const from = (url: string, address: string) => ({ origin: url, 'x-forwarded-for': address })
