import { createCipheriv } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { useTestKeys } from '../../../test/support/makers.ts'
import { isHashOf, keyedHashes, personalHash, personalHashes } from './hash.ts'
import { useKeys } from './keys.ts'
import { maskAddress, maskEmail, maskName, maskPhone } from './masks.ts'
import { isOfBefore, keyVersionOf, provesItself, seal, sealAgain, unseal } from './seal.ts'

beforeEach(() => useTestKeys())

const first = { version: 1, cipherKey: Buffer.alloc(32, 7), hashKey: Buffer.alloc(32, 9) }
const second = { version: 2, cipherKey: Buffer.alloc(32, 3), hashKey: Buffer.alloc(32, 4) }
const proofOf = (sealed: Buffer) => sealed.subarray(31, 63).toString('hex')

test('personal data come back as they went in, and never stand in the database in the clear', () => {
  const sealed = seal('王示範 𠮷')!
  expect(sealed.includes(Buffer.from('王'))).toBe(false)
  expect(unseal(sealed)).toBe('王示範 𠮷')
  expect(seal('王示範')!.equals(seal('王示範')!)).toBe(false)
  sealed[sealed.length - 1]! ^= 1
  expect(() => unseal(sealed)).toThrow()
  expect(seal('  ')).toBeNull()
})

test('a value lies under its key; another key seals it again with the same proof', () => {
  const before = seal('王示範')!
  useKeys(first, second)
  expect([keyVersionOf(before), unseal(before)]).toEqual([1, '王示範'])
  const after = sealAgain(before)
  expect([keyVersionOf(after), unseal(after), proofOf(after) === proofOf(before)]).toEqual([2, '王示範', true])
  expect(provesItself(after)).toBe(true)
  useKeys(second)
  expect(unseal(after)).toBe('王示範')
  expect(() => unseal(before)).toThrow('key version 1')
})

test('the proof says nothing of the text: the same text has another one, and a changed proof does not open', () => {
  const [one, other] = [seal('王示範')!, seal('王示範')!]
  expect(proofOf(one)).not.toBe(proofOf(other))
  const forged = Buffer.concat([one.subarray(0, 31), other.subarray(31, 63), one.subarray(63)])
  expect(() => unseal(forged)).toThrow()
})

test('what was sealed before values had proofs still opens, and gets one', () => {
  const cipher = createCipheriv('aes-256-gcm', first.cipherKey, Buffer.alloc(12, 5))
  const body = Buffer.concat([cipher.update('王示範', 'utf8'), cipher.final()])
  const old = Buffer.concat([Buffer.from([1]), Buffer.alloc(12, 5), cipher.getAuthTag(), body])
  expect([isOfBefore(old), keyVersionOf(old), unseal(old)]).toEqual([true, 1, '王示範'])
  const after = sealAgain(old)
  expect([isOfBefore(after), unseal(after), provesItself(after)]).toEqual([false, '王示範', true])
})

test('the same telephone written in other ways is found by the same hash', () => {
  const hash = personalHash('phone', '0912-345-678')!
  expect(personalHash('phone', '０９１２ ３４５ ６７８')!.equals(hash)).toBe(true)
  expect(personalHash('phone', '+886 912 345 678')!.equals(hash)).toBe(true)
  expect(personalHash('email', 'A@Example.org')!.equals(personalHash('email', 'a@example.org')!)).toBe(true)
})

test('while keys change, what was hashed under the one before is found too', () => {
  const before = personalHash('name', '王示範')!
  useKeys(first, second)
  const now = personalHash('name', '王 示範')!
  expect(now.equals(before)).toBe(false)
  expect(personalHashes('name', '王示範')).toEqual([now, before])
  expect([isHashOf(before, 'name', '王示範'), isHashOf(now, 'name', '王示範'), isHashOf(now, 'name', '李示範')]).toEqual([true, true, false])
  expect(keyedHashes('x')).toHaveLength(2)
  useKeys(second)
  expect(isHashOf(before, 'name', '王示範')).toBe(false)
  expect(personalHashes('name', ' ')).toEqual([])
})

test('masked personal data show no more than a first sign', () => {
  expect(maskName('王示範')).toBe('王○○')
  expect(maskName('𠮷田')).toBe('𠮷○')
  expect(maskEmail('wang@example.org')).toBe('w•••@e•••')
  expect(maskPhone('0912345678')).toBe('09••••78')
  expect(maskAddress('金門縣金城鎮民生路60號')).not.toContain('民生路')
})
