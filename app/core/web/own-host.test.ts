import { hostname } from 'node:os'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { isOwnHost, onlyOwnHosts } from './own-host.ts'

test('names and addresses of this machine are its own, others are not', () => {
  for (const own of ['localhost', 'LOCALHOST', 'a.localhost', '127.0.0.1', '[::1]', hostname()]) expect(isOwnHost(own), own).toBe(true)
  for (const foreign of ['evil.example', 'localhost.evil.example', '203.0.113.7', '', '127.0.0.1.evil.example']) expect(isOwnHost(foreign), foreign).toBe(false)
})

test('a request that names another host is not answered, but for the health of the service', async () => {
  const app = fastify()
  onlyOwnHosts(app)
  app.get('/', (request) => `http://${request.host}/secret`)
  app.get('/healthz', () => 'ok')
  const ask = async (url: string, host: string) => { const { statusCode, body } = await app.inject({ url, headers: { host } }); return [statusCode, body.includes('secret')] }
  expect(await ask('/', 'localhost:8080')).toEqual([200, true])
  expect(await ask('/', 'evil.example')).toEqual([421, false])
  expect(await ask('/healthz', 'evil.example')).toEqual([200, false])
  await app.close()
})
