import { execFile } from 'node:child_process'
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, inject } from 'vitest'
import { personalDataInLogs } from './logs.ts'
import { makeDataFolder, modelNotes, removeDataFolder, type Service, startService } from './service.ts'

/** The county of this file of journeys: the service's address, where it takes letters in, its data folder. */
export type Office = { url: string; mail: string; dataFolder: string }

let opened: Promise<Office> | null = null
let service: Service | null = null

/** A copy of the demonstration county, served for this file alone from the first call on: what other journeys do is not seen here. */
export const office = (): Promise<Office> => (opened ??= openOffice())

afterAll(async () => {
  if (!opened) return
  const dataFolder = await opened.then((office) => office.dataFolder, () => null)
  await service?.stop()
  const found = dataFolder ? personalDataInLogs(dataFolder) : []
  if (dataFolder) await removeDataFolder(dataFolder)
  if (found.length > 0) throw new Error(`personal data in the logs of this county: ${found.join(', ')}`)
})

async function openOffice(): Promise<Office> {
  const model = inject('model')
  await untilLoaded(model)
  const dataFolder = makeDataFolder()
  const parts = readdirSync(model).filter((name) => !['test-run', 'service.log', ...Object.values(modelNotes)].includes(name))
  await promisify(execFile)('cp', ['-a', '--reflink=auto', ...parts.map((name) => join(model, name)), dataFolder])
  // this county need not outlive the machine
  appendFileSync(join(dataFolder, 'postgres/cluster/postgresql.conf'), 'fsync = off\nfull_page_writes = off\n')
  service = await startService({ dataFolder, env: { INTAKE_PORT: '0' } })
  return { url: service.url, mail: /smtp:\/\/[\d.]+:\d+/.exec(service.output())![0], dataFolder }
}

async function untilLoaded(model: string): Promise<void> {
  while (!existsSync(join(model, modelNotes.loaded))) {
    const failure = join(model, modelNotes.failed)
    if (existsSync(failure)) throw new Error(`the demonstration county was not loaded: ${readFileSync(failure, 'utf8')}`)
    await sleep(100)
  }
}
