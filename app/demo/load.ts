import type { Caller } from '../core/act.ts'
import { type Db, type Tx, write } from '../core/db.ts'
import { record } from '../core/events/record.ts'
import { hashPassword } from '../core/identity/password.ts'
import { findPerson } from '../core/identity/sessions.ts'
import { findSetting, saveSetting } from '../core/identity/settings.ts'
import { unitsImporter } from '../core/identity/units-import.ts'
import { type FileOfKind, type Importer, importTables } from '../core/tabular/import.ts'
import { type Day, day, dayOf, rocYear } from '../core/time.ts'
import { modules } from '../modules.ts'
import { demonstration as compensationsDemonstration } from '../modules/compensations/index.ts'
import { demonstration as disputesDemonstration } from '../modules/consumer-disputes/index.ts'
import { loadDemonstrationReports } from '../modules/council-report/index.ts'
import { demonstration as annualPlansDemonstration } from '../modules/annual-plans/index.ts'
import { demonstration as appealsDemonstration } from '../modules/appeals/index.ts'
import { demonstration as controlDemonstration } from '../modules/control/index.ts'
import { demonstration as adviceDemonstration } from '../modules/legal-advice/index.ts'
import { demonstration as directivesDemonstration } from '../modules/directives/index.ts'
import { demonstration as meetingsDemonstration } from '../modules/meetings/index.ts'
import { demonstration } from '../modules/petitions/index.ts'
import { demonstration as advisersDemonstration } from '../modules/advisers/index.ts'
import { demonstration as perceivedDemonstration } from '../modules/perceived/index.ts'
import { demonstration as reliefDemonstration } from '../modules/relief/index.ts'
import { demonstration as programmeDemonstration } from '../modules/programme/index.ts'
import { demonstration as regulationsDemonstration } from '../modules/regulations/index.ts'
import { makeClaims } from './compensations.ts'
import { makeAppeals, makeOpenAppeals } from './appeals.ts'
import { makeDisputes } from './consumer-disputes.ts'
import { withCorrections } from './corrections.ts'
import { makeDirectives, meetingsOf } from './directives.ts'
import { demoRules } from './dispatch-rules.ts'
import { advicePlace, demoLawyers, makeAdvice, makeClients } from './legal-advice.ts'
import { makeMeetings } from './meetings.ts'
import { demoPeople } from './people.ts'
import { makePlanProposals } from './plan-proposals.ts'
import { makePetitions, makeRecentPetitions } from './petitions.ts'
import { makeProjects } from './projects.ts'
import { makeEndings, makeProposals, makeRegulations, meetingDays } from './regulations.ts'
import { makeCentralProposals } from './proposals.ts'
import { makePerceivedItems } from './perceived.ts'
import { makeReliefItems } from './relief.ts'
import { lettersOf, petitionsFile, regulationsFile, rowsFile, unitsFile } from './tables.ts'
import { bodiesToRegister, makeStandingMeetings, unpublished } from './standing-bodies.ts'
import { demoUnits, unitCode } from './units.ts'

export const demonstrationPassword = 'windlion-demo'

const importers = [unitsImporter, ...modules.flatMap((module) => module.importers ?? [])]
const importerOf = (name: string): Importer => importers.find((importer) => importer.name === name)!

/**
 * Fills an empty database with the demonstration county; a database that has units of its own, or was filled before, is left
 * alone. Its records go through the same import as those of a real office. `now` decides only which letters count as recent.
 * A load that was broken off goes on where it was at the next start.
 */
export async function loadDemonstration(db: Db, log: (line: string) => void, now = new Date()): Promise<void> {
  if ((await findSetting(db, 'demonstration')) !== undefined) return
  let progress = await findSetting<Progress>(db, 'demonstration.progress')
  if (!progress && (await db.selectFrom('units').select('id').limit(1).executeTakeFirst())) return
  log('載入示範縣政府：單位、同仁、法規、列管計畫與各種案件')
  progress ??= { done: 0, startedAt: now.toISOString() }
  const steps = allSteps(new Date(progress.startedAt))
  for (let done = progress.done; done < steps.length; done++) {
    // A step that was done but not yet noted is done again: each leaves alone what is there already.
    await saveProgress(db, { ...progress, done })
    await steps[done]!(db)
  }
  await write(db, async (tx, at) => {
    await saveSetting(tx, 'demonstration', true)
    // what was recorded before has the times of an office that never was; from here on they are real
    await record(tx, { person: null, onBehalfOf: null, now: at, today: dayOf(at) }, 'demonstration.loaded')
  })
}

type Progress = { done: number; startedAt: string }
type Step = (db: Db) => Promise<void>

function allSteps(now: Date): Step[] {
  const { first, corrections } = withCorrections(makePetitions())
  const recent = makeRecentPetitions(now)
  const watched = makeProjects(dayOf(now))
  const plans = makePlanProposals(dayOf(now))
  const bodies = bodiesToRegister()
  const standing = makeStandingMeetings(dayOf(now), countBy(makeMeetings().map((row) => rocYear(row['開會日期'] as Day))))
  const inTray = new Set(recent.filter(({ closedAt }) => closedAt === null).sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime()).slice(0, lettersInTray))
  return [
    load(unitsFile(unitsImporter, demoUnits)),
    load(petitionsFile(importerOf('petitions'), '示範縣舊系統陳情案件.csv', first)),
    ...corrections.map(({ recordedAt, petitions }) => load(petitionsFile(importerOf('petitions'), '示範縣舊系統更正.csv', petitions), recordedAt)),
    load(regulationsFile(importerOf('regulations'), makeRegulations())),
    (db) => meetingsDemonstration.setOwners(db, bodyOwners()),
    load(rowsFile(importerOf('meetings'), '示範縣會議.csv', makeMeetings())),
    load(rowsFile(importerOf('directives'), '示範縣指裁示事項.csv', makeDirectives(meetingsOf(makeMeetings(), bureauNames), dayOf(now)))),
    load(rowsFile(importerOf('compensations'), '示範縣國家賠償.csv', makeClaims())),
    load(rowsFile(importerOf('consumer-disputes'), '示範縣消費爭議.csv', makeDisputes())),
    load(rowsFile(importerOf('appeals'), '示範縣訴願.csv', makeAppeals())),
    load(rowsFile(importerOf('projects'), '示範縣列管計畫.csv', watched.projects)),
    load(rowsFile(importerOf('project-months'), '示範縣列管計畫月進度.csv', watched.months)),
    load(rowsFile(importerOf('plan-proposals'), '示範縣施政計畫提報.csv', plans.rows)),
    load(rowsFile(importerOf('relief-items'), '示範縣紓困振興工作項目.csv', makeReliefItems())),
    load(rowsFile(importerOf('perceived-items'), '示範縣有感施政項目.csv', makePerceivedItems(dayOf(now)))),
    load(rowsFile(importerOf('proposals'), '示範縣中央計畫提案.csv', makeCentralProposals(dayOf(now)))),
    load(rowsFile(importerOf('legal-advice'), '示範縣法律諮詢.csv', makeAdvice())),
    load(petitionsFile(importerOf('petitions'), '示範縣近日陳情案件.csv', recent.filter((petition) => !inTray.has(petition)))),
    (db) => write(db, loadPeople),
    async (db) => demonstration.makeDispatchRules(await callerOf(db, 'clerk', now), await rulesWithUnits(db)),
    async (db) => demonstration.registerLetters(await callerOf(db, 'clerk', now), lettersOf([...inTray])),
    (db) => beginWork(db, now),
    async (db) => regulationsDemonstration.holdMeetings(await callerOf(db, 'law', now), meetingDays),
    async (db) => regulationsDemonstration.proposeSome({ officer: await callerOf(db, 'officer', now), law: await callerOf(db, 'law', now) }, now, makeProposals()),
    async (db) => regulationsDemonstration.endSome(await callerOf(db, 'law', now), now, makeEndings()),
    async (db) => compensationsDemonstration.claimSome(await callerOf(db, 'law', now), await callerOf(db, `head-${unitCode('行政處').toLowerCase()}`, now), now),
    async (db) => disputesDemonstration.complainSome(await callerOf(db, 'ombudsman', now), now),
    async (db) => controlDemonstration.holdRounds({ control: await callerOf(db, 'control', now), officer: await callerOf(db, 'officer', now) }, now, ['2021-04', '2021-05', '2021-06', '2021-07', '2021-08', '2021-09']),
    async (db) => reliefDemonstration.relieveSome({ editor: await callerOf(db, 'editor', now), officer: await callerOf(db, 'officer', now), helper: await callerOf(db, `officer-${unitCode('建設處').toLowerCase()}`, now) }, now),
    async (db) => meetingsDemonstration.registerBodies(await callerOf(db, 'control', now), bodies),
    load(rowsFile(importerOf('meetings'), '示範縣常設委員會會議.csv', standing)),
    async (db) => meetingsDemonstration.holdSome(await callerOf(db, 'control', now), now),
    async (db) => perceivedDemonstration.showSome({ editor: await callerOf(db, 'editor', now), control: await callerOf(db, 'control', now), officer: await callerOf(db, 'officer', now) }, now),
    async (db) => meetingsDemonstration.publishConfirmed(await callerOf(db, 'control', now), ['advisers', ...bodies.map(({ code }) => code)], unpublished(standing, dayOf(now))),
    async (db) => meetingsDemonstration.proposeSome(await callerOf(db, 'officer', now)),
    async (db) => annualPlansDemonstration.runRound({ control: await callerOf(db, 'control', now), officer: await callerOf(db, 'officer', now) }, now, plans.running, [['editor', 'research'], ['head', 'business'], [`head-${unitCode('主計處').toLowerCase()}`, 'budget']]),
    async (db) => annualPlansDemonstration.decideRounds(await callerOf(db, 'control', now), 155),
    async (db) => programmeDemonstration.draft(await callerOf(db, 'control', now)),
    async (db) => programmeDemonstration.draftNext(await callerOf(db, 'control', now), now),
    async (db) => annualPlansDemonstration.linkSome(await callerOf(db, 'control', now), now),
    async (db) => advisersDemonstration.adviseSome({ editor: await callerOf(db, 'editor', now), officer: await callerOf(db, 'officer', now) }, now),
    async (db) => directivesDemonstration.giveSome({ control: await callerOf(db, 'control', now), officer: await callerOf(db, 'officer', now) }, now),
    async (db) => appealsDemonstration.fileSome({ clerk: await callerOf(db, 'clerk', now), law: await callerOf(db, 'law', now) }, now, makeOpenAppeals()),
    async (db) => appealsDemonstration.sueSome(await callerOf(db, 'law', now), now),
    async (db) => appealsDemonstration.decideSome({ law: await callerOf(db, 'law', now), clerk: await callerOf(db, 'clerk', now), head: await callerOf(db, `head-${unitCode('行政處').toLowerCase()}`, now) }, now),
    async (db) => adviceDemonstration.fillRoster(await callerOf(db, 'law', now), demoLawyers, day('2022-01-01')),
    async (db) => adviceDemonstration.planAhead({ law: await callerOf(db, 'law', now), clerk: await callerOf(db, 'clerk', now) }, now, makeClients(), advicePlace),
    loadDemonstrationReports,
    async (db) => demonstration.publishAnswers(await callerOf(db, 'clerk', now), publicAnswers),
  ]
}

const countBy = (all: readonly number[]): Map<number, number> => all.reduce((counts, one) => counts.set(one, (counts.get(one) ?? 0) + 1), new Map<number, number>())

/** The newest letters are registered, but not dispatched yet. */
const lettersInTray = 6

/** Answers that residents agreed to share. */
const publicAnswers = 24

/** Which section keeps which body of meetings. */
const bodyOwners = (): Record<string, string> => ({
  ...Object.fromEntries(['county_affairs', 'executive', 'control'].map((code) => [code, unitCode('管制考核科')])), ...Object.fromEntries(['relief', 'perceived', 'programme', 'annual_plan', 'advisers', 'county_people'].map((code) => [code, unitCode('綜合規劃科')])),
})

const bureauNames = demoUnits.filter(({ kind }) => kind === '處' || kind === '局').map(({ name }) => name)

function load(file: FileOfKind, recordedAt?: Date): Step {
  return async (db) => {
    const outcome = await importTables(db, [file], importers, recordedAt ? { update: true, recordedAt } : {})
    if (outcome.exitCode !== 0) throw new Error(`the demonstration county does not import: ${outcome.errors.slice(0, 3).join(' / ')}`)
  }
}

async function saveProgress(db: Db, progress: Progress): Promise<void> {
  await write(db, (tx) => saveSetting(tx, 'demonstration.progress', progress))
}

async function loadPeople(tx: Tx): Promise<void> {
  if (await tx.selectFrom('people').select('id').where('login', '=', demoPeople[0]!.login).executeTakeFirst()) return
  await saveSetting(tx, 'county.name', '示範縣政府')
  await saveSetting(tx, 'county.name-en', 'Demonstration County Government')
  const hash = await hashPassword(demonstrationPassword)
  const units = await unitIds(tx)
  const validFrom: Day = day('2019-01-01')
  for (const { login, name, role, unit } of demoPeople) {
    const person = { login, name, email: `${login}@windlion.example`, password_hash: hash, locked_at: null }
    const { id } = await tx.insertInto('people').values(person).returning('id').executeTakeFirstOrThrow()
    await tx.insertInto('posts').values({ person_id: id, unit_id: units.get(unit)!, role, valid_from: validFrom, valid_until: null }).execute()
  }
}

async function unitIds(db: Db | Tx): Promise<Map<string, number>> {
  return new Map((await db.selectFrom('units').select(['id', 'code']).execute()).map(({ id, code }) => [code, id]))
}

async function rulesWithUnits(db: Db) {
  const units = await unitIds(db)
  return demoRules.map(({ unit, ...rule }) => ({ ...rule, unitId: units.get(unit)! }))
}

async function callerOf(db: Db, login: string, now: Date): Promise<Caller> {
  const { id } = await db.selectFrom('people').select('id').where('login', '=', login).executeTakeFirstOrThrow()
  return { db, person: await findPerson(db, id), now, session: { id: 0, proved: true } }
}

/** The officer whose sign-in is shown has begun more than others. */
async function beginWork(db: Db, now: Date): Promise<void> {
  const units = await unitIds(db)
  for (const { login, role, unit } of demoPeople) {
    if (role !== 'officer') continue
    await demonstration.beginWork(await callerOf(db, login, now), units.get(unit)!, unit === unitCode('工務處') ? 0.7 : 0.4, draftAnswer)
  }
}

const draftAnswer = '您好：\n\n您反映的事項，本單位已派員現場了解，處理情形說明如下：\n\n（一）現場確有您所說的情形，已先設置警示。\n\n（二）已排定於兩週內完成改善，完成後將再與您聯繫。\n\n如仍有疑問，歡迎來電。敬祝平安。'
