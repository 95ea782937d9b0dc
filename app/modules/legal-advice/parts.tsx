import { Tag, type Tone } from '../../ui/components/tag.tsx'
import { type Outcome, outcomes, type Stage, stages } from './schema.ts'

const tones: Record<Exclude<Stage, 'closed'>, Tone> = { waiting: 'waiting', offered: 'waiting', booked: 'plain', arrived: 'soon', called: 'active' }

/** Where a consultation stands; null: a hold nobody confirmed yet. */
export function StageTag({ stage, outcome }: { stage: Stage | null; outcome: Outcome | null }) {
  if (!stage) return <Tag tone="waiting">待確認</Tag>
  if (stage === 'closed') return <Tag tone={outcome === 'served' ? 'done' : 'ended'}>{outcomes[outcome!]}</Tag>
  return <Tag tone={tones[stage]}>{stages[stage]}</Tag>
}

/** 是 or 否 and nothing else: which case, whose name, stays untold. */
export function ConflictTag({ conflict }: { conflict: boolean | null }) {
  if (conflict === null) return <span class="muted">尚未比對</span>
  return conflict ? <Tag tone="danger">有</Tag> : <>沒有</>
}
