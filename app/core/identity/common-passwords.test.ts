import { expect, test } from 'vitest'
import { isCommon, uncommonSigns } from './common-passwords.ts'
import { weakPassword } from './password.ts'

test.each([
  'password1234!', 'P@ssw0rd2026', 'qwertyuiop12', '1qaz2wsx3edc', 'zxcvbnm,./12', '0987654321zx', // breached, swapped signs, walks
  'Kinmen20261128!!', 'windlion-demo', 'taiwan0912345678', 'sunshine1151128', // the place, days, telephones
  'ji32k7au4a83', 'su3cl3ji394su3', 'woaini5201314', // 我的密碼, 你好我愛你 on the Bopomofo keys, 我愛你一生一世
  'abcabcabcabc', 'aaaaaaaaaaaa!', 'dragonsunshine1', 'ｐａｓｓｗｏｒｄ１２３４',
])('%s is what an attacker tries first', (password) => {
  expect(isCommon(password)).toBe(true)
})

test.each(['rock-lion-sea-wind', 'correct horse battery staple', 'Xk9#mQ2vL8pR', '島上的風獅爺很多隻一二三', 'a-long-enough-pass-1'])('%s is not', (password) => {
  expect(isCommon(password)).toBe(false)
})

test('two common words with a number leave too little, a third one enough', () => {
  expect(uncommonSigns('dragon-monkey-77')).toBeLessThan(4)
  expect(uncommonSigns('dragon-monkey-granite-77')).toBeGreaterThanOrEqual(4)
})

test('a new password is told what to do instead', () => {
  expect(weakPassword('qwertyuiop12', 'lin')).toContain('四個以上不相干的詞')
  expect(weakPassword('rock-lion-sea-wind', 'lin')).toBeNull()
})
