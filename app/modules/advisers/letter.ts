import type { Paper } from '../../core/reports/paper/paper.ts'
import { rocLongDay } from '../../core/time.ts'
import type { Adviser } from './queries.ts'
import { adviserKinds } from './schema.ts'

/** 聘書, dated by the first day of the term; the head of the county signs and seals it by hand. Its words are common use, no rule has them (待法制單位確認). */
export function appointmentLetter({ kind, name, title, fromOn, untilOn }: Pick<Adviser, 'kind' | 'name' | 'title' | 'fromOn' | 'untilOn'>, county: string): Paper {
  return {
    title: `${county}聘書`, on: fromOn,
    lines: [
      { style: 'text', text: '茲敦聘' },
      { style: 'heading', text: `${name}　君` }, ...(title ? [{ style: 'heading' as const, text: `（${title}）` }] : []),
      { style: 'text', text: `為本縣${adviserKinds[kind]}。` },
      { style: 'text', text: `任期自${rocLongDay(fromOn)}起至${rocLongDay(untilOn)}止。` },
      { style: 'text', text: '此聘' },
      { style: 'label', text: '縣長' },
      { style: 'source', text: rocLongDay(fromOn) },
    ],
  }
}
