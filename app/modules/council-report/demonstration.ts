import { writeThen } from '../../core/write-then.ts'
import { sql } from 'kysely'
import type { ActContext } from '../../core/act.ts'
import type { Db, Tx } from '../../core/db.ts'
import { isRefusal, valueOf } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { findPerson } from '../../core/identity/sessions.ts'
import type { Person } from '../../core/identity/permissions.ts'
import { startDraft } from '../../core/reports/drafts.ts'
import { prepareIssue, writeIssue } from '../../core/reports/issue.ts'
import { day, parseInstant } from '../../core/time.ts'
import { councilReport } from './report.ts'

/**
 * The reports of the demonstration county: one issued in May of ROC 110, as of then, and the next one as a draft that some of the
 * sections have confirmed. What is there already is left alone, so it may be called again. Names are invented.
 */
export async function loadDemonstrationReports(db: Db): Promise<void> {
  const editor = await db.selectFrom('people').select('id').where('login', '=', 'editor').executeTakeFirst()
  const person = editor ? await findPerson(db, editor.id) : null
  const reports = await db.selectFrom('reports').select(['id', 'from_day', 'state']).where('kind', '=', councilReport.kind).execute()
  const first = reports.find(({ from_day: from }) => from === '2020-10-01')
  if (first?.state !== 'issued') await issueThen(db, first?.id ?? (await draftThen(db, person)), person)
  if (!reports.some(({ from_day: from }) => from === '2021-04-01')) await draftNow(db, person)
}

function draftThen(db: Db, person: Person | null): Promise<number> {
  return writeThen(db, parseInstant('2021-05-04T10:20+08:00')!, person, async (tx, ctx) => {
    const { id } = valueOf(await startDraft(tx, ctx, councilReport, cover('2020-10-01', '2021-03-31', '2021-04-30', '第五次定期會')))
    await confirm(tx, ctx, id, () => true)
    for (const [figure, value] of typedThen) await typeThen(tx, ctx, id, figure, value)
    return id
  })
}

async function issueThen(db: Db, id: number, person: Person | null): Promise<void> {
  const issuedAt = parseInstant('2021-05-05T16:30+08:00')!
  const prepared = await prepareIssue(db, id, issuedAt, { by: person?.name ?? '報告彙編', origin: '' })
  if (isRefusal(prepared)) throw new Error(`the demonstration report is not issued: ${prepared.message}`)
  prepared.document.standing.demonstration = true // the county is marked as such only when all of it is there
  // the paper files are made by a job after the start
  await writeThen(db, issuedAt, person, (tx, ctx) => writeIssue(tx, ctx, { ...prepared, files: [] }))
}

async function draftNow(db: Db, person: Person | null): Promise<void> {
  await writeThen(db, parseInstant('2021-11-08T09:10+08:00')!, person, async (tx, ctx) => {
    const { id } = valueOf(await startDraft(tx, ctx, councilReport, cover('2021-04-01', '2021-09-30', '2021-10-31', '第六次定期會')))
    await confirm(tx, ctx, id, (key) => confirmedInDraft.has(key))
  })
}

/** of these the department confirmed one in its unit's place */
const confirmedFor = new Set(['s10'])
const confirmedInDraft = new Set(['s01', 's02', 's06', 's09', 's10', 's13', 's15'])

const cover = (from: string, to: string, statusOn: string, session: string) => ({
  from: day(from), to: day(to), statusOn: day(statusOn), council: '', session: `第七屆${session}`, title: councilReport.title, department: councilReport.department,
  reporter: '處長 示範甲', participants: ['副處長 示範乙', '綜合規劃科科長 示範丙', '管制考核科科長 示範丁', '法制科科長 示範戊', '為民服務科科長 示範己', '資訊科科長 示範庚'],
})

/** Invented numbers of the half-year before, so that one sees how a typed number is marked. */
const typedThen: [string, number | string][] = [
  ['plans.programme.forums', 1], ['smart.proposals', 1],
]

async function typeThen(tx: Tx, ctx: ActContext, report: number, figure: string, value: number | string): Promise<void> {
  await tx
    .insertInto('typed_values')
    .values({ report_kind: councilReport.kind, figure, from_day: day('2020-10-01'), to_day: day('2021-03-31'), status_on: null, value: JSON.stringify(value), source_note: '示範：負責單位提供的清冊', typed_by: ctx.person?.id ?? null, typed_at: ctx.now })
    .execute()
  await record(tx, ctx, 'report.number-typed', { payload: { report, figure, value } })
}

async function confirm(tx: Tx, ctx: ActContext, report: number, isConfirmed: (key: string) => boolean): Promise<void> {
  const sections = await tx.selectFrom('report_sections').select(['id', 'key', 'revision', 'unit_id']).where('report_id', '=', report).orderBy('position').execute()
  for (const { id, key, revision, unit_id: unit } of sections.filter((section) => isConfirmed(section.key))) {
    const chief = confirmedFor.has(key) ? null : await chiefOf(tx, unit)
    const by = chief ?? ctx.person
    await tx.updateTable('report_sections').set({ state: 'confirmed', confirmed_at: ctx.now, confirmed_by: by?.id ?? null, confirmed_because: chief ? null : '科長公出，電話同意' }).where('id', '=', id).execute()
    const payload = { report, section: key, revision }
    if (chief) await record(tx, { ...ctx, person: chief }, 'report.section-confirmed', { payload })
    else await record(tx, ctx, 'report.section-confirmed-for', { payload: { ...payload, unit } })
  }
}

/** One who may confirm for the unit: of the unit itself, else of its bureau. */
async function chiefOf(tx: Tx, unitId: number): Promise<Person | null> {
  const { rows } = await sql<{ id: number }>`
    select p.person_id as id from units u join posts p on p.unit_id in (u.id, u.bureau_id) and p.role in ('section-chief', 'head')
    where u.id = ${unitId} order by p.unit_id <> u.id, p.role = 'head', p.id limit 1`.execute(tx)
  return rows[0] ? findPerson(tx, rows[0].id) : null
}
