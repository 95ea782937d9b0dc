import { sql } from 'kysely'
import { z } from 'zod'
import { act, type ActContext } from '../act.ts'
import type { Calendar } from '../clocks/calendar.ts'
import type { Db, Reader, Tx } from '../db.ts'
import { done, isRefusal, refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { syncOfficeDaysIn } from '../figures/office-days.ts'
import { defineJob, later } from '../jobs/jobs.ts'
import { startOf } from '../time.ts'
import { calendarAfter, CalendarChange, changeWords, narrowed, refuseChange } from './changes.ts'
import { announceChange, refreshCalendar } from './follow.ts'
import { storedInUse } from './in-use.ts'
import { findMoves, type Move, nameMoves } from './moves.ts'
import { calendarOf, readStored } from './stored.ts'
import { carryOutMoves } from './carry-out.ts'

export type Preview = { change: CalendarChange; words: string; before: Calendar; after: Calendar; moves: Move[]; /** what was seen, for `applyCalendar` */ seen: string }
export type Applied = { changeId: number; words: string; moved: number; version: string }

/** What a change would move, or why it cannot be made. Writes nothing. */
export async function previewChange(reader: Reader, given: CalendarChange): Promise<Result<Preview>> {
  const stored = await readStored(reader)
  const refused = refuseChange(stored, given)
  if (refused) return refused
  const change = narrowed(stored, given)
  const before = calendarOf(stored)
  const after = calendarAfter(stored, change)
  const moves = await findMoves(reader, before, after)
  return done({ change, words: changeWords(stored, change), before, after, moves, seen: nameMoves(before, after, moves) })
}

const ToApply = z.object({ change: CalendarChange, seen: z.string().optional(), draftId: z.number().int().optional() })

/**
 * Makes the change and moves every running clock that it moves, in one act: the change with its event, each case's new day
 * with its own event and the earlier day kept, office_days, the officers told. With `seen` only what was seen is applied;
 * anything else is refused as stale.
 */
export const changeCalendar = act(
  'clocks.change-calendar',
  ToApply,
  async (tx, ctx, input): Promise<Result<Applied>> => {
    await sql`select pg_advisory_xact_lock(${sql.lit(changeLock)})`.execute(tx)
    const draft = input.draftId === undefined ? null : await tx.selectFrom('calendar_drafts').select('applied_as').where('id', '=', input.draftId).forUpdate().executeTakeFirst()
    if (draft?.applied_as) return done(await appliedAs(tx, draft.applied_as)) // the second click
    const found = await previewChange(tx, input.change)
    if (isRefusal(found)) return found
    const preview = await holdMoved(tx, found.value)
    if (!preview || (input.seen !== undefined && input.seen !== preview.seen)) return refusal('calendar.stale', '這份預覽之後，案件或日曆又有改變，請看過新的預覽再套用')
    const changeId = await keepChange(tx, ctx, preview)
    if (input.draftId !== undefined) await tx.updateTable('calendar_drafts').set({ applied_as: changeId }).where('id', '=', input.draftId).execute()
    await applyMoves(tx, ctx, changeId, preview)
    await syncOfficeDaysIn(tx, preview.after)
    await announceChange(tx)
    await later(tx, lateMovesJob, { changeId }, { after: new Date(Date.now() + lateMs), once: `calendar ${changeId}` })
    return done({ changeId, words: preview.words, moved: preview.moves.length, version: preview.after.version })
  },
  { permission: 'clocks.calendar', stepUp: true },
)

/** One change of the calendar at a time. */
const changeLock = 7_301_020

/**
 * Locks the cases that move and looks again, so that nobody extends or closes one meanwhile; null where they do not come to
 * rest. What else begins to run meanwhile is found by the job afterwards.
 */
async function holdMoved(tx: Tx, preview: Preview): Promise<Preview | null> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const ids = [...new Set(preview.moves.map(({ caseId }) => caseId))]
    await sql`select id from cases where id = any(${ids}::bigint[]) order by id for update`.execute(tx)
    const moves = await findMoves(tx, preview.before, preview.after)
    const seen = nameMoves(preview.before, preview.after, moves)
    if (seen === preview.seen) return { ...preview, moves }
    preview = { ...preview, moves, seen }
  }
  return null
}

async function keepChange(tx: Tx, ctx: ActContext, { change, words, before, after, moves }: Preview): Promise<number> {
  const by = ctx.person?.id ?? null
  switch (change.what) {
    case 'close':
      await tx.insertInto('office_closures').values({ day: change.day, name: change.name, half: change.half, townships: change.townships, reason: change.reason || null, made_by: by, cancelled_at: null, cancelled_by: null, cancelled_why: null }).execute()
      break
    case 'reopen':
      await tx.updateTable('office_closures').set({ cancelled_at: sql`recorded_now()`, cancelled_by: by, cancelled_why: change.reason || null }).where('id', '=', change.closureId).execute()
      break
    case 'load':
      for (const { year, days } of change.years) {
        await tx.updateTable('office_years').set({ replaced_at: sql`recorded_now()` }).where('year', '=', year).where('replaced_at', 'is', null).execute()
        await tx.insertInto('office_years').values({ year, days: JSON.stringify(days) as never, source: change.source, loaded_by: by, replaced_at: null }).execute()
      }
  }
  const { id } = await tx.insertInto('calendar_changes').values({ change: JSON.stringify(change) as never, words, version_before: before.version, version_after: after.version, applied_by: by }).returning('id').executeTakeFirstOrThrow()
  await record(tx, ctx, kinds[change.what], { payload: { change: id, before: before.version, after: after.version, moved: moves.length, ...(change.what === 'close' ? { day: change.day, half: change.half, townships: change.townships } : change.what === 'reopen' ? { closure: change.closureId } : { years: change.years.map(({ year }) => year) }) } })
  return id
}

const kinds = { close: 'calendar.closed', reopen: 'calendar.reopened', load: 'calendar.loaded' } as const

async function applyMoves(tx: Tx, ctx: ActContext, changeId: number, { change, words, after, moves }: Pick<Preview, 'change' | 'words' | 'after' | 'moves'>): Promise<void> {
  // A closure that was declared before it was recorded here held from its own day on: no case was late on it.
  const at = change.what === 'close' ? new Date(Math.min(ctx.now.getTime(), startOf(change.day).getTime())) : ctx.now
  await carryOutMoves(tx, ctx, { changeId, words, version: after.version, at }, moves)
}

async function appliedAs(tx: Tx, changeId: number): Promise<Applied> {
  const { words, version_after } = await tx.selectFrom('calendar_changes').select(['words', 'version_after']).where('id', '=', changeId).executeTakeFirstOrThrow()
  const { moved } = await tx.selectFrom('calendar_moves').select((eb) => eb.fn.countAll<number>().as('moved')).where('change_id', '=', changeId).executeTakeFirstOrThrow()
  return { changeId, words, moved, version: version_after }
}

/** `changeCalendar`, with the new calendar in use in this process when it returns. */
export async function applyCalendar(caller: Parameters<typeof changeCalendar>[0], input: z.input<typeof ToApply> & { _key?: string | undefined }): Promise<Result<Applied>> {
  const result = await changeCalendar(caller, input)
  if (!isRefusal(result)) await refreshCalendar(caller.db)
  return result
}

/** An act that was under way when the calendar changed may have computed by the old one. It has ended long before this. */
const lateMs = 15_000

/** Moves what began to run by the earlier calendar while the change was being applied. */
export const moveLate = act(
  'clocks.move-late',
  z.object({ changeId: z.number().int() }),
  async (tx, ctx, { changeId }) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(changeLock)})`.execute(tx)
    const change = await tx.selectFrom('calendar_changes').selectAll().where('id', '=', changeId).executeTakeFirst()
    if (!change) return done({ moved: 0 })
    const stored = await readStored(tx)
    const before = calendarOf(stored, new Date(change.applied_at.getTime() - 1))
    const after = calendarOf(stored)
    const late = sql<boolean>`k.calendar_version = ${change.version_before} and k.sys_from >= ${new Date(change.applied_at.getTime() - lateMs)}`
    const moves = await findMoves(tx, before, after, late)
    if (!moves.length) return done({ moved: 0 })
    await sql`select id from cases where id = any(${moves.map(({ caseId }) => caseId)}::bigint[]) order by id for update`.execute(tx)
    const held = await findMoves(tx, before, after, late)
    await applyMoves(tx, ctx, changeId, { change: CalendarChange.parse(change.change), words: change.words, after, moves: held })
    return done({ moved: held.length })
  },
  { by: 'system' },
)

export const lateMovesJob = defineJob<{ changeId: number }>({
  name: 'clocks.move-late',
  as: 'system',
  title: '改日曆之後再核對期限',
  run: async (db: Db, { changeId }) => {
    await refreshCalendar(db)
    await moveLate({ db, person: null }, { changeId })
  },
})

/** Closures on record, cancelled ones too, newest day first. */
export const closuresOnRecord = () => storedInUse().closures.toSorted((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : b.id - a.id))
