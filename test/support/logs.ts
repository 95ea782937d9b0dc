import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { logOf, modelNotes } from './service.ts'

/** What the services and the database of a data folder wrote down. */
export function logsOf(dataFolder: string): Record<string, string> {
  const postgres = join(dataFolder, 'postgres', 'postgres.log')
  return { service: readFileSync(logOf(dataFolder), 'utf8'), ...(existsSync(postgres) ? { postgres: readFileSync(postgres, 'utf8') } : {}) }
}

/** Numbers of cases, of whatever kind, as they are written and as they stand in an address. */
const caseNumber = /(?:\p{Script=Han}|%[0-9A-F]{2})1\d\d-\d{6}/giu

/** What of people and cases stands in those logs, one line each; `more` are strings that a test typed itself. */
export function personalDataInLogs(dataFolder: string, more: string[] = []): string[] {
  const secrets = [...more, ...demonstrationSecrets()]
  return Object.entries(logsOf(dataFolder)).flatMap(([name, text]) => [
    ...secrets.filter((secret) => text.includes(secret)),
    ...(text.match(caseNumber) ?? []),
  ].map((found) => `${name}: ${found}`))
}

/** Names, addresses, telephones, mail addresses and numbers of everybody in the demonstration county. */
export function demonstrationSecrets(): string[] {
  return JSON.parse(readFileSync(join(inject('model'), modelNotes.people), 'utf8')) as string[]
}
