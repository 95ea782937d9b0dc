import { randomBytes } from 'node:crypto'
import { EncryptedPDFError, type PDFContext, PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, type PDFObject, PDFRawStream, PDFRef, PDFStream } from '@cantoo/pdf-lib'
import type { Cleaned } from './outgoing.ts'
import { withoutCameraData } from './picture-file.ts'

const broken: Cleaned = { unreadable: '打不開，可能損壞，請另存新檔再附' }
const key = (name: string) => PDFName.of(name)

/**
 * The same pages, tags and forms, written anew: no author, program, times, paths, earlier versions, attached files, small pictures, and nothing that
 * no page refers to (ISO 32000-1 §14). The title becomes the file's name. A signed one stays as it is, since any change breaks the signature.
 * What is drawn on the pages stays, also under black boxes.
 */
export async function cleanPdf(name: string, bytes: Buffer): Promise<Cleaned> {
  let pdf: PDFDocument
  try {
    pdf = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true })
    if (pdf.getPageCount() === 0) return broken
  } catch (error) {
    return error instanceof EncryptedPDFError ? { unreadable: '有密碼或加密，裡面的作者等資料無法清除，請移除後再附' } : broken
  }
  const { catalog, context } = pdf
  if (catalog.has(key('Collection'))) return { unreadable: '是 PDF 檔案集，裡面裝著別的檔案，請把檔案分開附上' }
  const reached = reachable(context)
  if ([...reached].some((one) => one instanceof PDFDict && one.has(key('ByteRange')))) return { bytes, found: ['有電子簽章，裡面的作者等資料沒有清除'] }

  const found = [...cleanAnnotations(pdf), ...(hidesLayers(catalog) ? ['有隱藏的圖層，收到的人可以打開'] : [])]
  if (takeAttachedFiles(catalog, reached)) found.push('裡面附加的檔案已經拿掉，要寄請另外附上')
  const told = standardsOf(catalog)
  for (const one of reached) if (one instanceof PDFDict) for (const hidden of ['Metadata', 'PieceInfo', 'LastModified', 'Thumb']) one.delete(key(hidden))
  cleanPictures(context)
  context.trailerInfo.Info = undefined
  context.trailerInfo.ID = context.obj([PDFHexString.of(randomBytes(16).toString('hex')), PDFHexString.of(randomBytes(16).toString('hex'))])
  catalog.set(key('Metadata'), context.register(context.stream(xmpOf(name.replace(/\.pdf$/i, ''), told), { Type: 'Metadata', Subtype: 'XML' })))
  const kept = new Set([...reachable(context)].filter((one) => one instanceof PDFRef))
  for (const [ref] of context.enumerateIndirectObjects()) if (!kept.has(ref)) context.delete(ref)
  const made = await pdf.save({ rewrite: true, updateFieldAppearances: false, addDefaultPage: false })
  const again = await PDFDocument.load(made, { updateMetadata: false })
  return again.getPageCount() === pdf.getPageCount() ? { bytes: made, found } : broken
}

/** Everything that the catalog leads to, references among it. */
function reachable(context: PDFContext): Set<PDFObject> {
  const seen = new Set<PDFObject>()
  const open: (PDFObject | undefined)[] = [context.trailerInfo.Root]
  while (open.length) {
    const one = open.pop()
    if (!one || seen.has(one)) continue
    seen.add(one)
    if (one instanceof PDFRef) open.push(context.lookup(one))
    else if (one instanceof PDFDict) open.push(...one.values())
    else if (one instanceof PDFArray) open.push(...one.asArray())
    else if (one instanceof PDFStream) open.push(one.dict)
  }
  return seen
}

/** Comments stay and are told; who wrote them when goes. */
function cleanAnnotations(pdf: PDFDocument): string[] {
  let comments = 0
  for (const page of pdf.getPages()) {
    const annotations = page.node.Annots()
    for (let i = (annotations?.size() ?? 0) - 1; i >= 0; i -= 1) {
      const one = annotations!.lookup(i)
      if (!(one instanceof PDFDict)) continue
      const kind = String(one.get(key('Subtype')))
      if (kind === '/FileAttachment') annotations!.remove(i)
      if (kind === '/Link' || kind === '/Widget') continue
      for (const hidden of ['T', 'M', 'CreationDate', 'NM']) one.delete(key(hidden))
      if (kind !== '/Popup' && kind !== '/FileAttachment') comments += 1
    }
  }
  return comments ? ['還有註解，收到的人看得到'] : []
}

function takeAttachedFiles(catalog: PDFDict, reached: Set<PDFObject>): boolean {
  const names = catalog.lookup(key('Names'))
  if (names instanceof PDFDict) names.delete(key('EmbeddedFiles'))
  const holding = [...reached].filter((one): one is PDFDict => one instanceof PDFDict)
  for (const one of holding) one.delete(key('AF'))
  return holding.some((one) => one.has(key('EF')))
}

function hidesLayers(catalog: PDFDict): boolean {
  const layers = catalog.lookup(key('OCProperties'))
  const shown = layers instanceof PDFDict ? layers.lookup(key('D')) : undefined
  const off = shown instanceof PDFDict ? shown.lookup(key('OFF')) : undefined
  return off instanceof PDFArray && off.size() > 0
}

/** What cameras wrote into photographs that stand in the file as they came. */
function cleanPictures(context: PDFContext): void {
  for (const [ref, one] of context.enumerateIndirectObjects()) {
    if (one instanceof PDFRawStream && /^(\[ )?\/DCTDecode( \])?$/.test(String(one.dict.lookup(key('Filter'))))) context.assign(ref, PDFRawStream.of(one.dict, withoutCameraData(Buffer.from(one.contents))))
  }
}

/** PDF/UA and PDF/A, which a file says of itself in its XMP: still true, since the pages and their tags are the same. */
function standardsOf(catalog: PDFDict): { ua: string | undefined; a: string | undefined; level: string | undefined } {
  const metadata = catalog.lookup(key('Metadata'))
  const xmp = metadata instanceof PDFStream ? Buffer.from(metadata.getContents()).toString('utf8') : ''
  const said = (name: string) => new RegExp(`${name}(?:="|>)\\s*([0-9A-Z])`).exec(xmp)?.[1]
  return { ua: said('pdfuaid:part'), a: said('pdfaid:part'), level: said('pdfaid:conformance') }
}

function xmpOf(title: string, { ua, a, level }: ReturnType<typeof standardsOf>): Uint8Array {
  const text = title.replace(/[&<>]/g, (sign) => `&#${sign.codePointAt(0)};`)
  const described = (space: string, address: string, content: string) => `<rdf:Description rdf:about="" xmlns:${space}="${address}">${content}</rdf:Description>`
  return Buffer.from(
    `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${[
      described('dc', 'http://purl.org/dc/elements/1.1/', `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${text}</rdf:li></rdf:Alt></dc:title>`),
      ...(ua ? [described('pdfuaid', 'http://www.aiim.org/pdfua/ns/id/', `<pdfuaid:part>${ua}</pdfuaid:part>`)] : []),
      ...(a ? [described('pdfaid', 'http://www.aiim.org/pdfa/ns/id/', `<pdfaid:part>${a}</pdfaid:part>${level ? `<pdfaid:conformance>${level}</pdfaid:conformance>` : ''}`)] : []),
    ].join('')}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`,
    'utf8',
  )
}
