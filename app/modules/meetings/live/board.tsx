import { findHeld, type HeldItem } from '../../../core/committees/queries.ts'
import type { Db } from '../../../core/db.ts'
import { renderPiece } from '../../../ui/render.ts'
import { Tag } from '../../../ui/components/tag.tsx'
import { findMore } from '../queries.ts'
import { decisionText, inOrder, sectionName } from '../shown.ts'

/** What everybody in the room sees alike: nothing of it is one reader's own, so that it is written once for all. */
export function Board({ items, liveItemId, isOver, begun }: { items: readonly HeldItem[]; liveItemId: number | null; isOver: boolean; begun: boolean }) {
  const now = items.find(({ id }) => id === liveItemId)
  const decided = items.filter(({ decision }) => decision).length
  return (
    <div class="stack">
      <p class="lead" role="status">{isOver ? '會議已經結束。' : now ? <>正在討論：<strong>{now.number ? `${now.number} ` : ''}{now.subject}</strong></> : begun ? '會議進行中。' : '會議還沒有開始。'}</p>
      <p class="muted">{items.length} 案，已決議 {decided} 案。</p>
      <ol class="stack">
        {inOrder(items).map((item) => (
          <li key={item.id} aria-current={item.id === liveItemId && !isOver ? 'step' : undefined}>
            <strong>{item.number ? `${item.number} ` : ''}{item.subject}</strong> <span class="muted small">{sectionName(item.section)}</span> {item.id === liveItemId && !isOver && <Tag tone="active">正在討論</Tag>} {item.decision && <Tag tone="done">已決議</Tag>}
            {item.decision && <p>{decisionText(item)}{item.tally && `（贊成 ${item.tally.for}、反對 ${item.tally.against}、棄權 ${item.tally.abstain}）`}</p>}
          </li>
        ))}
      </ol>
    </div>
  )
}

const written = new WeakMap<Db, Map<number, { version: string; html: Promise<string> }>>()

/** The board as HTML, written once for each version of a meeting, whoever asks. */
export function boardHtml(db: Db, meetingId: number, version: string): Promise<string> {
  const known = written.get(db) ?? new Map<number, { version: string; html: Promise<string> }>()
  written.set(db, known)
  const last = known.get(meetingId)
  if (last?.version === version) return last.html
  const html = writeBoard(db, meetingId)
  known.set(meetingId, { version, html })
  html.catch(() => known.delete(meetingId))
  return html
}

async function writeBoard(db: Db, meetingId: number): Promise<string> {
  const [held, more, { stage }] = await Promise.all([findHeld(db, meetingId), findMore(db, meetingId), db.selectFrom('cases').select('stage').where('id', '=', meetingId).executeTakeFirstOrThrow()])
  return renderPiece(<Board items={held.items} liveItemId={more.liveItemId} isOver={stage === 'closed'} begun={more.begunAt !== null} />)
}
