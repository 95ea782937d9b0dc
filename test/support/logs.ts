import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoPeople } from '../../app/demo/people.ts'
import { makePetitions } from '../../app/demo/petitions.ts'
import { logOf } from './service.ts'

/** What the services and the database of a data folder wrote down. */
export function logsOf(dataFolder: string): Record<string, string> {
  const postgres = join(dataFolder, 'postgres', 'postgres.log')
  return { service: readFileSync(logOf(dataFolder), 'utf8'), ...(existsSync(postgres) ? { postgres: readFileSync(postgres, 'utf8') } : {}) }
}

/** What of people and cases stands in those logs, one line each; `more` are strings that a test typed itself. */
export function personalDataInLogs(dataFolder: string, more: string[] = []): string[] {
  const secrets = [...more, ...demonstrationSecrets()]
  return Object.entries(logsOf(dataFolder)).flatMap(([name, text]) => [
    ...secrets.filter((secret) => text.includes(secret)),
    ...(text.match(/陳1\d\d-\d{6}/g) ?? []),
  ].map((found) => `${name}: ${found}`))
}

/** Names, addresses, telephones and mail addresses of everybody in the demonstration county. */
export function demonstrationSecrets(): string[] {
  const residents = makePetitions().flatMap(({ resident }) => (resident ? [resident.name, resident.email, resident.phone, resident.address] : []))
  return [...new Set([...demoPeople.map(({ name }) => name), ...residents])].filter((text) => text.length > 2)
}
