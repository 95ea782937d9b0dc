import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { toldParts, toldWhole } from './few.ts'
import type { FigureDefinition, FigurePart } from './figure.ts'

const score: FigureDefinition = {
  id: 'x.score', title: '', definition: '', kind: 'mean', unit: '分', adds: 'mean', splits: ['unit'], public: true, publicMin: 3,
  set: { name: 'x', cases: () => sql``, casePath: () => '', visibleTo: () => sql`true` },
}

const parts = (...counts: number[]): FigurePart[] =>
  counts.map((count, at) => ({ id: score.id, kind: 'mean', unit: '分', source: 'cases', key: String(at), label: String(at), value: 4, cases: count, numerator: 4 * count, denominator: count }))
const left = (...counts: number[]) => toldParts(score, parts(...counts)).flatMap((part, at) => (part.few ? [at] : []))

test('parts of three answers or more are told', () => {
  expect(left(3, 10, 4)).toEqual([])
  expect(toldParts(score, parts(3))[0]).toMatchObject({ value: 4, numerator: 12, denominator: 3, few: false })
})

test('a part of fewer is left out with all its numbers, and one more, so that it cannot be worked out', () => {
  expect(left(1, 10, 4)).toEqual([0, 2])
  expect(toldParts(score, parts(1, 10, 4))[0]).toMatchObject({ value: null, numerator: null, denominator: null, few: true })
})

test('several left out that are together enough hide each other', () => {
  expect(left(1, 2, 10, 4)).toEqual([0, 1])
  expect(left(1, 1, 10, 4)).toEqual([0, 1, 3])
})

test('where only one part exists, it is the whole', () => {
  expect(left(2)).toEqual([0])
  expect(toldWhole(score, parts(2)[0]!)).toMatchObject({ value: null, few: true })
  expect(toldWhole(score, parts(0)[0]!).few).toBe(false)
})

test('figures without such care are told down to one', () => {
  const { publicMin: _, ...count } = { ...score, adds: 'count' as const, kind: 'flow' as const }
  expect(toldParts(count, [{ id: 'x', kind: 'flow', unit: '件', source: 'cases', key: 'a', label: 'a', value: 1, cases: 1 }])[0]).toMatchObject({ value: 1, few: false })
})
