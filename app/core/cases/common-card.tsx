import type { Reader } from '../db.ts'
import { rocDay } from '../time.ts'
import { Card } from '../../ui/components/card.tsx'
import { Timeline, type TimelineItem } from '../../ui/components/timeline.tsx'
import { type CommonEvent, commonSentence, findCommonEvents } from './common-history.ts'

const itemOf = (one: CommonEvent): TimelineItem => ({ key: `common-${one.id}`, when: rocDay(one.on), datetime: one.on, title: commonSentence(one), by: one.by ?? undefined })

/** A history, newest first, with what can happen to any case put in by its day; of one day it comes after what the module tells. */
export function withCommon(items: readonly TimelineItem[], events: readonly CommonEvent[]): TimelineItem[] {
  return [...events.toReversed().map(itemOf), ...items].sort((a, b) => (b.datetime ?? '').slice(0, 10).localeCompare((a.datetime ?? '').slice(0, 10)))
}

/** For a page of a case without a history of its own: who had it, when it was due, whether it is kept. Nothing where none of that changed. */
export async function commonCard(reader: Reader, caseId: number) {
  const events = await findCommonEvents(reader, caseId)
  return events.length ? <Card title="承辦與期限的異動" id="common-history"><Timeline label="承辦與期限的異動" items={withCommon([], events)} /></Card> : null
}
