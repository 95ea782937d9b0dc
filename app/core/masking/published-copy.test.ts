import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { isRefusal } from '../errors.ts'
import { publishedCopy } from './published-copy.ts'

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const odt = 'application/vnd.oasis.opendocument.text'
const people = ['歐陽美玲']
const w = (body: string) => `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`
const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`

/** Everything in a zip, names and all, as one text. */
const all = (bytes: Uint8Array) => Object.entries(unzipSync(bytes)).map(([name, part]) => `${name}\n${strFromU8(part, true)}\n${Buffer.from(part).toString('utf8')}`).join('\n')

test('nothing of the person is left of a letter: text in pieces, author, comments, deletions, thumbnail, file name', () => {
  const bytes = zipSync({
    'word/document.xml': strToU8(w(`<w:p>${run('歐')}${run('陽美')}${run('玲')}${run('，電話 0912-')}${run('345-678')}</w:p><w:p>${run('路燈壞了 &lt;三天&gt;')}<w:del>${run('歐陽美玲的秘密')}</w:del></w:p>`)),
    'word/comments.xml': strToU8('<w:comments>歐陽美玲</w:comments>'),
    'docProps/core.xml': strToU8('<cp:coreProperties><dc:creator>歐陽美玲</dc:creator><dc:title>A123456789</dc:title></cp:coreProperties>'),
    'docProps/thumbnail.jpeg': strToU8('thumbnail of 歐陽美玲'),
  })
  const copy = publishedCopy({ name: '歐陽美玲_A123456789.docx', mediaType: docx, bytes }, people)
  if (isRefusal(copy)) throw new Error(copy.message)
  expect([copy.name, copy.mediaType]).toEqual(['歐陽○○_〔證號〕.odt', odt])
  expect(copy.masked.text).toBe('歐陽○○，電話 〔電話〕\n路燈壞了 <三天>')
  expect(Object.keys(unzipSync(copy.bytes))).toEqual(['mimetype', 'content.xml', 'META-INF/manifest.xml'])
  for (const trace of ['美玲', '0912', '345-678', 'A123456789', '秘密', 'creator', 'thumbnail']) expect(all(copy.bytes)).not.toContain(trace)
  expect(all(copy.bytes)).toContain('路燈壞了 &lt;三天&gt;')
})

test('an ODF text loses its tracked changes and notes; what was published can be read again', () => {
  const content = `<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text><text:tracked-changes><text:p>歐陽美玲刪掉的</text:p></text:tracked-changes><text:h>陳情</text:h><text:p>我是<text:span>歐陽</text:span><text:span>美玲</text:span><office:annotation><text:p>歐陽美玲註</text:p></office:annotation></text:p></office:text></office:body></office:document-content>`
  const copy = publishedCopy({ name: '信.odt', mediaType: odt, bytes: zipSync({ mimetype: strToU8(odt), 'content.xml': strToU8(content), 'meta.xml': strToU8('歐陽美玲') }) }, people)
  if (isRefusal(copy)) throw new Error(copy.message)
  expect(copy.masked.text).toBe('陳情\n我是歐陽○○')
  expect(all(copy.bytes)).not.toContain('美玲')
  const again = publishedCopy({ name: copy.name, mediaType: odt, bytes: copy.bytes }, people)
  expect(isRefusal(again) ? null : again.masked).toMatchObject({ text: copy.masked.text, found: [] })
})

test('a plain text is masked as such', () => {
  const copy = publishedCopy({ name: '歐陽美玲.txt', mediaType: 'text/plain', bytes: strToU8('歐陽\n美玲 0912345678') }, people)
  expect(isRefusal(copy) ? null : [copy.name, strFromU8(copy.bytes)]).toEqual(['歐陽○○.txt', '歐陽○○ 〔電話〕'])
})

test.each([
  ['a PDF', 'application/pdf', strToU8('%PDF-1.7')],
  ['a picture', 'image/jpeg', strToU8('x')],
  ['a broken letter', docx, strToU8('not a zip')],
  ['a letter without a text', docx, zipSync({ 'other.xml': strToU8('<a/>') })],
  ['a text in an unknown encoding', 'text/plain', new Uint8Array([0xa4, 0xa4])],
])('%s is refused, with what to do instead', (_, mediaType, bytes) => {
  const copy = publishedCopy({ name: '附件', mediaType, bytes }, people)
  expect(isRefusal(copy) ? copy.message : '').toContain('odt、docx、txt')
})
