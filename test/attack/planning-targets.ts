import { valueOf } from '../../app/core/errors.ts'
import { write } from '../../app/core/db.ts'
import { dayOf, rocDay, rocYear } from '../../app/core/time.ts'
import { assignLead } from '../../app/core/cases/assign.ts'
import { appoint, takeDown } from '../../app/modules/advisers/register.ts'
import { steps as suggestionSteps } from '../../app/modules/advisers/steps.ts'
import { submitProposal } from '../../app/modules/annual-plans/propose.ts'
import { openRound } from '../../app/modules/annual-plans/rounds.ts'
import { issueDirective } from '../../app/modules/directives/issue.ts'
import { procedure, sectionProcedure } from '../../app/modules/directives/steps.ts'
import { callBody } from '../../app/modules/meetings/call.ts'
import { propose } from '../../app/modules/meetings/proposals/acts.ts'
import { addItem as listPerceived } from '../../app/modules/perceived/register.ts'
import { steps as perceivedSteps } from '../../app/modules/perceived/steps.ts'
import { holdForum, startProgramme } from '../../app/modules/programme/acts.ts'
import { addProject } from '../../app/modules/programme/projects.ts'
import { steps as programmeSteps } from '../../app/modules/programme/steps.ts'
import { openProposal } from '../../app/modules/proposals/register.ts'
import { steps as proposalSteps } from '../../app/modules/proposals/steps.ts'
import { addItem, addPlan, addProgramme } from '../../app/modules/relief/register.ts'
import { steps as reliefSteps } from '../../app/modules/relief/steps.ts'
import type { Attacked, Place } from './targets.ts'

const today = () => rocDay(dayOf(new Date()))
const inUnit = ['officer', 'section-chief', 'head'] as const
const offices = ['clerk', 'control', 'editor', 'law'] as const

/** Meetings, directives, proposed plans and the relief programme: the planning sections' cases. */
export const planning: Attacked[] = [
  { kind: 'meeting', module: 'meetings', about: ['/console/meetings/:name'], sees: { own: [...offices, ...inUnit], foreign: [...offices] }, make: makeMeeting },
  {
    kind: 'directive', module: 'directives', about: ['/console/directives/:name'], sees: { own: [...offices, ...inUnit], foreign: [...offices] }, steps: { ...procedure.steps, ...sectionProcedure.steps },
    make: async (place) => {
      const { number: meeting, ids } = await makeMeeting(place)
      const sentence = `請主辦單位修好蒲公英步道 ${place.mark}`
      await write(place.db, (tx) => tx.updateTable('committee_meetings').set({ remarks: `${sentence}。` }).where('id', '=', Number(ids.meeting)).execute())
      const { number } = valueOf(await issueDirective(place.people.control, { meeting, sentence, unitId: place.unit.id, due: 'open' }))
      return { number, ids: { number: meeting } }
    },
  },
  {
    kind: 'plan-proposal', module: 'annual-plans', about: ['/console/plan-proposals/:number'], sees: { own: ['control', 'editor', ...inUnit], foreign: ['control', 'editor'] },
    make: async ({ db, officer, unit, people, mark }) => {
      const year = rocYear(dayOf(new Date())) + 1
      const open = await db.selectFrom('plan_rounds').select('id').where('roc_year', '=', year).executeTakeFirst()
      if (!open) valueOf(await openRound(people.control, { year, dueOn: today() }))
      return valueOf(await submitProposal(officer, { title: `蒲公英步道 ${mark}`, category: 'other', kind: 'new', priority: '1', fromYear: String(year), toYear: String(year), content: `修好蒲公英步道 ${mark}`, benefit: `行人走得安全 ${mark}`, unitId: unit.id, year, money: { 'source-1': 'county', 'object-1': 'capital', [`twd-1-${year}`]: '100萬' } }))
    },
  },
  {
    kind: 'relief-item', module: 'relief', about: ['/console/relief/:name', '/api/v1/relief-items/:name'], sees: { foreign: [...offices, ...inUnit] }, steps: reliefSteps,
    make: async ({ people, unit, mark }) => {
      const { programme } = valueOf(await addProgramme(people.control, { year: rocYear(dayOf(new Date())), title: '示範紓困方案', basis: '' }))
      const { id: plan } = valueOf(await addPlan(people.control, { programme, title: '規費減免' }))
      return valueOf(await addItem(people.control, { plan, title: `蒲公英步道 ${mark}`, unitId: unit.id, startOn: today(), finishOn: today() }))
    },
  },
  {
    kind: 'meeting-proposal', module: 'meetings', about: ['/console/meeting-proposals/:number', '/console/meeting-proposals/:name'], sees: { own: ['control', ...inUnit], foreign: ['control'] },
    make: ({ officer, mark }) => propose(officer, { body: 'programme', section: 'report', title: `蒲公英步道 ${mark}`, reason: `說明 ${mark}` }).then(valueOf),
  },
  {
    kind: 'perceived', module: 'perceived', about: ['/console/perceived/:name'], sees: { foreign: [...offices, ...inUnit] }, steps: perceivedSteps,
    make: ({ people, unit, mark }) => listPerceived(people.control, { year: rocYear(dayOf(new Date())), title: `蒲公英步道 ${mark}`, unitId: unit.id }).then(valueOf),
  },
  {
    kind: 'proposal', module: 'proposals', about: ['/console/proposals/:name'], sees: { foreign: [...offices, ...inUnit] }, steps: proposalSteps,
    make: ({ people, unit, mark }) => openProposal(people.control, { kind: 'general', title: `蒲公英步道 ${mark}`, ministry: '示範部', programme: '示範計畫', unitId: unit.id }).then(valueOf),
  },
  {
    kind: 'suggestion', module: 'advisers', about: ['/console/suggestions/:name'], sees: { own: ['control', 'editor', ...inUnit], foreign: ['control', 'editor'] }, steps: suggestionSteps,
    make: async ({ db, people, unit, mark }) => {
      const { id: adviser } = valueOf(await appoint(people.control, { kind: 'adviser', name: '示範顧問', fromOn: '110/1/1', untilOn: '150/12/31' }))
      const { number } = valueOf(await takeDown(people.control, { adviser, title: `蒲公英步道 ${mark}`, body: `建議修好 ${mark}`, on: today() }))
      const { id } = await db.selectFrom('cases').select('id').where('number', '=', number).executeTakeFirstOrThrow()
      await write(db, (tx, now) => assignLead(tx, { caseId: id, unitId: unit.id, officerId: null, at: now, endedAs: 'reassigned' }))
      return { number }
    },
  },
  {
    kind: 'programme', module: 'programme', about: ['/console/programmes/:name'], sees: { foreign: ['control', 'editor', ...inUnit] }, steps: programmeSteps,
    make: async ({ people, unit, mark }) => {
      const { number } = valueOf(await startProgramme(people.control, { term: 7, fromYear: 116, aim: `修好各島的蒲公英步道 ${mark}` }))
      const { id } = valueOf(await addProject(people.control, { name: number, heading: '1', title: `蒲公英步道 ${mark}`, unitId: unit.id, money: '116 縣款 100萬' }))
      return { number, ids: { project: String(id) } }
    },
  },
  {
    kind: 'programme-forum', module: 'programme', about: ['/console/programme-forums/:number'], sees: { foreign: ['control', 'editor', ...inUnit] },
    make: async ({ people, mark }) => {
      const { number: name } = valueOf(await startProgramme(people.control, { term: 8, fromYear: 120, aim: `再修一次蒲公英步道 ${mark}` }))
      return valueOf(await holdForum(people.control, { name, heldOn: today(), township: '金城鎮', place: '示範活動中心', subject: `蒲公英步道 ${mark}`, attendance: 12 }))
    },
  },
]

/** A meeting today at which the unit's bureau sits, with the mark on its agenda. */
async function makeMeeting({ db, people, bureau, mark }: Place): Promise<{ number: string; ids: { meeting: string; item: string } }> {
  const { number } = valueOf(await callBody(people.control, { body: 'programme', on: today(), startsAt: '00:01', place: '第一會議室', units: [bureau], reports: `蒲公英步道 ${mark}`, discussions: '', people: '' }))
  const { id } = await db.selectFrom('cases').select('id').where('number', '=', number).executeTakeFirstOrThrow()
  const item = await db.selectFrom('committee_items').select('id').where('meeting_id', '=', id).executeTakeFirstOrThrow()
  return { number, ids: { meeting: String(id), item: String(item.id) } }
}
