// The annual plan's cut-line with 2,000 proposals in chromium: the handle is dragged by the mouse, and every step's numbers are those the server gives for the
// same ceiling. Counts the requests while it is dragged (there should be none), and times a step in the page: the recompute with style and layout, and until the
// next frame could be drawn. Beside it an empty step of the same page, so that the machine's own share can be seen. Prints JSON.   cut-line.ts [PROPOSALS [STEPS]]
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openDatabase } from '../app/core/database/embedded.ts'
import { migrate } from '../app/core/database/migrate.ts'
import { connect, type Db } from '../app/core/db.ts'
import { tokenHash } from '../app/core/identity/sessions.ts'
import { buildServer, sessionCookie } from '../app/core/web/server.ts'
import { projectFolder } from '../app/config.ts'
import { decisionsAt, findRanked } from '../app/modules/annual-plans/cut.ts'
import { makeProposals } from '../app/modules/annual-plans/proposals-for-tests.ts'
import { modules } from '../app/modules.ts'
import { declareModules } from '../app/start.ts'
import { ensureBuilt, openBrowser } from '../app/ui/showcase/browser.ts'
import { makePerson, makeUnit, useTestKeys } from '../test/support/makers.ts'

const [proposals, steps] = [Number(process.argv[2] ?? 2000), Number(process.argv[3] ?? 200)]
const year = 130
const folder = mkdtempSync(join(tmpdir(), 'windlion-cut-'))
chmodSync(folder, 0o755)
await ensureBuilt()
const embedded = await openDatabase({ dataDir: folder })
const connection = connect(embedded.url)
const browser = await openBrowser()
try {
  console.log(JSON.stringify(await measure(connection.db), null, 2))
} finally {
  await browser.close()
  await connection.close()
  await embedded.close()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)

async function measure(db: Db) {
  await migrate(db)
  declareModules()
  useTestKeys()
  const admin = await makeUnit(db, '行政處')
  const units = [admin]
  for (let i = 1; i < 25; i += 1) units.push(await makeUnit(db, `示範局處 ${i}`))
  const round = await makeProposals(db, { year, count: proposals, unitIds: units })
  const section = await makePerson(db, '吳研考', 'control', admin)
  const app = await buildServer({ db, publicDb: db, site: { county: '示範縣政府', demo: true, publicUrl: undefined }, routes: modules.flatMap((module) => module.routes), publicFolder: `${projectFolder}/public`, behindProxy: false, logLevel: 'silent' })
  const base = await app.listen({ port: 0, host: '127.0.0.1' })
  const token = randomBytes(32).toString('base64url')
  await db.insertInto('sessions').values({ token_hash: tokenHash(token), person_id: section.person.id, expires_at: new Date(Date.now() + 3_600_000), label: null }).execute()
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-TW' })
  await context.addCookies([{ name: sessionCookie, value: token, url: base }])
  const page = await context.newPage()
  await page.addInitScript('globalThis.__name = (of) => of') // tsx names functions, in the page too
  let requests = 0
  page.on('request', () => { requests += 1 })
  const begun = performance.now()
  await page.goto(`${base}/console/annual-plans/${year}/cut`)
  await page.locator('#ceiling-slider').waitFor()
  const openedMs = Math.round(performance.now() - begun)
  await page.waitForLoadState('networkidle')
  const rows = await page.locator('[data-cut-rows] tbody tr').count()
  requests = 0
  const dragged = await drag(page, async (ceiling) => (await decisionsAt(db, round, ceiling)).filter(({ decision }) => decision === 'in').length)
  const times = await timeSteps(page)
  const found = { proposals: (await findRanked(db, round)).length, rows, openedMs, dragged, requestsWhileDragged: requests, stepMs: spread(times.step), emptyStepMs: spread(times.empty), frameMs: spread(times.frame), emptyFrameMs: spread(times.emptyFrame), load: Number(loadavg()[0]!.toFixed(1)) }
  await app.close()
  return found
}

/** By the mouse from one end to the other; at every tenth step the page's count is compared with the server's. */
async function drag(page: Page, inAt: (ceiling: number) => Promise<number>) {
  const slider = page.locator('#ceiling-slider')
  await slider.scrollIntoViewIfNeeded()
  const box = (await slider.boundingBox())!
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + box.width - 8, y)
  await page.mouse.down()
  const counts = new Set<string>()
  const told = { steps: 0, compared: 0, differing: 0 }
  for (let i = 1; i <= steps; i += 1) {
    await page.mouse.move(box.x + box.width - 8 - ((box.width - 16) * i) / steps, y)
    const { count, ceiling } = await page.evaluate(async () => {
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
      return { count: document.querySelector('[data-cut-say="count"]')!.textContent!, ceiling: Number(document.querySelector<HTMLInputElement>('#ceiling-slider')!.value) }
    })
    counts.add(count)
    told.steps += 1
    if (i % 10) continue
    told.compared += 1
    if ((await inAt(ceiling)) !== Number(count.replaceAll(',', ''))) told.differing += 1
  }
  await page.mouse.up()
  return { ...told, differentCounts: counts.size }
}

/** Each step a thirtieth of the way further, there and back: what the page's own script with style and layout takes, and how long until a frame after it. */
async function timeSteps(page: Page) {
  return page.evaluate(async (count) => {
    const slider = document.querySelector<HTMLInputElement>('#ceiling-slider')!
    const most = Number(slider.max)
    const frame = () => new Promise<number>((seen) => { requestAnimationFrame(() => seen(performance.now())) })
    const one = async (act: () => void) => {
      await frame()
      const asked = performance.now()
      let begun = 0
      requestAnimationFrame(() => { begun = performance.now() })
      act()
      const done = await new Promise<number>((seen) => { requestAnimationFrame(() => { void document.body.offsetHeight; seen(performance.now()) }) })
      return { step: done - begun, frame: (await frame()) - asked }
    }
    const found = { step: [] as number[], frame: [] as number[], empty: [] as number[], emptyFrame: [] as number[] }
    for (let i = 0; i < count; i += 1) {
      const moved = await one(() => { slider.value = String(most * (Math.abs(30 - (i % 60)) / 30)); slider.dispatchEvent(new Event('input', { bubbles: true })) })
      const still = await one(() => {})
      found.step.push(moved.step)
      found.frame.push(moved.frame)
      found.empty.push(still.step)
      found.emptyFrame.push(still.frame)
    }
    return found
  }, steps)
}

function spread(all: number[]) {
  const sorted = all.toSorted((a, b) => a - b)
  const of = (share: number) => Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1))
  return { median: of(0.5), p95: of(0.95), max: of(1) }
}
