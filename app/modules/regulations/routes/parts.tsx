import type { RegulationFile } from '../queries.ts'
import { besides, type ProposalState } from '../steps.ts'

export const stateOf = (file: RegulationFile): ProposalState => ({
  stage: file.stage, instrument: file.instrument, change: file.change, penalty: file.penalty, gazetted: file.gazetted, noticeFrom: file.noticeFrom, noticeUntil: file.noticeUntil, dueOn: file.dueOn,
  letterOn: file.steps.findLast(({ step }) => step === 'letter-received')?.on ?? null,
  lastOn: file.steps.findLast(({ step }) => !besides.includes(step))?.on ?? null,
  steps: file.steps.map(({ step }) => step),
})
