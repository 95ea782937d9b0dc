import { z } from 'zod'
import { computeDeadline, readDeadline } from '../../core/clocks/index.ts'
import { refusal } from '../../core/errors.ts'
import { isoMinute } from '../../core/time.ts'
import { apiRoute } from '../../core/web/api.ts'

const Deadline = z.object({
  kind: z.enum(['due', 'paused', 'open', 'undetermined']),
  day: z.iso.date().nullable().describe('到期日；往前推算的規則為最遲日'),
  at: z.string().nullable().describe('以小時計算或有截止時間時的時刻，例如 2026-02-17T00:30+08:00'),
  unrolled: z.iso.date().nullable().describe('順延之前的末日'),
  because: z.string().nullable().describe('沒有到期日的原因'),
  ruleVersion: z.string().nullable(),
  calendarVersion: z.string().nullable(),
  explanation: z.array(z.string()).describe('怎麼算出來的，和案件頁、通知信、指令相同'),
})

const one = z.string().max(200)

export const api = [
  apiRoute({
    method: 'GET',
    path: '/deadlines/:rule',
    permission: 'signed-in',
    summary: '依期間規則試算：trigger 是起算的日期或時刻，param 是「名稱=值」，可以有好幾個',
    params: z.object({ rule: z.string().max(60) }),
    query: z.object({ trigger: z.string().min(1, '請給起算的日期').max(60), param: z.union([one, z.array(one).max(40)]).optional() }),
    response: Deadline,
    handle: async ({ params, query }) => {
      const asked = readDeadline(params.rule, query.trigger, [query.param ?? []].flat())
      if ('why' in asked) return refusal('clocks.cannot-compute', asked.why)
      const answer = computeDeadline(asked.ruleId, asked.trigger, asked.params)
      if (answer.kind !== 'due') return { kind: answer.kind, day: null, at: null, unrolled: null, because: answer.because, ruleVersion: null, calendarVersion: null, explanation: [] }
      const { day, unrolled, instant, ruleVersion, calendarVersion, explanation } = answer
      return { kind: answer.kind, day, at: instant && isoMinute(instant), unrolled, because: null, ruleVersion, calendarVersion, explanation }
    },
  }),
]
