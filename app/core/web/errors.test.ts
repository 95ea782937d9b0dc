import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { problemOf } from './errors.ts'

const faultOf = (attempt: Promise<unknown>) => attempt.then(() => expect.unreachable(), (cause: unknown) => cause)

test('a socket that is not there is a database out of reach; a file that is not there is a fault of ours', async () => {
  const socket = new Promise((_, fail) => connect('/nowhere/.s.PGSQL.5432').on('error', fail))
  expect(problemOf(await faultOf(socket)).status).toBe(503)
  expect(problemOf(await faultOf(readFile('/nowhere/office-calendar.json'))).status).toBe(500)
})
