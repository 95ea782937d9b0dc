import { createCanvas, loadImage } from '@napi-rs/canvas'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { isRefusal } from '../errors.ts'
import { drawnPng } from '../reports/document/testing/picture.ts'
import { cleanOutgoing, type OutgoingFile } from './outgoing.ts'

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const odt = 'application/vnd.oasis.opendocument.text'

/** A photograph, 40 × 20 as the camera held it, turned a quarter, with a place in its EXIF and a comment. */
function photograph(): Buffer {
  const canvas = createCanvas(40, 20)
  const jpeg = canvas.toBuffer('image/jpeg')
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), Buffer.from(tiff), Buffer.from('GPS 24.43N 118.32E')])
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1, 0, exif.length + 2]), exif, jpeg.subarray(2), Buffer.from('after its end')])
}

const packed = (parts: Record<string, string | Uint8Array>): Buffer => Buffer.from(zipSync(Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]))))

async function cleaned(name: string, mediaType: string, bytes: Buffer): Promise<{ file: OutgoingFile; found: string[]; all: string }> {
  const result = await cleanOutgoing([{ name, mediaType, bytes }])
  if (isRefusal(result)) throw new Error(result.message)
  const file = result.files[0]!
  const all = mediaType.startsWith('image/') ? file.bytes.toString('latin1') : Object.values(unzipSync(file.bytes)).map((part) => strFromU8(part)).join('\n')
  return { file, found: result.found, all }
}

test('a photograph is drawn anew, right side up, without its place', async () => {
  const { file, all } = await cleaned('照片.jpg', 'image/jpeg', photograph())
  expect(all).not.toMatch(/GPS|Exif|after its end/)
  const seen = await loadImage(file.bytes)
  expect([seen.width, seen.height]).toEqual([20, 40])
})

test('what is no picture, or claims too many points, is refused by name', async () => {
  const bomb = drawnPng(10, 10)
  bomb.writeUInt32BE(100_000, 16)
  bomb.writeUInt32BE(100_000, 20)
  for (const bytes of [bomb, Buffer.from('\xff\xd8 no picture at all, only words', 'latin1')]) {
    const refused = await cleanOutgoing([{ name: '圖.png', mediaType: 'image/png', bytes }])
    expect(refused).toMatchObject({ code: 'document.not-cleaned', field: 'files', message: expect.stringContaining('「圖.png」不是可讀的圖片') })
  }
  expect(await cleanOutgoing([{ name: 'a.heic', mediaType: 'image/heic', bytes: Buffer.from('heic') }])).toMatchObject({ message: expect.stringContaining('JPEG') })
})

test('a Word file keeps its text and loses author, times, template and small picture; changes and comments are told', async () => {
  const { file, found, all } = await cleaned('函.docx', docx, packed({
    '[Content_Types].xml': '<?xml version="1.0" encoding="UTF-8"?><Types/>',
    '_rels/.rels': '<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="http://x/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>',
    'docProps/core.xml': '<cp:coreProperties><dc:creator>王示範</dc:creator></cp:coreProperties>',
    'docProps/app.xml': '<Properties><Company>示範公司</Company></Properties>',
    'docProps/thumbnail.jpeg': 'small picture',
    'word/document.xml': '<w:document><w:p><w:ins w:id="1" w:author="王示範" w:date="2021-04-12T10:00:00Z"><w:r><w:t>路燈已修復</w:t></w:r></w:ins><w:commentReference w:id="0"/></w:p></w:document>',
    'word/comments.xml': '<w:comments><w:comment w:id="0" w:author=\'王示範\' w:initials="王"><w:p/></w:comment></w:comments>',
    'word/people.xml': '<w15:people><w15:person w15:author="王示範"/></w15:people>',
    'word/settings.xml': '<w:settings><w:attachedTemplate r:id="r1"/></w:settings>',
    'word/_rels/settings.xml.rels': '<Relationships><Relationship Id="r1" Type="http://x/attachedTemplate" Target="file:///C:/Users/wang/a.dotx" TargetMode="External"/></Relationships>',
    'word/media/image1.jpeg': photograph(),
  }))
  expect(all).toContain('路燈已修復')
  expect(all).not.toMatch(/王|示範|2021|small picture|thumbnail|Template|wang|GPS/)
  expect(Object.keys(unzipSync(file.bytes))).not.toContain('docProps/thumbnail.jpeg')
  expect(found).toEqual([expect.stringContaining('「函.docx」還有追蹤修訂'), expect.stringContaining('註解')])
})

test('a sheet loses its people and paths, and its hidden sheets are told', async () => {
  const { found, all } = await cleaned('表.xlsx', xlsx, packed({
    'xl/workbook.xml': '<workbook><fileSharing userName="王示範"/><x15ac:absPath url="C:\\Users\\wang\\"/><sheets><sheet name="a" sheetId="1"/><sheet name="b" sheetId="2" state="veryHidden"/></sheets></workbook>',
    'xl/comments1.xml': '<comments><authors><author>王示範</author></authors></comments>',
    'xl/persons/person.xml': '<personList><person displayName="王示範" id="{1}" userId="wang"/></personList>',
  }))
  expect(all).not.toMatch(/王|wang/)
  expect(all).toContain('sheetId="2"')
  expect(found).toEqual([expect.stringContaining('註解'), expect.stringContaining('隱藏的工作表')])
})

test('what programs keep beside the text goes with every reference to it: custom XML, labels, the printer', async () => {
  const { file, all } = await cleaned('函.docx', docx, packed({
    '[Content_Types].xml': '<Types><Override PartName="/word/document.xml" ContentType="a"/><Override PartName="/customXml/itemProps1.xml" ContentType="b"/><Override PartName="/docMetadata/LabelInfo.xml" ContentType="c"/></Types>',
    '_rels/.rels': '<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels" Target="docMetadata/LabelInfo.xml"/></Relationships>',
    'docMetadata/LabelInfo.xml': '<labels siteId="wang"/>',
    'word/document.xml': '<w:document><w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/></w:sdtPr><w:t>路燈已修復</w:t></w:sdt></w:document>',
    'word/_rels/document.xml.rels': '<Relationships><Relationship Id="r1" Type="http://x/styles" Target="styles.xml"/><Relationship Id="r2" Type="http://x/customXml" Target="../customXml/item1.xml"/></Relationships>',
    'customXml/item1.xml': '<a>王示範 082-000-001</a>', 'customXml/itemProps1.xml': '<ds/>', 'customXml/_rels/item1.xml.rels': '<Relationships/>',
  }))
  expect(all).toContain('路燈已修復')
  expect(all).toContain('styles.xml')
  expect(all).not.toMatch(/王示範|wang|customXml|docMetadata/)
  expect(Object.keys(unzipSync(file.bytes)).sort()).toEqual(['[Content_Types].xml', '_rels/.rels', 'word/_rels/document.xml.rels', 'word/document.xml'])
  const sheet = await cleaned('表.xlsx', xlsx, packed({
    'xl/worksheets/sheet1.xml': '<worksheet><pageSetup paperSize="9" orientation="portrait" r:id="rId1"/></worksheet>',
    'xl/worksheets/_rels/sheet1.xml.rels': '<Relationships><Relationship Id="rId1" Type="http://x/printerSettings" Target="../printerSettings/printerSettings1.bin"/></Relationships>',
    'xl/printerSettings/printerSettings1.bin': 'PRINTER-OF-WANG',
  }))
  expect(sheet.all).not.toMatch(/WANG|rId1|printerSettings/)
  expect(sheet.all).toContain('orientation="portrait"')
})

test('an OpenDocument text likewise; its type stays the first part, unpacked', async () => {
  const { file, found, all } = await cleaned('函.odt', odt, packed({
    mimetype: odt,
    'content.xml': '<office:document-content><text:tracked-changes><text:changed-region><dc:creator>王示範</dc:creator><dc:date>2021-04-12T10:00:00</dc:date></text:changed-region></text:tracked-changes><text:p>路燈已修復</text:p></office:document-content>',
    'meta.xml': '<office:document-meta><office:meta><meta:initial-creator>王示範</meta:initial-creator></office:meta></office:document-meta>',
    'settings.xml': '<a><config:config-item config:name="PrinterName" config:type="string">三樓印表機</config:config-item></a>',
    'META-INF/manifest.xml': '<manifest:manifest><manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png" manifest:media-type="image/png"/></manifest:manifest>',
    'Thumbnails/thumbnail.png': 'small picture',
  }))
  expect(all).toContain('路燈已修復')
  expect(all).not.toMatch(/王示範|2021|印表機|small picture|Thumbnails/)
  expect(file.bytes.toString('latin1', 30, 38 + odt.length)).toBe(`mimetype${odt}`)
  expect(found).toEqual([expect.stringContaining('追蹤修訂')])
})

test('a signed file stays byte for byte and its sender is told; a broken one is refused, a PDF too; a film goes as it is', async () => {
  const signed = packed({ mimetype: odt, 'content.xml': '<a/>', 'META-INF/documentsignatures.xml': '<a/>' })
  const kept = await cleaned('簽.odt', odt, signed)
  expect(kept.file.bytes.equals(signed)).toBe(true)
  expect(kept.found).toEqual([expect.stringContaining('電子簽章')])
  expect(await cleanOutgoing([{ name: '壞.docx', mediaType: docx, bytes: Buffer.from('PK\x03\x04 broken') }])).toMatchObject({ message: expect.stringContaining('「壞.docx」打不開') })
  expect(await cleanOutgoing([{ name: '壞.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7') }])).toMatchObject({ message: expect.stringContaining('「壞.pdf」打不開') })
  const film = { name: 'a.mp4', mediaType: 'video/mp4', bytes: Buffer.from('film') }
  expect(await cleanOutgoing([film])).toEqual({ files: [film], found: [] })
})
