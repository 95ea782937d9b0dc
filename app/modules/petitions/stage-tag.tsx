import { Tag, type Tone } from '../../ui/components/tag.tsx'
import { type Outcome, outcomes, type Stage, stages } from './schema.ts'

const tones: Record<Stage, Tone> = {
  unconfirmed: 'waiting', received: 'plain', dispatched: 'plain', handling: 'active', 'awaiting-supplement': 'waiting', approval: 'active', closed: 'done', lapsed: 'ended',
}

/** Where a petition stands, in a word and a shape; of a closed one, how it closed. */
export function StageTag({ stage, outcome, merged }: { stage: Stage; outcome: Outcome | null; merged: boolean }) {
  if (outcome) return <Tag tone={outcome === 'answered' || outcome === 'merged' ? 'done' : 'ended'}>{outcomes[outcome]}</Tag>
  if (merged) return <Tag tone="waiting">已併案</Tag>
  return <Tag tone={tones[stage]}>{stages[stage]}</Tag>
}
