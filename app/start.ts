import { join } from 'node:path'
import type { Config } from './config.ts'
import { declaredActs } from './core/act.ts'
import { keepCalendarIn } from './core/calendar/calendar-file.ts'
import { useCaseKinds } from './core/cases/case-kinds.ts'
import { useArticlePath } from './core/laws/links.ts'
import { makeDataFolder, openDatabase } from './core/database/embedded.ts'
import { everydayRole, prepareEverydayRole } from './core/database/everyday-role.ts'
import { migrate } from './core/database/migrate.ts'
import { explainServer } from './core/database/server-faults.ts'
import { connect, type Connection } from './core/db.ts'
import { clamd, useScanner } from './core/documents/scan.ts'
import { useDocumentFolder } from './core/documents/store.ts'
import { addCaseState } from './core/events/case-state.ts'
import { loadRecordKey } from './core/events/record-key.ts'
import { registerFigures } from './core/figures/registry.ts'
import { useMemberCases } from './core/identity/members.ts'
import { grant } from './core/identity/permissions.ts'
import { demandSensitive } from './core/identity/sensitive.ts'
import { keepApart } from './core/identity/separation.ts'
import { useUnitFollowers } from './core/identity/unit-followers.ts'
import './core/personal-data/verify.ts'
import { coreFiles } from './core/personal-data/core-files.ts'
import { declarePersonalData } from './core/personal-data/declare.ts'
import { commandWrapper } from './core/personal-data/key-wrapper.ts'
import { loadPersonalDataKeys } from './core/personal-data/keys.ts'
import { useRetention } from './core/personal-data/retention.ts'
import { installJobs, openJobs } from './core/jobs/jobs.ts'
import { modules } from './modules.ts'

export type System = Connection & {
  location: string
  embedded: boolean
  /** address of the owner of the tables, who may alter them; `url` and `db` are for every day */
  ownerUrl: string
  /** why the everyday connections can alter tables all the same; null: they cannot */
  unguarded: string | null
}

/** Fills the registries that the core keeps of its modules. Touches nothing outside the process. */
export function declareModules(): void {
  declarePersonalData(...coreFiles, ...modules.flatMap((module) => module.personalData ?? []))
  for (const module of modules) {
    grant(module.permissions)
    registerFigures(module.figures ?? [])
    for (const [table, column] of Object.entries(module.caseTables ?? {})) addCaseState(table, column, module.caseKinds?.map((one) => one.kind))
  }
  keepApart(modules.flatMap((module) => module.duties ?? []), modules.map((module) => module.permissions))
  demandSensitive(modules.flatMap((module) => module.sensitive ?? []), declaredActs().filter(({ act }) => !act.startsWith('test.')), modules.flatMap((module) => module.routes))
  useRetention(modules.flatMap((module) => module.retention ?? []))
  useUnitFollowers(modules.flatMap((module) => module.unitFollowers ?? []))
  useMemberCases(modules.flatMap((module) => module.memberCases ?? []))
  useCaseKinds(modules.flatMap((module) => module.caseKinds ?? []))
  useArticlePath(modules.find((module) => module.articlePath)?.articlePath)
}

/** Database (embedded unless DATABASE_URL), migrations, keys, documents, jobs: what every command and the service need. */
export async function openSystem(config: Config, log: (line: string) => void = () => {}): Promise<System> {
  declareModules()
  makeDataFolder(config.dataFolder)
  loadPersonalDataKeys(config.dataFolder, config.keysCommand ? commandWrapper(config.keysCommand) : undefined)
  await loadRecordKey(config.dataFolder, config.publicUrl)
  keepCalendarIn(config.dataFolder)
  useDocumentFolder(join(config.dataFolder, 'documents'))
  useScanner(config.clamd ? clamd(config.clamd) : null)
  const embedded = config.databaseUrl ? null : await openDatabase({ dataDir: config.dataFolder, log })
  const url = config.databaseUrl ?? embedded!.url
  const ownerUrl = config.databaseOwnerUrl ?? url
  const owner = connect(ownerUrl, { max: 2 })
  let connection: Connection | null = null
  const close = async () => {
    await connection?.close()
    await embedded?.close()
  }
  try {
    const applied = await migrate(owner.db)
    if (applied.length) log(`資料庫結構已更新（${applied.length} 項）`)
    await installJobs(owner.db)
    const unguarded = await prepareEverydayRole(owner.db)
    if (unguarded) log(`資料庫沒有日常角色 ${everydayRole}，服務以資料表的擁有者連線，紀錄少一層保護：${unguarded}`)
    connection = connect(url, unguarded ? {} : { role: everydayRole })
    await openJobs(connection.db)
    await owner.close()
    return { ...connection, close, ownerUrl, unguarded, location: embedded?.location ?? url.replace(/:[^:@/]*@/, ':•••@'), embedded: embedded !== null }
  } catch (error) {
    await owner.close() // before the database, which stops when nobody is left
    await close()
    throw embedded ? error : explainServer(url, error)
  }
}
