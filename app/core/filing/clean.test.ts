import { expect, test } from 'vitest'
import { cleanCode, cleanLine, cleanText, countCharacters } from './clean.ts'

test('what cannot be seen and can deceive is taken out, the wording stays', () => {
  expect(cleanText('  路燈\u0000壞了\u202e了\u200b \r\n\r\n請修  ')).toBe('路燈壞了了\n\n請修')
  expect(cleanText('a\n\n\n\n\n\n\nb')).toBe('a\n\n\nb')
})

test('rare characters, compatibility characters and emoji stay as typed', () => {
  expect(cleanText('𠮷田、堃、\uf9dc、👨‍👩‍👧')).toBe('𠮷田、堃、\uf9dc、👨‍👩‍👧')
  expect(countCharacters('𠮷田')).toBe(2)
})

test('half a character, as a broken program sends it, does not reach the database', () => {
  expect(cleanText('a\ud842b')).toBe('a\ufffdb')
})

test('a line has no line breaks, a code is half-width', () => {
  expect(cleanLine('路燈\n不亮\t了')).toBe('路燈 不亮 了')
  expect(cleanCode('ｗａｎｇ＠ｅｘａｍｐｌｅ．ｏｒｇ ')).toBe('wang@example.org')
  expect(cleanCode(undefined)).toBe('')
})
