import { Tag } from '../../ui/components/tag.tsx'
import { type Outcome, outcomes, type Stage, stages } from './schema.ts'

/** Where an appeal stands, or how it ended. */
export function StageTag({ stage, outcome }: { stage: Stage; outcome: Outcome | null }) {
  if (outcome) return <Tag tone={endsWithoutDecision(outcome) ? 'ended' : 'done'}>{outcomes[outcome]}</Tag>
  return <Tag tone={waitsOutside(stage) ? 'waiting' : 'active'}>{stages[stage]}</Tag>
}

/** Known to the parties at once: no decision is to be served. */
export const endsWithoutDecision = (outcome: Outcome | null): boolean => outcome === 'withdrawn' || outcome === 'transferred' || outcome === 'self-revised'

const waitsOutside = (stage: Stage): boolean => stage === 'statement' || stage === 'correction' || stage === 'agency' || stage === 'suspended'
