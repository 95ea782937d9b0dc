import { expect, test } from 'vitest'
import { formOf, readNeeds } from './needs.ts'

const line = { 'source-1': 'county', 'object-1': 'capital', 'twd-1-111': '1,200萬', 'twd-1-112': '500,000' }

test('a line has a source, a use and amounts by year; the round\'s own year must ask for something', () => {
  expect(readNeeds({ ...line, 'source-2': 'central', 'object-2': 'grants', 'twd-2-111': '3,000千元' }, 111)).toEqual({
    needs: [
      { position: 1, year: 111, source: 'county', object: 'capital', twd: 12_000_000 }, { position: 1, year: 112, source: 'county', object: 'capital', twd: 500_000 },
      { position: 2, year: 111, source: 'central', object: 'grants', twd: 3_000_000 },
    ],
    askedTwd: 15_000_000, totalTwd: 15_500_000,
  })
  expect(readNeeds({ ...line, 'twd-1-111': '' }, 111)).toEqual({ problem: '請填 111 年度的經費', field: 'twd-1-111' })
})

test('what cannot be read is said where it stands', () => {
  expect(readNeeds({ ...line, 'twd-1-112': '很多' }, 111)).toMatchObject({ field: 'twd-1-112' })
  expect(readNeeds({ ...line, 'source-1': '' }, 111)).toEqual({ problem: '第 1 行請選經費來源', field: 'source-1' })
  expect(readNeeds({ ...line, 'object-1': 'nonsense' }, 111)).toEqual({ problem: '第 1 行請選用途別', field: 'object-1' })
})

test('a form filled again reads the same', () => {
  const read = readNeeds(line, 111)
  expect('needs' in read && readNeeds(formOf(read.needs), 111)).toEqual(read)
})
