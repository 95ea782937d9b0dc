import { expect, test } from 'vitest'
import { api } from './api.ts'

const ask = (rule: string, query: object) => api[0]!.handle({ params: { rule }, query } as never)

test('a program gets the day and the explanation of any rule', async () => {
  const found = await ask('appeal-filing-30d', { trigger: '114/8/26', param: ['residence=臺北市', 'appealSeat=金門縣'] })
  expect(found).toMatchObject({ kind: 'due', day: '2025-10-27', unrolled: '2025-10-25', at: null, ruleVersion: 'appeal-filing-30d@1', because: null })
  expect((found as { explanation: string[] }).explanation.join('')).toContain('在途期間 30 日')
  expect(await ask('cyber-contain-72h-36h', { trigger: '2026-02-16T23:30', param: 'level=2' })).toMatchObject({ at: '2026-02-19T23:30+08:00' })
})

test('where there is no day it gets the reason, and wrong names are refused with their likes', async () => {
  expect(await ask('petition-supplement', { trigger: '114/1/2' })).toMatchObject({ kind: 'open', day: null, because: expect.stringContaining('尚未指定') })
  expect(await ask('petition-30d', { trigger: '114/1/2' })).toMatchObject({ code: 'clocks.cannot-compute', message: expect.stringContaining('petition-30wd') })
  expect(await ask('petition-30wd', { trigger: '114/2/30' })).toMatchObject({ message: expect.stringContaining('不是存在的日期') })
})
