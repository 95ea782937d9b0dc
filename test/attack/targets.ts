import { sql } from 'kysely'
import { type Db, write } from '../../app/core/db.ts'
import { attachDocument, storeDocument } from '../../app/core/documents/store.ts'
import { valueOf } from '../../app/core/errors.ts'
import type { Role } from '../../app/core/identity/permissions.ts'
import { queueMail } from '../../app/core/mail/outbox.ts'
import { dayOf, rocDay } from '../../app/core/time.ts'
import { registerAppeal } from '../../app/modules/appeals/filing/register.ts'
import { steps as appealSteps } from '../../app/modules/appeals/steps.ts'
import { registerClaim } from '../../app/modules/compensations/register.ts'
import { steps as claimSteps } from '../../app/modules/compensations/steps.ts'
import { registerDispute } from '../../app/modules/consumer-disputes/register.ts'
import { steps as disputeSteps } from '../../app/modules/consumer-disputes/steps.ts'
import { registerProject } from '../../app/modules/control/register.ts'
import { takeWalkIn } from '../../app/modules/legal-advice/counter/acts.ts'
import { callNext, writeRecord } from '../../app/modules/legal-advice/desk/acts.ts'
import { addLawyer } from '../../app/modules/legal-advice/lawyers/acts.ts'
import { planSession } from '../../app/modules/legal-advice/sessions/acts.ts'
import { registerAtCounter } from '../../app/modules/personal-data/requests/file.ts'
import { dispatchPetition } from '../../app/modules/petitions/dispatch/actions.ts'
import { acceptPetition } from '../../app/modules/petitions/handling/accept.ts'
import { saveDraft } from '../../app/modules/petitions/handling/draft.ts'
import { confidePetition } from '../../app/modules/petitions/registration/confide.ts'
import { proposeRegulation } from '../../app/modules/regulations/propose.ts'
import { steps as regulationSteps } from '../../app/modules/regulations/steps.ts'
import { makePerson, makePetition } from '../support/makers.ts'
import { planning } from './planning-targets.ts'

export type Staff = Awaited<ReturnType<typeof makePerson>>
/** Of their unit, of another, and one that is confidential and in the hands of somebody else of their unit. */
export type Which = 'own' | 'foreign' | 'secret'
/** A case with what hangs on it; `mark` stands in its title, texts, parties, mail and file, and nowhere else. `ids`: what this module calls its parameters, where that differs. */
export type Target = { kind: string; which: Which; module: string; id: number; number: string; followNo: string; document: number; mark: string; ids: Record<string, string> }

export type Place = { db: Db; mark: string; which: Which; unit: { id: number; name: string }; foreignUnit: number; /** the unit's department or bureau */ bureau: number; officer: Staff; people: Record<Role, Staff>; lawyer: Staff }
export type Attacked = {
  /** value of cases.kind */
  kind: string
  module: string
  /** who sees which, said here by hand and compared with what the module's `visibleTo` says */
  sees: Partial<Record<Which, Role[]>>
  /** console and API addresses that begin so are about the one case named in them */
  about: string[]
  /** what `:step` may be */
  steps?: object
  make(place: Place): Promise<{ number: string; ids?: Record<string, string> }>
}

const agency: Role[] = ['officer', 'section-chief', 'head']
const today = () => rocDay(dayOf(new Date()))
const titleOf = (mark: string) => `蒲公英步道 ${mark}`

const casework: Attacked[] = [
  { kind: 'petition', module: 'petitions', about: ['/console/petitions/:name', '/api/v1/petitions/:name'], sees: { own: ['clerk', 'control', ...agency], foreign: ['clerk', 'control'], secret: [] }, make: makePetitionTarget },
  {
    kind: 'regulation', module: 'regulations', about: ['/console/regulations/:name'], sees: { own: ['clerk', 'law', 'control', 'editor', ...agency], foreign: ['clerk', 'law', 'control', 'editor'] }, steps: regulationSteps,
    make: ({ officer, unit, mark }) => proposeRegulation(officer, { title: `示範縣蒲公英${mark}自治條例`, change: 'enact', instrument: 'ordinance', reason: titleOf(mark), text: `第一條\n${mark}。\n第二條\n違反前條者，處新臺幣三千元以下罰鍰。`, penalty: 'yes', unitId: unit.id, internal: 'yes' }).then(valueOf),
  },
  {
    kind: 'appeal', module: 'appeals', about: ['/console/appeals/:name', '/api/v1/appeals/:name'], sees: { own: ['clerk', 'law', 'control', ...agency], foreign: ['clerk', 'law', 'control'], secret: [] }, steps: appealSteps,
    make: ({ people, unit, foreignUnit, which, mark }) => registerAppeal(people.law, { channel: 'paper', form: 'appeal', ground: 'disposition', title: titleOf(mark), agencyKind: which === 'own' ? 'county' : 'subordinate', agencyUnitId: String(which === 'own' ? unit.id : foreignUnit), servedOn: today(), serviceKind: '送達', residence: '金門縣', claims: mark, facts: titleOf(mark), receivedOn: today(), signed: 'yes', name: `王${mark}`, address: mark, email: 'wang@example.org', unitId: String(people.law.person.posts[0]!.unitId) }).then(valueOf),
  },
  {
    kind: 'compensation', module: 'compensations', about: ['/console/compensations/:name', '/api/v1/compensations/:name'], sees: { own: ['clerk', 'law', 'control', 'editor', ...agency], foreign: ['clerk', 'law', 'control', 'editor'], secret: [] }, steps: claimSteps,
    make: ({ people, unit, mark }) => registerClaim(people.law, { title: titleOf(mark), facts: `${titleOf(mark)} 跌倒受傷`, requestedTwd: '50000', claimantName: `王${mark}`, channel: 'paper', receivedOn: today(), agency: unit.name }).then(valueOf).then(({ name }) => ({ number: name })),
  },
  {
    kind: 'consumer-dispute', module: 'consumer-disputes', about: ['/console/consumer-disputes/:name', '/api/v1/consumer-disputes/:name'], sees: { foreign: ['clerk', 'law', 'control', 'editor', 'ombudsman'], secret: [] }, steps: disputeSteps,
    make: ({ people, mark }) => registerDispute(people.ombudsman, { title: titleOf(mark), facts: `${titleOf(mark)} 不能退貨`, asked: mark, consumerName: `王${mark}`, businessKind: 'organisation', businessName: `示範${mark}行`, channel: 'counter', receivedOn: today() }).then(valueOf).then(({ name }) => ({ number: name })),
  },
  {
    kind: 'project', module: 'control', about: ['/console/projects/:number'], sees: { own: ['clerk', 'law', 'control', 'editor', ...agency], foreign: ['clerk', 'law', 'control', 'editor'] },
    make: ({ people, unit, mark }) => registerProject(people.control, { title: titleOf(mark), level: 'major', grade: 'county', unitId: unit.id, summary: mark, budgetTwd: '100萬', startOn: today(), finishOn: today(), milestones: '', internal: 'yes' }).then(valueOf),
  },
  { kind: 'legal-advice', module: 'legal-advice', about: ['/console/legal-advice/consultations/:name', '/console/my-advice/:number', '/console/my-advice/records/:name'], sees: { own: ['clerk', 'law', 'lawyer'], foreign: ['clerk', 'law'] }, make: makeConsultation },
  {
    kind: 'personal-data-request', module: 'personal-data', about: ['/console/privacy/requests/:name'], sees: { foreign: ['data-protection'] },
    make: ({ people, mark }) => registerAtCounter(people['data-protection'], { what: 'access', wish: titleOf(mark), name: `王${mark}`, email: '', phone: '', identityShown: '身分證' }).then(valueOf),
  },
]

export const attacked: Attacked[] = [...casework, ...planning]

/** The case, with a file and a mail of its own; the secret one belongs to its officer alone. */
export async function makeTarget(of: Attacked, place: Place): Promise<Target> {
  const { db, mark, which } = place
  const { number, ids = {} } = await of.make(place)
  const { id, follow_no: followNo } = await db.selectFrom('cases').select(['id', 'follow_no']).where('number', '=', number).executeTakeFirstOrThrow()
  const document = await write(db, async (tx) => {
    const stored = await storeDocument(tx, Buffer.from(`檔案 ${mark}`), 'text/plain')
    await queueMail(tx, { to: 'wang@example.org', subject: `關於 ${mark}`, text: `內容 ${mark}`, purpose: 'petition.answer', caseId: id })
    if (which === 'secret' && of.kind !== 'petition') await tx.updateTable('cases').set({ confidential: true, officer_id: place.officer.person.id }).where('id', '=', id).execute()
    return attachDocument(tx, { caseId: id, documentId: stored.id, name: `${mark}.txt`, kind: 'attachment' })
  })
  return { kind: of.kind, module: of.module, which, id, number, followNo, document, mark, ids }
}

async function makePetitionTarget({ db, mark, which, unit, officer, people }: Place): Promise<{ number: string }> {
  const made = await makePetition(db, new Date(), { title: titleOf(mark), body: `蒲公英步道的欄杆壞了 ${mark}`, sender: { name: '王示範', email: 'wang@example.org', phone: '082-000-001' } })
  valueOf(await dispatchPetition(people.clerk, { name: made.number, unitId: unit.id, jointUnitIds: [] }))
  valueOf(await acceptPetition(officer, { name: made.number }))
  valueOf(await saveDraft(officer, { name: made.number, text: `已派員 ${mark}`, remedy: 'none' }))
  await write(db, (tx) => sql`insert into petition_sendings (case_id, way, what, subject, text) values (${made.id}, 'post', 'answer', ${`答復 ${mark}`}, ${`全文 ${mark}`})`.execute(tx))
  if (which === 'secret') valueOf(await confidePetition(officer, { name: made.number, confidential: '1', reason: `${mark} 檢舉` }))
  return made
}

/** Somebody who sits before a lawyer today: one of theirs, or another's. */
async function makeConsultation({ db, mark, which, people, lawyer }: Place): Promise<{ number: string; ids: Record<string, string> }> {
  const advisor = which === 'own' ? people.lawyer : lawyer
  const { id: speciality } = await db.selectFrom('advice_specialities').select('id').orderBy('id').executeTakeFirstOrThrow()
  const { id } = valueOf(await addLawyer(people.law, { name: `律${which === 'own' ? '甲' : '乙'}`, login: advisor.person.login, specialities: [speciality], validFrom: '110/1/1', validUntil: '150/12/31' }))
  const { number: session } = valueOf(await planSession(people.law, { on: today(), closed: 'yes', startsAt: '00:00', endsAt: '23:59', minutes: 5, place: '第一會議室', lawyers: [id] }))
  const { number } = valueOf(await takeWalkIn(people.clerk, { session, name: `王${mark}`, phone: '', opponent: `李${mark}`, speciality, email: '', origin: 'http://127.0.0.1' }))
  valueOf(await callNext(advisor, { number: session }))
  valueOf(await writeRecord(advisor, { name: number, text: `紀錄 ${mark}` }))
  return { number, ids: { number: session } }
}
