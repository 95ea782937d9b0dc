import { expect, test } from 'vitest'
import { type DiffLine, diffLines } from './diff.ts'

const marked = (lines: DiffLine[]) => lines.map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`)

test('what was removed and added stands where it was, the rest stays', () => {
  expect(marked(diffLines('甲\n乙\n丙\n丁', '甲\n丙\n戊\n丁'))).toEqual([' 甲', '-乙', ' 丙', '+戊', ' 丁'])
  expect(marked(diffLines('', '甲'))).toEqual(['-', '+甲'])
  expect(diffLines('甲\n乙', '甲\n乙').every(({ kind }) => kind === 'same')).toBe(true)
})

test('both texts can be read back from the difference, also of long ones', () => {
  const lines = (seed: number) => Array.from({ length: 300 }, (_, i) => `第 ${(i * seed) % 97} 行`)
  for (const [a, b] of [[lines(3), lines(5)], [lines(7), [...lines(7), '尾']], [Array.from({ length: 3000 }, (_, i) => `a${i}`), Array.from({ length: 3000 }, (_, i) => `b${i}`)]] as const) {
    const found = diffLines(a.join('\n'), b.join('\n'))
    const without = (kind: DiffLine['kind']) => found.filter((line) => line.kind !== kind).map(({ text }) => text)
    expect(without('added')).toEqual(a)
    expect(without('removed')).toEqual(b)
  }
})
