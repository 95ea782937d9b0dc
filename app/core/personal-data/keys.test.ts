import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { commandWrapper } from './key-wrapper.ts'
import { addKey, currentRing, forgetKey, loadPersonalDataKeys, reloadKeys, useKeys, wrapAgain } from './keys.ts'
import { seal, unseal } from './seal.ts'

const folder = mkdtempSync(join(tmpdir(), 'windlion-keys-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => useKeys({ version: 1, cipherKey: Buffer.alloc(32, 7), hashKey: Buffer.alloc(32, 9) }))
const file = (data: string) => join(data, 'keys', 'personal-data.json')
const now = new Date('2026-03-02T09:00:00+08:00')

test('the first start makes a key that nobody else can read; the next one finds it', () => {
  const data = join(folder, 'first')
  loadPersonalDataKeys(data)
  const sealed = seal('王示範')!
  expect(statSync(file(data)).mode & 0o777).toBe(0o600)
  loadPersonalDataKeys(data)
  expect(unseal(sealed)).toBe('王示範')
})

test('a file of the form of before, with one key, is read', () => {
  const data = join(folder, 'before')
  loadPersonalDataKeys(data)
  writeFileSync(file(data), JSON.stringify({ version: 1, cipherKey: Buffer.alloc(32, 7).toString('base64'), hashKey: Buffer.alloc(32, 9).toString('base64') }))
  expect(reloadKeys().keys.get(1)!.cipherKey).toEqual(Buffer.alloc(32, 7))
  expect(addKey(now).version).toBe(2)
  loadPersonalDataKeys(data)
  expect([...currentRing().keys.keys()]).toEqual([1, 2])
})

test('a key that another process added is found when a value needs it', () => {
  const data = join(folder, 'two')
  loadPersonalDataKeys(data)
  const before = readFileSync(file(data))
  addKey(now)
  const [after, sealed] = [readFileSync(file(data)), seal('王示範')!]
  writeFileSync(file(data), before)
  loadPersonalDataKeys(data)
  expect(currentRing().keys.size).toBe(1)
  writeFileSync(file(data), after)
  expect(unseal(sealed)).toBe('王示範')
})

test('the key in use is never forgotten; halves of older ones are', () => {
  loadPersonalDataKeys(join(folder, 'forget'))
  expect(() => forgetKey(1, 'cipherKey')).toThrow(RangeError)
  addKey(now)
  forgetKey(1, 'cipherKey')
  expect(currentRing().keys.get(1)!.hashKey).not.toBeNull()
  forgetKey(1, 'hashKey')
  expect([...reloadKeys().keys.keys()]).toEqual([2])
})

test('keys wrapped by a command are not readable in the file, and come back only through it', () => {
  const kms = join(folder, 'kms.mjs')
  // a stand-in for a key service: encrypts with a key that only it has
  writeFileSync(kms, `import { createCipheriv, createDecipheriv } from 'node:crypto'
import { readFileSync } from 'node:fs'
const bytes = Buffer.from(readFileSync(0, 'utf8'), 'base64')
const [key, iv] = [Buffer.alloc(32, 1), Buffer.alloc(16, 2)]
const how = process.argv[2] === 'wrap' ? createCipheriv('aes-256-ctr', key, iv) : createDecipheriv('aes-256-ctr', key, iv)
process.stdout.write(Buffer.concat([how.update(bytes), how.final()]).toString('base64') + '\\n')`)
  chmodSync(kms, 0o700)
  const [data, command] = [join(folder, 'wrapped'), `${process.execPath} ${kms}`]
  loadPersonalDataKeys(data)
  const [sealed, key] = [seal('王示範')!, currentRing().keys.get(1)!.cipherKey!.toString('base64')]
  loadPersonalDataKeys(data, commandWrapper(command))
  wrapAgain()
  expect(readFileSync(file(data), 'utf8')).not.toContain(key)
  loadPersonalDataKeys(data, commandWrapper(command))
  expect(unseal(sealed)).toBe('王示範')
  expect(() => loadPersonalDataKeys(data)).toThrow('WINDLION_KEYS_COMMAND')
  expect(() => loadPersonalDataKeys(data, commandWrapper('/nowhere/kms'))).toThrow('金鑰服務沒有回應')
})
