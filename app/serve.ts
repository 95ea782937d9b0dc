import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type Config, projectFolder, type readConfig } from './config.ts'
import { followCalendar } from './core/calendar/follow.ts'
import { lockService } from './core/database/server-lock.ts'
import { connect } from './core/db.ts'
import { WrongUse } from './core/errors.ts'
import { useCheckpointPlaces } from './core/events/send-checkpoints.ts'
import { keepRecord } from './core/events/keep.ts'
import { workOn } from './core/jobs/jobs.ts'
import { findSetting } from './core/identity/settings.ts'
import { openIdProvider } from './core/identity/providers/open-id.ts'
import { useProvider } from './core/identity/providers/provider.ts'
import { keepLawNames } from './core/laws/links.ts'
import { type OpenMail, openMail } from './core/mail/service.ts'
import { mountReadiness } from './core/operation/health.ts'
import { mountMetrics } from './core/operation/metrics.ts'
import { useProcess } from './core/operation/status.ts'
import { mountApi } from './core/web/api.ts'
import { useNavigation } from './core/web/pages.tsx'
import { buildServer } from './core/web/server.ts'
import { loadDemonstration } from './demo/load.ts'
import { modules } from './modules.ts'
import { openSystem, type System } from './start.ts'
import { assets } from './ui/assets.ts'

/** `windlion serve`: config → database → modules → web → worker; at SIGTERM, or when a step fails, the way back. */
export async function serve(read: typeof readConfig, log: (line: string) => void = console.log): Promise<void> {
  const undo: (() => unknown)[] = []
  let stopping: Promise<void> | null = null
  const wayBack = () => (stopping ??= stepBack(undo))
  const end = () => void wayBack().then(() => process.exit(0))
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  try {
    await start(read(), log, undo)
  } catch (error) {
    await wayBack()
    throw error
  }
}

/** Undoes the steps taken, the last one first; one that fails does not keep the others. */
async function stepBack(undo: (() => unknown)[]): Promise<void> {
  for (let step = undo.pop(); step; step = undo.pop()) await Promise.resolve(step()).catch(() => {})
}

async function start(config: Config, log: (line: string) => void, undo: (() => unknown)[]): Promise<void> {
  assets() // before anything begins: every page needs its style, and the sentence says how to build it
  const system = await openSystem(config, log)
  undo.push(() => system.close())
  // as the owner, who alone sees which other service holds it
  const holding = connect(system.ownerUrl, { max: 1 })
  undo.push(() => holding.close())
  const lock = await lockService(holding.pool, config.dataFolder, (message) => {
    log(message)
    process.kill(process.pid, 'SIGTERM')
  })
  undo.push(() => lock.release())
  if (config.demo) await loadDemonstration(system.db, log)
  undo.push(await followCalendar(system, (error) => log(`辦公日曆暫時無法更新：${String((error as Error)?.message)}`)))
  undo.push(await keepLawNames(system.db, (error) => log(`法規名稱暫時無法更新：${String((error as Error)?.message)}`)))

  const county = (await findSetting<string>(system.db, 'county.name')) ?? '縣政府'
  const countyEnglish = await findSetting<string>(system.db, 'county.name-en')
  const demo = (await findSetting<boolean>(system.db, 'demonstration')) ?? false
  const published = connect(system.url, { max: 4, role: 'windlion_public' })
  undo.push(() => published.close())
  useCheckpointPlaces(config.checkpointPlaces)
  useProcess({ dataFolder: config.dataFolder, pool: system.pool, unguarded: system.unguarded, location: system.location })
  useNavigation(modules)
  for (const settings of config.providers) useProvider(settings.audience, openIdProvider(settings))
  const app = await buildServer({
    db: system.db,
    publicDb: published.db,
    site: { county, countyEnglish, demo, publicUrl: config.publicUrl },
    routes: modules.flatMap((module) => module.routes),
    publicFolder: join(projectFolder, 'public'),
    behindProxy: config.behindProxy,
    ownHostsOnly: config.publicUrl === undefined && (!demo || config.smtpUrl !== undefined),
    logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel,
    extend: async (app) => {
      mountReadiness(app, system.db)
      mountMetrics(app, system.db, { token: config.metricsToken, behindProxy: config.behindProxy })
      await mountApi(app, modules.flatMap((module) => module.api ?? []), { db: system.db, publicDb: published.db, county })
    },
  })
  undo.push(() => app.close())
  const mail = await openMail(system.db, config, modules.find((module) => module.letters)?.letters, (error) => app.log.error({ error: error.stack }, 'letter'))
  undo.push(() => mail.close())
  undo.push(await workOn(system, (job, error) => app.log.error({ job, error: String((error as Error)?.message) }, 'job failed')))
  undo.push(keepRecord(system.db, (error) => app.log.warn({ error: String((error as Error)?.message) }, 'sealing waits')))
  announce(log, await listen(app, config), system, config, { demo, mail })
}

/** PORT, else 8080, else the next free one. */
async function listen(app: FastifyInstance, config: Config): Promise<string> {
  const first = config.port ?? 8080
  for (let port = first; port < first + 50; port += 1) {
    try {
      return await app.listen({ port, host: config.host })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
      if (config.port !== undefined) throw new WrongUse(`埠 ${config.port} 已有其他程式使用：請停止它，或以 PORT 指定別的埠`)
    }
  }
  throw new WrongUse(`埠 ${first} 到 ${first + 49} 都已被使用：請以 PORT 指定一個空的埠`)
}

function announce(log: (line: string) => void, address: string, system: System, config: Config, { demo, mail }: { demo: boolean; mail: OpenMail }): void {
  const url = address.replace('127.0.0.1', 'localhost').replace('[::1]', 'localhost')
  log('')
  log(`  Windlion 風獅爺已啟動`)
  log(`  民眾入口　${url}`)
  log(`  同仁入口　${url}/console`)
  if (demo) {
    log(`  示範帳號　clerk（收發分文）、officer（承辦人）、chief（科長）、head（處長）、control（研考）、editor（報告彙編）、privacy（個資保護）、law（法制）、lawyer（諮詢律師）、ombudsman（消保官）、admin（系統管理）`)
    log(`  示範密碼　windlion-demo（只在示範縣政府有效）`)
  }
  if (mail.address) log(`  收信　　　${mail.address}（${Object.keys(config.mailboxes).join('、')}）`)
  if (config.imapUrl) log('  收信　　　每分鐘讀取 IMAP 信箱')
  if (!config.smtpUrl) log('  寄信　　　沒有設定 SMTP_URL，要寄的信保留在「寄出的信」，不會送出')
  log(`  資料位置　${config.dataFolder}`)
  log(`  資料庫　　${system.location}`)
  log(`  停止請按 Ctrl+C`)
}
