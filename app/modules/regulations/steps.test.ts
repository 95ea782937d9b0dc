import { expect, test } from 'vitest'
import { stages } from './schema.ts'
import { fits, type ProposalState, refuseStep, type StepId, stepOf, steps } from './steps.ts'
import { day } from '../../core/time.ts'

const state = (more: Partial<ProposalState>): ProposalState => ({ stage: 'drafting', instrument: 'ordinance', change: 'enact', penalty: false, gazetted: false, noticeFrom: null, noticeUntil: null, letterOn: null, lastOn: null, dueOn: null, steps: [], ...more })
const ids = Object.keys(steps) as StepId[]
const on = day('2024-01-02')

test('every stage but the last has a way on, for every kind that reaches it', () => {
  for (const instrument of ['ordinance', 'rule', 'delegated', 'administrative'] as const) {
    const reached = new Set<ProposalState['stage']>(['drafting'])
    for (const stage of reached) {
      const next = ids.filter((id) => stepOf(id).from.includes(stage) && (!stepOf(id).instruments || stepOf(id).instruments!.includes(instrument)))
      for (const id of next) {
        const { to } = stepOf(id)
        const goal = typeof to === 'function' ? to(state({ stage, instrument })) : to
        if (goal) reached.add(goal)
      }
      if (stage !== 'closed') expect({ instrument, stage, next: next.some((id) => stepOf(id).to !== null) }).toEqual({ instrument, stage, next: true })
    }
    expect(reached.has('closed')).toBe(true)
  }
  expect(Object.keys(stages)).toHaveLength(10)
})

test('what is offered is not refused by stage or kind', () => {
  for (const id of ids) for (const stage of stepOf(id).from) if (fits(id, state({ stage }))) expect(['regulation.wrong-stage', 'regulation.wrong-kind']).not.toContain(refuseStep(id, state({ stage }), on)?.code)
})

test('a penalty asks for approval, none does not; nobody asks the council twice', () => {
  expect(refuseStep('promulgate', state({ stage: 'promulgation', penalty: true }), on)?.law).toContain('§26 IV')
  expect(refuseStep('promulgate', state({ stage: 'promulgation', penalty: true, steps: ['approved'] }), on)).toBeNull()
  expect(refuseStep('submit-approval', state({ stage: 'promulgation' }), on)?.code).toBe('regulation.no-approval')
  expect(refuseStep('reconsider', state({ stage: 'promulgation', steps: ['upheld'] }), on)?.law).toContain('§39')
  expect(refuseStep('third-reading', state({ stage: 'council', steps: ['first-reading'] }), on)?.code).toBe('regulation.order')
})

test('a step is not before the one that it follows, nor taken twice', () => {
  const council = state({ stage: 'council', steps: ['first-reading', 'second-reading', 'third-reading'], lastOn: day('2024-05-20') })
  expect(refuseStep('letter-received', council, day('2024-05-19'))?.code).toBe('regulation.order-day')
  expect(refuseStep('letter-received', council, day('2024-05-20'))).toBeNull()
  expect(refuseStep('first-reading', council, day('2024-05-21'))?.code).toBe('regulation.taken')
})

test('people read days of the Republic, never ISO days', () => {
  expect(refuseStep('to-review', state({ stage: 'notice', noticeUntil: day('2024-01-22') }), on)?.message).toContain('113/1/22')
  expect(refuseStep('deemed-approved', state({ stage: 'approval', dueOn: day('2024-07-10') }), on)?.message).toContain('113/7/10')
})

test('while 函告無效 or an interpretation is awaited nothing is promulgated; after an approval nothing pauses (地方制度法 §32)', () => {
  const waiting = state({ stage: 'promulgation', steps: ['report-nullity'] })
  expect([fits('not-nullified', waiting), fits('report-nullity', waiting), refuseStep('promulgate', waiting, on)?.code]).toEqual([true, false, 'regulation.paused'])
  expect(refuseStep('nullified', state({ stage: 'promulgation' }), on)?.code).toBe('regulation.not-paused')
  expect(refuseStep('ask-interpretation', state({ stage: 'promulgation', steps: ['approved'] }), on)?.law).toContain('§32 II')
  expect(refuseStep('promulgate', state({ stage: 'promulgation', steps: ['report-nullity', 'not-nullified'] }), on)).toBeNull()
})
