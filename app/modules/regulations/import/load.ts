import { caseRow } from '../../../core/cases/open.ts'
import type { Tx } from '../../../core/db.ts'
import { type Entry, findEntries, saveEntries } from '../../../core/laws/entries.ts'
import { createLaw } from '../../../core/laws/store.ts'
import type { LawText } from '../../../core/laws/text.ts'
import { indexCase } from '../../../core/search/search.ts'
import { addDays, type Day, parseInstant } from '../../../core/time.ts'
import { caseKind } from '../schema.ts'
import '../tables.ts'
import { readNos } from '../some-articles.ts'
import { titleOf } from '../title.ts'
import type { RegulationRow } from './check.ts'

/** The instant at which the office recorded it: the evening of its promulgation, never later than this import. */
const recorded = (row: RegulationRow, now: Date): Date => new Date(Math.min(parseInstant(`${row.promulgatedOn} 17:00`)!.getTime(), now.getTime()))
const morning = (day: Day): Date => parseInstant(`${day} 09:00`)!

/** 地方制度法 §32 IV: the third day, that of publication being the first; a rule that is handed down binds from then (行政程序法 §161). */
export const effectiveOn = (row: Pick<RegulationRow, 'effectiveOn' | 'instrument' | 'promulgatedOn'>): Day => row.effectiveOn ?? (row.instrument === 'administrative' ? row.promulgatedOn : addDays(row.promulgatedOn, 2))

/** Writes new proposals, each promulgated and closed, and what they did to their law. Rows come in the order of their promulgation. */
export async function addRegulations(tx: Tx, importId: number, rows: readonly RegulationRow[], now: Date): Promise<void> {
  const laws = new Map<number, Entry[]>()
  const beside: Beside[] = []
  for (const row of rows) {
    const at = recorded(row, now)
    const law = await lawOf(tx, row, at)
    const caseId = await addCase(tx, importId, row, law, at)
    beside.push({ caseId, importId, row, at, received: morning(row.proposedOn ?? row.promulgatedOn) })
    if (!laws.has(law)) laws.set(law, await findEntries(tx, law))
    laws.get(law)!.push({ id: null, caseId, importId, recordedAt: at, ...entryOf(row) })
  }
  for (let from = 0; from < beside.length; from += 500) await addBeside(tx, beside.slice(from, from + 500))
  for (const [law, entries] of laws) await saveEntries(tx, law, entries)
}

export function entryOf(row: RegulationRow): Pick<Entry, 'kind' | 'promulgatedOn' | 'effectiveOn' | 'documentNo' | 'note' | 'text' | 'rest'> {
  const rest: Entry['rest'] = row.change === 'repeal' ? [{ do: 'repeal' }] : row.change === 'suspend' ? [{ do: 'suspend', articles: nosOf(row) }] : row.change === 'resume' ? [{ do: 'resume', articles: nosOf(row) }] : row.endsOn ? [{ do: 'end-on', day: row.endsOn }] : []
  const text: LawText | null = row.parsed ? { ...row.parsed.text, name: row.name } : null
  return { kind: row.change, promulgatedOn: row.promulgatedOn, effectiveOn: effectiveOn(row), documentNo: row.documentNo, note: row.reason, text, rest }
}

const nosOf = ({ articles }: Pick<RegulationRow, 'articles'>): string[] | null => (articles ? readNos(articles) : null)

async function lawOf(tx: Tx, row: RegulationRow, at: Date): Promise<number> {
  const known = row.code
    ? await tx.selectFrom('laws').select('id').where('code', '=', row.code).executeTakeFirst()
    : await tx.selectFrom('laws').select('id').where('name', '=', row.formerName ?? row.name).where('kind', '<>', 'national').executeTakeFirst()
  if (known) {
    // the next row of this import finds it by the name it has now
    if (row.formerName) await tx.updateTable('laws').set({ name: row.name }).where('id', '=', known.id).execute()
    return known.id
  }
  const { id } = await createLaw(tx, { ...(row.code ? { code: row.code } : {}), name: row.name, kind: row.instrument, category: row.category, unitId: row.unitId, public: row.isPublic ?? true, recordedAt: at })
  return id
}

async function addCase(tx: Tx, importId: number, row: RegulationRow, lawId: number, at: Date): Promise<number> {
  const received = morning(row.proposedOn ?? row.promulgatedOn)
  const { id } = await tx
    .insertInto('cases')
    .values({ ...caseRow({ kind: caseKind, number: row.number, title: titleOf({ ...row, articles: nosOf(row) }), stage: 'closed', unitId: row.unitId, receivedAt: received, registeredAt: received, importId, closed: { at, outcome: 'completed' } }), sys_from: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('regulations')
    .values({ id, law_id: lawId, ...detailOf(row), notice_from: null, notice_until: null, promulgation_due: null, sys_from: at })
    .execute()
  await indexCase(tx, id, [row.name, row.reason])
  return id
}

export function detailOf(row: RegulationRow) {
  return {
    instrument: row.instrument, change: row.change, name: row.name, category: row.category, reason: row.reason ?? '', draft: row.text, penalty: row.penalty ?? false, public: row.isPublic ?? true,
    promulgated_on: row.promulgatedOn, effective_on: effectiveOn(row), document_no: row.documentNo, ends_on: row.endsOn, articles: nosOf(row),
  }
}

type Beside = { caseId: number; importId: number; row: RegulationRow; at: Date; received: Date }

/** What stands beside the cases, many rows a statement. */
async function addBeside(tx: Tx, added: readonly Beside[]): Promise<void> {
  await tx.insertInto('regulation_steps').values(added.map(({ caseId, row, at }) => ({ case_id: caseId, step: 'promulgated', happened_on: row.promulgatedOn, document_no: row.documentNo, note: null, person_id: null, recorded_at: at, sys_from: at }))).execute()
  await tx.insertInto('assignments').values(added.map(({ caseId, row, at, received }) => ({ case_id: caseId, unit_id: row.unitId, role: 'lead' as const, officer_id: null, from_at: received, until_at: at, ended_as: 'closed', note: null, sys_from: at }))).execute()
  await tx.insertInto('events').values(added.flatMap(eventsOf)).execute()
}

function eventsOf({ caseId, importId, row, at, received }: Beside) {
  const event = (kind: string, happenedAt: Date, from: string | null, to: string | null, payload: object = {}) => ({
    kind, happened_at: happenedAt, recorded_at: at, case_id: caseId, person_id: null, on_behalf_of: null, from_stage: from, to_stage: to, payload: JSON.stringify({ ...payload, import: importId }) as never,
  })
  return [
    event('regulation.proposed', received, null, 'drafting'),
    event('regulation.registered', received, null, null, { number: row.number }),
    event('regulation.promulgated', morning(row.promulgatedOn), 'drafting', 'in-force', { on: row.promulgatedOn }),
    event('regulation.closed', at, 'in-force', 'closed', { outcome: 'completed' }),
  ]
}
