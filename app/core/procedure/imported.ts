import { sql } from 'kysely'
import type { ActContext } from '../act.ts'
import { insertCase } from '../cases/open.ts'
import type { Tx } from '../db.ts'
import { isRefusal } from '../errors.ts'
import { record } from '../events/record.ts'
import { type Day, dayOf, startOf } from '../time.ts'
import type { Procedure, StepState, StepValues } from './step.ts'
import { type StepContext, takeStep } from './take-step.ts'

/** A step as a row of an import tells it. */
export type ImportedStep = { step: string; on: Day; answers?: StepValues['answers']; documentNo?: string | null; note?: string | null }

/** Nine in the morning of a day, for what a file gives without a time. */
export const morningOf = (on: Day): Date => new Date(startOf(on).getTime() + 9 * 3_600_000)

/**
 * Runs with another recorded time, for what an office took down on paper then: rows and their history get the times at which they were believed. The
 * transaction's own instant comes back afterwards, whatever happens. Never later than now.
 */
export async function recordedThen<T>(tx: Tx, importId: number, at: Date, now: Date, run: (ctx: StepContext) => Promise<T>): Promise<T> {
  const then = new Date(Math.min(at.getTime(), now.getTime()))
  const before = (await sql<{ at: string }>`select current_setting('windlion.recorded_at') as at`.execute(tx)).rows[0]!.at
  await sql`select set_config('windlion.recorded_at', ${then.toISOString()}, true)`.execute(tx)
  try {
    return await run({ person: null, onBehalfOf: null, now: then, today: dayOf(then), importId })
  } finally {
    await sql`select set_config('windlion.recorded_at', ${before}, true)`.execute(tx).catch(() => {}) // a broken transaction rolls back anyway
  }
}

/** The row of an imported case, registered under its own number. */
export async function importCase(tx: Tx, ctx: ActContext, one: { kind: string; noun: string; number: string; title: string; stage: string; unitId: number | null; receivedAt: Date; importId: number }): Promise<number> {
  const id = await insertCase(tx, { kind: one.kind, number: one.number, title: one.title, stage: one.stage, unitId: one.unitId, receivedAt: one.receivedAt, registeredAt: one.receivedAt, importId: one.importId })
  if (one.unitId !== null) await tx.insertInto('assignments').values({ case_id: id, unit_id: one.unitId, role: 'lead', officer_id: null, from_at: one.receivedAt, until_at: null, ended_as: null, note: null }).execute()
  await record(tx, ctx, `${one.noun}.filed`, { caseId: id, toStage: one.stage, payload: { import: one.importId } })
  await record(tx, ctx, `${one.noun}.registered`, { caseId: id, payload: { number: one.number, import: one.importId } })
  return id
}

/** Takes the steps of a row one after another, each recorded on the evening of its day; the state is read anew before each. What rules forbid was refused when the row was checked. */
export async function importSteps<State extends StepState>(tx: Tx, procedure: Procedure<State>, importId: number, now: Date, find: () => Promise<State>, steps: readonly ImportedStep[]): Promise<void> {
  for (const { step, on, answers, documentNo, note } of steps.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
    await recordedThen(tx, importId, new Date(startOf(on).getTime() + 17 * 3_600_000), now, async (ctx) => {
      const done = await takeStep(tx, ctx, procedure, step, await find(), { on, documentNo: documentNo ?? null, note: note ?? null, answers: answers ?? {} })
      if (isRefusal(done)) throw new Error(`imported step ${step}: ${done.message}`)
    })
  }
}
