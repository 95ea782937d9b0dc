import { createCanvas } from '@napi-rs/canvas'
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFRawStream, PDFString } from '@cantoo/pdf-lib'
import { expect, test } from 'vitest'
import { renderPdf } from '../reports/document/pdf.ts'
import { composeReport } from '../reports/document/compose.ts'
import { sampleResolver, sampleSource, sampleVocabulary } from '../reports/document/testing/sample.ts'
import { cleanPdf } from './outgoing-pdf.ts'

const hidden = /王示範|WangShifan|C:\\|\(D:2021|secret-layer|GPS 24|old words|MyApp/

async function made(more: (pdf: PDFDocument) => Promise<void> | void = () => {}, save: { encrypt?: boolean } = {}): Promise<Buffer> {
  const pdf = await PDFDocument.create()
  const page = pdf.addPage([200, 200])
  page.drawText('street lamp repaired')
  pdf.setAuthor('WangShifan')
  pdf.setTitle('C:\\Users\\wang\\letter')
  pdf.setCreator('MyApp')
  await more(pdf)
  if (save.encrypt) pdf.encrypt({ userPassword: 'x', ownerPassword: 'y' })
  return Buffer.from(await pdf.save({ useObjectStreams: false }))
}

/** Every object and stream of a file as text. */
async function all(bytes: Uint8Array): Promise<string> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false })
  const objects = pdf.context.enumerateIndirectObjects().map(([, one]) => `${String(one)}${one instanceof PDFRawStream ? Buffer.from(one.contents).toString('latin1') : ''}`)
  return [...objects, String(pdf.context.trailerInfo.Info), Buffer.from(bytes).toString('latin1')].join('\n')
}

async function cleaned(bytes: Buffer): Promise<{ bytes: Uint8Array; found: string[]; pdf: PDFDocument }> {
  const result = await cleanPdf('答復.pdf', bytes)
  if ('unreadable' in result) throw new Error(result.unreadable)
  return { ...result, pdf: await PDFDocument.load(result.bytes, { updateMetadata: false }) }
}

test('a PDF loses author, program, times, XMP, private data, attached files and what no page refers to; its text stays', async () => {
  const canvas = createCanvas(20, 20).toBuffer('image/jpeg')
  const exif = Buffer.from('Exif\0\0GPS 24.43N 118.32E', 'latin1')
  const photograph = Buffer.concat([canvas.subarray(0, 2), Buffer.from([0xff, 0xe1, 0, exif.length + 2]), exif, canvas.subarray(2)])
  const dirty = await made(async (pdf) => {
    const { context, catalog } = pdf
    catalog.set(PDFName.of('Metadata'), context.register(context.stream('<x:xmpmeta>WangShifan <pdfuaid:part>1</pdfuaid:part></x:xmpmeta>')))
    const [page] = pdf.getPages()
    page!.node.set(PDFName.of('PieceInfo'), context.obj({ MyApp: { LastModified: PDFString.of('D:20210412') } }))
    page!.node.set(PDFName.of('LastModified'), PDFString.of('D:20210412'))
    context.register(context.stream('old words that nothing refers to'))
    await pdf.attach(Buffer.from('WangShifan'), 'WangShifan.txt', { description: 'C:\\Users' })
    page!.drawImage(await pdf.embedJpg(photograph))
    const note = context.obj({ Type: 'Annot', Subtype: 'Text', Rect: [0, 0, 9, 9], Contents: PDFString.of('please check'), T: PDFString.of('WangShifan'), M: PDFString.of('D:20210412') })
    page!.node.addAnnot(context.register(note))
  })
  expect(await all(dirty)).toMatch(/GPS 24/)
  const { bytes, found, pdf } = await cleaned(dirty)
  expect(await all(bytes)).not.toMatch(hidden)
  expect([pdf.getAuthor(), pdf.getCreator(), pdf.getProducer(), pdf.getCreationDate()]).toEqual([undefined, undefined, undefined, undefined])
  expect(await all(bytes)).toMatch(/please check/)
  const xmp = Buffer.from((pdf.catalog.lookup(PDFName.of('Metadata')) as PDFRawStream).contents).toString('utf8')
  expect(xmp).toContain('<rdf:li xml:lang="x-default">答復</rdf:li>')
  expect(xmp).toContain('<pdfuaid:part>1</pdfuaid:part>')
  expect(found).toEqual([expect.stringContaining('註解'), expect.stringContaining('附加的檔案已經拿掉')])
})

test('the words of an earlier version that was saved under the new one are gone', async () => {
  const first = await made()
  const pdf = await PDFDocument.load(first, { forIncrementalUpdate: true, updateMetadata: false })
  const dict = pdf.context.lookup(pdf.context.trailerInfo.Info) as PDFDict
  dict.set(PDFName.of('Author'), PDFHexString.fromText('other'))
  const second = Buffer.from(await pdf.save())
  expect(second.toString('latin1').match(/%%EOF/g)!.length).toBeGreaterThanOrEqual(1)
  const { bytes } = await cleaned(second)
  expect(Buffer.from(bytes).toString('latin1').match(/%%EOF/g)).toHaveLength(1)
  expect(await all(bytes)).not.toMatch(hidden)
})

test('our own tagged report stays tagged, in its language, and says its standard', async () => {
  const report = await renderPdf((await composeReport(sampleSource, sampleVocabulary, sampleResolver)).document)
  const { pdf } = await cleaned(report)
  const before = await PDFDocument.load(report, { updateMetadata: false })
  expect(pdf.getPageCount()).toBe(before.getPageCount())
  for (const name of ['StructTreeRoot', 'MarkInfo', 'Lang']) expect(pdf.catalog.has(PDFName.of(name)), name).toBe(true)
  expect(Buffer.from((pdf.catalog.lookup(PDFName.of('Metadata')) as PDFRawStream).contents).toString('utf8')).toContain('<pdfuaid:part>1')
}, 60_000)

test('hidden layers are told; a signed file stays byte for byte', async () => {
  const layered = await made((pdf) => pdf.catalog.set(PDFName.of('OCProperties'), pdf.context.obj({ OCGs: [], D: { OFF: [pdf.context.register(pdf.context.obj({ Type: 'OCG', Name: PDFString.of('x') }))] } })))
  expect((await cleaned(layered)).found).toEqual([expect.stringContaining('隱藏的圖層')])
  const signed = await made((pdf) => {
    const signature = pdf.context.register(pdf.context.obj({ FT: 'Sig', V: pdf.context.register(pdf.context.obj({ Type: 'Sig', ByteRange: [0, 1, 2, 3] })) }))
    pdf.catalog.set(PDFName.of('AcroForm'), pdf.context.obj({ Fields: PDFArray.withContext(pdf.context), SigFlags: 3 }))
    ;(pdf.catalog.lookup(PDFName.of('AcroForm')) as PDFDict).set(PDFName.of('Fields'), pdf.context.obj([signature]))
  })
  const kept = await cleanPdf('簽.pdf', signed)
  expect(kept).toMatchObject({ found: [expect.stringContaining('電子簽章')] })
  expect('bytes' in kept && Buffer.from(kept.bytes).equals(signed)).toBe(true)
})

test('an encrypted, a broken and a packed file are refused, each with what to do', async () => {
  expect(await cleanPdf('a.pdf', await made(undefined, { encrypt: true }))).toMatchObject({ unreadable: expect.stringContaining('有密碼或加密') })
  for (const bytes of [Buffer.from('%PDF-1.7'), Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog'), (await made()).subarray(0, 300)]) expect(await cleanPdf('a.pdf', bytes)).toMatchObject({ unreadable: expect.stringContaining('打不開') })
  expect(await cleanPdf('a.pdf', await made((pdf) => pdf.catalog.set(PDFName.of('Collection'), pdf.context.obj({ Type: 'Collection' }))))).toMatchObject({ unreadable: expect.stringContaining('檔案集') })
})
