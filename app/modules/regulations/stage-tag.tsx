import { Tag } from '../../ui/components/tag.tsx'
import { type Outcome, outcomes, type Stage, stages } from './schema.ts'

/** Where a proposal stands, or how it ended. */
export function StageTag({ stage, outcome }: { stage: Stage; outcome: Outcome | null }) {
  if (outcome) return <Tag tone={outcome === 'completed' ? 'done' : 'ended'}>{outcomes[outcome]}</Tag>
  return <Tag tone={stage === 'notice' || stage === 'council' || stage === 'approval' ? 'waiting' : 'active'}>{stages[stage]}</Tag>
}
