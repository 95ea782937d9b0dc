import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { openDatabase } from '../../app/core/database/embedded.ts'
import { demoPeople } from '../../app/demo/people.ts'
import { makePetitions } from '../../app/demo/petitions.ts'
import { atPage, sees, visit } from '../support/browser.ts'
import { fillIn } from './resident.ts'
import { logOf, office } from '../support/service.ts'

// Runs after all other journeys: what they did is in the logs as well.

const letter = { title: '路燈', body: '巷口的路燈不亮，請聯絡我。', name: '歐陽示範甲', email: 'ouyang-for-the-log@example.org' }

test('a resident’s letter, a colleague’s search and faults under way leave no personal data in any log', async () => {
  const resident = await visit()
  await resident.goto('/petitions/new')
  await fillIn(resident, letter)
  await resident.getByRole('button', { name: '下一步：看一遍再送出' }).click()
  await atPage(resident, '送出前請看一遍')
  await sees(resident, letter.name)
  const clerk = await visit({ login: 'clerk' })
  await clerk.goto(`/console/search?${new URLSearchParams({ q: letter.email })}`)
  expect((await clerk.goto('/console/petitions/陳199-999999'))!.status()).toBe(404)
  await atPage(clerk, '找不到')
  await breakSomething(async () => {
    expect((await clerk.goto(`/console/petitions?${new URLSearchParams({ q: letter.name })}`))!.status()).toBe(500)
  })

  const texts = logs()
  expect(texts.service).toContain('fault') // the log is there, and told of the fault
  const secrets = [...Object.values(letter), ...demonstrationSecrets()]
  expect(secrets.length).toBeGreaterThan(1000)
  for (const [name, text] of Object.entries(texts)) expect(secrets.filter((secret) => text.includes(secret)), name).toEqual([])
  for (const [name, text] of Object.entries(texts)) expect(text.match(/陳1\d\d-\d{6}/g) ?? [], `case numbers in ${name}`).toEqual([])
})

/** Names, addresses, telephones and mail addresses of everybody in the demonstration county. */
function demonstrationSecrets(): string[] {
  const residents = makePetitions().flatMap(({ resident }) => (resident ? [resident.name, resident.email, resident.phone, resident.address] : []))
  return [...new Set([...demoPeople.map(({ name }) => name), ...residents])].filter((text) => text.length > 2)
}

function logs(): Record<string, string> {
  const { dataFolder } = office()
  const postgres = join(dataFolder, 'postgres', 'postgres.log')
  return { service: readFileSync(logOf(dataFolder), 'utf8'), ...(existsSync(postgres) ? { postgres: readFileSync(postgres, 'utf8') } : {}) }
}

/** A table is away for a moment, so that a page fails in the middle of its work. */
async function breakSomething(meanwhile: () => Promise<void>): Promise<void> {
  const database = await openDatabase({ dataDir: office().dataFolder })
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query('alter table windlion.case_texts rename to case_texts_away')
  try {
    await meanwhile()
  } finally {
    await client.query('alter table windlion.case_texts_away rename to case_texts')
    await client.end()
    await database.close()
  }
}
