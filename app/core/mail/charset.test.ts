import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { charsetFamily, decodeText } from './charset.ts'
import { simplifiedSentences, traditionalSentences } from './sentences-for-tests.ts'

const encodings = { 'utf-8': 'utf-8', big5: 'big5', gb18030: 'gb18030' } as const
const wrongNames = [null, 'us-ascii', 'iso-8859-1', 'x-unknown', 'unknown-8bit', 'utf-8', 'big5', 'gb2312', 'cp950']

describe('a sentence is read rightly whatever the letter says its encoding is', () => {
  for (const declared of wrongNames) {
    test(`declared ${declared ?? 'nowhere'}`, () => {
      for (const sentence of traditionalSentences) {
        expect(decodeText(Buffer.from(sentence), { declared }).text).toBe(sentence)
        expect(decodeText(iconv.encode(sentence, 'big5'), { declared }).text).toBe(sentence)
        expect(decodeText(iconv.encode(sentence, 'gb18030'), { declared }).text).toBe(sentence)
      }
      for (const sentence of simplifiedSentences) {
        expect(decodeText(Buffer.from(sentence), { declared }).text).toBe(sentence)
        expect(decodeText(iconv.encode(sentence, 'gb18030'), { declared }).text).toBe(sentence)
      }
    })
  }
})

test('every three characters in a row of a Big5 letter are read rightly even alone', () => {
  const wrong = traditionalSentences.flatMap((sentence) => piecesOf(sentence, 3))
    .filter((piece) => decodeText(iconv.encode(piece, 'big5')).text !== piece)
  expect(wrong).toEqual([])
})

test('a short word follows the rest of its letter', () => {
  for (const sentence of simplifiedSentences) {
    for (const piece of piecesOf(sentence, 2)) {
      expect(decodeText(iconv.encode(piece, 'gb18030'), { around: 'gb18030' }).text).toBe(piece)
    }
  }
  for (const name of ['陳', '王小明', '許功蓋', '林珮瑜']) expect(decodeText(iconv.encode(name, 'big5'), { around: 'big5' }).text).toBe(name)
})

test('rare characters of names are read as far as Big5-HKSCS goes', () => {
  for (const text of ['住戶陳碁與楊恒', '方𨋢壞了', '请看㗎喇', '王喆先生反映路燈不亮']) {
    const bytes = iconv.encode(text, 'big5')
    if (iconv.decode(bytes, 'big5') === text) expect(decodeText(bytes, { declared: 'big5' }).text).toBe(text)
  }
  expect(decodeText(Buffer.from('b3aff9d6f9da', 'hex'), { declared: 'big5' }).text).toBe('陳碁恒')
  expect(decodeText(Buffer.from('陳𠮷與方堃'), { declared: 'big5' }).text).toBe('陳𠮷與方堃')
})

test('Western mail keeps its accents', () => {
  const text = 'Café à Kinmen, très agréable. Das Hotel war schön und die Straße ruhig.'
  expect(decodeText(iconv.encode(text, 'windows-1252'), { declared: 'iso-8859-1' }).text).toBe(text)
  expect(decodeText(iconv.encode(text, 'windows-1252')).text).toBe(text)
  expect(decodeText(Buffer.from(text), { declared: 'iso-8859-1' }).text).toBe(text)
})

test('Japanese and Korean mail is read as declared', () => {
  const japanese = 'お世話になっております。観光案内の資料を送ってください。'
  expect(decodeText(iconv.encode(japanese, 'shift_jis'), { declared: 'Shift_JIS' }).text).toBe(japanese)
  const korean = '안녕하세요. 관광 안내 자료를 보내 주시기 바랍니다.'
  expect(decodeText(iconv.encode(korean, 'euc-kr'), { declared: 'euc-kr' }).text).toBe(korean)
  expect(decodeText(Buffer.from('\x1b$BF|K\\\x1b(B', 'latin1')).text).toBe('日本')
})

test('UTF-8 with a character cut in two stays readable and is called doubtful', () => {
  const bytes = Buffer.from('縣長您好，路燈壞了').subarray(0, -1)
  const decoded = decodeText(bytes, { declared: 'big5' })
  expect(decoded).toMatchObject({ charset: 'utf-8', doubtful: true })
  expect(decoded.text).toContain('縣長您好，路燈壞')
})

test('UTF-16 with its mark is read, UTF-7 never is', () => {
  expect(decodeText(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('路燈', 'utf16le')])).text).toBe('路燈')
  expect(decodeText(Buffer.from('+ADw-script+AD4-'), { declared: 'utf-7' }).text).toBe('+ADw-script+AD4-')
})

test('random bytes give some text and no error', () => {
  let seed = 7
  for (let round = 0; round < 300; round++) {
    const bytes = Buffer.from(Array.from({ length: round }, () => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % 256))
    expect(typeof decodeText(bytes, { declared: wrongNames[round % wrongNames.length] }).text).toBe('string')
  }
})

test('the many names of an encoding mean one', () => {
  const names = ['Big5', 'big-5', 'cp950', 'x-x-big5', 'Big5-HKSCS', 'MS950', '"big5"']
  expect(names.map(charsetFamily)).toEqual(names.map(() => 'big5'))
  expect(['GB2312', 'gbk', 'GB18030', 'cp936', 'x-gbk'].map(charsetFamily)).toEqual(Array(5).fill('gb18030'))
  expect([null, '', 'x-unknown', 'constructor', 'utf-7', 'base64'].map(charsetFamily)).toEqual(Array(6).fill(null))
  expect(Object.keys(encodings).map(charsetFamily)).toEqual(Object.values(encodings))
})

function piecesOf(sentence: string, length: number): string[] {
  const characters = [...sentence]
  return characters.slice(0, -length + 1).map((_, start) => characters.slice(start, start + length).join(''))
}
