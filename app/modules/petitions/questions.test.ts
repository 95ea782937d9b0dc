import { expect, test } from 'vitest'
import { findQuestions } from './questions.ts'

test('numbered questions are found on lines of their own and within a line', () => {
  expect(findQuestions('您好：\n一、什麼時候修？\n二、誰負責？\n\n謝謝')).toEqual(['什麼時候修？', '誰負責？'])
  expect(findQuestions('積水三天不退。一、什麼時候清溝？二、有沒有抽水機？')).toEqual(['什麼時候清溝？', '有沒有抽水機？'])
  expect(findQuestions('請問：(1)路燈何時修 (2)費用多少')).toEqual([])
  expect(findQuestions('請問：\n1. 路燈何時修？\n2. 費用多少？')).toEqual(['路燈何時修？', '費用多少？'])
})

test('one number, a date or an amount is no list', () => {
  expect(findQuestions('一、路燈壞了')).toEqual([])
  expect(findQuestions('110.4.9 下午 2.5 公里處有坑洞。')).toEqual([])
  expect(findQuestions('共 1,200 元，2.3 公尺。')).toEqual([])
})
