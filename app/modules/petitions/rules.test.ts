import { expect, test } from 'vitest'
import { type PetitionAct, type PetitionState, refuseAct, stagesOfActs } from './rules.ts'
import { stages, type Stage } from './schema.ts'

const petition = (more: Partial<PetitionState> = {}): PetitionState => ({ stage: 'handling', unitId: 1, officerId: 1, mergedInto: null, pending: null, extendedTo: null, answered: false, confidential: false, ...more })
const code = (act: PetitionAct, more: Partial<PetitionState> = {}) => refuseAct(act, petition(more))?.code ?? null

test('each act is open exactly in the stages of the table', () => {
  for (const act of Object.keys(stagesOfActs) as PetitionAct[]) {
    for (const stage of Object.keys(stages) as Stage[]) {
      const listed = (stagesOfActs[act] as readonly Stage[]).includes(stage)
      expect([act, stage, code(act, { stage }) === 'petition.wrong-stage']).toEqual([act, stage, !listed])
    }
  }
})

test('a closed case can be published, rated, asked again, made confidential and given readers, nothing else', () => {
  const open = (Object.keys(stagesOfActs) as PetitionAct[]).filter((act) => code(act, { stage: 'closed' }) !== 'petition.wrong-stage')
  expect(open.sort()).toEqual(['ask-again', 'confide', 'name-reader', 'publish', 'rate'])
})

test('what is merged is worked in the case it was merged into', () => {
  for (const act of ['dispatch', 'accept', 'draft', 'submit', 'extend', 'merge', 'transfer'] as const) {
    expect([act, code(act, { stage: stagesOfActs[act][0], mergedInto: 9 })]).toEqual([act, 'petition.merged'])
  }
  expect(code('take-apart', { mergedInto: 9 })).toBeNull()
  expect(code('supplement', { mergedInto: 9 })).toBeNull()
  expect(code('take-apart')).toBe('petition.not-merged')
})

test('while something is under approval, what would cross it waits; drafting goes on', () => {
  for (const act of ['submit', 'extend', 'merge', 'transfer', 'no-action', 'other-procedure', 'return', 'reassign', 'ask-supplement'] as const) expect([act, code(act, { pending: 'extension' })]).toEqual([act, 'petition.pending'])
  expect(code('draft', { pending: 'extension' })).toBeNull()
  expect(code('approve', { pending: 'extension' })).toBeNull()
  expect(code('approve')).toBe('petition.nothing-pending')
})

test('a case is extended once, and a confidential one never published', () => {
  expect(code('extend', { extendedTo: '2021-06-01' })).toBe('petition.already-extended')
  expect(refuseAct('publish', petition({ stage: 'closed', confidential: true }))).toMatchObject({ code: 'petition.confidential', law: '行政程序法 §170 II' })
})
