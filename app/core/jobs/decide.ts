import { z } from 'zod'
import { act } from '../act.ts'
import { done, isRefusal, NotFound, refusal, type Refusal } from '../errors.ts'
import type { Tx } from '../db.ts'
import { record } from '../events/record.ts'
import { cancelJob, runSoon } from './jobs.ts'
import { findJob, type JobLine } from './list.ts'

const JobId = z.uuid()

/** A job that failed, or waits for its next try, runs now. Jobs are written so that running twice is harmless. */
export const runJobAgain = act(
  'jobs.run-again',
  z.object({ id: JobId }),
  async (tx, ctx, input) => {
    const job = await getUnfinished(tx, input.id)
    if (isRefusal(job)) return job
    await tx.insertInto('job_decisions').values({ job_id: job.id, job_name: job.name, decision: 'again', reason: null, person_id: ctx.person.id }).execute()
    await runSoon(tx, job)
    await record(tx, ctx, 'jobs.run-again', { payload: { job: job.id, name: job.name } })
    return done()
  },
  { permission: 'office.jobs' },
)

/** It is not tried any more; it stays on its page with the reason. */
export const giveUpJob = act(
  'jobs.give-up',
  z.object({ id: JobId, reason: z.string().trim().min(2, '請寫下放棄的理由').max(1000, '理由最多 1,000 個字') }),
  async (tx, ctx, input) => {
    const job = await getUnfinished(tx, input.id)
    if (isRefusal(job)) return job
    await tx.insertInto('job_decisions').values({ job_id: job.id, job_name: job.name, decision: 'given-up', reason: input.reason, person_id: ctx.person.id }).execute()
    await cancelJob(tx, job)
    await record(tx, ctx, 'jobs.given-up', { payload: { job: job.id, name: job.name } })
    return done()
  },
  { permission: 'office.jobs' },
)

async function getUnfinished(tx: Tx, id: string): Promise<(JobLine & { refused?: false }) | Refusal> {
  const job = await findJob(tx, id)
  if (!job) throw new NotFound('找不到這件背景工作')
  if (job.state === 'completed') return refusal('job.done', '這件工作已經完成')
  if (job.state === 'active') return refusal('job.running', '這件工作正在執行，請等它結束再決定')
  if (job.state === 'cancelled') return refusal('job.cancelled', '這件工作已經放棄')
  return job
}
