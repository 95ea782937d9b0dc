import { expect, test } from 'vitest'
import { day } from '../../core/time.ts'
import { renderPiece } from '../render.ts'
import { MonthCalendar } from './month-calendar.tsx'
import { Table } from './table.tsx'

const month = (which: string, today = '2021-09-27') => renderPiece(<MonthCalendar month={which} caption="每天的件數" today={day(today)} of={(each) => ({ count: each.endsWith('-05') ? 3 : 0, href: `?on=${each}`, closed: each.endsWith('-06') ? '補假' : undefined })} />)
const weeks = (html: string) => [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].slice(1).map(([, row]) => [...row!.matchAll(/<td[^>]*>(?:<time[^>]*>(\d+)|)/g)].map(([, date]) => (date ? Number(date) : 0)))

test('a month begins on its weekday, Monday first, and ends with its last day', () => {
  const september = weeks(month('2021-09'))
  expect(september[0]).toEqual([0, 0, 1, 2, 3, 4, 5])
  expect(september.at(-1)).toEqual([27, 28, 29, 30, 0, 0, 0])
  expect(weeks(month('2021-02')).flat().filter(Boolean)).toHaveLength(28)
  expect(weeks(month('2024-02')).flat().filter(Boolean)).toHaveLength(29)
  for (const week of september) expect(week).toHaveLength(7)
})

test('a number says its day and unit to those who do not see the picture', () => {
  const html = month('2021-09', '2021-09-05')
  expect(html).toContain('aria-label="110/9/5（日），3 件"')
  expect(html).toContain('，今天')
  expect(html).toContain('month__day--closed')
  expect(html.match(/month__count/g)).toHaveLength(1)
})

test('rows that belong together stand under one heading of theirs', () => {
  const html = renderPiece(<Table caption="x" rows={['a1', 'a2', 'b1']} rowKey={(row) => row} group={(row) => ({ key: row[0]!, heading: `組 ${row[0]}` })} columns={[{ heading: '一', cell: (row) => row }, { heading: '二', cell: (row) => row }]} />)
  expect(html.match(/<tbody>/g)).toHaveLength(2)
  expect([...html.matchAll(/<th scope="rowgroup" colspan="2">([^<]+)</gi)].map((match) => match[1])).toEqual(['組 a', '組 b'])
})
