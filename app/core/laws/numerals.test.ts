import { expect, test } from 'vitest'
import { chineseNumeral, readNumeral } from './numerals.ts'

test.each([['16', 16], ['１６', 16], ['十六', 16], ['二十', 20], ['一百零二', 102], ['一百十', 110], ['一千一百三十八', 1138], ['一一三八', 1138], ['〇', 0], [' 十 二', 12], ['兩百', 200]])('%s is %d', (written, number) => {
  expect(readNumeral(written)).toBe(number)
})

test.each(['', '甲', '十百', '一二十', '3a', '百千'])('%s is no number', (written) => {
  expect(readNumeral(written)).toBeNull()
})

test('what is written is read back', () => {
  expect(Array.from({ length: 2500 }, (_, i) => readNumeral(chineseNumeral(i + 1)))).toEqual(Array.from({ length: 2500 }, (_, i) => i + 1))
  expect([10, 11, 20, 101, 110, 111, 1001, 1138].map(chineseNumeral)).toEqual(['十', '十一', '二十', '一百零一', '一百十', '一百十一', '一千零一', '一千一百三十八'])
})
