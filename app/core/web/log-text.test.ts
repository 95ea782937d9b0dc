import { expect, test } from 'vitest'
import { logSerializers, logText } from './log-text.ts'

test('what a message of the database quotes, mail addresses, telephones and numbers of cases stay out of logs', () => {
  expect(logText('invalid input syntax for type bigint: "王示範"')).toBe('invalid input syntax for type bigint: "•"')
  expect(logText('mail 7 not sent: 550 <wang.示範@example.org>: no such user')).toBe('mail 7 not sent: 550 <•@•>: no such user')
  expect(logText('call 082-000-001 or 0912345678')).toBe('call • or •')
  expect(logText('陳110-000123 is locked')).toBe('• is locked')
  expect(logSerializers.chain(['Error: a@b.example', 'x'])).toEqual(['Error: •@•', 'x'])
})

test('what an operator needs to find the fault stays', () => {
  const stack = 'Error: relation "x" does not exist\n    at parse (file:///opt/windlion/app/core/db.ts:123:45)\n    at 2026-11-28T10:00:00.000Z'
  expect(logText(stack)).toBe(stack)
  expect(logText('listen EADDRINUSE: address already in use 127.0.0.1:8080')).toBe('listen EADDRINUSE: address already in use 127.0.0.1:8080')
})
