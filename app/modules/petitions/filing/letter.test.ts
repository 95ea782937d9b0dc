import { expect, test } from 'vitest'
import type { Language } from '../../../core/web/language.ts'
import { letterLimits } from '../schema.ts'
import { checkFiling } from './letter.ts'
import { wordsOf } from './words/index.ts'

export const letter = {
  title: '民生路口的路燈不亮', body: '民生路口的路燈已經一個星期不亮，晚上走路很危險，請派人來修。', category: '路燈號誌', township: '金城鎮', place: '民生路口',
  name: '林示範', email: 'lin@example.org', phone: '0912-000-111', address: '', answerBy: 'mail', publishConsent: 'no',
}
const check = (more: Record<string, string> = {}, language: Language = 'zh') => checkFiling({ ...letter, ...more }, wordsOf[language])

test('a whole letter is taken as written', () => {
  expect(check().filing).toMatchObject({ title: '民生路口的路燈不亮', township: '金城鎮', phone: '0912-000-111', address: null, latitude: null, publishConsent: false, confidential: false })
})

test('everything optional may be left out', () => {
  const { title, body, name, email } = letter
  expect(checkFiling({ title, body, name, email, answerBy: 'mail', publishConsent: 'no' }, wordsOf.zh).filing).toMatchObject({ category: null, township: null, place: null })
})

test('an empty form gets one sentence a field, in the language of the page', () => {
  const { errors } = checkFiling({}, wordsOf.zh)
  expect(Object.keys(errors!).sort()).toEqual(['answerBy', 'body', 'email', 'name', 'publishConsent', 'title'])
  expect(errors!.body).toContain('請寫下內容')
  expect(checkFiling({}, wordsOf.en).errors!.title).toMatch(/^Enter a subject/)
})

test('blanks and characters that cannot be seen are no letter', () => {
  expect(check({ body: ' \u200b\u0000\u3000\n\n ' }).errors!.body).toContain('請寫下內容')
})

test('a letter at its limits passes, one character more does not; 𠮷 counts as one', () => {
  const { bodyMax, titleMax } = letterLimits
  expect(check({ body: '𠮷'.repeat(bodyMax), title: '𠮷'.repeat(titleMax) }).errors).toBeUndefined()
  expect(check({ body: '𠮷'.repeat(bodyMax + 1) }).errors!.body).toContain('8,001 個字')
  expect(check({ title: '字'.repeat(titleMax + 1) }).errors!.title).toContain('現在有 101 個字')
})

test('a way of answering needs what it needs', () => {
  expect(check({ answerBy: 'post' }).errors).toEqual({ address: expect.stringContaining('書面答復') })
  expect(check({ answerBy: 'telephone', phone: '' }).errors).toEqual({ phone: expect.stringContaining('電話答復') })
  expect(check({ answerBy: 'pigeon' }).errors).toHaveProperty('answerBy')
})

test('an address typed full-width is read, one that cannot be written to is refused', () => {
  expect(check({ email: 'ｌｉｎ＠ｅｘａｍｐｌｅ．ｏｒｇ' }).filing!.email).toBe('lin@example.org')
  for (const email of ['lin', 'lin@', 'a@b.c, d@e.f', 'a@b\nBcc: c@d.e']) expect(check({ email }).errors).toHaveProperty('email')
})

test('what is not on the lists is refused, a broken point is left out', () => {
  expect(check({ township: '臺北市' }).errors).toHaveProperty('township')
  expect(check({ category: '<b>' }).errors).toHaveProperty('category')
  expect(check({ latitude: '24.4365891', longitude: '118.3' }).filing).toMatchObject({ latitude: 24.43659, longitude: 118.3 })
  expect(check({ latitude: 'x', longitude: '999' }).filing).toMatchObject({ latitude: null, longitude: null })
})
