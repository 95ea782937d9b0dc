import { isoInstant, rocDateTime, rocDay, rocLongDay, weekday as weekdayOf } from '../../core/time.ts'
import type { Day } from '../../core/time.ts'

export interface DayTextProps {
  day: Day
  /** 民國110年9月27日 instead of 110/9/27. */
  long?: boolean
  weekday?: boolean
}

/** A calendar day as the office writes it, with the ISO day for machines. */
export function DayText({ day, long, weekday }: DayTextProps) {
  return <time class="nowrap" datetime={day}>{long ? rocLongDay(day) : rocDay(day)}{weekday && `（${weekdayOf(day)}）`}</time>
}

/** An instant in Asia/Taipei: 110/9/27 14:05. */
export function InstantText({ at }: { at: Date }) {
  return <time class="nowrap" datetime={isoInstant(at)}>{rocDateTime(at)}</time>
}
