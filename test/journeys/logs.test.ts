import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { createTransport } from 'nodemailer'
import pg from 'pg'
import { expect, test } from 'vitest'
import { openDatabase } from '../../app/core/database/embedded.ts'
import { atPage, sees, visit } from '../support/browser.ts'
import { fillIn } from './resident.ts'
import { demonstrationSecrets, logsOf, personalDataInLogs } from '../support/logs.ts'
import { office } from '../support/office.ts'
import { logOf } from '../support/service.ts'

// The logs of every other journey's county are read at its end (support/office.ts).

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

  const { dataFolder } = await office()
  expect(logsOf(dataFolder).service).toContain('fault') // the log is there, and told of the fault
  expect(demonstrationSecrets().length).toBeGreaterThan(1000)
  expect(personalDataInLogs(dataFolder, Object.values(letter))).toEqual([])
})

test('neither do programs that call the API, a letter that comes by mail, mail that goes out and a job that fails', async () => {
  const { dataFolder, mail, url } = await office()
  const clerk = await visit({ login: 'clerk' })
  const api = clerk.request
  const json = { headers: { origin: new URL(url).origin, 'content-type': 'application/json' } }
  const made = await api.post('/api/v1/petitions', { ...json, data: JSON.stringify({ channel: 'telephone', title: letter.title, body: letter.body, name: letter.name, email: letter.email, phone: '0912-000-321', address: '示範縣虛構路 9 號' }) })
  expect(made.status()).toBe(201)
  expect((await api.post('/api/v1/petitions', { ...json, data: `{"name": "${letter.name}", broken` })).status()).toBe(400)
  expect((await api.get(`/api/v1/search?${new URLSearchParams({ q: letter.name })}`)).status()).toBe(200)
  await breakSomething(async () => {
    expect((await api.get(`/api/v1/search?${new URLSearchParams({ q: letter.title })}`)).status()).toBe(500)
  })
  const transport = createTransport(mail)
  await transport.sendMail({ from: `${letter.name} <${letter.email}>`, to: 'mayor@windlion.example', subject: letter.title, text: letter.body })
  transport.close()

  await inDatabase(async (client) => {
    // sealed by nobody's key, so that sending it fails in the middle
    const { rows } = await client.query<{ id: number }>(`insert into windlion.mail_messages (token, to_encrypted, subject, text, purpose) values ('broken-for-the-log', '\\x0102', $1, $2, 'petition.answer') returning id`, [letter.title, letter.body])
    await client.query(`insert into windlion_jobs.job (name, data) values ('mail.send', jsonb_build_object('mailId', $1::bigint))`, [rows[0]!.id])
  })
  await expect.poll(() => logsOf(dataFolder).service, { timeout: 60_000 }).toContain('mail.send')
  expect(personalDataInLogs(dataFolder, [...Object.values(letter), '0912-000-321', '虛構路 9 號'])).toEqual([])
})

test('what does stand in a log is found', async () => {
  const { dataFolder } = await office()
  const log = logOf(dataFolder)
  const before = readFileSync(log)
  appendFileSync(log, `${letter.email}陳110-000001 /console/appeals/%E8%A8%B4115-000003 ${demonstrationSecrets()[0]}`)
  const found = personalDataInLogs(dataFolder, [letter.email])
  writeFileSync(log, before)
  expect(found).toEqual([`service: ${letter.email}`, `service: ${demonstrationSecrets()[0]}`, 'service: 陳110-000001', 'service: %B4115-000003'])
})

/** A table is away for a moment, so that a page fails in the middle of its work. */
async function breakSomething(meanwhile: () => Promise<void>): Promise<void> {
  await inDatabase(async (client) => {
    await client.query('alter table windlion.case_texts rename to case_texts_away')
    try {
      await meanwhile()
    } finally {
      await client.query('alter table windlion.case_texts_away rename to case_texts')
    }
  })
}

async function inDatabase<T>(run: (client: pg.Client) => Promise<T>): Promise<T> {
  const database = await openDatabase({ dataDir: (await office()).dataFolder })
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
    await database.close()
  }
}
