import { expect, test } from 'vitest'
import { finesOver } from './fines.ts'

test('a fine above NT$100,000 is found however it is written; the limit itself and sums that are no fine are not', () => {
  expect(finesOver('處新臺幣一萬元以上二十萬元以下罰鍰。')).toBe('二十萬元')
  expect(finesOver('處新臺幣十萬零一元罰鍰')).toBe('十萬零一元')
  expect(finesOver('處新臺幣１２０，０００元以下罰鍰')).toBe('120,000元')
  expect(finesOver('處新臺幣貳拾萬元罰鍰')).toBe('貳拾萬元')
  expect(finesOver('處新臺幣一億元罰鍰')).toBe('一億元')
  for (const fine of ['處新臺幣三千元以上十萬元以下罰鍰。', '處新臺幣100,000元以下罰鍰', '工程造價一百萬元以上者，處新臺幣一萬元罰鍰', '補助二十萬元。']) expect(finesOver(fine)).toBeNull()
})
