import { sql } from 'kysely'
import { makePerson, makePetition, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import type { Caller } from '../../core/act.ts'
import { type Db, write } from '../../core/db.ts'
import { useDocumentFolder } from '../../core/documents/store.ts'
import { valueOf } from '../../core/errors.ts'
import type { Person } from '../../core/identity/permissions.ts'
import { findPerson } from '../../core/identity/sessions.ts'
import { saveSetting } from '../../core/identity/settings.ts'
import { openJobs } from '../../core/jobs/jobs.ts'
import { startReport } from '../../core/reports/drafts.ts'
import { confirmSectionFor } from '../../core/reports/confirmation.ts'
import { findSections } from '../../core/reports/sections.ts'
import { addDays, dayOf, parseInstant } from '../../core/time.ts'
import { declareModules } from '../../start.ts'
import { councilReport } from './report.ts'
import { testFolder } from '../../../test/support/folder.ts'

/** The department with three of its sections, and a bureau that answers petitions. */
export async function makeReportOffice(db: Db) {
  declareModules()
  useTestKeys()
  useDocumentFolder(testFolder())
  await openJobs(db)
  await write(db, (tx) => saveSetting(tx, 'county.name', '示範縣政府'))
  const department = await makeUnit(db, '行政處', { code: 'A08' })
  const service = await makeUnit(db, '為民服務科', { kind: 'section', parentId: department, code: 'A0807' })
  const law = await makeUnit(db, '法制科', { kind: 'section', parentId: department, code: 'A0803' })
  const computing = await makeUnit(db, '資訊科', { kind: 'section', parentId: department, code: 'A0806' })
  const works = await makeUnit(db, '工務處', { code: 'A05' })
  // known since long before the cases, as units of an import are
  await write(db, async (tx) => {
    await sql`alter table units disable trigger units_version`.execute(tx)
    await sql`update units set sys_from = '2000-01-01'`.execute(tx)
    await sql`alter table units enable trigger units_version`.execute(tx)
  })
  return {
    units: { department, service, law, works },
    editor: await makePerson(db, '蔡彙編', 'editor', department),
    writer: await makePerson(db, '林承辦', 'officer', service),
    chief: await makePerson(db, '黃科長', 'section-chief', service),
    lawyer: await makePerson(db, '吳法制', 'officer', law),
    operator: await makePerson(db, '許資訊', 'officer', computing),
    stranger: await makePerson(db, '周外人', 'head', works),
  }
}

/** The deputy as they are while the other is absent, today and tomorrow. */
export async function standIn(db: Db, deputy: Caller & { person: Person }, absent: Caller & { person: Person }): Promise<Caller & { person: Person }> {
  const today = dayOf(new Date())
  await write(db, (tx) => tx.insertInto('deputies').values({ person_id: absent.person.id, deputy_id: deputy.person.id, from_day: today, until_day: addDays(today, 1) }).execute())
  return { ...deputy, person: (await findPerson(db, deputy.person.id))! }
}

export type ReportOffice = Awaited<ReturnType<typeof makeReportOffice>>

export const halfYear = { from: '110/4/1', to: '110/9/30', statusOn: '110/10/31', council: '', session: '第七屆第六次定期會', title: councilReport.title, department: councilReport.department, reporter: '處長 示範甲', participants: '副處長 示範乙\n科長 示範丙' }

export async function startHalfYear(office: ReportOffice): Promise<number> {
  return valueOf(await startReport(office.editor, halfYear)).id
}

export async function confirmAll(office: ReportOffice, report: number): Promise<void> {
  for (const { key, revision, state } of await findSections(office.editor.db, report)) {
    if (state === 'drafting') valueOf(await confirmSectionFor(office.editor, { report, key, revision, reason: '各單位已口頭同意' }))
  }
}

/** A letter to the mayor, closed on that day unless null, recorded as it happened. */
export async function makeLetter(db: Db, unitId: number, received: string, closed: string | null): Promise<{ id: number; number: string }> {
  const made = await makePetition(db, parseInstant(received)!)
  await change(db, made.id, { unit_id: unitId, ...(closed ? { closed_at: parseInstant(closed), outcome: 'answered', stage: 'closed' } : {}) })
  return made
}

/** A correction of a case's row with its event, recorded now. */
export async function change(db: Db, id: number, values: Record<string, unknown>): Promise<void> {
  await write(db, async (tx) => {
    const columns = Object.entries(values).map(([name, value]) => sql`${sql.ref(name)} = ${value}`)
    await sql`update cases set ${sql.join(columns)} where id = ${id}`.execute(tx)
    const stage = values.stage ?? null
    await sql`insert into events (kind, happened_at, case_id, to_stage) values ('petition.corrected', recorded_now(), ${id}, ${stage})`.execute(tx)
  })
}
