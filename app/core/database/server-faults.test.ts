import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { migrate } from './migrate.ts'
import { connect } from '../db.ts'
import { explainServer } from './server-faults.ts'

const { url } = await createTestDatabase()

async function faultOf(address: string): Promise<Error> {
  const connection = connect(address)
  try {
    await migrate(connection.db)
    throw new Error('it should not have connected')
  } catch (cause) {
    return explainServer(address, cause) as Error
  } finally {
    await connection.close()
  }
}

test('a server that does not answer, a wrong password and a missing database are told apart, without the password', async () => {
  const unreachable = await faultOf('postgresql://county:secret@127.0.0.1:1/windlion')
  expect(unreachable.message).toMatch(/連不上.*127\.0\.0\.1:1\/windlion/)
  const wrongPassword = await faultOf(url.replace(/:[^:@]*@/, ':secret@'))
  expect(wrongPassword.message).toMatch(/帳號或密碼/)
  const missing = await faultOf(url.replace(/[^/]*$/, 'nowhere'))
  expect(missing.message).toMatch(/沒有.*資料庫/)
  for (const fault of [unreachable, wrongPassword, missing]) expect(fault.message).not.toContain('secret')
})

test('a fault of our own is not blamed on the server', () => {
  const cause = new Error('migration failed: syntax error')
  expect(explainServer('postgresql://h/d', cause)).toBe(cause)
})
